//! 全国统一的会计人员管理平台: whether records are made and changed here or there, by the day (docs/adr/0061).

pub mod credits;
#[cfg(test)]
#[cfg(feature = "profiles")]
mod tests;
pub mod view;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::CaseKind;
use crate::date::Dated;
use crate::province::{MenuItem, Profile};

/// `[national]` of a profile. Before the first of its terms, and without any, the province collects itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NationalRules {
    /// What the platform is called.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// What the province says of it, a paragraph each.
    pub said: Vec<String>,
    /// Who collects, each from its day on; the oldest first.
    #[serde(default)]
    pub terms: Vec<OwnerTerms>,
}

/// Who collects, from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnerTerms {
    /// The first day, in China.
    pub from: NaiveDate,
    /// Who it is.
    pub collection_owner: Owner,
    /// The last day on which a draft that was begun here before is handed in here; none after the first day without it.
    #[serde(default)]
    pub drafts_until: Option<NaiveDate>,
}

/// By whom records are made and changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// The province, here.
    Province,
    /// The national platform; what is here is a copy.
    National,
}

/// What somebody is about to do with a case. What was handed in before is decided, given back and handed in again as ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// A case is opened.
    Open,
    /// A draft is handed in.
    HandIn,
}

impl NationalRules {
    /// The terms by which the national platform collects on a day.
    #[must_use]
    pub fn standing(&self, on: NaiveDate) -> Option<&OwnerTerms> {
        let last = self.terms.iter().rev().find(|terms| terms.from <= on);
        last.filter(|terms| terms.collection_owner == Owner::National)
    }

    /// The terms by which it will, while it does not yet.
    #[must_use]
    pub fn ahead(&self, on: NaiveDate) -> Option<&OwnerTerms> {
        let next = self.terms.iter().find(|terms| terms.from > on);
        next.filter(|terms| terms.collection_owner == Owner::National && self.standing(on).is_none())
    }

    /// An entry of the menu, as it leads where the thing is done on a day.
    #[must_use]
    pub fn entry(&self, item: &MenuItem, on: NaiveDate) -> MenuItem {
        let is_of_collection = CaseKind::from_code(&item.key).is_some_and(CaseKind::is_of_collection);
        match self.standing(on).filter(|_| is_of_collection) {
            Some(terms) => MenuItem {
                key: ENTRY.to_owned(),
                note: format!("{}起在{}办理。", day(terms.from), self.name),
                opens: None,
                ..item.clone()
            },
            None => item.clone(),
        }
    }
}

impl OwnerTerms {
    /// Whether a draft is still handed in here.
    #[must_use]
    pub fn takes_drafts(&self, on: NaiveDate) -> bool {
        self.drafts_until.is_some_and(|until| on <= until)
    }

    /// The last day on which one is.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        self.drafts_until.or(self.from.pred_opt()).unwrap_or(self.from)
    }
}

/// The word of the entries, and of the page, that say where something is done.
pub const ENTRY: &str = "national";

/// Whether something is done here on a day.
#[must_use]
pub fn is_done_here(profile: &Profile, kind: CaseKind, doing: Doing, on: NaiveDate) -> bool {
    let terms = profile.national.as_ref().and_then(|rules| rules.standing(on)).filter(|_| kind.is_of_collection());
    terms.is_none_or(|terms| doing == Doing::HandIn && terms.takes_drafts(on))
}

/// Whether the platform collects on any day, so that its records are brought here.
#[must_use]
pub fn has_copies(profile: &Profile) -> bool {
    let national = |terms: &OwnerTerms| terms.collection_owner == Owner::National;
    profile.national.as_ref().is_some_and(|rules| rules.terms.iter().any(national))
}

/// What the kinds are called that go to the national platform, as far as the province has them.
#[must_use]
pub fn lines(profile: &Profile) -> Vec<&str> {
    let kinds = CaseKind::ALL.iter().filter(|kind| kind.is_of_collection() && profile.has_line(**kind));
    kinds.map(|kind| profile.line(*kind).name.as_str()).collect()
}

/// What the foot of every page says while the platform collects.
#[must_use]
pub fn footer(profile: &Profile, on: NaiveDate) -> Option<String> {
    let rules = profile.national.as_ref().filter(|rules| rules.standing(on).is_some())?;
    Some(format!("{}在{}（{}）办理。", lines(profile).join("、"), rules.name, rules.url))
}

/// A day as people read it.
#[must_use]
pub fn day(on: NaiveDate) -> String {
    Dated::Day(on).words()
}
