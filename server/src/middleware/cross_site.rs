//! Posts come from our own pages only (security V3.5): the rules of Go's `CrossOriginProtection`.

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses what another site made the browser send. `origin` is the configured one; without it the host of the request counts.
pub async fn refuse_cross_site(State(origin): State<Option<String>>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) || is_ours(&request, origin.as_deref()) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "这个请求不是从本站页面发出的，没有受理。").into_response()
}

fn is_ours(request: &Request, configured: Option<&str>) -> bool {
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    let is_own_origin = |origin: &str| match configured {
        Some(configured) => origin == configured,
        None => {
            let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
            host.is_some_and(|host| origin.split_once("://").is_some_and(|(_, rest)| rest == host))
        }
    };
    match (header("sec-fetch-site"), header(ORIGIN.as_str())) {
        (Some("same-origin" | "none"), _) => true,
        (Some(_), origin) => origin.is_some_and(|origin| configured.is_some() && is_own_origin(origin)),
        // Neither header: no browser of the last years, and a browser would have sent our cookie only to us (SameSite=Lax).
        (None, None) => true,
        (None, Some(origin)) => is_own_origin(origin),
    }
}
