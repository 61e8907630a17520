//! The page of what a bureau enters about somebody: a plain page, and a form with its proof in one post. What differs from kind to kind
//! is an `Entered`.

use std::future::Future;

use app::plain::entered::Typed;
use app::ui::sentence;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::answer::{Answer, Flash};
use domain::case::Refusal;
use domain::fault::Fault;
use domain::form::Form;
use domain::province::Profile;
use serde::Deserialize;
use service::case::Proof;
use service::{Failure, Visit};

use super::certificate::style;
use super::import::{page, refused};
use super::left::not_taken;
use super::proof::{READING, read, words};
use super::upload::see;
use super::{Asking, answer, to_login};
use crate::router::House;

const BUSY: &str = "现在办理的人较多，没有受理，请稍候重新选择文件再试。";
const NOT_YOURS: &str = "这名会计人员不由本财政局管理，请由其所在地财政局或者上级财政局登记。";

/// A kind of case that a bureau enters.
pub trait Entered: 'static {
    /// What is typed.
    type Form: Form + Send + Sync;
    /// What the page shows.
    type View: Send;
    /// The form in the memo of a session.
    const FORM: &'static str;
    /// The name of the page, below that of the staff.
    const PAGE: &'static str;
    /// The boxes of the form, of which several may be ticked.
    const BOXES: &'static [&'static str] = &[];
    /// What whoever enters it of themselves reads.
    const OWN: &'static str;
    /// The field of the form that names what it goes on with, beside the case that was refused.
    const OF: &'static str = "case";

    /// The page; `again` is the case that a second person refused, or what [`Self::OF`] names.
    fn view(visit: &Visit, again: &str) -> impl Future<Output = Result<Self::View, Failure>> + Send;

    /// Enters it.
    fn enter(visit: &Visit, form: &Self::Form, proof: Option<Proof>) -> impl Future<Output = Result<Answer, Failure>> + Send;

    /// Draws the page.
    fn draw(profile: &Profile, style: &str, view: Self::View, typed: Typed<Self::Form>) -> String;

    /// The field of the form, and what is wrong with it in a sentence.
    fn said(field: &str, fault: &Fault) -> (&'static str, String);
}

/// What every such form says of the person and of the proof.
pub fn said_of_all(field: &str, fault: &Fault, proof: &'static str) -> (&'static str, String) {
    let of = |field: &'static str, label: &str| (field, sentence::fault(label, fault));
    match (field, fault) {
        ("document_kind", _) => ("document_kind", "请选择证件类型".into()),
        ("document_number", Fault::NotInList) => ("document_number", format!("没有证件号码和姓名都一致的账号，请与{proof}核对")),
        ("document_number", _) => of("document_number", "证件号码"),
        ("name", _) => of("name", "姓名"),
        (_, Fault::FileMissing) => ("proof", format!("请选择{proof}的文件；改正其他内容后也要重新选择")),
        (_, _) => of("proof", proof),
    }
}

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
pub async fn list<E: Entered>(State(house): State<House>, Asking(visit): Asking, Query(came): Query<Came>) -> Response {
    // What was typed when a session had ended.
    let left = match visit.take_flash(E::FORM).await {
        Ok(left) => left,
        Err(failure) => return answer(&failure),
    };
    let form = left.as_ref().map(Flash::refill::<E::Form>);
    let again = form.as_ref().map_or(came.again, again::<E>);
    let given_back = left.and_then(|left| left.answer.refusal).map(|refusal| sentence::refusal(&refusal));
    let trouble = given_back.or_else(|| (came.trouble == "busy").then(|| BUSY.to_owned()));
    let done = if domain::case::is_case_number(&came.done) { came.done } else { String::new() };
    shown::<E>(&house, &visit, StatusCode::OK, &again, Typed { form, trouble, done, ..Typed::default() }).await
}

