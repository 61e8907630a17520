//! Stories of 信息变更, each on both engines.

mod at_once;
mod moves;
mod reviewed;

use domain::answer::Answer;
use domain::case::{CaseKind, Refusal, Status};
use domain::change::forms::{BeginForm, DropForm, SubmitForm, UndoForm};
use domain::change::view::{ChangeFormView, ChangeView};
use domain::fault::{Fault, FieldErrors};
use domain::intake::StepKey;
use domain::papers::UploadAnswer;
use store::case::file::CaseRow;

use super::*;
use crate::case::upload_proof;
use crate::employer::stories::collected;
use crate::intake::RecordBody;
use crate::intake::stories as intake;
use crate::review::stories::{DISTRICT, assert_audit_stands, decide, judge, refusal, reviewer, row};
use crate::testing::{House, both};

const NUMBER: &str = "430111199003079988";

async fn approved(house: &House) -> Visit {
    collected(house, NUMBER, "13900001234").await
}

async fn view(visit: &Visit) -> ChangeView {
    change_view(visit).await.unwrap()
}

async fn form(visit: &Visit, step: StepKey) -> ChangeFormView {
    change_form(visit, step.as_str()).await.unwrap()
}

pub(crate) async fn begin(visit: &Visit) -> Answer {
    begin_change(visit, &BeginForm::default()).await.unwrap()
}

/// Saves a form with these answers otherwise, over what the page shows.
async fn trying(visit: &Visit, step: StepKey, answers: &[(&str, &str)]) -> Result<Answer, Failure> {
    let sheet = form(visit, step).await.sheet.ok_or(Failure::Stale)?;
    let mut form = sheet.kit.answers.form(step);
    for (field, value) in answers {
        assert!(form.set(field, (*value).to_owned()), "{field}");
    }
    save_change(visit, form, &sheet.version.to_string()).await
}

pub(crate) async fn save(visit: &Visit, step: StepKey, answers: &[(&str, &str)]) {
    let answer = trying(visit, step, answers).await.unwrap();
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
}

pub(crate) async fn newest(visit: &Visit) -> CaseRow {
    let mut reader = visit.services.db.read().await.unwrap();
    reader.find_latest_case(visit.account().unwrap(), CaseKind::Change).await.unwrap().unwrap()
}

pub(crate) async fn prove(visit: &Visit, shade: u8) {
    let case = newest(visit).await.id;
    for (nth, called) in (0..).zip(view(visit).await.slots) {
        let picture = intake::picture(shade + nth * 9);
        let kept = upload_proof(visit, &case, &called.slot.rules.slot, ("证明.jpg", ""), picture).await.unwrap();
        assert!(matches!(kept, UploadAnswer::Kept(_)), "{kept:?}");
    }
}

pub(crate) async fn submit(visit: &Visit) -> Result<Answer, Failure> {
    let request_key = view(visit).await.request_key;
    submit_change(visit, &SubmitForm { agreed: "yes".into(), request_key, ..SubmitForm::default() }).await
}

async fn drop_it(visit: &Visit, act: &str) -> Result<Answer, Failure> {
    let version = newest(visit).await.version.to_string();
    drop_change(visit, &DropForm { act: act.into(), version }).await
}

/// The newest version of the record.
async fn on_file(visit: &Visit) -> (i64, RecordBody) {
    let mut reader = visit.services.db.read().await.unwrap();
    let record = reader.find_record(visit.account().unwrap()).await.unwrap().unwrap();
    (record.version, RecordBody::open(&visit.services, &record).unwrap())
}

pub(crate) async fn answer_on_file(visit: &Visit, item: &str) -> String {
    on_file(visit).await.1.answers.get(item).unwrap().to_owned()
}

fn slots(view: &ChangeView) -> Vec<&str> {
    view.slots.iter().map(|called| called.slot.rules.slot.as_str()).collect()
}

fn changed_items(view: &ChangeView) -> Vec<&str> {
    view.changed.iter().map(|changed| changed.item.as_str()).collect()
}

fn faults<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> FieldErrors {
    match outcome {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    }
}
