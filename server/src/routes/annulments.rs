//! 撤销登记 of a bureau; and the page of the person, with the form of their answer in one post with its proof.

use app::plain::annulments::{annulments, heard};
use app::plain::entered::Typed;
use app::ui::sentence;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::annulment::forms::{AnnulmentForm, StatementForm};
use domain::annulment::view::AnnulmentsView;
use domain::answer::{Answer, Flash};
use domain::case::Refusal;
use domain::fault::Fault;
use domain::province::Profile;
use serde::Deserialize;
use service::case::Proof;
use service::{Failure, Visit};

use super::certificate::style;
use super::entered::{Entered, said_of_all};
use super::import::page;
use super::left::not_taken;
use super::proof::{READING, read, words};
use super::upload::see;
use super::{Asking, answer, to_login};
use crate::router::House;

/// 撤销登记.
pub struct Annulments;

impl Entered for Annulments {
    type Form = AnnulmentForm;
    type View = AnnulmentsView;
    const FORM: &'static str = "annulment";
    const PAGE: &'static str = "annulments";
    const OWN: &'static str = "不能撤销本人的登记，请由其他工作人员录入。";
    const OF: &'static str = "of";

    async fn view(visit: &Visit, again: &str) -> Result<AnnulmentsView, Failure> {
        service::annulment::annulments_view(visit, again).await
    }

    async fn enter(visit: &Visit, form: &AnnulmentForm, proof: Option<Proof>) -> Result<Answer, Failure> {
        service::annulment::enter_annulment(visit, form, proof).await
    }

    fn draw(profile: &Profile, style: &str, view: AnnulmentsView, typed: Typed<AnnulmentForm>) -> String {
        annulments(profile, style, view, typed)
    }

    fn said(field: &str, fault: &Fault) -> (&'static str, String) {
        match (field, fault) {
            ("of", Fault::DuplicateRow) => {
                ("of", "这件申请的审核通过已经撤销，或者这名会计人员有撤销登记正在办理，请查看列表".into())
            }
            ("of", Fault::Unchanged) => ("of", "这件申请的内容已经不是现在的登记，或者档案已经停用、调出，不需要撤销".into()),
            ("of", Fault::ChangedSince) => ("of", "这名会计人员还有其他申请正在审核，办结以后再录入".into()),
            ("of", _) => ("of", "没有这个编号的已审核通过的申请，请核对受理编号".into()),
            ("ground", _) => ("ground", "请选择撤销原因".into()),
            ("facts", _) => ("facts", sentence::fault("查明的情况", fault)),
            (_, _) => said_of_all(field, fault, "查证材料"),
        }
    }
}

/// The form of the person in the memo of a session.
const FORM: &str = "statement";
const BUSY: &str = "现在办理的人较多，没有受理，请稍候重新选择文件再试。";

/// What the page of the person was asked for with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Came {
    /// 受理编号 of what was answered a moment ago.
    done: String,
    trouble: String,
}

/// What a bureau would take back of the person, and the form of an answer.
pub async fn own(State(house): State<House>, Asking(visit): Asking, Query(came): Query<Came>) -> Response {
    // What was typed when a session had ended.
    let left = match visit.take_flash(FORM).await {
        Ok(left) => left,
        Err(failure) => return answer(&failure),
    };
    let form = left.as_ref().map(Flash::refill::<StatementForm>);
    let given_back = left.and_then(|left| left.answer.refusal).map(|refusal| sentence::refusal(&refusal));
    let trouble = given_back.or_else(|| (came.trouble == "busy").then(|| BUSY.to_owned()));
    let done = if domain::case::is_case_number(&came.done) { came.done } else { String::new() };
    shown(&house, &visit, StatusCode::OK, Typed { form, trouble, done, ..Typed::default() }).await
}

async fn shown(house: &House, visit: &Visit, status: StatusCode, typed: Typed<StatementForm>) -> Response {
    match service::annulment::heard_view(visit).await {
        Ok(view) => page(status, heard(&visit.province.profile, &style(house), view, typed)),
        Err(Failure::Refused(Refusal::SignInAgain)) => to_login(house, visit, &here(visit), "1"),
        Err(failure) => answer(&failure),
    }
}

fn here(visit: &Visit) -> String {
    format!("/{}/annulments", visit.province_key())
}

async fn busy(house: &House, visit: &Visit, form: StatementForm) -> Response {
    let typed = Typed { form: Some(form), trouble: Some(BUSY.to_owned()), ..Typed::default() };
    shown(house, visit, StatusCode::SERVICE_UNAVAILABLE, typed).await
}

/// What was typed waits for whoever typed it; the file is chosen anew.
async fn left(house: &House, visit: &Visit, form: StatementForm) -> Response {
    let kept = match form.said.is_empty() {
        true => Ok(false),
        false => visit.leave_form(&here(visit), Flash::of(FORM, &form, Answer::default())).await,
    };
    match kept {
        Ok(is_kept) => to_login(house, visit, &here(visit), if is_kept { "kept" } else { "1" }),
        Err(failure) => answer(&failure),
    }
}

/// What the person says, with a proof where there is one.
pub async fn hear(State(house): State<House>, Asking(visit): Asking, form: Result<Multipart, MultipartRejection>) -> Response {
    // Of whoever may not nothing is read, but for what somebody typed whose session has ended.
    match service::annulment::heard_view(&visit).await {
        Ok(_) => {}
        Err(Failure::Refused(Refusal::SignInAgain)) => return left(&house, &visit, words(form, &[]).await).await,
        Err(failure) => return answer(&failure),
    }
    let Ok(turn) = READING.try_acquire() else { return busy(&house, &visit, words(form, &[]).await).await };
    let (form, proof): (StatementForm, _) = read(form, &[]).await;
    let outcome = service::annulment::answer_annulment(&visit, &form, proof).await;
    drop(turn);
    let (status, typed) = match outcome {
        Ok(Answer { go: Some(path), .. }) => return see(&path),
        Ok(_) => return see(&here(&visit)),
        Err(Failure::Invalid(errors)) => {
            let faults = errors.0.iter().map(|error| said(&error.field, &error.fault)).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, Typed { form: Some(form), faults, ..Typed::default() })
        }
        Err(Failure::Busy) => return busy(&house, &visit, form).await,
        Err(Failure::Refused(Refusal::SignInAgain)) => return left(&house, &visit, form).await,
        Err(Failure::Refused(refusal)) => {
            (StatusCode::FORBIDDEN, Typed { form: Some(form), trouble: Some(sentence::refusal(&refusal)), ..Typed::default() })
        }
        Err(failure) => match not_taken(&failure) {
            Some((status, said)) => (status, Typed { form: Some(form), trouble: Some(said), ..Typed::default() }),
            None => return answer(&failure),
        },
    };
    shown(&house, &visit, status, typed).await
}

/// The field of the form, and what is wrong with it in a sentence.
fn said(field: &str, fault: &Fault) -> (&'static str, String) {
    match (field, fault) {
        ("said", Fault::DuplicateRow) => ("said", "您已经提出过意见，不能再次提出".into()),
        ("said", Fault::TooEarly) => ("said", "提出意见的期限已过，或者已经决定，不能再提出".into()),
        ("said", _) => ("said", sentence::fault("您的意见", fault)),
        (_, _) => ("proof", sentence::fault("证明材料", fault)),
    }
}
