//! The pictures and sounds of the challenges, made for one session.

use axum::body::Body;
use axum::http::header::{ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use service::Failure;

use super::{Asking, answer};

fn picture(kind: &'static str, drawn: Result<Vec<u8>, Failure>) -> Response {
    match drawn {
        Ok(bytes) => ([(CONTENT_TYPE, kind)], bytes).into_response(),
        Err(failure) => answer(&failure),
    }
}

/// A new picture of characters.
pub async fn captcha(Asking(visit): Asking) -> Response {
    picture("image/png", service::account::captcha_png(&visit).await)
}

/// The same to be heard.
pub async fn spoken(Asking(visit): Asking, headers: HeaderMap) -> Response {
    match service::account::captcha_wav(&visit).await {
        Ok(wav) => part_of(wav, headers.get(RANGE).and_then(|range| range.to_str().ok())),
        Err(failure) => answer(&failure),
    }
}

/// A sound, or the one part of it that was asked for: Safari plays nothing that cannot be had in parts.
fn part_of(wav: Vec<u8>, asked: Option<&str>) -> Response {
    let whole = wav.len();
    let ranges = asked.and_then(|asked| http_range_header::parse_range_header(asked).ok());
    let ranges = ranges.and_then(|ranges| ranges.validate(whole as u64).ok()).unwrap_or_default();
    let headers = [(CONTENT_TYPE, "audio/wav"), (ACCEPT_RANGES, "bytes")];
    let [range] = ranges.as_slice() else { return (headers, wav).into_response() };
    let (first, last) = (*range.start() as usize, *range.end() as usize);
    let part = Body::from(wav.get(first..=last).unwrap_or_default().to_vec());
    (StatusCode::PARTIAL_CONTENT, headers, [(CONTENT_RANGE, format!("bytes {first}-{last}/{whole}"))], part).into_response()
}

/// The background of the current slider.
pub async fn background(Asking(visit): Asking) -> Response {
    picture("image/jpeg", service::account::slider_background(&visit).await)
}

/// The piece of the current slider.
pub async fn piece(Asking(visit): Asking) -> Response {
    picture("image/png", service::account::slider_piece(&visit).await)
}
