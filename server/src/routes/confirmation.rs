//! 单位确认: the page of a person, and the page of a link in a message by which the administrator of an employer answers.

use app::plain::confirmation::{Typed, answered, asked, confirmations, void};
use app::ui::sentence;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::Refusal;
use domain::confirmation::forms::{AnswerForm, AskForm, WithdrawForm};
use domain::fault::{Fault, FieldErrors};
use serde::Deserialize;
use service::{Failure, Visit};

use super::certificate::style;
use super::import::page;
use super::left::{back, leave, not_taken};
use super::look_up::plain;
use super::upload::see;
use super::{Asking, answer as plainly, to_login};
use crate::router::House;

/// The form in the memo of a session.
const FORM: &str = "confirmation";

/// What a person sends, whichever form it is.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    /// Which of the forms.
    act: String,
    code: String,
    confirmation: String,
}

/// What the administrator sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Answered {
    answer: String,
    reason: String,
}

/// What a person asked, and the form.
pub async fn show(State(house): State<House>, Asking(visit): Asking) -> Response {
    // What was typed when a session had ended.
    let (form, trouble) = match back::<AskForm>(&visit, FORM).await {
        Ok(left) => left,
        Err(failure) => return plainly(&failure),
    };
    let text = form.map(|form| form.code).unwrap_or_default();
    shown(&house, &visit, StatusCode::OK, Typed { text, trouble, ..Typed::default() }).await
}

async fn shown(house: &House, visit: &Visit, status: StatusCode, typed: Typed) -> Response {
    match service::confirmation::confirmations_view(visit).await {
        Ok(view) => page(status, confirmations(&visit.province.profile, &style(house), view, typed)),
        Err(failure) => turned_away(house, visit, &failure),
    }
}

fn here(visit: &Visit) -> String {
    format!("/{}/confirmation", visit.province.profile.key)
}

/// Who is not signed in is led to where one does that, and back.
fn turned_away(house: &House, visit: &Visit, failure: &Failure) -> Response {
    match failure {
        Failure::Refused(Refusal::SignInAgain) => to_login(house, visit, &here(visit), "1"),
        other => plainly(other),
    }
}

/// One of the forms of a person.
pub async fn act(State(house): State<House>, Asking(visit): Asking, sent: Result<Form<Sent>, FormRejection>) -> Response {
    let Sent { act, code, confirmation } = sent.map(|Form(sent)| sent).unwrap_or_default();
    let outcome = match act.as_str() {
        "withdraw" => service::confirmation::withdraw_question(&visit, &WithdrawForm { confirmation }).await,
        _ => service::confirmation::ask_employer(&visit, &AskForm { code: code.clone() }).await,
    };
    match outcome {
        Ok(()) => see(&here(&visit)),
        Err(Failure::Invalid(errors)) => {
            let typed = Typed { text: code, faults: faults(&errors), ..Typed::default() };
            shown(&house, &visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
        Err(Failure::Refused(Refusal::SignInAgain)) if !code.is_empty() => {
            leave(&house, &visit, &here(&visit), (FORM, &AskForm { code })).await
        }
        Err(failure) => {
            let (status, text) = match &failure {
                Failure::Refused(Refusal::NotComplete) => {
                    (StatusCode::CONFLICT, "在本省没有档案，或者档案已经关闭，现在不能请单位确认。".to_owned())
                }
                Failure::Refused(Refusal::AlreadySubmitted) | Failure::Stale => {
                    (StatusCode::CONFLICT, "情况有变化，没有办理。请核对下面的最新情况。".to_owned())
                }
                Failure::Refused(refusal @ Refusal::TooOften { .. }) => {
                    (StatusCode::TOO_MANY_REQUESTS, sentence::refusal(refusal))
                }
                other => match not_taken(other) {
                    Some(said) => said,
                    None => return turned_away(&house, &visit, other),
                },
            };
            shown(&house, &visit, status, Typed { text: code, trouble: Some(text), ..Typed::default() }).await
        }
    }
}

fn faults(errors: &FieldErrors) -> Vec<(&'static str, String)> {
    let said = |fault: &Fault| match fault {
        Fault::NotInList => "这个单位在本平台没有登记管理员，请核对代码；没有登记的，请在办理时上传证明材料".to_owned(),
        Fault::Unchanged => "您就是这个单位的管理员，不能由本人确认，请在办理时上传证明材料".to_owned(),
        other => sentence::fault("统一社会信用代码", other),
    };
    errors.0.iter().map(|error| ("code", said(&error.fault))).collect()
}

/// The page of a link. Looking does nothing; a link that serves nothing says the same, whether it ever did.
pub async fn open(State(house): State<House>, Asking(visit): Asking, Path((_, token)): Path<(String, String)>) -> Response {
    opened(&house, &visit, &token, StatusCode::OK, Typed::default()).await
}

async fn opened(house: &House, visit: &Visit, token: &str, status: StatusCode, typed: Typed) -> Response {
    let (profile, style) = (&visit.province.profile, style(house));
    match service::confirmation::asked_view(visit, token).await {
        Ok(view) => plain(status, asked(profile, &style, token, view, typed)),
        Err(failure) => nothing(house, visit, &failure),
    }
}

/// Why nothing is shown or done behind a link.
fn nothing(house: &House, visit: &Visit, failure: &Failure) -> Response {
    let (status, text) = match failure {
        Failure::Refused(Refusal::LinkVoid) => {
            let text = "链接已经失效：已经答复过、超过了期限、被申请人收回，或者您已经不是单位的管理员。";
            (StatusCode::GONE, text.to_owned())
        }
        Failure::Refused(refusal @ Refusal::TooOften { .. }) => (StatusCode::TOO_MANY_REQUESTS, sentence::refusal(refusal)),
        other => return plainly(other),
    };
    plain(status, void(&visit.province.profile, &style(house), text))
}

/// Either button.
pub async fn answer(
    State(house): State<House>,
    Asking(visit): Asking,
    Path((_, token)): Path<(String, String)>,
    sent: Result<Form<Answered>, FormRejection>,
) -> Response {
    let Answered { answer, reason } = sent.map(|Form(sent)| sent).unwrap_or_default();
    let form = AnswerForm { answer, reason };
    match service::confirmation::answer_confirmation(&visit, &token, &form).await {
        Ok(said) => plain(StatusCode::OK, answered(&visit.province.profile, &style(&house), said)),
        Err(Failure::Invalid(errors)) => {
            let said = |error: &domain::fault::FieldError| ("reason", sentence::fault("原因", &error.fault));
            let typed = Typed { text: form.reason, faults: errors.0.iter().map(said).collect(), ..Typed::default() };
            opened(&house, &visit, &token, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
        Err(failure) => match not_taken(&failure) {
            Some((status, said)) => {
                let typed = Typed { text: form.reason, trouble: Some(said), ..Typed::default() };
                opened(&house, &visit, &token, status, typed).await
            }
            None => nothing(&house, &visit, &failure),
        },
    }
}
