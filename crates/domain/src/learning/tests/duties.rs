//! From when somebody owes 继续教育, and by which date.

use super::{day, province, rules};
use crate::date::Dated;
use crate::learning::{Duty, Trigger, duty};

#[test]
fn the_duty_begins_in_the_year_after_whichever_came_first_财会_2018_10号() {
    let date = |text: &str| Dated::parse(text);
    for (qualified, started, from, by) in [
        ("2019-09-30", "2021-07-01", 2020, Trigger::Qualification),
        ("2021-09-30", "2019-07-01", 2020, Trigger::Work),
        ("2019-12-31", "", 2020, Trigger::Qualification),
        ("", "2020-01-01", 2021, Trigger::Work),
        ("2020-10", "2020-03", 2021, Trigger::Work),
        ("2020-10-01", "2020-10-01", 2021, Trigger::Qualification),
        ("2020-10", "2020-10-15", 2021, Trigger::Qualification),
    ] {
        let on = if by == Trigger::Work { date(started) } else { date(qualified) };
        assert_eq!(duty(date(qualified), date(started)), Some(Duty { from, by, on: on.unwrap() }), "{qualified} {started}");
    }
    assert_eq!(duty(None, None), None);
}

#[test]
fn the_years_go_back_to_the_first_of_the_duty_and_not_before_the_first_standard() {
    let hunan = province("hunan");
    let years = |on: &str, now| duty(None, Dated::parse(on)).unwrap().years(rules(&hunan), now);
    assert_eq!(years("2022-07-01", 2026), [2026, 2025, 2024, 2023]);
    assert_eq!(years("1998-07-01", 2014), [2014, 2013]);
    assert!(years("2026-07-01", 2026).is_empty());
    assert_eq!(rules(&hunan).year_of(day("2026-01-01")), Some(2026));
}
