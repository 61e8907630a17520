//! 档案关闭登记 of a bureau: a plain page, and a form with the proof in one post.

use app::plain::closings::{Typed, closings};
use app::ui::sentence;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::answer::{Answer, Flash};
use domain::case::Refusal;
use domain::closing::forms::ClosingForm;
use domain::fault::Fault;
use serde::Deserialize;
use service::{Failure, Visit};

use super::certificate::style;
use super::import::{page, refused};
use super::proof::{READING, read, words};
use super::upload::see;
use super::{Asking, answer, to_login};
use crate::router::House;

/// The form in the memo of a session.
const FORM: &str = "closing";
const BUSY: &str = "现在办理的人较多，没有受理，请稍候重新选择文件再试。";

/// What the page was asked for with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Came {
    /// The case that a second person refused.
    again: String,
    /// 受理编号 of what was entered a moment ago.
    done: String,
    trouble: String,
}

/// What the bureau entered, and the form.
pub async fn list(State(house): State<House>, Asking(visit): Asking, Query(came): Query<Came>) -> Response {
    // What was typed when a session had ended.
    let left = match visit.take_flash(FORM).await {
        Ok(left) => left,
        Err(failure) => return answer(&failure),
    };
    let form = left.as_ref().map(Flash::refill::<ClosingForm>);
    let again = form.as_ref().map_or(came.again, |form| form.case.clone());
    let given_back = left.and_then(|left| left.answer.refusal).map(|refusal| sentence::refusal(&refusal));
    let trouble = given_back.or_else(|| (came.trouble == "busy").then(|| BUSY.to_owned()));
    let done = if domain::case::is_case_number(&came.done) { came.done } else { String::new() };
    shown(&house, &visit, StatusCode::OK, &again, Typed { form, trouble, done, ..Typed::default() }).await
}

async fn shown(house: &House, visit: &Visit, status: StatusCode, again: &str, typed: Typed) -> Response {
    match service::closing::closings_view(visit, again).await {
        Ok(view) => page(status, closings(&visit.province.profile, &style(house), view, typed)),
        Err(Failure::Refused(Refusal::SignInAgain)) => to_login(house, visit, &here(visit), "1"),
        Err(failure) => refused(visit, &failure),
    }
}

fn here(visit: &Visit) -> String {
    format!("/{}/staff/closings", visit.province.profile.key)
}

/// The form as it was typed, to be sent again a moment later.
async fn busy(house: &House, visit: &Visit, form: ClosingForm) -> Response {
    let again = form.case.clone();
    let typed = Typed { form: Some(form), trouble: Some(BUSY.to_owned()), ..Typed::default() };
    shown(house, visit, StatusCode::SERVICE_UNAVAILABLE, &again, typed).await
}

/// What was typed waits for whoever typed it; the file is chosen anew.
async fn left(house: &House, visit: &Visit, form: ClosingForm) -> Response {
    let flash = Flash::of(FORM, &form, Answer::default());
    let kept = match flash.values.values().all(String::is_empty) {
        true => Ok(false),
        false => visit.leave_form(&here(visit), flash).await,
    };
    match kept {
        Ok(is_kept) => to_login(house, visit, &here(visit), if is_kept { "kept" } else { "1" }),
        Err(failure) => answer(&failure),
    }
}

/// A closing with its proof.
pub async fn receive(State(house): State<House>, Asking(visit): Asking, form: Result<Multipart, MultipartRejection>) -> Response {
    // Of whoever may not nothing is read, but for what somebody typed whose session has ended.
    match service::closing::closings_view(&visit, "").await {
        Ok(_) => {}
        Err(Failure::Refused(Refusal::SignInAgain)) => return left(&house, &visit, words(form, &[]).await).await,
        Err(failure) => return refused(&visit, &failure),
    }
    let Ok(turn) = READING.try_acquire() else { return busy(&house, &visit, words(form, &[]).await).await };
    let (form, proof): (ClosingForm, _) = read(form, &[]).await;
    let outcome = service::closing::enter_closing(&visit, &form, proof).await;
    drop(turn);
    let again = form.case.clone();
    let (status, typed) = match outcome {
        Ok(Answer { go: Some(path), .. }) => return see(&path),
        Ok(_) => return see(&here(&visit)),
        Err(Failure::Invalid(errors)) => {
            let faults = errors.0.iter().map(|error| said(&error.field, &error.fault)).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, Typed { form: Some(form), faults, ..Typed::default() })
        }
        Err(Failure::Refused(refusal)) if !matches!(refusal, Refusal::SignInAgain | Refusal::SecondFactorNeeded) => {
            let trouble = match refusal {
                Refusal::NotYours => "这名会计人员不由本财政局管理，请由其所在地财政局或者上级财政局登记。".to_owned(),
                Refusal::SelfReview => "不能关闭本人的档案，请由其他工作人员登记。".to_owned(),
                other => sentence::refusal(&other),
            };
            (StatusCode::FORBIDDEN, Typed { form: Some(form), trouble: Some(trouble), ..Typed::default() })
        }
        Err(Failure::Busy) => return busy(&house, &visit, form).await,
        Err(Failure::Refused(Refusal::SignInAgain)) => return left(&house, &visit, form).await,
        Err(failure) => return refused(&visit, &failure),
    };
    shown(&house, &visit, status, &again, typed).await
}

/// The field of the form, and what is wrong with it in a sentence.
fn said(field: &str, fault: &Fault) -> (&'static str, String) {
    let of = |field: &'static str, label: &str| (field, sentence::fault(label, fault));
    match (field, fault) {
        ("document_kind", _) => ("document_kind", "请选择证件类型".into()),
        ("document_number", Fault::NotInList) => ("document_number", "没有证件号码和姓名都一致的账号，请与证明材料核对".into()),
        ("document_number", Fault::DuplicateRow) => {
            ("document_number", "这名会计人员的档案已经关闭，或者正在等待确认，请在下面的列表中查看".into())
        }
        ("document_number", Fault::Unchanged) => ("document_number", "这名会计人员还没有档案，不需要关闭".into()),
        ("document_number", _) => of("document_number", "证件号码"),
        ("name", _) => of("name", "姓名"),
        ("cause", _) => ("cause", "请选择关闭原因".into()),
        ("since", _) => of("since", "发生日期"),
        ("note", _) => of("note", "说明"),
        (_, Fault::FileMissing) => ("proof", "请选择证明材料的文件；改正其他内容后也要重新选择".into()),
        (_, _) => of("proof", "证明材料"),
    }
}
