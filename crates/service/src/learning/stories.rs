//! Stories of 继续教育 and 学分折算, each on both engines.

mod classes;
mod conversions;
mod corrections;
mod desk;
mod ends;
mod entries;
mod imported;
mod inspections;
mod top_ups;
mod years;

use std::collections::BTreeMap;

use domain::answer::Answer;
use domain::case::{CaseKind, Refusal, Status};
use domain::form::Typed;
use domain::id::CaseId;
use domain::intake::view::UploadAnswer;
use domain::learning::forms::{ConvertForm, DropForm};
use domain::learning::view::ConversionView;
use domain::learning::{CreditEntry, NotConverted};
use domain::review::forms::RevokeForm;
use store::case::file::CaseRow;

use super::{Saving, conversion_view, save_conversion, start_conversion, submit_conversion};
use crate::case::upload_proof;
use crate::intake::stories as intake;
use crate::review::stories::{DISTRICT, decide, reviewer, row};
use crate::testing::House;
use crate::{Failure, Visit};

/// A paper in a journal by one author: 30 credits.
const PAPER: &[(&str, &str)] = &[
    ("title", "中小企业存货核算"),
    ("journal", "会计之友"),
    ("cn", "CN14-1063/F"),
    ("role", "sole"),
    ("published_on", "2026-09"),
];

/// A year of a degree: 90 credits, however many courses.
const DEGREE: &[(&str, &str)] =
    &[("option", "bachelor"), ("school", "湖南大学"), ("major", "会计学"), ("course", "财务管理"), ("passed_on", "2026-07-10")];

fn typed(values: &[(&str, &str)]) -> Typed {
    Typed(values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
}

/// Somebody whose 信息采集 was approved.
async fn collected(house: &House) -> Visit {
    let visit = intake::zhang_san(house).await;
    intake::fill(&visit).await;
    intake::submit(&visit).await;
    let case = intake::case(&visit).await;
    let li = reviewer(house, DISTRICT, "李审核").await;
    decide(&li, &case.id, case.version, "approve").await.unwrap();
    house.again(&visit).await
}

/// The case that an answer leads to.
fn led_to(answer: &Answer) -> CaseId {
    let go = answer.go.as_deref().unwrap_or_default();
    CaseId::from(go.rsplit('/').next().unwrap_or_default())
}

async fn start(visit: &Visit, year: &str, kind: &str, values: &[(&str, &str)]) -> Result<CaseId, Failure> {
    let mut form = typed(values);
    form.0.extend([("year".to_owned(), year.to_owned()), ("kind".to_owned(), kind.to_owned())]);
    Ok(led_to(&start_conversion(visit, &form).await?))
}

/// A conversion with its answers and a picture in each of its slots, ready to be handed in.
async fn ready(visit: &Visit, kind: &str, values: &[(&str, &str)]) -> CaseId {
    let id = start(visit, "2026", kind, values).await.unwrap();
    prove(visit, &id).await;
    id
}

/// The same person after the window has shut, signed in anew.
async fn much_later(house: &House, visit: &Visit) -> Visit {
    house.clock.forward(chrono::Duration::days(120));
    let mut late = visit.clone();
    late.token = crate::Token::new(&house.services);
    let session = late.new_session(&late.token, Some(visit.account().unwrap()), None);
    house.services.db.write(move |tx| Box::pin(async move { tx.insert_session(&session).await })).await.unwrap();
    house.again(&late).await
}

async fn prove(visit: &Visit, id: &CaseId) {
    for slot in view(visit, id).await.slots {
        let kept = upload_proof(visit, id, &slot.rules.slot, ("证明.jpg", ""), intake::picture(9)).await.unwrap();
        assert!(matches!(kept, UploadAnswer::Kept(_)), "{kept:?}");
    }
}

async fn view(visit: &Visit, id: &CaseId) -> ConversionView {
    conversion_view(visit, id).await.unwrap()
}

/// 提交 of what was saved once, as a form that was proven and not changed since.
fn agreed(id: &CaseId, key: &str) -> ConvertForm {
    let (case, request_key) = (id.to_string(), key.into());
    ConvertForm { case, version: "1".into(), agreed: "yes".into(), remark: String::new(), request_key }
}

async fn hand_in(visit: &Visit, id: &CaseId) -> Result<Answer, Failure> {
    let seen = view(visit, id).await;
    let version = seen.version.to_string();
    submit_conversion(visit, &ConvertForm { version, ..agreed(id, &seen.request_key) }).await
}

/// Saves over what stands there.
async fn save(visit: &Visit, id: &CaseId, values: &[(&str, &str)]) -> Result<Answer, Failure> {
    let version = view(visit, id).await.version;
    save_conversion(visit, id, &typed(values), Saving { version, ..Saving::default() }).await
}

async fn approve(house: &House, id: &CaseId) -> Result<Answer, Failure> {
    let wang = reviewer(house, DISTRICT, "王审核").await;
    decide(&wang, id, row(house, id).await.version, "approve").await
}

async fn ledger(house: &House, visit: &Visit) -> Vec<CreditEntry> {
    house.services.db.read().await.unwrap().list_credits(visit.account().unwrap()).await.unwrap()
}

async fn revoking(house: &House, visit: &Visit, id: &CaseId, reason: &str) -> Result<Answer, Failure> {
    let version = row(house, id).await.version.to_string();
    crate::review::revoke(visit, &RevokeForm { case: id.to_string(), version, reason: reason.into() }).await
}

async fn drop(house: &House, visit: &Visit, id: &CaseId) -> Result<Answer, Failure> {
    let version = row(house, id).await.version.to_string();
    super::delete_conversion(visit, &DropForm { case: id.to_string(), version }).await
}

/// Why something is not converted.
fn why<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> NotConverted {
    match outcome {
        Err(Failure::Refused(Refusal::Conversion(why))) => why,
        other => panic!("{other:?}"),
    }
}

async fn titles(house: &House, visit: &Visit) -> Vec<String> {
    let mut reader = house.services.db.read().await.unwrap();
    let messages = reader.list_messages(visit.account().unwrap(), "~", 50).await.unwrap();
    messages.into_iter().map(|message| message.title).collect()
}

/// What the newest message of a title says.
async fn body(house: &House, visit: &Visit, title: &str) -> String {
    let mut reader = house.services.db.read().await.unwrap();
    let messages = reader.list_messages(visit.account().unwrap(), "~", 50).await.unwrap();
    messages.into_iter().find(|message| message.title == title).unwrap().body
}

async fn cases(house: &House, visit: &Visit) -> Vec<CaseRow> {
    house.services.db.read().await.unwrap().list_cases(visit.account().unwrap(), CaseKind::Conversion).await.unwrap()
}

/// The states of all conversions in the list, the newest first.
async fn states(visit: &Visit) -> Vec<(Status, String)> {
    let lines = super::conversions_view(visit).await.unwrap().lines;
    lines.into_iter().map(|line| (line.status, line.reason)).collect()
}

fn values_of(view: &ConversionView) -> BTreeMap<String, String> {
    view.answers.clone()
}
