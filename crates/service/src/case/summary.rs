//! A case and a file in a few words.

use domain::case::view::{CaseSummary, FileView};
use domain::province::Bureaus;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;

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
pub(crate) fn file_of(row: &AttachmentRow) -> FileView {
    FileView {
        id: row.id.clone(),
        slot: row.slot.clone(),
        name: row.name.clone(),
        bytes: row.bytes,
        sha256: row.sha256.clone(),
        width: row.width,
        height: row.height,
        missing: row.missing,
        uploaded_at: row.uploaded_at,
    }
}
