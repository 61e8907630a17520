//! 打印基本信息表: the application on paper, to be signed and uploaded again (手册丙 十); as it is saved now for its owner, as
//! it was submitted for the bureau.

mod by_hand;
mod extract;
mod sheet;

use domain::case::{Action, Section};
use domain::id::{AccountId, CaseId};
use domain::identity::mask;
use domain::intake::{Answers, display};
use domain::limit::Limited;
use serde_json::json;
use store::account::AccountRow;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;

use super::Submitted;
use super::load::Folder;
use crate::case::{Printed, count_reveal, find, may, reviewer, rounds, view_bytes};
use crate::ports::{PaperError, Sheet};
use crate::{Failure, Limit, Visit, allow};

pub(super) use by_hand::{by_hand, by_hand_of_all};
pub use extract::extract;
use sheet::{Applicant, sheet};

/// Whoever corrects and prints again does so a few times; more costs others their turn.
pub(super) const PRINTS: Limit = Limit::new(Limited::Prints, 30, 24 * 60 * 60);
/// The slot whose picture goes into the corner.
const PHOTO: &str = "photo";

/// The accountant's own form: with the whole number of the document, because it is their paper.
///
/// # Errors
/// `SignInAgain` for everybody but accountants, `NotFound` where the province prints nothing or nothing has been begun,
/// `TooOften`, `Busy`, `Store`, `Broken`.
pub async fn printed(visit: &Visit) -> Result<Printed, Failure> {
    let account = visit.account()?.to_owned();
    if !visit.province.profile.intake_line().prints() {
        return Err(Failure::NotFound);
    }
    let folder = Folder::load(visit, &mut visit.services.db.read().await?).await?;
    let case = folder.case.as_ref().ok_or(Failure::NotFound)?;
    let (id, bucket, now) = (visit.services.ids.id(), visit.bucket("print", account.as_str()), visit.now());
    let entry = visit.entry("print_form", "case", case.id.as_str(), json!({ "round": case.round }));
    visit
        .write(move |tx| {
            Box::pin(async move {
                allow(tx, &id, &bucket, &[PRINTS], now).await?;
                Ok::<_, Failure>(tx.audit(&entry).await?)
            })
        })
        .await?;
    press_own(visit, &folder).await
}

/// The form of somebody whom the staff at a counter serve, as it is for its owner. Who may have it is asked before.
///
/// # Errors
/// `NotFound` where the province prints nothing or nothing has been begun, `Busy`, `Store`, `Broken`.
pub(super) async fn printed_for(visit: &Visit, account: &AccountId) -> Result<Printed, Failure> {
    if !visit.province.profile.intake_line().prints() {
        return Err(Failure::NotFound);
    }
    let folder = Folder::load_for(visit, &mut visit.services.db.read().await?, account).await?;
    folder.case.as_ref().ok_or(Failure::NotFound)?;
    press_own(visit, &folder).await
}

async fn press_own(visit: &Visit, folder: &Folder) -> Result<Printed, Failure> {
    let photo = folder.files.get(PHOTO).and_then(|rows| rows.first()).cloned();
    press(visit, sheet(visit, own(visit, folder)?), photo).await
}

/// The applicant of a folder, with what a form says now.
fn own<'a>(visit: &'a Visit, folder: &'a Folder) -> Result<Applicant<'a>, Failure> {
    let answers = answers(folder);
    let bureau = match &folder.case {
        Some(case) if case.round > 0 => case.bureau.as_ref().and_then(|code| visit.province.bureaus.get(code)),
        _ => answers.bureau(&folder.cx()),
    };
    let account = &folder.account;
    Ok(Applicant {
        case: folder.case.as_ref(),
        bureau,
        holder: &folder.holder,
        document: folder.document.clone(),
        mobile: visit.services.vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed)?,
        sections: unmasked(display(&folder.cx(), answers), answers),
    })
}

