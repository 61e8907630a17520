//! Finds the session of a request once, and gives a new browser its cookie.

use std::sync::Arc;

use app::request::{Setup, cookie, cookie_name};
use axum::extract::{Request, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use service::{Arrival, Services};

/// The value of a cookie.
fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// Looks the session up and sets the cookie of a new one, unless the answer set one by itself.
pub async fn arrive(State((services, setup)): State<(Services, Arc<Setup>)>, mut request: Request, next: Next) -> Response {
    let sid = find(request.headers(), cookie_name(&setup)).map(str::to_owned);
    let has_body = !matches!(*request.method(), Method::GET | Method::HEAD);
    let arrival = match Arrival::find(&services, sid.as_deref()).await {
        Ok(arrival) => Arrival { has_body, ..arrival },
        Err(error) => {
            tracing::error!(%error, "the session could not be looked up");
            return (StatusCode::SERVICE_UNAVAILABLE, "服务暂时不可用，请稍后再试。").into_response();
        }
    };
    let fresh = arrival.is_fresh.then(|| cookie(&setup, &arrival.token));
    request.extensions_mut().insert(arrival);
    let mut response = next.run(request).await;
    if let Some(value) = fresh.and_then(|text| HeaderValue::from_str(&text).ok())
        && !response.headers().contains_key(SET_COOKIE)
    {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}
