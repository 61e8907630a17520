//! 这不是我本人: the page of a link in a message, its button, and what a frozen account says at the sign-in.

use app::plain::freeze::{done, frozen as frozen_page, not_done, not_me};
use app::ui::sentence;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::DateTime;
use domain::case::Refusal;
use serde::Deserialize;
use service::Failure;
use service::account::freeze_hours;

use super::certificate::style;
use super::look_up::plain;
use super::{Asking, answer};
use crate::router::House;

/// The page of a link. Looking does nothing, and says nothing of the link.
pub async fn page(State(house): State<House>, Asking(visit): Asking, Path((_, token)): Path<(String, String)>) -> Response {
    match freeze_hours(&visit) {
        Ok(hours) => plain(StatusCode::OK, not_me(&visit.province.profile, &style(&house), &token, hours)),
        Err(failure) => answer(&failure),
    }
}

/// The button.
pub async fn freeze(State(house): State<House>, Asking(visit): Asking, Path((_, token)): Path<(String, String)>) -> Response {
    let (profile, style) = (&visit.province.profile, style(&house));
    match service::account::freeze(&visit, &token).await {
        Ok(until) => plain(StatusCode::OK, done(profile, &style, until)),
        Err(Failure::Refused(Refusal::LinkVoid)) => {
            let text = "链接已经失效：已经用过、超过了期限，或者账号已经不用这个手机号码。";
            plain(StatusCode::GONE, not_done(profile, &style, text.to_owned()))
        }
        Err(Failure::Refused(refusal @ Refusal::TooOften { .. })) => {
            plain(StatusCode::TOO_MANY_REQUESTS, not_done(profile, &style, sentence::refusal(&refusal)))
        }
        Err(failure) => answer(&failure),
    }
}

/// Until when an account is frozen.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Until {
    /// In seconds since 1970.
    until: Option<i64>,
}

/// What whoever signed in to a frozen account reads.
pub async fn frozen(State(house): State<House>, Asking(visit): Asking, Query(said): Query<Until>) -> Response {
    if let Err(failure) = freeze_hours(&visit) {
        return answer(&failure);
    }
    let until = said.until.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    plain(StatusCode::OK, frozen_page(&visit.province.profile, &style(&house), until))
}
