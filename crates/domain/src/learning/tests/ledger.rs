//! Rows that are only added, and what they sum up to.

use super::{credits, day, entry, noon, province, rules};
use crate::learning::{
    CreditEntry, Credits, Irreversible, Source, SourceKind, Standing, Subject, Sums, booked_by, booked_of, reversal_of,
    rule_words, standing_entries, year_words,
};

use Subject::{Both, Professional, Public};

fn reversal(entries: &[CreditEntry], id: &str, new: &str, on: &str) -> Result<CreditEntry, Irreversible> {
    CreditEntry::reversing(entries, &id.into(), new.into(), ("staff", noon(on), "证明材料不实"))
}

#[test]
fn amounts_are_exact_in_hundredths_and_read_as_people_write_them() {
    for (text, hundredths, shown) in [
        ("90", 9000, "90"),
        ("7.5", 750, "7.5"),
        ("\"0.25\"", 25, "0.25"),
        ("-30", -3000, "-30"),
        ("1.10", 110, "1.1"),
        ("0", 0, "0"),
    ] {
        let amount = credits(text);
        assert_eq!((amount.hundredths(), amount.to_string().as_str()), (hundredths, shown));
        assert_eq!(serde_json::from_str::<Credits>(&serde_json::to_string(&amount).unwrap()).unwrap(), amount);
    }
    for text in ["1.234", "\"\"", "\"1e3\"", "\"１\"", "100000000", "\"-\"", "\".5\"", "true"] {
        assert!(serde_json::from_str::<Credits>(text).is_err(), "{text}");
    }
    let sum: Credits = (0..30).map(|_| credits("0.1")).sum();
    assert_eq!(sum, Credits::whole(3));
    assert_eq!(Credits::whole(5).less(Credits::whole(7)), Credits::ZERO);
    assert_eq!([0, 1, 90, 91].map(|gap| Credits::whole(30).needed_for(Credits::whole(gap))), [0, 1, 3, 4].map(Some));
    assert_eq!(Credits::ZERO.needed_for(Credits::whole(1)), None);
}

#[test]
fn ninety_credits_are_thirty_hours_in_hubei_财办会_2021_23号_and_24_are_24_before_2019() {
    let hubei = province("hubei");
    assert_eq!(rules(&hubei).year(2026).unwrap().in_hours(Credits::whole(90)), Some(Credits::whole(30)));
    assert_eq!(rules(&hubei).year(2018).unwrap().in_hours(Credits::whole(24)), Some(Credits::whole(24)));
    assert_eq!(rules(&province("hunan")).year(2026).unwrap().in_hours(Credits::whole(90)), None);
}

#[test]
fn a_year_is_complete_with_24_until_2018_and_with_90_of_which_60_professional_from_2019() {
    let hunan = province("hunan");
    let complete = |year, rows: &[(Subject, u32)]| {
        let rows: Vec<_> = rows
            .iter()
            .enumerate()
            .map(|(n, (subject, amount))| entry(&n.to_string(), (year, *subject, *amount), "2026-05-01"))
            .collect();
        Standing::of(&rows, year, &rules(&hunan).year(year).unwrap().standard()).is_complete()
    };
    assert!(complete(2018, &[(Public, 24)]) && !complete(2018, &[(Professional, 23)]));
    assert!(complete(2019, &[(Professional, 60), (Public, 30)]) && complete(2019, &[(Professional, 90)]));
    assert!(!complete(2019, &[(Professional, 59), (Public, 31)]) && !complete(2019, &[(Professional, 60), (Public, 29)]));
    assert!(!complete(2019, &[(Public, 90)]) && complete(2019, &[(Both, 90)]));
}

#[test]
fn a_credit_counts_once_to_the_total_whatever_parts_it_counts_to() {
    let rows = [
        entry("a", (2026, Both, 30), "2026-05-01"),
        entry("b", (2026, Public, 20), "2026-05-02"),
        entry("c", (2025, Both, 9), "2026-05-02"),
    ];
    let sums = Sums { total: Credits::whole(50), professional: Credits::whole(30), public: Credits::whole(50) };
    assert_eq!(Sums::of(&rows, 2026), sums);
}

#[test]
fn what_is_taken_back_is_a_further_row_that_names_the_first() {
    let mut rows = vec![entry("a", (2026, Professional, 90), "2026-05-01")];
    let row = reversal(&rows, "a", "r", "2026-06-01").unwrap();
    assert_eq!((row.amount, row.reverses.as_ref().unwrap().as_str(), row.year), (-Credits::whole(90), "a", 2026));
    rows.push(row);
    assert_eq!(Sums::of(&rows, 2026), Sums::default());
    assert_eq!(reversal(&rows, "a", "r2", "2026-06-02"), Err(Irreversible::Already));
    assert_eq!(reversal(&rows, "r", "r2", "2026-06-02"), Err(Irreversible::IsReversal));
    assert_eq!(reversal(&rows, "x", "r2", "2026-06-02"), Err(Irreversible::Unknown));
    assert_eq!(standing_entries(&rows).count(), 0);
    assert_eq!(reversal_of(&rows, &"a".into()).unwrap().id, "r");
    let source = Source { kind: SourceKind::School, id: "s-a".to_owned() };
    assert_eq!(booked_by(&rows, &source).unwrap().id, "a", "a source that was taken back books nothing again");
}

