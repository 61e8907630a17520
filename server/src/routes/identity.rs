//! To the identity service of the province and back. Both are GETs, because the browser comes from another site; what
//! makes them safe is that the way back needs the state that this session was given.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Deserialize;
use service::ServicePage;
use service::account::{Callback, Trouble, finish_identity, identity_page, start_identity};

use super::{Asking, answer, site};
use crate::router::House;

/// What comes back; services may add words of their own.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Back {
    state: String,
    code: Option<String>,
    error: Option<String>,
}

/// To the sign-in page of the service.
pub async fn start(State(house): State<House>, headers: HeaderMap, Asking(visit): Asking) -> Response {
    let redirect_uri = format!("{}/identity/callback", here(&house, &headers, visit.province_key()));
    match start_identity(&visit, &redirect_uri).await {
        Ok(Ok(address)) => found(&address),
        Ok(Err(trouble)) => told(visit.province_key(), trouble),
        Err(failure) => answer(&failure),
    }
}

/// To the registration of the service, which leads back to our sign-in page.
pub async fn register(State(house): State<House>, headers: HeaderMap, Asking(visit): Asking) -> Response {
    let back = format!("{}/login?registered=1", here(&house, &headers, visit.province_key()));
    identity_page(&visit, ServicePage::Register, &back).map_or_else(|failure| answer(&failure), |address| found(&address))
}

/// To 用户中心 of the service, where people correct what it says of them.
pub async fn account(State(house): State<House>, headers: HeaderMap, Asking(visit): Asking) -> Response {
    let back = here(&house, &headers, visit.province_key());
    identity_page(&visit, ServicePage::Account, &back).map_or_else(|failure| answer(&failure), |address| found(&address))
}

/// Our address as the browser knows it, with the province.
fn here(house: &House, headers: &HeaderMap, province: &str) -> String {
    format!("{}/{province}", site(house, headers))
}

/// Back from the service, with a code or with bad news.
pub async fn callback(State(house): State<House>, Asking(visit): Asking, back: Result<Query<Back>, QueryRejection>) -> Response {
    let Back { state, code, error } = back.map(|back| back.0).unwrap_or_default();
    match finish_identity(&visit, &Callback { state, code, error }).await {
        Ok(Ok(entered)) => {
            let cookie = app::request::cookie(&house.setup, visit.role, visit.province_key(), &entered.token).to_string();
            let gone = app::request::forget_wanted(visit.role, visit.province_key());
            (StatusCode::FOUND, AppendHeaders([(LOCATION, entered.go), (SET_COOKIE, cookie), (SET_COOKIE, gone)])).into_response()
        }
        // The way back looked at once more, by somebody who has arrived.
        Ok(Err(Trouble::Expired)) if visit.account().is_ok() => found(&format!("/{}/home", visit.province_key())),
        Ok(Err(trouble)) => told(visit.province_key(), trouble),
        Err(failure) => answer(&failure),
    }
}

fn found(address: &str) -> Response {
    (StatusCode::FOUND, [(LOCATION, address.to_owned())]).into_response()
}

fn told(province: &str, trouble: Trouble) -> Response {
    found(&format!("/{province}/login?trouble={}", trouble.word()))
}
