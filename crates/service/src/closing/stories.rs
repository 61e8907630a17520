//! Stories of 档案关闭, each on both engines.

use chrono::Duration;
use domain::answer::Answer;
use domain::case::{Refusal, Status};
use domain::change::forms::BeginForm;
use domain::closing::ClosingCause;
use domain::closing::forms::ClosingForm;
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use domain::integrity::forms::RewardForm;
use domain::review::forms::{DecideForm, RevokeForm};
use domain::school::forms::EnrolForm;

use super::*;
use crate::Failure;
use crate::case::Proof;
use crate::employer::stories::collected;
use crate::intake::stories as intake;
use crate::integrity::stories::honest;
use crate::review::stories::{
    CITY, DISTRICT, SIBLING, assert_audit_stands, assert_not_found, audited, decide, refusal, reviewer, reviewer_with, row, staff,
};
use crate::testing::{House, both};

const NUMBER: &str = "430111199003079988";

async fn person(house: &House) -> Visit {
    collected(house, NUMBER, "13900001234").await
}

fn retired(key: &str) -> ClosingForm {
    ClosingForm {
        document_kind: "resident_id".into(),
        document_number: NUMBER.into(),
        name: "张三".into(),
        cause: "retired".into(),
        since: "2026-10-31".into(),
        request_key: key.into(),
        ..ClosingForm::default()
    }
}

fn paper(shade: u8) -> Option<Proof> {
    Some(Proof { name: "退休证.jpg".into(), bytes: Ok(intake::picture(shade)) })
}

fn faults(outcome: Result<Answer, Failure>) -> FieldErrors {
    match outcome {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    }
}

/// The case of the closing that a bureau entered last.
async fn entered(visit: &Visit) -> CaseId {
    closings_view(visit, "").await.unwrap().lines[0].case.clone()
}

async fn titles(house: &House, visit: &Visit) -> Vec<String> {
    let mut reader = house.services.db.read().await.unwrap();
    let messages = reader.list_messages(visit.account().unwrap(), "~", 50).await.unwrap();
    messages.into_iter().map(|message| message.title).collect()
}

/// A record that two persons of the bureau have closed; answers the case.
async fn close(house: &House, form: &ClosingForm) -> CaseId {
    let li = reviewer(house, DISTRICT, "李审核").await;
    enter_closing(&li, form, paper(20)).await.unwrap();
    let id = entered(&li).await;
    let wang = reviewer(house, DISTRICT, "王审核").await;
    decide(&wang, &id, row(house, &id).await.version, "approve").await.unwrap();
    id
}

/// What the page of the record says of it.
async fn closed_of(visit: &Visit) -> Option<Closed> {
    crate::record::own_record(visit).await.unwrap().closed
}

async fn what_one_enters_another_confirms_and_the_record_is_closed_and_kept(house: House) {
    let visit = person(&house).await;
    let before = titles(&house, &visit).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let before_birth = ClosingForm { since: "1990-03-06".into(), ..retired("k1") };
    assert_eq!(faults(enter_closing(&li, &before_birth, paper(20)).await).of("since"), Some(&Fault::TooEarly));
    let answer = enter_closing(&li, &retired("k1"), paper(20)).await.unwrap();
    assert_eq!(enter_closing(&li, &retired("k1"), paper(20)).await.unwrap(), answer, "a repetition has no second effect");
    let id = entered(&li).await;
    assert_eq!((row(&house, &id).await.status, row(&house, &id).await.seat), (Status::Submitted, 1));
    assert!(closed_of(&visit).await.is_none(), "nothing of it is the person's before somebody else has confirmed it");
    assert_eq!(titles(&house, &visit).await, before);
    assert_eq!(refusal(decide(&li, &id, row(&house, &id).await.version, "approve").await), Refusal::SecondPersonNeeded);

    let wang = reviewer(&house, DISTRICT, "王审核").await;
    decide(&wang, &id, row(&house, &id).await.version, "approve").await.unwrap();
    let record = crate::record::own_record(&visit).await.unwrap();
    assert_eq!(record.closed.unwrap().cause, ClosingCause::Retired);
    assert!(record.record.approved.is_some() && record.versions.len() == 1, "closed, and everything of it is there");
    assert!(record.warnings[0].contains("重新办理信息采集"), "{:?}", record.warnings);
    assert!(titles(&house, &visit).await.contains(&"会计人员档案已关闭".to_owned()));
    let told = crate::record::history_view(&visit, None).await.unwrap().moments;
    assert!(told.iter().any(|moment| moment.title == "档案关闭"), "{told:?}");
    assert_eq!(audited(&house, &id, "enter_closing").await.len(), 1);
    assert_audit_stands(&house).await;
}
both!(what_one_enters_another_confirms_and_the_record_is_closed_and_kept);

