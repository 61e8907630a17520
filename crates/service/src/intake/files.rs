//! 材料上传: pictures are inspected and drawn anew before anybody sees them; original and view are kept sealed.

use std::sync::Arc;

use domain::answer::Answer;
use domain::case::{Action, Refusal};
use domain::fault::Fault;
use domain::intake::Back;
use domain::intake::view::UploadAnswer;
use domain::province::AttachmentRules;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::StoreError;
use store::case::attachment::AttachmentRow;

use super::load::{Folder, back_path, path};
use super::turn::{lock_and_load, turn};
use crate::case::{
    Door, UploadFor, accepted, are_there, count_upload, files_of, is_there, keep_bytes, kept_row, note_typing, uncount_upload,
};
use crate::{Failure, Visit};
use pictures::{PictureError, PictureRules};

/// Puts a picture into a slot: in the place of the one that is there, or beside it where the slot takes several. A document
/// of several pages is several pictures. What is wrong with it, what the rules say no to, and a queue too long are answers.
/// `remark` is what the person wrote about it to the reviewer: one line, at most 100 characters, empty for nothing.
///
/// # Errors
/// `NotFound` for a slot that is not asked, `SignInAgain`, `Store`, `Broken`.
pub async fn upload(visit: &Visit, slot: &str, file_name: &str, bytes: Vec<u8>, remark: &str) -> Result<UploadAnswer, Failure> {
    upload_by(visit, slot, (file_name, remark), bytes, None).await
}

/// The same by another way than the person's own page; `visit` is the person's, `named` the name and the remark.
///
/// # Errors
/// The same, and what the way says no with.
pub(crate) async fn upload_by(
    visit: &Visit,
    slot: &str,
    named: (&str, &str),
    bytes: Vec<u8>,
    door: Option<Arc<dyn Door>>,
) -> Result<UploadAnswer, Failure> {
    visit.filling_in()?;
    match kept(visit, slot, named, bytes, door).await {
        Ok(rows) => Ok(UploadAnswer::Kept(files_of(&visit.services, &rows)?)),
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

async fn kept(
    visit: &Visit,
    slot: &str,
    named: (&str, &str),
    bytes: Vec<u8>,
    door: Option<Arc<dyn Door>>,
) -> Result<Vec<AttachmentRow>, Rejected> {
    let waited = turn(visit).await?;
    let mut reader = visit.services.db.read().await?;
    let mut folder = Folder::to_fill_in(visit, &mut reader).await?;
    may_fill(&folder, slot)?;
    if is_there(held(&folder, slot), &mut reader, door.as_deref()).await? {
        return Ok(folder.files.remove(slot).unwrap_or_default());
    }
    drop(reader);
    let rules = may_fill(&folder, slot)?;
    let (most, room) = (rules.most, room(&folder, rules));
    // A post that is repeated, by a second press or a connection that broke off; a telephone remembers its own.
    let there = held(&folder, slot);
    if door.is_none() && are_there(most, there, [hex::encode(Sha256::digest(&bytes)).as_str()]) {
        return Ok(there.to_vec());
    }
    if room == 0 {
        return Err(Rejected::Wrong(Fault::SlotFull(most)));
    }
    let accepted = PictureRules { most: room, ..accepted(rules) };
    let case = folder.case.as_ref().map(|case| case.id.clone()).ok_or(Failure::Stale)?;
    // An empty or too large file costs nothing to refuse, and so is not even looked at.
    let is_looked_at = !bytes.is_empty() && bytes.len() <= accepted.max_bytes.max(accepted.max_source) as usize;
    let ticket = if is_looked_at { Some(count_upload(visit, &folder.account.id, UploadFor::Intake).await?) } else { None };
    drop(waited);
    let original: Arc<[u8]> = bytes.into();
    let pictures = match visit.services.pictures.inspect(original.clone(), accepted).await {
        Ok(pictures) => pictures,
        Err(error) => {
            uncount_upload(visit, ticket).await?;
            return Err(match error {
                PictureError::Refused(fault) => Rejected::Wrong(fault),
                PictureError::Busy => Failure::Busy.into(),
            });
        }
    };
    let (mut rows, mut source) = (Vec::new(), None);
    for picture in &pictures {
        let row = kept_row(&visit.services, (&case, &folder.account.id, slot), named, &original, picture);
        source = keep_bytes(&visit.services, &row, &original, picture).await?;
        rows.push(row);
    }
    let kept = match keep_rows(visit, slot, &rows, source.as_deref(), door.clone()).await {
        // Two uploads into one slot met; the second stands.
        Err(Failure::Store(StoreError::Exists { .. })) => keep_rows(visit, slot, &rows, source.as_deref(), door).await,
        other => other,
    };
    match kept? {
        Kept::New(rows) => Ok(rows),
        Kept::Before(rows) => {
            uncount_upload(visit, ticket).await?;
            Ok(rows)
        }
        // Others filled it meanwhile.
        Kept::Full => {
            uncount_upload(visit, ticket).await?;
            Err(Rejected::Wrong(Fault::SlotFull(most)))
        }
    }
}

/// That a slot may be filled by whoever fills in.
///
/// # Errors
/// `NotFound` for a slot that is not asked, `AlreadySubmitted`, `AlreadyCollected`, `NotAllowedIn`, `SignInAgain`.
pub async fn asks_for(visit: &Visit, slot: &str) -> Result<(), Failure> {
    let folder = Folder::to_fill_in(visit, &mut visit.services.db.read().await?).await?;
    may_fill(&folder, slot).map(|_| ())
}

/// What lies in a slot.
fn held<'a>(folder: &'a Folder, slot: &str) -> &'a [AttachmentRow] {
    folder.files.get(slot).map_or(&[][..], Vec::as_slice)
}

