//! 材料上传: pictures are inspected and drawn anew before anybody sees them; original and view are kept sealed.

use std::sync::Arc;

use domain::answer::Answer;
use domain::fault::Fault;
use domain::intake::view::{FilesView, UploadAnswer};
use domain::province::AttachmentRules;
use domain::review::{Action, Actor, CaseKind, Refusal, Rules, role_in};
use domain::text;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::intake::attachment::AttachmentRow;
use store::review::case::CaseRow;
use store::{Reader, StoreError};

use super::load::{Folder, lock_and_load, path, turn};
use super::{Submitted, show};
use crate::account::PhoneChangeBody;
use crate::picture::{Picture, PictureError, PictureRules, Portrait};
use crate::{Failure, Limit, Visit, allow};

/// A person needs seven files; more tries than this in a day are no longer mistakes.
const UPLOADS: Limit = Limit::new(40, 24 * 60 * 60);
const LONGEST_NAME: usize = 120;

/// The slots that the answers call for. What was wrong with an upload without scripts is shown once.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn files_view(visit: &Visit) -> Result<FilesView, Failure> {
    let folder = Folder::load(visit, &mut visit.services.db.read().await?).await?;
    let faults = visit.glimpse()?.upload_faults;
    if !faults.is_empty() {
        visit.remember(|memo| memo.upload_faults.clear()).await?;
    }
    let mut slots = show::slots(&folder);
    for slot in &mut slots {
        slot.error = faults.get(&slot.rules.slot).cloned();
    }
    Ok(FilesView { profile: visit.province.profile.clone(), slots, tasks: folder.tasks(), is_returned: folder.is_returned() })
}

/// Puts a picture into a slot. What is wrong with it, what the rules say no to, and a queue too long are answers.
///
/// # Errors
/// `NotFound` for a slot that is not asked, `SignInAgain`, `Store`, `Broken`.
pub async fn upload(visit: &Visit, slot: &str, file_name: &str, bytes: Vec<u8>) -> Result<UploadAnswer, Failure> {
    visit.account()?;
    match kept(visit, slot, file_name, bytes).await {
        Ok(row) => Ok(UploadAnswer::Kept(show::file(&row))),
        Err(Rejected::Wrong(fault)) => Ok(UploadAnswer::Wrong(fault)),
        Err(Rejected::Failed(Failure::Refused(refusal))) => Ok(UploadAnswer::Refused(refusal)),
        Err(Rejected::Failed(Failure::Busy)) => Ok(UploadAnswer::Busy),
        Err(Rejected::Failed(failure)) => Err(failure),
    }
}

enum Rejected {
    Wrong(Fault),
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for Rejected {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

async fn kept(visit: &Visit, slot: &str, file_name: &str, bytes: Vec<u8>) -> Result<AttachmentRow, Rejected> {
    let waited = turn(visit).await?;
    let folder = Folder::load(visit, &mut visit.services.db.read().await?).await?;
    let accepted = accepted(may_fill(&folder, slot)?);
    let case = folder.case.as_ref().map(|case| case.id.clone()).ok_or(Failure::Stale)?;
    // An empty or too large file costs nothing to refuse, and so no try.
    if !bytes.is_empty() && bytes.len() <= accepted.max_bytes as usize {
        count(visit, &folder.account.id).await?;
    }
    drop(waited);
    let original: Arc<[u8]> = bytes.into();
    let picture = match visit.services.pictures.inspect(original.clone(), accepted).await {
        Ok(picture) => picture,
        Err(PictureError::Refused(fault)) => return Err(Rejected::Wrong(fault)),
        Err(PictureError::Busy) => return Err(Failure::Busy.into()),
    };
    let row = AttachmentRow {
        id: visit.services.ids.id(),
        case_id: case,
        account_id: folder.account.id.clone(),
        slot: slot.to_owned(),
        sha256: picture.sha256.clone(),
        view_sha256: hex(&picture.view),
        bytes: i64::try_from(picture.made.as_deref().unwrap_or(&original).len()).unwrap_or(i64::MAX),
        media_type: picture.media_type.to_owned(),
        width: picture.width.into(),
        height: picture.height.into(),
        name: tidy_name(file_name),
        is_current: true,
        uploaded_at: visit.now(),
    };
    keep_bytes(visit, &row, &original, &picture).await?;
    let source = picture.made.is_some().then(|| hex(&original));
    match keep_row(visit, &row, source.as_deref()).await {
        // Two uploads into one slot met; the second stands.
        Err(Failure::Store(StoreError::Exists { .. })) => keep_row(visit, &row, source.as_deref()).await?,
        other => other?,
    }
    Ok(row)
}

/// The rules of a slot that may be filled or emptied now.
fn may_fill<'a>(folder: &'a Folder, slot: &str) -> Result<&'a AttachmentRules, Failure> {
    folder.permit(Action::Save)?;
    let rules = folder.slots().into_iter().find(|rules| rules.slot == slot).ok_or(Failure::NotFound)?;
    if folder.case.is_none() || !folder.may_change(&format!("attachment.{slot}")) {
        return Err(Refusal::NotAllowedIn { status: folder.status(), action: Action::Save }.into());
    }
    Ok(rules)
}

