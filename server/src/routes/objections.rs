//! 处罚异议 of a person: a plain page, and a form with the proofs in one post.

use app::plain::objections::{Typed, objections};
use app::ui::sentence;
use axum::Form;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::answer::{Answer, Flash};
use domain::case::Refusal;
use domain::fault::Fault;
use domain::integrity::objection::{ObjectionForm, WithdrawObjectionForm};
use serde::Deserialize;
use service::{Failure, Visit};

use super::certificate::style;
use super::import::page;
use super::left::not_taken;
use super::proof::{READING, read_all, words};
use super::upload::see;
use super::{Asking, answer, to_login};
use crate::router::House;

/// The form in the memo of a session.
const FORM: &str = "objection";
const BUSY: &str = "现在办理的人较多，没有受理，请稍候重新选择文件再试。";
const STALE: &str = "这件异议刚刚有了变化。下面是最新的情况，请核对后再办理。";

/// What the page was asked for with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Came {
    /// The case that recorded the penalty.
    of: String,
    /// 受理编号 of what was handed in a moment ago.
    done: String,
    trouble: String,
}

/// What the person objected to, and the form.
pub async fn list(State(house): State<House>, Asking(visit): Asking, Query(came): Query<Came>) -> Response {
    // What was typed when a session had ended.
    let left = match visit.take_flash(FORM).await {
        Ok(left) => left,
        Err(failure) => return answer(&failure),
    };
    let form = left.as_ref().map(Flash::refill::<ObjectionForm>);
    let of = form.as_ref().map_or(came.of, |form| form.of.clone());
    let given_back = left.and_then(|left| left.answer.refusal).map(|refusal| sentence::refusal(&refusal));
    let told = match came.trouble.as_str() {
        "busy" => Some(BUSY.to_owned()),
        "stale" => Some(STALE.to_owned()),
        _ => None,
    };
    let done = if domain::case::is_case_number(&came.done) { came.done } else { String::new() };
    shown(&house, &visit, StatusCode::OK, &of, Typed { form, trouble: given_back.or(told), done, ..Typed::default() }).await
}

async fn shown(house: &House, visit: &Visit, status: StatusCode, of: &str, typed: Typed) -> Response {
    match service::integrity::objections_view(visit, of).await {
        Ok(view) => page(status, objections(&visit.province.profile, &style(house), view, typed)),
        Err(Failure::Refused(Refusal::SignInAgain)) => to_login(house, visit, &here(visit, of), "1"),
        Err(failure) => answer(&failure),
    }
}

fn here(visit: &Visit, of: &str) -> String {
    let key = visit.province_key();
    if of.is_empty() { format!("/{key}/objections") } else { format!("/{key}/objections?of={of}") }
}

/// The form as it was typed, to be sent again a moment later.
async fn busy(house: &House, visit: &Visit, form: ObjectionForm) -> Response {
    let of = form.of.clone();
    let typed = Typed { form: Some(form), trouble: Some(BUSY.to_owned()), ..Typed::default() };
    shown(house, visit, StatusCode::SERVICE_UNAVAILABLE, &of, typed).await
}

/// What was typed waits for whoever typed it; the files are chosen anew.
async fn left(house: &House, visit: &Visit, form: ObjectionForm) -> Response {
    let (flash, page) = (Flash::of(FORM, &form, Answer::default()), here(visit, &form.of));
    let kept = match form.reasons.is_empty() {
        true => Ok(false),
        false => visit.leave_form(&page, flash).await,
    };
    match kept {
        Ok(is_kept) => to_login(house, visit, &page, if is_kept { "kept" } else { "1" }),
        Err(failure) => answer(&failure),
    }
}

/// An objection with its proofs.
pub async fn receive(State(house): State<House>, Asking(visit): Asking, form: Result<Multipart, MultipartRejection>) -> Response {
    // Of whoever may not nothing is read, but for what somebody typed whose session has ended.
    match service::integrity::objections_view(&visit, "").await {
        Ok(_) => {}
        Err(Failure::Refused(Refusal::SignInAgain)) => return left(&house, &visit, words(form, &[]).await).await,
        Err(failure) => return answer(&failure),
    }
    let Ok(turn) = READING.try_acquire() else { return busy(&house, &visit, words(form, &[]).await).await };
    let (form, proofs): (ObjectionForm, _) = read_all(form, &[]).await;
    let outcome = service::integrity::raise_objection(&visit, &form, proofs).await;
    drop(turn);
    let of = form.of.clone();
    let (status, typed) = match outcome {
        Ok(Answer { go: Some(path), .. }) => return see(&path),
        Ok(_) => return see(&here(&visit, "")),
        Err(Failure::Invalid(errors)) => {
            let faults = errors.0.iter().map(|error| said(&error.field, &error.fault)).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, Typed { form: Some(form), faults, ..Typed::default() })
        }
        Err(Failure::Busy) => return busy(&house, &visit, form).await,
        Err(Failure::Refused(Refusal::SignInAgain)) => return left(&house, &visit, form).await,
        Err(Failure::Refused(refusal)) => {
            (StatusCode::FORBIDDEN, Typed { form: Some(form), trouble: Some(sentence::refusal(&refusal)), ..Typed::default() })
        }
        Err(failure) => match not_taken(&failure) {
            Some((status, said)) => (status, Typed { form: Some(form), trouble: Some(said), ..Typed::default() }),
            None => return answer(&failure),
        },
    };
    shown(&house, &visit, status, &of, typed).await
}

/// The field of the form, and what is wrong with it in a sentence.
fn said(field: &str, fault: &Fault) -> (&'static str, String) {
    match (field, fault) {
        ("reasons", _) => ("reasons", sentence::fault("异议理由", fault)),
        (_, Fault::FileMissing) => ("proof", "请选择证明材料的文件；改正其他内容后也要重新选择".into()),
        (_, _) => ("proof", sentence::fault("证明材料", fault)),
    }
}

/// 取消 of an objection that nobody has answered.
pub async fn withdraw(State(house): State<House>, Asking(visit): Asking, Form(form): Form<WithdrawObjectionForm>) -> Response {
    match service::integrity::withdraw_objection(&visit, &form).await {
        Ok(Answer { go: Some(path), .. }) => see(&path),
        Ok(_) => see(&here(&visit, "")),
        Err(Failure::Refused(Refusal::SignInAgain)) => to_login(&house, &visit, &here(&visit, ""), "1"),
        Err(Failure::Stale | Failure::Refused(_)) => see(&format!("{}?trouble=stale", here(&visit, ""))),
        Err(failure) => answer(&failure),
    }
}
