//! Formulas, caps, attribution and what is the same, by their sources.

use std::collections::BTreeMap;

use super::{convert, credits, day, province, rules, yunhai};
use crate::correction::{Ceiling, CorrectForm, TooMuch};
use crate::fault::Fault;
use crate::learning::{CapMet, Claim, Credits, Decided, Subject, Unreckoned, reckon};

/// The year, kind and sub-option.
type Asked<'a> = (i32, &'a str, &'a str);
type Answers<'a> = &'a [(&'a str, &'a str)];

const PAPER: [(&str, &str); 5] =
    [("title", "论内部控制"), ("journal", "财务与会计"), ("cn", "CN11-1177/F"), ("role", "sole"), ("published_on", "2026-05")];

/// The answers with one of them changed.
fn with<const N: usize>(
    answers: [(&'static str, &'static str); N],
    key: &str,
    value: &'static str,
) -> [(&'static str, &'static str); N] {
    answers.map(|(name, old)| if name == key { (name, value) } else { (name, old) })
}

const EXAM: [(&str, &str); 2] = [("subject", "中级会计实务"), ("published_on", "20261120")];
const ADMISSION: [(&str, &str); 2] = [("programme", "企业类三期"), ("admitted_on", "2026-06-10")];
const MEETING: [(&str, &str); 4] = [("meeting", "会计学术年会"), ("host", "会计学会"), ("days", "3"), ("ended_on", "2026-09-18")];
const DEGREE: [(&str, &str); 4] = [("school", "湖南大学"), ("major", "会计学"), ("course", "审计学"), ("passed_on", "2026-07")];
const PROJECT: [(&str, &str); 4] =
    [("project", "管理会计应用"), ("number", "KT-2026-7"), ("role", "leader"), ("closed_on", "2026-10")];
const BOOK: [(&str, &str); 4] =
    [("title", "成本会计"), ("isbn", "978-7-5000-0000-0"), ("role", "first"), ("published_on", "2026-03")];

#[test]
fn the_national_seven_give_what_财会_2018_10号_says() {
    let hunan = province("hunan");
    let cases: [(Asked, Answers, &str); 13] = [
        ((2026, "exam", "intermediate"), &EXAM, "考试折算：中级会计专业技术资格考试 90 学分"),
        ((2026, "selection", "national"), &ADMISSION, "录取折算：全国高端会计人才培养工程 90 学分"),
        ((2026, "meeting", ""), &MEETING, "会议折算：3 天 × 10 学分 = 30 学分"),
        ((2026, "degree", "bachelor"), &DEGREE, "学历教育折算：本科 90 学分"),
        ((2026, "project", ""), &PROJECT, "课题折算：课题主持人 90 学分"),
        ((2026, "project", ""), &with(PROJECT, "role", "sole"), "课题折算：独立承担 90 学分"),
        ((2026, "project", ""), &with(PROJECT, "role", "member"), "课题折算：其他参与人 60 学分"),
        ((2026, "paper", ""), &PAPER, "论文折算：独立作者 30 学分"),
        ((2026, "paper", ""), &with(PAPER, "role", "first"), "论文折算：第一作者 30 学分"),
        ((2026, "paper", ""), &with(PAPER, "role", "other"), "论文折算：其他作者 10 学分"),
        ((2026, "book", ""), &BOOK, "书籍折算：第一作者 90 学分"),
        ((2026, "book", ""), &with(BOOK, "role", "other"), "书籍折算：其他作者 60 学分"),
        ((2026, "meeting", ""), &with(MEETING, "days", "１"), "会议折算：1 天 × 10 学分 = 10 学分"),
    ];
    for (asked, answers, arithmetic) in cases {
        let found = convert(&hunan, asked, answers, 0).unwrap_or_else(|why| panic!("{asked:?}: {why:?}"));
        assert_eq!(found.arithmetic, arithmetic);
        assert!(arithmetic.contains(&format!("{} 学分", found.amount)), "{arithmetic}");
        assert_eq!(
            (found.year, found.subject, found.cap, found.rule),
            (2026, Subject::Professional, None, format!("{}/2019", asked.1))
        );
    }
}

#[test]
fn the_other_forms_of_article_14_give_what_the_document_says_up_to_a_limit() {
    let hunan = province("hunan");
    let answers = [("what", "讲座"), ("document", "湘财会〔2026〕9号"), ("credits", "7.5"), ("recognised_on", "2026-04-01")];
    let found = convert(&hunan, (2026, "other", ""), &answers, 0).unwrap();
    assert_eq!((found.amount, found.arithmetic.as_str()), (credits("7.5"), "其他形式折算：按认定 7.5 学分"));
    let errors = convert(&hunan, (2026, "other", ""), &with(answers, "credits", "90.5"), 0).unwrap_err();
    let Unreckoned::Faults(errors) = errors else { panic!("{errors:?}") };
    assert_eq!(errors.of("credits"), Some(&Fault::Number(90)));
}

