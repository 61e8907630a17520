//! What is wrong with a request as a whole: a word for programs, a sentence for people.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, ObjectBuilder};

/// The word of an error, with its status and what it tells whoever writes the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    Malformed,
    NoSuchToken,
    AddressNotAllowed,
    NotFound,
    WrongMethod,
    TooSlow,
    KeyUsedForSomethingElse,
    AnsweredAlready,
    TooLarge,
    Invalid,
    TooOften,
    Broken,
    Busy,
    DiskFull,
}

impl Code {
    /// All of them, in the order of their status.
    pub const ALL: [Self; 14] = [
        Self::Malformed,
        Self::NoSuchToken,
        Self::AddressNotAllowed,
        Self::NotFound,
        Self::WrongMethod,
        Self::TooSlow,
        Self::KeyUsedForSomethingElse,
        Self::AnsweredAlready,
        Self::TooLarge,
        Self::Invalid,
        Self::TooOften,
        Self::Broken,
        Self::Busy,
        Self::DiskFull,
    ];

    const fn known(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Malformed => (StatusCode::BAD_REQUEST, "malformed", "请求无法读取，请检查地址、参数和 JSON 的写法。"),
            Self::NoSuchToken => {
                (StatusCode::UNAUTHORIZED, "no_such_token", "没有接口口令，或者口令无效、已经停用。请向省级管理员领取。")
            }
            Self::AddressNotAllowed => (
                StatusCode::FORBIDDEN,
                "address_not_allowed",
                "口令有效，但是调用的网络地址不在为这所网校设定的范围内。地址有变动的，请联系省级管理员。",
            ),
            Self::WrongMethod => {
                (StatusCode::METHOD_NOT_ALLOWED, "wrong_method", "这个地址不支持这种请求方法，支持的方法见 Allow。")
            }
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found", "没有找到，或者不属于这所网校。"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "too_slow", "请求没有在时限内送达，请重新发送。"),
            Self::KeyUsedForSomethingElse => (
                StatusCode::CONFLICT,
                "key_used_for_something_else",
                "这个 Idempotency-Key 已经用于其他内容，请换一个，或者原样重发当时的内容。",
            ),
            Self::AnsweredAlready => (StatusCode::CONFLICT, "answered_already", "这个询问已经答复过。"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too_large", "请求超过大小限制，请分批报送。"),
            Self::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "fields 列出的内容缺少或者不符合要求。"),
            Self::TooOften => (StatusCode::TOO_MANY_REQUESTS, "too_often", "调用过于频繁，请在 Retry-After 的秒数以后再试。"),
            Self::Broken => (StatusCode::INTERNAL_SERVER_ERROR, "broken", "平台出了问题，请稍后重新发送。"),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy", "平台正忙，或者这所网校的另一批还在处理，请稍后重新发送。"),
            Self::DiskFull => (StatusCode::INSUFFICIENT_STORAGE, "disk_full", "平台的存储空间已满，没有保存，请稍后重新发送。"),
        }
    }

    /// The word.
    pub const fn code(self) -> &'static str {
        self.known().1
    }

    /// The status that it comes with.
    pub const fn status(self) -> StatusCode {
        self.known().0
    }

    /// What it means and what to do.
    pub const fn message(self) -> &'static str {
        self.known().2
    }

    /// The answer.
    pub fn answer(self, fields: &[&str]) -> Response {
        let error =
            Told { code: self, message: self.message(), fields: fields.iter().map(|field| (*field).to_owned()).collect() };
        (self.status(), Json(Refused { error })).into_response()
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

/// The body of an error.
#[derive(Serialize, ToSchema)]
#[schema(as = Refused)]
pub struct Refused {
    #[schema(inline)]
    error: Told,
}

#[derive(Serialize, ToSchema)]
struct Told {
    #[schema(schema_with = codes)]
    code: Code,
    message: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    fields: Vec<String>,
}

fn codes() -> Object {
    ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String).enum_values(Some(Code::ALL.map(Code::code))).build()
}