/// What a form goes on with.
fn again<E: Entered>(form: &E::Form) -> String {
    let of = |field: &str| form.get(field).filter(|value| !value.is_empty()).map(str::to_owned);
    of("case").or_else(|| of(E::OF)).unwrap_or_default()
}

async fn shown<E: Entered>(house: &House, visit: &Visit, status: StatusCode, again: &str, typed: Typed<E::Form>) -> Response {
    match E::view(visit, again).await {
        Ok(view) => page(status, E::draw(&visit.province.profile, &style(house), view, typed)),
        Err(Failure::Refused(Refusal::SignInAgain)) => to_login(house, visit, &here::<E>(visit), "1"),
        Err(failure) => refused(visit, &failure),
    }
}

fn here<E: Entered>(visit: &Visit) -> String {
    format!("/{}/staff/{}", visit.province.profile.key, E::PAGE)
}

/// The form as it was typed, to be sent again a moment later.
async fn busy<E: Entered>(house: &House, visit: &Visit, form: E::Form) -> Response {
    let again = again::<E>(&form);
    let typed = Typed { form: Some(form), trouble: Some(BUSY.to_owned()), ..Typed::default() };
    shown::<E>(house, visit, StatusCode::SERVICE_UNAVAILABLE, &again, typed).await
}

/// What was typed waits for whoever typed it; the file is chosen anew.
async fn left<E: Entered>(house: &House, visit: &Visit, form: E::Form) -> Response {
    let flash = Flash::of(E::FORM, &form, Answer::default());
    let kept = match flash.values.values().all(String::is_empty) {
        true => Ok(false),
        false => visit.leave_form(&here::<E>(visit), flash).await,
    };
    match kept {
        Ok(is_kept) => to_login(house, visit, &here::<E>(visit), if is_kept { "kept" } else { "1" }),
        Err(failure) => answer(&failure),
    }
}

/// What was entered, with its proof.
pub async fn receive<E: Entered>(
    State(house): State<House>,
    Asking(visit): Asking,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    // Of whoever may not nothing is read, but for what somebody typed whose session has ended.
    match E::view(&visit, "").await {
        Ok(_) => {}
        Err(Failure::Refused(Refusal::SignInAgain)) => return left::<E>(&house, &visit, words(form, E::BOXES).await).await,
        Err(failure) => return refused(&visit, &failure),
    }
    let Ok(turn) = READING.try_acquire() else { return busy::<E>(&house, &visit, words(form, E::BOXES).await).await };
    let (form, proof): (E::Form, _) = read(form, E::BOXES).await;
    let outcome = E::enter(&visit, &form, proof).await;
    drop(turn);
    let again = again::<E>(&form);
    let (status, typed) = match outcome {
        Ok(Answer { go: Some(path), .. }) => return see(&path),
        Ok(_) => return see(&here::<E>(&visit)),
        Err(Failure::Invalid(errors)) => {
            let faults = errors.0.iter().map(|error| E::said(&error.field, &error.fault)).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, Typed { form: Some(form), faults, ..Typed::default() })
        }
        Err(Failure::Refused(refusal)) if !matches!(refusal, Refusal::SignInAgain | Refusal::SecondFactorNeeded) => {
            let trouble = match refusal {
                Refusal::NotYours => NOT_YOURS.to_owned(),
                Refusal::SelfReview => E::OWN.to_owned(),
                other => sentence::refusal(&other),
            };
            (StatusCode::FORBIDDEN, Typed { form: Some(form), trouble: Some(trouble), ..Typed::default() })
        }
        Err(Failure::Busy) => return busy::<E>(&house, &visit, form).await,
        Err(Failure::Refused(Refusal::SignInAgain)) => return left::<E>(&house, &visit, form).await,
        Err(failure) => match not_taken(&failure) {
            Some((status, said)) => (status, Typed { form: Some(form), trouble: Some(said), ..Typed::default() }),
            None => return refused(&visit, &failure),
        },
    };
    shown::<E>(&house, &visit, status, &again, typed).await
}