#[test]
fn a_cap_is_told_with_what_it_takes_away() {
    let yunhai = yunhai();
    let answers = [("hours", "20"), ("held_on", "2026-06-01")];
    let free = convert(&yunhai, (2026, "lecture", ""), &answers, 0).unwrap();
    assert_eq!((free.amount, free.arithmetic.as_str()), (credits("30"), "讲座折算：20 学时 × 1.5 学分 = 30 学分"));
    let capped = convert(&yunhai, (2026, "lecture", ""), &answers, 28).unwrap();
    let cap = CapMet { cap: Credits::whole(45), booked: Credits::whole(28), reckoned: Credits::whole(30) };
    assert_eq!((capped.amount, capped.room, capped.cap), (Credits::whole(17), Some(Credits::whole(17)), Some(cap)));
    let words = "讲座折算：20 学时 × 1.5 学分 = 30 学分；本年度此类折算最多 45 学分，已登记 28 学分，计入 17 学分";
    assert_eq!(capped.arithmetic, words);
    let (cap, booked) = (Credits::whole(45), Credits::whole(45));
    assert_eq!(convert(&yunhai, (2026, "lecture", ""), &answers, 45).unwrap_err(), Unreckoned::CapReached { cap, booked });
}

#[test]
fn the_year_is_that_of_the_date_that_the_kind_names_浙财会_2013_43号_第十八条() {
    let hunan = province("hunan");
    let cases: [((&str, &str), Answers, &str, &str); 3] = [
        (("exam", "cpa"), &with(EXAM, "published_on", "2025年11月20日"), "成绩公布日期", "2025年11月20日"),
        (("degree", "master"), &with(DEGREE, "passed_on", "2025-07"), "成绩单日期", "2025年7月"),
        (("selection", "provincial"), &with(ADMISSION, "admitted_on", "2025/6/10"), "录取文件日期", "2025年6月10日"),
    ];
    for ((kind, option), answers, by, on) in cases {
        let decided = Decided { by: by.to_owned(), on: on.to_owned() };
        let other = Unreckoned::OtherYear { chosen: 2026, of: Some(2025), decided: decided.clone() };
        assert_eq!(convert(&hunan, (2026, kind, option), answers, 0).unwrap_err(), other);
        let found = convert(&hunan, (2025, kind, option), answers, 0).unwrap();
        assert_eq!((found.year, found.decided), (2025, decided));
    }
}

#[test]
fn a_learning_year_that_begins_in_may_takes_the_april_after_it() {
    let yunhai = yunhai();
    let of = |on: &'static str, year| {
        convert(&yunhai, (year, "exam", "junior"), &[("subject", "初级会计实务"), ("published_on", on)], 0)
    };
    assert_eq!(of("2026-04-30", 2025).unwrap().year, 2025);
    assert_eq!(of("2026-05-01", 2026).unwrap().year, 2026);
    assert!(matches!(of("2026-04-30", 2026), Err(Unreckoned::OtherYear { of: Some(2025), .. })));
}

#[test]
fn an_exam_of_the_time_of_24_credits_is_reckoned_by_the_rule_of_财会_2013_18号() {
    let yunhai = yunhai();
    let answers = [("subject", "财务管理"), ("published_on", "2018-11-01")];
    let found = convert(&yunhai, (2018, "exam", "intermediate"), &answers, 0).unwrap();
    assert_eq!((found.amount, found.rule.as_str()), (Credits::whole(24), "exam/2013"));
    let before = convert(&yunhai, (2018, "exam", "intermediate"), &with(answers, "published_on", "2012-11-01"), 0);
    assert!(matches!(before, Err(Unreckoned::NotThen { valid, .. }) if valid.len() == 2));
    let hunan = convert(&province("hunan"), (2018, "paper", ""), &with(PAPER, "published_on", "2018-12"), 0);
    assert!(matches!(hunan, Err(Unreckoned::NotThen { decided, .. }) if decided.on == "2018年12月"));
}

#[test]
fn a_conversion_of_a_whole_year_covers_the_public_part_where_the_province_says_so() {
    let mut yunhai = yunhai();
    let answers = [("subject", "经济法基础"), ("published_on", "2026-06-01")];
    let subject = |province: &_| convert(province, (2026, "exam", "junior"), &answers, 0).unwrap().subject;
    assert_eq!(subject(&yunhai), Subject::Both);
    let lecture = convert(&yunhai, (2026, "lecture", ""), &[("hours", "4"), ("held_on", "2026-06-01")], 0).unwrap();
    assert_eq!(lecture.subject, Subject::Professional, "less than a year covers nothing");
    yunhai.profile.learning.as_mut().unwrap().conversion_covers_public = false;
    assert_eq!(subject(&yunhai), Subject::Professional, "潮州市财政局 2025: 30 公需 in addition");
}

