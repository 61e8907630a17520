//! 单位内部培训: filed, approved, reported by a sheet, booked and taken back.

mod guards;
mod institutions;
mod requests;

use domain::answer::Answer;
use domain::employer::forms::EmploymentForm;
use domain::fault::Fault;
use domain::learning::class::forms::{CancelForm, ClassForm};
use domain::learning::class::view::{ClassesView, SheetView};
use domain::learning::class::{NotFiled, RosterLine, RowFault, SheetFault};
use domain::learning::{Credits, SourceKind, Subject, Sums};
use domain::review::forms::DecideForm;

use super::*;
use crate::employer::{answer_employment, ask_employees, stories as employer, vouch_employment};
use crate::learning::{cancel_class, classes_view, file_class, report_results};
use crate::review::stories::{assert_audit_stands, assert_not_found, audited};
use crate::testing::both;

const NUMBERS: [&str; 2] = ["430111199003079988", "430102199003071234"];

/// A manager, the id of their employer, and a colleague who agreed.
async fn town(house: &House) -> (Visit, String, Visit) {
    let (boss, person) = (employer::manager_to_be(house).await, employer::colleague(house).await);
    employer::managing(house, &boss).await;
    ask_employees(&house.services).await.unwrap();
    let employment = employer::page_of(&person).await.employments.remove(0).id;
    answer_employment(&person, &EmploymentForm { employment, act: "confirmed".into() }).await.unwrap();
    let manager = employer::page_of(&boss).await.managed.remove(0).id;
    (boss, manager, person)
}

/// Today is 2026-11-18: the fifth working day after it is the 25th.
fn class(manager: &str, starts_on: &str) -> ClassForm {
    ClassForm {
        manager: manager.into(),
        title: "收入准则".into(),
        programme: "收入准则的主要变化、案例和考核。".into(),
        teacher: "王老师".into(),
        starts_on: starts_on.into(),
        ends_on: "2026-11-26".into(),
        subject: "professional".into(),
        credits: "12".into(),
        ..ClassForm::default()
    }
}

async fn view_of(visit: &Visit, manager: &str) -> ClassesView {
    classes_view(visit, manager).await.unwrap()
}

async fn file(visit: &Visit, form: ClassForm) -> Result<Answer, Failure> {
    let request_key = view_of(visit, &form.manager).await.request_key;
    file_class(visit, &ClassForm { request_key, ..form }).await
}

/// A class that was approved.
async fn approved(house: &House, visit: &Visit, manager: &str) -> CaseId {
    file(visit, class(manager, "2026-11-25")).await.unwrap();
    let case = view_of(visit, manager).await.classes[0].filing.case.clone();
    approve(house, &case).await.unwrap();
    case
}

fn row_of(number: u64, name: &str, document: &str, result: &str) -> RosterLine {
    RosterLine { number, name: name.into(), document: document.into(), result: result.into(), is_broken: false }
}

fn both_passed() -> Vec<RosterLine> {
    vec![row_of(2, "张三", NUMBERS[0], "合格"), row_of(3, "张三", NUMBERS[1], "合格")]
}

/// Days go by, and whoever looks on stays signed in.
async fn after_the_class(house: &House, visit: &Visit) -> Visit {
    let mut later = visit.clone();
    if house.services.today() < "2026-11-27".parse().unwrap() {
        house.clock.forward(chrono::Duration::days(9));
    }
    later.token = crate::Token::new(&house.services);
    let session = later.new_session(&later.token, Some(visit.account().unwrap()), None);
    house.services.db.write(move |tx| Box::pin(async move { tx.insert_session(&session).await })).await.unwrap();
    house.again(&later).await
}

async fn results_of(visit: &Visit, manager: &str) -> CaseId {
    view_of(visit, manager).await.classes[0].results.clone().unwrap().0.case
}

async fn give_back(house: &House, id: &CaseId) {
    let li = reviewer(house, DISTRICT, "李审核").await;
    let version = row(house, id).await.version.to_string();
    let form = DecideForm { case: id.to_string(), version, decision: "return".into(), reason: "请补充课程安排。".into() };
    crate::review::decide(&li, &form).await.unwrap();
}

fn sheet_faults(sheet: SheetView) -> Vec<(u64, RowFault)> {
    assert_eq!(sheet.fault, None);
    sheet.rows
}

