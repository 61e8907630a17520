use super::forms::ClassForm;
use super::*;
use crate::correction::{Ceiling, TooMuch};
use crate::fault::Fault;
use crate::province::{Province, read_for_tests};

fn hunan() -> Province {
    Province::parse(&read_for_tests, "hunan").unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn form() -> ClassForm {
    ClassForm {
        title: "新会计准则".into(),
        programme: "收入准则的主要变化和案例。".into(),
        teacher: "王老师".into(),
        starts_on: "2026-12-01".into(),
        ends_on: "2026-12-02".into(),
        subject: "professional".into(),
        credits: "12".into(),
        ..ClassForm::default()
    }
}

#[test]
fn a_class_is_filed_five_working_days_before_it_begins_whatever_holidays_lie_between() {
    let hunan = hunan();
    let rules = hunan.profile.learning.as_ref().unwrap().classes.as_ref().unwrap();
    assert_eq!(rules.notice_working_days, 5);
    for (today, starts_on, is_in_time) in [
        // A Wednesday; the fifth working day after it is the next Wednesday.
        ("2026-11-18", "2026-11-25", true),
        ("2026-11-18", "2026-11-24", false),
        ("2026-11-18", "2026-11-18", false),
        ("2026-11-18", "2026-11-02", false),
        // 国庆: from 1 to 7 October nobody works.
        ("2026-09-28", "2026-10-08", false),
    ] {
        assert_eq!(rules.is_in_time(&hunan.calendar, day(today), day(starts_on)), is_in_time, "{today} {starts_on}");
    }
    let earliest = rules.earliest(&hunan.calendar, day("2026-09-28"));
    assert!(rules.is_in_time(&hunan.calendar, day("2026-09-28"), earliest) && earliest > day("2026-10-08"));
}

#[test]
fn what_is_wrong_with_a_class_stands_at_its_field() {
    let hunan = hunan();
    let learning = hunan.profile.learning.as_ref().unwrap();
    let rules = learning.classes.as_ref().unwrap();
    let planned = form().check(rules, learning).unwrap();
    assert_eq!((planned.year, planned.days(), planned.credits), (2026, 2, Credits::whole(12)));
    let fault = |change: &dyn Fn(&mut ClassForm), field: &str| {
        let mut form = form();
        change(&mut form);
        form.check(rules, learning).unwrap_err().of(field).cloned()
    };
    assert_eq!(fault(&|form| form.title.clear(), "title"), Some(Fault::Missing));
    assert_eq!(fault(&|form| form.programme = "短".into(), "programme"), Some(Fault::TooShort(10)));
    assert_eq!(fault(&|form| form.starts_on = "昨天".into(), "starts_on"), Some(Fault::NotADate));
    assert_eq!(fault(&|form| form.ends_on = "2026-11-30".into(), "ends_on"), Some(Fault::BeforeOther("starts_on".into())));
    assert_eq!(fault(&|form| form.ends_on = "2027-02-20".into(), "ends_on"), Some(Fault::NotADate));
    assert_eq!(fault(&|form| form.subject = "both".into(), "subject"), Some(Fault::NotInList));
    assert_eq!(fault(&|form| form.credits = "0".into(), "credits"), Some(Fault::NotAnAmount));
    assert_eq!(fault(&|form| form.audience = "some".into(), "audience"), Some(Fault::NotInList));
    let most = rules.credits_per_day.times(2);
    assert_eq!(
        fault(&|form| form.credits = "1000".into(), "credits"),
        Some(Fault::AmountAbove(TooMuch { most, by: Ceiling::Rule }))
    );
}

#[test]
fn a_class_for_everybody_has_a_name_of_its_own_and_tells_nobody_who_has_an_account() {
    let hunan = hunan();
    let learning = hunan.profile.learning.as_ref().unwrap();
    let rules = learning.classes.as_ref().unwrap();
    let named = |audience: &str| {
        let planned = ClassForm { audience: audience.into(), ..form() }.check(rules, learning).unwrap();
        planned.arithmetic(rules, learning, "某某培训中心")
    };
    assert!(named("").starts_with("单位内部培训“") && named("own").starts_with("单位内部培训“"), "{}", named(""));
    assert!(named("all").starts_with("面授培训“"), "{}", named("all"));
    for fault in [RowFault::NotEmployed, RowFault::OtherName] {
        assert_eq!((fault.told(Audience::All), fault.told(Audience::Own)), (RowFault::Unknown, fault));
    }
    assert_eq!(RowFault::Twice.told(Audience::All), RowFault::Twice);
}

#[test]
fn each_row_of_a_sheet_is_right_or_says_what_is_wrong_with_it() {
    let line = |name: &str, document: &str, result: &str| RosterLine {
        number: 2,
        name: name.into(),
        document: document.into(),
        result: result.into(),
        is_broken: false,
    };
    let right = line(" 张三 ", "430102199003071234", "合格");
    assert_eq!(judge(&right, Some("张三"), false), Judged::Right { passed: true });
    assert_eq!(judge(&line("张三", "1", "缺考"), Some("张三"), false), Judged::Right { passed: false });
    for (line, found, is_twice, fault) in [
        (RosterLine { is_broken: true, ..right.clone() }, Some("张三"), false, RowFault::Broken),
        (line("", "1", "合格"), Some("张三"), false, RowFault::Name),
        (line("张三", " ", "合格"), Some("张三"), false, RowFault::Document),
        (right.clone(), Some("张三"), true, RowFault::Twice),
        (right.clone(), None, false, RowFault::NotEmployed),
        (right.clone(), Some("李四"), false, RowFault::OtherName),
        (line("张三", "1", "优秀？"), Some("张三"), false, RowFault::Result),
    ] {
        assert_eq!(judge(&line, found, is_twice), Judged::Wrong(fault));
    }
}
