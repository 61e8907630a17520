//! What was submitted in one round, as it lies sealed in the database.

use std::collections::BTreeMap;

use domain::intake::{Answers, Holder};
use serde::{Deserialize, Serialize};
use store::review::round::SubmissionRow;

use crate::{Failure, Services};

/// A submitted file: its slot, the id of its row, and the SHA-256 (hex) of the original.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmittedFile {
    pub slot: String,
    pub id: String,
    pub sha256: String,
}

/// A submission: what was typed, which files belonged to it, and to which texts the person agreed. It is never edited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Submitted {
    pub answers: Answers,
    /// In the order of the profile.
    pub files: Vec<SubmittedFile>,
    pub form_version: u32,
    pub pledge_version: String,
    /// SHA-256 (hex) of the text of the pledge.
    pub pledge_hash: String,
    pub holder: Holder,
}

impl Submitted {
    /// Opens the sealed body of a round of a case.
    ///
    /// # Errors
    /// `Broken` when the body cannot be opened or read.
    pub fn open(services: &Services, case: &str, row: &SubmissionRow) -> Result<Self, Failure> {
        let plain = services.vault.open("submission.body", &place(case, row.round), &row.body_sealed)?;
        Ok(serde_json::from_slice(&plain)?)
    }

    /// Seals it as the body of a round of a case.
    ///
    /// # Errors
    /// `Broken`.
    pub fn seal(&self, services: &Services, case: &str, round: i64) -> Result<Vec<u8>, Failure> {
        Ok(services.vault.seal("submission.body", &place(case, round), &serde_json::to_vec(self)?))
    }

    /// The SHA-256 of each file by slot, as [`domain::intake::not_amended`] compares them.
    #[must_use]
    pub fn hashes(&self) -> BTreeMap<String, String> {
        self.files.iter().map(|file| (file.slot.clone(), file.sha256.clone())).collect()
    }
}

/// What the sealed body of a round is bound to.
pub(crate) fn place(case: &str, round: i64) -> String {
    format!("{case}|{round}")
}
