//! Stories of 撤销登记, each on both engines.

mod changes;
mod rights;
mod since;

use chrono::Duration;
use domain::annulment::forms::{AnnulmentForm, StatementForm};
use domain::annulment::view::HeardLine;
use domain::answer::Answer;
use domain::case::{Action, CaseKind, Refusal, Status};
use domain::closing::ClosingCause;
use domain::fault::{Fault, FieldErrors};
use domain::integrity::EntryKind;
use domain::review::forms::{DecideForm, RevokeForm};
use domain::school::forms::EnrolForm;
use domain::transfer::forms::TransferForm;

use super::*;
use crate::Token;
use crate::case::Proof;
use crate::employer::stories::collected;
use crate::intake::stories as intake;
use crate::integrity::stories::honest;
use crate::review::stories::{
    CITY, DISTRICT, SIBLING, assert_audit_stands, audited, decide, refusal, reviewer, reviewer_with, row,
};
use crate::testing::{House, both};

const NUMBER: &str = "430111199003079988";
const FACTS: &str = "学历证书经发证学校复函，查无此证。";
const SAID: &str = "证书是真的，\n请向学校的档案馆核实。";

async fn person(house: &House) -> Visit {
    collected(house, NUMBER, "13900001234").await
}

/// 受理编号 of the newest case of a kind.
async fn number(visit: &Visit, kind: CaseKind) -> String {
    let mut reader = visit.services.db.read().await.unwrap();
    let case = reader.find_latest_case(visit.account().unwrap(), kind).await.unwrap().unwrap();
    case.number.unwrap()
}

fn form(of: &str, key: &str) -> AnnulmentForm {
    AnnulmentForm {
        of: of.into(),
        ground: "proof".into(),
        facts: FACTS.into(),
        request_key: key.into(),
        ..AnnulmentForm::default()
    }
}

fn paper(shade: u8) -> Option<Proof> {
    Some(Proof { name: "复函.jpg".into(), bytes: Ok(intake::picture(shade)) })
}

fn faults(outcome: Result<Answer, Failure>) -> FieldErrors {
    match outcome {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    }
}

/// Enters it by one of the district, and answers the case.
async fn entered(house: &House, of: &str) -> CaseId {
    let li = reviewer(house, DISTRICT, "李审核").await;
    enter_annulment(&li, &form(of, "k1"), paper(20)).await.unwrap();
    annulments_view(&li, "").await.unwrap().lines[0].case.clone()
}

async fn approve(house: &House, by: &Visit, id: &CaseId) -> Result<Answer, Failure> {
    decide(by, id, row(house, id).await.version, "approve").await
}

/// The days for an answer are over.
fn wait(house: &House) {
    house.clock.forward(Duration::days(8));
}

/// The person, who has signed in once more: no session lasts that long.
async fn back(house: &House, visit: &Visit) -> Visit {
    let token = Token::new(&house.services);
    let session = visit.new_session(&token, Some(visit.account().unwrap()), None);
    let write = house.services.db.write(move |tx| Box::pin(async move { tx.insert_session(&session).await }));
    write.await.unwrap();
    house.visit(Some(token.as_str())).await
}

async fn lines(visit: &Visit) -> Vec<HeardLine> {
    heard_view(visit).await.unwrap().lines
}

fn statement(case: &CaseId, key: &str) -> StatementForm {
    StatementForm { case: case.to_string(), said: SAID.into(), request_key: key.into() }
}

async fn titles(visit: &Visit) -> Vec<String> {
    let mut reader = visit.services.db.read().await.unwrap();
    let messages = reader.list_messages(visit.account().unwrap(), "~", 50).await.unwrap();
    messages.into_iter().map(|message| message.title).collect()
}

async fn entries(visit: &Visit) -> usize {
    let mut reader = visit.services.db.read().await.unwrap();
    reader.list_integrity_entries(visit.account().unwrap()).await.unwrap().len()
}

fn too_early() -> Refusal {
    Refusal::NotAllowedIn { status: Status::Submitted, action: Action::Approve }
}

/// An intake that two of the district have annulled; answers the case.
async fn annulled(house: &House, visit: &Visit) -> CaseId {
    let id = entered(house, &number(visit, CaseKind::Intake).await).await;
    wait(house);
    let wang = reviewer(house, DISTRICT, "王审核").await;
    approve(house, &wang, &id).await.unwrap();
    id
}

