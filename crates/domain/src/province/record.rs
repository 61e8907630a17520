//! `[record]` of a profile: what people read of their own record, and when they are asked about it.

use chrono::{Months, NaiveDate};
use serde::Deserialize;

/// 个人档案.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RecordRules {
    /// Whether a person reads who of the staff looked at what is theirs, and not the bureau and the role alone.
    pub names_staff: bool,
    /// 定期核对: so many months after the approval, or after they last said so, people are asked whether the record is still right; 0 for
    /// never.
    pub self_check_months: u32,
}

impl Default for RecordRules {
    fn default() -> Self {
        Self { names_staff: false, self_check_months: 6 }
    }
}

impl RecordRules {
    /// Whether somebody is asked today who was sure of their record on another day.
    #[must_use]
    pub fn is_check_due(self, sure_on: NaiveDate, today: NaiveDate) -> bool {
        let due = sure_on.checked_add_months(Months::new(self.self_check_months));
        self.self_check_months > 0 && due.is_some_and(|due| due <= today)
    }
}
