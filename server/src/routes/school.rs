//! 登录网校: the page before somebody goes to a school, outside of the application because its policy lets it post there. And 标志 of
//! the schools, which are no file of anybody.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{Html, IntoResponse, Response};
use domain::case::Refusal;
use domain::fault::Fault;
use domain::school::view::LeavingView;
use service::school::MOST_LOGO_BYTES;
use service::{Failure, Visit};

use super::certificate::style;
use super::upload::{MOST, Read, read, see};
use super::{Asking, answer, site, to_login};
use crate::router::House;

/// The page without a ticket, for whoever comes by a link or loads it again.
pub async fn leaving(
    State(house): State<House>,
    Asking(visit): Asking,
    Path((_, enrolment)): Path<(String, String)>,
) -> Response {
    let view = service::school::leaving(&visit, &enrolment).await;
    page(&house, &visit, view)
}

/// The page with a ticket.
pub async fn enter(
    State(house): State<House>,
    headers: HeaderMap,
    Asking(visit): Asking,
    Path((_, enrolment)): Path<(String, String)>,
) -> Response {
    let view = service::school::give_ticket(&visit, &enrolment, &site(&house, &headers)).await;
    page(&house, &visit, view)
}

fn page(house: &House, visit: &Visit, view: Result<LeavingView, Failure>) -> Response {
    let view = match view {
        Ok(view) => view,
        Err(failure) => return answer(&failure),
    };
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' {}; base-uri 'none'; frame-ancestors 'none'",
        view.origin
    );
    let Ok(policy) = HeaderValue::from_str(&policy) else {
        return answer(&Failure::Broken("the address of a school is in no header".into()));
    };
    // No path leaves; and a form that is posted from here says where it comes from, to us and to the school.
    let headers = [(CONTENT_SECURITY_POLICY, policy), (REFERRER_POLICY, HeaderValue::from_static("strict-origin"))];
    (headers, Html(app::plain::leaving(&visit.province.profile, &style(house), view))).into_response()
}

/// The logo of a school. Another picture has another address.
pub async fn logo(Asking(visit): Asking, Path((_, school)): Path<(String, String)>) -> Response {
    match service::school::logo(&visit, &school).await {
        Ok(bytes) => ([(CONTENT_TYPE, "image/jpeg"), (CACHE_CONTROL, "private, max-age=86400")], bytes).into_response(),
        Err(failure) => answer(&failure),
    }
}

/// A picture for the logo of a school: an ordinary form, which leads back to its page.
pub async fn keep_logo(
    State(house): State<House>,
    Asking(visit): Asking,
    Path((key, id)): Path<(String, String)>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let too_big = || Fault::FileTooBig { max: MOST_LOGO_BYTES, bytes: u32::try_from(MOST).unwrap_or(u32::MAX) };
    let sent = match read(form).await {
        Read::File(sent) => Ok(sent.bytes),
        Read::Nothing => Err(Fault::FileMissing),
        Read::TooBig => Err(too_big()),
        Read::BrokeOff => Err(Fault::FileCut),
        Read::Broken => return answer(&Failure::Busy),
    };
    match service::school::keep_logo(&visit, &id, sent).await {
        Ok(()) => see(&format!("/{key}/staff/schools/{id}#logo")),
        Err(Failure::Busy) => see(&format!("/{key}/staff/schools/{id}?trouble=busy")),
        Err(Failure::Refused(Refusal::SignInAgain)) => to_login(&house, &visit, &format!("/{key}/staff/schools/{id}"), "1"),
        Err(failure) => answer(&failure),
    }
}
