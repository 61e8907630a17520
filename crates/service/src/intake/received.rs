//! An application that begins with what is on record elsewhere: its forms stand as if the person had saved them, and what they typed
//! before stays.

use domain::case::{CaseKind, Status};
use domain::intake::Answers;
use serde_json::json;
use store::Tx;
use store::case::draft::{DraftPlace, NewDraft};
use store::case::file::CaseRow;

use super::load::{Folder, KIND, draft_place};
use crate::{Failure, Visit};

/// Puts answers into the draft of whoever asks, where nothing stands yet; opens one where there is none. Whether they may have one is
/// asked before. Answers the case.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub(crate) async fn begin_with(tx: &mut Tx, visit: &Visit, answers: &Answers) -> Result<CaseRow, Failure> {
    let latest = tx.lock_latest_case(visit.account()?, KIND).await?.filter(|case| case.status == Status::Draft);
    let folder = Folder::of(visit, tx, latest).await?;
    let case = match &folder.case {
        Some(case) => case.clone(),
        None => open(tx, visit, &folder).await?,
    };
    let now = visit.now();
    for step in visit.province.profile.intake.steps.iter().map(|step| step.key) {
        let (mut form, given) = (folder.answers.form(step), answers.form(step));
        if given.is_blank() || step.has_rows() && !form.is_blank() {
            continue;
        }
        for (field, value) in given.values() {
            if form.get(&field).is_none_or(str::is_empty) {
                form.set(&field, value.to_owned());
            }
        }
        let seen = folder.saved.get(&step).map_or(0, |saved| saved.version);
        let sealed = visit.services.vault.seal("draft.body", &draft_place(&case.id, step), &serde_json::to_vec(&form)?);
        let new = NewDraft { sealed: &sealed, tab: "", sequence: 0, noted_at: now, noted_by: "" };
        tx.save_draft(DraftPlace { case: &case.id, step: step.as_str() }, new, seen, now).await?;
    }
    Ok(case)
}

async fn open(tx: &mut Tx, visit: &Visit, folder: &Folder) -> Result<CaseRow, Failure> {
    let form_version = i64::from(visit.province.profile.intake.form_version);
    let case = CaseRow::new(visit.services.ids.id().into(), CaseKind::Intake, &folder.account, form_version, visit.now());
    crate::case::open(tx, visit, &case).await?;
    tx.audit(&visit.entry("begin", "case", case.id.as_str(), json!({}))).await?;
    Ok(case)
}
