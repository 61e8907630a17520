//! What a slot is to others than its own page: whether it may be filled, and by what other way a file may come.

use domain::id::CaseId;
use domain::intake::view::SlotView;
use futures::future::BoxFuture;
use serde_json::Value;
use store::case::attachment::AttachmentRow;
use store::{Reader, Tx};

use super::files::may_fill;
use super::load::Folder;
use super::show;
use super::turn::lock_and_load;
use crate::{Failure, Visit};

/// Another way than the person's own page by which a file comes. It decides inside the write that keeps the file.
pub(crate) trait Door: Send + Sync {
    /// Ids of the attachments that came of the very same file before, whatever became of them.
    fn came_before<'a>(&'a self, reader: &'a mut Reader) -> BoxFuture<'a, Result<Vec<String>, Failure>>;
    /// Asked once the case is locked, before the files are kept: says no, or notes that they came.
    fn pass<'a>(&'a self, tx: &'a mut Tx, files: &'a [AttachmentRow]) -> BoxFuture<'a, Result<(), Failure>>;
    /// What the audit trail says of the way.
    fn noted(&self) -> Value;
}

/// A slot that the answers call for, with what lies in it, and the case that it belongs to. `is_open` says whether it may be
/// filled now.
///
/// # Errors
/// `NotFound` for a slot that is not asked, `SignInAgain`, `Store`, `Broken`.
pub(crate) async fn slot_view(visit: &Visit, reader: &mut Reader, slot: &str) -> Result<(Option<CaseId>, SlotView), Failure> {
    let folder = Folder::load(visit, reader).await?;
    let mut view = show::slots(visit, &folder)?.into_iter().find(|view| view.rules.slot == slot).ok_or(Failure::NotFound)?;
    view.is_open = may_fill(&folder, slot).is_ok();
    Ok((folder.case.map(|case| case.id), view))
}

/// Locks the case of a slot that may be filled now.
///
/// # Errors
/// `NotFound` for a slot that is not asked, `NotAllowedIn` and the other refusals of the case for one that is shut, `Store`.
pub(crate) async fn lock_slot(visit: &Visit, tx: &mut Tx, slot: &str) -> Result<CaseId, Failure> {
    let folder = lock_and_load(visit, tx).await?;
    may_fill(&folder, slot)?;
    folder.case.map(|case| case.id).ok_or(Failure::Stale)
}
