//! Every kind of conversion of every province by its source: the formula, the cap, the date that decides the year, and what makes
//! two of them the same.

mod said;

use self::said::{BOOK, DEGREE, EXAM, HUBEI, HUNAN, PAPER, PROJECT, SELECTION, Said};
use super::{convert, province, rules};
use crate::learning::{CapMet, ConversionKind, Credits, Question, QuestionKind, Subject, Unreckoned, Within};
use crate::province::Province;

/// The answers with another one to a question.
fn with<'a>(answers: &[(&'a str, &'a str)], key: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let others = answers.iter().filter(|(name, _)| *name != key);
    others.copied().chain([(key, value)]).collect()
}

/// Another right answer to a question, of the same learning year.
fn another(question: &Question, answer: &str) -> String {
    let other = match question.kind {
        QuestionKind::Text => format!("{answer}乙"),
        QuestionKind::Choice => question.choices.iter().find(|choice| choice.code != answer).unwrap().code.clone(),
        QuestionKind::Date => "2026-07-05".to_owned(),
        QuestionKind::DateOrMonth => "2026-07".to_owned(),
        QuestionKind::Count => "2".to_owned(),
        QuestionKind::Amount => "8".to_owned(),
    };
    assert_ne!(other, answer, "{}", question.key);
    other
}

/// The answers with the deciding date a year earlier.
fn a_year_before<'a>(said: &Said, kind: &'a ConversionKind) -> Vec<(&'a str, &'a str)> {
    let is_day = kind.question(&kind.dated_by).unwrap().kind == QuestionKind::Date;
    with(said.answers, &kind.dated_by, if is_day { "2025-07-05" } else { "2025-07" })
}

/// Formula, cap, deciding date and sameness of a kind.
fn holds(province: &Province, said: &Said, kind: &ConversionKind) {
    let what = format!("{} {} {}", province.profile.key, said.source, said.kind);
    let give = |answers: &[(&str, &str)], booked| convert(province, (2026, said.kind, said.option), answers, booked);
    let found = give(said.answers, 0).unwrap_or_else(|why| panic!("{what}: {why:?}"));
    assert_eq!(found.arithmetic, said.arithmetic, "{what}");
    assert_eq!((found.year, found.rule), (2026, format!("{}/{}", said.kind, kind.version)), "{what}");
    assert_eq!(found.decided.by, said.dated_by, "{what}");

    let cap = said.cap.map(Credits::whole);
    assert_eq!(kind.cap, cap, "{what}");
    match (said.cap, cap) {
        (Some(most), Some(cap)) => {
            let (booked, reckoned) = (Credits::whole(most - 1), found.amount);
            let last = give(said.answers, most - 1).unwrap();
            assert_eq!((last.amount, last.cap), (Credits::whole(1), Some(CapMet { cap, booked, reckoned })), "{what}");
            assert_eq!(give(said.answers, most), Err(Unreckoned::CapReached { cap, booked: cap }), "{what}");
        }
        _ => assert_eq!(give(said.answers, 900).unwrap().amount, found.amount, "{what}: there is no cap"),
    }

    let before = a_year_before(said, kind);
    let refused = give(&before, 0).unwrap_err();
    assert!(matches!(&refused, Unreckoned::OtherYear { chosen: 2026, of: Some(2025), .. }), "{what}: {refused:?}");
    let earlier = convert(province, (2025, said.kind, said.option), &before, 0).unwrap();

    let (questions, within) = said.same;
    let is_told_apart = |key: &str| questions.contains(&key);
    let by_year = within == Within::Year || is_told_apart(&kind.dated_by);
    assert_eq!(earlier.same_key != found.same_key, by_year, "{what}: another year");
    for question in kind.asked(said.option) {
        let answer = said.answers.iter().find(|(key, _)| *key == question.key).map_or("", |(_, answer)| *answer);
        let other = another(question, answer);
        let changed = give(&with(said.answers, &question.key, &other), 0).unwrap_or_else(|why| panic!("{what}: {why:?}"));
        assert_eq!(changed.same_key != found.same_key, is_told_apart(&question.key), "{what}: {}", question.key);
    }
    if let Some(option) = kind.options.iter().find(|option| option.code != said.option) {
        let changed = convert(province, (2026, said.kind, &option.code), said.answers, 0);
        let changed = changed.unwrap_or_else(|why| panic!("{what} {}: {why:?}", option.code));
        assert_eq!(changed.same_key != found.same_key, is_told_apart("option"), "{what}: {}", option.name);
    }
}

/// The kinds that hold today, in the order of the page.
fn kinds_of(province: &Province) -> Vec<&ConversionKind> {
    rules(province).kinds.iter().filter(|kind| kind.valid_to.is_none()).collect()
}

fn all_hold(key: &str, table: &[Said]) {
    let province = province(key);
    let kinds = kinds_of(&province);
    let codes: Vec<&str> = kinds.iter().map(|kind| kind.code.as_str()).collect();
    assert_eq!(codes, table.iter().map(|said| said.kind).collect::<Vec<_>>(), "{key}");
    for (said, kind) in table.iter().zip(kinds) {
        holds(&province, said, kind);
    }
}

