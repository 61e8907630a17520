//! 更正 of a penalty by the bureau that decides on an objection: a plain page with a form.

use app::plain::penalties::{Retyped, correction};
use app::ui::sentence;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::answer::Answer;
use domain::case::Refusal;
use domain::fault::Fault;
use domain::form::Form as _;
use domain::integrity::objection::CorrectionForm;
use serde::Deserialize;
use service::{Failure, Visit};

use super::certificate::style;
use super::import::{page, refused};
use super::left::{back, leave, not_taken};
use super::upload::see;
use super::{Asking, answer, to_login};
use crate::router::House;

/// The form in the memo of a session.
const FORM: &str = "correction";

/// Which objection it is about.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Came {
    case: String,
}

/// The objection, and the form.
pub async fn show(State(house): State<House>, Asking(visit): Asking, Query(came): Query<Came>) -> Response {
    // What was typed when a session had ended.
    let (form, trouble) = match back::<CorrectionForm>(&visit, FORM).await {
        Ok((Some(form), said)) if form.case == came.case => (Some(form), said),
        Ok(_) => (None, None),
        Err(failure) => return answer(&failure),
    };
    shown(&house, &visit, StatusCode::OK, &came.case, Retyped { form, faults: Vec::new(), trouble }).await
}

fn here(visit: &Visit, case: &str) -> String {
    format!("/{}/staff/penalties/correct?case={case}", visit.province_key())
}

async fn shown(house: &House, visit: &Visit, status: StatusCode, case: &str, typed: Retyped) -> Response {
    match service::integrity::correction_view(visit, &case.into()).await {
        Ok(view) => page(status, correction(&visit.province.profile, &style(house), view, typed)),
        Err(failure) => turned_away(house, visit, case, &failure),
    }
}

/// Who is not signed in is led back here by the sign-in.
fn turned_away(house: &House, visit: &Visit, case: &str, failure: &Failure) -> Response {
    match failure {
        Failure::Refused(Refusal::SignInAgain) => to_login(house, visit, &here(visit, case), "1"),
        other => refused(visit, other),
    }
}

/// The penalty as it should have been.
pub async fn receive(State(house): State<House>, Asking(visit): Asking, Form(sent): Form<Vec<(String, String)>>) -> Response {
    let form = read(sent);
    let case = form.case.clone();
    let (status, typed) = match service::integrity::correct_penalty(&visit, &form).await {
        Ok(Answer { go: Some(path), .. }) => return see(&path),
        Ok(_) => return see(&format!("/{}/staff/penalties", visit.province_key())),
        Err(Failure::Invalid(errors)) => {
            let faults = errors.0.iter().map(|error| said(&error.field, &error.fault)).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, Retyped { form: Some(form), faults, trouble: None })
        }
        Err(Failure::Refused(refusal)) if !matches!(refusal, Refusal::SignInAgain | Refusal::SecondFactorNeeded) => {
            let trouble = match refusal {
                Refusal::SecondPersonNeeded => "您参与过这条记录的登记，请由其他工作人员答复。".to_owned(),
                other => sentence::refusal(&other),
            };
            (StatusCode::FORBIDDEN, Retyped { form: Some(form), faults: Vec::new(), trouble: Some(trouble) })
        }
        Err(Failure::Refused(Refusal::SignInAgain)) => {
            return leave(&house, &visit, &here(&visit, &case), (FORM, &form)).await;
        }
        Err(failure) => match not_taken(&failure) {
            Some((status, said)) => {
                // What is there now is seen beside what was typed.
                let form = CorrectionForm { version: String::new(), ..form };
                (status, Retyped { form: Some(form), faults: Vec::new(), trouble: Some(said) })
            }
            None => return turned_away(&house, &visit, &case, &failure),
        },
    };
    shown(&house, &visit, status, &case, typed).await
}

/// Boxes of one name come one by one.
fn read(sent: Vec<(String, String)>) -> CorrectionForm {
    let mut form = CorrectionForm::default();
    for (name, value) in sent {
        let kept = match form.get(&name) {
            Some(before) if ["kinds", "articles"].contains(&name.as_str()) && !before.is_empty() => format!("{before},{value}"),
            _ => value,
        };
        form.set(&name, kept);
    }
    form
}

/// The field of the form, and what is wrong with it in a sentence.
fn said(field: &str, fault: &Fault) -> (&'static str, String) {
    let of = |field: &'static str, label: &str| (field, sentence::fault(label, fault));
    match (field, fault) {
        ("body", _) => of("body", "处罚决定机关"),
        ("number", _) => of("number", "处罚决定书文号"),
        ("decided_on", Fault::TooEarly) => ("decided_on", "决定日期早于系统登记的法律版本，请与决定书核对".into()),
        ("decided_on", Fault::NotInList) => {
            ("decided_on", "更正不能延长限制从业的期限；需要的，请先撤下，再由两人重新登记".into())
        }
        ("decided_on", _) => of("decided_on", "处罚决定日期"),
        ("articles", Fault::NotInList) => ("articles", "所选的条款在决定之日没有施行，请按决定日期选择".into()),
        ("articles", _) => ("articles", "请选择法律依据".into()),
        ("kinds", Fault::NotInList) => {
            ("kinds", "更正不能增加处罚种类，所选的条款也应当规定这种处罚；需要增加的，请先撤下，再由两人重新登记".into())
        }
        ("kinds", Fault::DuplicateRow) => ("kinds", "五年内不得从事会计工作和不得再从事会计工作只能选一项".into()),
        ("kinds", _) => ("kinds", "请选择处罚种类".into()),
        (_, Fault::ReasonMissing) => ("answer", "请填写给本人的答复".into()),
        (_, _) => of("answer", "给本人的答复"),
    }
}
