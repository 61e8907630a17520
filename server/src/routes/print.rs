//! 打印基本信息表.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::id::CaseId;
use service::Failure;
use service::case::Printed;

use super::{Asking, FromHere, answer, site};
use crate::router::House;

/// The accountant's own form as PDF.
pub async fn form(_: FromHere, Asking(visit): Asking) -> Response {
    sent(service::intake::printed(&visit).await)
}

/// The receipt of the accountant's own application as PDF.
pub async fn receipt(_: FromHere, Asking(visit): Asking) -> Response {
    sent(service::intake::receipt(&visit).await)
}

/// The signed extract of the own record as PDF.
pub async fn extract(_: FromHere, State(house): State<House>, headers: HeaderMap, Asking(visit): Asking) -> Response {
    sent(service::intake::extract(&visit, &site(&house, &headers)).await)
}

/// The form of a case as PDF, for staff.
pub async fn form_of_case(Asking(visit): Asking, Path((_, case)): Path<(String, String)>) -> Response {
    sent(service::intake::printed_for_bureau(&visit, &CaseId::from(case)).await)
}

/// The form of a person at the counter as PDF, once two of the staff have agreed to print it.
pub async fn form_at_counter(Asking(visit): Asking, Path((_, case)): Path<(String, String)>) -> Response {
    sent(service::counter::form(&visit, &CaseId::from(case)).await)
}

fn sent(printed: Result<Printed, Failure>) -> Response {
    sent_as("attachment", printed)
}

/// The same to be kept (`attachment`) or to be looked at (`inline`).
pub(super) fn sent_as(how: &str, printed: Result<Printed, Failure>) -> Response {
    match printed {
        Ok(Printed::Pdf { title, bytes }) => {
            let headers = [
                (CONTENT_TYPE, "application/pdf".to_owned()),
                (CONTENT_DISPOSITION, disposition(how, &title)),
                (CACHE_CONTROL, "private, no-store".to_owned()),
            ];
            (headers, bytes).into_response()
        }
        Ok(Printed::NoFonts) => (StatusCode::SERVICE_UNAVAILABLE, "打印功能暂时不能使用，请稍后再试。").into_response(),
        Err(failure) => answer(&failure),
    }
}

/// A name that every browser can read, and the title for those that know UTF-8 (RFC 6266).
fn disposition(how: &str, title: &str) -> String {
    let mut encoded = String::new();
    for byte in format!("{title}.pdf").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => encoded.push(char::from(byte)),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    format!("{how}; filename=\"form.pdf\"; filename*=UTF-8''{encoded}")
}
