//! Where records are made and changed, for everybody; and 学分导出 of the administrators: the file comes by a post, so that no address gives
//! it away.

use app::plain::credits_export::{Typed, credits_export};
use app::plain::national::national;
use app::ui::sentence;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::case::Refusal;
use domain::fault::Fault;
use domain::national::credits::PeriodForm;
use service::{Failure, Visit};

use super::certificate::style;
use super::import::{page, refused};
use super::left::not_taken;
use super::{Asking, answer, to_login};
use crate::router::House;

/// The page.
pub async fn show(State(house): State<House>, Asking(visit): Asking) -> Response {
    match service::national::national_view(&visit).await {
        Ok(view) => page(StatusCode::OK, national(&visit.province.profile, &style(&house), &view)),
        Err(failure) => answer(&failure),
    }
}

/// The form.
pub async fn credits(State(house): State<House>, Asking(visit): Asking) -> Response {
    drawn(&house, &visit, StatusCode::OK, Typed::default())
}

fn drawn(house: &House, visit: &Visit, status: StatusCode, typed: Typed) -> Response {
    match service::national::export_view(visit) {
        Ok(view) => page(status, credits_export(&visit.province.profile, &style(house), &view, typed)),
        Err(failure) => turned_away(house, visit, &failure),
    }
}

fn turned_away(house: &House, visit: &Visit, failure: &Failure) -> Response {
    let here = format!("/{}/staff/credits-export", visit.province_key());
    match failure {
        Failure::Refused(Refusal::SignInAgain) => to_login(house, visit, &here, "1"),
        other => refused(visit, other),
    }
}

/// The file, or what is wrong with the period.
pub async fn take(State(house): State<House>, Asking(visit): Asking, sent: Result<Form<PeriodForm>, FormRejection>) -> Response {
    let form = sent.map(|Form(form)| form).unwrap_or_default();
    match service::national::export_credits(&visit, &form).await {
        Ok((name, bytes)) => {
            let headers = [
                (CONTENT_TYPE, "application/json".to_owned()),
                (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
                (CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, bytes).into_response()
        }
        Err(Failure::Invalid(errors)) => {
            let faults = errors.0.iter().map(|error| said(&error.field, &error.fault)).collect();
            drawn(&house, &visit, StatusCode::UNPROCESSABLE_ENTITY, Typed { form, faults, trouble: None })
        }
        Err(Failure::Refused(refusal @ Refusal::TooOften { .. })) => {
            let trouble = Some(sentence::refusal(&refusal));
            drawn(&house, &visit, StatusCode::TOO_MANY_REQUESTS, Typed { form, faults: Vec::new(), trouble })
        }
        Err(failure) => match not_taken(&failure) {
            Some((status, said)) => drawn(&house, &visit, status, Typed { form, faults: Vec::new(), trouble: Some(said) }),
            None => turned_away(&house, &visit, &failure),
        },
    }
}

/// The field of the form, and what is wrong with it in a sentence.
fn said(field: &str, fault: &Fault) -> (&'static str, String) {
    match (field, fault) {
        ("from", Fault::TooEarly) => ("from", "一次最多导出一年，请分几次导出".into()),
        ("from", fault) => ("from", sentence::fault("开始日期", fault)),
        (_, Fault::InTheFuture) => ("until", "截止日期最晚是昨天：当天的学分还在登记".into()),
        (_, Fault::TooEarly) => ("until", "截止日期不能早于开始日期".into()),
        (_, Fault::TooManyRows(most)) => ("until", format!("这段时间的学分超过 {most} 条，请缩短时间")),
        (_, fault) => ("until", sentence::fault("截止日期", fault)),
    }
}
