//! How long people wait for a bureau, in its working days: the clock stands still while a case is with its person.

use chrono::{DateTime, Utc};

use crate::calendar::{Calendar, china_time};

/// Decisions of so many days before today are counted.
pub const WAITED_DAYS: i64 = 30;
/// Of fewer cases nothing is told: it would say nothing of the bureau, and something of single people.
pub const FEWEST_CASES: usize = 5;

/// What half and nine tenths of those waited whose cases a bureau approved lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waits {
    /// Of how many cases.
    pub cases: u32,
    /// Working days within which half of them were approved.
    pub half: u32,
    /// Working days within which nine tenths of them were approved.
    pub most: u32,
}

impl Waits {
    /// Of what each case waited, in working days; `None` of too few.
    #[must_use]
    pub fn of(mut days: Vec<u32>) -> Option<Self> {
        if days.len() < FEWEST_CASES {
            return None;
        }
        days.sort_unstable();
        // The nearest rank: a wait that somebody had, never one between two.
        let rank = |tenths: usize| days.get((days.len() * tenths).div_ceil(10).saturating_sub(1)).copied();
        Some(Self { cases: u32::try_from(days.len()).unwrap_or(u32::MAX), half: rank(5)?, most: rank(9)? })
    }

    /// As people read it; `line` is what the province calls this kind of case.
    #[must_use]
    pub fn words(&self, line: &str) -> String {
        let within = |days| if days == 0 { "不到 1 个工作日".to_owned() } else { format!(" {days} 个工作日内") };
        let (half, most) = (within(self.half), within(self.most));
        format!("近 {WAITED_DAYS} 天审核通过的{line}，一半{half}办结，九成{most}办结（本人修改的时间不计）。")
    }
}

/// The working days that a case was with the bureau: from each time that it was handed in to when it left again. `moves` are
/// in their order; true is said of one by which the case came to the bureau.
#[must_use]
pub fn waited(calendar: &Calendar, moves: &[(DateTime<Utc>, bool)]) -> u32 {
    let (mut since, mut days) = (None, 0_i64);
    for (at, is_with_bureau) in moves {
        let on = china_time(*at).date();
        match (is_with_bureau, since) {
            (true, None) => since = Some(on),
            (false, Some(from)) => {
                days += calendar.working_days_between(from, on);
                since = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    u32::try_from(days).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::calendar::china_midnight;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        let autumn = (1..=7).map(|d| NaiveDate::from_ymd_opt(2027, 10, d).unwrap());
        Calendar::new(autumn.collect(), [day("2027-10-09")].into())
    }

    #[test]
    fn only_the_working_days_count_that_a_case_was_with_the_bureau() {
        for (moves, days) in [
            // Of one day, over a weekend, over the end of a month, over a leap day.
            (&[("2027-03-05", true), ("2027-03-05", false)][..], 0),
            (&[("2027-03-05", true), ("2027-03-08", false)], 1),
            (&[("2027-04-30", true), ("2027-05-03", false)], 1),
            (&[("2028-02-28", true), ("2028-03-01", false)], 2),
            // Over holidays, with a Saturday that is worked.
            (&[("2027-09-30", true), ("2027-10-11", false)], 3),
            // Returned and amended: what the person took is not the bureau's.
            (&[("2027-03-01", true), ("2027-03-03", false), ("2027-03-29", true), ("2027-03-30", false)], 3),
            // Withdrawn, and handed in anew.
            (&[("2027-03-01", true), ("2027-03-02", false), ("2027-03-02", true), ("2027-03-03", false)], 2),
            // What has not left is not counted, and what never came neither.
            (&[("2027-03-01", true)], 0),
            (&[("2027-03-01", false)], 0),
        ] {
            let moves: Vec<_> = moves.iter().map(|(on, came)| (china_midnight(day(on)), *came)).collect();
            assert_eq!(waited(&calendar(), &moves), days, "{moves:?}");
        }
    }

    #[test]
    fn a_day_is_one_of_china() {
        // Both of the 8th in China, of two days in UTC.
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(waited(&calendar(), &[(at("2027-03-07T16:30:00Z"), true), (at("2027-03-08T15:30:00Z"), false)]), 0);
        assert_eq!(waited(&calendar(), &[(at("2027-03-07T15:30:00Z"), true), (at("2027-03-07T16:30:00Z"), false)]), 1);
    }

    #[test]
    fn half_and_nine_tenths_are_waits_that_somebody_had_and_of_few_nothing_is_told() {
        for (days, expected) in [
            (vec![], None),
            (vec![1, 2, 3, 4], None),
            (vec![5, 4, 3, 2, 1], Some((5, 3, 5))),
            (vec![0, 0, 0, 0, 0], Some((5, 0, 0))),
            ((1..=10).collect(), Some((10, 5, 9))),
            ((1..=11).rev().collect(), Some((11, 6, 10))),
            ((1..=20).collect(), Some((20, 10, 18))),
        ] {
            let told = Waits::of(days.clone()).map(|waits| (waits.cases, waits.half, waits.most));
            assert_eq!(told, expected, "{days:?}");
        }
    }

    #[test]
    fn no_day_is_told_as_less_than_one() {
        let words = |half, most| Waits { cases: 9, half, most }.words("信息采集");
        assert_eq!(
            words(0, 3),
            "近 30 天审核通过的信息采集，一半不到 1 个工作日办结，九成 3 个工作日内办结（本人修改的时间不计）。"
        );
        assert!(words(2, 2).contains("一半 2 个工作日内办结"), "{}", words(2, 2));
    }
}
