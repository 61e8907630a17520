//! Who may enrol where, and what becomes of each row that a school reports.

use chrono::{DateTime, NaiveDate, Utc};

use super::*;
use crate::learning::{Credits, LearningRules, Subject};
use crate::province::Province;

fn rules() -> LearningRules {
    let folder = format!("{}/../../provinces", env!("CARGO_MANIFEST_DIR"));
    let read = |file: &str| std::fs::read_to_string(format!("{folder}/{file}")).ok();
    Province::parse(&read, "hunan").unwrap().profile.learning.unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn school(id: &str) -> OpenSchool {
    OpenSchool { id: id.into(), years: vec![2026, 2025] }
}

fn held(school: &str, place: i64, booked: u32) -> Held {
    Held { school: school.into(), place, booked: Credits::whole(booked) }
}

#[test]
fn one_school_a_year_where_the_profile_says_so_and_the_same_once_more_is_the_same() {
    let rules = rules();
    let at = (2026, day("2026-11-18"));
    let first = may_enrol(&rules, Some(&school("a")), at, &[]).unwrap().unwrap();
    assert_eq!((first.0, first.1.total), (1, Credits::whole(90)));
    assert_eq!(may_enrol(&rules, Some(&school("a")), at, &[held("a", 1, 0)]), Ok(None));
    assert_eq!(may_enrol(&rules, Some(&school("b")), at, &[held("a", 1, 0)]), Err(NotEnrolled::Taken));
    let several = LearningRules { schools_per_year: None, ..rules };
    assert_eq!(may_enrol(&several, Some(&school("b")), at, &[held("a", 1, 0)]).unwrap().unwrap().0, 2);
    assert_eq!(may_enrol(&several, Some(&school("c")), at, &[held("b", 2, 0)]).unwrap().unwrap().0, 1);
}

#[test]
fn a_school_that_is_not_open_and_a_year_that_is_not_studied_are_told_apart() {
    let rules = rules();
    let today = day("2026-11-18");
    assert_eq!(may_enrol(&rules, None, (2026, today), &[]), Err(NotEnrolled::Closed));
    assert_eq!(may_enrol(&rules, Some(&school("a")), (2024, today), &[]), Err(NotEnrolled::Closed));
    assert_eq!(may_enrol(&rules, Some(&school("a")), (2025, today), &[]), Err(NotEnrolled::Shut));
    assert!(may_enrol(&rules, Some(&school("a")), (2025, day("2026-02-28")), &[]).is_ok());
}

#[test]
fn a_school_is_changed_while_nothing_was_reported() {
    let rules = rules();
    let at = (2026, day("2026-11-18"));
    let change = |from: &Held, to: &str| may_change(&rules, (from, Some(&school(to))), at, std::slice::from_ref(from));
    assert!(change(&held("a", 1, 0), "b").unwrap().is_some());
    assert_eq!(change(&held("a", 1, 0), "a"), Ok(None));
    assert_eq!(change(&held("a", 1, 10), "b"), Err(NotEnrolled::Reported));
}

const LEARNER: &str = "AAAAAAAAAAAAAAAAAAAAAA";

fn sent() -> SentRow {
    let text = str::to_owned;
    SentRow {
        id: text("r-1"),
        learner: text(LEARNER),
        year: text("2026"),
        subject: text("professional"),
        credits: text("60"),
        completed_on: text("2026-10-01"),
        name: String::new(),
    }
}

#[test]
fn every_fault_of_a_row_names_its_field_and_its_cause() {
    let (rules, today) = (rules(), day("2026-11-18"));
    type Change = fn(&mut SentRow);
    let table: [(Change, &str, Cause); 14] = [
        (|row| row.id.clear(), "id", Cause::Missing),
        (|row| row.id = "a b".into(), "id", Cause::Malformed),
        (|row| row.id = "x".repeat(65), "id", Cause::Malformed),
        (|row| row.learner.clear(), "learner", Cause::Missing),
        (|row| row.learner = "short".into(), "learner", Cause::Malformed),
        (|row| row.year = "last".into(), "year", Cause::Malformed),
        (|row| row.year = "1999".into(), "year", Cause::UnknownYear),
        (|row| row.subject = "both".into(), "subject", Cause::Malformed),
        (|row| row.credits = "0".into(), "credits", Cause::Malformed),
        (|row| row.credits = "-5".into(), "credits", Cause::Malformed),
        (|row| row.credits = "1.234".into(), "credits", Cause::Malformed),
        (|row| row.completed_on = "soon".into(), "completed_on", Cause::Malformed),
        (|row| row.completed_on = "2026-12-01".into(), "completed_on", Cause::InTheFuture),
        (|row| row.completed_on = "2026-02-01".into(), "completed_on", Cause::OutsideWindow),
    ];
    for (change, field, cause) in table {
        let mut row = sent();
        change(&mut row);
        assert_eq!(row.check(&rules, today), Err(RowFault { field, cause }), "{row:?}");
    }
    let report = sent().check(&rules, today).unwrap();
    assert_eq!((report.year, report.subject, report.credits), (2026, Subject::Professional, Credits::whole(60)));
}

#[test]
fn a_row_is_booked_repeated_refused_or_kept_aside() {
    let report = SentRow { name: "张三".into(), ..sent() }.check(&rules(), day("2026-11-18")).unwrap();
    let fits = Enrolled {
        holder: "张三".into(),
        credits: Credits::whole(90),
        booked: Credits::whole(30),
        since: day("2026-10-01"),
        is_ended: false,
    };
    let same = Earlier {
        learner: LEARNER.into(),
        year: 2026,
        subject: Subject::Professional,
        credits: Credits::whole(60),
        completed_on: day("2026-10-01"),
    };
    let more = Earlier { credits: Credits::whole(61), ..same.clone() };
    let on_another_day = Earlier { completed_on: day("2026-10-02"), ..same.clone() };
    let later = Enrolled { since: day("2026-10-02"), ..fits.clone() };
    let full = Enrolled { booked: Credits::of_hundredths(3001), ..fits.clone() };
    let ended = Enrolled { is_ended: true, ..fits.clone() };
    let other = Enrolled { holder: "李四".into(), ..fits.clone() };
    let table = [
        (None, Some(&fits), Outcome::Booked, None),
        (Some(&same), Some(&full), Outcome::Repeated, None),
        (Some(&more), Some(&fits), Outcome::Refused, Some(("id", Cause::OtherContents))),
        (Some(&on_another_day), Some(&fits), Outcome::Refused, Some(("id", Cause::OtherContents))),
        (None, Some(&later), Outcome::Refused, Some(("completed_on", Cause::BeforeEnrolment))),
        (None, Some(&full), Outcome::Refused, Some(("credits", Cause::AboveEnrolled))),
        (None, None, Outcome::Quarantined, Some(("learner", Cause::NoEnrolment))),
        (None, Some(&ended), Outcome::Quarantined, Some(("learner", Cause::EnrolmentEnded))),
        (None, Some(&other), Outcome::Quarantined, Some(("name", Cause::OtherName))),
    ];
    for (earlier, enrolled, outcome, fault) in table {
        let decision = decide(&report, earlier, enrolled);
        let found = decision.fault.map(|fault| (fault.field, fault.cause));
        assert_eq!((decision.outcome, found), (outcome, fault), "{earlier:?} {enrolled:?}");
    }
}

fn progress(percent: &str, hours: &str, at: &str) -> SentProgress {
    let (percent, hours, at) = (percent.into(), hours.into(), at.into());
    SentProgress { learner: LEARNER.into(), year: "2026".into(), percent, hours, at }
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn progress_is_told_in_per_cent_or_in_hours_and_never_of_tomorrow() {
    let (rules, now) = (rules(), instant("2026-11-20T09:00:00Z"));
    let told = progress("62.5", "", "2026-11-20T17:00:00.9+08:00").check(&rules, now).unwrap().progress;
    let expected = Progress { measure: Measure::Percent, amount: Credits::of_hundredths(6250), at: now };
    assert_eq!(told, expected, "seconds are kept, in UTC");
    assert_eq!(progress("", "12", "2026-11-20T09:05:00Z").check(&rules, now).unwrap().progress.measure, Measure::Hours);
    let at = "2026-11-20T09:00:00Z";
    for (sent, field, cause) in [
        (progress("", "", at), "percent", Cause::Missing),
        (progress("1", "1", at), "hours", Cause::Malformed),
        (progress("100.01", "", at), "percent", Cause::Malformed),
        (progress("-1", "", at), "percent", Cause::Malformed),
        (progress("", "8785", at), "hours", Cause::Malformed),
        (progress("60", "", ""), "at", Cause::Missing),
        (progress("60", "", "2026-11-20"), "at", Cause::Malformed),
        (progress("60", "", "1969-12-31T23:59:59Z"), "at", Cause::Malformed),
        (progress("60", "", "2026-11-20T09:05:01Z"), "at", Cause::InTheFuture),
        (SentProgress { year: "1999".into(), ..progress("60", "", at) }, "year", Cause::UnknownYear),
        (SentProgress { learner: "kurz".into(), ..progress("60", "", at) }, "learner", Cause::Malformed),
        (SentProgress::default(), "learner", Cause::Missing),
    ] {
        assert_eq!(sent.check(&rules, now), Err(RowFault { field, cause }), "{sent:?}");
    }
}

#[test]
fn the_newest_progress_stands_in_whatever_order_it_comes() {
    let at = |at: &str, percent: u32| Progress { measure: Measure::Percent, amount: Credits::whole(percent), at: instant(at) };
    let (older, newer) = (at("2026-11-19T09:00:00Z", 40), at("2026-11-20T09:00:00Z", 60));
    let enrolled = Some(false);
    assert_eq!(note(older, None, enrolled), (Noting::Noted, None));
    assert_eq!(note(newer, Some(older), enrolled), (Noting::Noted, None));
    assert_eq!(note(newer, Some(newer), enrolled), (Noting::Noted, None));
    assert_eq!(note(older, Some(newer), enrolled), (Noting::Older, None));
    let refused = |field, cause| (Noting::Refused, Some(RowFault { field, cause }));
    let other = Progress { amount: Credits::whole(70), ..newer };
    assert_eq!(note(other, Some(newer), enrolled), refused("at", Cause::OtherContents));
    assert_eq!(note(newer, None, None), refused("learner", Cause::NoEnrolment));
    assert_eq!(note(newer, None, Some(true)), refused("learner", Cause::EnrolmentEnded));
}
