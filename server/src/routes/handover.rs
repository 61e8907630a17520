//! 手机传图: the multipart form of a telephone on which nobody has signed in. The code in its address is all that it has.

use axum::extract::Path;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::response::Response;
use domain::case::Refusal;
use domain::fault::Fault;
use domain::intake::view::UploadAnswer;
use domain::picture::MOST_BYTES_TO_CONVERT;
use service::{Failure, Visit, handover};

use super::upload::{MOST, Read, read, see, to_script};
use super::{Asking, answer};

/// A picture for the slot of a code.
pub async fn upload(
    Asking(visit): Asking,
    Path((key, token)): Path<(String, String)>,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let wants_page = headers.get(ACCEPT).and_then(|a| a.to_str().ok()).is_some_and(|accept| accept.contains("text/html"));
    // Nobody has signed in: without a good code nothing is read.
    match handover::obstacle(&visit, &token).await {
        Ok(None) => {}
        outcome => {
            let outcome = outcome.map(|refusal| UploadAnswer::Refused(refusal.unwrap_or(Refusal::HandoverVoid)));
            return if wants_page { to_page(&visit, (&key, &token), outcome).await } else { to_script(outcome) };
        }
    }
    let outcome = match read(form).await {
        Read::File(sent) => handover::upload(&visit, &token, (&sent.name, &sent.remark), sent.bytes).await,
        read => Ok(read.answer(too_big)),
    };
    if wants_page { to_page(&visit, (&key, &token), outcome).await } else { to_script(outcome) }
}

fn too_big() -> Fault {
    Fault::FileTooBig { max: MOST_BYTES_TO_CONVERT, bytes: u32::try_from(MOST).unwrap_or(u32::MAX) }
}

/// Back to the page, which says how it stands with the code.
async fn to_page(visit: &Visit, (key, token): (&str, &str), outcome: Result<UploadAnswer, Failure>) -> Response {
    let page = format!("/{key}/handover/{}", plain(token));
    match outcome {
        Ok(UploadAnswer::Refused(refusal @ Refusal::TooOften { .. })) => match handover::keep_refusal(visit, refusal).await {
            Ok(()) => see(&page),
            Err(failure) => answer(&failure),
        },
        Ok(UploadAnswer::Kept(_) | UploadAnswer::Refused(_)) => see(&page),
        Ok(UploadAnswer::Wrong(fault)) => match handover::keep_fault(visit, token, fault).await {
            Ok(()) => see(&page),
            Err(failure) => answer(&failure),
        },
        Ok(UploadAnswer::Busy) | Err(Failure::Busy) => see(&format!("{page}?trouble=busy")),
        Err(failure) => answer(&failure),
    }
}

/// What may stand in an address; a token has nothing else.
fn plain(token: &str) -> String {
    token.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}
