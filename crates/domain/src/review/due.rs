//! When cases are due, as the cards of the desk count and the list filters them.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::case::codes;

codes! {
    /// When a case is due.
    pub enum Due {
        /// Before today.
        Overdue = "overdue",
        /// Today.
        Today = "today",
        /// Today or later, until Sunday.
        Week = "week",
    }
}

impl Due {
    /// The first and the last due date that it means; `None` for any before.
    #[must_use]
    pub fn range(self, today: NaiveDate) -> (Option<NaiveDate>, NaiveDate) {
        let to_sunday = Days::new(u64::from(6 - today.weekday().num_days_from_monday()));
        match self {
            Self::Overdue => (None, today.pred_opt().unwrap_or(today)),
            Self::Today => (Some(today), today),
            Self::Week => (Some(today), today.checked_add_days(to_sunday).unwrap_or(today)),
        }
    }

    /// Whether it means this due date.
    #[must_use]
    pub fn means(self, due_on: NaiveDate, today: NaiveDate) -> bool {
        let (from, to) = self.range(today);
        from.is_none_or(|from| from <= due_on) && due_on <= to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_ends_on_sunday_and_begins_today() {
        let day = |of: u32| NaiveDate::from_ymd_opt(2026, 11, of).unwrap();
        // 25 November 2026 is a Wednesday.
        let meant = |due: Due| (20..31).filter(|of| due.means(day(*of), day(25))).collect::<Vec<_>>();
        assert_eq!(meant(Due::Overdue), [20, 21, 22, 23, 24]);
        assert_eq!(meant(Due::Today), [25]);
        assert_eq!(meant(Due::Week), [25, 26, 27, 28, 29]);
        assert_eq!(Due::Week.range(day(29)), (Some(day(29)), day(29)));
    }
}
