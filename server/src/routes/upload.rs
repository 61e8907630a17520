//! 材料上传: an ordinary multipart form with a limit while reading, for browsers with and without scripts.

use axum::Json;
use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::extract::{Path, Query, State};
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::case::Refusal;
use domain::fault::Fault;
use domain::id::CaseId;
use domain::intake::Back;
use domain::intake::view::UploadAnswer;
use service::{Failure, Visit};

use super::{Asking, answer, to_login};
use crate::router::House;

/// The most that is read of a post, beyond every limit of a slot.
pub const MOST: usize = 11 * 1024 * 1024;

/// The most that is read of a remark, in bytes: beyond every remark that a page sends.
const MOST_OF_A_REMARK: usize = 2048;

/// The page whose form it is, where that is not the page of the files.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct Opened {
    back: String,
}

/// What a form carries.
#[derive(Default)]
pub(super) struct Sent {
    pub name: String,
    pub bytes: Vec<u8>,
    pub remark: String,
}

/// A file for a slot.
pub async fn upload(
    State(house): State<House>,
    Asking(visit): Asking,
    Path((key, slot)): Path<(String, String)>,
    Query(opened): Query<Opened>,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let wants_page = headers.get(ACCEPT).and_then(|a| a.to_str().ok()).is_some_and(|accept| accept.contains("text/html"));
    let page = format!("/{key}/intake/{}", Back::parse(&opened.back).map_or("files", Back::as_str));
    if let Err(failure) = visit.filling_in() {
        return if wants_page { to_door(&house, &visit, &failure, &page) } else { to_script(Err(failure)) };
    }
    let outcome = match read(form).await {
        Read::File(sent) => service::intake::upload(&visit, &slot, &sent.name, sent.bytes, &sent.remark).await,
        read => service::intake::asks_for(&visit, &slot).await.map(|()| read.answer(|| too_big(&visit, &slot))),
    };
    if wants_page { to_page((&house, &visit), &page, (&slot, slot.clone()), outcome).await } else { to_script(outcome) }
}

/// A proof for a slot of a case of one's own: a conversion, the claim of an employer.
pub async fn upload_proof(
    State(house): State<House>,
    Asking(visit): Asking,
    Path((key, case, slot)): Path<(String, String, String)>,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let wants_page = headers.get(ACCEPT).and_then(|a| a.to_str().ok()).is_some_and(|accept| accept.contains("text/html"));
    if let Err(failure) = visit.account() {
        // Of whose case it is, and of what kind, nobody is told who has not signed in: the browser says where it was.
        let page = app::request::sent_from(&headers).unwrap_or_else(|| format!("/{key}/learning/conversions/{case}"));
        return if wants_page { to_door(&house, &visit, &failure, &page) } else { to_script(Err(failure)) };
    }
    let id = CaseId::from(case.as_str());
    let outcome = match read(form).await {
        Read::File(sent) => service::case::upload_proof(&visit, &id, &slot, (&sent.name, &sent.remark), sent.bytes).await,
        // A fault is remembered by the case and the slot, which therefore have to be there.
        read => service::case::asks_for_proof(&visit, &id, &slot)
            .await
            .map(|max| read.answer(|| Fault::FileTooBig { max, bytes: u32::try_from(MOST).unwrap_or(u32::MAX) })),
    };
    if !wants_page {
        return to_script(outcome);
    }
    match service::case::page_of(&visit, &id).await {
        Ok(page) => to_page((&house, &visit), &page, (&slot, service::case::fault_name(&id, &slot)), outcome).await,
        Err(failure) => answer(&failure),
    }
}

/// What came of reading a form.
pub(super) enum Read {
    File(Sent),
    /// No file was chosen.
    Nothing,
    TooBig,
    /// It ended before its end, or is no such form: on its way something got lost.
    BrokeOff,
    /// It could not be read again from where we kept it.
    Broken,
}

impl Read {
    /// What is said where no file came of it. Who chose one is not told that they did not.
    pub(super) fn answer(&self, too_big: impl FnOnce() -> Fault) -> UploadAnswer {
        match self {
            Self::TooBig => UploadAnswer::Wrong(too_big()),
            Self::Broken => UploadAnswer::Busy,
            Self::BrokeOff => UploadAnswer::Wrong(Fault::FileCut),
            Self::File(_) | Self::Nothing => UploadAnswer::Wrong(Fault::FileMissing),
        }
    }

