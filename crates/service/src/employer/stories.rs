//! Stories of 单位管理, each on both engines.

mod claims;
mod people;

use domain::answer::Answer;
use domain::case::{CaseKind, Status};
use domain::employer::NotClaimed;
use domain::employer::forms::{ClaimForm, DropClaimForm, EmploymentForm, HandInForm, ResignForm};
use domain::employer::view::{ClaimView, EmployersView};
use domain::fault::FieldErrors;
use domain::id::CaseId;
use domain::papers::UploadAnswer;
use domain::review::forms::{DecideForm, RevokeForm};
use store::employer::manager::ManagerRow;

use super::*;
use crate::case::upload_proof;
use crate::intake::stories as intake;
use crate::review::stories::{CITY, DISTRICT, decide, reviewer, row};
use crate::testing::House;

/// The employer of everybody's record here; registered in another province.
pub(crate) const CODE: &str = "91350100M000100Y43";
const NAME: &str = "长沙某某有限公司";
/// Employers that 雨花区 and 长沙市 registered.
const OF_DISTRICT: &str = "91430111MA4L1N2E0X";
const OF_CITY: &str = "91430100MA4L1N2E00";

/// Somebody whose 信息采集 was approved, with the employer of the stories in it.
pub(crate) async fn collected(house: &House, number: &str, mobile: &str) -> Visit {
    let visit = intake::person_of(house, "hunan", number, mobile).await;
    intake::fill(&visit).await;
    intake::submit(&visit).await;
    let case = intake::case(&visit).await;
    let li = reviewer(house, DISTRICT, "李审核").await;
    decide(&li, &case.id, case.version, "approve").await.unwrap();
    house.again(&visit).await
}

pub(crate) async fn manager_to_be(house: &House) -> Visit {
    collected(house, "430111199003079988", "13900001234").await
}

pub(crate) async fn colleague(house: &House) -> Visit {
    collected(house, "430102199003071234", "13900005678").await
}

async fn start(visit: &Visit, code: &str) -> Answer {
    start_claim(visit, &ClaimForm { code: code.into(), name: NAME.into() }).await.unwrap()
}

/// Why a claim was not begun.
fn why_not(answer: &Answer) -> Option<NotClaimed> {
    NotClaimed::from_code(answer.go.as_deref()?.rsplit_once("&not=")?.1)
}

/// The case that an answer leads to.
fn led_to(answer: &Answer) -> CaseId {
    let path = answer.go.as_deref().and_then(|go| go.strip_suffix("?employer=claim")).unwrap_or_default();
    CaseId::from(path.rsplit('/').next().unwrap_or_default())
}

async fn view(visit: &Visit, id: &CaseId) -> ClaimView {
    claim_view(visit, id).await.unwrap()
}

async fn prove(visit: &Visit, id: &CaseId) {
    for (shade, slot) in (20..).step_by(9).zip(view(visit, id).await.slots) {
        let kept = upload_proof(visit, id, &slot.rules.slot, ("证照.jpg", ""), intake::picture(shade)).await.unwrap();
        assert!(matches!(kept, UploadAnswer::Kept(_)), "{kept:?}");
    }
}

fn agreed(id: &CaseId, code: &str, key: &str) -> HandInForm {
    HandInForm { case: id.to_string(), code: code.into(), name: NAME.into(), agreed: "yes".into(), request_key: key.into() }
}

async fn hand_in_of(visit: &Visit, id: &CaseId, code: &str) -> Result<Answer, Failure> {
    let key = view(visit, id).await.request_key;
    submit_claim(visit, &agreed(id, code, &key)).await
}

/// A claim that waits.
async fn waiting(visit: &Visit, code: &str) -> CaseId {
    let id = led_to(&start(visit, code).await);
    prove(visit, &id).await;
    hand_in_of(visit, &id, code).await.unwrap();
    id
}

async fn approve_at(house: &House, bureau: &str, id: &CaseId) -> Result<Answer, Failure> {
    let wang = reviewer(house, bureau, "王审核").await;
    decide(&wang, id, row(house, id).await.version, "approve").await
}

/// A claim of the employer of the stories that was approved.
pub(crate) async fn managing(house: &House, visit: &Visit) -> CaseId {
    let id = waiting(visit, CODE).await;
    approve_at(house, DISTRICT, &id).await.unwrap();
    id
}

async fn give_back(house: &House, id: &CaseId) {
    let li = reviewer(house, DISTRICT, "李审核").await;
    let version = row(house, id).await.version.to_string();
    let reason = "授权书没有加盖单位公章，请重新上传。".to_owned();
    let form = DecideForm { case: id.to_string(), version, decision: "return".into(), reason };
    crate::review::decide(&li, &form).await.unwrap();
}

async fn revoking(house: &House, visit: &Visit, id: &CaseId) -> Result<Answer, Failure> {
    let version = row(house, id).await.version.to_string();
    crate::review::revoke(visit, &RevokeForm { case: id.to_string(), version, reason: "授权书不实".into() }).await
}

pub(crate) async fn page_of(visit: &Visit) -> EmployersView {
    employers_view(visit).await.unwrap()
}

async fn manager(house: &House, code: &str) -> Option<ManagerRow> {
    house.services.db.read().await.unwrap().find_manager_of("hunan", code).await.unwrap()
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