async fn a_class_is_filed_in_time_or_told_when_it_would_be(house: House) {
    let (boss, manager, person) = town(&house).await;
    let late = file(&boss, class(&manager, "2026-11-24")).await.unwrap();
    assert_eq!(late.go, Some(format!("/hunan/learning?classes={manager}&not={}", NotFiled::TooLate.code())));
    let seen = view_of(&house.again(&boss).await, &manager).await;
    assert_eq!((seen.earliest.to_string().as_str(), seen.classes.len()), ("2026-11-25", 0));
    assert_eq!(seen.flash.unwrap().values.get("title").map(String::as_str), Some("收入准则"), "what was typed stands there");
    let wrong = file(&boss, ClassForm { credits: "21".into(), ..class(&manager, "2026-11-25") }).await;
    let Err(Failure::Invalid(errors)) = wrong else { panic!("{wrong:?}") };
    assert!(matches!(errors.of("credits"), Some(Fault::AmountAbove(_))));
    assert_not_found(classes_view(&person, &manager).await);
    let foreign = ClassForm { request_key: "k".into(), ..class(&manager, "2026-11-25") };
    assert_not_found(file_class(&person, &foreign).await);

    let key = view_of(&boss, &manager).await.request_key;
    let form = ClassForm { request_key: key, ..class(&manager, "2026-11-25") };
    file_class(&boss, &form).await.unwrap();
    file_class(&boss, &form).await.unwrap();
    let classes = view_of(&boss, &manager).await.classes;
    assert_eq!(classes.len(), 1, "a repetition has no second effect");
    let case = classes[0].filing.case.clone();
    assert_eq!((row(&house, &case).await.status, classes[0].may_report), (Status::Submitted, false));

    // What was returned was in time, as long as it begins no sooner.
    give_back(&house, &case).await;
    house.clock.forward(chrono::Duration::days(2));
    let boss = after(&house, &boss).await;
    let line = view_of(&boss, &manager).await.classes.remove(0);
    assert_eq!((line.filing.status, line.filing.reason.as_str()), (Status::Returned, "请补充课程安排。"));
    let again = ClassForm {
        case: case.to_string(),
        version: line.filing.version.to_string(),
        title: "收入准则（修订）".into(),
        ..class(&manager, "2026-11-25")
    };
    file(&boss, again).await.unwrap();
    approve(&house, &case).await.unwrap();
    let line = view_of(&boss, &manager).await.classes.remove(0);
    assert_eq!((line.planned.title.as_str(), line.may_report), ("收入准则（修订）", false), "it is not over yet");
    assert_audit_stands(&house).await;
}
both!(a_class_is_filed_in_time_or_told_when_it_would_be);

/// The same person, signed in anew.
async fn after(house: &House, visit: &Visit) -> Visit {
    let mut later = visit.clone();
    later.token = crate::Token::new(&house.services);
    let session = later.new_session(&later.token, Some(visit.account().unwrap()), None);
    house.services.db.write(move |tx| Box::pin(async move { tx.insert_session(&session).await })).await.unwrap();
    house.again(&later).await
}

async fn a_sheet_with_faulty_rows_is_not_handed_in_and_each_is_named(house: House) {
    let (boss, manager, _) = town(&house).await;
    let case = approved(&house, &boss, &manager).await;
    let early = report_results(&boss, &case, Ok(both_passed())).await.unwrap();
    assert!(early.ends_with(&format!("&not={}", NotFiled::NotOver.code())), "{early}");
    let boss = after_the_class(&house, &boss).await;
    report_results(&boss, &case, Err(SheetFault::Headings)).await.unwrap();
    assert_eq!(view_of(&house.again(&boss).await, &manager).await.sheet.unwrap().fault, Some(SheetFault::Headings));
    report_results(&boss, &case, Ok(Vec::new())).await.unwrap();
    assert_eq!(view_of(&house.again(&boss).await, &manager).await.sheet.unwrap().fault, Some(SheetFault::Empty));

    let mut rows = both_passed();
    rows.extend([
        row_of(4, "张三", NUMBERS[1], "合格"),
        row_of(5, "李四", "43010219900307999X", "合格"),
        row_of(10, "", "1", "合格"),
        row_of(11, "张三", "", "合格"),
    ]);
    rows[0].name = "李四".into();
    rows[1].result = "优".into();
    report_results(&boss, &case, Ok(rows)).await.unwrap();
    let sheet = view_of(&house.again(&boss).await, &manager).await.sheet.unwrap();
    assert_eq!(sheet.class, case);
    let expected = [
        (2, RowFault::OtherName),
        (3, RowFault::Result),
        (4, RowFault::Twice),
        (5, RowFault::NotEmployed),
        (10, RowFault::Name),
        (11, RowFault::Document),
    ];
    assert_eq!(sheet_faults(sheet), expected);
    let line = view_of(&boss, &manager).await.classes.remove(0);
    assert!(line.results.is_none() && line.may_report);
}
both!(a_sheet_with_faulty_rows_is_not_handed_in_and_each_is_named);

