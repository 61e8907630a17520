//! 材料上传: pictures are inspected and drawn anew before anybody sees them; original and view are kept sealed.

use std::sync::Arc;

use chrono::Duration;
use domain::answer::Answer;
use domain::case::{Action, Refusal};
use domain::fault::Fault;
use domain::id::AccountId;
use domain::intake::view::{FilesView, UploadAnswer, Words};
use domain::province::AttachmentRules;
use serde_json::json;
use store::StoreError;
use store::case::attachment::AttachmentRow;

use super::load::{Folder, path};
use super::show;
use super::turn::{lock_and_load, turn};
use crate::case::{file_of, keep_bytes, kept_row};
use crate::picture::{PictureError, PictureRules, Portrait};
use crate::{Failure, Limit, Visit, allow};

/// A person needs seven files; more that are kept in a day than this are no longer corrections.
const UPLOADS: Limit = Limit::new(40, 24 * 60 * 60);
/// So many before the limit it is announced.
const ANNOUNCED: i64 = 10;
/// Files that were looked at, kept or not: each costs the server work, and nobody mends a file so often in a day.
const LOOKED_AT: Limit = Limit::new(200, 24 * 60 * 60);

/// The slots that the answers call for. What was wrong with an upload without scripts is shown once.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn files_view(visit: &Visit) -> Result<FilesView, Failure> {
    let (folder, uploads_left) = {
        let mut reader = visit.services.db.read().await?;
        let folder = Folder::load(visit, &mut reader).await?;
        let bucket = visit.bucket("upload", folder.account.id.as_str());
        let kept = reader.count_rate(&bucket, visit.now() - Duration::seconds(UPLOADS.seconds)).await?;
        (folder, Some((UPLOADS.most - kept).max(0)).filter(|left| *left <= ANNOUNCED))
    };
    let faults = visit.glimpse()?.upload_faults;
    if !faults.is_empty() {
        visit.remember(|memo| memo.upload_faults.clear()).await?;
    }
    let mut slots = show::slots(visit, &folder)?;
    for slot in &mut slots {
        slot.error = faults.get(&slot.rules.slot).cloned();
    }
    let profile = &visit.province.profile;
    let (words, tips) = (Words::of(profile), profile.intake_line().attachment_tips.clone());
    Ok(FilesView { words, tips, slots, tasks: folder.tasks(), is_returned: folder.is_returned(), uploads_left })
}

/// Puts a picture into a slot. What is wrong with it, what the rules say no to, and a queue too long are answers. `remark` is what the
/// person wrote about it to the reviewer: one line, at most 100 characters, empty for nothing.
///
/// # Errors
/// `NotFound` for a slot that is not asked, `SignInAgain`, `Store`, `Broken`.
pub async fn upload(
    visit: &Visit,
    slot: &str,
    file_name: &str,
    bytes: Vec<u8>,
    remark: &str,
) -> Result<UploadAnswer, Failure> {
    visit.account()?;
    match kept(visit, slot, (file_name, remark), bytes).await {
        Ok(row) => Ok(UploadAnswer::Kept(file_of(&visit.services, &row)?)),
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

async fn kept(visit: &Visit, slot: &str, named: (&str, &str), bytes: Vec<u8>) -> Result<AttachmentRow, Rejected> {
    let waited = turn(visit).await?;
    let folder = Folder::load(visit, &mut visit.services.db.read().await?).await?;
    let accepted = accepted(may_fill(&folder, slot)?);
    let case = folder.case.as_ref().map(|case| case.id.clone()).ok_or(Failure::Stale)?;
    // An empty or too large file costs nothing to refuse, and so is not even looked at.
    let is_looked_at = !bytes.is_empty() && bytes.len() <= accepted.max_bytes as usize;
    let ticket = if is_looked_at { Some(count(visit, &folder.account.id).await?) } else { None };
    drop(waited);
    let original: Arc<[u8]> = bytes.into();
    let picture = match visit.services.pictures.inspect(original.clone(), accepted).await {
        Ok(picture) => picture,
        Err(error) => {
            if let Some(ticket) = ticket {
                give_back(visit, ticket).await?;
            }
            return Err(match error {
                PictureError::Refused(fault) => Rejected::Wrong(fault),
                PictureError::Busy => Failure::Busy.into(),
            });
        }
    };
    let row = kept_row(&visit.services, (&case, &folder.account.id, slot), named, &original, &picture);
    let source = keep_bytes(&visit.services, &row, &original, &picture).await?;
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

/// Counts a file as kept and as looked at; answers what the first count is called.
async fn count(visit: &Visit, account: &AccountId) -> Result<String, Failure> {
    let (ticket, looked_at, now) = (visit.services.ids.id(), visit.services.ids.id(), visit.now());
    let buckets = ["upload", "upload:looked_at"].map(|name| visit.bucket(name, account.as_str()));
    let write = visit.write(move |tx| {
        Box::pin(async move {
            allow(tx, &ticket, &buckets[0], &[UPLOADS], now).await?;
            allow(tx, &looked_at, &buckets[1], &[LOOKED_AT], now).await?;
            Ok(ticket)
        })
    });
    write.await
}

/// A file that was refused does not count as kept.
async fn give_back(visit: &Visit, ticket: String) -> Result<(), Failure> {
    visit.write(move |tx| Box::pin(async move { Ok(tx.remove_rate(&ticket).await?) })).await
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
