//! The demonstration's windows: the short messages that would have been sent, and the solutions of one's own challenges.
//! None of these routes exists outside the demonstration.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Serialize;
use service::account::Solutions;
use service::{Failure, OutgoingSms, Role, Services, Visit};

use super::answer;
use crate::demo::Accounts;
use crate::middleware::arrival;
use crate::router::House;

/// A message as it would have been sent.
#[derive(Serialize)]
pub struct DemoSms {
    at: DateTime<Utc>,
    mobile: String,
    purpose: String,
    text: String,
    code: Option<String>,
}

#[derive(Serialize, Default)]
struct Challenge {
    captcha: Option<String>,
    spoken: Option<String>,
    slider: Option<u32>,
}

async fn list(services: &Services) -> Result<Vec<DemoSms>, Failure> {
    let rows = services.db.read().await?.list_sent_sms(200).await?;
    let open = |row: &store::notify::sent_sms::SentSmsRow| {
        let body = services.vault.open("sent_sms.payload", &row.id, &row.payload_sealed)?;
        let sms: OutgoingSms = serde_json::from_slice(&body)?;
        Ok(DemoSms { at: row.at, mobile: sms.mobile, purpose: sms.purpose, text: sms.text, code: sms.code })
    };
    rows.iter().map(open).collect()
}

/// The messages, newest first.
pub async fn sms(State(services): State<Services>) -> Response {
    match list(&services).await {
        Ok(messages) => Json(messages).into_response(),
        Err(failure) => answer(&failure),
    }
}

/// The solutions of the caller's open challenges, whichever province and role they are for.
pub async fn challenge(State(house): State<House>, headers: HeaderMap) -> Response {
    match solutions(&house, &headers).await {
        Ok(challenge) => Json(challenge).into_response(),
        Err(failure) => answer(&failure),
    }
}

async fn solutions(house: &House, headers: &HeaderMap) -> Result<Challenge, Failure> {
    let (services, mut open) = (&house.services, Challenge::default());
    for role in [Role::Accountant, Role::Staff] {
        let keys: Vec<String> = arrival(headers, &house.setup, role).provinces().map(str::to_owned).collect();
        for province in keys.iter().filter_map(|key| services.province(key)) {
            let arrival = arrival(headers, &house.setup, role);
            let visit = Visit::begin(services, province, arrival, String::new(), String::new()).await?;
            let Solutions { captcha, spoken, slider } = service::account::demo_challenge(&visit).await?;
            open =
                Challenge { captcha: open.captcha.or(captcha), spoken: open.spoken.or(spoken), slider: open.slider.or(slider) };
        }
    }
    Ok(open)
}

/// The same for people.
pub async fn page(State(services): State<Services>, State(accounts): State<Accounts>) -> Response {
    let messages = match list(&services).await {
        Ok(messages) => messages,
        Err(failure) => return answer(&failure),
    };
    let messages = messages.into_iter().map(|sms| vec![app::ui::format::instant(sms.at), sms.mobile, sms.text]).collect();
    let staff = accounts.0.iter().map(|account| {
        let code = service::second_factor::code(&account.secret, services.now());
        let bureau = format!("{}（{}）", account.bureau, account.role);
        vec![account.province.clone(), bureau, account.login.clone(), account.password.clone(), code]
    });
    let html = app::plain::demo(messages, staff.collect());
    let policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
    ([(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, policy)], html).into_response()
}
