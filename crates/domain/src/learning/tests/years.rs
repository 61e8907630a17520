//! 今年还差什么: what is missing, the quickest ways, the last day, and the rows of 继续教育完成记录.

use super::{credits, day, entry, province, rules, yunhai};
use crate::date::Dated;
use crate::learning::{
    CreditEntry, Credits, LastDay, Missing, Offer, Source, SourceKind, Standing, Subject, Way, duty, last_day, ways, years,
};
use crate::province::Province;

use Subject::{Professional, Public};

fn offers(province: &Province, rows: &[CreditEntry], year: i32, on: &str) -> Vec<Offer> {
    let all = ways(rules(province), &province.lists, rows, year, day(on));
    all.into_iter().filter_map(|way| if let Way::Conversion(offer) = way { Some(offer) } else { None }).collect()
}

#[test]
fn what_is_missing_is_told_for_the_total_and_for_each_part() {
    let yunhai = yunhai();
    let standard = rules(&yunhai).year(2026).unwrap().standard();
    let rows = [entry("a", (2026, Professional, 70), "2026-05-01"), entry("b", (2026, Public, 7), "2026-05-01")];
    let missing = Standing::of(&rows, 2026, &standard).missing;
    assert_eq!(missing, Missing { total: Credits::whole(13), professional: Credits::ZERO, public: Credits::whole(23) });
    let hunan = province("hunan");
    let standard = rules(&hunan).year(2026).unwrap().standard();
    let missing = Standing::of(&[], 2026, &standard).missing;
    assert_eq!(missing, Missing { total: Credits::whole(90), professional: Credits::whole(60), public: Credits::ZERO });
}

#[test]
fn the_quickest_ways_come_first_and_say_how_many_and_until_when() {
    let hunan = province("hunan");
    let all = ways(rules(&hunan), &hunan.lists, &[], 2026, day("2026-11-30"));
    assert_eq!(all[0], Way::Study { until: Some(day("2027-02-28")), pay_by: None });
    let found = offers(&hunan, &[], 2026, "2026-11-30");
    let exam = Offer {
        kind: "exam".to_owned(),
        name: ("参加会计相关考试，通过一科或者被录取".to_owned(), "初级会计专业技术资格考试".to_owned()),
        count: 1,
        unit: "科".to_owned(),
        credits: Credits::whole(90),
        completes: true,
        earned_by: Some(day("2026-12-31")),
        until: Some(day("2027-02-28")),
    };
    assert_eq!(found[0], exam);
    let of = |kind: &str, name: &str| found.iter().find(|offer| offer.kind == kind && offer.name.1 == name).unwrap();
    let (meeting, paper) = (of("meeting", ""), of("paper", "其他作者"));
    assert_eq!((meeting.count, meeting.credits, meeting.completes), (9, Credits::whole(90), true));
    assert_eq!((paper.count, paper.credits, paper.completes), (9, Credits::whole(90), true));
    assert!(found.iter().map(|offer| offer.count).is_sorted());
    let rows = [entry("a", (2026, Professional, 75), "2026-05-01")];
    let found = offers(&hunan, &rows, 2026, "2026-11-30");
    assert_eq!(found.iter().find(|offer| offer.kind == "meeting").map(|offer| offer.count), Some(2));
}

#[test]
fn no_way_goes_beyond_a_cap_or_through_a_shut_window() {
    let yunhai = yunhai();
    let found = offers(&yunhai, &[], 2026, "2026-11-30");
    let lecture = found.iter().find(|offer| offer.kind == "lecture").unwrap();
    assert_eq!((lecture.count, lecture.credits, lecture.completes), (30, Credits::whole(45), false));
    let law = found.iter().find(|offer| offer.kind == "law").unwrap();
    assert_eq!((law.count, law.completes), (3, false), "the professional part stays missing");
    assert!(found[0].kind == "exam" && found[0].completes, "a whole year covers the public part");
    let mut booked = entry("a", (2026, Professional, 45), "2026-06-01");
    booked.rule = "lecture/2019".to_owned();
    booked.source = Source { kind: SourceKind::Conversion, id: "a".to_owned() };
    assert!(offers(&yunhai, &[booked], 2026, "2026-11-30").iter().all(|offer| offer.kind != "lecture"));
    let hubei = province("hubei");
    assert!(ways(rules(&hubei), &hubei.lists, &[], 2025, day("2026-01-01")).is_empty());
    let done = [entry("a", (2026, Professional, 90), "2026-05-01")];
    assert!(ways(rules(&hubei), &hubei.lists, &done, 2026, day("2026-06-01")).is_empty(), "nothing is missing");
    assert!(ways(rules(&hubei), &hubei.lists, &[], 1999, day("2026-06-01")).is_empty());
}

#[test]
fn where_only_the_public_part_is_missing_the_ways_are_what_counts_to_it() {
    let yunhai = yunhai();
    let rows = [entry("a", (2026, Professional, 90), "2026-05-01")];
    let found = offers(&yunhai, &rows, 2026, "2026-11-30");
    let first: Vec<_> = found.iter().map(|offer| (offer.kind.as_str(), offer.count, offer.completes)).collect();
    assert_eq!(first, [("exam", 1, true), ("exam", 1, true), ("law", 1, true)], "a whole year covers it, a lecture does not");
}

#[test]
fn the_last_day_is_that_of_the_window_and_then_that_of_补学() {
    let yunhai = yunhai();
    let last = |year, on| last_day(rules(&yunhai), year, day(on));
    assert_eq!(last(2025, "2026-04-30"), Some(LastDay { on: Some(day("2026-04-30")), is_late: false }));
    assert_eq!(last(2025, "2026-05-01"), Some(LastDay { on: Some(day("2029-04-30")), is_late: true }));
    assert_eq!(last(2025, "2029-05-01"), None);
    let hunan = province("hunan");
    assert_eq!(last_day(rules(&hunan), 2025, day("2026-03-01")), None, "过期不补");
    let pay_by = ways(rules(&yunhai), &yunhai.lists, &[], 2026, day("2026-11-30"));
    assert_eq!(pay_by[0], Way::Study { until: Some(day("2027-04-30")), pay_by: Some(day("2027-03-31")) });
    let late = ways(rules(&yunhai), &yunhai.lists, &[], 2025, day("2026-11-30"));
    assert_eq!(late[0], Way::Study { until: Some(day("2029-04-30")), pay_by: None });
}

#[test]
fn 继续教育完成记录_has_a_row_for_each_year_of_the_duty_and_for_what_was_booked_before_it() {
    let hunan = province("hunan");
    let rows = [entry("a", (2024, Professional, 90), "2024-06-01"), entry("b", (2018, Professional, 24), "2018-06-01")];
    let duty = duty(Dated::parse("2022-09"), None);
    let found = years(rules(&hunan), duty, &rows, day("2026-02-01"));
    let states: Vec<_> = found.iter().map(|row| (row.year, row.standing.completed_on, row.last_day.is_some())).collect();
    let expected = [
        (2026, None, true),
        (2025, None, true),
        (2024, Some(day("2024-06-01")), false),
        (2023, None, false),
        (2018, Some(day("2018-06-01")), false),
    ];
    assert_eq!(states, expected);
    assert_eq!((found[4].standard.total, found[2].standard.total), (credits("24"), credits("90")));
    assert_eq!(found[2].standing.ways.iter().copied().collect::<Vec<_>>(), [SourceKind::School]);
    assert!(years(rules(&hunan), None, &[], day("2026-02-01")).is_empty());
}