#[test]
fn one_subject_of_an_exam_counts_once_in_a_life_and_one_paper_once_for_each_author() {
    let hunan = province("hunan");
    let key = |asked, answers: &[(&str, &str)]| convert(&hunan, asked, answers, 0).unwrap().same_key;
    let exam = key((2026, "exam", "intermediate"), &EXAM);
    let again = [("subject", " 中级会计实务\u{3000}"), ("published_on", "2025-11-20")];
    assert_eq!(key((2025, "exam", "intermediate"), &again), exam, "in whatever year");
    assert_ne!(key((2026, "exam", "senior"), &EXAM), exam);
    assert_ne!(key((2026, "exam", "intermediate"), &with(EXAM, "subject", "财务管理")), exam);
    let paper = key((2026, "paper", ""), &PAPER);
    assert_eq!(key((2026, "paper", ""), &with(PAPER, "journal", "会计研究")), paper, "in whatever journal");
    assert_ne!(key((2026, "paper", ""), &with(PAPER, "title", "论外部控制")), paper);
    let isbn = key((2026, "book", ""), &BOOK);
    assert_eq!(key((2026, "book", ""), &with(BOOK, "isbn", "978－7－5000－0000－0")), isbn);
    let degree = key((2026, "degree", "bachelor"), &DEGREE);
    assert_eq!(key((2026, "degree", "bachelor"), &with(DEGREE, "course", "税法")), degree, "one for each year");
    assert_ne!(key((2025, "degree", "bachelor"), &with(DEGREE, "passed_on", "2025-07")), degree);
}

#[test]
fn punctuation_makes_no_paper_and_no_book_another_one() {
    let hunan = province("hunan");
    let key = |asked, answers: &[(&str, &str)]| convert(&hunan, asked, answers, 0).unwrap().same_key;
    let paper = key((2026, "paper", ""), &PAPER);
    for title in [
        "《论内部控制》",
        "“论”内部控制",
        "\"论内部控制\"",
        "论·内部控制",
        "论——内部控制",
        "论(内部)控制",
        "论（内部）控制。",
        "论…内部-控制.",
        "【论】内部、控制",
    ] {
        assert_eq!(key((2026, "paper", ""), &with(PAPER, "title", title)), paper, "{title}");
    }
    for title in ["论内部控制2", "论内部控制（续）", "论内部控"] {
        assert_ne!(key((2026, "paper", ""), &with(PAPER, "title", title)), paper, "{title}");
    }
    let isbn = key((2026, "book", ""), &BOOK);
    assert_eq!(key((2026, "book", ""), &with(BOOK, "isbn", "9787500000000")), isbn);
}

#[test]
fn every_fault_of_the_answers_is_told_at_its_question() {
    let hunan = province("hunan");
    let answers = [("meeting", ""), ("host", "会计学会"), ("days", "40"), ("ended_on", "2027-01-01")];
    let Err(Unreckoned::Faults(errors)) = convert(&hunan, (2026, "meeting", ""), &answers, 0) else { panic!() };
    let found: Vec<_> = errors.0.iter().map(|error| (error.field.as_str(), &error.fault)).collect();
    assert_eq!(found, [("meeting", &Fault::Missing), ("days", &Fault::Number(30)), ("ended_on", &Fault::InTheFuture)]);
    for days in ["0", "-1", "1.5", "三", "31"] {
        let Err(Unreckoned::Faults(errors)) = convert(&hunan, (2026, "meeting", ""), &[("days", days)], 0) else { panic!() };
        assert_eq!(errors.of("days"), Some(&Fault::Number(30)), "{days}");
    }
    for (option, fault) in [("", Fault::Missing), ("nobody", Fault::NotInList)] {
        let Err(Unreckoned::Faults(errors)) = convert(&hunan, (2026, "exam", option), &EXAM, 0) else { panic!() };
        assert_eq!(errors.of("option"), Some(&fault));
    }
    assert_eq!(convert(&hunan, (2026, "tourism", ""), &[], 0), Err(Unreckoned::NoSuchKind));
    let Err(Unreckoned::Faults(errors)) = convert(&hunan, (2026, "paper", ""), &with(PAPER, "role", "ghost"), 0) else {
        panic!()
    };
    assert_eq!(errors.of("role"), Some(&Fault::NotInList));
}

