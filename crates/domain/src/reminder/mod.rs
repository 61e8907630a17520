//! 提醒: of which deadlines people are reminded, how long before, and by which mark of a deadline a reminder is the same one.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::case::{CaseKind, codes};

codes! {
    /// What somebody is reminded of.
    pub enum ReminderKind {
        /// 退回 that was not answered.
        Returned = "returned",
        /// A learning year that ends.
        Learning = "learning",
        /// A paper whose last day comes.
        Paper = "paper",
    }
}

crate::form! {
    /// Whether reminders come by SMS besides: `yes` or `no`.
    pub struct ReminderForm {
        /// `yes` or `no`.
        sms,
    }
}

/// How many days before a deadline people are reminded; none where a list is empty.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReminderRules {
    /// Within so many days after a return people are expected to hand in again. Nothing ends with them.
    pub amend_days: u32,
    /// Before those days are over.
    pub returned: Vec<u32>,
    /// Before the last day of a learning year that is not complete.
    pub learning: Vec<u32>,
    /// Before the last day that somebody noted of a paper.
    pub paper: Vec<u32>,
}

impl Default for ReminderRules {
    fn default() -> Self {
        Self { amend_days: 30, returned: vec![7, 2], learning: vec![60, 30, 7], paper: vec![30] }
    }
}

impl ReminderRules {
    /// The first and the last day of a return whose reminders may fall on today.
    #[must_use]
    pub fn returned_between(&self, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let first = today.checked_sub_days(Days::new(self.amend_days.into()))?;
        let most = self.returned.iter().copied().max()?;
        Some((first, first.checked_add_days(Days::new(most.into()))?))
    }

    /// The end of the days after a return.
    #[must_use]
    pub fn amend_until(&self, returned_on: NaiveDate) -> Option<NaiveDate> {
        returned_on.checked_add_days(Days::new(self.amend_days.into()))
    }

    /// The farthest last day of a paper of which somebody may be reminded today.
    #[must_use]
    pub fn papers_until(&self, today: NaiveDate) -> Option<NaiveDate> {
        today.checked_add_days(Days::new(self.paper.iter().copied().max()?.into()))
    }
}

/// Whether a return of the kind is answered by the person, and not by the staff who entered it.
#[must_use]
pub const fn is_answered_by_its_person(kind: CaseKind) -> bool {
    let rules = kind.rules();
    rules.has_draft || rules.may_cancel
}

/// The newest mark before a deadline that has come: `before` it by some of the days. `None` before the first, after the deadline,
/// and of what began only when the mark was over (`since`). Whoever was not reminded on the day of a mark, because nobody counted, is
/// reminded later, and of each mark once.
#[must_use]
pub fn mark(before: &[u32], end: NaiveDate, since: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    let marks = before.iter().filter_map(|days| end.checked_sub_days(Days::new((*days).into())));
    let has_come = |mark: &NaiveDate| *mark <= today && since.is_none_or(|since| since < *mark);
    marks.filter(has_come).max().filter(|_| today <= end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn of_each_mark_before_a_deadline_one_is_reminded_and_after_it_of_none() {
        let year = [60, 30, 7];
        for (before, end, since, today, expected) in [
            // Before the first, on it, between, and when nobody counted on the day itself.
            (&year[..], "2027-02-28", None, "2026-12-29", None),
            (&year, "2027-02-28", None, "2026-12-30", Some("2026-12-30")),
            (&year, "2027-02-28", None, "2027-01-28", Some("2026-12-30")),
            (&year, "2027-02-28", None, "2027-01-31", Some("2027-01-29")),
            (&year, "2027-02-28", None, "2027-02-21", Some("2027-02-21")),
            (&year, "2027-02-28", None, "2027-02-28", Some("2027-02-21")),
            (&year, "2027-02-28", None, "2027-03-01", None),
            // A year that ends on a leap day, and marks over it.
            (&year, "2028-02-29", None, "2028-01-30", Some("2028-01-30")),
            (&year, "2028-02-29", None, "2028-02-22", Some("2028-02-22")),
            (&[7, 2], "2028-03-02", None, "2028-02-28", Some("2028-02-24")),
            (&[7, 2], "2028-03-02", None, "2028-02-29", Some("2028-02-29")),
            // Over the end of a month and of a year.
            (&[2], "2027-01-01", None, "2026-12-30", Some("2026-12-30")),
            (&[2], "2027-05-01", None, "2027-04-29", Some("2027-04-29")),
            // What began on the day of a mark or after it is not reminded of that one.
            (&[7, 2], "2027-03-10", Some("2027-03-03"), "2027-03-04", None),
            (&[7, 2], "2027-03-10", Some("2027-03-02"), "2027-03-04", Some("2027-03-03")),
            (&[7, 2], "2027-03-10", Some("2027-03-05"), "2027-03-08", Some("2027-03-08")),
            // On the last day itself, and where nobody is reminded at all.
            (&[0], "2027-03-10", None, "2027-03-10", Some("2027-03-10")),
            (&[], "2027-03-10", None, "2027-03-10", None),
        ] {
            let told = mark(before, day(end), since.map(day), day(today));
            assert_eq!(told, expected.map(day), "{before:?} before {end}, on {today}");
        }
    }

    #[test]
    fn the_days_of_a_return_hold_every_reminder_of_it() {
        let rules = ReminderRules::default();
        for (today, first, last) in [
            ("2027-03-31", "2027-03-01", "2027-03-08"),
            ("2028-03-01", "2028-01-31", "2028-02-07"),
            ("2027-01-15", "2026-12-16", "2026-12-23"),
        ] {
            let (from, to) = rules.returned_between(day(today)).unwrap();
            assert_eq!((from, to), (day(first), day(last)), "{today}");
            let of = |on: NaiveDate| mark(&rules.returned, rules.amend_until(on).unwrap(), Some(on), day(today));
            assert!(of(from).is_some() && of(to).is_some());
            assert!(of(from.pred_opt().unwrap()).is_none() && of(to.succ_opt().unwrap()).is_none());
        }
        assert_eq!(ReminderRules { returned: Vec::new(), ..rules }.returned_between(day("2027-03-31")), None);
    }

    #[test]
    fn nobody_is_reminded_of_what_the_staff_entered() {
        for kind in [CaseKind::Intake, CaseKind::Change, CaseKind::Conversion, CaseKind::Reward, CaseKind::Class] {
            assert!(is_answered_by_its_person(kind), "{kind:?}");
        }
        for kind in [CaseKind::Penalty, CaseKind::Counter, CaseKind::Closing] {
            assert!(!is_answered_by_its_person(kind), "{kind:?}");
        }
    }
}
