//! 行政处罚公示: a plain page for everybody.

use app::ui::sentence;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::HeaderName;
use axum::response::{IntoResponse, Response};
use domain::fault::Fault;
use domain::integrity::public::{PublicForm, PublicLine};
use service::{Failure, Visit};

use super::certificate::style;
use super::import::page;
use super::{Asking, answer};
use crate::router::House;

/// The newest of everybody.
pub async fn list(State(house): State<House>, Asking(visit): Asking) -> Response {
    drawn(&house, &visit, PublicForm::default()).await
}

/// Those of one person. A post, so that no name stands in an address.
pub async fn search(State(house): State<House>, Asking(visit): Asking, Form(form): Form<PublicForm>) -> Response {
    drawn(&house, &visit, form).await
}

async fn drawn(house: &House, visit: &Visit, form: PublicForm) -> Response {
    let (status, faults, lines): (_, _, Option<Vec<PublicLine>>) = match service::integrity::public_penalties(visit, &form).await
    {
        Ok(lines) => (StatusCode::OK, Vec::new(), Some(lines)),
        Err(Failure::Invalid(errors)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, errors.0.iter().map(|error| said(&error.field, &error.fault)).collect(), None)
        }
        Err(failure) => return answer(&failure),
    };
    let html = app::plain::public_penalties(&visit.province.profile, &style(house), (form, faults), lines);
    let robots = [(HeaderName::from_static("x-robots-tag"), "noindex, nofollow")];
    (robots, page(status, html)).into_response()
}

fn said(field: &str, fault: &Fault) -> (&'static str, String) {
    match field {
        "name" => ("name", sentence::fault("姓名", fault)),
        _ => ("document_end", "请填写证件号码的最后 4 位".into()),
    }
}