    fn failed(error: &MultipartError) -> Self {
        match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooBig,
            status if status.is_client_error() => Self::BrokeOff,
            _ => {
                tracing::error!(error = %error.body_text(), "what was uploaded could not be read again");
                Self::Broken
            }
        }
    }
}

/// The first file of a form, and the remark when one stands before it.
pub(super) async fn read(form: Result<Multipart, MultipartRejection>) -> Read {
    let Ok(form) = form else { return Read::BrokeOff };
    match first_file(form).await {
        Ok(Some(sent)) => Read::File(sent),
        Ok(None) => Read::Nothing,
        Err(error) => Read::failed(&error),
    }
}

async fn first_file(mut form: Multipart) -> Result<Option<Sent>, MultipartError> {
    let mut sent = Sent::default();
    while let Some(mut field) = form.next_field().await? {
        let is_file = match field.name() {
            Some("file") => true,
            Some("remark") => false,
            _ => continue,
        };
        let most = if is_file { MOST } else { MOST_OF_A_REMARK };
        let name = field.file_name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await? {
            bytes.extend_from_slice(&chunk[..chunk.len().min(most - bytes.len())]);
        }
        if is_file {
            let is_empty = name.is_empty() && bytes.is_empty();
            return Ok((!is_empty).then_some(Sent { name, bytes, ..sent }));
        }
        sent.remark = String::from_utf8_lossy(&bytes).into_owned();
    }
    Ok(None)
}

/// Where somebody begins anew whose session is over: at the sign-in, which leads back to the page, or at the counter.
pub(super) fn to_door(house: &House, visit: &Visit, failure: &Failure, page: &str) -> Response {
    match failure {
        Failure::Refused(Refusal::ActingOver) => see(&format!("/{}/staff/counter?again=acting", visit.province_key())),
        _ => to_login(house, visit, page, "1"),
    }
}

fn too_big(visit: &Visit, slot: &str) -> Fault {
    let max = visit.province.profile.intake_line().attachment(slot).map_or(0, |rules| rules.max_upload());
    Fault::FileTooBig { max, bytes: u32::try_from(MOST).unwrap_or(u32::MAX) }
}

pub(super) fn to_script(outcome: Result<UploadAnswer, Failure>) -> Response {
    let (status, said) = match outcome {
        Ok(said) => (StatusCode::OK, said),
        // Scripts read the words of the answer whatever the status; everybody else reads the status.
        Err(Failure::Refused(Refusal::SignInAgain)) => (StatusCode::UNAUTHORIZED, UploadAnswer::Refused(Refusal::SignInAgain)),
        Err(Failure::Refused(refusal)) => (StatusCode::OK, UploadAnswer::Refused(refusal)),
        Err(Failure::Busy) => (StatusCode::OK, UploadAnswer::Busy),
        Err(other) => return answer(&other),
    };
    (status, Json(said)).into_response()
}

/// `place` is what the session remembers a fault by.
async fn to_page(
    (house, visit): (&House, &Visit),
    page: &str,
    (slot, place): (&str, String),
    outcome: Result<UploadAnswer, Failure>,
) -> Response {
    let fault = match outcome {
        Ok(UploadAnswer::Kept(_)) => return see(&format!("{page}#slot-{slot}")),
        Ok(UploadAnswer::Wrong(fault)) => fault,
        Ok(UploadAnswer::Refused(refusal @ (Refusal::SignInAgain | Refusal::ActingOver)))
        | Err(Failure::Refused(refusal @ (Refusal::SignInAgain | Refusal::ActingOver))) => {
            return to_door(house, visit, &refusal.into(), page);
        }
        Ok(UploadAnswer::Busy) | Err(Failure::Busy) => {
            let glue = if page.contains('?') { '&' } else { '?' };
            return see(&format!("{page}{glue}trouble=busy"));
        }
        Ok(UploadAnswer::Refused(refusal)) | Err(Failure::Refused(refusal)) => {
            return match visit.remember(|memo| memo.upload_refusal = Some(refusal)).await {
                Ok(()) => see(page),
                Err(failure) => answer(&failure),
            };
        }
        Err(failure) => return answer(&failure),
    };
    match visit.remember(move |memo| memo.upload_faults.keep(place, fault)).await {
        Ok(()) => see(&format!("{page}#slot-{slot}")),
        Err(failure) => answer(&failure),
    }
}

pub(super) fn see(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [("location", path)]).into_response()
}
