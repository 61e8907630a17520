//! 跨省调转 of a person: a plain page, its forms, the package as a file, and the file that somebody brings.

use app::plain::relocation::{Came, relocation};
use app::ui::sentence;
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::extract::rejection::FormRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use domain::case::Refusal;
use domain::fault::{Fault, FieldError};
use domain::id::CaseId;
use domain::relocation::forms::{DepartureForm, DropDepartureForm};
use domain::relocation::{LARGEST, NotReceived};
use serde::Deserialize;
use service::{Failure, Visit};

use super::certificate::style;
use super::import::page;
use super::left::{back, leave, not_taken};
use super::upload::see;
use super::{Asking, FromHere, answer, line_name, to_login};
use crate::router::House;

/// The form in the memo of a session.
const FORM: &str = "departure";
/// The most that is read of a post with a package.
const MOST: usize = LARGEST + 64 * 1024;
/// The most that a text of the form may hold, in bytes.
const LONGEST_TEXT: usize = 8 * 1024;
/// More parts than this the form does not have.
const PARTS: usize = 8;
const BUSY: &str = "现在办理的人较多，没有受理，请稍候重新选择文件再试。";
/// Whoever keeps the recipients asks again soon after a rotation.
const KEYS_FOR: &str = "public, max-age=300";

/// What the page was asked for with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `yes` where a package was taken a moment ago.
    taken: String,
    trouble: String,
    /// The kind of what has to wait for this, as a code.
    before: String,
}

/// What is sent, whichever form it is.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    /// Which of the forms.
    act: String,
    destination: String,
    reason: String,
    agreed: String,
    request_key: String,
    version: String,
    case: String,
}

/// Where one stands, and the forms.
pub async fn show(State(house): State<House>, Asking(visit): Asking, Query(asked): Query<Asked>) -> Response {
    // What was typed when a session had ended.
    let (form, given_back) = match back(&visit, FORM).await {
        Ok(left) => left,
        Err(failure) => return answer(&failure),
    };
    let trouble = given_back.or_else(|| (asked.trouble == "busy").then(|| BUSY.to_owned()));
    let before = line_name(&visit, &asked.before);
    let came = Came { form, is_taken: asked.taken == "yes", trouble, before, ..Came::default() };
    shown(&house, &visit, StatusCode::OK, came).await
}

async fn shown(house: &House, visit: &Visit, status: StatusCode, came: Came) -> Response {
    match service::relocation::relocation_view(visit).await {
        Ok(view) => page(status, relocation(&visit.province.profile, &style(house), view, came)),
        Err(failure) => refused(house, visit, &failure),
    }
}

fn here(visit: &Visit) -> String {
    format!("/{}/relocation", visit.province.profile.key)
}

/// Who is not signed in is led to where one does that, and back.
fn refused(house: &House, visit: &Visit, failure: &Failure) -> Response {
    match failure {
        Failure::Refused(Refusal::SignInAgain) => to_login(house, visit, &here(visit), "1"),
        other => answer(other),
    }
}

/// One of the forms.
pub async fn act(State(house): State<House>, Asking(visit): Asking, sent: Result<Form<Sent>, FormRejection>) -> Response {
    let sent = sent.map(|Form(sent)| sent).unwrap_or_default();
    match sent.act.as_str() {
        "submit" => submit(&house, &visit, sent).await,
        "cancel" => {
            let form = DropDepartureForm { version: sent.version };
            match service::relocation::cancel_departure(&visit, &form).await {
                Ok(_) => see(&here(&visit)),
                Err(failure) => troubled(&house, &visit, Came::default(), &failure).await,
            }
        }
        "pack" => match service::relocation::make_file(&visit).await {
            Ok(secret) => shown(&house, &visit, StatusCode::OK, Came { made: Some(secret), ..Came::default() }).await,
            Err(failure) => troubled(&house, &visit, Came::default(), &failure).await,
        },
        "take" => {
            let taken = service::relocation::take_over(&visit, &CaseId::from(sent.case.as_str())).await;
            received(&house, &visit, taken).await
        }
        "papers" => match service::relocation::bring_papers(&visit).await {
            Ok(()) => see(&here(&visit)),
            Err(failure) => troubled(&house, &visit, Came::default(), &failure).await,
        },
        _ => see(&here(&visit)),
    }
}

async fn submit(house: &House, visit: &Visit, sent: Sent) -> Response {
    let Sent { destination, reason, agreed, request_key, .. } = sent;
    let form = DepartureForm { destination, reason, agreed, request_key };
    match service::relocation::depart(visit, &form).await {
        Ok(_) => see(&here(visit)),
        Err(Failure::Invalid(errors)) => {
            let faults = errors.0.iter().map(said).collect();
            shown(house, visit, StatusCode::UNPROCESSABLE_ENTITY, Came { form: Some(form), faults, ..Came::default() }).await
        }
        Err(Failure::Refused(Refusal::SignInAgain)) if !(form.destination.is_empty() && form.reason.is_empty()) => {
            leave(house, visit, &here(visit), (FORM, &form)).await
        }
        Err(failure) => troubled(house, visit, Came { form: Some(form), ..Came::default() }, &failure).await,
    }
}

