//! 诚信信息导出: a plain page, and the file for the national platform by a post, so that no address gives it away.

use app::plain::integrity_export::{Typed, integrity_export};
use app::ui::sentence;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::case::Refusal;
use domain::fault::Fault;
use domain::integrity::export::ExportForm;
use service::{Failure, Visit};

use super::certificate::style;
use super::import::{page, refused};
use super::left::not_taken;
use super::{Asking, to_login};
use crate::router::House;

/// The form.
pub async fn show(State(house): State<House>, Asking(visit): Asking) -> Response {
    drawn(&house, &visit, StatusCode::OK, Typed::default())
}

fn drawn(house: &House, visit: &Visit, status: StatusCode, typed: Typed) -> Response {
    match service::integrity::export_page(visit) {
        Ok(()) => page(status, integrity_export(&visit.province.profile, &style(house), typed)),
        Err(failure) => turned_away(house, visit, &failure),
    }
}

fn turned_away(house: &House, visit: &Visit, failure: &Failure) -> Response {
    let here = format!("/{}/staff/integrity-export", visit.province_key());
    match failure {
        Failure::Refused(Refusal::SignInAgain) => to_login(house, visit, &here, "1"),
        other => refused(visit, other),
    }
}

/// The file, or what is wrong with the question.
pub async fn take(State(house): State<House>, Asking(visit): Asking, sent: Result<Form<ExportForm>, FormRejection>) -> Response {
    let form = sent.map(|Form(form)| form).unwrap_or_default();
    match service::integrity::export_record(&visit, &form).await {
        Ok(file) => {
            let headers = [
                (CONTENT_TYPE, "application/json".to_owned()),
                (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)),
                (CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, file.bytes).into_response()
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
        ("from", fault) => ("from", sentence::fault("开始日期", fault)),
        ("to", Fault::TooEarly) => ("to", "截止日期不能早于开始日期".into()),
        ("to", Fault::TooLong(days)) => ("to", format!("一次最多导出 {days} 天，请分几次导出")),
        ("to", Fault::SlotFull(most)) => ("to", format!("这段时间的记录超过 {most} 条，请缩短时间")),
        ("to", fault) => ("to", sentence::fault("截止日期", fault)),
        _ => ("what", "请选择导出的内容".into()),
    }
}
