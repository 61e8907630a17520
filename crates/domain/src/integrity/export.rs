//! What a province gives to the national platform of its integrity record (docs/integrity-export.md): one file for a span of days, with
//! nothing beyond what was asked for.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Ban, EntryKind};
use crate::case::codes;
use crate::fault::{Fault, FieldErrors};
use crate::id::BureauCode;
use crate::named::past;

/// The name of the format.
pub const FORMAT: &str = "suanpan-integrity-record";
/// Its version.
pub const VERSION: u32 = 1;
/// The most days of a file.
pub const MOST_DAYS: u32 = 366;
/// The most entries of a file.
pub const MOST_ENTRIES: u32 = 5_000;

crate::form! {
    /// What is asked for.
    pub struct ExportForm {
        /// The first day.
        from,
        /// The last one.
        to,
        /// `reward`, `penalty`, or `all` for both.
        what,
    }
}

/// What is asked for, without a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The first day.
    pub from: NaiveDate,
    /// The last one.
    pub to: NaiveDate,
    /// Of which kinds; the same twice for one.
    pub kinds: [EntryKind; 2],
}

impl ExportForm {
    /// Everything that is wrong with it, or what is asked for.
    ///
    /// # Errors
    /// `Missing`, `NotADate`, `InTheFuture` at `from` and `to`; at `to` `TooEarly` before the first day and `TooLong` for more than
    /// [`MOST_DAYS`]; `NotInList` at `what`.
    pub fn check(&self, today: NaiveDate) -> Result<Asked, FieldErrors> {
        let mut errors = FieldErrors::default();
        let (from, to) = (past("from", &self.from, today, &mut errors), past("to", &self.to, today, &mut errors));
        if let (Some(from), Some(to)) = (from, to) {
            if to < from {
                errors.push("to", Fault::TooEarly);
            } else if (to - from).num_days() >= i64::from(MOST_DAYS) {
                errors.push("to", Fault::TooLong(MOST_DAYS));
            }
        }
        let kinds = match self.what.as_str() {
            "all" => Some([EntryKind::Reward, EntryKind::Penalty]),
            "reward" => Some([EntryKind::Reward; 2]),
            "penalty" => Some([EntryKind::Penalty; 2]),
            _ => None,
        };
        if kinds.is_none() {
            errors.push("what", Fault::NotInList);
        }
        match (from, to, kinds) {
            (Some(from), Some(to), Some(kinds)) => errors.or(Asked { from, to, kinds }),
            _ => Err(errors),
        }
    }
}

codes! {
    /// Where an entry stands that is given away.
    pub enum ExportState {
        /// It stands.
        Standing = "standing",
        /// The bureau took it back.
        Revoked = "revoked",
        /// An objection was right; what it said was never so.
        Removed = "removed",
        /// An objection was right, and another entry is in its place.
        Corrected = "corrected",
    }
}

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportFile {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// Which province gives it.
    pub province: ExportProvince,
    /// The first day.
    pub from: NaiveDate,
    /// The last one.
    pub to: NaiveDate,
    /// Of which kinds.
    pub kinds: Vec<EntryKind>,
    /// When it was made, in UTC; what is public is so on this day in China.
    pub made_at: DateTime<Utc>,
    /// The oldest first.
    pub entries: Vec<ExportEntry>,
}

/// A province, as others know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportProvince {
    /// The key in addresses.
    pub key: String,
    /// The division code.
    pub code: String,
    /// What people call it.
    pub name: String,
}

/// An entry. Of one that stands no longer there is only its number and what became of it, so that it can be taken down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportEntry {
    /// 受理编号 of the case that recorded it: names it in every file.
    pub id: String,
    /// What it is about.
    pub kind: EntryKind,
    /// Where it stands.
    pub state: ExportState,
    /// The day on which it ended, in China.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<NaiveDate>,
    /// What it says while it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<ExportRecord>,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportRecord {
    /// Whose it is.
    pub person: ExportPerson,
    /// The name of a reward, the kinds of a penalty.
    pub title: String,
    /// The label of the level of a reward.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub level: String,
    /// 授予单位, 处罚决定机关.
    pub body: String,
    /// 文号; empty for none.
    pub number: String,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// The law of a penalty with its articles.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// What a penalty keeps the person from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ban: Option<ExportBan>,
    /// Whether anybody may see it on the day of the file.
    pub is_public: bool,
    /// The last day on which anybody may; `None` for never and for always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_until: Option<NaiveDate>,
    /// 财政局代码 of the bureau that recorded it.
    pub bureau: BureauCode,
    /// When it was recorded, in China.
    pub recorded_on: NaiveDate,
}

/// Whose an entry is.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ExportPerson {
    /// 姓名.
    pub name: String,
    /// 证件类型, as a code.
    pub document_kind: String,
    /// 证件号码, whole: the platform knows people by it.
    pub document_number: String,
}

impl std::fmt::Debug for ExportPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ExportPerson(…)")
    }
}

/// What a penalty keeps somebody from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ExportBan {
    /// Whether it never ends.
    pub is_for_life: bool,
    /// Its last day, where it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Whether it holds on the day of the file.
    pub is_active: bool,
}

impl ExportBan {
    /// A ban as it is on a day.
    #[must_use]
    pub fn of(ban: Ban, today: NaiveDate) -> Self {
        let until = match ban {
            Ban::Until(day) => Some(day),
            Ban::Life => None,
        };
        Self { is_for_life: until.is_none(), until, is_active: ban.is_active(today) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_asked_for_is_of_at_most_a_year_and_not_of_days_to_come() {
        let form = |from: &str, to: &str, what: &str| ExportForm { from: from.into(), to: to.into(), what: what.into() };
        let today = day("2026-11-18");
        let all = form("20251118", "2026-11-18", "all").check(today).unwrap();
        assert_eq!((all.from, all.to, all.kinds), (day("2025-11-18"), today, [EntryKind::Reward, EntryKind::Penalty]));
        assert_eq!(form("20260101", "20260101", "penalty").check(today).unwrap().kinds, [EntryKind::Penalty; 2]);
        for (form, field, fault) in [
            (form("", "20260101", "all"), "from", Fault::Missing),
            (form("20260101", "20261119", "all"), "to", Fault::InTheFuture),
            (form("20260102", "20260101", "all"), "to", Fault::TooEarly),
            (form("20250101", "20260102", "all"), "to", Fault::TooLong(MOST_DAYS)),
            (form("20260101", "20260101", "annulment"), "what", Fault::NotInList),
        ] {
            assert_eq!(form.check(today).unwrap_err(), FieldErrors::one(field, fault));
        }
    }

    #[test]
    fn a_ban_says_whether_it_holds_on_the_day_of_the_file() {
        let until = Ban::Until(day("2026-11-18"));
        assert!(ExportBan::of(until, day("2026-11-18")).is_active && !ExportBan::of(until, day("2026-11-19")).is_active);
        assert!(ExportBan::of(Ban::Life, day("2026-11-19")).is_for_life);
    }
}
