//! 材料上传: an ordinary multipart form with a limit while reading, for browsers with and without scripts.

use axum::Json;
use axum::extract::Path;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::case::Refusal;
use domain::fault::Fault;
use domain::intake::view::UploadAnswer;
use service::{Failure, Visit};

use super::{Asking, answer};

/// The most that is read of a post, beyond every limit of a slot.
pub const MOST: usize = 11 * 1024 * 1024;

/// A file for a slot.
pub async fn upload(
    Asking(visit): Asking,
    Path((key, slot)): Path<(String, String)>,
    headers: HeaderMap,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Response {
    let wants_page = headers.get(ACCEPT).and_then(|a| a.to_str().ok()).is_some_and(|accept| accept.contains("text/html"));
    if let Err(failure) = visit.account() {
        return if wants_page { Redirect::to(&format!("/{key}/login?again=1")).into_response() } else { to_script(Err(failure)) };
    }
    let read = match form {
        Ok(form) => read(form).await,
        Err(_) => Ok(None),
    };
    let outcome = match read {
        Ok(Some((name, bytes))) => service::intake::upload(&visit, &slot, &name, bytes).await,
        Ok(None) => Ok(UploadAnswer::Wrong(Fault::FileMissing)),
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => Ok(UploadAnswer::Wrong(too_big(&visit, &slot))),
        Err(error) if error.status().is_client_error() => Ok(UploadAnswer::Wrong(Fault::FileMissing)),
        Err(error) => {
            tracing::error!(error = %error.body_text(), "what was uploaded could not be read again");
            Ok(UploadAnswer::Busy)
        }
    };
    if wants_page { to_page(&visit, &key, &slot, outcome).await } else { to_script(outcome) }
}

/// The first file of the form.
pub(super) async fn read(mut form: Multipart) -> Result<Option<(String, Vec<u8>)>, MultipartError> {
    while let Some(mut field) = form.next_field().await? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await? {
            bytes.extend_from_slice(&chunk);
        }
        return Ok(if name.is_empty() && bytes.is_empty() { None } else { Some((name, bytes)) });
    }
    Ok(None)
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

async fn to_page(visit: &Visit, key: &str, slot: &str, outcome: Result<UploadAnswer, Failure>) -> Response {
    let page = format!("/{key}/intake/files");
    let fault = match outcome {
        Ok(UploadAnswer::Kept(_)) => return see(&format!("{page}#slot-{slot}")),
        Ok(UploadAnswer::Wrong(fault)) => fault,
        Ok(UploadAnswer::Refused(Refusal::SignInAgain)) | Err(Failure::Refused(Refusal::SignInAgain)) => {
            return see(&format!("/{key}/login?again=1"));
        }
        Ok(UploadAnswer::Busy) | Err(Failure::Busy) => return see(&format!("{page}?trouble=busy")),
        Ok(UploadAnswer::Refused(_)) | Err(Failure::Refused(_)) => return see(&format!("{page}?trouble=stale")),
        Err(failure) => return answer(&failure),
    };
    let place = slot.to_owned();
    match visit.remember(move |memo| drop(memo.upload_faults.insert(place, fault))).await {
        Ok(()) => see(&format!("{page}#slot-{slot}")),
        Err(failure) => answer(&failure),
    }
}

pub(super) fn see(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [("location", path)]).into_response()
}