#[test]
fn a_reviewer_corrects_the_amount_with_a_reason_and_not_above_the_cap() {
    let yunhai = yunhai();
    let answers = [("hours", "20"), ("held_on", "2026-06-01")];
    let found = convert(&yunhai, (2026, "lecture", ""), &answers, 28).unwrap();
    let claimed: BTreeMap<String, String> = answers.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let claim = Claim { year: 2026, kind: "lecture", option: "", answers: &claimed };
    let may = found.correctable(rules(&yunhai), &claim);
    assert_eq!((may.reckoned, may.by), (found.amount, Ceiling::Cap));
    assert_eq!(may.permits(Credits::whole(18)), Err(TooMuch { most: found.room.unwrap(), by: Ceiling::Cap }));
    assert!(may.permits(Credits::ZERO).is_err() && may.permits(Credits::whole(15)).is_ok() && may.permits(may.most).is_ok());
    let corrected = found.corrected(rules(&yunhai), Credits::whole(15), "只参加了 10 学时");
    assert_eq!((corrected.amount, corrected.worth()), (Credits::whole(15), Credits::whole(15)));
    assert!(corrected.arithmetic.ends_with("；审核更正为 15 学分：只参加了 10 学时"), "{}", corrected.arithmetic);
    let exam =
        convert(&yunhai, (2026, "exam", "junior"), &[("subject", "经济法基础"), ("published_on", "2026-06-01")], 0).unwrap();
    let less = exam.corrected(rules(&yunhai), Credits::whole(60), "更正");
    assert_eq!(less.subject, Subject::Professional, "what fills no year covers no public part");
}

#[test]
fn a_reviewer_gives_no_more_than_the_rule_could_give_to_anything_of_the_kind() {
    let hunan = province("hunan");
    let may = |kind: &str, option: &str, answers: &[(&str, &str)], booked: u32| {
        let claimed: BTreeMap<String, String> =
            answers.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let claim = Claim { year: 2026, kind, option, answers: &claimed };
        let found = reckon(rules(&hunan), &hunan.lists, &claim, Credits::whole(booked), day("2026-11-30")).unwrap();
        let may = found.correctable(rules(&hunan), &claim);
        (may.reckoned, may.most, may.by)
    };
    // By the role of the author: of another author's 10 credits a sole author's 30 can be made, and no more.
    let paper = with(PAPER, "role", "other");
    assert_eq!(may("paper", "", &paper, 0), (Credits::whole(10), Credits::whole(30), Ceiling::Rule));
    // Assessed up to 90, of which the year has 30 left.
    let other = [("what", "志愿服务"), ("document", "1号"), ("credits", "60"), ("recognised_on", "2026-06-01")];
    assert_eq!(may("other", "", &other, 60), (Credits::whole(30), Credits::whole(30), Ceiling::Cap));
}

#[test]
fn an_amount_is_typed_with_at_most_two_decimals_and_is_more_than_nothing() {
    let form = |amount: &str| CorrectForm { amount: amount.into(), ..CorrectForm::default() }.amount();
    assert_eq!(form("7.5"), Ok(Credits::of_hundredths(750)));
    assert_eq!(form(" １５ "), Ok(Credits::whole(15)));
    assert_eq!(form(" ").unwrap_err().of("amount"), Some(&Fault::Missing));
    for typed in ["0", "-1", "1.234", "三十", "1e3"] {
        assert_eq!(form(typed).unwrap_err().of("amount"), Some(&Fault::NotAnAmount), "{typed}");
    }
}

#[test]
fn the_entries_1_to_14_of_手册乙_7_2_all_give_credit_and_none_is_面授_or_网络培训() {
    let hubei = province("hubei");
    let rules = rules(&hubei);
    let smallest = |kind: &crate::learning::ConversionKind| {
        kind.formulas().into_iter().all(|(_, formula)| formula.is_some_and(|formula| formula.smallest().is_some()))
    };
    assert_eq!(rules.kinds.len(), 14);
    assert!(rules.kinds.iter().all(smallest));
    assert!(rules.kinds.iter().all(|kind| !rules.reported_only.contains(&kind.form)));
    let case = [("title", "某厂成本案例"), ("library", "省案例库"), ("role", "first"), ("selected_on", "2026-08")];
    assert_eq!(convert(&hubei, (2026, "case_study", ""), &case, 0).unwrap().arithmetic, "案例折算：第一作者 30 学分");
    let cpa = [("finished_on", "2026-10-01")];
    let found = convert(&hubei, (2026, "association", "cpa"), &cpa, 0).unwrap();
    assert_eq!(
        (found.arithmetic.as_str(), found.same_key.as_str()),
        ("行业继续教育折算：注册会计师 90 学分", "association|2026|CPA")
    );
}
