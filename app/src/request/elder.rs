//! 长者版 is a cookie of its own, which tells nothing but that.

use std::sync::Arc;

use cookie::{Cookie, SameSite, time};
use http::header::{COOKIE, HeaderValue, SET_COOKIE};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::{Setup, is_of_request};

/// The cookie that remembers 长者版.
const ELDER: &str = "elder";

/// Whether the browser wants 长者版; the pages of the staff have none.
#[must_use]
pub fn is_elder() -> bool {
    is_of_request(|parts| {
        let is_staff = parts.uri.path().split('/').nth(2) == Some("staff");
        let lines = parts.headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut cookies = lines.flat_map(Cookie::split_parse).flatten();
        !is_staff && cookies.any(|cookie| cookie.name() == ELDER && cookie.value() == "yes")
    })
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
