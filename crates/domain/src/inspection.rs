//! 备查: originals are to be kept, and as long as that is so the bureau may ask to see them. It is the engine's word for it: the
//! desk knows no line of business.

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::case::codes;
use crate::case::view::FileView;

crate::form! {
    /// The bureau asks for the originals.
    pub struct InspectForm {
        /// What names the case in addresses.
        case,
        /// How many were asked for before, as it was seen, so that a repetition asks for nothing more.
        asked,
        /// What is asked for, 2 to 200 characters; the person reads it.
        reason,
    }
}

crate::form! {
    /// The bureau has looked at the originals, and they are in order.
    pub struct InspectedForm {
        /// What names the case in addresses.
        case,
        /// What names the inspection.
        inspection,
        /// What lay there when it was looked at, as [`seen`] writes it.
        seen,
    }
}

/// Files as they were seen, by their ids in the order of the page.
#[must_use]
pub fn seen<'a>(files: impl IntoIterator<Item = &'a str>) -> String {
    files.into_iter().collect::<Vec<_>>().join(" ")
}

codes! {
    /// What came of it.
    pub enum Outcome {
        /// 核对无误.
        InOrder = "in_order",
        /// Missing or false: the approval was revoked.
        Failed = "failed",
    }
}

/// `[inspection]` of the rules: how the bureau may ask for originals.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InspectionRules {
    /// How many days there are to send them.
    pub days: u32,
    /// The slot that takes them.
    pub proof: String,
}

impl InspectionRules {
    /// The last day to send what is asked for today.
    #[must_use]
    pub fn due_on(&self, today: NaiveDate) -> NaiveDate {
        today.checked_add_days(Days::new(self.days.into())).unwrap_or(NaiveDate::MAX)
    }
}

/// The last day on which originals are to be kept of what was approved on a day, for so many years
/// (原件至少保存两年, a figure of the province).
#[must_use]
pub fn keep_until(approved_on: NaiveDate, years: u32) -> NaiveDate {
    approved_on.checked_add_months(Months::new(years.saturating_mul(12))).unwrap_or(NaiveDate::MAX)
}

/// One request of the bureau.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectionView {
    /// What names it.
    pub id: String,
    /// What was asked for.
    pub asked: String,
    /// In UTC.
    pub asked_at: DateTime<Utc>,
    /// The last day to send it.
    pub due_on: NaiveDate,
    /// Whether that day is over and nothing came of it yet.
    pub is_late: bool,
    /// `None` while it is open.
    pub outcome: Option<Outcome>,
    /// In UTC.
    pub ended_at: Option<DateTime<Utc>>,
}

/// What a page says of the originals of an approved case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspections {
    /// The last day on which they are to be kept.
    pub keep_until: NaiveDate,
    /// How many days there are to send them.
    pub days: u32,
    /// Whether whoever is looking may ask for them today.
    pub may_ask: bool,
    /// The newest first.
    pub all: Vec<InspectionView>,
    /// What the person has sent for the newest.
    pub files: Vec<FileView>,
}

impl Inspections {
    /// The one that nothing came of yet.
    #[must_use]
    pub fn open(&self) -> Option<&InspectionView> {
        self.all.iter().find(|of| of.outcome.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn originals_are_kept_for_whole_years_from_the_approval_and_days_of_the_profile_are_given_to_send_them() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(keep_until(day("2026-11-18"), 2), day("2028-11-18"));
        assert_eq!(keep_until(day("2024-02-29"), 1), day("2025-02-28"));
        let rules = InspectionRules { days: 15, proof: "originals".into() };
        assert_eq!(rules.due_on(day("2026-12-20")), day("2027-01-04"));
    }
}
