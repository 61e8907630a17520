//! What a slot of 信息采集 is to others than its own page: whether it may be filled, and that another way may bring a picture.

use domain::case::CaseKind;
use domain::id::CaseId;
use domain::intake::view::SlotView;
use domain::province::AttachmentRules;
use store::case::file::CaseRow;
use store::{Reader, Tx};

use super::files::may_fill;
use super::load::{Folder, path};
use super::show;
use super::turn::lock_and_load;
use crate::{Failure, Visit};

/// The page of all slots, and above it that of the application.
pub(super) fn slot_trail(visit: &Visit) -> Vec<(String, String)> {
    let (line, files) = (&visit.line(CaseKind::Intake).name, &visit.province.profile.intake.attachments_title);
    vec![(line.clone(), path(visit, "intake")), (files.clone(), path(visit, "intake/files"))]
}

/// A slot that the answers call for, with what lies in it. `is_open` says whether it may be filled now.
///
/// # Errors
/// `NotFound` for a slot that is not asked and for an application that is not the newest, `SignInAgain`, `Store`, `Broken`.
pub(super) async fn slot_view(visit: &Visit, reader: &mut Reader, row: &CaseRow, slot: &str) -> Result<SlotView, Failure> {
    let folder = Folder::load(visit, reader).await?;
    is_newest(&folder, &row.id)?;
    let mut view = show::slots(visit, &folder)?.into_iter().find(|view| view.rules.slot == slot).ok_or(Failure::NotFound)?;
    view.is_open = may_fill(&folder, slot).is_ok();
    Ok(view)
}

/// The slots that may be filled now; none of an application that is not the newest.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub(super) async fn open_slots(visit: &Visit, reader: &mut Reader, row: &CaseRow) -> Result<Vec<AttachmentRules>, Failure> {
    let folder = Folder::load(visit, reader).await?;
    if is_newest(&folder, &row.id).is_err() {
        return Ok(Vec::new());
    }
    let slots = folder.slots().into_iter().filter(|rules| may_fill(&folder, &rules.slot).is_ok());
    Ok(slots.cloned().collect())
}

/// Locks the application of a slot that may be filled now.
///
/// # Errors
/// `NotFound` for a slot that is not asked, `NotAllowedIn` and the other refusals of the case for one that is shut, `Store`.
pub(super) async fn lock_slot(visit: &Visit, tx: &mut Tx, row: &CaseRow, slot: &str) -> Result<(), Failure> {
    let folder = lock_and_load(visit, tx).await?;
    is_newest(&folder, &row.id)?;
    may_fill(&folder, slot).map(|_| ())
}

fn is_newest(folder: &Folder, case: &CaseId) -> Result<(), Failure> {
    folder.case.as_ref().filter(|newest| newest.id == *case).map(|_| ()).ok_or(Failure::NotFound)
}
