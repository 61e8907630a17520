//! 采集须知 and 本人承诺: an application begins with the one, and with the other where the province wants it at the start.

use chrono::{DateTime, Utc};
use domain::answer::Answer;
use domain::case::{Action, CaseKind, Refusal, Status};
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use domain::intake::forms::PledgeForm;
use domain::province::PledgeAt;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::case::draft::{DraftPlace, NewDraft, PledgeRow};
use store::case::file::CaseRow;
use store::{StoreError, Tx};

use super::RecordBody;
use super::load::{Folder, draft_place, path, task_path};
use super::turn::{is_copied, lock_and_load, turn};
use crate::case::note_typing;
use crate::{Failure, Visit};

/// Opens the case, and keeps the promise to the text in force, with its hash and where it came from, where it is made at the
/// start; where it is made at the end, [`super::submit`] keeps it.
///
/// # Errors
/// `Invalid` with `NotAgreed`, `Stale` when another text is in force, `AlreadySubmitted`, `AlreadyCollected`.
pub async fn pledge(visit: &Visit, form: &PledgeForm) -> Result<Answer, Failure> {
    visit.filling_in()?;
    let is_promised = visit.province.profile.intake_line().pledge_at == PledgeAt::Start;
    if is_promised && form.agreed != "yes" {
        return Err(FieldErrors::one("agreed", Fault::NotAgreed).into());
    }
    if form.version != visit.province.profile.intake_line().briefing.pledge_version {
        return Err(Failure::Stale);
    }
    let _turn = turn(visit).await?;
    match promise(visit).await {
        // Two windows opened the case at once; the second finds it.
        Err(Failure::Store(StoreError::Exists { .. })) => promise(visit).await,
        other => other,
    }
}

async fn promise(visit: &Visit) -> Result<Answer, Failure> {
    let (asking, visit) = (visit, visit.clone());
    let write = asking.write(move |tx| {
        Box::pin(async move {
            let folder = lock_and_load(&visit, tx).await?;
            folder.permit(Action::Save)?;
            let (now, profile) = (visit.now(), &visit.province.profile);
            let case = match &folder.case {
                Some(case) => case.clone(),
                None => open_case(&visit, &folder, tx, now).await?,
            };
            let (action, version) = match profile.intake_line().pledge_at {
                PledgeAt::Start => ("pledge", keep(&visit, &case.id, tx).await?.version),
                PledgeAt::End => ("begin", profile.intake_line().briefing.version.clone()),
            };
            note_typing(tx, &visit, &case).await?;
            tx.audit(&visit.entry(action, "case", case.id.as_str(), json!({ "version": version }))).await?;
            let first = profile.intake.steps.first().filter(|_| folder.status() == Status::Draft);
            Ok(Answer::go(
                first.map_or_else(|| path(&visit, "intake"), |step| task_path(&visit, domain::intake::Task::Step(step.key))),
            ))
        })
    });
    write.await
}

/// Keeps the promise for a case to the text in force.
pub(super) async fn keep(visit: &Visit, case: &CaseId, tx: &mut Tx) -> Result<PledgeRow, Failure> {
    let briefing = &visit.province.profile.intake_line().briefing;
    let row =
        PledgeRow { version: briefing.pledge_version.clone(), text_hash: text_hash(&briefing.pledge), agreed_at: visit.now() };
    tx.save_pledge(case, &row, &visit.address).await?;
    Ok(row)
}

async fn open_case(visit: &Visit, folder: &Folder, tx: &mut Tx, now: DateTime<Utc>) -> Result<CaseRow, Failure> {
    if is_copied(tx, &folder.account.id).await? {
        return Err(Refusal::AlreadyCollected.into());
    }
    let row = CaseRow::new(
        visit.services.ids.id().into(),
        CaseKind::Intake,
        &folder.account,
        i64::from(visit.province.profile.intake.form_version),
        now,
    );
    crate::case::open(tx, visit, &row).await?;
    start_from_record(visit, tx, &row).await?;
    Ok(row)
}

/// Whoever comes back begins with what their closed record says, and types nothing twice.
async fn start_from_record(visit: &Visit, tx: &mut Tx, case: &CaseRow) -> Result<(), Failure> {
    let Some(record) = tx.find_record(&case.account_id).await? else { return Ok(()) };
    let answers = RecordBody::open(&visit.services, &record)?.answers;
    let by = visit.entry("begin", "case", case.id.as_str(), json!({})).actor_id;
    for step in &visit.province.profile.intake.steps {
        let form = answers.form(step.key);
        if form.values().iter().all(|(_, value)| value.is_empty()) {
            continue;
        }
        let sealed = visit.services.vault.seal("draft.body", &draft_place(&case.id, step.key), &serde_json::to_vec(&form)?);
        let new = NewDraft { sealed: &sealed, tab: "", sequence: 0, noted_at: visit.now(), noted_by: &by };
        tx.save_draft(DraftPlace { case: &case.id, step: step.key.as_str() }, new, 0, visit.now()).await?;
    }
    Ok(())
}

/// SHA-256 (hex) of a text.
fn text_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
