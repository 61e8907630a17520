//! Pictures in the slots of a case that its owner sends: proofs of a conversion, licence and mandate of an employer. Which slots are open,
//! and what they take, is the kind's to say (`Kind::slot`).

use std::sync::Arc;

use domain::answer::Answer;
use domain::fault::Fault;
use domain::id::CaseId;
use domain::papers::{ProofForm, SlotView, UploadAnswer};
use domain::province::AttachmentRules;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;
use store::{Reader, StoreError, Tx};

use super::door::{Door, is_there};
use super::{UploadFor, accepted, are_there, count_upload, files_of, keep_bytes, kept_row, uncount_upload};
use crate::{Failure, Visit};
use pictures::{PictureError, PictureRules};

/// What the session remembers a fault of an upload by.
pub fn fault_name(case: &CaseId, slot: &str) -> String {
    format!("{case}:{slot}")
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

/// A picture on its way into a slot of a case.
struct Coming<'a> {
    visit: &'a Visit,
    case: CaseId,
    slot: &'a str,
    /// Another way than the page of the case.
    door: Option<Arc<dyn Door>>,
}

/// Puts a picture into a slot of a case, beside those that are there as far as there is room. What is wrong with it, what
/// the rules say no to, and a queue too long are answers. `remark` is what the person wrote about it to the reviewer.
///
/// # Errors
/// `NotFound` for a slot that the kind does not ask for and the case of somebody else, `SignInAgain`, `Store`, `Broken`.
pub async fn upload_proof(
    visit: &Visit,
    case: &CaseId,
    slot: &str,
    named: (&str, &str),
    bytes: Vec<u8>,
) -> Result<UploadAnswer, Failure> {
    upload_by(visit, case, slot, named, bytes, None).await
}

/// The same by another way than the page of the case; `visit` is the owner's.
///
/// # Errors
/// The same, and what the way says no with.
pub(super) async fn upload_by(
    visit: &Visit,
    case: &CaseId,
    slot: &str,
    named: (&str, &str),
    bytes: Vec<u8>,
    door: Option<Arc<dyn Door>>,
) -> Result<UploadAnswer, Failure> {
    visit.account()?;
    let coming = Coming { visit, case: case.clone(), slot, door };
    match coming.take(named, bytes).await {
        Ok(Ok(rows)) => Ok(UploadAnswer::Kept(files_of(&visit.services, &rows)?)),
        Ok(Err(fault)) => Ok(UploadAnswer::Wrong(fault)),
        Err(Failure::Refused(refusal)) => Ok(UploadAnswer::Refused(refusal)),
        Err(Failure::Busy) => Ok(UploadAnswer::Busy),
        Err(failure) => Err(failure),
    }
}

/// A slot that may be filled or emptied now, and what lies in it.
struct Open {
    case: CaseRow,
    rules: AttachmentRules,
    there: Vec<AttachmentRow>,
}

impl Open {
    async fn of(reader: &mut Reader, visit: &Visit, case: Option<CaseRow>, slot: &str) -> Result<Self, Failure> {
        let asking = visit.account()?;
        let case = case.filter(|case| case.account_id == *asking).ok_or(Failure::NotFound)?;
        let rules = visit.services.kinds.of(case.kind).slot(visit, reader, &case, slot).await?;
        let files = reader.list_attachments(&case.id).await?;
        let there = files.into_iter().filter(|file| file.slot == slot).collect();
        Ok(Self { case, rules, there })
    }

    async fn load(reader: &mut Reader, visit: &Visit, id: &CaseId, slot: &str) -> Result<Self, Failure> {
        let case = reader.find_case(id).await?;
        Self::of(reader, visit, case, slot).await
    }

    /// The same, locked until the end of the write.
    async fn lock(tx: &mut Tx, visit: &Visit, id: &CaseId, slot: &str) -> Result<Self, Failure> {
        let case = tx.lock_case(id).await?;
        Self::of(tx, visit, case, slot).await
    }

