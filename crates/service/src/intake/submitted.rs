//! What was submitted in one round, as it lies sealed in the database.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::id::CaseId;
use domain::intake::{Answers, Context, Holder};
use domain::province::Province;
use serde::{Deserialize, Serialize};
use store::case::round::SubmissionRow;

use crate::case::{SubmittedFile, fingerprints, open_body};
use crate::{Failure, Services};

/// A submission: what was typed, which files belonged to it, and to which texts the person agreed. It is never edited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Submitted {
    /// What was typed in all steps.
    pub answers: Answers,
    /// In the order of the profile.
    pub files: Vec<SubmittedFile>,
    /// Version of the questions that were answered.
    pub form_version: u32,
    /// Version of the 本人承诺 that was promised.
    pub pledge_version: String,
    /// SHA-256 (hex) of the text of the pledge.
    pub pledge_hash: String,
    /// The person as registered when it was submitted.
    pub holder: Holder,
    /// 备注 to the reviewer; may be empty.
    pub remark: String,
    /// 内容无误: what the person says to rejected items that stay as they are, by item.
    pub explanations: BTreeMap<String, String>,
    /// 窗口代办; `None` where the person handed it in.
    pub taken_in: Option<TakenIn>,
}

/// Who of the staff handed an application in for the person who stood before them; neither of them decides it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenIn {
    /// Name of who took it in.
    pub by: String,
    /// Name of who confirmed it.
    pub confirmed_by: String,
    /// Why the person did not do it themselves.
    pub reason: String,
}

impl Submitted {
    /// Opens the sealed body of a round of a case.
    ///
    /// # Errors
    /// `Broken` when the body cannot be opened or read.
    pub fn open(services: &Services, case: &CaseId, row: &SubmissionRow) -> Result<Self, Failure> {
        open_body(services, case, row)
    }

    /// The rules' view of it on a day.
    pub fn context<'a>(&'a self, province: &'a Province, today: NaiveDate) -> Context<'a> {
        Context::of(province, &self.holder, &self.answers, today)
    }

    /// What each slot holds, as [`domain::intake::not_amended`] compares them.
    #[must_use]
    pub fn hashes(&self) -> BTreeMap<String, String> {
        fingerprints(self.files.iter().map(SubmittedFile::print))
    }
}
