//! Every way in which the interface says no: whatever answers below it, a program reads the same shape.

use std::any::Any;

use axum::http::HeaderValue;
use axum::http::header::{CONNECTION, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::response::Response;
use domain::case::Refusal;
use service::Failure;

use super::Code;

/// What is wrong with a request as a whole.
pub fn refused(failure: &Failure) -> Response {
    match failure {
        Failure::Refused(Refusal::TooOften { retry_at, at, .. }) => {
            let seconds = (*retry_at - *at).num_seconds().max(1);
            let mut response = Code::TooOften.answer(&[]);
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds.unsigned_abs()));
            response
        }
        Failure::Refused(Refusal::NotYours) => Code::AddressNotAllowed.answer(&[]),
        Failure::Refused(_) => {
            let mut response = Code::NoSuchToken.answer(&[]);
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            response
        }
        Failure::Invalid(errors) => {
            let fields: Vec<&str> = errors.0.iter().map(|error| error.field.as_str()).collect();
            Code::Invalid.answer(&fields)
        }
        Failure::NotFound | Failure::Elsewhere(_) => Code::NotFound.answer(&[]),
        Failure::Stale => Code::KeyUsedForSomethingElse.answer(&[]),
        Failure::Busy => {
            let mut response = Code::Busy.answer(&[]);
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
            response
        }
        Failure::DiskFull => Code::DiskFull.answer(&[]),
        Failure::Store(_) | Failure::Broken(_) => {
            tracing::error!(%failure, "the interface for schools broke");
            Code::Broken.answer(&[])
        }
    }
}

/// For what is longer than anything that may be sent.
pub fn too_large() -> Response {
    Code::TooLarge.answer(&[])
}

/// For what did not arrive in time.
pub fn too_slow() -> Response {
    let mut response = Code::TooSlow.answer(&[]);
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// For what cannot be read at all.
pub fn unreadable() -> Response {
    Code::Malformed.answer(&[])
}

/// For a path that is none of the interface.
pub fn unknown() -> Response {
    Code::NotFound.answer(&[])
}

/// For a method that a path does not take; which it takes is said by `Allow`.
pub async fn wrong_method() -> Response {
    Code::WrongMethod.answer(&[])
}

/// For a fault of ours.
pub fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a call of a school panicked");
    Code::Broken.answer(&[])
}

pub(super) fn malformed(field: &str) -> Response {
    Code::Malformed.answer(&[field])
}