#[test]
fn every_kind_of_hunan_is_that_of_财会_2018_10号() {
    all_hold("hunan", &HUNAN);
}

#[test]
fn every_entry_of_手册乙_7_2_is_that_of_the_proposed_fourteen() {
    all_hold("hubei", &HUBEI);
    let hubei = province("hubei");
    // By the role of the author; only one role of each stands in the table.
    for (kind, answers, role, amount) in [
        ("project", PROJECT, "sole", 90),
        ("project", PROJECT, "member", 60),
        ("paper", PAPER, "sole", 30),
        ("paper", PAPER, "first", 30),
        ("book", BOOK, "sole", 90),
        ("book", BOOK, "first", 90),
        ("case_study", HUBEI[10].answers, "sole", 30),
        ("case_study", HUBEI[10].answers, "first", 30),
    ] {
        let found = convert(&hubei, (2026, kind, ""), &with(answers, "role", role), 0).unwrap();
        assert_eq!((found.amount, found.subject), (Credits::whole(amount), Subject::Professional), "{kind} {role}");
    }
}

/// Initial, intermediate and senior passes are registered by the province for all (辽财会〔2018〕716号), so that nobody asks for them.
#[test]
fn every_kind_of_liaoning_is_that_of_财会_2018_10号_without_the_exams_that_are_registered_集中() {
    all_hold("liaoning", &HUNAN);
    let liaoning = province("liaoning");
    let exam = rules(&liaoning).kinds.iter().find(|kind| kind.code == "exam").unwrap();
    let offered: Vec<_> = exam.offered().map(|option| option.code.as_str()).collect();
    assert_eq!(offered, ["cpa", "tax_agent", "appraiser"]);
    assert!(exam.tips.iter().chain([&rules(&liaoning).note]).all(|text| text.contains("集中登记")), "the page says so");
    // 90 of one conversion cover the public part as well.
    let found = convert(&liaoning, (2026, "exam", "cpa"), EXAM, 0).unwrap();
    assert_eq!(found.subject, Subject::Both);
    assert_eq!(convert(&liaoning, (2026, "paper", ""), PAPER, 0).unwrap().subject, Subject::Professional);
}

/// What the others call 折算 is 抵免 there; a passed exam of the tax agents has to name where it can be looked up (金华市财政局 2022).
#[test]
fn every_kind_of_zhejiang_is_that_of_财会_2018_10号_and_is_called_抵免() {
    let zhejiang = province("zhejiang");
    let kinds = kinds_of(&zhejiang);
    assert_eq!(kinds.iter().map(|kind| kind.code.as_str()).collect::<Vec<_>>(), HUNAN.map(|said| said.kind));
    for (said, kind) in HUNAN.iter().zip(kinds) {
        let arithmetic: &'static str = said.arithmetic.replace("折算", "抵免").leak();
        let mut answers = said.answers.to_vec();
        if said.kind == "exam" {
            let without = convert(&zhejiang, (2026, "exam", "cpa"), &answers, 0);
            assert!(matches!(without, Err(Unreckoned::Faults(errors)) if errors.of("check_at").is_some()));
            answers.push(("check_at", "https://cpaexam.example.com"));
        }
        holds(&zhejiang, &Said { arithmetic, answers: answers.leak(), ..*said }, kind);
    }
}

#[test]
fn what_zhejiang_makes_up_of_the_years_until_2018_is_worth_24_浙财会_2013_43号() {
    let zhejiang = province("zhejiang");
    let of = |on: &'static str, kind, option, answers: &[(&'static str, &'static str)], by| {
        let year = if on < "2019-05" { 2018 } else { 2019 };
        let found = convert(&zhejiang, (year, kind, option), &with(answers, by, on), 0).unwrap();
        (found.amount, found.rule)
    };
    let then = |kind: &str| (Credits::whole(24), format!("{kind}/2013"));
    let now = |kind: &str| (Credits::whole(90), format!("{kind}/2019"));
    assert_eq!(of("2019-04-30", "exam", "junior", EXAM, "published_on"), then("exam"));
    assert_eq!(of("2019-05-01", "exam", "junior", EXAM, "published_on"), now("exam"));
    assert_eq!(of("2018-06-10", "selection", "national", SELECTION, "admitted_on"), then("selection"));
    assert_eq!(of("2019-06-10", "selection", "national", SELECTION, "admitted_on"), now("selection"));
    assert_eq!(of("2019-04", "degree", "bachelor", DEGREE, "passed_on"), then("degree"));
    assert_eq!(of("2019-05", "degree", "bachelor", DEGREE, "passed_on"), now("degree"));
    let paper = convert(&zhejiang, (2018, "paper", ""), &with(PAPER, "published_on", "2018-06"), 0);
    assert!(matches!(paper, Err(Unreckoned::NotThen { .. })));
}
