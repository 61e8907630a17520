//! Windows and the way out, by `domain.md` 4.5 and the manuals.

use super::{day, province, rules, yunhai};
use crate::learning::{Edge, Open, Period, Shut, WayOut, Window, WindowFor};

fn period(from: &str, to: &str) -> Period {
    Period { from: day(from), to: Some(day(to)) }
}

#[test]
fn the_year_2025_of_hunan_closes_with_february_2026() {
    let hunan = province("hunan");
    let rules = rules(&hunan);
    for what in [WindowFor::Study, WindowFor::Conversion] {
        let open = |on| rules.opening(2025, what, day(on));
        assert_eq!(open("2026-02-28"), Ok(Open { until: Some(day("2026-02-28")), is_late: false }));
        let window = Some(period("2025-03-01", "2026-02-28"));
        let shut = Shut { year: 2025, what, period: window, late: None, way: WayOut::AskBureau, open_years: vec![2026] };
        assert_eq!(open("2026-03-01"), Err(shut));
        let before = open("2025-02-28").unwrap_err();
        assert_eq!((before.way, before.open_years), (WayOut::WaitUntil(day("2025-03-01")), vec![2024]));
    }
    assert_eq!(
        rules.opening(2027, WindowFor::Study, day("2028-02-29")),
        Ok(Open { until: Some(day("2028-02-29")), is_late: false })
    );
}

#[test]
fn hubei_says_当年度有效_过期不补() {
    let hubei = province("hubei");
    let rules = rules(&hubei);
    assert!(rules.opening(2026, WindowFor::Conversion, day("2026-12-31")).is_ok());
    let shut = rules.opening(2025, WindowFor::Conversion, day("2026-01-01")).unwrap_err();
    assert_eq!((shut.way, shut.late, shut.open_years), (WayOut::AskBureau, None, vec![2026]));
    assert_eq!(rules.year(2018).unwrap().period(WindowFor::Conversion, 2018), None);
}

#[test]
fn what_was_missed_is_made_up_in_the_window_of_补学() {
    let yunhai = yunhai();
    let rules = rules(&yunhai);
    let late = rules.opening(2025, WindowFor::Study, day("2026-05-01"));
    assert_eq!(late, Ok(Open { until: Some(day("2029-04-30")), is_late: true }));
    let shut = rules.opening(2025, WindowFor::Payment, day("2026-05-01")).unwrap_err();
    assert_eq!((shut.late, shut.way), (None, WayOut::AskBureau), "one pays within the year");
    assert!(rules.opening(2025, WindowFor::FaceToFace, day("2025-12-31")).is_ok());
    assert!(rules.opening(2025, WindowFor::FaceToFace, day("2026-01-01")).is_err());
    assert_eq!(rules.open_years(WindowFor::Study, day("2026-05-01")), [2026, 2025, 2024, 2023]);
    let before = rules.opening(2030, WindowFor::Late, day("2026-05-01")).unwrap_err();
    assert_eq!(before.way, WayOut::WaitUntil(day("2031-05-01")));
    assert!(rules.opening(2012, WindowFor::Study, day("2026-05-01")).is_err_and(|shut| shut.period.is_none()));
}

#[test]
fn a_day_of_a_learning_year_is_written_as_domain_md_4_5_writes_it() {
    for (text, year, expected) in [
        ("Y-05-01", 2026, "2026-05-01"),
        ("Y+1-04-30", 2026, "2027-04-30"),
        ("Y+1-02-29", 2026, "2027-02-28"),
        ("Y+1-02-29", 2027, "2028-02-29"),
        ("Y+10-12-31", 2019, "2029-12-31"),
    ] {
        let edge = Edge::parse(text).unwrap();
        assert_eq!((edge.of(year), edge.to_string()), (day(expected), text.to_owned()));
    }
    for text in ["", "Y", "2026-05-01", "Y-5-1", "Y+-05-01", "Y-1-05-01", "Y-02-30", "Y-13-01", "Y+100-01-01", "Y年-5-01"] {
        assert_eq!(Edge::parse(text), None, "{text}");
    }
    let endless = Window { from: Edge::parse("Y-01-01").unwrap(), to: None }.of(2026);
    assert!(
        endless.has(day("2099-01-01"))
            && !endless.is_over(day("2099-01-01"))
            && endless.meets(period("2030-01-01", "2030-01-02"))
    );
    assert!(!endless.has(day("2025-12-31")) && !endless.meets(period("2025-01-01", "2025-12-31")));
}

#[test]
fn every_day_belongs_to_one_learning_year_since_the_first() {
    for province in ["hunan", "hubei", "liaoning", "zhejiang"].map(province).into_iter().chain([yunhai()]) {
        let rules = rules(&province);
        let mut last = rules.year_of(day("2019-05-01")).unwrap();
        for day in day("2019-05-01").iter_days().take(4000) {
            let year = rules.year_of(day).unwrap();
            assert!(year == last || year == last + 1, "{day}");
            last = year;
        }
        assert_eq!(rules.year_of(day("2012-01-01")), None);
    }
}
