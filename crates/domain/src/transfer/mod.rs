//! 调转 within a province: the record of an approved person goes to another bureau, once both have agreed. Also 变更为待业 at the
//! own one, where the province says so.

pub mod forms;
#[cfg(test)]
mod tests;
pub mod view;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::BureauCode;
use crate::province::{Bureau, Bureaus};

/// What a province says of it, beside the line of the kind.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferRules {
    /// Why somebody is transferred, in the order of the page.
    pub reasons: Vec<TransferReason>,
    /// Who has to agree and within which time, each version from its day on; the oldest first.
    pub terms: Vec<TransferTerms>,
}

/// Why somebody is transferred.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferReason {
    /// A word for forms.
    pub key: String,
    /// As people say it: 调入新单位, 变更为待业, …
    pub title: String,
    /// Whether the name of the new employer is asked.
    #[serde(default)]
    pub asks_employer: bool,
    /// Whether somebody may ask for it who stays with their bureau, where its terms have such a way.
    #[serde(default)]
    pub inside: bool,
    /// What the record says from then on: `step.field` and the code.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
}

/// Who has to agree, from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferTerms {
    /// The first day, in China.
    pub from: NaiveDate,
    /// 市内调转.
    pub within_city: TransferWay,
    /// 省内跨市州调转.
    pub across_cities: TransferWay,
    /// Where somebody stays with their bureau; `None` where that is 信息变更 alone.
    #[serde(default)]
    pub inside: Option<TransferWay>,
}

/// The way of a transfer. It goes as it stood on the day on which it was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferWay {
    /// What it is called.
    pub name: String,
    /// Working days within which the origin agrees or refuses; `None` where it is not asked.
    #[serde(default)]
    pub origin_working_days: Option<u32>,
    /// The same of the destination.
    pub working_days: u32,
}

impl TransferTerms {
    /// Every way that there is, with its key in the profile.
    #[must_use]
    pub fn ways(&self) -> Vec<(&'static str, &TransferWay)> {
        let two = [("within_city", &self.within_city), ("across_cities", &self.across_cities)];
        two.into_iter().chain(self.inside.as_ref().map(|way| ("inside", way))).collect()
    }
}

impl TransferRules {
    /// The way from one bureau to another for whoever applies on a day; `None` before the first terms, and where nobody transfers
    /// inside one bureau.
    #[must_use]
    pub fn way(&self, on: NaiveDate, bureaus: &Bureaus, (from, to): (&BureauCode, &BureauCode)) -> Option<&TransferWay> {
        let terms = self.terms.iter().rev().find(|terms| terms.from <= on)?;
        if from == to {
            return terms.inside.as_ref();
        }
        let is_one_city = city(bureaus, from).is_some_and(|of| Some(of) == city(bureaus, to));
        Some(if is_one_city { &terms.within_city } else { &terms.across_cities })
    }

    /// The reasons that fit somebody who goes, or who stays with their bureau.
    #[must_use]
    pub fn reasons_for(&self, stays: bool) -> Vec<&TransferReason> {
        self.reasons.iter().filter(|reason| reason.inside || !stays).collect()
    }
}

/// The city of a bureau, where it has one.
fn city<'a>(bureaus: &'a Bureaus, code: &BureauCode) -> Option<&'a BureauCode> {
    let own = bureaus.get(code);
    let above = bureaus.ancestors(code);
    own.into_iter().chain(above).find(|bureau| bureau.level == 2).map(|bureau: &Bureau| &bureau.code)
}