async fn nobody_agrees_before_the_person_was_heard_and_what_they_say_is_read(house: House) {
    let visit = person(&house).await;
    let of = number(&visit, CaseKind::Intake).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let answer = enter_annulment(&li, &form(&of, "k1"), paper(20)).await.unwrap();
    assert_eq!(enter_annulment(&li, &form(&of, "k1"), paper(20)).await.unwrap(), answer, "a repetition has no second effect");
    let id = annulments_view(&li, "").await.unwrap().lines[0].case.clone();
    assert_eq!(audited(&house, &id, "enter_annulment").await.len(), 1);

    assert_eq!(titles(&visit).await[0], "撤销登记：请您提出意见");
    let home = crate::intake::home(&visit).await.unwrap();
    assert!(home.is_annulled && home.warnings[0].contains("本人可以在撤销登记页面提出意见"), "{:?}", home.warnings);
    let line = lines(&visit).await.remove(0);
    assert!(line.may_say && line.facts == FACTS && line.of.contains(&of), "{line:?}");
    assert_eq!(line.heard_until, domain::date::parse_date("2026-11-25").unwrap());

    let wang = reviewer(&house, DISTRICT, "王审核").await;
    assert_eq!(refusal(approve(&house, &li, &id).await), Refusal::SecondPersonNeeded);
    assert_eq!(refusal(approve(&house, &wang, &id).await), too_early());
    let seen = crate::review::case(&wang, &id).await.unwrap();
    assert!(!seen.actions.contains(&Action::Approve) && seen.actions.contains(&Action::Return), "{:?}", seen.actions);

    let first = answer_annulment(&visit, &statement(&id, "a1"), paper(60)).await.unwrap();
    assert_eq!(answer_annulment(&visit, &statement(&id, "a1"), paper(60)).await.unwrap(), first);
    let again = faults(answer_annulment(&visit, &statement(&id, "a2"), None).await);
    assert_eq!(again.of("said"), Some(&Fault::DuplicateRow));
    let seen = crate::review::case(&wang, &id).await.unwrap();
    assert!(seen.beside.iter().any(|beside| beside.said.iter().any(|said| said == SAID)), "{:?}", seen.beside);
    assert_eq!(seen.files.iter().map(|(slot, _)| slot.as_str()).collect::<Vec<_>>(), ["proof", STATEMENT]);
    assert!(seen.actions.contains(&Action::Approve));
    approve(&house, &wang, &id).await.unwrap();
    assert_eq!(lines(&visit).await[0].state(), "已撤销登记");
    assert_audit_stands(&house).await;
}
both!(nobody_agrees_before_the_person_was_heard_and_what_they_say_is_read);

async fn an_annulled_record_is_suspended_and_kept_and_the_person_is_told_everywhere(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let id = entered(&house, &number(&visit, CaseKind::Intake).await).await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    assert_eq!(refusal(approve(&house, &wang, &id).await), too_early());
    wait(&house);
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let version = row(&house, &id).await.version;
    decide(&wang, &id, version, "approve").await.unwrap();
    let late = refusal(decide(&reviewer(&house, DISTRICT, "赵审核").await, &id, version, "approve").await);
    assert!(matches!(late, Refusal::DecidedByOther { .. }), "{late:?}");
    let visit = back(&house, &visit).await;
    assert_eq!(entries(&visit).await, 1, "one decision has one effect");
    let too_late = faults(answer_annulment(&visit, &statement(&id, "a1"), None).await);
    assert_eq!(too_late.of("said"), Some(&Fault::TooEarly));

    let record = crate::record::own_record(&visit).await.unwrap();
    assert_eq!(record.closed.unwrap().cause, ClosingCause::Annulled);
    assert!(record.record.approved.is_some() && record.versions.len() == 1, "suspended, and everything of it is there");
    assert!(record.warnings[0].contains("按真实情况重新办理信息采集"), "{:?}", record.warnings);
    assert_eq!(titles(&visit).await[0], "撤销登记决定");
    let told = crate::record::history_view(&visit, None).await.unwrap().moments;
    for title in ["拟撤销登记，听取本人意见", "档案停用"] {
        assert!(told.iter().any(|moment| moment.title == title), "{title}: {told:?}");
    }
    let seen = crate::integrity::integrity_view(&visit).await.unwrap();
    assert!(seen.entries[0].kind == EntryKind::Annulment && seen.entries[0].may_object, "{:?}", seen.entries);
    assert!(crate::intake::home(&visit).await.unwrap().is_annulled);
    assert_eq!(audited(&house, &id, "approve").await.len(), 1);
    assert_audit_stands(&house).await;
}
both!(an_annulled_record_is_suspended_and_kept_and_the_person_is_told_everywhere);

