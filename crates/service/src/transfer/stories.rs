//! Stories of 调转, each on both engines.

mod beside;
mod decided;
mod left;
mod ways;

use std::sync::Arc;

use chrono::{Duration, NaiveDate};
use domain::answer::Answer;
use domain::case::{Action, CaseKind, Refusal, Status};
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use domain::review::forms::DecideForm;
use domain::transfer::TransferRules;
use domain::transfer::forms::{DropTransferForm, TransferForm};
use domain::transfer::view::TransferView;
use store::archive::RecordRow;
use store::case::file::CaseRow;

use super::*;
use crate::case::Proof;
use crate::employer::stories::collected;
use crate::intake::RecordBody;
use crate::intake::stories as intake;
use crate::review::stories::{
    CITY, DISTRICT, SIBLING, assert_audit_stands, assert_not_found, audited, decide, refusal, reviewer, row,
};
use crate::testing::{House, both};

const NUMBER: &str = "430111199003079988";

/// Somebody whose record 雨花区 has.
async fn person(house: &House) -> Visit {
    collected(house, NUMBER, "13900001234").await
}

/// The house with other terms.
fn ruling(mut house: House, change: impl Fn(&mut TransferRules)) -> House {
    let mut province = (*house.services.province("hunan").unwrap()).clone();
    change(province.profile.transfer.as_mut().unwrap());
    house.services = house.services.with(|rooms| rooms.provinces = Arc::new([("hunan".to_owned(), Arc::new(province))].into()));
    house
}

async fn view(visit: &Visit, to: &str) -> TransferView {
    transfer_view(visit, to).await.unwrap()
}

fn form(to: &str, reason: &str, key: &str) -> TransferForm {
    TransferForm {
        to: to.into(),
        reason: reason.into(),
        employer_name: "长沙另一有限公司".into(),
        agreed: "yes".into(),
        request_key: key.into(),
        ..TransferForm::default()
    }
}

fn paper(shade: u8) -> Option<Proof> {
    Some(Proof { name: "证明.jpg".into(), bytes: Ok(intake::picture(shade)) })
}

/// A transfer to the neighbour that waits; answers its case.
async fn waiting(visit: &Visit) -> CaseId {
    apply_transfer(visit, &form(SIBLING, "employed", "k1"), paper(20)).await.unwrap();
    newest(visit, KIND).await.id
}

async fn newest(visit: &Visit, kind: CaseKind) -> CaseRow {
    let mut reader = visit.services.db.read().await.unwrap();
    reader.find_latest_case(visit.account().unwrap(), kind).await.unwrap().unwrap()
}

async fn record(visit: &Visit) -> RecordRow {
    let mut reader = visit.services.db.read().await.unwrap();
    reader.find_record(visit.account().unwrap()).await.unwrap().unwrap()
}

/// What the record says to a question.
async fn on_file(visit: &Visit, item: &str) -> String {
    let body = RecordBody::open(&visit.services, &record(visit).await).unwrap();
    body.answers.get(item).unwrap_or_default().to_owned()
}

/// Where a case is: its status, its seat and its bureau.
fn place(row: &CaseRow) -> (Status, i64, &str) {
    (row.status, row.seat, row.bureau.as_ref().unwrap().as_str())
}

fn day(text: &str) -> Option<NaiveDate> {
    domain::date::parse_date(text)
}

async fn agree(house: &House, visit: &Visit, id: &CaseId) -> Result<Answer, Failure> {
    decide(visit, id, row(house, id).await.version, "approve").await
}

async fn refuse(house: &House, visit: &Visit, id: &CaseId, reason: &str) {
    let version = row(house, id).await.version.to_string();
    let form = DecideForm { case: id.to_string(), version, decision: "return".into(), reason: reason.into() };
    crate::review::decide(visit, &form).await.unwrap();
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
