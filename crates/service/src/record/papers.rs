//! 证照库: every paper once, however often it was uploaded, with where it was used, how long it is valid and who looked at it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::case::Status;
use domain::record::view::{OpenSlot, PaperLook, PaperUse, PaperView, PapersView};
use domain::record::{Look, LookKind, sittings, validity};
use store::Reader;
use store::case::attachment::AttachmentRow;

use super::library::Library;
use super::looks::look;
use crate::case::bureau_name;
use crate::{Failure, Visit};

/// How many looks are read.
const LOOKS: i64 = 1_000;
/// The forms of the page.
const FORMS: [&str; 3] = ["paper", "reuse", "expiry"];

/// The papers of whoever asks, and the slots that may be filled now. `wanted` is the case and the slot that a paper is looked for.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn papers_view(visit: &Visit, wanted: Option<(&str, &str)>) -> Result<PapersView, Failure> {
    let account = visit.account()?.clone();
    let mut flash = None;
    for form in FORMS {
        flash = flash.or(visit.take_flash(form).await?);
    }
    let mut reader = visit.services.db.read().await?;
    let library = Library::read(visit, &mut reader, &account).await?;
    let looks: Vec<Look> = reader.list_looks(&account, LOOKS).await?.into_iter().filter_map(look).collect();
    let expiries: BTreeMap<String, NaiveDate> = reader.list_paper_expiries(&account).await?.into_iter().collect();
    let open = open_slots(visit, &mut reader, &library).await?;
    drop(reader);
    let today = visit.services.today();
    let mut seen = BTreeSet::new();
    let newest = library.files.iter().filter(|file| seen.insert(file.sha256.clone()));
    let mut papers: Vec<PaperView> = newest
        .map(|file| {
            let expiry = expiries.get(&file.sha256).map(|until| (*until, validity(*until, today)));
            PaperView { expiry, ..paper(visit, &library, &looks, file) }
        })
        .collect();
    papers.sort_by(|one, other| one.title.cmp(&other.title).then(other.uploaded_at.cmp(&one.uploaded_at)));
    let wanted = wanted.and_then(|(case, slot)| open.iter().find(|of| of.case == case && of.slot == slot).cloned());
    Ok(PapersView { papers, open, wanted, today, flash })
}

/// The slots of applications that are with the person.
async fn open_slots(visit: &Visit, reader: &mut Reader, library: &Library) -> Result<Vec<OpenSlot>, Failure> {
    let mut open = Vec::new();
    for case in library.cases.values().filter(|case| matches!(case.status, Status::Draft | Status::Returned)) {
        let kind = visit.services.kinds.of(case.kind);
        let page = kind.slot_trail(visit, case).pop().map(|(_, page)| page).unwrap_or_default();
        for rules in kind.open_slots(visit, reader, case).await? {
            open.push(OpenSlot {
                case: case.id.clone(),
                case_name: visit.line(case.kind).name.clone(),
                way: format!("{page}#slot-{}", rules.slot),
                title: rules.title,
                slot: rules.slot,
            });
        }
    }
    Ok(open)
}

/// A paper by its newest file, without its last day.
fn paper(visit: &Visit, library: &Library, looks: &[Look], file: &AttachmentRow) -> PaperView {
    let all = library.paper(&file.id);
    PaperView {
        id: file.id.clone(),
        title: library.title(visit, file),
        name: file.name.clone(),
        bytes: file.bytes,
        uploaded_at: file.uploaded_at,
        uses: uses(visit, library, &all),
        looks: looked(visit, looks, &all),
        expiry: None,
        may_delete: !all.iter().any(|file| library.holds(file)),
    }
}

/// The applications that have a paper, each once.
fn uses(visit: &Visit, library: &Library, files: &[&AttachmentRow]) -> Vec<PaperUse> {
    let mut seen = BTreeSet::new();
    let used = files.iter().filter(|file| library.is_used(file) && seen.insert((&file.case_id, &file.slot)));
    used.filter_map(|file| {
        let case = library.cases.get(&file.case_id)?;
        Some(PaperUse {
            case_name: visit.line(case.kind).name.clone(),
            case_number: case.number.clone().unwrap_or_default(),
            status: case.status,
            title: library.title(visit, file),
        })
    })
    .collect()
}

/// Who of the staff looked at a paper, by day and case.
fn looked(visit: &Visit, looks: &[Look], files: &[&AttachmentRow]) -> Vec<PaperLook> {
    let is_of = |look: &&Look| look.kind == LookKind::Files && files.iter().any(|file| look.files.contains(&file.id));
    let of: Vec<Look> = looks.iter().filter(is_of).cloned().collect();
    let told = sittings(&of).into_iter();
    told.map(|of| PaperLook { at: of.to, bureau_name: bureau_name(&visit.province, &of.bureau), role: of.role }).collect()
}
