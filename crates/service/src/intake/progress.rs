//! 申报进度: what became of the application.

use domain::case::view::{FileView, TimelineItem};
use domain::case::{Action, Status};
use domain::intake::display;
use domain::intake::view::{ProgressView, Words};
use store::Reader;
use store::case::round::EventRow;

use super::load::Folder;
use super::show;
use crate::case::{file_of, late, name_at, summary};
use crate::{Failure, Visit, portal};

/// The case, what happened to it, and what was submitted last.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn progress_view(visit: &Visit) -> Result<ProgressView, Failure> {
    let mut reader = visit.services.db.read().await?;
    let folder = Folder::load(visit, &mut reader).await?;
    let events = match &folder.case {
        Some(case) => reader.list_events(&case.id).await?,
        None => Vec::new(),
    };
    let former = match &folder.case {
        Some(case) => reader.list_former_desks(&case.id).await?,
        None => Vec::new(),
    };
    let files = files(visit, &folder, &mut reader).await?;
    let reason = reason_of_return(&folder, &mut reader).await?;
    let late = match &folder.case {
        Some(case) => late(&mut reader, visit, case).await?,
        None => None,
    };
    let bureau = match folder.case.as_ref().and_then(|case| case.bureau.as_ref()) {
        Some(code) => portal::bureau(&mut reader, &visit.province, code).await?,
        None => None,
    };
    drop(reader);
    let waited_for = bureau.as_ref().filter(|_| folder.status() == Status::Submitted).map(|bureau| &bureau.code);
    let wait = portal::wait_words(&visit.services, &visit.province, waited_for).await?;
    let then =
        |event: &EventRow| folder.case.as_ref().map(|case| name_at(&visit.province, case, &former, event.at)).unwrap_or_default();
    let timeline: Vec<TimelineItem> = events.iter().filter_map(|event| line(event, &then(event))).collect();
    Ok(ProgressView {
        words: Words::of(&visit.province.profile),
        labels: visit.province.profile.intake.words.progress.clone(),
        signature: visit.province.profile.account.sms.signature.clone(),
        returns: visit.province.profile.intake_line().returns,
        case: folder.case.as_ref().map(|case| summary(case, &visit.province.bureaus)),
        bureau,
        wait,
        reason,
        remark: folder.last.as_ref().map(|last| last.remark.clone()).unwrap_or_default(),
        timeline,
        late,
        rejected: show::rejected(visit, &folder, None),
        may_withdraw: folder.permit(Action::Withdraw).is_ok(),
        may_resubmit: folder.permit(Action::Resubmit).is_ok(),
        sections: folder.last.as_ref().map(|last| display(&folder.cx(), &last.answers)).unwrap_or_default(),
        files,
        flash: visit.take_flash("intake").await?,
    })
}

/// What the bureau wrote to the whole of a return that stands; empty otherwise.
pub(super) async fn reason_of_return(folder: &Folder, reader: &mut Reader) -> Result<String, Failure> {
    let Some(case) = folder.case.as_ref().filter(|_| folder.status() == Status::Returned) else { return Ok(String::new()) };
    let events = reader.list_events(&case.id).await?.into_iter().rev();
    let mut returns = events.filter(|event| Action::from_code(&event.action) == Some(Action::Return));
    Ok(returns.next().map(|event| event.note).unwrap_or_default())
}

async fn files(visit: &Visit, folder: &Folder, reader: &mut Reader) -> Result<Vec<(String, FileView)>, Failure> {
    let (mut files, line) = (Vec::new(), folder.province().profile.intake_line());
    for file in folder.last.iter().flat_map(|last| &last.files) {
        let title = line.attachment(&file.slot).map_or_else(|| file.slot.clone(), |rules| rules.title.clone());
        if let Some(row) = reader.find_attachment(&file.id).await? {
            files.push((title, file_of(&visit.services, &row)?));
        }
    }
    Ok(super::show::numbered(files))
}

/// What concerns the person; notes, holds and single verdicts stay inside the bureau, and so do the names there.
fn line(event: &EventRow, bureau: &str) -> Option<TimelineItem> {
    use Action::{Approve, Forward, Resubmit, Return, Submit, Withdraw};
    let action = Action::from_code(&event.action)?;
    if !matches!(action, Submit | Withdraw | Resubmit | Approve | Return | Forward) {
        return None;
    }
    let is_own = event.actor_kind == "accountant";
    Some(TimelineItem {
        at: event.at,
        action,
        status: Status::from_code(&event.status_after)?,
        who: if is_own { event.actor_name.clone() } else { bureau.to_owned() },
        note: event.note.clone(),
        round: event.round,
    })
}