async fn approved_results_book_once_and_a_revocation_takes_all_of_it_back(house: House) {
    let (boss, manager, person) = town(&house).await;
    let case = approved(&house, &boss, &manager).await;
    let (boss, person) = (after_the_class(&house, &boss).await, after_the_class(&house, &person).await);
    let mut rows = both_passed();
    rows[0].result = "不合格".into();
    report_results(&boss, &case, Ok(rows)).await.unwrap();
    let results = results_of(&boss, &manager).await;
    let twice = report_results(&boss, &case, Ok(both_passed())).await.unwrap();
    assert!(twice.ends_with(&format!("&not={}", NotFiled::Reported.code())), "{twice}");

    give_back(&house, &results).await;
    report_results(&boss, &case, Ok(both_passed())).await.unwrap();
    assert_eq!(results_of(&boss, &manager).await, results, "the same case once more");
    assert!(ledger(&house, &person).await.is_empty(), "nothing is booked before the approval");
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let shown = crate::review::case(&li, &results).await.unwrap();
    let text = serde_json::to_string(&shown.sections).unwrap();
    assert!(!text.contains(NUMBERS[1]) && text.contains("合格"), "{text}");
    approve(&house, &results).await.unwrap();
    assert!(approve(&house, &results).await.is_err(), "it is approved once");
    for visit in [&boss, &person] {
        let entries = ledger(&house, visit).await;
        assert_eq!(entries.len(), 1);
        let entry = &entries[0];
        assert_eq!((entry.year, entry.subject, entry.amount), (2026, Subject::Professional, Credits::whole(12)));
        assert_eq!((entry.source.kind, entry.rule.as_str()), (SourceKind::Class, "class/2026"));
        assert!(entry.arithmetic.contains("收入准则") && entry.arithmetic.contains("长沙某某有限公司"), "{}", entry.arithmetic);
    }
    assert!(titles(&house, &person).await.contains(&"单位内部培训学分已登记".to_owned()));
    assert!(!view_of(&boss, &manager).await.classes[0].may_report);

    let version = row(&house, &results).await.version.to_string();
    let form = RevokeForm { case: results.to_string(), version, reason: "名单不实".into() };
    crate::review::revoke(&li, &form).await.unwrap();
    crate::review::revoke(&li, &form).await.unwrap();
    for visit in [&boss, &person] {
        let entries = ledger(&house, visit).await;
        assert_eq!((entries.len(), Sums::of(&entries, 2026).total), (2, Credits::ZERO));
    }
    assert!(titles(&house, &person).await.contains(&"单位内部培训学分已扣回".to_owned()));
    assert_eq!(audited(&house, &results, "revoke").await.len(), 1);

    // Whoever was wrong about it may report it once more, which is another source.
    report_results(&boss, &case, Ok(both_passed())).await.unwrap();
    let again = results_of(&boss, &manager).await;
    assert_ne!(again, results);
    approve(&house, &again).await.unwrap();
    assert_eq!(Sums::of(&ledger(&house, &person).await, 2026).total, Credits::whole(12));
    assert_audit_stands(&house).await;
}
both!(approved_results_book_once_and_a_revocation_takes_all_of_it_back);

async fn what_waits_can_be_cancelled_and_whoever_was_denied_is_in_no_sheet(house: House) {
    let (boss, manager, person) = town(&house).await;
    let case = approved(&house, &boss, &manager).await;
    let (boss, person) = (after_the_class(&house, &boss).await, after_the_class(&house, &person).await);
    report_results(&boss, &case, Ok(both_passed())).await.unwrap();
    let results = results_of(&boss, &manager).await;
    let form = CancelForm { case: results.to_string(), version: row(&house, &results).await.version.to_string() };
    assert_not_found(cancel_class(&person, &form).await);
    cancel_class(&boss, &form).await.unwrap();
    cancel_class(&boss, &form).await.unwrap();
    assert_eq!(row(&house, &results).await.status, Status::Closed);
    assert!(view_of(&boss, &manager).await.classes[0].may_report);
    let form = CancelForm { case: case.to_string(), version: row(&house, &case).await.version.to_string() };
    assert!(matches!(cancel_class(&boss, &form).await, Err(Failure::Refused(_))), "what was approved stands");

    let employment = employer::page_of(&person).await.employments.remove(0).id;
    vouch_employment(&boss, &EmploymentForm { employment, act: "denied".into() }).await.unwrap();
    report_results(&boss, &case, Ok(both_passed())).await.unwrap();
    let sheet = view_of(&house.again(&boss).await, &manager).await.sheet.unwrap();
    assert_eq!(sheet_faults(sheet), [(3, RowFault::NotEmployed)]);
    assert!(ledger(&house, &person).await.is_empty());
}
both!(what_waits_can_be_cancelled_and_whoever_was_denied_is_in_no_sheet);