/// The form of a case as it was submitted last, for staff who may look at it. The numbers on it are whole for those who may see
/// them whole, and then it counts as looking at them.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours` for everybody but reviewers; `NotFound` for a case that does not concern
/// them or of which nothing is printed; `TooOften`, `Busy`, `Store`, `Broken`.
pub async fn printed_for_bureau(visit: &Visit, id: &CaseId) -> Result<Printed, Failure> {
    let who = reviewer(visit)?;
    let (job, id) = (visit.clone(), id.to_owned());
    let looked = visit.write(move |tx| {
        Box::pin(async move {
            let (row, role) = find(tx, &job, &id).await?;
            if !job.line(row.kind).prints() {
                return Err(Failure::NotFound);
            }
            let is_whole = may(&job, &row, role, Action::Reveal).is_ok();
            count_reveal(tx, &job, &who).await?;
            let newest = rounds(tx, &row).await?.pop().ok_or(Failure::NotFound)?;
            let account = tx.find_account(&row.account_id).await?;
            let account = account.ok_or_else(|| Failure::Broken("a case without account".into()))?;
            let submitted = Submitted::open(&job.services, &row.id, &newest)?;
            let photo = match submitted.files.iter().find(|file| file.slot == PHOTO) {
                Some(file) => tx.find_attachment(&file.id).await?.filter(|found| found.account_id == row.account_id),
                None => None,
            };
            let detail = json!({ "as": role.code(), "round": newest.round, "whole": is_whole });
            tx.audit(&job.entry("print_form", "case", row.id.as_str(), detail)).await?;
            Ok::<_, Failure>((row, account, submitted, photo, is_whole))
        })
    });
    let (row, account, submitted, photo, is_whole) = looked.await?;
    let applicant = of_bureau(visit, &row, &account, &submitted, is_whole)?;
    press(visit, sheet(visit, applicant), photo).await
}

fn of_bureau<'a>(
    visit: &'a Visit,
    row: &'a CaseRow,
    account: &AccountRow,
    submitted: &'a Submitted,
    is_whole: bool,
) -> Result<Applicant<'a>, Failure> {
    let open = |place, sealed: &[u8]| visit.services.vault.open_text(place, account.id.as_str(), sealed);
    let document = open("account.document", &account.document_sealed)?;
    let mobile = open("account.mobile", &account.mobile_sealed)?;
    let answers = &submitted.answers;
    let masked = display(&submitted.context(&visit.province, visit.services.today()), answers);
    Ok(Applicant {
        case: Some(row),
        bureau: row.bureau.as_ref().and_then(|code| visit.province.bureaus.get(code)),
        holder: &submitted.holder,
        document: if is_whole { document } else { mask::document(&document) },
        mobile: if is_whole { mobile } else { mask::mobile(&mobile) },
        sections: if is_whole { unmasked(masked, answers) } else { masked },
    })
}

pub(super) async fn press(visit: &Visit, sheet: Sheet, photo: Option<AttachmentRow>) -> Result<Printed, Failure> {
    let photo = match &photo {
        Some(row) => Some(view_bytes(visit, row).await?),
        None => None,
    };
    let title = sheet.title.clone();
    match visit.services.paper.form(Sheet { photo, ..sheet }).await {
        Ok(bytes) => Ok(Printed::Pdf { title, bytes }),
        Err(PaperError::Busy) => Err(Failure::Busy),
        Err(PaperError::NoFonts) => Ok(Printed::NoFonts),
        Err(PaperError::Broken(what)) => Err(Failure::Broken(what)),
    }
}

/// What can no longer be changed is printed as it was submitted.
fn answers(folder: &Folder) -> &Answers {
    match &folder.last {
        Some(last) if folder.permit(Action::Save).is_err() => &last.answers,
        _ => &folder.answers,
    }
}

/// On pages telephones are masked; the paper has them whole.
fn unmasked(mut sections: Vec<Section>, answers: &Answers) -> Vec<Section> {
    let rows = sections.iter_mut().flat_map(|section| &mut section.rows);
    for row in rows.filter(|row| row.item == sheet::MOBILE) {
        row.value = answers.get(&row.item).map(domain::text::tidy).unwrap_or_default();
    }
    sections
}
