//! The results of a class as a sheet: an ordinary multipart form, whose answer is the page.

use axum::extract::Path;
use axum::extract::multipart::Multipart;
use axum::response::Response;
use domain::id::CaseId;
use domain::learning::class::SheetFault;

use super::upload::{Read, door, read, see};
use super::{Asking, answer};
use crate::legacy::roster;

/// A sheet for a class.
pub async fn results(
    Asking(visit): Asking,
    Path((key, class)): Path<(String, String)>,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Response {
    if let Err(failure) = visit.account() {
        return see(&door(&key, &failure));
    }
    let sheet = match read(form).await {
        // A workbook is unpacked and looked through.
        Read::File(sent) => {
            tokio::task::spawn_blocking(move || roster::read(&sent.bytes)).await.unwrap_or(Err(SheetFault::Unreadable))
        }
        Read::Nothing => Err(SheetFault::Empty),
        Read::TooBig => Err(SheetFault::TooLarge),
        Read::BrokeOff | Read::Broken => Err(SheetFault::Unreadable),
    };
    match service::learning::report_results(&visit, &CaseId::from(class.as_str()), sheet).await {
        Ok(page) => see(&page),
        Err(failure) => answer(&failure),
    }
}