    /// How many pictures may come into it: where it takes one, that one is replaced.
    fn room(&self) -> u32 {
        let there = u32::try_from(self.there.len()).unwrap_or(u32::MAX);
        if self.rules.most == 1 { 1 } else { self.rules.most.saturating_sub(there) }
    }
}

impl Coming<'_> {
    async fn take(&self, named: (&str, &str), bytes: Vec<u8>) -> Result<Result<Vec<AttachmentRow>, Fault>, Failure> {
        let (visit, slot) = (self.visit, self.slot);
        let mut reader = visit.services.db.read().await?;
        let open = Open::load(&mut reader, visit, &self.case, slot).await?;
        if is_there(&open.there, &mut reader, self.door.as_deref()).await? {
            return Ok(Ok(open.there));
        }
        drop(reader);
        let (case, account) = (&open.case.id, &open.case.account_id);
        // A post that is repeated, by a second press or a connection that broke off; another way remembers its own.
        if self.door.is_none() && are_there(open.rules.most, &open.there, [hex::encode(Sha256::digest(&bytes)).as_str()]) {
            return Ok(Ok(open.there));
        }
        let room = open.room();
        if room == 0 {
            return Ok(Err(Fault::SlotFull(open.rules.most)));
        }
        let accepted = PictureRules { most: room, ..accepted(&open.rules) };
        // An empty or too large file costs nothing to refuse, and so is not even looked at.
        let is_looked_at = !bytes.is_empty() && bytes.len() <= accepted.max_bytes.max(accepted.max_source) as usize;
        let ticket = if is_looked_at { Some(count_upload(visit, account, UploadFor::Proof).await?) } else { None };
        let original: Arc<[u8]> = bytes.into();
        let pictures = match visit.services.pictures.inspect(original.clone(), accepted).await {
            Ok(pictures) => pictures,
            Err(error) => {
                uncount_upload(visit, ticket).await?;
                return match error {
                    PictureError::Refused(fault) => Ok(Err(fault)),
                    PictureError::Busy => Err(Failure::Busy),
                };
            }
        };
        let mut rows = Vec::new();
        for picture in &pictures {
            let row = kept_row(&visit.services, (case, account, slot), named, &original, picture);
            keep_bytes(&visit.services, &row, &original, picture).await?;
            rows.push(row);
        }
        let kept = match self.keep(&rows).await {
            // Two uploads into one slot met; the second stands.
            Err(Failure::Store(StoreError::Exists { .. })) => self.keep(&rows).await,
            other => other,
        };
        Ok(match kept? {
            Kept::New(rows) => Ok(rows),
            Kept::Before(rows) => {
                uncount_upload(visit, ticket).await?;
                Ok(rows)
            }
            // Others filled it meanwhile.
            Kept::Full => {
                uncount_upload(visit, ticket).await?;
                Err(Fault::SlotFull(open.rules.most))
            }
        })
    }

    /// Answers what the slot holds then.
    async fn keep(&self, rows: &[AttachmentRow]) -> Result<Kept, Failure> {
        let (work, case, slot, rows) = (self.visit.clone(), self.case.clone(), self.slot.to_owned(), rows.to_vec());
        let door = self.door.clone();
        let write = self.visit.write(move |tx| {
            Box::pin(async move {
                let open = Open::lock(tx, &work, &case, &slot).await?;
                let same = || are_there(open.rules.most, &open.there, rows.iter().map(|row| row.sha256.as_str()));
                if is_there(&open.there, tx, door.as_deref()).await? || (door.is_none() && same()) {
                    return Ok(Kept::Before(open.there));
                }
                if rows.len() > open.room() as usize {
                    return Ok(Kept::Full);
                }
                if let Some(door) = &door {
                    door.pass(tx, &rows).await?;
                }
                let way = door.as_ref().map(|door| door.noted());
                let mut kept = open.there;
                kept.retain(|_| open.rules.most > 1);
                let free = kept.last().map_or(0, |row| row.place + 1);
                for (place, mut row) in (free..).zip(rows) {
                    row.place = place;
                    tx.replace_attachment(&row).await?;
                    let detail = json!({ "slot": row.slot, "place": place, "bytes": row.bytes, "way": way });
                    tx.audit(&work.entry("upload_file", "attachment", &row.id, detail)).await?;
                    kept.push(row);
                }
                Ok(Kept::New(kept))
            })
        });
        write.await
    }
}

