//! 催办: a case past its day, and when whoever waits for it may urge it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, china_time};

/// A case on which nobody decided by its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// When it was urged last, in UTC; `None` when it never was.
    pub urged_at: Option<DateTime<Utc>>,
    /// The day from which it may be urged again, in China; `None` when it may be today.
    pub again_on: Option<NaiveDate>,
}

impl Late {
    /// Of a case that waits, by the last day of 审核期限; `None` until that day is over. It may be urged once in `pause` working days.
    #[must_use]
    pub fn of(
        due_on: NaiveDate,
        urged_at: Option<DateTime<Utc>>,
        today: NaiveDate,
        pause: u32,
        calendar: &Calendar,
    ) -> Option<Self> {
        let again_on = urged_at.map(|at| calendar.add_working_days(china_time(at).date(), pause));
        (today > due_on).then_some(Self { urged_at, again_on: again_on.filter(|on| *on > today) })
    }

    /// Whether it may be urged today.
    #[must_use]
    pub fn may_be_urged(self) -> bool {
        self.again_on.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::china_midnight;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_case_is_late_from_the_day_after_its_day_and_may_be_urged_once_in_three_working_days() {
        let calendar = Calendar::default();
        // Wednesday, 2 December 2026.
        let on = |today, urged: Option<&str>| {
            let urged_at = urged.map(|on| china_midnight(day(on)));
            Late::of(day("2026-12-02"), urged_at, day(today), 3, &calendar)
        };
        assert_eq!((on("2026-12-01", None), on("2026-12-02", None)), (None, None));
        assert_eq!(on("2026-12-03", None), Some(Late { urged_at: None, again_on: None }));
        // From Thursday on: Friday, and after the weekend Monday and Tuesday.
        for (today, again_on) in
            [("2026-12-03", Some("2026-12-08")), ("2026-12-07", Some("2026-12-08")), ("2026-12-08", None), ("2026-12-09", None)]
        {
            let late = on(today, Some("2026-12-03")).unwrap();
            assert_eq!((late.again_on, late.may_be_urged()), (again_on.map(day), again_on.is_none()), "{today}");
        }
    }

    #[test]
    fn the_day_of_urging_is_the_one_in_china() {
        let late_at_night = "2026-12-03T20:00:00Z".parse().unwrap();
        let late = Late::of(day("2026-12-02"), Some(late_at_night), day("2026-12-08"), 3, &Calendar::default());
        assert_eq!(late.unwrap().again_on, Some(day("2026-12-09")), "it was Friday there");
    }
}
