//! The interface for schools, `/api/v1` (docs/schools.md). Every answer is JSON; an error says what is wrong by a word. What stands at
//! the handlers is the description that is served (interface.rs).

mod code;
mod faults;
pub mod interface;
mod shapes;
mod words;

use std::net::IpAddr;

use app::request::RequestId;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use service::Failure;
use service::school::{self, BatchView, Caller, DayView, EnrolmentsView, ProgressView, RequestView, RequestsView, TicketView};
use utoipa::ToSchema;

use crate::middleware::WholeAddress;
use crate::router::House;

pub use code::Code;
use faults::malformed;
pub use faults::{panicked, refused, too_large, too_slow, unknown, unreadable, wrong_method};
use shapes::{CreditsRequest, ProgressRequest};

/// The most that a request may hold: ten thousand rows of some hundred characters each.
pub const MOST: usize = 8 * 1024 * 1024;

/// What every address of the interface begins with.
pub const ROOT: &str = "/api/v1/";

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
        let caller = Caller::begin(&house.services, token(&parts.headers), from(&parts.extensions), id).await;
        caller.map(Self).map_err(|failure| refused(&failure))
    }
}

/// Where a request comes from.
pub fn from(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<WholeAddress>().and_then(|address| address.0)
}

/// The token in the head of a request; empty where there is none, which is no good one.
pub fn token(headers: &HeaderMap) -> &str {
    let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    given.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default()
}

fn told<T: Serialize>(outcome: Result<T, Failure>) -> Response {
    match outcome {
        Ok(view) => Json(view).into_response(),
        Err(failure) => refused(&failure),
    }
}

/// Where a school goes on.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct After {
    after: Option<String>,
}

/// The largest number that every reader of JSON takes for itself (RFC 8259, 6), as the description says.
const LARGEST: i64 = (1 << 53) - 1;

fn cursor(after: Result<Query<After>, QueryRejection>) -> Option<i64> {
    let Query(After { after }) = after.ok()?;
    let Some(given) = after else { return Some(0) };
    // A number begins with no sign and with no zero, as that of JSON.
    let is_plain = given == "0" || (given.bytes().all(|byte| byte.is_ascii_digit()) && !given.starts_with('0'));
    given.parse().ok().filter(|after| is_plain && (0..=LARGEST).contains(after))
}

/// The batch that a day goes on after, as the description says.
fn batch_after(after: Result<Query<After>, QueryRejection>) -> Option<String> {
    let Query(After { after }) = after.ok()?;
    let given = after.unwrap_or_default();
    let is_name = given.len() <= 64 && given.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name.then_some(given)
}

/// `GET /api/v1/enrolments?after=CURSOR`.
#[utoipa::path(
    get,
    path = "/api/v1/enrolments",
    operation_id = "enrolments",
    summary = "读取报名信息",
    description = "某个位置以后有变动的报名，按变动的先后，一次最多 1000 条；more 为 true 时继续读取。",
    params(("after" = Option<i64>, Query, minimum = 0, maximum = 9007199254740991i64, example = 0, description = "上次得到的 cursor。不写这一项或者填 0，从头开始。")),
    responses((status = 200, description = "报名信息", body = EnrolmentsView)),
    security(("token" = [])),
)]
pub async fn enrolments(Calling(caller): Calling, after: Result<Query<After>, QueryRejection>) -> Response {
    match cursor(after) {
        Some(after) => told(school::enrolments(&caller, after).await),
        None => malformed("after"),
    }
}

/// What somebody came with.
#[derive(Deserialize, ToSchema)]
#[schema(as = TicketRequest)]
struct Brought {
    ticket: String,
}

/// `POST /api/v1/tickets/verify`.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/verify",
    operation_id = "verify_ticket",
    summary = "核验登录凭证",
    description = "凭证在 60 秒内有效，只能核验成功一次。无效、过期、用过或者给其他网校的凭证，回答都是 valid 为 false。",
    request_body = Brought,
    responses((status = 200, description = "核验结果", body = TicketView)),
    security(("token" = [])),
)]
pub async fn verify(Calling(caller): Calling, body: Result<Bytes, BytesRejection>) -> Response {
    let brought = body.ok().and_then(|body| serde_json::from_slice::<Brought>(&body).ok());
    match brought {
        Some(brought) => told(school::verify_ticket(&caller, &brought.ticket).await),
        None => malformed("ticket"),
    }
}

/// `POST /api/v1/credits`, with `Idempotency-Key`.
#[utoipa::path(
    post,
    path = "/api/v1/credits",
    operation_id = "report_credits",
    summary = "报送学分",
    description = "一批最多 10000 行、8 MiB，逐行回答处理结果。原样重发同一个 Idempotency-Key，只登记一次，回答相同；中断以后重发，从中断处继续。",
    params(("Idempotency-Key" = String, Header, min_length = 1, max_length = 64, pattern = "^[!-~]+$", example = "2026-11-30-1", description = "这次报送的名称，由网校自定，每批不同。")),
    request_body = CreditsRequest,
    responses((status = 200, description = "每一行的处理结果", body = BatchView)),
    security(("token" = [])),
)]
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

