//! Stories of 档案关闭申请, each on both engines.

use domain::answer::Answer;
use domain::case::{Refusal, Status};
use domain::closing::ClosingCause;
use domain::closing::asked::{DropRequestForm, RequestForm, RequestView};
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use domain::review::forms::DecideForm;

use super::*;
use crate::case::Proof;
use crate::employer::stories::collected;
use crate::intake::stories as intake;
use crate::review::stories::{DISTRICT, assert_audit_stands, audited, decide, refusal, reviewer, reviewer_with, row};
use crate::testing::{House, both};

const NUMBER: &str = "430111199003079988";

async fn person(house: &House) -> Visit {
    collected(house, NUMBER, "13900001234").await
}

fn form(cause: &str, key: &str) -> RequestForm {
    RequestForm {
        cause: cause.into(),
        since: "2026-10-31".into(),
        note: "已办理退休".into(),
        agreed: "yes".into(),
        request_key: key.into(),
    }
}

fn paper(shade: u8) -> Option<Proof> {
    Some(Proof { name: "退休证.jpg".into(), bytes: Ok(intake::picture(shade)) })
}

async fn view(visit: &Visit) -> RequestView {
    request_view(visit).await.unwrap()
}

async fn newest(visit: &Visit, kind: CaseKind) -> CaseRow {
    let mut reader = visit.services.db.read().await.unwrap();
    reader.find_latest_case(visit.account().unwrap(), kind).await.unwrap().unwrap()
}

async fn titles(house: &House, visit: &Visit) -> Vec<String> {
    let mut reader = house.services.db.read().await.unwrap();
    let messages = reader.list_messages(visit.account().unwrap(), "~", 50).await.unwrap();
    messages.into_iter().map(|message| message.title).collect()
}

async fn agree(house: &House, visit: &Visit, id: &CaseId) -> Result<Answer, Failure> {
    decide(visit, id, row(house, id).await.version, "approve").await
}

fn faults(outcome: Result<Answer, Failure>) -> FieldErrors {
    match outcome {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    }
}

async fn what_a_person_asks_for_is_entered_by_one_and_confirmed_by_another(house: House) {
    let visit = person(&house).await;
    assert_eq!(faults(ask_closing(&visit, &form("retired", "k1"), None).await).of("proof"), Some(&Fault::FileMissing));
    let before_birth = RequestForm { since: "1990-03-06".into(), ..form("left", "k1") };
    assert_eq!(faults(ask_closing(&visit, &before_birth, None).await).of("since"), Some(&Fault::TooEarly));
    let answer = ask_closing(&visit, &form("retired", "k1"), paper(20)).await.unwrap();
    assert_eq!(answer.go.as_deref(), Some("/hunan/closing"));
    assert_eq!(
        ask_closing(&visit, &form("retired", "k1"), paper(20)).await.unwrap(),
        answer,
        "a repetition has no second effect"
    );
    let second = ask_closing(&visit, &form("retired", "k2"), paper(30)).await;
    assert_eq!(refusal(second), Refusal::AlreadySubmitted);
    let id = newest(&visit, KIND).await.id;
    assert!(view(&visit).await.case.unwrap().may_cancel);

    let own = reviewer_with(&house, DISTRICT, "张三", NUMBER).await;
    assert_eq!(refusal(agree(&house, &own, &id).await), Refusal::SelfReview);
    let li = reviewer(&house, DISTRICT, "李审核").await;
    agree(&house, &li, &id).await.unwrap();
    assert!(crate::record::own_record(&visit).await.unwrap().closed.is_none(), "one alone closes nothing");
    let shown = view(&visit).await;
    assert!(shown.is_confirming && shown.closed.is_none() && !shown.case.unwrap().may_cancel);
    assert!(titles(&house, &visit).await.contains(&"档案关闭申请已审核".to_owned()));
    let closing = newest(&visit, CaseKind::Closing).await.id;
    assert_eq!((row(&house, &closing).await.status, row(&house, &closing).await.seat), (Status::Submitted, 1));
    assert_eq!(refusal(agree(&house, &li, &closing).await), Refusal::SecondPersonNeeded);

    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let seen = crate::review::case(&wang, &closing).await.unwrap();
    let said: Vec<_> = seen.sections.iter().flat_map(|section| &section.rows).map(|row| row.value.clone()).collect();
    assert!(said.contains(&"离退休".to_owned()) && said.iter().any(|text| text.starts_with("本人申请（受理编号 ")), "{said:?}");
    assert_eq!(house.services.db.read().await.unwrap().list_attachments(&closing).await.unwrap().len(), 1, "with its proof");
    agree(&house, &wang, &closing).await.unwrap();
    let record = crate::record::own_record(&visit).await.unwrap();
    assert_eq!((record.closed.unwrap().cause, record.closing), (ClosingCause::Retired, None));
    assert!(titles(&house, &visit).await.contains(&"会计人员档案已关闭".to_owned()));
    assert!(view(&visit).await.closed.is_some());
    assert_eq!(refusal(ask_closing(&visit, &form("left", "k3"), None).await), Refusal::NotComplete);
    assert_eq!(audited(&house, &closing, "enter_closing").await.len(), 1);
    assert_audit_stands(&house).await;
}
both!(what_a_person_asks_for_is_entered_by_one_and_confirmed_by_another);

