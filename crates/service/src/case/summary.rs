//! A case and a file in a few words.

use domain::case::view::{CaseSummary, FileView};
use domain::province::Bureaus;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;

use super::files::remark_of;
use crate::{Failure, Services};

/// A case in a few words.
pub(crate) fn summary(case: &CaseRow, bureaus: &Bureaus) -> CaseSummary {
    CaseSummary {
        id: case.id.clone(),
        number: case.number.clone().unwrap_or_default(),
        kind: case.kind,
        status: case.status,
        version: case.version,
        round: case.round,
        bureau_name: case
            .bureau
            .as_ref()
            .and_then(|code| bureaus.get(code))
            .map(|bureau| bureau.name.clone())
            .unwrap_or_default(),
        submitted_at: case.submitted_at,
        due_on: case.due_on,
        decided_at: case.decided_at,
    }
}

/// A file as pages show it.
///
/// # Errors
/// `Broken` when its remark cannot be opened.
pub(crate) fn file_of(services: &Services, row: &AttachmentRow) -> Result<FileView, Failure> {
    Ok(FileView {
        id: row.id.clone(),
        slot: row.slot.clone(),
        name: row.name.clone(),
        remark: remark_of(services, row)?,
        bytes: row.bytes,
        sha256: row.sha256.clone(),
        width: row.width,
        height: row.height,
        missing: row.missing,
        uploaded_at: row.uploaded_at,
    })
}

/// Files as pages show them, in their order.
///
/// # Errors
/// `Broken` when a remark cannot be opened.
pub(crate) fn files_of(services: &Services, rows: &[AttachmentRow]) -> Result<Vec<FileView>, Failure> {
    rows.iter().map(|row| file_of(services, row)).collect()
}