fn accepted(rules: &AttachmentRules) -> PictureRules {
    let min = (rules.min_width.unwrap_or(0), rules.min_height.unwrap_or(0));
    let min = Some(min).filter(|min| *min != (0, 0));
    let portrait = rules.studio().map(|studio| Portrait { rules: studio, kinds: rules.kinds.clone() });
    // Of a photograph a JPEG is made, whatever it was.
    let kinds = if portrait.is_some() { vec!["jpg".to_owned(), "png".to_owned()] } else { rules.kinds.clone() };
    PictureRules { max_bytes: rules.max_upload(), kinds, min, portrait }
}

async fn count(visit: &Visit, account: &str) -> Result<(), Failure> {
    let (id, bucket, now) = (visit.services.ids.id(), visit.bucket("upload", account), visit.now());
    visit.write(move |tx| Box::pin(async move { allow(tx, &id, &bucket, &[UPLOADS], now).await })).await
}

async fn keep_bytes(visit: &Visit, row: &AttachmentRow, original: &[u8], picture: &Picture) -> Result<(), Failure> {
    let services = &visit.services;
    let kept = picture.made.as_deref().unwrap_or(original);
    let mut files = vec![(format!("o-{}", row.sha256), kept), (view_name(row), picture.view.as_slice())];
    // What a photograph was made of, so that another size can be made of it later.
    if picture.made.is_some() {
        files.push((format!("s-{}", hex(original)), original));
    }
    for (name, bytes) in files {
        services.files.put(&name, services.vault.seal("file", &name, bytes)).await?;
    }
    Ok(())
}

/// `source` is the SHA-256 of what the file was made of; the audit remembers it.
async fn keep_row(visit: &Visit, row: &AttachmentRow, source: Option<&str>) -> Result<(), Failure> {
    let (work, row, _turn) = (visit.clone(), row.clone(), turn(visit).await?);
    let detail = json!({ "slot": row.slot, "bytes": row.bytes, "made_of": source });
    visit
        .write(move |tx| {
            Box::pin(async move {
                let folder = lock_and_load(&work, tx).await?;
                may_fill(&folder, &row.slot)?;
                // Another case may have begun meanwhile, whose file it is not.
                folder.case.filter(|case| case.id == row.case_id).ok_or(Failure::Stale)?;
                tx.replace_attachment(&row).await?;
                tx.audit(&work.entry("upload_file", "attachment", &row.id, detail)).await?;
                Ok(())
            })
        })
        .await
}

