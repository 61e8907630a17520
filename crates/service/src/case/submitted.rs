//! What was submitted in one round lies sealed in the database, bound to its case and round.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::case::round::SubmissionRow;

use crate::{Failure, Services};
use domain::case::Mark;
use domain::id::CaseId;

/// A submitted file: its slot, the id of its row, and the SHA-256 (hex) of the original.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmittedFile {
    /// Key of the slot of the 材料.
    pub slot: String,
    /// Id of the row of the attachment.
    pub id: String,
    /// SHA-256 of the kept file, in hexadecimal digits.
    pub sha256: String,
}

/// The file that a mark is on; `None` where there is none.
pub(crate) fn file_of_mark<'a>(files: &'a [SubmittedFile], mark: &Mark) -> Option<&'a SubmittedFile> {
    files.iter().filter(|file| file.slot == mark.slot).nth(mark.nth)
}

/// What each slot holds, for comparing: the SHA-256 (hex) of its file, of several joined by `+` in their order.
pub(crate) fn fingerprints<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> BTreeMap<String, String> {
    let mut slots = BTreeMap::<String, String>::new();
    for (slot, sha256) in files {
        let all = slots.entry(slot.to_owned()).or_default();
        if !all.is_empty() {
            all.push('+');
        }
        all.push_str(sha256);
    }
    slots
}

impl SubmittedFile {
    /// As [`fingerprints`] wants it.
    pub(crate) fn print(&self) -> (&str, &str) {
        (&self.slot, &self.sha256)
    }
}

/// Opens the sealed body of a round of a case.
///
/// # Errors
/// `Broken` when the body cannot be opened or read.
pub(crate) fn open_body<T: DeserializeOwned>(services: &Services, case: &CaseId, row: &SubmissionRow) -> Result<T, Failure> {
    let plain = services.vault.open("submission.body", &place(case, row.round), &row.body_sealed)?;
    Ok(serde_json::from_slice(&plain)?)
}

/// Seals the body of a round of a case.
///
/// # Errors
/// `Broken`.
pub(crate) fn seal_body<T: Serialize>(services: &Services, case: &CaseId, round: i64, body: &T) -> Result<Vec<u8>, Failure> {
    Ok(services.vault.seal("submission.body", &place(case, round), &serde_json::to_vec(body)?))
}

/// What the sealed body of a round is bound to.
fn place(case: &CaseId, round: i64) -> String {
    format!("{case}|{round}")
}
