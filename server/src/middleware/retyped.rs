//! A refused form of somebody of whom nothing is kept: the answer is its page, with what was typed inside it.

use app::request::{ClientAddress, RequestId};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, COOKIE, HOST, USER_AGENT};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use service::Arrival;
use tower::ServiceExt;

/// Draws the page of a form that was left in the slip of its arrival; `pages` are those of the site.
pub async fn draw_retyped(State(pages): State<Router>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let (headers, extensions) = (parts.headers.clone(), parts.extensions.clone());
    let Some(arrival) = extensions.get::<Arrival>().cloned() else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    let slip = arrival.slip.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    let Some((page, flash)) = slip.take() else { return response };
    let Ok(mut draw) = Request::builder().method(Method::GET).uri(page).body(Body::empty()) else { return response };
    for name in [ACCEPT, ACCEPT_LANGUAGE, COOKIE, HOST, USER_AGENT] {
        if let Some(value) = headers.get(&name) {
            draw.headers_mut().insert(name, value.clone());
        }
    }
    let new = draw.extensions_mut();
    // The post may have made a session.
    new.insert(arrival.again(flash));
    if let Some(address) = extensions.get::<ClientAddress>() {
        new.insert(address.clone());
    }
    if let Some(id) = extensions.get::<RequestId>() {
        new.insert(id.clone());
    }
    match pages.oneshot(draw).await {
        Ok(mut drawn) => {
            *drawn.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            drawn
        }
        Err(never) => match never {},
    }
}
