//! What one person of a bureau enters about somebody, with a proof, for another to confirm.

use std::sync::Arc;

use domain::case::{Action, Member, Refusal};
use domain::fault::{Fault, FieldErrors};
use domain::id::{BureauCode, CaseId};
use domain::identity::name::is_same_name;
use domain::named::Named;
use domain::province::AttachmentRules;
use serde::Serialize;
use store::account::AccountRow;
use store::case::attachment::AttachmentRow;
use store::case::file::{CaseRow, Desk};
use store::{Reader, Tx};

use super::{
    By, HandIn, SubmittedFile, accepted, bureau_path, hand_in, keep_bytes, kept_row, known_bureau, line, reviewers_above,
    seal_body,
};
use crate::{Failure, Visit};
use pictures::{PictureError, PictureRules};

/// A proof as it was sent: its name, and its bytes or what was wrong while they were read.
pub struct Proof {
    /// Name of the file; may be empty.
    pub name: String,
    /// The bytes, or what was wrong.
    pub bytes: Result<Vec<u8>, Fault>,
}

/// Everything that is wrong at once: with what was typed, and at `proof` with the file.
///
/// # Errors
/// The faults.
pub(crate) fn with_proof<T>(
    checked: Result<T, FieldErrors>,
    proof: Option<Proof>,
) -> Result<(T, (String, Vec<u8>)), FieldErrors> {
    let (mut errors, checked) = match checked {
        Ok(checked) => (FieldErrors::default(), Some(checked)),
        Err(errors) => (errors, None),
    };
    let file = match proof {
        None => errors.note("proof", Fault::FileMissing),
        Some(Proof { bytes: Err(fault), .. }) => errors.note("proof", fault),
        Some(Proof { name, bytes: Ok(bytes) }) => Some((name, bytes)),
    };
    match (checked, file) {
        (Some(checked), Some(file)) => errors.or((checked, file)),
        _ => Err(errors),
    }
}

/// The account of whoever was typed.
///
/// # Errors
/// `NotInList` at `document_number` where nobody here has that number and name, `Store`.
pub(crate) async fn account_of(visit: &Visit, of: &Named) -> Result<AccountRow, Failure> {
    let hash = visit.services.vault.keyed_hash("document", of.document.number());
    let found = visit.services.db.read().await?.list_accounts_of_document(visit.province_key(), &hash).await?;
    let is_same =
        |account: &AccountRow| account.document_kind == of.document.kind().code() && is_same_name(&account.name, &of.name);
    Ok(found.into_iter().find(is_same).ok_or_else(|| FieldErrors::one("document_number", Fault::NotInList))?)
}

/// The pictures of a proof, whose bytes are kept; nothing names them yet.
///
/// # Errors
/// At `proof` what is wrong with the file; `Busy`, `Store`.
pub(crate) async fn keep_proof(
    visit: &Visit,
    (case, account): (&CaseId, &AccountRow),
    rules: &AttachmentRules,
    (name, bytes): (String, Vec<u8>),
) -> Result<Vec<AttachmentRow>, Failure> {
    let original: Arc<[u8]> = bytes.into();
    let pictures = visit.services.pictures.inspect(original.clone(), PictureRules { most: rules.most, ..accepted(rules) });
    let pictures = match pictures.await {
        Ok(pictures) => pictures,
        Err(PictureError::Refused(fault)) => return Err(FieldErrors::one("proof", fault).into()),
        Err(PictureError::Busy) => return Err(Failure::Busy),
    };
    let mut rows = Vec::new();
    for (place, picture) in (0..).zip(&pictures) {
        let row = kept_row(&visit.services, (case, &account.id, &rules.slot), (&name, ""), &original, picture);
        keep_bytes(&visit.services, &row, &original, picture).await?;
        rows.push(AttachmentRow { place, ..row });
    }
    Ok(rows)
}

/// That somebody of the staff may enter something about a person: of their own bureau or one below it, and not about themselves. Asked
/// inside the write.
///
/// # Errors
/// `NotYours`, `SelfReview`, `Store`.
pub(crate) async fn may_enter(tx: &mut Tx, visit: &Visit, who: &Member, account: &AccountRow) -> Result<(), Failure> {
    let bureau = known_bureau(tx, visit, &account.id).await?;
    if !bureau.is_some_and(|bureau| visit.province.bureaus.is_within(&bureau, &who.bureau)) {
        return Err(Refusal::NotYours.into());
    }
    if tx.is_same_person(&account.id, &who.id).await? {
        return Err(Refusal::SelfReview.into());
    }
    Ok(())
}

/// The files as a submission names them.
pub(crate) fn named(files: &[AttachmentRow]) -> Vec<SubmittedFile> {
    let of = |row: &AttachmentRow| SubmittedFile { slot: row.slot.clone(), id: row.id.clone(), sha256: row.sha256.clone() };
    files.iter().map(of).collect()
}

/// Hands the case on with the first seat taken by who enters it: to another of the own bureau, or where nobody else works there, of the
/// nearest above it. The proof takes the place of one that was sent before.
///
/// # Errors
/// `NoSecondPerson`, `Stale`, `Store`.
pub(crate) async fn to_second<B: Serialize>(
    tx: &mut Tx,
    (visit, who): (&Visit, &Member),
    case: &CaseRow,
    files: &[AttachmentRow],
    (form_version, body): (i64, &B),
) -> Result<CaseRow, Failure> {
    let second = second_desk(tx, visit, who).await?;
    // What the person brought to it stays.
    let is_sent_anew = |old: &AttachmentRow| files.iter().any(|file| file.slot == old.slot);
    for old in tx.list_attachments(&case.id).await?.into_iter().filter(is_sent_anew) {
        tx.remove_attachment(&case.id, &old.id).await?;
    }
    for file in files {
        tx.replace_attachment(file).await?;
    }
    let body_sealed = seal_body(&visit.services, &case.id, case.round + 1, body)?;
    let what = HandIn { bureau: &who.bureau, form_version, body_sealed, by: By::staff(who), note: "" };
    let case = hand_in(tx, visit, case, what).await?;
    let path = bureau_path(&visit.province.bureaus, &second);
    tx.hand_on_case(&case, &Desk { bureau: &second, bureau_path: &path, seat: 1 }, visit.now()).await?;
    tx.add_event(&line(&visit.services, &case, Action::Endorse, By::staff(who), "")?).await?;
    Ok(CaseRow { bureau: Some(second), seat: 1, ..case })
}

/// Where somebody else can confirm: the own bureau, or the nearest above it.
async fn second_desk(reader: &mut Reader, visit: &Visit, who: &Member) -> Result<BureauCode, Failure> {
    let counts = reviewers_above(reader, visit, &who.bureau, [&who.id, &who.id]).await?;
    Ok(counts.into_iter().find(|(_, count)| *count > 0).map(|(bureau, _)| bureau).ok_or(Refusal::NoSecondPerson)?)
}
