//! What was asked when something was entered is asked again when it takes effect: much can have happened since.

use domain::closing::forms::ClosingForm;
use domain::relocation::forms::DepartureForm;
use domain::review::forms::ForwardForm;
use store::case::file::CaseRow;

use super::changes::{change, name};
use super::*;
use crate::change::stories::answer_on_file;

fn retired() -> ClosingForm {
    ClosingForm {
        document_kind: "resident_id".into(),
        document_number: NUMBER.into(),
        name: "张三".into(),
        cause: "retired".into(),
        since: "2026-10-31".into(),
        request_key: "c1".into(),
        ..ClosingForm::default()
    }
}

async fn newest(visit: &Visit, kind: CaseKind) -> CaseRow {
    let mut reader = visit.services.db.read().await.unwrap();
    reader.find_latest_case(visit.account().unwrap(), kind).await.unwrap().unwrap()
}

async fn cause(visit: &Visit) -> Option<ClosingCause> {
    crate::record::own_record(visit).await.unwrap().closed.map(|closed| closed.cause)
}

/// An annulment of the newest case of a kind, by two persons, under keys of its own.
async fn annul(house: &House, of: &str, key: &str) -> CaseId {
    let li = reviewer(house, DISTRICT, "李审核").await;
    enter_annulment(&li, &form(of, key), paper(20)).await.unwrap();
    let id = annulments_view(&li, "").await.unwrap().lines[0].case.clone();
    wait(house);
    let wang = reviewer(house, DISTRICT, "王审核").await;
    approve(house, &wang, &id).await.unwrap();
    id
}

async fn a_closing_is_not_confirmed_over_a_suspension(house: House) {
    let visit = person(&house).await;
    let annulment = entered(&house, &number(&visit, CaseKind::Intake).await).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    crate::closing::enter_closing(&li, &retired(), paper(30)).await.unwrap();
    let closing = newest(&visit, CaseKind::Closing).await.id;
    wait(&house);
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    approve(&house, &wang, &annulment).await.unwrap();
    let late = approve(&house, &wang, &closing).await;
    assert!(matches!(late, Err(Failure::Stale)), "{late:?}");
    assert_eq!(cause(&back(&house, &visit).await).await, Some(ClosingCause::Annulled));
    assert_audit_stands(&house).await;
}
both!(a_closing_is_not_confirmed_over_a_suspension);

async fn a_record_that_was_closed_meanwhile_does_not_leave(house: House) {
    let visit = person(&house).await;
    let leaving = DepartureForm {
        destination: "hubei".into(),
        reason: "到外省工作".into(),
        agreed: "yes".into(),
        request_key: "d1".into(),
    };
    crate::relocation::depart(&visit, &leaving).await.unwrap();
    let departure = newest(&visit, CaseKind::Relocation).await.id;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    crate::closing::enter_closing(&li, &retired(), paper(30)).await.unwrap();
    let closing = newest(&visit, CaseKind::Closing).await.id;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    approve(&house, &wang, &closing).await.unwrap();
    let late = approve(&house, &wang, &departure).await;
    assert!(matches!(late, Err(Failure::Stale)), "{late:?}");
    assert_eq!(cause(&visit).await, Some(ClosingCause::Retired));
    assert_audit_stands(&house).await;
}
both!(a_record_that_was_closed_meanwhile_does_not_leave);

async fn of_two_changes_that_prove_false_neither_comes_back(house: House) {
    let visit = person(&house).await;
    let first = name(&visit).await;
    change(&house, &visit, &[("employer_name", "长沙另一有限公司")], 20).await;
    let older = number(&visit, CaseKind::Change).await;
    change(&house, &visit, &[("employer_name", "长沙第三有限公司")], 60).await;
    let later = number(&visit, CaseKind::Change).await;
    annul(&house, &older, "k1").await;
    assert_eq!(name(&back(&house, &visit).await).await, "长沙第三有限公司");
    annul(&house, &later, "k2").await;
    assert_eq!(name(&back(&house, &visit).await).await, first, "and not what was false before");
    assert_audit_stands(&house).await;
}
both!(of_two_changes_that_prove_false_neither_comes_back);

async fn taking_an_annulment_back_puts_forward_what_it_put_back_and_nothing_else(house: House) {
    let visit = person(&house).await;
    change(&house, &visit, &[("employer_name", "长沙另一有限公司"), ("joined_on", "2025-03-03")], 20).await;
    let older = number(&visit, CaseKind::Change).await;
    change(&house, &visit, &[("employer_name", "长沙第三有限公司")], 60).await;
    let id = annul(&house, &older, "k1").await;
    assert_ne!(answer_on_file(&back(&house, &visit).await, "employment.joined_on").await, "2025-03-03");
    // It happens to say once more what the older one said.
    let visit = back(&house, &visit).await;
    change(&house, &visit, &[("employer_name", "长沙第四有限公司")], 80).await;
    let version = row(&house, &id).await.version.to_string();
    let form = RevokeForm { case: id.to_string(), version, reason: "学校更正了复函".into() };
    let zhao = reviewer(&house, DISTRICT, "赵审核").await;
    crate::review::revoke(&zhao, &form).await.unwrap();
    let visit = back(&house, &visit).await;
    assert_eq!(name(&visit).await, "长沙第四有限公司");
    assert_eq!(answer_on_file(&visit, "employment.joined_on").await, "2025-03-03");
    assert_audit_stands(&house).await;
}
both!(taking_an_annulment_back_puts_forward_what_it_put_back_and_nothing_else);

async fn a_number_that_is_tried_leaves_its_trace_and_what_is_forwarded_is_not_told(house: House) {
    let visit = person(&house).await;
    let of = number(&visit, CaseKind::Intake).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    annulments_view(&li, &of).await.unwrap();
    let session = li.actor.session().to_owned();
    let mut reader = house.services.db.read().await.unwrap();
    let tried = reader.list_audit_of("session", &session).await.unwrap();
    assert!(tried.iter().any(|entry| entry.action == "try_number"), "behind each number is a person");
    drop(reader);

    crate::closing::enter_closing(&li, &retired(), paper(30)).await.unwrap();
    let closing = newest(&visit, CaseKind::Closing).await;
    let before = titles(&visit).await;
    let forwarding = ForwardForm {
        case: closing.id.to_string(),
        version: closing.version.to_string(),
        bureau: SIBLING.into(),
        reason: "单位不在本区".into(),
    };
    crate::review::forward(&li, &forwarding).await.unwrap();
    assert_eq!(titles(&visit).await, before, "what a bureau prepares is its own until it is confirmed");
    assert_audit_stands(&house).await;
}
both!(a_number_that_is_tried_leaves_its_trace_and_what_is_forwarded_is_not_told);
