//! The pictures of the challenges, drawn for one session.

use axum::http::header::CONTENT_TYPE;
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

/// The background of the current slider.
pub async fn background(Asking(visit): Asking) -> Response {
    picture("image/jpeg", service::account::slider_background(&visit).await)
}

/// The piece of the current slider.
pub async fn piece(Asking(visit): Asking) -> Response {
    picture("image/png", service::account::slider_piece(&visit).await)
}
