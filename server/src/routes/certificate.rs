//! 完成证明: printed by its holder, verified by anybody.

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::{Form, Json};
use domain::certificate::NameShown;
use serde::Deserialize;
use service::Failure;
use service::case::Printed;

use super::print::sent_as;
use super::{Asking, FromHere, answer, not_found, site};
use crate::router::House;

/// For the page: no script, and nowhere to send anything but here.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// For a document that is looked at: the reader of the browser draws it with styles of its own, which a sandbox would keep out.
const READER: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
/// Whoever keeps the key set asks again soon after a rotation.
const KEYS_FOR: &str = "public, max-age=300";

/// What the holder chooses.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Chosen {
    /// How much of the name the code shows, as a code of [`NameShown`].
    name: String,
}

/// 打印完成证明: the PDF in the browser's reader.
pub async fn print(
    _: FromHere,
    State(house): State<House>,
    headers: HeaderMap,
    asking: Asking,
    Path((_, year)): Path<(String, String)>,
) -> Response {
    let printed = printed(&house, &headers, asking, &year).await;
    let is_paper = matches!(printed, Ok(Printed::Pdf { .. }));
    let mut response = sent_as("inline", printed);
    if is_paper {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(READER));
    }
    response
}

/// 导出PDF文件: the same as a file.
pub async fn export(
    _: FromHere,
    State(house): State<House>,
    headers: HeaderMap,
    asking: Asking,
    Path((_, year)): Path<(String, String)>,
) -> Response {
    sent_as("attachment", printed(&house, &headers, asking, &year).await)
}

async fn printed(house: &House, headers: &HeaderMap, Asking(visit): Asking, year: &str) -> Result<Printed, Failure> {
    visit.account()?;
    let year = year.parse().map_err(|_| Failure::NotFound)?;
    service::certificate::printed(&visit, year, None, &site(house, headers)).await
}

/// Keeps what the holder chose, and leads to the PDF in the browser's reader.
pub async fn choose_print(
    asking: Asking,
    Path((_, year)): Path<(String, String)>,
    chosen: Result<Form<Chosen>, FormRejection>,
) -> Response {
    choose(asking, &year, chosen, "print").await
}

/// The same, and leads to the file.
pub async fn choose_export(
    asking: Asking,
    Path((_, year)): Path<(String, String)>,
    chosen: Result<Form<Chosen>, FormRejection>,
) -> Response {
    choose(asking, &year, chosen, "export").await
}

async fn choose(Asking(visit): Asking, year: &str, chosen: Result<Form<Chosen>, FormRejection>, what: &str) -> Response {
    let Ok(year) = year.parse::<i32>() else { return answer(&Failure::NotFound) };
    if let Err(failure) = visit.account() {
        return answer(&failure);
    }
    // What is no choice changes nothing, and is printed as it was.
    if let Some(shown) = chosen.ok().and_then(|Form(chosen)| NameShown::from_code(&chosen.name))
        && let Err(failure) = service::certificate::choose_name(&visit, year, shown).await
    {
        return answer(&failure);
    }
    Redirect::to(&format!("/{}/learning/certificate/{year}/{what}.pdf", visit.province_key())).into_response()
}

/// What somebody brought.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Brought {
    c: String,
}

/// 证明查验.
pub async fn verify(
    State(house): State<House>,
    Path(province): Path<String>,
    brought: Result<Query<Brought>, QueryRejection>,
) -> Response {
    let Some(of) = house.services.province(&province) else { return not_found() };
    let typed = brought.map(|Query(brought)| brought.c).unwrap_or_default();
    let view = match service::certificate::verified(&house.services, &province, &typed).await {
        Ok(view) => view,
        Err(failure) => return answer(&failure),
    };
    let name = |key: &str| house.services.province(key).map(|other| other.profile.name.clone());
    page(app::plain::verify(&of.profile, &style(&house), &typed, view, &name))
}

/// 分享链接.
pub async fn shared(State(house): State<House>, method: Method, Path((province, token)): Path<(String, String)>) -> Response {
    let Some(of) = house.services.province(&province) else { return not_found() };
    let seen = match method {
        Method::HEAD => service::certificate::looked_at(&house.services, &province, &token).await,
        _ => service::certificate::shared(&house.services, &province, &token).await,
    };
    match seen {
        Ok(view) => {
            let status = if view.is_some() { StatusCode::OK } else { StatusCode::GONE };
            (status, page(app::plain::shared(&of.profile, &style(&house), view))).into_response()
        }
        Err(failure) => answer(&failure),
    }
}

pub(super) fn style(house: &House) -> String {
    format!("/{}/{}.css", house.leptos.site_pkg_dir, house.leptos.output_name)
}

/// A document whose address says something about somebody.
fn page(html: String) -> Response {
    let headers = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    ];
    (headers, Html(html)).into_response()
}

/// The public keys, by which any JOSE library verifies what the provinces signed (RFC 7517).
pub async fn keys(State(house): State<House>) -> Response {
    match service::certificate::key_set(&house.services) {
        Ok(keys) => ([(CONTENT_TYPE, "application/jwk-set+json"), (CACHE_CONTROL, KEYS_FOR)], Json(keys)).into_response(),
        Err(failure) => answer(&failure),
    }
}