#[test]
fn the_day_of_completion_is_the_one_since_which_it_is_complete_without_a_break() {
    let hunan = province("hunan");
    let standard = rules(&hunan).year(2026).unwrap().standard();
    let on = |rows: &[CreditEntry]| Standing::of(rows, 2026, &standard).completed_on;
    let mut rows = vec![entry("a", (2026, Professional, 60), "2026-05-01")];
    assert_eq!(on(&rows), None);
    rows.push(entry("b", (2026, Professional, 30), "2026-06-01"));
    assert_eq!(on(&rows), Some(day("2026-06-01")));
    rows.push(entry("c", (2026, Professional, 30), "2026-07-01"));
    rows.push(reversal(&rows, "b", "r", "2026-08-01").unwrap());
    assert_eq!(on(&rows), Some(day("2026-06-01")), "the third row had filled the gap before");
    rows.push(reversal(&rows, "c", "q", "2026-09-01").unwrap());
    assert_eq!(on(&rows), None);
    rows.push(entry("d", (2026, Professional, 30), "2026-10-01"));
    assert_eq!(on(&rows), Some(day("2026-10-01")));
    // A correction takes back and books anew in one transaction.
    rows.push(reversal(&rows, "d", "p", "2026-11-01").unwrap());
    rows.push(entry("e", (2026, Professional, 40), "2026-11-01"));
    assert_eq!(on(&rows), Some(day("2026-10-01")));
    rows.reverse();
    assert_eq!(on(&rows), Some(day("2026-10-01")), "whatever the order in which the rows are read");
}

#[test]
fn 登记年份_is_the_year_of_booking_and_may_differ_from_培训年份() {
    let hunan = province("hunan");
    let row = entry("a", (2025, Professional, 90), "2026-02-10");
    assert_eq!((row.year, row.registered_in(rules(&hunan))), (2025, Some(2026)));
    let mut late = row;
    // One in the morning in China is still the day before in UTC.
    late.booked_at = noon("2025-12-31") + chrono::Duration::hours(13);
    assert_eq!((late.booked_on(), late.registered_in(rules(&hunan))), (day("2026-01-01"), Some(2026)));
}

#[test]
fn a_rule_and_what_decided_the_year_are_said_in_words() {
    let hunan = province("hunan");
    let of = |kind: SourceKind, rule: &str, decided: &str| CreditEntry {
        source: Source { kind, id: "x".to_owned() },
        rule: rule.to_owned(),
        decided: decided.to_owned(),
        ..entry("a", (2025, Professional, 30), "2026-02-10")
    };
    let said = |entry: CreditEntry| (rule_words(rules(&hunan), &entry), year_words(&entry));
    let words = |rule: &str, year: &str| (rule.to_owned(), year.to_owned());
    let paper = of(SourceKind::Conversion, "paper/2019", "出版日期：2025年12月");
    assert_eq!(said(paper.clone()), words("论文折算规则（2019 版）", "按出版日期：2025年12月确定"));
    let back = CreditEntry::reversing(&[paper], &"a".into(), "r".into(), ("staff", noon("2026-03-01"), "x")).unwrap();
    assert_eq!(said(back), words("论文折算规则（2019 版）", "按出版日期：2025年12月确定"), "also of what takes it back");
    // A version, or a kind, that the province has no more.
    assert_eq!(said(of(SourceKind::Conversion, "paper/1999", "")), words("论文折算规则（1999 版）", ""));
    assert_eq!(said(of(SourceKind::Conversion, "gone/2019", "")), words("学分折算规则（2019 版）", ""));
    assert_eq!(said(of(SourceKind::School, "school/2019", "")), words("网络培训规则（2019 版）", "按网校报名的年度确定"));
    assert_eq!(said(of(SourceKind::Import, "2019", "")), words("财政部门登记规则", ""));
}

#[test]
fn what_a_year_asks_and_what_is_missing_are_said_in_words() {
    let hunan = province("hunan");
    let standard = rules(&hunan).year(2026).unwrap().standard();
    assert_eq!(standard.words("学分"), "不少于 90 学分，其中专业科目不少于 60 学分");
    let missing = |rows: &[CreditEntry]| Sums::of(rows, 2026).missing(&standard).words_of_missing("学分");
    assert_eq!(missing(&[]), "还差 90 学分，专业科目还差 60 学分");
    assert_eq!(missing(&[entry("a", (2026, Professional, 60), "2026-05-01")]), "还差 30 学分");
    assert_eq!(missing(&[entry("a", (2026, Public, 95), "2026-05-01")]), "总学分已够，专业科目还差 60 学分");
}

#[test]
fn a_cap_counts_what_stands_of_the_kind_in_the_year_by_any_version() {
    let paper = |id: &str, year, rule: &str| CreditEntry {
        rule: rule.to_owned(),
        source: Source { kind: SourceKind::Conversion, id: id.to_owned() },
        ..entry(id, (year, Professional, 30), "2026-05-01")
    };
    let mut rows = vec![
        paper("a", 2026, "paper/2019"),
        paper("b", 2026, "paper/2026"),
        paper("c", 2025, "paper/2019"),
        paper("d", 2026, "papers/2019"),
    ];
    rows.push(entry("e", (2026, Professional, 30), "2026-05-01"));
    assert_eq!(booked_of(&rows, "paper", 2026), Credits::whole(60));
    rows.push(reversal(&rows, "a", "r", "2026-06-01").unwrap());
    assert_eq!(booked_of(&rows, "paper", 2026), Credits::whole(30));
}
