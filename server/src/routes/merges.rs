//! 重复账号 of the province: a plain page whose forms post to itself.

use app::plain::merges::{Told, merges};
use app::ui::sentence;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::Refusal;
use domain::fault::Fault;
use domain::merge::MergeForm;
use serde::Deserialize;
use service::{Failure, Visit};

use super::certificate::style;
use super::import::{page, refused};
use super::left::{back, leave, not_taken};
use super::upload::see;
use super::{Asking, answer, to_login};
use crate::router::House;

/// The form in the memo of a session.
const FORM: &str = "merge";

/// What the page was asked for with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Came {
    /// Something was done a moment ago.
    done: String,
}

/// What was found, and what was merged.
pub async fn list(State(house): State<House>, Asking(visit): Asking, Query(came): Query<Came>) -> Response {
    // What was typed when a session had ended.
    let (form, trouble) = match back(&visit, FORM).await {
        Ok(left) => left,
        Err(failure) => return answer(&failure),
    };
    let told = Told { is_done: came.done == "1", trouble, typed: form.unwrap_or_default() };
    shown(&house, &visit, StatusCode::OK, &told).await
}

/// What somebody of the province does about two accounts.
pub async fn act(State(house): State<House>, Asking(visit): Asking, sent: Result<Form<MergeForm>, FormRejection>) -> Response {
    let form = sent.map(|Form(form)| form).unwrap_or_default();
    let (status, trouble) = match service::account::act_on_accounts(&visit, &form).await {
        Ok(()) => return see(&format!("{}?done=1", here(&visit))),
        Err(Failure::Invalid(errors)) => {
            let said = errors.0.iter().map(|error| said(&error.field, &error.fault)).collect::<Vec<_>>();
            (StatusCode::UNPROCESSABLE_ENTITY, said.join("；"))
        }
        Err(Failure::Refused(Refusal::SignInAgain)) if form.reason.is_empty() => {
            return to_login(&house, &visit, &here(&visit), "1");
        }
        Err(Failure::Refused(Refusal::SignInAgain)) => return leave(&house, &visit, &here(&visit), (FORM, &form)).await,
        Err(Failure::Refused(refusal)) if refusal != Refusal::SecondFactorNeeded => {
            let trouble = match refusal {
                Refusal::SecondPersonNeeded => "这项合并是您提请的，需要另一位工作人员同意。".to_owned(),
                Refusal::SelfReview => "不能合并本人的账号，请由其他工作人员办理。".to_owned(),
                Refusal::NoSecondPerson => "本单位没有另一位审核人员可以同意，不能提请合并。".to_owned(),
                other => sentence::refusal(&other),
            };
            (StatusCode::FORBIDDEN, trouble)
        }
        Err(Failure::Stale) => (StatusCode::CONFLICT, "情况已经变化，没有办理。请查看下面的最新情况。".to_owned()),
        Err(failure) => match not_taken(&failure) {
            Some(said) => said,
            None => return refused(&visit, &failure),
        },
    };
    shown(&house, &visit, status, &Told { trouble: Some(trouble), typed: form, ..Told::default() }).await
}

async fn shown(house: &House, visit: &Visit, status: StatusCode, told: &Told) -> Response {
    match service::account::merges_view(visit).await {
        Ok(view) => page(status, merges(&visit.province.profile, &style(house), &view, told)),
        Err(Failure::Refused(Refusal::SignInAgain)) => to_login(house, visit, &here(visit), "1"),
        Err(failure) => refused(visit, &failure),
    }
}

fn here(visit: &Visit) -> String {
    format!("/{}/staff/merges", visit.province.profile.key)
}

/// What is wrong, in a sentence.
fn said(field: &str, fault: &Fault) -> String {
    match (field, fault) {
        ("pair", Fault::Missing) => "请选择保留哪个账号".into(),
        ("pair", Fault::DuplicateRow) => {
            "两个账号都有同一种正在办理的业务，或者其中一个账号的手机号更换、账号申诉还没有办结或者生效，请先办结再合并".into()
        }
        ("pair", Fault::Unchanged) => "两个账号申请过同一项学分折算，请先由所在地财政局撤销其中一件再合并".into(),
        ("pair", _) => "已经过了 30 日，或者合并以后又形成了新的档案，不能撤销".into(),
        _ => sentence::fault("核实情况", fault),
    }
}
