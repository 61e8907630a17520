//! 服务状态: a plain page for anybody, which goes on without a session, a script or a database.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName};
use axum::response::{Html, IntoResponse, Response};

use super::certificate::style;
use super::not_found;
use crate::router::House;

/// For the page: no script, and nothing to send but whether it is to be large.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The page of a province.
pub async fn page(State(house): State<House>, Path(province): Path<String>) -> Response {
    let Some(of) = house.services.province(&province) else { return not_found() };
    let view = service::portal::status(&house.services, &of).await;
    let html = app::plain::status(&of.profile, &style(&house), view);
    let headers = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    ];
    (headers, Html(html)).into_response()
}
