//! What is refused in a sentence is shown to a person as a page, in one frame whatever refused it; scripts, pictures and other
//! programs get the sentence.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

/// So long is the longest sentence.
const MOST: usize = 4096;
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

/// Puts the sentence of a refusal into a page, where a page was asked for.
pub async fn worded(request: Request, next: Next) -> Response {
    let wants_page = says(request.headers(), &ACCEPT, |accept| accept.contains("text/html"));
    let response = next.run(request).await;
    let is_wrong = response.status().is_client_error() || response.status().is_server_error();
    if !wants_page || !is_wrong || !says(response.headers(), &CONTENT_TYPE, |kind| kind.starts_with("text/plain")) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, MOST).await.unwrap_or_default();
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.remove(CONTENT_TYPE);
    let page = trouble(parts.status, &String::from_utf8_lossy(&bytes));
    for (name, value) in page.headers() {
        parts.headers.insert(name, value.clone());
    }
    Response::from_parts(parts, page.into_body())
}

/// The page of a refusal.
pub fn trouble(status: StatusCode, text: &str) -> Response {
    let policy = [(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY))];
    (status, policy, Html(app::plain::trouble(text))).into_response()
}

fn says(headers: &HeaderMap, name: &HeaderName, what: impl Fn(&str) -> bool) -> bool {
    headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(what)
}
