//! The years of every province: what they ask, their days and their windows, by `domain.md` 4.1 to 4.5.

use super::{day, province, rules};
use crate::learning::view::LearningWords;
use crate::learning::{Credits, LastDay, Open, Period, WayOut, WindowFor, last_day};

use WindowFor::{Conversion, FaceToFace, Late, Payment, Study};

/// The first and the last day; the latter empty where there is none.
type Days = (&'static str, &'static str);

/// A learning year as a source has it.
struct Said {
    source: &'static str,
    province: &'static str,
    year: i32,
    span: Days,
    windows: &'static [(WindowFor, Days)],
}

const CALENDAR_2025: Days = ("2025-01-01", "2025-12-31");
const MAY_2025: Days = ("2025-05-01", "2026-04-30");

const YEARS: [Said; 7] = [
    Said {
        source: "湖南省 2025 年通知",
        province: "hunan",
        year: 2025,
        span: CALENDAR_2025,
        windows: &[(Study, ("2025-03-01", "2026-02-28")), (Conversion, ("2025-03-01", "2026-02-28"))],
    },
    Said {
        source: "湖北省：当年度有效，过期不补",
        province: "hubei",
        year: 2025,
        span: CALENDAR_2025,
        windows: &[(Study, CALENDAR_2025), (Conversion, CALENDAR_2025)],
    },
    Said {
        source: "辽财会〔2018〕716号：集中一次",
        province: "liaoning",
        year: 2025,
        span: CALENDAR_2025,
        windows: &[(Study, ("2025-04-01", "2026-03-31")), (Conversion, ("2026-01-01", "2026-03-31"))],
    },
    Said {
        source: "辽宁省 2024 年度",
        province: "liaoning",
        year: 2024,
        span: ("2024-01-01", "2024-12-31"),
        windows: &[(Study, ("2024-04-01", "2025-03-31")), (Conversion, ("2025-01-01", "2025-03-31"))],
    },
    Said {
        source: "浙财会〔2019〕20号",
        province: "zhejiang",
        year: 2025,
        span: MAY_2025,
        windows: &[
            (Study, MAY_2025),
            (Payment, ("2025-05-01", "2026-03-31")),
            (FaceToFace, ("2025-05-01", "2025-12-31")),
            (Conversion, MAY_2025),
            (Late, ("2026-05-01", "")),
        ],
    },
    Said {
        source: "浙江省：补学 2018 及以前",
        province: "zhejiang",
        year: 2018,
        span: ("2018-05-01", "2019-04-30"),
        windows: &[(Late, ("2019-05-01", ""))],
    },
    Said { source: "财会〔2013〕18号", province: "liaoning", year: 2018, span: ("2018-01-01", "2018-12-31"), windows: &[] },
];

fn period((from, to): Days) -> Period {
    Period { from: day(from), to: (!to.is_empty()).then(|| day(to)) }
}

#[test]
fn the_days_of_a_learning_year_and_its_five_windows_are_those_of_the_source() {
    for said in YEARS {
        let province = province(said.province);
        let of = rules(&province).year(said.year).unwrap();
        assert_eq!(of.span.of(said.year), period(said.span), "{}", said.source);
        for what in WindowFor::ALL {
            let expected = said.windows.iter().find(|(named, _)| named == what).map(|(_, days)| period(*days));
            assert_eq!(of.period(*what, said.year), expected, "{}: {}", said.source, what.code());
        }
    }
}

#[test]
fn a_year_asks_24_until_2018_and_90_with_60_of_专业科目_from_2019_and_in_liaoning_30_of_公需科目() {
    for (key, public) in [("hunan", None), ("hubei", None), ("liaoning", Some(30)), ("zhejiang", None)] {
        let province = province(key);
        let standard = |year| {
            let of = rules(&province).year(year).unwrap().standard();
            (of.total, of.professional, of.public)
        };
        for (year, total, professional, public) in
            [(2013, 24, None, None), (2018, 24, None, None), (2019, 90, Some(60), public), (2026, 90, Some(60), public)]
        {
            let whole = |amount: Option<u32>| amount.map(Credits::whole);
            assert_eq!(standard(year), (Credits::whole(total), whole(professional), whole(public)), "{key} {year}");
        }
        assert!(rules(&province).year(2012).is_none(), "{key}");
        let old = rules(&province).year(2018).unwrap().in_hours(Credits::whole(24));
        assert_eq!(old, Some(Credits::whole(24)), "{key}: 1 学时 = 1 学分");
    }
}

