//! 查询办理进度: a plain page for whoever does not sign in.

use app::plain::Told;
use app::ui::{format, sentence};
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderName};
use axum::response::{Html, IntoResponse, Response};
use domain::case::Refusal;
use domain::fault::{Fault, FieldError};
use domain::portal::forms::LookUpForm;
use serde::Deserialize;
use service::{Failure, Visit};

use super::certificate::style;
use super::{Asking, answer};
use crate::router::House;

/// For the page: no script, and nowhere to send anything but here.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What is sent. The first page of the province sends a number alone, and this page asks for the rest.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    number: String,
    document_end: String,
    captcha: Option<String>,
    /// Pressed for another picture.
    again: Option<String>,
}

/// The page with its form.
pub async fn page(State(house): State<House>, Asking(visit): Asking) -> Response {
    drawn(&house, &visit, StatusCode::OK, "", &Told::Nothing)
}

/// The page with an answer.
pub async fn look_up(State(house): State<House>, Asking(visit): Asking, sent: Result<Form<Sent>, FormRejection>) -> Response {
    let Sent { number, document_end, captcha, again } = sent.map(|Form(sent)| sent).unwrap_or_default();
    let Some(captcha) = captcha.filter(|_| again.is_none()) else {
        return drawn(&house, &visit, StatusCode::OK, &number, &Told::Nothing);
    };
    let form = LookUpForm { number, document_end, captcha };
    let (status, told) = match service::portal::look_up(&visit, &form).await {
        Ok(seen) => (StatusCode::OK, Told::Seen(seen)),
        Err(Failure::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, {
            let word = &visit.province.profile.account.captcha;
            Told::Faults(errors.0.iter().map(|error| said(error, word)).collect())
        }),
        Err(Failure::Refused(Refusal::Locked { until: later, at, .. } | Refusal::TooOften { retry_at: later, at, .. })) => {
            let text = format!("查询的次数太多，请在{}之后再查。也可以登录后查看。", format::soon(later, at));
            (StatusCode::TOO_MANY_REQUESTS, Told::Refused(text))
        }
        Err(failure) => return answer(&failure),
    };
    drawn(&house, &visit, status, &form.number, &told)
}

fn said(error: &FieldError, picture: &str) -> (&'static str, String) {
    match (error.field.as_str(), &error.fault) {
        ("number", Fault::DocumentShape) => ("number", "受理编号有误，请对照回执逐位核对".into()),
        ("number", fault) => ("number", sentence::fault("受理编号", fault)),
        ("document_end", _) => ("document_end", "请填写证件号码的最后 4 位".into()),
        (_, fault) => ("captcha", sentence::fault(picture, fault)),
    }
}

fn drawn(house: &House, visit: &Visit, status: StatusCode, number: &str, told: &Told) -> Response {
    let html = app::plain::look_up(&visit.province.profile, &style(house), number, told);
    plain(status, html)
}

/// A plain page outside the login.
pub(super) fn plain(status: StatusCode, html: String) -> Response {
    let headers = [(CONTENT_SECURITY_POLICY, POLICY), (HeaderName::from_static("x-robots-tag"), "noindex, nofollow")];
    (status, headers, Html(html)).into_response()
}
