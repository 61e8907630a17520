//! 咨询: a plain page of a person with a form that brings pictures, and the plain page on which their bureau answers.

use app::plain::asked::{Told, asked};
use app::plain::questions::{Typed, questions};
use app::ui::sentence;
use axum::Form;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::answer::{Answer, Flash};
use domain::case::Refusal;
use domain::fault::Fault;
use domain::form::Form as Typing;
use domain::question::{AnswerForm, QuestionForm};
use serde::Deserialize;
use service::{Failure, Visit};

use super::certificate::style;
use super::import::{page, refused};
use super::left::not_taken;
use super::proof::{READING, read_all, words};
use super::upload::see;
use super::{Asking, answer, not_found, to_login};
use crate::router::House;

const BUSY: &str = "现在办理的人较多，没有提交，请稍候重新选择图片再试。";
/// What a form without a key is answered.
const OLD: &str = "页面已经过期，没有提交，请核对后再提交一次。";
const ANSWERED: &str = "这个问题已经由其他工作人员答复，您填写的没有提交。";

/// The forms in the memo of a session.
const QUESTION: &str = "question";
const ANSWER: &str = "question-answer";

/// What the pages were asked for with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Came {
    /// Something was sent a moment ago.
    done: String,
    /// The page that a question will be about, as a code.
    about: String,
    trouble: String,
}

/// What somebody asked, and the form.
pub async fn own(State(house): State<House>, Asking(visit): Asking, Query(came): Query<Came>) -> Response {
    // What was typed when a session had ended.
    let form = match visit.take_flash(QUESTION).await {
        Ok(Some(left)) => left.refill(),
        Ok(None) => QuestionForm { page: came.about, ..QuestionForm::default() },
        Err(failure) => return answer(&failure),
    };
    let (is_done, trouble) = (!came.done.is_empty(), (came.trouble == "busy").then(|| BUSY.to_owned()));
    shown(&house, &visit, StatusCode::OK, Typed { form, is_done, trouble, ..Typed::default() }).await
}

async fn shown(house: &House, visit: &Visit, status: StatusCode, typed: Typed) -> Response {
    match service::question::questions_view(visit).await {
        Ok(view) => page(status, questions(&visit.province.profile, &style(house), view, typed)),
        Err(Failure::Refused(Refusal::SignInAgain)) => to_login(house, visit, &here(visit, ""), "1"),
        Err(failure) => answer(&failure),
    }
}

fn here(visit: &Visit, side: &str) -> String {
    format!("/{}{side}/questions", visit.province.profile.key)
}

/// What was typed waits for whoever typed it; pictures are chosen anew.
async fn left<F: Typing>(house: &House, visit: &Visit, side: &str, (name, form): (&str, &F)) -> Response {
    let page = here(visit, side);
    match visit.leave_form(&page, Flash::of(name, form, Answer::default())).await {
        Ok(is_kept) => to_login(house, visit, &page, if is_kept { "kept" } else { "1" }),
        Err(failure) => answer(&failure),
    }
}

/// A question with its pictures.
pub async fn ask(State(house): State<House>, Asking(visit): Asking, form: Result<Multipart, MultipartRejection>) -> Response {
    // Of whoever may not nothing is read, but for what somebody typed whose session has ended.
    match visit.account() {
        Ok(_) => {}
        Err(Failure::Refused(Refusal::SignInAgain)) => {
            let typed: QuestionForm = words(form, &[]).await;
            return left(&house, &visit, "", (QUESTION, &typed)).await;
        }
        Err(failure) => return answer(&failure),
    }
    let Ok(turn) = READING.try_acquire() else {
        let form: QuestionForm = words(form, &[]).await;
        let typed = Typed { form, trouble: Some(BUSY.to_owned()), ..Typed::default() };
        return shown(&house, &visit, StatusCode::SERVICE_UNAVAILABLE, typed).await;
    };
    let (form, sent) = read_all::<QuestionForm>(form, &[]).await;
    let outcome = service::question::ask_question(&visit, &form, sent).await;
    drop(turn);
    let (status, faults, trouble) = match outcome {
        Ok(Answer { go: Some(path), .. }) => return see(&path),
        Ok(_) => return see(&here(&visit, "")),
        Err(Failure::Invalid(errors)) => {
            let faults = errors.0.iter().map(|error| said(&error.field, &error.fault)).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, faults, None)
        }
        Err(Failure::Refused(Refusal::SignInAgain)) => return left(&house, &visit, "", (QUESTION, &form)).await,
        Err(Failure::Refused(refusal)) => (StatusCode::TOO_MANY_REQUESTS, Vec::new(), Some(sentence::refusal(&refusal))),
        Err(Failure::Stale) => (StatusCode::CONFLICT, Vec::new(), Some(OLD.to_owned())),
        Err(Failure::Busy) => (StatusCode::SERVICE_UNAVAILABLE, Vec::new(), Some(BUSY.to_owned())),
        Err(failure) => return answer(&failure),
    };
    shown(&house, &visit, status, Typed { form, faults, trouble, is_done: false }).await
}

