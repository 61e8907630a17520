//! Posts come from our own pages only (security V3.5): the rules of Go's `CrossOriginProtection`.

use axum::extract::{Request, State};
use axum::http::header::{COOKIE, HOST, ORIGIN};
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
        // Neither header: no browser of the last years. Only a browser acts with a cookie without meaning to.
        (None, None) => !has_session(request),
        (None, Some(origin)) => is_own_origin(origin),
    }
}

/// Whether a cookie of ours came along, in whatever province and role.
fn has_session(request: &Request) -> bool {
    let all = request.headers().get_all(COOKIE).iter();
    let mut pairs = all.flat_map(|line| line.as_bytes().split(|byte| *byte == b';')).map(<[u8]>::trim_ascii);
    pairs.any(|pair| [&b"sid-"[..], b"staff-", b"__Host-"].iter().any(|start| pair.starts_with(start)))
}