async fn a_closed_record_takes_nothing_new_and_says_which_way_leads_out(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    // A change that was begun before stands still.
    crate::change::begin_change(&visit, &BeginForm::default()).await.unwrap();
    close(&house, &retired("k1")).await;
    let visit = house.again(&visit).await;

    let change = crate::change::change_view(&visit).await.unwrap();
    assert!(change.closed.is_some_and(|said| said.contains("重新办理信息采集")) && change.actions.is_empty());
    let form = domain::change::forms::SubmitForm { agreed: "yes".into(), request_key: change.request_key, ..Default::default() };
    let refused = refusal(crate::change::submit_change(&visit, &form).await);
    assert!(matches!(refused, Refusal::NotAllowedIn { status: Status::Closed, .. }), "{refused:?}");

    let reward = RewardForm {
        name: "全省先进会计工作者".into(),
        level: "provincial".into(),
        body: "省财政厅".into(),
        granted_on: "2025-09-30".into(),
        number: String::new(),
    };
    let led = |answer: Answer| answer.go.unwrap_or_default();
    assert!(led(crate::integrity::start_reward(&visit, &reward).await.unwrap()).ends_with("&not=closed"));
    let enrol = EnrolForm { year: "2026".into(), school: "any".into() };
    assert!(led(crate::school::enrol(&visit, &enrol).await.unwrap()).ends_with("not=record_closed"));
    assert_audit_stands(&house).await;
}
both!(a_closed_record_takes_nothing_new_and_says_which_way_leads_out);

async fn whoever_comes_back_begins_with_the_closed_record_and_is_in_the_register_again(house: House) {
    let visit = person(&house).await;
    close(&house, &retired("k1")).await;
    let visit = house.again(&visit).await;
    assert!(crate::intake::hub(&visit).await.unwrap().case.is_none(), "信息采集 may begin");
    intake::pledge(&visit).await;
    let step = visit.province.profile.intake.steps[0].key;
    let shown = crate::intake::step_view(&visit, step, true).await.unwrap();
    assert!(shown.saved_at.is_some() && shown.errors.is_empty(), "nothing is typed twice: {:?}", shown.errors);
    assert!(closed_of(&visit).await.is_some(), "closed until somebody approved it");
    intake::fill(&visit).await;
    intake::submit(&visit).await;
    let case = intake::case(&visit).await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    decide(&wang, &case.id, case.version, "approve").await.unwrap();
    let record = crate::record::own_record(&visit).await.unwrap();
    assert_eq!((record.closed, record.versions.len()), (None, 2));
    assert!(record.warnings.is_empty());
    let lines = closings_view(&wang, "").await.unwrap().lines;
    assert!(lines[0].own.is_over);
    assert_audit_stands(&house).await;
}
both!(whoever_comes_back_begins_with_the_closed_record_and_is_in_the_register_again);

