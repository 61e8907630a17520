//! 账号申诉: a plain page for whoever is shut out, and a multipart form with limits while reading.

use app::plain::appeal::{Typed, appeal, received};
use app::ui::sentence;
use axum::Form;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::rejection::FormRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::DateTime;
use domain::account::forms::{CodePurpose, SendCodeForm};
use domain::answer::Answer;
use domain::fault::{Fault, FieldErrors};
use domain::limit::Left;
use domain::phone_change::appeal::{APPEAL_FILES, AppealForm};
use serde::Deserialize;
use service::{Failure, Visit};

use super::certificate::style;
use super::look_up::plain;
use super::offered::{READING, Read, read, words};
use super::upload::see;
use super::{Asking, answer};
use crate::router::House;

/// The most that is read of a post: three pictures and some text.
pub const MOST: usize = 16 * 1024 * 1024;
const BUSY: &str = "现在办理的人较多，没有受理，请稍候重新选择照片再试。";
const STALE: &str = "内容在别处提交过，没有受理，请重新提交。";

/// What the page was asked for with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Came {
    /// After an appeal.
    done: Option<String>,
    left: Option<u32>,
    again: Option<i64>,
    /// Another number is wanted.
    change: Option<String>,
    trouble: String,
}

/// What is sent for a code.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    mobile: String,
    captcha: String,
    /// Pressed for another picture.
    again: Option<String>,
}

/// The page: the number first, then the form.
pub async fn page(State(house): State<House>, Asking(visit): Asking, Query(came): Query<Came>) -> Response {
    if came.done.is_some() && visit.province.profile.phone_change.is_some() {
        let again = came.again.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        let left = came.left.map(|times| Left { times, seconds: 24 * 60 * 60, again });
        return plain(StatusCode::OK, received(&visit.province.profile, &style(&house), left));
    }
    let trouble = (came.trouble == "busy").then(|| BUSY.to_owned());
    let typed = Typed { trouble, is_other_number: came.change.is_some(), ..Typed::default() };
    drawn(&house, &visit, StatusCode::OK, typed).await
}

async fn drawn(house: &House, visit: &Visit, status: StatusCode, typed: Typed) -> Response {
    match service::account::entry_view(visit, "appeal").await {
        Ok(view) => plain(status, appeal(&visit.province.profile, &style(house), &view, typed)),
        Err(failure) => answer(&failure),
    }
}

/// A code to the number of who appeals.
pub async fn send(State(house): State<House>, Asking(visit): Asking, sent: Result<Form<Sent>, FormRejection>) -> Response {
    let Sent { mobile, captcha, again } = sent.map(|Form(sent)| sent).unwrap_or_default();
    let typed = Typed { mobile: mobile.clone(), is_other_number: true, ..Typed::default() };
    if again.is_some() {
        return drawn(&house, &visit, StatusCode::OK, typed).await;
    }
    let form = SendCodeForm { purpose: CodePurpose::Appeal.code().to_owned(), mobile, captcha, ..SendCodeForm::default() };
    match service::account::send_code(&visit, &form).await {
        Ok(_) => see(&format!("/{}/appeal", visit.province_key())),
        Err(failure) => refused(&house, &visit, failure, typed).await,
    }
}

/// An appeal.
pub async fn apply(State(house): State<House>, Asking(visit): Asking, form: Result<Multipart, MultipartRejection>) -> Response {
    let Some(_) = visit.province.profile.phone_change else { return answer(&Failure::NotFound) };
    let page = format!("/{}/appeal", visit.province_key());
    // Nothing is read before a code was asked for, which needs a picture that was read by a person.
    match visit.glimpse() {
        Ok(glimpse) if glimpse.code_went_to(CodePurpose::Appeal).is_some() => {}
        Ok(_) => return see(&page),
        Err(failure) => return answer(&failure),
    }
    let Ok(turn) = READING.try_acquire() else {
        let form: AppealForm = words(form, &APPEAL_FILES).await;
        return refused(&house, &visit, Failure::Busy, Typed { form, ..Typed::default() }).await;
    };
    let Read { form, files } = match form {
        Ok(form) => read::<AppealForm>(form, &APPEAL_FILES, MOST).await,
        Err(_) => return answer(&Failure::Invalid(FieldErrors::one("front", Fault::FileMissing))),
    };
    let origin = house.origin.as_deref().unwrap_or_default();
    let outcome = service::phone_change::appeal(&visit, &form, files, origin).await;
    drop(turn);
    match outcome {
        Ok(Answer { go, .. }) => see(&go.unwrap_or(page)),
        Err(failure) => refused(&house, &visit, failure, Typed { form, ..Typed::default() }).await,
    }
}

/// The page again with what was typed, and what is wrong.
async fn refused(house: &House, visit: &Visit, failure: Failure, typed: Typed) -> Response {
    let (status, typed) = match failure {
        Failure::Invalid(errors) => {
            let word = &visit.province.profile.account.captcha;
            let faults = errors.0.iter().map(|error| said(word, &error.field, &error.fault)).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, Typed { faults, ..typed })
        }
        Failure::Refused(refusal) => {
            (StatusCode::TOO_MANY_REQUESTS, Typed { trouble: Some(sentence::refusal(&refusal)), ..typed })
        }
        Failure::Busy => (StatusCode::SERVICE_UNAVAILABLE, Typed { trouble: Some(BUSY.to_owned()), ..typed }),
        Failure::Stale => (StatusCode::CONFLICT, Typed { trouble: Some(STALE.to_owned()), ..typed }),
        failure => return answer(&failure),
    };
    drawn(house, visit, status, typed).await
}

/// The field of the form, and what is wrong with it in a sentence. `picture` is what the picture is called here.
fn said(picture: &str, field: &str, fault: &Fault) -> (&'static str, String) {
    let of = |field: &'static str, label: &str| (field, sentence::fault(label, fault));
    match field {
        "mobile" => of("mobile", "手机号码"),
        "captcha" | "slider" => of("captcha", picture),
        "sms_code" => of("sms_code", "短信验证码"),
        "claim" => ("claim", "请选择您的情况".into()),
        "name" => of("name", "姓名"),
        "document_kind" => ("document_kind", "请选择证件类型".into()),
        "document_number" => of("document_number", "证件号码"),
        "note" => of("note", "情况说明"),
        slot => match APPEAL_FILES.into_iter().find(|(key, _)| *key == slot) {
            Some((key, title)) => of(key, title),
            None => of("name", "姓名"),
        },
    }
}
