//! 长者版 is a cookie of its own, which tells nothing but that; so are size and contrast.

use std::sync::Arc;

use cookie::{Cookie, SameSite, time};
use http::HeaderMap;
use http::header::{COOKIE, HeaderValue, SET_COOKIE};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::head::of_request;
use super::{Setup, is_of_request};

/// The cookie that remembers 长者版.
const ELDER: &str = "elder";

/// Whether the browser wants 长者版; the pages of the staff have none.
#[must_use]
pub fn is_elder() -> bool {
    is_of_request(|parts| wants_elder(parts.uri.path(), &parts.headers))
}

/// The same of the head of a request.
#[must_use]
pub fn wants_elder(path: &str, headers: &HeaderMap) -> bool {
    let is_staff = path.split('/').nth(2) == Some("staff");
    !is_staff && is_chosen(headers, ELDER, "yes")
}

fn is_chosen(headers: &HeaderMap, name: &str, value: &str) -> bool {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(Cookie::split_parse).flatten().any(|cookie| cookie.name() == name && cookie.value() == value)
}

/// How large and how strong a page is drawn: `data-size` and `data-contrast` of the document. The browser remembers each in a cookie of
/// that name, which its program writes when somebody chooses; it tells nothing but that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Display {
    /// As a class of the style sheet; `None` as usual.
    pub size: Option<&'static str>,
    /// The same.
    pub contrast: Option<&'static str>,
}

/// That of the page that is drawn.
#[must_use]
pub fn display() -> Display {
    of_request(|parts| display_of(&parts.headers)).unwrap_or_default()
}

/// The same of the head of a request.
#[must_use]
pub fn display_of(headers: &HeaderMap) -> Display {
    let size = ["larger", "largest"].into_iter().find(|size| is_chosen(headers, "data-size", size));
    Display { size, contrast: is_chosen(headers, "data-contrast", "high").then_some("high") }
}

/// Remembers 长者版 in the browser for a year, or forgets it.
pub fn remember_elder(is_elder: bool) {
    let (Some(options), Some(setup)) = (use_context::<ResponseOptions>(), use_context::<Arc<Setup>>()) else { return };
    let (value, age) = if is_elder { ("yes", time::Duration::days(365)) } else { ("", time::Duration::ZERO) };
    let cookie = Cookie::build((ELDER, value)).path("/").http_only(true).same_site(SameSite::Lax);
    let cookie = cookie.secure(setup.is_secure).max_age(age).build();
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        options.append_header(SET_COOKIE, value);
    }
}
