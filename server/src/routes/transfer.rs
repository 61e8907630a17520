//! 调转 of a person: a plain page, the form with its proof in one post, and 取消. Beside it what has left a bureau.

use app::plain::transfer::{Typed, left as left_page, transfer};
use app::ui::sentence;
use axum::Form;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::rejection::FormRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::answer::{Answer, Flash};
use domain::case::Refusal;
use domain::fault::Fault;
use domain::transfer::forms::{DropTransferForm, TransferForm};
use serde::Deserialize;
use service::{Failure, Visit};

use super::certificate::style;
use super::import::{page, refused};
use super::proof::{READING, read, words};
use super::upload::see;
use super::{Asking, answer, line_name, to_login};
use crate::router::House;

/// The form in the memo of a session.
const FORM: &str = "transfer";
const BUSY: &str = "现在办理的人较多，没有受理，请稍候重新选择文件再试。";

/// What the page was asked for with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Came {
    /// The bureau that was chosen.
    to: String,
    trouble: String,
    /// The kind of what has to wait for this, as a code.
    before: String,
}

/// What 取消 sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    version: String,
}

/// Where one may go, or where the transfer stands.
pub async fn show(State(house): State<House>, Asking(visit): Asking, Query(came): Query<Came>) -> Response {
    // What was typed when a session had ended.
    let left = match visit.take_flash(FORM).await {
        Ok(left) => left,
        Err(failure) => return answer(&failure),
    };
    let form = left.as_ref().map(Flash::refill::<TransferForm>);
    let to = form.as_ref().map_or(came.to, |form| form.to.clone());
    let given_back = left.and_then(|left| left.answer.refusal).map(|refusal| sentence::refusal(&refusal));
    let trouble = given_back.or_else(|| (came.trouble == "busy").then(|| BUSY.to_owned()));
    let before = line_name(&visit, &came.before);
    shown(&house, &visit, StatusCode::OK, &to, Typed { form, trouble, before, ..Typed::default() }).await
}

async fn shown(house: &House, visit: &Visit, status: StatusCode, to: &str, typed: Typed) -> Response {
    match service::transfer::transfer_view(visit, to).await {
        Ok(view) => page(status, transfer(&visit.province.profile, &style(house), view, typed)),
        Err(failure) => turned_away(house, visit, &failure),
    }
}

fn here(visit: &Visit) -> String {
    format!("/{}/transfer", visit.province.profile.key)
}

/// Who is not signed in is led to where one does that, and back.
fn turned_away(house: &House, visit: &Visit, failure: &Failure) -> Response {
    match failure {
        Failure::Refused(Refusal::SignInAgain) => to_login(house, visit, &here(visit), "1"),
        other => answer(other),
    }
}

/// What was typed waits for whoever typed it; the file is chosen anew.
async fn left(house: &House, visit: &Visit, form: TransferForm) -> Response {
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

/// The form as it was typed, with what keeps it from being handed in.
async fn troubled(house: &House, visit: &Visit, (status, text): (StatusCode, String), form: TransferForm) -> Response {
    let to = form.to.clone();
    shown(house, visit, status, &to, Typed { form: Some(form), trouble: Some(text), ..Typed::default() }).await
}

/// A transfer with its proof.
pub async fn receive(State(house): State<House>, Asking(visit): Asking, form: Result<Multipart, MultipartRejection>) -> Response {
    // Of whoever may not nothing is read, but for what somebody typed whose session has ended.
    match service::transfer::transfer_view(&visit, "").await {
        Ok(_) => {}
        Err(Failure::Refused(Refusal::SignInAgain)) => return left(&house, &visit, words(form, &[]).await).await,
        Err(failure) => return answer(&failure),
    }
    let Ok(turn) = READING.try_acquire() else {
        let busy = (StatusCode::SERVICE_UNAVAILABLE, BUSY.to_owned());
        return troubled(&house, &visit, busy, words(form, &[]).await).await;
    };
    let (form, proof): (TransferForm, _) = read(form, &[]).await;
    let outcome = service::transfer::apply_transfer(&visit, &form, proof).await;
    drop(turn);
    let trouble = match outcome {
        Ok(_) => return see(&here(&visit)),
        Err(Failure::Invalid(errors)) if errors.of("to").is_some() => {
            (StatusCode::UNPROCESSABLE_ENTITY, "请重新选择调入财政局。".to_owned())
        }
        Err(Failure::Invalid(errors)) => {
            let faults = errors.0.iter().map(|error| said(&error.field, &error.fault)).collect();
            let to = form.to.clone();
            let typed = Typed { form: Some(form), faults, ..Typed::default() };
            return shown(&house, &visit, StatusCode::UNPROCESSABLE_ENTITY, &to, typed).await;
        }
        Err(Failure::Refused(Refusal::SignInAgain)) => return left(&house, &visit, form).await,
        Err(failure) => match why(&failure) {
            Some(trouble) => trouble,
            None => return answer(&failure),
        },
    };
    troubled(&house, &visit, trouble, form).await
}

/// What the page says of a transfer that the rules keep from being handed in or cancelled.
fn why(failure: &Failure) -> Option<(StatusCode, String)> {
    Some(match failure {
        Failure::Refused(Refusal::NotComplete | Refusal::NotYours) => {
            (StatusCode::CONFLICT, "还有其他业务正在办理，或者在本省没有档案，现在不能申请调转。".to_owned())
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
        ("reason", _) => ("reason", "请选择调转原因".into()),
        ("employer_name", _) => ("employer_name", sentence::fault("调入单位", fault)),
        ("remark", _) => ("remark", sentence::fault("备注", fault)),
        ("agreed", _) => ("agreed", "请先阅读并勾选承诺".into()),
        (_, Fault::FileMissing) => ("proof", "请选择证明材料的文件；改正其他内容后也要重新选择".into()),
        (_, _) => ("proof", sentence::fault("证明材料", fault)),
    }
}

/// 取消.
pub async fn cancel(State(house): State<House>, Asking(visit): Asking, sent: Result<Form<Sent>, FormRejection>) -> Response {
    let Sent { version } = sent.map(|Form(sent)| sent).unwrap_or_default();
    match service::transfer::drop_transfer(&visit, &DropTransferForm { version }).await {
        Ok(_) => see(&here(&visit)),
        Err(failure) => match why(&failure) {
            Some((status, text)) if !matches!(failure, Failure::Refused(Refusal::SignInAgain)) => {
                shown(&house, &visit, status, "", Typed { trouble: Some(text), ..Typed::default() }).await
            }
            _ => turned_away(&house, &visit, &failure),
        },
    }
}

/// What has left the bureau of whoever asks.
pub async fn list(State(house): State<House>, Asking(visit): Asking) -> Response {
    match service::transfer::left_view(&visit).await {
        Ok(view) => page(StatusCode::OK, left_page(&visit.province.profile, &style(&house), view)),
        Err(Failure::Refused(Refusal::SignInAgain)) => {
            to_login(&house, &visit, &format!("/{}/staff/transfers", visit.province.profile.key), "1")
        }
        Err(failure) => refused(&visit, &failure),
    }
}
