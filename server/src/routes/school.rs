//! 登录网校: the page before somebody goes to a school, outside of the application because its policy lets it post there.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{Html, IntoResponse, Response};
use domain::school::view::LeavingView;
use service::{Failure, Visit};

use super::certificate::style;
use super::{Asking, answer, site};
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
