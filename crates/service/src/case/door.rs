//! What a slot of a case is to others than its own page: whether it may be filled, and by what other way a picture may come. What
//! differs between the kinds is behind `Kind`.

use std::sync::Arc;

use domain::id::CaseId;
use domain::papers::{SlotView, UploadAnswer};
use futures::future::BoxFuture;
use serde_json::Value;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;
use store::{Reader, Tx};

use crate::{Failure, Visit};

/// Another way than the owner's own page by which a picture comes. It decides inside the write that keeps the file.
pub(crate) trait Door: Send + Sync {
    /// Ids of the attachments that came of the very same file before, whatever became of them.
    fn came_before<'a>(&'a self, reader: &'a mut Reader) -> BoxFuture<'a, Result<Vec<String>, Failure>>;
    /// Asked once the case is locked, before the files are kept: says no, or notes that they came.
    fn pass<'a>(&'a self, tx: &'a mut Tx, files: &'a [AttachmentRow]) -> BoxFuture<'a, Result<(), Failure>>;
    /// What the audit trail says of the way.
    fn noted(&self) -> Value;
}

/// Whether what came of the same file by the same way lies among the files of a slot already.
///
/// # Errors
/// `Store`.
pub(crate) async fn is_there(files: &[AttachmentRow], reader: &mut Reader, door: Option<&dyn Door>) -> Result<bool, Failure> {
    let Some(door) = door else { return Ok(false) };
    let before = door.came_before(reader).await?;
    Ok(files.iter().any(|row| before.contains(&row.id)))
}

/// A slot of a case of the person who asks, with what lies in it. `is_open` says whether it may be filled now.
///
/// # Errors
/// `NotFound` for a slot that the kind does not ask for and the case of somebody else, `SignInAgain`, `Store`, `Broken`.
pub(crate) async fn slot_view(
    visit: &Visit,
    reader: &mut Reader,
    case: &CaseId,
    slot: &str,
) -> Result<(CaseRow, SlotView), Failure> {
    let row = own(visit, reader, case).await?;
    let view = visit.services.kinds.of(row.kind).slot_view(visit, reader, &row, slot).await?;
    Ok((row, view))
}

/// Locks the case of a slot that its owner may fill now.
///
/// # Errors
/// `NotFound` for a slot that the kind does not ask for and the case of somebody else, the refusals of the case for a slot that
/// is shut, `SignInAgain`, `Store`.
pub(crate) async fn lock_slot(visit: &Visit, tx: &mut Tx, case: &CaseId, slot: &str) -> Result<(), Failure> {
    let row = own(visit, tx, case).await?;
    visit.services.kinds.of(row.kind).lock_slot(visit, tx, &row, slot).await
}

/// Puts a picture into a slot by another way than its own page; `visit` is the owner's, `named` the name of the file and the
/// remark to the reviewer.
///
/// # Errors
/// As for every upload of the kind, and what the way says no with.
pub(crate) async fn bring(
    visit: &Visit,
    (row, slot): (&CaseRow, &str),
    named: (&str, &str),
    bytes: Vec<u8>,
    door: Arc<dyn Door>,
) -> Result<UploadAnswer, Failure> {
    visit.services.kinds.of(row.kind).bring(visit, (row, slot), named, bytes, door).await
}

async fn own(visit: &Visit, reader: &mut Reader, case: &CaseId) -> Result<CaseRow, Failure> {
    let asking = visit.account()?;
    reader.find_case(case).await?.filter(|row| row.account_id == *asking).ok_or(Failure::NotFound)
}