/// How many pictures may come into a slot: where it takes one, that one is replaced.
fn room(folder: &Folder, rules: &AttachmentRules) -> u32 {
    let there = held(folder, &rules.slot).len();
    if rules.most == 1 { 1 } else { rules.most.saturating_sub(u32::try_from(there).unwrap_or(u32::MAX)) }
}

/// The rules of a slot that may be filled or emptied now.
pub(super) fn may_fill<'a>(folder: &'a Folder, slot: &str) -> Result<&'a AttachmentRules, Failure> {
    folder.permit(Action::Save)?;
    let rules = folder.slots().into_iter().find(|rules| rules.slot == slot).ok_or(Failure::NotFound)?;
    if folder.case.is_none() || !folder.may_change(&format!("attachment.{slot}")) {
        return Err(Refusal::NotAllowedIn { status: folder.status(), action: Action::Save }.into());
    }
    Ok(rules)
}

/// What came of pictures for a slot, with what it holds then.
enum Kept {
    /// They were put in.
    New(Vec<AttachmentRow>),
    /// They were there before.
    Before(Vec<AttachmentRow>),
    /// There is no room any more.
    Full,
}

/// Answers what the slot holds then. `source` is the SHA-256 of what the files were
/// made of; the audit remembers it.
async fn keep_rows(
    visit: &Visit,
    slot: &str,
    rows: &[AttachmentRow],
    source: Option<&str>,
    door: Option<Arc<dyn Door>>,
) -> Result<Kept, Failure> {
    let (work, slot, rows, _turn) = (visit.clone(), slot.to_owned(), rows.to_vec(), turn(visit).await?);
    let source = source.map(str::to_owned);
    visit
        .write(move |tx| {
            Box::pin(async move {
                let mut folder = lock_and_load(&work, tx).await?;
                may_fill(&folder, &slot)?;
                if is_there(held(&folder, &slot), tx, door.as_deref()).await? {
                    return Ok(Kept::Before(folder.files.remove(&slot).unwrap_or_default()));
                }
                let rules = may_fill(&folder, &slot)?;
                let (most, room) = (rules.most, room(&folder, rules) as usize);
                // Another case may have begun meanwhile, whose files they are not.
                let case = folder.case.as_ref().map(|case| &case.id);
                if rows.iter().any(|row| case != Some(&row.case_id)) {
                    return Err(Failure::Stale);
                }
                let there = held(&folder, &slot);
                if door.is_none() && are_there(most, there, rows.iter().map(|row| row.sha256.as_str())) {
                    return Ok(Kept::Before(there.to_vec()));
                }
                if rows.len() > room {
                    return Ok(Kept::Full);
                }
                if let Some(door) = &door {
                    door.pass(tx, &rows).await?;
                }
                if let Some(case) = &folder.case {
                    note_typing(tx, &work, case).await?;
                }
                let way = door.as_ref().map(|door| door.noted());
                let mut kept = folder.files.remove(&slot).filter(|_| most > 1).unwrap_or_default();
                let free = kept.last().map_or(0, |row| row.place + 1);
                for (place, mut row) in (free..).zip(rows) {
                    row.place = place;
                    tx.replace_attachment(&row).await?;
                    let detail = json!({ "slot": row.slot, "place": place, "bytes": row.bytes, "made_of": source, "way": way });
                    tx.audit(&work.entry("upload_file", "attachment", &row.id, detail)).await?;
                    kept.push(row);
                }
                Ok(Kept::New(kept))
            })
        })
        .await
}

/// Takes a file out of its slot, or all of them where none is named. `back` is the page that this leads back to.
///
/// # Errors
/// `NotFound` for a slot that is not asked, `AlreadySubmitted`, `AlreadyCollected`, `NotAllowedIn` for a locked one.
pub async fn remove_file(visit: &Visit, slot: &str, file: &str, back: Option<Back>) -> Result<Answer, Failure> {
    visit.filling_in()?;
    let (work, slot, file, _turn) = (visit.clone(), slot.to_owned(), file.to_owned(), turn(visit).await?);
    visit
        .write(move |tx| {
            Box::pin(async move {
                let folder = lock_and_load(&work, tx).await?;
                may_fill(&folder, &slot)?;
                let case = folder.case.as_ref().ok_or(Failure::Stale)?;
                for row in held(&folder, &slot).iter().filter(|row| file.is_empty() || row.id == file) {
                    if tx.remove_attachment(&case.id, &row.id).await? {
                        note_typing(tx, &work, case).await?;
                        tx.audit(&work.entry("remove_file", "attachment", &row.id, json!({ "slot": slot }))).await?;
                    }
                }
                Ok(Answer::go(back.map_or_else(|| path(&work, "intake/files"), |back| back_path(&work, back))))
            })
        })
        .await
}
