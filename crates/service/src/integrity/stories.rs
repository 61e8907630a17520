//! Stories of 诚信, each on both engines.

mod effects;
pub(crate) mod objections;
mod penalties;
mod public;
mod rewards;

use std::sync::Arc;

use domain::answer::Answer;
use domain::case::Status;
use domain::fault::FieldErrors;
use domain::id::CaseId;
use domain::integrity::forms::{DropRewardForm, HandRewardForm, PenaltyForm, RewardForm};
use domain::integrity::view::{IntegrityView, RewardView};
use domain::papers::UploadAnswer;
use domain::review::forms::DecideForm;

use super::*;
use crate::case::{Proof, upload_proof};
use crate::employer::stories::collected;
use crate::intake::stories as intake;
use crate::review::stories::{DISTRICT, decide, reviewer, row};
use crate::testing::House;

const NUMBER: &str = "430111199003079988";

/// The province with 诚信, as 湖北 has it.
pub(crate) fn honest(mut house: House) -> House {
    let mut province = (*house.services.province("hunan").unwrap()).clone();
    let hubei = house.services.province("hubei").unwrap().profile.clone();
    province.profile.integrity = hubei.integrity;
    let lines = hubei.lines.into_iter().filter(|(kind, _)| [REWARD, PENALTY, OBJECTION].contains(kind));
    province.profile.lines.extend(lines);
    house.services = house.services.with(|rooms| rooms.provinces = Arc::new([("hunan".to_owned(), Arc::new(province))].into()));
    house
}

/// Somebody whose 信息采集 was approved.
async fn person(house: &House) -> Visit {
    collected(house, NUMBER, "13900001234").await
}

pub(crate) fn reward() -> RewardForm {
    RewardForm {
        name: "全省先进会计工作者".into(),
        level: "provincial".into(),
        body: "省财政厅".into(),
        granted_on: "2025-09-30".into(),
        number: "财会〔2025〕9号".into(),
    }
}

async fn start(visit: &Visit, form: &RewardForm) -> Answer {
    start_reward(visit, form).await.unwrap()
}

/// Why a reward was not begun.
fn why_not(answer: &Answer) -> Option<&str> {
    Some(answer.go.as_deref()?.rsplit_once("&not=")?.1)
}

/// The case that an answer leads to.
fn led_to(answer: &Answer) -> CaseId {
    let path = answer.go.as_deref().and_then(|go| go.strip_suffix("?integrity=reward")).unwrap_or_default();
    CaseId::from(path.rsplit('/').next().unwrap_or_default())
}

async fn view(visit: &Visit, id: &CaseId) -> RewardView {
    reward_view(visit, id).await.unwrap()
}

async fn record(visit: &Visit) -> IntegrityView {
    integrity_view(visit).await.unwrap()
}

pub(crate) async fn prove(visit: &Visit, id: &CaseId, shade: u8) {
    let kept = upload_proof(visit, id, "award", ("奖状.jpg", ""), intake::picture(shade)).await.unwrap();
    assert!(matches!(kept, UploadAnswer::Kept(_)), "{kept:?}");
}

fn handed(id: &CaseId, form: &RewardForm, key: &str) -> HandRewardForm {
    let RewardForm { name, level, body, granted_on, number } = form.clone();
    let (case, request_key) = (id.to_string(), key.into());
    HandRewardForm { case, name, level, body, granted_on, number, agreed: "yes".into(), request_key }
}

pub(crate) async fn hand_in(visit: &Visit, id: &CaseId, form: &RewardForm) -> Result<Answer, Failure> {
    let key = view(visit, id).await.request_key;
    submit_reward(visit, &handed(id, form, &key)).await
}

/// A reward with its proof that is not handed in.
pub(crate) async fn drafted(visit: &Visit, form: &RewardForm, shade: u8) -> CaseId {
    let id = led_to(&start(visit, form).await);
    prove(visit, &id, shade).await;
    id
}

/// A reward that waits.
pub(crate) async fn waiting(visit: &Visit, form: &RewardForm, shade: u8) -> CaseId {
    let id = drafted(visit, form, shade).await;
    hand_in(visit, &id, form).await.unwrap();
    id
}

async fn approve(house: &House, id: &CaseId) -> Result<Answer, Failure> {
    let wang = reviewer(house, DISTRICT, "王审核").await;
    decide(&wang, id, row(house, id).await.version, "approve").await
}

pub(crate) async fn give_back(house: &House, id: &CaseId, reason: &str) {
    let li = reviewer(house, DISTRICT, "赵审核").await;
    let version = row(house, id).await.version.to_string();
    let form = DecideForm { case: id.to_string(), version, decision: "return".into(), reason: reason.into() };
    crate::review::decide(&li, &form).await.unwrap();
    // Whoever decided holds the next case for a while.
    house.clock.forward(chrono::Duration::minutes(11));
}

async fn drop_it(house: &House, visit: &Visit, id: &CaseId) -> Result<Answer, Failure> {
    let version = row(house, id).await.version.to_string();
    delete_reward(visit, &DropRewardForm { case: id.to_string(), version }).await
}

async fn titles(house: &House, visit: &Visit) -> Vec<String> {
    let mut reader = house.services.db.read().await.unwrap();
    let messages = reader.list_messages(visit.account().unwrap(), "~", 50).await.unwrap();
    messages.into_iter().map(|message| message.title).collect()
}

fn faults<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> FieldErrors {
    match outcome {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    }
}

fn status(view: &IntegrityView) -> Vec<Status> {
    view.rewards.iter().map(|line| line.status).collect()
}

fn penalty() -> PenaltyForm {
    PenaltyForm {
        document_kind: "resident_id".into(),
        document_number: NUMBER.into(),
        name: "张三".into(),
        body: "长沙市财政局".into(),
        number: "长财监〔2026〕3号".into(),
        decided_on: "2026-11-10".into(),
        kinds: "fine,ban_five".into(),
        articles: "2024-41".into(),
        facts: "伪造会计凭证。".into(),
        request_key: "k1".into(),
        ..PenaltyForm::default()
    }
}

/// The decision as a file.
fn decision(shade: u8) -> Option<Proof> {
    Some(Proof { name: "决定书.jpg".into(), bytes: Ok(intake::picture(shade)) })
}

/// The case of the penalty that a bureau entered last.
async fn entered(visit: &Visit) -> CaseId {
    penalties_view(visit, "").await.unwrap().lines[0].case.clone()
}
