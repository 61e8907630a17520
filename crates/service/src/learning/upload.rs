//! 证明材料 of a conversion: pictures, by the limits of the province, in slots of the case.

use std::sync::Arc;

use domain::answer::Answer;
use domain::case::Action;
use domain::fault::Fault;
use domain::id::CaseId;
use domain::learning::LearningRules;
use domain::learning::forms::ProofForm;
use domain::papers::UploadAnswer;
use domain::province::AttachmentRules;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::StoreError;
use store::case::attachment::AttachmentRow;

use super::file::Claimed;
use super::{case_path, converting};
use crate::case::{UploadFor, accepted, are_there, count_upload, files_of, keep_bytes, kept_row, uncount_upload};
use crate::picture::{PictureError, PictureRules};
use crate::{Failure, Visit};

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
}

/// Puts a picture into a slot of a conversion, beside those that are there as far as there is room. What is wrong with it, what
/// the rules say no to, and a queue too long are answers. `remark` is what the person wrote about it to the reviewer.
///
/// # Errors
/// `NotFound` for a slot that the kind does not ask for and the conversion of somebody else, `SignInAgain`, `Store`, `Broken`.
pub async fn upload_proof(
    visit: &Visit,
    case: &CaseId,
    slot: &str,
    named: (&str, &str),
    bytes: Vec<u8>,
) -> Result<UploadAnswer, Failure> {
    visit.account()?;
    let coming = Coming { visit, case: case.clone(), slot };
    match coming.take(named, bytes).await {
        Ok(Ok(rows)) => Ok(UploadAnswer::Kept(files_of(&visit.services, &rows)?)),
        Ok(Err(fault)) => Ok(UploadAnswer::Wrong(fault)),
        Err(Failure::Refused(refusal)) => Ok(UploadAnswer::Refused(refusal)),
        Err(Failure::Busy) => Ok(UploadAnswer::Busy),
        Err(failure) => Err(failure),
    }
}

impl Coming<'_> {
    async fn take(&self, named: (&str, &str), bytes: Vec<u8>) -> Result<Result<Vec<AttachmentRow>, Fault>, Failure> {
        let (visit, case, slot) = (self.visit, &self.case, self.slot);
        let rules = converting(visit)?;
        let claimed = Claimed::load(visit, &mut visit.services.db.read().await?, case).await?;
        let proof = may_fill(visit, &claimed, rules, slot)?;
        let (room, there) = (room(&claimed, proof), in_slot(&claimed, slot));
        // A post that is repeated, by a second press or a connection that broke off.
        if are_there(proof.most, &there, [hex::encode(Sha256::digest(&bytes)).as_str()]) {
            return Ok(Ok(there));
        }
        if room == 0 {
            return Ok(Err(Fault::SlotFull(proof.most)));
        }
        let accepted = PictureRules { most: room, ..accepted(proof) };
        // An empty or too large file costs nothing to refuse, and so is not even looked at.
        let is_looked_at = !bytes.is_empty() && bytes.len() <= accepted.max_bytes.max(accepted.max_source) as usize;
        let ticket =
            if is_looked_at { Some(count_upload(visit, &claimed.account.id, UploadFor::Conversion).await?) } else { None };
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
            let row = kept_row(&visit.services, (case, &claimed.account.id, slot), named, &original, picture);
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
                Err(Fault::SlotFull(proof.most))
            }
        })
    }

    /// Answers what the slot holds then.
    async fn keep(&self, rows: &[AttachmentRow]) -> Result<Kept, Failure> {
        let (work, case, slot, rows) = (self.visit.clone(), self.case.clone(), self.slot.to_owned(), rows.to_vec());
        let write = self.visit.write(move |tx| {
            Box::pin(async move {
                let claimed = Claimed::lock(&work, tx, &case).await?;
                let proof = may_fill(&work, &claimed, converting(&work)?, &slot)?;
                let mut kept = in_slot(&claimed, &slot);
                if are_there(proof.most, &kept, rows.iter().map(|row| row.sha256.as_str())) {
                    return Ok(Kept::Before(kept));
                }
                if rows.len() > room(&claimed, proof) as usize {
                    return Ok(Kept::Full);
                }
                kept.retain(|_| proof.most > 1);
                let free = kept.last().map_or(0, |row| row.place + 1);
                for (place, mut row) in (free..).zip(rows) {
                    row.place = place;
                    tx.replace_attachment(&row).await?;
                    let detail = json!({ "slot": row.slot, "place": place, "bytes": row.bytes });
                    tx.audit(&work.entry("upload_file", "attachment", &row.id, detail)).await?;
                    kept.push(row);
                }
                Ok(Kept::New(kept))
            })
        });
        write.await
    }
}

/// What lies in a slot.
fn in_slot(claimed: &Claimed, slot: &str) -> Vec<AttachmentRow> {
    claimed.files.iter().filter(|file| file.slot == slot).cloned().collect()
}

/// How many pictures may come into a slot: where it takes one, that one is replaced.
fn room(claimed: &Claimed, proof: &AttachmentRules) -> u32 {
    let there = in_slot(claimed, &proof.slot).len();
    if proof.most == 1 { 1 } else { proof.most.saturating_sub(u32::try_from(there).unwrap_or(u32::MAX)) }
}

/// The rules of a slot that may be filled or emptied now.
fn may_fill<'a>(visit: &Visit, claimed: &Claimed, rules: &'a LearningRules, slot: &str) -> Result<&'a AttachmentRules, Failure> {
    let inspection = rules.inspection.as_ref().filter(|inspection| claimed.is_inspected && inspection.proof == slot);
    if inspection.is_some() {
        return rules.proof(slot).ok_or(Failure::NotFound);
    }
    claimed.permit(visit, Action::Save)?;
    let is_asked = claimed.kind(rules)?.proofs.iter().any(|asked| asked == slot);
    rules.proof(slot).filter(|_| is_asked).ok_or(Failure::NotFound)
}

/// That a slot of a conversion may be filled by the person.
///
/// # Errors
/// `NotFound` for a slot that the kind does not ask for and the conversion of somebody else, `AlreadySubmitted`, `SignInAgain`.
pub async fn asks_for(visit: &Visit, case: &CaseId, slot: &str) -> Result<(), Failure> {
    visit.account()?;
    let claimed = Claimed::load(visit, &mut visit.services.db.read().await?, case).await?;
    may_fill(visit, &claimed, converting(visit)?, slot).map(|_| ())
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
            let claimed = Claimed::lock(&work, tx, &case).await?;
            may_fill(&work, &claimed, converting(&work)?, &form.slot)?;
            // The slot is what was asked about: the proofs of what was approved stay while originals are sent.
            let is_there = claimed.files.iter().any(|file| file.slot == form.slot && file.id == form.file);
            if is_there && tx.remove_attachment(&case, &form.file).await? {
                tx.audit(&work.entry("remove_file", "attachment", &form.file, json!({ "slot": form.slot }))).await?;
            }
            Ok(Answer::go(format!("{}#slot-{}", case_path(&work, &case), form.slot)))
        })
    });
    write.await
}

/// The most that a slot takes, for whoever sends more; 0 for no such slot.
#[must_use]
pub fn largest_proof(visit: &Visit, slot: &str) -> u32 {
    let rules = visit.province.profile.learning.as_ref();
    rules.and_then(|rules| rules.proof(slot)).map_or(0, AttachmentRules::max_upload)
}
