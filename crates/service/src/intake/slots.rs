//! The slots of a person as the pages show them: 材料上传, and 需要修改的项目.

use domain::case::Refusal;
use domain::intake::view::{FilesView, SlotView, Words};
use domain::limit::Left;

use super::load::Folder;
use super::print::{PRINTS, by_hand_of_all};
use super::show;
use crate::case::{UploadFor, uploads_left};
use crate::{Failure, Glimpse, Memo, Visit, left};

/// The slots with everything that is said beside them.
pub(super) struct Slots {
    pub slots: Vec<SlotView>,
    pub uploads_left: Option<Left>,
    pub prints_left: Option<Left>,
    pub refusal: Option<Refusal>,
    pub by_hand: String,
}

/// The slots that the answers call for. What was wrong with an upload without scripts is shown once.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn files_view(visit: &Visit) -> Result<FilesView, Failure> {
    let (folder, shown) = slots(visit).await?;
    let Slots { slots, uploads_left, prints_left, refusal, by_hand } = shown;
    let profile = &visit.province.profile;
    let (words, tips) = (Words::of(profile), profile.intake_line().attachment_tips.clone());
    let (tasks, is_returned) = (folder.tasks(), folder.is_returned());
    let next = profile.intake.words.files_next.clone();
    let case = folder.case.as_ref().map(|case| case.id.clone());
    Ok(FilesView { words, tips, next, case, slots, tasks, is_returned, uploads_left, prints_left, refusal, by_hand })
}

/// Whose they are, and the slots themselves.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub(super) async fn slots(visit: &Visit) -> Result<(Folder, Slots), Failure> {
    let (folder, uploads_left, prints_left) = {
        let mut reader = visit.services.db.read().await?;
        let folder = Folder::to_fill_in(visit, &mut reader).await?;
        let bucket = |name| visit.bucket(name, folder.account.id.as_str());
        let uploads = uploads_left(&mut reader, visit, &folder.account.id, UploadFor::Intake).await?;
        let prints = left(&mut reader, &bucket("print"), &[PRINTS], visit.now()).await?;
        (folder, uploads, prints)
    };
    let Glimpse { upload_faults: faults, upload_refusal: refusal, .. } = visit.glimpse()?;
    if !faults.is_empty() || refusal.is_some() {
        let forget = |memo: &mut Memo| {
            memo.upload_faults.forget(|_| true);
            memo.upload_refusal = None;
        };
        visit.remember(forget).await?;
    }
    let mut slots = show::slots(visit, &folder)?;
    for slot in &mut slots {
        slot.error = faults.get(&slot.rules.slot).cloned();
    }
    let by_hand = by_hand_of_all(visit, &folder).await;
    Ok((folder, Slots { slots, uploads_left, prints_left, refusal, by_hand }))
}
