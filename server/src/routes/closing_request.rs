//! 档案关闭申请 of a person: a plain page, the form with its proof in one post, and 取消.

use app::plain::closing_request::{Typed, closing_request};
use app::ui::sentence;
use axum::Form;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::rejection::FormRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::answer::{Answer, Flash};
use domain::case::Refusal;
use domain::closing::asked::{DropRequestForm, RequestForm};
use domain::fault::Fault;
use serde::Deserialize;
use service::{Failure, Visit};

use super::certificate::style;
use super::import::page;
use super::proof::{READING, read, words};
use super::upload::see;
use super::{Asking, answer, to_login};
use crate::router::House;

/// The form in the memo of a session.
const FORM: &str = "closing_request";
const BUSY: &str = "现在办理的人较多，没有受理，请稍候重新选择文件再试。";

/// What the page was asked for with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Came {
    trouble: String,
}

/// What 取消 sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    version: String,
}

/// The form, or where the request stands.
pub async fn show(State(house): State<House>, Asking(visit): Asking, Query(came): Query<Came>) -> Response {
    // What was typed when a session had ended.
    let left = match visit.take_flash(FORM).await {
        Ok(left) => left,
        Err(failure) => return answer(&failure),
    };
    let form = left.as_ref().map(Flash::refill::<RequestForm>);
    let given_back = left.and_then(|left| left.answer.refusal).map(|refusal| sentence::refusal(&refusal));
    let trouble = given_back.or_else(|| (came.trouble == "busy").then(|| BUSY.to_owned()));
    shown(&house, &visit, StatusCode::OK, Typed { form, trouble, ..Typed::default() }).await
}

async fn shown(house: &House, visit: &Visit, status: StatusCode, typed: Typed) -> Response {
    match service::closing::request_view(visit).await {
        Ok(view) => page(status, closing_request(&visit.province.profile, &style(house), view, typed)),
        Err(failure) => turned_away(house, visit, &failure),
    }
}

fn here(visit: &Visit) -> String {
    format!("/{}/closing", visit.province.profile.key)
}

/// Who is not signed in is led to where one does that, and back.
fn turned_away(house: &House, visit: &Visit, failure: &Failure) -> Response {
    match failure {
        Failure::Refused(Refusal::SignInAgain) => to_login(house, visit, &here(visit), "1"),
        other => answer(other),
    }
}

/// What was typed waits for whoever typed it; the file is chosen anew.
async fn left(house: &House, visit: &Visit, form: RequestForm) -> Response {
    let flash = Flash::of(FORM, &form, Answer::default());
    let kept = match flash.values.values().all(String::is_empty) {
        true => Ok(false),
        false => visit.leave_form(&here(visit), flash).await,
    };
    match kept {
        Ok(is_kept) => to_login(house, visit, &here(visit), if is_kept { "kept" } else { "1" }),
        Err(failure) => answer(&failure),
    }
}

/// A request with its proof.
pub async fn receive(State(house): State<House>, Asking(visit): Asking, form: Result<Multipart, MultipartRejection>) -> Response {
    // Of whoever may not nothing is read, but for what somebody typed whose session has ended.
    match service::closing::request_view(&visit).await {
        Ok(_) => {}
        Err(Failure::Refused(Refusal::SignInAgain)) => return left(&house, &visit, words(form, &[]).await).await,
        Err(failure) => return answer(&failure),
    }
    let Ok(turn) = READING.try_acquire() else {
        let typed = Typed { form: Some(words(form, &[]).await), trouble: Some(BUSY.to_owned()), ..Typed::default() };
        return shown(&house, &visit, StatusCode::SERVICE_UNAVAILABLE, typed).await;
    };
    let (form, proof): (RequestForm, _) = read(form, &[]).await;
    let outcome = service::closing::ask_closing(&visit, &form, proof).await;
    drop(turn);
    match outcome {
        Ok(_) => see(&here(&visit)),
        Err(Failure::Invalid(errors)) => {
            let faults = errors.0.iter().map(|error| said(&error.field, &error.fault)).collect();
            let typed = Typed { form: Some(form), faults, ..Typed::default() };
            shown(&house, &visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
        Err(Failure::Refused(Refusal::SignInAgain)) => left(&house, &visit, form).await,
        Err(failure) => match why(&failure) {
            Some((status, text)) => {
                shown(&house, &visit, status, Typed { form: Some(form), trouble: Some(text), ..Typed::default() }).await
            }
            None => answer(&failure),
        },
    }
}

/// What the page says of a request that the rules keep from being handed in or cancelled.
fn why(failure: &Failure) -> Option<(StatusCode, String)> {
    Some(match failure {
        Failure::Refused(Refusal::NotComplete | Refusal::NotYours) => {
            (StatusCode::CONFLICT, "在本省没有档案，或者档案已经关闭，不用申请。".to_owned())
        }
        Failure::Refused(refusal @ Refusal::TooOften { .. }) => (StatusCode::TOO_MANY_REQUESTS, sentence::refusal(refusal)),
        Failure::Refused(refusal) => (StatusCode::FORBIDDEN, sentence::refusal(refusal)),
        Failure::Stale => (StatusCode::CONFLICT, "情况有变化，没有办理。请核对下面的最新情况。".to_owned()),
        Failure::Busy => (StatusCode::SERVICE_UNAVAILABLE, BUSY.to_owned()),
        _ => return None,
    })
}

/// The field of the form, and what is wrong with it in a sentence.
fn said(field: &str, fault: &Fault) -> (&'static str, String) {
    match (field, fault) {
        ("cause", _) => ("cause", "请选择关闭原因".into()),
        ("since", _) => ("since", sentence::fault("发生日期", fault)),
        ("note", _) => ("note", sentence::fault("说明", fault)),
        ("agreed", _) => ("agreed", "请先阅读并勾选承诺".into()),
        (_, Fault::FileMissing) => ("proof", "离退休的请选择退休证或者退休证明的文件；改正其他内容后也要重新选择".into()),
        (_, _) => ("proof", sentence::fault("证明材料", fault)),
    }
}

/// 取消.
pub async fn cancel(State(house): State<House>, Asking(visit): Asking, sent: Result<Form<Sent>, FormRejection>) -> Response {
    let Sent { version } = sent.map(|Form(sent)| sent).unwrap_or_default();
    match service::closing::drop_request(&visit, &DropRequestForm { version }).await {
        Ok(_) => see(&here(&visit)),
        Err(failure) => match why(&failure) {
            Some((status, text)) if !matches!(failure, Failure::Refused(Refusal::SignInAgain)) => {
                shown(&house, &visit, status, Typed { trouble: Some(text), ..Typed::default() }).await
            }
            _ => turned_away(&house, &visit, &failure),
        },
    }
}