#[test]
fn in_liaoning_conversions_are_asked_for_集中一次_and_one_school_is_chosen_a_year() {
    let liaoning = province("liaoning");
    let rules = rules(&liaoning);
    let open = |year, what, on| rules.opening(year, what, day(on));
    let before = open(2026, Conversion, "2026-12-31").unwrap_err();
    assert_eq!((before.way, before.open_years), (WayOut::WaitUntil(day("2027-01-01")), vec![]));
    let until = Some(day("2027-03-31"));
    assert_eq!(open(2026, Conversion, "2027-01-01"), Ok(Open { until, is_late: false }));
    assert_eq!(open(2026, Study, "2027-03-31"), Ok(Open { until, is_late: false }));
    for what in [Study, Conversion] {
        let after = open(2026, what, "2027-04-01").unwrap_err();
        assert_eq!((after.way, after.late), (WayOut::AskBureau, None), "nothing is made up later");
    }
    assert_eq!(rules.open_years(Study, day("2027-04-01")), [2027]);
    assert_eq!(last_day(rules, 2026, day("2026-11-30")), Some(LastDay { on: until, is_late: false }));
    assert_eq!((rules.schools_per_year, rules.certificate_name.as_str()), (Some(1), "会计人员继续教育合格证"));
    assert_eq!(rules.year_of(day("2026-03-31")), Some(2026), "what a date belongs to is the calendar year");
}

#[test]
fn in_zhejiang_a_year_begins_in_may_and_earlier_ones_are_made_up_浙财会_2019_20号() {
    let zhejiang = province("zhejiang");
    let rules = rules(&zhejiang);
    assert_eq!((rules.year_of(day("2026-04-30")), rules.year_of(day("2026-05-01"))), (Some(2025), Some(2026)));
    let open = |year, what, on| rules.opening(year, what, day(on));
    assert!(open(2025, Payment, "2026-03-31").is_ok());
    assert_eq!(open(2025, Payment, "2026-04-01").unwrap_err().way, WayOut::AskBureau, "一年的费用 3 月 31 日前缴");
    assert!(open(2025, FaceToFace, "2025-12-31").is_ok() && open(2025, FaceToFace, "2026-01-01").is_err());
    for what in [Study, Conversion] {
        assert_eq!(open(2025, what, "2026-04-30"), Ok(Open { until: Some(day("2026-04-30")), is_late: false }));
        assert_eq!(open(2025, what, "2026-05-01"), Ok(Open { until: None, is_late: true }));
        let all: Vec<i32> = (2013..=2026).rev().collect();
        assert_eq!(rules.open_years(what, day("2026-05-01")), all);
    }
    assert_eq!(last_day(rules, 2026, day("2026-11-30")), Some(LastDay { on: Some(day("2027-04-30")), is_late: false }));
    assert_eq!(last_day(rules, 2024, day("2026-11-30")), Some(LastDay { on: None, is_late: true }));
}

#[test]
fn the_pages_are_called_by_the_manual_of_the_province_or_by_its_rules() {
    let said = [
        ("hunan", "继续教育学分折算", "继续教育学分折算", "折算", None),
        ("hubei", "继续教育管理", "继续教育提交", "折算", Some("审核退回")),
        ("liaoning", "继续教育学分折算", "继续教育学分折算", "折算", None),
        ("zhejiang", "继续教育学分抵免", "继续教育学分抵免", "抵免", None),
    ];
    for (key, management, submission, converting, returned) in said {
        let province = province(key);
        let words = LearningWords::of(rules(&province), true, true);
        assert_eq!((words.management.as_str(), words.submission.as_str()), (management, submission), "{key}");
        assert_eq!((words.converting.as_str(), words.returned.as_deref()), (converting, returned), "{key}");
    }
}
