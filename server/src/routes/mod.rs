//! Routes that are not pages.

pub mod annulments;
pub mod appeal;
pub mod certificate;
pub mod classes;
pub mod closing_request;
pub mod closings;
pub mod confirmation;
pub mod corrections;
pub mod demo;
pub mod entered;
pub mod files;
pub mod freeze;
pub mod handover;
pub mod health;
pub mod identity;
pub mod import;
pub mod integrity_export;
mod kept;
pub mod learning;
mod left;
pub mod look_up;
pub mod merges;
pub mod national;
pub mod objections;
mod offered;
pub mod penalties;
pub mod phone_change;
pub mod pictures;
pub mod print;
pub mod proof;
pub mod public_penalties;
pub mod questions;
pub mod relocation;
pub mod school;
pub mod school_api;
pub mod status;
pub mod texts;
pub mod transfer;
pub mod upload;

use app::request::{ClientAddress, RequestId};
use axum::Extension;
use axum::extract::FromRequestParts;
use axum::http::header::{HOST, LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use service::{Arrival, Failure, Role, Visit};

use crate::router::House;

/// Who asks, at the province of the path. The first parameter of the path is the province.
pub struct Asking(pub Visit);

impl FromRequestParts<House> for Asking {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Response> {
        let services = &house.services;
        let key = parts.uri.path().split('/').nth(1).unwrap_or_default();
        let province = services.province(key).ok_or_else(not_found)?;
        let address = Extension::<ClientAddress>::from_request_parts(parts, house).await.map(|e| e.0.0.clone());
        let id = Extension::<RequestId>::from_request_parts(parts, house).await.map(|e| e.0.0.clone());
        let arrival = Extension::<Arrival>::from_request_parts(parts, house).await.map_err(IntoResponse::into_response)?.0;
        let visit = Visit::begin(services, province, arrival, address.unwrap_or_default(), id.unwrap_or_default()).await;
        let visit = visit.map_err(|failure| answer(&failure))?;
        app::plain::seen_by(service::account::who_asks(&visit), service::account::typist(&visit));
        Ok(Self(visit))
    }
}

/// No page of another site asks: it would take of what somebody may print in a day.
pub struct FromHere;

impl<S: Send + Sync> FromRequestParts<S> for FromHere {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        match parts.headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site") {
            true => Err((StatusCode::FORBIDDEN, "这个请求不是从本站页面发出的，没有受理。").into_response()),
            false => Ok(Self),
        }
    }
}

/// The address of the site as others reach it.
pub fn site(house: &House, headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let origin = house.origin.clone().unwrap_or_else(|| format!("http://{host}"));
    origin.trim_end_matches('/').to_owned()
}

/// To the sign-in, which says `again` and leads back to the page.
pub fn to_login(house: &House, visit: &Visit, page: &str, again: &str) -> Response {
    let (key, door) = (visit.province_key(), if visit.role == Role::Staff { "staff/login" } else { "login" });
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, format!("/{key}/{door}?again={again}"))]).into_response();
    let cookie = app::request::wanting(house.setup.is_secure, visit.role, key, page);
    if let Some(Ok(value)) = cookie.map(|cookie| HeaderValue::from_str(&cookie)) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}

/// What a kind is called that an address names, where the province has it.
fn line_name(visit: &Visit, code: &str) -> Option<String> {
    let kind = domain::case::CaseKind::from_code(code).filter(|kind| visit.province.profile.has_line(*kind))?;
    Some(visit.line(kind).name.clone())
}

/// No such thing, or not for this person.
pub fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "没有找到，或者没有查看的权限。").into_response()
}

/// What a route that is no page answers when nothing came of it. The text holds no detail; the log does.
pub fn answer(failure: &Failure) -> Response {
    use app::ui::sentence;
    use domain::case::Refusal;
    match failure {
        Failure::NotFound => not_found(),
        Failure::Elsewhere(page) => upload::see(page),
        Failure::Refused(Refusal::SignInAgain | Refusal::SecondFactorNeeded) => {
            (StatusCode::UNAUTHORIZED, "请先登录。").into_response()
        }
        Failure::Refused(refusal @ Refusal::TooOften { .. }) => {
            (StatusCode::TOO_MANY_REQUESTS, sentence::refusal(refusal)).into_response()
        }
        Failure::Refused(refusal) => (StatusCode::FORBIDDEN, sentence::refusal(refusal)).into_response(),
        Failure::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "提交的内容有问题。").into_response(),
        Failure::Stale => (StatusCode::CONFLICT, "内容在别处被修改过，请刷新。").into_response(),
        Failure::Busy => {
            (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "5")], "现在办理的人较多，请稍候再试。").into_response()
        }
        Failure::DiskFull => (StatusCode::INSUFFICIENT_STORAGE, "系统的存储空间已满，内容没有保存。请稍后再试。").into_response(),
        Failure::Store(error) => broken(&error.to_string()),
        Failure::Broken(what) => broken(what),
    }
}

fn broken(what: &str) -> Response {
    tracing::error!(what, "a route broke");
    (StatusCode::INTERNAL_SERVER_ERROR, "系统出了问题，请稍后再试。").into_response()
}
