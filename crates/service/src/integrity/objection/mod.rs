//! 处罚异议: a person says what is wrong with a penalty of theirs, and the bureau above the one that entered it answers (docs/adr/0054).

mod correct;
mod decide;
mod kind;
mod list;
mod raise;

pub use correct::{correct_penalty, correction_view};
pub(crate) use kind::Objection;
pub use list::objections_view;
pub(super) use list::{is_barred, line};
pub use raise::{raise_objection, withdraw_objection};

use domain::id::{AccountId, BureauCode, CaseId};
use domain::integrity::{Ban, EntryKind};
use domain::province::AttachmentRules;
use serde::{Deserialize, Serialize};
use store::Reader;
use store::integrity::entry::IntegrityEntryRow;

use super::OBJECTION;
use crate::case::SubmittedFile;
use crate::{Failure, Visit};

/// The slot of the proof.
const EVIDENCE: &str = "evidence";

/// What was handed in, as it lies sealed in the submission; it is never edited.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct ObjectionBody {
    /// The case that recorded the penalty.
    pub of: CaseId,
    pub penalty: Against,
    pub reasons: String,
    pub files: Vec<SubmittedFile>,
}

/// The penalty as it was recorded when the person objected.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Against {
    /// What was recorded.
    pub kind: EntryKind,
    pub title: String,
    pub body: String,
    pub number: String,
    pub decided_on: chrono::NaiveDate,
    pub basis: String,
    pub ban: Option<Ban>,
    /// The bureau that entered it.
    pub bureau: BureauCode,
}

/// The penalty that a case recorded of somebody, while it stands.
///
/// # Errors
/// `Store`.
async fn standing(reader: &mut Reader, account: &AccountId, of: &CaseId) -> Result<Option<IntegrityEntryRow>, Failure> {
    let rows = reader.list_integrity_entries(account).await?;
    let is_ended = |row: &IntegrityEntryRow| rows.iter().any(|end| end.reverses.as_deref() == Some(row.id.as_str()));
    let is_it = |row: &&IntegrityEntryRow| row.kind.may_be_objected_to() && row.reverses.is_none() && row.case_id == *of;
    Ok(rows.iter().find(is_it).filter(|row| !is_ended(row)).cloned())
}

/// The page of the person, which needs no program.
fn page(visit: &Visit) -> String {
    format!("/{}/objections", visit.province_key())
}

/// What is asked of the proof.
fn evidence(visit: &Visit) -> Result<&AttachmentRules, Failure> {
    visit.line(OBJECTION).attachment(EVIDENCE).ok_or(Failure::NotFound)
}
