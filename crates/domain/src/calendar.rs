//! Working days of the State Council's calendar (国务院办公厅关于部分节假日安排的通知), from data.

use std::collections::BTreeSet;
use std::ops::Bound::{Excluded, Included};

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday};

/// How far the clocks in China are ahead of UTC, all the year.
const AHEAD: Duration = Duration::hours(8);

/// What the clocks in China show at an instant.
#[must_use]
pub fn china_time(at: DateTime<Utc>) -> NaiveDateTime {
    (at + AHEAD).naive_utc()
}

/// The instant at which a day begins in China.
#[must_use]
pub fn china_midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() - AHEAD
}

/// The published rest days and make-up working days. Every other day follows the week: Monday to Friday are worked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    rest: BTreeSet<NaiveDate>,
    work: BTreeSet<NaiveDate>,
}

impl Calendar {
    /// A calendar from rest days (节假日) and make-up working days (调休上班); a day in both is worked.
    pub fn new(rest: BTreeSet<NaiveDate>, work: BTreeSet<NaiveDate>) -> Self {
        Self { rest, work }
    }

    /// Whether anything is published for the year; without it the days are counted Monday to Friday.
    pub fn knows_year(&self, year: i32) -> bool {
        self.rest.iter().chain(&self.work).any(|day| day.year() == year)
    }

    /// Whether the day is worked.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        self.work.contains(&day) || (!self.rest.contains(&day) && !is_weekend(day))
    }

    /// The `n`-th working day after `start`; `start` itself is day 0, whether worked or not.
    pub fn add_working_days(&self, start: NaiveDate, n: u32) -> NaiveDate {
        let mut day = start;
        let mut left = n;
        while left > 0 {
            let Some(next) = day.succ_opt() else { return day };
            day = next;
            left -= u32::from(self.is_working_day(day));
        }
        day
    }

    /// Working days after `from` up to and including `to`; negative when `to` lies before `from`.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        // A list asks this for each of its lines: whole weeks are not counted day by day.
        let days = (to - from).num_days();
        let beyond_weeks = from.iter_days().skip(1).zip(0..days % 7);
        let of_week: i64 = beyond_weeks.map(|(day, _)| i64::from(!is_weekend(day))).sum();
        let published = |days: &BTreeSet<NaiveDate>, is_counted: &dyn Fn(NaiveDate) -> bool| -> i64 {
            days.range((Excluded(from), Included(to))).map(|day| i64::from(is_counted(*day))).sum()
        };
        let at_rest = published(&self.rest, &|day| !is_weekend(day) && !self.work.contains(&day));
        days / 7 * 5 + of_week - at_rest + published(&self.work, &is_weekend)
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        crate::date::parse_date(text).unwrap()
    }

    fn calendar() -> Calendar {
        let rest = (15..=23).map(|d| NaiveDate::from_ymd_opt(2026, 2, d).unwrap());
        let autumn = (1..=7).map(|d| NaiveDate::from_ymd_opt(2026, 10, d).unwrap());
        Calendar::new(rest.chain(autumn).collect(), ["2026-02-14", "2026-02-28", "2026-10-10"].map(day).into())
    }

    #[test]
    fn a_day_begins_in_china_at_four_in_the_afternoon_of_the_day_before_by_utc() {
        let begins = china_midnight(day("2026-11-18"));
        assert_eq!(begins.to_rfc3339(), "2026-11-17T16:00:00+00:00");
        assert_eq!(china_time(begins), day("2026-11-18").and_time(NaiveTime::MIN));
    }

    #[test]
    fn published_days_outrank_the_week() {
        let calendar = calendar();
        for (date, worked) in [
            ("2026-02-13", true),
            ("2026-02-14", true),
            ("2026-02-15", false),
            ("2026-02-17", false),
            ("2026-02-24", true),
            ("2026-10-10", true),
            ("2026-10-11", false),
            ("2026-10-17", false),
            ("2027-01-04", true),
            ("2027-01-03", false),
        ] {
            assert_eq!(calendar.is_working_day(day(date)), worked, "{date}");
        }
        assert!(calendar.knows_year(2026));
        assert!(!calendar.knows_year(2027));
    }

    #[test]
    fn the_start_day_counts_as_day_zero() {
        let calendar = calendar();
        for (start, n, end) in [
            ("2026-02-13", 0, "2026-02-13"),
            ("2026-02-13", 1, "2026-02-14"),
            ("2026-02-13", 2, "2026-02-24"),
            ("2026-02-17", 0, "2026-02-17"),
            ("2026-02-17", 1, "2026-02-24"),
            ("2026-09-30", 3, "2026-10-10"),
            ("2027-03-05", 10, "2027-03-19"),
        ] {
            assert_eq!(calendar.add_working_days(day(start), n), day(end), "{start} + {n}");
        }
        assert_eq!(calendar.add_working_days(NaiveDate::MAX, 3), NaiveDate::MAX);
    }

    #[test]
    fn days_between_exclude_the_first_and_include_the_last() {
        let calendar = calendar();
        for (from, to, days) in [
            ("2026-02-13", "2026-02-13", 0),
            ("2026-02-13", "2026-02-14", 1),
            ("2026-02-14", "2026-02-23", 0),
            ("2026-02-13", "2026-02-24", 2),
            ("2026-02-24", "2026-02-13", -2),
            ("2027-03-05", "2027-03-19", 10),
        ] {
            assert_eq!(calendar.working_days_between(day(from), day(to)), days, "{from} to {to}");
        }
    }

    #[test]
    fn working_days_are_as_many_as_there_are_one_by_one() {
        let calendar = calendar();
        for from in day("2026-01-28").iter_days().take(40) {
            for to in from.iter_days().take(270) {
                let days =
                    from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| calendar.is_working_day(*day)).count();
                assert_eq!(calendar.working_days_between(from, to), i64::try_from(days).unwrap(), "{from} to {to}");
            }
        }
    }
}