async fn a_closing_is_entered_by_the_bureau_of_the_person_or_one_above_and_once(house: House) {
    let visit = person(&house).await;
    let enter = async |by: &Visit, form: ClosingForm| enter_closing(by, &form, paper(20)).await;
    assert_eq!(refusal(enter(&visit, retired("k")).await), Refusal::NotYours);
    let beside = reviewer(&house, SIBLING, "周审核").await;
    assert_eq!(refusal(enter(&beside, retired("k")).await), Refusal::NotYours);
    let administrator = staff(&house, "430000", "管理员", "administrator", true).await;
    assert_eq!(refusal(enter(&administrator, retired("k")).await), Refusal::NotYours);
    let own = reviewer_with(&house, DISTRICT, "张三", NUMBER).await;
    assert_eq!(refusal(enter(&own, retired("k")).await), Refusal::SelfReview);
    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert!(matches!(enter(&li, retired("")).await, Err(Failure::Stale)));
    let other = ClosingForm { name: "李四".into(), ..retired("k") };
    assert_eq!(faults(enter(&li, other).await).of("document_number"), Some(&Fault::NotInList));
    assert_eq!(faults(enter_closing(&li, &retired("k"), None).await).of("proof"), Some(&Fault::FileMissing));

    // The city is above the district; what it entered is its own, and nobody enters it a second time.
    let city = reviewer(&house, CITY, "赵审核").await;
    reviewer(&house, CITY, "钱审核").await;
    enter(&city, retired("k1")).await.unwrap();
    assert_eq!(faults(enter(&li, retired("k2")).await).of("document_number"), Some(&Fault::DuplicateRow));
    assert!(closings_view(&li, "").await.unwrap().lines.is_empty(), "the city's own");
    assert_not_found(closings_view(&li, entered(&city).await.as_str()).await);
    let new = intake::person_of(&house, "hunan", "430102199003071234", "13900005678").await;
    assert!(new.account().is_ok());
    let nobody = ClosingForm { document_number: "430102199003071234".into(), ..retired("k3") };
    let outcome = enter(&li, nobody).await;
    assert!(matches!(outcome, Err(Failure::Refused(Refusal::NotYours))), "{outcome:?}: nobody knows whose they are");
    assert_audit_stands(&house).await;
}
both!(a_closing_is_entered_by_the_bureau_of_the_person_or_one_above_and_once);

async fn what_was_refused_is_entered_again_and_a_wrong_closing_is_taken_back_by_a_third(house: House) {
    let visit = person(&house).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    enter_closing(&li, &ClosingForm { cause: "died".into(), ..retired("k1") }, paper(20)).await.unwrap();
    let id = entered(&li).await;
    let zhao = reviewer(&house, DISTRICT, "赵审核").await;
    let version = row(&house, &id).await.version.to_string();
    let reason = "与证明材料不一致".to_owned();
    let back = DecideForm { case: id.to_string(), version, decision: "return".into(), reason: reason.clone() };
    crate::review::decide(&zhao, &back).await.unwrap();
    house.clock.forward(Duration::minutes(11));
    let list = closings_view(&li, id.as_str()).await.unwrap();
    assert_eq!((list.lines[0].reason.clone(), list.of.as_deref(), list.form.cause.as_str()), (reason, Some("张三"), "died"));
    let again = ClosingForm { request_key: "k2".into(), ..list.form };
    enter_closing(&li, &again, paper(40)).await.unwrap();
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    decide(&wang, &id, row(&house, &id).await.version, "approve").await.unwrap();
    let visit = house.again(&visit).await;
    assert!(closed_of(&visit).await.is_some());
    // Of somebody who is said to have died nothing begins.
    assert!(crate::intake::hub(&visit).await.unwrap().case.is_some());

    let form = RevokeForm {
        case: id.to_string(),
        version: row(&house, &id).await.version.to_string(),
        reason: "同名同姓，登记有误".into(),
    };
    for had_part in [&li, &wang] {
        assert_eq!(refusal(crate::review::revoke(had_part, &form).await), Refusal::SecondPersonNeeded);
    }
    crate::review::revoke(&zhao, &form).await.unwrap();
    assert!(closed_of(&visit).await.is_none());
    assert!(titles(&house, &visit).await.contains(&"会计人员档案已恢复".to_owned()));
    crate::change::begin_change(&visit, &BeginForm::default()).await.unwrap();
    assert!(crate::change::change_view(&visit).await.unwrap().case.is_some(), "as before");
    assert_audit_stands(&house).await;
}
both!(what_was_refused_is_entered_again_and_a_wrong_closing_is_taken_back_by_a_third);