/// A slot of a case as its owner sees it.
///
/// # Errors
/// As [`super::Kind::slot_view`].
pub(super) async fn slot_view(visit: &Visit, reader: &mut Reader, row: &CaseRow, slot: &str) -> Result<SlotView, Failure> {
    let kind = visit.services.kinds.of(row.kind);
    let (rules, is_open) = match kind.slot(visit, reader, row, slot).await {
        Ok(rules) => (rules, true),
        Err(Failure::Refused(_)) => (kind.slot_rules(visit, row, slot).cloned().ok_or(Failure::NotFound)?, false),
        Err(other) => return Err(other),
    };
    let files = reader.list_attachments(&row.id).await?;
    let there: Vec<AttachmentRow> = files.into_iter().filter(|file| file.slot == slot).collect();
    let (files, words) = (files_of(&visit.services, &there)?, visit.province.profile.intake.words.slot.clone());
    Ok(SlotView { rules, files, is_open, reason: None, is_amended: false, error: None, words })
}

/// Locks a case of which a slot may be filled now.
///
/// # Errors
/// As [`super::Kind::lock_slot`].
pub(super) async fn lock_slot(visit: &Visit, tx: &mut Tx, case: &CaseId, slot: &str) -> Result<(), Failure> {
    Open::lock(tx, visit, case, slot).await.map(|_| ())
}

/// The most bytes that a slot of a case takes, where it may be filled by the person.
///
/// # Errors
/// `NotFound` for a slot that the kind does not ask for and the case of somebody else, `AlreadySubmitted`, `SignInAgain`.
pub async fn asks_for_proof(visit: &Visit, case: &CaseId, slot: &str) -> Result<u32, Failure> {
    let open = Open::load(&mut visit.services.db.read().await?, visit, case, slot).await?;
    Ok(open.rules.max_upload())
}

/// The page where the person has a case of theirs; 个人中心 for no such case.
///
/// # Errors
/// `SignInAgain`, `Store`.
pub async fn page_of(visit: &Visit, case: &CaseId) -> Result<String, Failure> {
    let asking = visit.account()?;
    let found = visit.services.db.read().await?.find_case(case).await?.filter(|found| found.account_id == *asking);
    Ok(match found {
        Some(found) => visit.services.kinds.of(found.kind).page(visit, &found.id),
        None => format!("/{}/home", visit.province_key()),
    })
}

/// Takes a file out of its slot; one of another slot stays, whatever may be done to that one. Repeating it changes nothing.
///
/// # Errors
/// `NotFound` for a slot that the kind does not ask for, `AlreadySubmitted`, `AlreadyCollected`.
pub async fn remove_proof(visit: &Visit, form: &ProofForm) -> Result<Answer, Failure> {
    visit.account()?;
    let (work, form, case) = (visit.clone(), form.clone(), CaseId::from(form.case.as_str()));
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let open = Open::lock(tx, &work, &case, &form.slot).await?;
            // The slot is what was asked about: the proofs of what was approved stay while originals are sent.
            let is_there = open.there.iter().any(|file| file.id == form.file);
            if is_there && tx.remove_attachment(&case, &form.file).await? {
                tx.audit(&work.entry("remove_file", "attachment", &form.file, json!({ "slot": form.slot }))).await?;
            }
            let page = work.services.kinds.of(open.case.kind).page(&work, &case);
            Ok(Answer::go(format!("{page}#slot-{}", form.slot)))
        })
    });
    write.await
}
