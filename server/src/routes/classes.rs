//! The results of a class as a sheet: an ordinary multipart form, whose answer is the page.

use axum::extract::multipart::Multipart;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::id::CaseId;
use domain::learning::class::SheetFault;

use super::upload::{Read, read, see, to_door};
use super::{Asking, answer};
use crate::legacy::roster;
use crate::router::House;

/// A sheet for a class.
pub async fn results(
    State(house): State<House>,
    Asking(visit): Asking,
    Path((key, class)): Path<(String, String)>,
    headers: HeaderMap,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Response {
    if let Err(failure) = visit.account() {
        let page = app::request::sent_from(&headers).unwrap_or_else(|| format!("/{key}/learning"));
        return to_door(&house, &visit, &failure, &page);
    }
    let class = CaseId::from(class.as_str());
    // Nothing is taken apart for whoever may not.
    if let Err(failure) = service::learning::may_report(&visit, &class).await {
        return answer(&failure);
    }
    let sheet = match read(form).await {
        // A workbook is unpacked and looked through.
        Read::File(sent) => {
            tokio::task::spawn_blocking(move || roster::read(&sent.bytes)).await.unwrap_or(Err(SheetFault::Unreadable))
        }
        Read::Nothing => Err(SheetFault::Empty),
        Read::TooBig => Err(SheetFault::TooLarge),
        Read::BrokeOff => Err(SheetFault::Cut),
        Read::Broken => return answer(&service::Failure::Busy),
    };
    match service::learning::report_results(&visit, &class, sheet).await {
        Ok(page) => see(&page),
        Err(failure) => answer(&failure),
    }
}