/// The field of the form, and what is wrong with it in a sentence.
fn said(field: &str, fault: &Fault) -> (&'static str, String) {
    match (field, fault) {
        ("page", _) => ("page", "请选择问题关于哪个页面".into()),
        ("text", fault) => ("text", sentence::fault("问题", fault)),
        (_, Fault::TooLong(_)) => ("proof", "最多选择 3 张图片，请重新选择".into()),
        (_, fault) => ("proof", format!("{}，请重新选择图片", sentence::fault("图片", fault))),
    }
}

/// A picture of a question.
pub async fn picture(Asking(visit): Asking, Path((_, question, place)): Path<(String, String, String)>) -> Response {
    let Ok(place) = place.parse() else { return not_found() };
    match service::question::question_picture(&visit, &question, place).await {
        Ok(bytes) => ([(CONTENT_TYPE, "image/jpeg"), (CACHE_CONTROL, "private, no-store")], bytes).into_response(),
        Err(failure) => answer(&failure),
    }
}

/// What a bureau was asked.
pub async fn desk(State(house): State<House>, Asking(visit): Asking, Query(came): Query<Came>) -> Response {
    let form = match visit.take_flash(ANSWER).await {
        Ok(left) => left.map(|left| left.refill()).unwrap_or_default(),
        Err(failure) => return answer(&failure),
    };
    let told = Told { form, is_done: !came.done.is_empty(), ..Told::default() };
    on_desk(&house, &visit, StatusCode::OK, told).await
}

async fn on_desk(house: &House, visit: &Visit, status: StatusCode, told: Told) -> Response {
    match service::question::asked_view(visit).await {
        Ok(view) => page(status, asked(&visit.province.profile, &style(house), view, told)),
        Err(Failure::Refused(Refusal::SignInAgain)) => to_login(house, visit, &here(visit, "/staff"), "1"),
        Err(failure) => refused(visit, &failure),
    }
}

/// An answer.
pub async fn reply(State(house): State<House>, Asking(visit): Asking, sent: Result<Form<AnswerForm>, FormRejection>) -> Response {
    let form = sent.map(|Form(form)| form).unwrap_or_default();
    let (status, fault, trouble) = match service::question::answer_question(&visit, &form).await {
        Ok(Answer { go: Some(path), .. }) => return see(&path),
        Ok(_) => return see(&here(&visit, "/staff")),
        Err(Failure::Invalid(errors)) => {
            let fault = errors.0.first().map(|error| sentence::fault("答复", &error.fault));
            (StatusCode::UNPROCESSABLE_ENTITY, fault, None)
        }
        Err(Failure::Stale) => (StatusCode::CONFLICT, None, Some(ANSWERED.to_owned())),
        Err(Failure::Refused(Refusal::SignInAgain)) => return left(&house, &visit, "/staff", (ANSWER, &form)).await,
        Err(failure) => match not_taken(&failure) {
            Some((status, said)) => (status, None, Some(said)),
            None => return refused(&visit, &failure),
        },
    };
    on_desk(&house, &visit, status, Told { form, fault, trouble, is_done: false }).await
}

/// What was answered, for whoever keeps the texts.
pub async fn settled(State(house): State<House>, Asking(visit): Asking) -> Response {
    match service::question::settled_view(&visit).await {
        Ok(view) => page(StatusCode::OK, app::plain::settled(&visit.province.profile, &style(&house), view)),
        Err(Failure::Refused(Refusal::SignInAgain)) => to_login(&house, &visit, &answers(&visit), "1"),
        Err(failure) => refused(&visit, &failure),
    }
}

fn answers(visit: &Visit) -> String {
    format!("/{}/staff/answers", visit.province_key())
}

/// Which question becomes a 常见问题.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Drafted {
    question: String,
}

/// A draft of it, and the way there.
pub async fn draft(State(house): State<House>, Asking(visit): Asking, Form(form): Form<Drafted>) -> Response {
    match service::question::draft_of_question(&visit, &form.question).await {
        Ok(Answer { go: Some(path), .. }) => see(&path),
        // Somebody made it in this moment: the list has the way to it.
        Ok(_) | Err(Failure::Stale) => see(&answers(&visit)),
        Err(Failure::Refused(Refusal::SignInAgain)) => to_login(&house, &visit, &answers(&visit), "1"),
        Err(failure) => refused(&visit, &failure),
    }
}