async fn a_suspended_record_takes_nothing_new_is_signed_no_more_and_comes_back_by_a_true_one(house: House) {
    let visit = person(&house).await;
    let (printed, account) = (visit.clone(), visit.account().unwrap().clone());
    let signed = visit.write(move |tx| {
        Box::pin(async move { Ok::<_, Failure>(crate::certificate::extract(tx, &printed, &account).await?.0.number) })
    });
    let number = signed.await.unwrap();
    annulled(&house, &visit).await;
    let visit = back(&house, &visit).await;

    let standing = visit.services.db.read().await.unwrap().find_standing_extract(visit.account().unwrap()).await.unwrap();
    assert!(standing.is_none(), "{number} says what does not hold");
    let refused = crate::intake::extract(&visit, "https://kj.example.gov.cn").await;
    assert!(matches!(refused, Err(Failure::NotFound)), "{:?}", refused.map(|_| ()));
    let change = crate::change::change_view(&visit).await.unwrap();
    assert!(change.closed.is_some_and(|said| said.contains("重新办理信息采集")) && change.actions.is_empty());
    let enrol = EnrolForm { year: "2026".into(), school: "any".into() };
    let led = crate::school::enrol(&visit, &enrol).await.unwrap();
    assert!(led.go.unwrap().ends_with("not=record_closed"));
    let transfer = TransferForm {
        to: SIBLING.into(),
        reason: "employed".into(),
        employer_name: "长沙另一有限公司".into(),
        agreed: "yes".into(),
        request_key: "t1".into(),
        ..TransferForm::default()
    };
    assert_eq!(refusal(crate::transfer::apply_transfer(&visit, &transfer, paper(30)).await), Refusal::NotComplete);

    assert!(crate::intake::hub(&visit).await.unwrap().case.is_none(), "信息采集 may begin");
    intake::pledge(&visit).await;
    intake::fill(&visit).await;
    intake::submit(&visit).await;
    let case = intake::case(&visit).await;
    let zhao = reviewer(&house, DISTRICT, "赵审核").await;
    decide(&zhao, &case.id, case.version, "approve").await.unwrap();
    let record = crate::record::own_record(&visit).await.unwrap();
    assert_eq!((record.closed, record.versions.len()), (None, 2));
    assert_audit_stands(&house).await;
}
both!(a_suspended_record_takes_nothing_new_is_signed_no_more_and_comes_back_by_a_true_one);

async fn what_rests_on_it_is_named_to_both_persons_and_to_the_person(house: House) {
    let visit = person(&house).await;
    let certificate = crate::certificate::stories::complete(&visit).await;
    let of = number(&visit, CaseKind::Intake).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let found = annulments_view(&li, &of).await.unwrap().own.found.unwrap();
    assert_eq!((found.name.as_str(), found.kind_name.as_str()), ("张三", "信息采集"));
    let named = |said: &[String]| {
        said.iter().any(|said| said.contains(&certificate.number))
            && said.iter().any(|said| said.contains("2025 年度网络培训 90"))
    };
    assert!(named(&found.resting), "{:?}", found.resting);
    let id = entered(&house, &of).await;
    wait(&house);
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let seen = crate::review::case(&wang, &id).await.unwrap();
    assert!(seen.beside.iter().any(|beside| named(&beside.said)), "{:?}", seen.beside);
    approve(&house, &wang, &id).await.unwrap();
    let visit = back(&house, &visit).await;
    let mut reader = visit.services.db.read().await.unwrap();
    let message = reader.list_messages(visit.account().unwrap(), "~", 1).await.unwrap().remove(0);
    assert!(message.body.contains(&certificate.number), "{}", message.body);
    let standing = reader.list_all_certificates(visit.account().unwrap()).await.unwrap();
    assert!(standing.iter().any(|row| row.ended_at.is_none()), "each is looked into by itself");
    drop(reader);
    assert_audit_stands(&house).await;
}
both!(what_rests_on_it_is_named_to_both_persons_and_to_the_person);