/// Empties a slot.
///
/// # Errors
/// `NotFound` for a slot that is not asked, `AlreadySubmitted`, `AlreadyCollected`, `NotAllowedIn` for a locked one.
pub async fn remove_file(visit: &Visit, slot: &str) -> Result<Answer, Failure> {
    visit.account()?;
    let (work, slot, _turn) = (visit.clone(), slot.to_owned(), turn(visit).await?);
    visit
        .write(move |tx| {
            Box::pin(async move {
                let folder = lock_and_load(&work, tx).await?;
                may_fill(&folder, &slot)?;
                let case = folder.case.as_ref().ok_or(Failure::Stale)?;
                if tx.remove_attachment(&case.id, &slot).await? {
                    let id = folder.files.get(&slot).map(|row| row.id.as_str()).unwrap_or_default();
                    tx.audit(&work.entry("remove_file", "attachment", id, json!({ "slot": slot }))).await?;
                }
                Ok(Answer::go(path(&work, "intake/files")))
            })
        })
        .await
}

/// The view of a file, as JPEG: for its owner, and for the staff who may look at the case, once it was submitted.
///
/// # Errors
/// `NotFound` for everybody else, `SignInAgain` for visitors, `Broken` when the bytes are gone.
pub async fn file_view(visit: &Visit, id: &str) -> Result<(Vec<u8>, &'static str), Failure> {
    let row = match &visit.actor {
        Actor::Visitor { .. } => return Err(Refusal::SignInAgain.into()),
        Actor::Accountant { account, .. } => {
            let mut reader = visit.services.db.read().await?;
            let row = reader.find_attachment(id).await?.filter(|row| row.account_id == *account).ok_or(Failure::NotFound)?;
            let case = reader.find_case(&row.case_id).await?;
            // What somebody sent from outside the login may not even be theirs.
            case.filter(|case| case.kind != CaseKind::PhoneChange).ok_or(Failure::NotFound)?;
            row
        }
        Actor::Staff { .. } => look(visit, id).await?,
    };
    Ok((view_bytes(visit, &row).await?, "image/jpeg"))
}

/// The view of a file, for whoever has been found to be allowed to look.
pub(super) async fn view_bytes(visit: &Visit, row: &AttachmentRow) -> Result<Vec<u8>, Failure> {
    let name = view_name(row);
    let sealed = visit.services.files.get(&name).await?.ok_or_else(|| Failure::Broken("a file is missing".into()))?;
    Ok(visit.services.vault.open("file", &name, &sealed)?)
}

/// What the person replaced or uploaded without submitting it is nobody else's.
async fn look(visit: &Visit, id: &str) -> Result<AttachmentRow, Failure> {
    let mut reader = visit.services.db.read().await?;
    let row = reader.find_attachment(id).await?.ok_or(Failure::NotFound)?;
    let case = reader.find_case(&row.case_id).await?.ok_or(Failure::NotFound)?;
    let role = role_in(&visit.actor, &case.province, &case.account_id, &case.bureau, &visit.province.bureaus);
    let rules = Rules::of(case.kind, visit.province.profile.intake.may_withdraw);
    let may_look = domain::review::permitted(case.status, role, Action::Look, &rules).is_ok();
    if !may_look || !is_submitted(visit, &mut reader, &case, &row.id).await? {
        return Err(Failure::NotFound);
    }
    drop(reader);
    let entry = visit.entry("look_at_file", "attachment", &row.id, json!({ "case": case.id, "slot": row.slot }));
    visit.write(move |tx| Box::pin(async move { tx.audit(&entry).await.map_err(Failure::from) })).await?;
    Ok(row)
}

/// Whether a file belongs to a round of a case.
async fn is_submitted(visit: &Visit, reader: &mut Reader, case: &CaseRow, file: &str) -> Result<bool, Failure> {
    for submission in reader.list_submissions(&case.id).await? {
        let files = match case.kind {
            CaseKind::Intake => Submitted::open(&visit.services, &case.id, &submission)?.files,
            CaseKind::PhoneChange => PhoneChangeBody::open(&visit.services, &case.id, &submission)?.files,
        };
        if files.iter().any(|of| of.id == file) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn view_name(row: &AttachmentRow) -> String {
    format!("v-{}", row.view_sha256)
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The name as text: without a path, at most 120 characters.
pub(crate) fn tidy_name(typed: &str) -> String {
    let name = text::tidy(typed);
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().take(LONGEST_NAME).collect()
}