async fn a_request_is_returned_amended_and_taken_back(house: House) {
    let visit = person(&house).await;
    assert_eq!(faults(ask_closing(&visit, &form("died", "k1"), paper(20)).await).of("cause"), Some(&Fault::NotInList));
    ask_closing(&visit, &form("retired", "k1"), paper(20)).await.unwrap();
    let id = newest(&visit, KIND).await.id;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let version = row(&house, &id).await.version.to_string();
    let reason = "证明材料不清晰".to_owned();
    let back = DecideForm { case: id.to_string(), version, decision: "return".into(), reason: reason.clone() };
    crate::review::decide(&li, &back).await.unwrap();
    let shown = view(&visit).await;
    assert_eq!(shown.case.unwrap().reason, reason);
    assert!(shown.has_proof && shown.form.cause == "retired" && shown.form.note == "已办理退休");
    assert!(titles(&house, &visit).await.contains(&"档案关闭需要修改".to_owned()));
    // The proof of before stays; that somebody does the work no more has no paper.
    ask_closing(&visit, &form("left", "k2"), None).await.unwrap();
    assert_eq!((row(&house, &id).await.round, row(&house, &id).await.status), (2, Status::Submitted));

    let drop_it = async |version: i64| drop_request(&visit, &DropRequestForm { version: version.to_string() }).await;
    assert!(matches!(drop_it(1).await, Err(Failure::Stale)));
    let version = row(&house, &id).await.version;
    drop_it(version).await.unwrap();
    drop_it(version).await.unwrap();
    assert_eq!(row(&house, &id).await.status, Status::Closed);
    assert!(agree(&house, &li, &id).await.is_err(), "nothing is left to be agreed to");
    assert!(crate::record::own_record(&visit).await.unwrap().closing.is_some(), "as before");
    ask_closing(&visit, &form("left", "k3"), None).await.unwrap();
    assert_ne!(newest(&visit, KIND).await.id, id);
    assert_audit_stands(&house).await;
}
both!(a_request_is_returned_amended_and_taken_back);

async fn whoever_has_no_record_asks_for_nothing_and_what_the_bureau_prepares_is_not_told(house: House) {
    let new = intake::person_of(&house, "hunan", "430102199003071234", "13900005678").await;
    assert_eq!(refusal(ask_closing(&new, &form("left", "k1"), None).await), Refusal::NotComplete);
    assert!(view(&new).await.bureau_name.is_empty());

    let visit = person(&house).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let entered = domain::closing::forms::ClosingForm {
        document_kind: "resident_id".into(),
        document_number: NUMBER.into(),
        name: "张三".into(),
        cause: "left".into(),
        since: "2026-10-31".into(),
        request_key: "e1".into(),
        ..Default::default()
    };
    crate::closing::enter_closing(&li, &entered, paper(20)).await.unwrap();
    assert!(!view(&visit).await.is_confirming);
    ask_closing(&visit, &form("left", "k1"), None).await.unwrap();
    let id = newest(&visit, KIND).await.id;
    let zhao = reviewer(&house, DISTRICT, "赵审核").await;
    assert!(matches!(agree(&house, &zhao, &id).await, Err(Failure::Stale)), "it is being closed already");
    assert_eq!(row(&house, &id).await.status, Status::Submitted);
}
both!(whoever_has_no_record_asks_for_nothing_and_what_the_bureau_prepares_is_not_told);
