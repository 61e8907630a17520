//! 长者版 on every page: the way to it and back, the telephone of people, and 朗读, which `crate::speech` makes speak where the browser can.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::page::Frame;

/// 长者版 and the way back from it; a plain form, and what was typed is saved as the page is left.
pub fn version(frame: &Frame) -> AnyView {
    let is_staff = use_location().pathname.with_untracked(|path| path.split('/').nth(2) == Some("staff"));
    if is_staff || frame.is_acting() {
        return ().into_any();
    }
    let (value, label) = if frame.is_elder() { ("no", "标准版") } else { ("yes", "长者版") };
    view! {
        <form method="post" action="/api/site/version">
            <input type="hidden" name="province" value=frame.key.clone() />
            <button type="submit" class="site-tools__version" name="form[elder]" value=value>{label}</button>
        </form>
    }
    .into_any()
}

/// The telephone of people above every page of 长者版 (ux O2).
pub fn call(frame: &Frame) -> AnyView {
    let Some(call) = &frame.site.elder else { return ().into_any() };
    let note = if call.hours.is_empty() { call.name.clone() } else { format!("{}，{}", call.name, call.hours) };
    view! {
        <section class="call" aria-label="打电话问">
            <div class="wrap"><button type="button" class="button">"朗读"</button> <p><strong>"有不清楚的，打电话问："{dialled(&call.phone)}</strong></p> <p>{note}</p></div>
        </section>
    }
    .into_any()
}

/// A text whose first number can be called by pressing it.
fn dialled(text: &str) -> AnyView {
    let is_part = |c: char| c.is_ascii_digit() || c == '-';
    let mut runs = text.split(|c| !is_part(c));
    let Some(number) = runs.find(|run| run.len() >= 5).filter(|run| !run.starts_with('-')) else {
        return text.to_owned().into_any();
    };
    let (before, after) = text.split_once(number).unwrap_or_default();
    let number = number.to_owned();
    view! { {before.to_owned()} <a href=format!("tel:{number}") rel="external">{number.clone()}</a> {after.to_owned()} }
        .into_any()
}
