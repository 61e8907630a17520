//! The interface for schools, `/api/v1` (docs/schools.md). Every answer is JSON; an error says what is wrong by a word.

use app::request::RequestId;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::header::{AUTHORIZATION, CONNECTION, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use domain::case::Refusal;
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::Failure;
use service::school::{self, Caller};

use crate::router::House;

/// The most that a request may hold: ten thousand rows of some hundred characters each.
pub const MOST: usize = 8 * 1024 * 1024;

/// Where credits are reported.
pub const CREDITS: &str = "/api/v1/credits";

/// Names an attempt to report, so that its repetition has one effect.
const KEY: &str = "idempotency-key";

/// The school whose program calls, by the token in the head of the request.
pub struct Calling(Caller);

impl FromRequestParts<House> for Calling {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Response> {
        let id = Extension::<RequestId>::from_request_parts(parts, house).await.map(|e| e.0.0.clone()).unwrap_or_default();
        Caller::begin(&house.services, token(&parts.headers), id).await.map(Self).map_err(|failure| refused(&failure))
    }
}

/// The token in the head of a request; empty where there is none, which is no good one.
pub fn token(headers: &HeaderMap) -> &str {
    let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    given.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default()
}

/// What is wrong with a request as a whole.
pub fn refused(failure: &Failure) -> Response {
    match failure {
        Failure::Refused(Refusal::TooOften { retry_at, at, .. }) => {
            let seconds = (*retry_at - *at).num_seconds().max(1);
            let mut response = said(StatusCode::TOO_MANY_REQUESTS, "too_often");
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds.unsigned_abs()));
            response
        }
        Failure::Refused(_) => {
            let mut response = said(StatusCode::UNAUTHORIZED, "no_such_token");
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            response
        }
        Failure::Invalid(errors) => {
            let fields: Vec<&str> = errors.0.iter().map(|error| error.field.as_str()).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "error": { "code": "invalid", "fields": fields } }))).into_response()
        }
        Failure::NotFound => said(StatusCode::NOT_FOUND, "not_found"),
        Failure::Stale => said(StatusCode::CONFLICT, "key_used_for_something_else"),
        Failure::Busy => {
            let mut response = said(StatusCode::SERVICE_UNAVAILABLE, "busy");
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
            response
        }
        Failure::DiskFull => said(StatusCode::INSUFFICIENT_STORAGE, "disk_full"),
        Failure::Store(_) | Failure::Broken(_) => {
            tracing::error!(%failure, "the interface for schools broke");
            said(StatusCode::INTERNAL_SERVER_ERROR, "broken")
        }
    }
}

fn told<T: Serialize>(outcome: Result<T, Failure>) -> Response {
    match outcome {
        Ok(view) => Json(view).into_response(),
        Err(failure) => refused(&failure),
    }
}

fn said(status: StatusCode, code: &str) -> Response {
    (status, Json(json!({ "error": { "code": code } }))).into_response()
}

/// For what is longer than anything that may be sent.
pub fn too_large() -> Response {
    said(StatusCode::PAYLOAD_TOO_LARGE, "too_large")
}

/// For what did not arrive in time.
pub fn too_slow() -> Response {
    let mut response = said(StatusCode::REQUEST_TIMEOUT, "too_slow");
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// For what cannot be read at all.
pub fn unreadable() -> Response {
    said(StatusCode::BAD_REQUEST, "malformed")
}

fn malformed(field: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": { "code": "malformed", "fields": [field] } }))).into_response()
}

/// Where a school goes on.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct After {
    after: String,
}

fn cursor(after: Result<Query<After>, QueryRejection>) -> Option<i64> {
    let Query(After { after }) = after.ok()?;
    match after.as_str() {
        "" => Some(0),
        given => given.parse::<i64>().ok().filter(|after| *after >= 0),
    }
}

/// `GET /api/v1/enrolments?after=CURSOR`.
pub async fn enrolments(Calling(caller): Calling, after: Result<Query<After>, QueryRejection>) -> Response {
    match cursor(after) {
        Some(after) => told(school::enrolments(&caller, after).await),
        None => malformed("after"),
    }
}

#[derive(Deserialize)]
struct Brought {
    ticket: String,
}

/// `POST /api/v1/tickets/verify`.
pub async fn verify(Calling(caller): Calling, body: Result<Bytes, BytesRejection>) -> Response {
    let brought = body.ok().and_then(|body| serde_json::from_slice::<Brought>(&body).ok());
    match brought {
        Some(brought) => told(school::verify_ticket(&caller, &brought.ticket).await),
        None => malformed("ticket"),
    }
}

/// `POST /api/v1/credits`, with `Idempotency-Key`.
pub async fn credits(Calling(caller): Calling, headers: HeaderMap, body: Result<Bytes, BytesRejection>) -> Response {
    let key = headers.get(KEY).and_then(|key| key.to_str().ok()).unwrap_or_default().to_owned();
    let body = match body {
        Ok(body) => body,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return too_large();
        }
        Err(_) => return malformed("rows"),
    };
    told(school::report(&caller, &key, &body).await)
}

/// `GET /api/v1/batches/{id}`.
pub async fn batch(Calling(caller): Calling, Path(id): Path<String>) -> Response {
    told(school::batch(&caller, &id).await)
}

/// `GET /api/v1/days/{day}`.
pub async fn day(Calling(caller): Calling, Path(day): Path<String>) -> Response {
    let is_day = day.len() == 10 && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    match day.parse() {
        Ok(day) if is_day => told(school::day(&caller, day).await),
        Ok(_) | Err(_) => malformed("day"),
    }
}

/// `GET /api/v1/requests?after=CURSOR`.
pub async fn requests(Calling(caller): Calling, after: Result<Query<After>, QueryRejection>) -> Response {
    match cursor(after) {
        Some(after) => told(school::requests(&caller, after).await),
        None => malformed("after"),
    }
}

#[derive(Deserialize)]
struct Answered {
    answer: String,
}

/// `POST /api/v1/requests/{id}`.
pub async fn answer(Calling(caller): Calling, Path(id): Path<String>, body: Result<Bytes, BytesRejection>) -> Response {
    let Some(sent) = body.ok().and_then(|body| serde_json::from_slice::<Answered>(&body).ok()) else {
        return malformed("answer");
    };
    match school::answer(&caller, &id, &sent.answer).await {
        Err(Failure::Stale) => said(StatusCode::CONFLICT, "answered_already"),
        outcome => told(outcome),
    }
}
