//! What a request brings is there before anybody looks at who sends it: in good time, of a bounded size, and not in memory.

mod pages;
mod permits;
mod spool;

use std::time::Duration;

use app::request::ClientAddress;
use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, COOKIE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::intake::view::UploadAnswer;
use service::Failure;
use tokio::sync::Semaphore;
use tokio::time::timeout;

pub use self::pages::FORMS;
use self::pages::page_of;
use self::permits::Permits;
use self::spool::{Broke, spool};
use crate::router::House;
use crate::routes::{answer, school_api};

/// The most that a form or a call of a server function may hold.
pub const FORM: usize = 256 * 1024;
/// How long a form may take to arrive.
const FORM_TIME: Duration = Duration::from_secs(10);
/// The same of a batch of a school, which sends from a machine room.
const REPORT_TIME: Duration = Duration::from_secs(60);

/// Posts with files that arrive at once.
static ARRIVING: Permits = Permits::new(16, 8, 2);
/// Posts with files that are in memory at once.
static IN_MEMORY: Semaphore = Semaphore::const_new(4);

/// Waits for the whole form. Who sends it is looked up afterwards, so nobody acts with a session that ended while the
/// body was withheld.
pub async fn gather(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if has_nul(path) || names_no_id(path) || request.uri().query().is_some_and(has_nul) {
        return unreadable();
    }
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    match timeout(FORM_TIME, to_bytes(body, FORM)).await {
        Err(_) => too_slow(),
        Ok(Err(error)) if is_too_long(&error) => (StatusCode::PAYLOAD_TOO_LARGE, "提交的内容太多，没有受理。").into_response(),
        Ok(Err(_)) => unreadable(),
        Ok(Ok(bytes)) if names_with_nul(&bytes) || fills_in_no_id(&bytes) => unreadable(),
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(without_nul(bytes)))).await,
    }
}

/// Waits for a post with files, on disk, and hands it on when there is room in memory.
pub async fn gather_files(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if has_nul(parts.uri.path()) {
        return unreadable();
    }
    let address = parts.extensions.get::<ClientAddress>().map(|address| address.0.clone()).unwrap_or_default();
    let session = parts.headers.get(COOKIE).map(|cookie| cookie.as_bytes().to_vec()).unwrap_or_default();
    let Some(permit) = ARRIVING.take(address, session) else { return busy(parts.uri.path(), &parts.headers) };
    let spooled = match spool(body).await {
        Ok(spooled) => spooled,
        Err(Broke::TooSlow) => return too_slow(),
        Err(Broke::HungUp) => return unreadable(),
        Err(Broke::Disk(error)) => {
            tracing::error!(%error, "what is uploaded cannot be kept");
            return busy(parts.uri.path(), &parts.headers);
        }
    };
    let Ok(_turn) = IN_MEMORY.acquire().await else { return busy(parts.uri.path(), &parts.headers) };
    let response = next.run(Request::from_parts(parts, spooled)).await;
    drop(permit);
    response
}

/// Waits for what a program of a school sends, for whoever has a good token only: its school reports one thing at a time, in good
/// time. Whose token it is is looked up again afterwards, as a session is.
pub async fn gather_report(State(house): State<House>, request: Request, next: Next) -> Response {
    if has_nul(request.uri().path()) || request.uri().query().is_some_and(has_nul) {
        return school_api::unreadable();
    }
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let (token, from) = (school_api::token(request.headers()), school_api::from(request.extensions()));
    let school = match service::school::school_of(&house.services, token, from).await {
        Ok(school) => school,
        Err(failure) => return school_api::refused(&failure),
    };
    let is_batch = request.uri().path() == school_api::CREDITS;
    let turn = is_batch.then(|| house.services.turns.enter(&school));
    if matches!(turn, Some(None)) {
        return school_api::refused(&Failure::Busy);
    }
    let (time, most) = if is_batch { (REPORT_TIME, school_api::MOST) } else { (FORM_TIME, FORM) };
    let (parts, body) = request.into_parts();
    let response = match timeout(time, to_bytes(body, most)).await {
        Err(_) => school_api::too_slow(),
        Ok(Err(error)) if is_too_long(&error) => school_api::too_large(),
        Ok(Err(_)) => school_api::unreadable(),
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
    };
    drop(turn);
    response
}