/// The page as it is now, with what keeps something from being done.
async fn troubled(house: &House, visit: &Visit, came: Came, failure: &Failure) -> Response {
    let (status, text) = match failure {
        Failure::Refused(Refusal::SignInAgain) => return to_login(house, visit, &here(visit), "1"),
        Failure::Refused(Refusal::NotComplete) => {
            (StatusCode::CONFLICT, "还有业务没有办结，或者在本省没有档案，现在不能申请调出。".to_owned())
        }
        Failure::Refused(refusal @ Refusal::TooOften { .. }) => (StatusCode::TOO_MANY_REQUESTS, sentence::refusal(refusal)),
        Failure::Refused(refusal) => (StatusCode::FORBIDDEN, sentence::refusal(refusal)),
        Failure::Stale => (StatusCode::CONFLICT, "情况有变化，没有办理。请核对下面的最新情况。".to_owned()),
        other => match not_taken(other) {
            Some(said) => said,
            None => return answer(other),
        },
    };
    shown(house, visit, status, Came { trouble: Some(text), ..came }).await
}

/// The field of the form, and what is wrong with it in a sentence.
fn said(error: &FieldError) -> (&'static str, String) {
    match (error.field.as_str(), &error.fault) {
        ("destination", _) => ("destination", "请选择调往的地区".into()),
        ("reason", fault) => ("reason", sentence::fault("调出原因", fault)),
        (_, Fault::NotAgreed) => ("agreed", "请先阅读并勾选承诺".into()),
        (_, fault) => ("agreed", sentence::fault("承诺", fault)),
    }
}

/// The package of a departure.
pub async fn download(_: FromHere, State(house): State<House>, Asking(visit): Asking) -> Response {
    match service::relocation::download(&visit).await {
        Ok((name, bytes)) => {
            let head = [
                (CONTENT_TYPE, "application/octet-stream".to_owned()),
                (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
                (CACHE_CONTROL, "private, no-store".to_owned()),
            ];
            (head, bytes).into_response()
        }
        Err(failure) => refused(&house, &visit, &failure),
    }
}

/// A package that somebody brings, with its passphrase where it has one.
pub async fn receive(State(house): State<House>, Asking(visit): Asking, form: Result<Multipart, MultipartRejection>) -> Response {
    // Of whoever may not nothing is read.
    if let Err(failure) = service::relocation::relocation_view(&visit).await {
        return refused(&house, &visit, &failure);
    }
    let read = match form {
        Ok(form) => read(form).await.ok(),
        Err(_) => None,
    };
    let Some((file, passphrase)) = read else {
        return received(&house, &visit, Ok(Err(NotReceived::NotAPackage))).await;
    };
    let outcome = service::relocation::receive(&visit, file, &passphrase).await;
    received(&house, &visit, outcome).await
}

async fn received(house: &House, visit: &Visit, outcome: Result<Result<(), NotReceived>, Failure>) -> Response {
    match outcome {
        Ok(Ok(())) => match service::relocation::bring_papers(visit).await {
            // From another server no papers come along, as the page says.
            Ok(()) | Err(Failure::NotFound) => see(&format!("{}?taken=yes", here(visit))),
            Err(failure) => troubled(house, visit, Came { is_taken: true, ..Came::default() }, &failure).await,
        },
        Ok(Err(why)) => {
            shown(house, visit, StatusCode::UNPROCESSABLE_ENTITY, Came { refused: Some(why), ..Came::default() }).await
        }
        Err(failure) => troubled(house, visit, Came::default(), &failure).await,
    }
}

/// The file and the passphrase.
async fn read(mut parts: Multipart) -> Result<(Vec<u8>, String), MultipartError> {
    let (mut file, mut passphrase) = (Vec::new(), String::new());
    for _ in 0..PARTS {
        let Some(field) = parts.next_field().await? else { break };
        match field.name().unwrap_or_default() {
            "package" => file = bytes(field, MOST).await?,
            "passphrase" => passphrase = String::from_utf8_lossy(&bytes(field, LONGEST_TEXT).await?).into_owned(),
            _ => {}
        }
    }
    Ok((file, passphrase))
}

async fn bytes(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, MultipartError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        bytes.extend_from_slice(&chunk[..chunk.len().min(most - bytes.len())]);
    }
    Ok(bytes)
}

/// What packages to each province here are locked for, so that other servers can name it in `provinces/data/places.toml`.
pub async fn recipients(State(house): State<House>) -> Response {
    match service::relocation::recipients(&house.services) {
        Ok(recipients) => ([(CACHE_CONTROL, KEYS_FOR)], Json(recipients)).into_response(),
        Err(failure) => answer(&failure),
    }
}