/// `POST /api/v1/progress`.
#[utoipa::path(
    post,
    path = "/api/v1/progress",
    operation_id = "report_progress",
    summary = "报送学习进度",
    description = "一次最多 500 行，给学员本人看，不登记学分。以 at 最新的为准，先后送到、重复送到都可以。",
    request_body = ProgressRequest,
    responses((status = 200, description = "每一行的处理结果", body = ProgressView)),
    security(("token" = [])),
)]
pub async fn progress(Calling(caller): Calling, body: Result<Bytes, BytesRejection>) -> Response {
    match body {
        Ok(body) => told(school::report_progress(&caller, &body).await),
        Err(_) => malformed("rows"),
    }
}

/// `GET /api/v1/batches/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/batches/{id}",
    operation_id = "batch",
    summary = "查看一批的处理结果",
    description = "与报送时的回答相同。",
    params(("id" = String, Path, pattern = "^[0-9A-Za-z-]{1,64}$", example = "019a8f4c-5b1e-7d3a-9c44-2f6b8e0d1a57", description = "批次编号，报送时的回答中的 id。")),
    responses((status = 200, description = "每一行的处理结果", body = BatchView)),
    security(("token" = [])),
)]
pub async fn batch(Calling(caller): Calling, id: Result<Path<String>, PathRejection>) -> Response {
    let Ok(Path(id)) = id else { return malformed("id") };
    told(school::batch(&caller, &id).await)
}

/// `GET /api/v1/days/{day}`.
#[utoipa::path(
    get,
    path = "/api/v1/days/{day}",
    operation_id = "day",
    summary = "对账",
    description = "某一天（北京时间）收到的各批，一次最多 1000 批，more 为 true 时继续读取；合计是全天的。",
    params(
        ("day" = chrono::NaiveDate, Path, example = "2026-11-30", description = "日期，例如 2026-11-30。"),
        ("after" = Option<String>, Query, pattern = "^[0-9A-Za-z-]{0,64}$", example = "", description = "上次得到的 cursor。不填或者为空，从头开始。"),
    ),
    responses((status = 200, description = "这一天的各批", body = DayView)),
    security(("token" = [])),
)]
pub async fn day(
    Calling(caller): Calling,
    day: Result<Path<String>, PathRejection>,
    after: Result<Query<After>, QueryRejection>,
) -> Response {
    let Ok(Path(day)) = day else { return malformed("day") };
    let Some(after) = batch_after(after) else { return malformed("after") };
    let is_day = day.len() == 10 && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    match day.parse() {
        Ok(day) if is_day => told(school::day(&caller, day, &after).await),
        Ok(_) | Err(_) => malformed("day"),
    }
}

/// `GET /api/v1/requests?after=CURSOR`.
#[utoipa::path(
    get,
    path = "/api/v1/requests",
    operation_id = "requests",
    summary = "读取学分询问",
    description = "某个位置以后有变动的询问，按变动的先后，一次最多 1000 条；more 为 true 时继续读取。答复以后再出现一次。",
    params(("after" = Option<i64>, Query, minimum = 0, maximum = 9007199254740991i64, example = 0, description = "上次得到的 cursor。不写这一项或者填 0，从头开始。")),
    responses((status = 200, description = "学分询问", body = RequestsView)),
    security(("token" = [])),
)]
pub async fn requests(Calling(caller): Calling, after: Result<Query<After>, QueryRejection>) -> Response {
    match cursor(after) {
        Some(after) => told(school::requests(&caller, after).await),
        None => malformed("after"),
    }
}

/// What a school says to a question.
#[derive(Deserialize, ToSchema)]
#[schema(as = AnswerRequest)]
struct Answered {
    #[schema(min_length = 1, max_length = 500, pattern = "[0-9A-Za-z一-龥]", example = "已经补报。")]
    answer: String,
}

/// `POST /api/v1/requests/{id}`.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}",
    operation_id = "answer",
    summary = "答复学分询问",
    description = "每个询问答复一次，原样重发不再有影响；另一个答复回答 409。询问的人看到答复和日期。",
    params(("id" = String, Path, pattern = "^[0-9A-Za-z-]{1,64}$", example = "019a8f4c-5b1e-7d3a-9c44-2f6b8e0d1a57", description = "询问编号。")),
    request_body = Answered,
    responses((status = 200, description = "答复以后的询问", body = RequestView)),
    security(("token" = [])),
)]
pub async fn answer(
    Calling(caller): Calling,
    id: Result<Path<String>, PathRejection>,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Ok(Path(id)) = id else { return malformed("id") };
    let Some(sent) = body.ok().and_then(|body| serde_json::from_slice::<Answered>(&body).ok()) else {
        return malformed("answer");
    };
    match school::answer(&caller, &id, &sent.answer).await {
        Err(Failure::Stale) => Code::AnsweredAlready.answer(&[]),
        outcome => told(outcome),
    }
}
