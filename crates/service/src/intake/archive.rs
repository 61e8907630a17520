//! The record (档案) that an approval writes.

use domain::intake::{Answers, Application, Holder, StepKey};
use domain::province::Province;
use serde::{Deserialize, Serialize};
use store::account::AccountRow;
use store::archive::RecordRow;
use store::case::file::CaseRow;

use super::Submitted;
use crate::case::SubmittedFile;
use crate::{Failure, Services, Visit, china_date};

/// A version of a record, as it lies sealed in the database.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordBody {
    /// 受理编号 of the approved case; empty where it has none.
    pub case_number: String,
    /// Version of the questions that were answered.
    pub form_version: u32,
    /// The person as registered when it was submitted.
    pub holder: Holder,
    /// What was typed.
    pub answers: Answers,
    /// What the rules of the day of submission made of it; `None` where they no longer do.
    pub application: Option<Application>,
    /// The files of the approved round.
    pub files: Vec<SubmittedFile>,
}

impl RecordBody {
    /// Opens a version of a record.
    ///
    /// # Errors
    /// `Broken`.
    pub(crate) fn open(services: &Services, row: &RecordRow) -> Result<Self, Failure> {
        Ok(serde_json::from_slice(&services.vault.open("record.body", &row.id, &row.body_sealed)?)?)
    }
}

/// What is on record. The name is that of the account, which a counter may have corrected since.
pub(crate) fn on_record(province: &Province, account: &AccountRow, filed: &RecordBody) -> Answers {
    let mut answers = filed.answers.clone();
    if province.profile.intake.step(StepKey::Person).is_some_and(|step| step.field("name").is_some()) {
        answers.set("person.name", account.name.clone());
    }
    answers
}

/// The record of an approved submission, ready to be written; its version is given by the store.
pub(super) fn record_of(visit: &Visit, row: &CaseRow, submitted: &Submitted) -> Result<RecordRow, Failure> {
    let submitted_on = china_date(row.submitted_at.unwrap_or_else(|| visit.now()));
    let application = submitted.answers.check(&submitted.context(&visit.province, submitted_on)).ok();
    let body = RecordBody {
        case_number: row.number.clone().unwrap_or_default(),
        form_version: submitted.form_version,
        holder: submitted.holder.clone(),
        answers: submitted.answers.clone(),
        application,
        files: submitted.files.clone(),
    };
    seal_record(visit, row, &body)
}

/// The next version of the record of whoever's case it is, ready to be written; its number is given by the store.
///
/// # Errors
/// `Broken`.
pub(crate) fn seal_record(visit: &Visit, row: &CaseRow, body: &RecordBody) -> Result<RecordRow, Failure> {
    let employer = body.application.as_ref().and_then(|application| application.employer.as_ref());
    let employer_hash = employer.map(|employer| visit.services.vault.keyed_hash("employer", &employer.code));
    let id = visit.services.ids.id();
    Ok(RecordRow {
        body_sealed: visit.services.vault.seal("record.body", &id, &serde_json::to_vec(body)?),
        id,
        account_id: row.account_id.clone(),
        province: row.province.clone(),
        bureau: row.bureau.clone().ok_or_else(|| Failure::Broken("a submitted case without bureau".into()))?,
        version: 0,
        is_current: true,
        case_id: row.id.clone(),
        employer_hash,
        created_at: visit.now(),
    })
}
