//! How long a submitted case has waited, and how loudly the queue says so.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;

/// From which age in working days a case is warned about, red and overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sla {
    /// In working days since the submission.
    pub warn: u32,
    /// In working days since the submission.
    pub red: u32,
    /// 审核期限, in working days since the submission.
    pub overdue: u32,
}

impl Default for Sla {
    /// 5, 7 and 10 working days: 手册丙 promises an answer in 7–10.
    fn default() -> Self {
        Self { warn: 5, red: 7, overdue: 10 }
    }
}

impl Sla {
    /// Half of the days, seven tenths, and all of them.
    pub const fn of(days: u32) -> Self {
        Self { warn: days / 2, red: days * 7 / 10, overdue: days }
    }
}

/// How urgent a waiting case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Younger than [`Sla::warn`].
    Calm,
    /// From [`Sla::warn`] on.
    Warn,
    /// From [`Sla::red`] on.
    Red,
    /// From [`Sla::overdue`] on.
    Overdue,
}

impl Urgency {
    /// The urgency at an age in working days.
    pub const fn of(age: u32, sla: &Sla) -> Self {
        match age {
            age if age >= sla.overdue => Self::Overdue,
            age if age >= sla.red => Self::Red,
            age if age >= sla.warn => Self::Warn,
            _ => Self::Calm,
        }
    }
}

/// Working days from the day after the last (re)submission up to and including today; 0 on the day itself. Both are days in
/// China, not in UTC, and a returned case does not age, because its next submission counts anew.
pub fn age_in_working_days(submitted_on: NaiveDate, today: NaiveDate, calendar: &Calendar) -> u32 {
    u32::try_from(calendar.working_days_between(submitted_on, today)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urgency_rises_at_five_seven_and_ten_working_days() {
        let at = |age| Urgency::of(age, &Sla::default());
        assert_eq!([at(0), at(4), at(5), at(6)], [Urgency::Calm, Urgency::Calm, Urgency::Warn, Urgency::Warn]);
        assert_eq!([at(7), at(9), at(10), at(99)], [Urgency::Red, Urgency::Red, Urgency::Overdue, Urgency::Overdue]);
    }

    #[test]
    fn a_shorter_period_warns_in_proportion() {
        assert_eq!(Sla::of(10), Sla::default());
        assert_eq!(Sla::of(5), Sla { warn: 2, red: 3, overdue: 5 });
    }

    #[test]
    fn a_weekend_does_not_make_a_case_older() {
        let day = |day| NaiveDate::from_ymd_opt(2025, 3, day).unwrap();
        let calendar = Calendar::new([].into(), [].into());
        assert_eq!(age_in_working_days(day(7), day(7), &calendar), 0);
        assert_eq!(age_in_working_days(day(7), day(9), &calendar), 0);
        assert_eq!(age_in_working_days(day(7), day(10), &calendar), 1);
        assert_eq!(age_in_working_days(day(10), day(7), &calendar), 0);
    }
}
