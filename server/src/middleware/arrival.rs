//! Finds the cookies of a request, and gives a new browser its own.

use std::sync::Arc;

use app::request::{Setup, cookie, cookie_prefix, wanted_prefix};
use axum::extract::{Request, State};
use axum::http::header::{COOKIE, REFERER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use cookie::Cookie;
use service::{Arrival, Role, Services};

/// What the pages of both roles use. Only they are told by the page that asks; everything else has one role.
const SHARED: [&str; 4] = ["/api/site", "/api/account/entry", "/api/account/sign-out", "/api/portal/"];

fn is_of_staff(path: &str) -> bool {
    path.split('/').nth(2) == Some("staff")
}

/// Whose cookie counts. Functions of the staff read theirs alone, those of accountants never.
fn role(uri: &Uri, headers: &HeaderMap) -> Role {
    let referer =
        || headers.get(REFERER)?.to_str().ok()?.split_once("://")?.1.split_once('/').map(|(_, path)| format!("/{path}"));
    let is_staff = match uri.path() {
        path if path.starts_with("/api/staff/") || path.starts_with("/api/review/") => true,
        path if SHARED.iter().any(|shared| path.starts_with(shared)) => {
            uri.query() == Some("staff") || referer().is_some_and(|path| is_of_staff(&path))
        }
        // The files of a text stand on pages of both.
        path if path.split('/').nth(2) == Some("text-files") => referer().is_some_and(|path| is_of_staff(&path)),
        path => !path.starts_with("/api/") && is_of_staff(path),
    };
    if is_staff { Role::Staff } else { Role::Accountant }
}

/// The cookies that begin so, by what follows.
fn cookies<'a>(headers: &'a HeaderMap, prefix: &str) -> Vec<(&'a str, &'a str)> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let all = all.flat_map(Cookie::split_parse).filter_map(Result::ok);
    all.filter_map(|cookie| Some((cookie.name_raw()?.strip_prefix(prefix)?, cookie.value_raw()?))).collect()
}

/// Whether a browser was sent here by another site: then it kept the strict cookie of the staff back, and giving it another
/// would end a session that goes on.
fn is_from_outside(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site")
}

/// Links in e-mails and other sites lead to pages of the staff by a page of ours, from which the cookie comes along.
fn step_inside(request: &Request) -> Option<Response> {
    const MARK: &str = "inside=1";
    let (uri, headers) = (request.uri(), request.headers());
    let is_page = *request.method() == Method::GET && headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
    let query = uri.query().unwrap_or_default();
    if !is_page || query.split('&').any(|pair| pair == MARK) {
        return None;
    }
    let glue = if query.is_empty() { "" } else { "&" };
    let address = format!("/{}?{query}{glue}{MARK}", uri.path().trim_start_matches('/'));
    Some(Html(app::plain::lead_on(&address)).into_response())
}

/// What came with a request for a role.
pub fn arrival(headers: &HeaderMap, setup: &Setup, role: Role) -> Arrival {
    Arrival::new(role, &cookies(headers, cookie_prefix(setup, role))).wanting(&cookies(headers, wanted_prefix(role)))
}

/// Finds the cookies of the role, and sets that of a new session, unless the answer set one by itself.
pub async fn arrive(State((services, setup)): State<(Services, Arc<Setup>)>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let role = role(request.uri(), request.headers());
    let is_outside = role == Role::Staff && is_from_outside(request.headers());
    if is_outside && let Some(page) = step_inside(&request) {
        return page;
    }
    let arrival = arrival(request.headers(), &setup, role);
    let has_body = !matches!(*request.method(), Method::GET | Method::HEAD);
    // Pages are sent while they are drawn, so their cookie is made before.
    if !has_body
        && let Some(province) = path.split('/').nth(1).filter(|key| services.province(key).is_some())
        && let Err(error) = arrival.meet(&services, province).await
    {
        tracing::error!(%error, "the session could not be looked up");
        return (StatusCode::SERVICE_UNAVAILABLE, "服务暂时不可用，请稍后再试。").into_response();
    }
    request.extensions_mut().insert(arrival.clone());
    let mut response = next.run(request).await;
    let is_set = response.headers().get_all(SET_COOKIE).iter();
    let is_set = is_set.filter_map(|value| value.to_str().ok()).any(|value| value.starts_with(cookie_prefix(&setup, role)));
    let fresh = arrival.met().filter(|met| met.is_fresh && !is_outside && !is_set);
    let fresh = fresh.map(|met| cookie(&setup, role, &met.province, &met.token));
    if let Some(value) = fresh.and_then(|cookie| HeaderValue::from_str(&cookie.to_string()).ok()) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}
