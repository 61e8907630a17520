//! 变更页: a form is saved as it was typed, and an answer is taken back to what is on record.

use domain::answer::{Answer, Notice};
use domain::case::Action;
use domain::change::forms::UndoForm;
use domain::intake::{Item, StepForm};
use serde_json::json;
use store::Tx;
use store::case::draft::{DraftPlace, NewDraft};

use super::file::{Folder, place};
use super::{KIND, page, rules};
use crate::case::version;
use crate::intake::check_size;
use crate::{Failure, Visit};

/// Saves a form over the version that was seen; what may not be changed stays as it is on record. Saved first, checked after: what is
/// wrong is said with the answer.
///
/// # Errors
/// `Stale` when another window saved in between, `AlreadySubmitted`, `NotComplete` while no change is begun, `NotFound` for a form that
/// the province does not ask, `Invalid` for what is too long to be kept.
pub async fn save_change(visit: &Visit, typed: StepForm, seen: &str) -> Result<Answer, Failure> {
    visit.account()?;
    rules(visit)?;
    visit.province.profile.intake.step(typed.step()).ok_or(Failure::NotFound)?;
    check_size(&typed)?;
    let (work, seen) = (visit.clone(), version(seen)?);
    visit.write(move |tx| Box::pin(async move { save(tx, &work, typed, seen).await })).await
}

pub(super) async fn locked(tx: &mut Tx, visit: &Visit) -> Result<Folder, Failure> {
    let case = tx.lock_latest_case(visit.account()?, KIND).await?;
    let folder = Folder::of(visit, tx, case).await?.ok_or(Failure::NotFound)?;
    folder.permit(visit, Action::Save)?;
    Ok(folder)
}

async fn save(tx: &mut Tx, visit: &Visit, typed: StepForm, seen: i64) -> Result<Answer, Failure> {
    let folder = locked(tx, visit).await?;
    let form = rules(visit)?.keep(&folder.before, typed);
    let (answers, version) = (folder.answers.with(form.clone()), write(tx, visit, &folder, &form, seen).await?);
    match form.check(&folder.cx().with(&answers)) {
        Ok(()) => Ok(Answer::go(page(visit, "all"))),
        Err(errors) => Ok(Answer { errors, notice: Some(Notice::Saved { version, at: visit.now() }), ..Answer::default() }),
    }
}

/// Answers the new version.
pub(super) async fn write(tx: &mut Tx, visit: &Visit, folder: &Folder, form: &StepForm, seen: i64) -> Result<i64, Failure> {
    let (case, step, now) = (folder.permit(visit, Action::Save)?, form.step(), visit.now());
    let sealed = visit.services.vault.seal("draft.body", &place(&case.id, step), &serde_json::to_vec(form)?);
    let new = NewDraft { sealed: &sealed, tab: "", sequence: 0, noted_at: now, noted_by: "" };
    let version = tx.save_draft(DraftPlace { case: &case.id, step: step.as_str() }, new, seen, now).await?;
    let entry = visit.entry("save_draft", "case", case.id.as_str(), json!({ "step": step.as_str() }));
    tx.audit(&entry).await?;
    Ok(version)
}

/// 撤回: one answer is as it is on record again. Repeating it changes nothing.
///
/// # Errors
/// `NotFound` for an item that does not exist, `AlreadySubmitted`, `NotComplete` while no change is begun.
pub async fn undo_change(visit: &Visit, form: &UndoForm) -> Result<Answer, Failure> {
    visit.account()?;
    rules(visit)?;
    let item = Item::parse(&form.item).ok_or(Failure::NotFound)?;
    let work = visit.clone();
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let folder = locked(tx, &work).await?;
            let mut form = folder.answers.form(item.step);
            let on_record = folder.before.text(item.step, &item.name()).to_owned();
            if form.get(&item.name()) != Some(on_record.as_str()) {
                form.set(&item.name(), on_record);
                let seen = folder.versions.get(&item.step).copied().unwrap_or(0);
                self::write(tx, &work, &folder, &form, seen).await?;
            }
            Ok(Answer::go(page(&work, "all")))
        })
    });
    write.await
}