fn has_nul(text: &str) -> bool {
    text.contains("%00")
}

/// Whether a parameter beside the fields of the form has a NUL, which no id and no key has and PostgreSQL does not store.
fn names_with_nul(form: &[u8]) -> bool {
    let is_field = |pair: &[u8]| [&b"form["[..], b"form%5B", b"form%5b"].iter().any(|start| pair.starts_with(start));
    let has = |pair: &[u8]| pair.contains(&0) || pair.windows(3).any(|three| three == b"%00");
    form.split(|byte| *byte == b'&').any(|pair| !is_field(pair) && has(pair))
}

/// In the fields of a form a NUL is taken out at the door, as control characters are of every text: so no field, whatever it holds,
/// comes to a database that does not store it.
fn without_nul(form: Bytes) -> Bytes {
    if !form.contains(&0) && !form.windows(3).any(|three| three == b"%00") {
        return form;
    }
    let mut kept = Vec::with_capacity(form.len());
    for byte in form.into_iter().filter(|byte| *byte != 0) {
        kept.push(byte);
        // What is left must not make another one.
        while kept.ends_with(b"%00") {
            kept.truncate(kept.len() - 3);
        }
    }
    kept.into()
}

/// Letters, digits and hyphens, as the house makes them; empty where none was chosen.
fn is_id(text: &[u8]) -> bool {
    text.len() <= 64 && text.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

/// Whether something stands in the address in the place of an id that can be none.
fn names_no_id(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    parts.windows(2).any(|pair| {
        matches!(
            pair[0],
            "files"
                | "cases"
                | "people"
                | "texts"
                | "notices"
                | "guides"
                | "regulations"
                | "questions"
                | "text-files"
                | "schools"
                | "imports"
        ) && !is_id(pair[1].as_bytes())
    })
}

/// The same for the fields of a form that hold ids.
fn fills_in_no_id(form: &[u8]) -> bool {
    form.split(|byte| *byte == b'&').any(|pair| {
        let end = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let (name, value) = (&pair[..end], pair.get(end + 1..).unwrap_or_default());
        let name = String::from_utf8_lossy(name).replace("%5B", "[").replace("%5D", "]");
        let is_of_an_id = matches!(
            name.as_str(),
            "case" | "id" | "form[case]" | "form[id]" | "form[person]" | "form[school]" | "form[enrolment]" | "form[file]"
        );
        is_of_an_id && !is_id(value)
    })
}

fn is_too_long(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.to_string().contains("length limit"))
}

fn unreadable() -> Response {
    (StatusCode::BAD_REQUEST, "提交的内容无法读取，没有受理。").into_response()
}

fn too_slow() -> Response {
    (StatusCode::REQUEST_TIMEOUT, [("connection", "close")], "提交的内容没有及时到达，没有受理。请检查网络后重试。")
        .into_response()
}

/// Says so as the route would: a page is shown to browsers without scripts.
fn busy(path: &str, headers: &HeaderMap) -> Response {
    let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let wants_page = accept.contains("text/html");
    match page_of(path) {
        Some((page, is_upload)) if wants_page || !is_upload => (StatusCode::SEE_OTHER, [("location", page)]).into_response(),
        None if wants_page => answer(&Failure::Busy),
        _ => (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "5")], Json(UploadAnswer::Busy)).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_is_taken_out_of_a_form_however_it_is_written() {
        for (sent, kept) in [
            ("form[id]=a%00b&form[x]=%e5%bc%a0", "form[id]=ab&form[x]=%e5%bc%a0"),
            ("form[id]=%%0000", "form[id]="),
            ("form[id]=a\0", "form[id]=a"),
            ("form[id]=%2500", "form[id]=%2500"),
            ("form[id]=100%", "form[id]=100%"),
        ] {
            assert_eq!(without_nul(Bytes::from(sent)), kept, "{sent:?}");
        }
    }
}
