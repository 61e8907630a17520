//! 撤销登记: what was approved on false information or a false proof is taken back. One of a bureau enters it, the person is told and heard,
//! another confirms it; then the record is suspended or put back, and the integrity record says so (docs/adr/0062).

mod enter;
mod hear;
mod kind;
mod list;
mod resting;
#[cfg(test)]
mod stories;
mod told;

pub use enter::enter_annulment;
pub use hear::{answer_annulment, heard_view};
pub(crate) use kind::RecordAnnulment;
pub use list::annulments_view;

use domain::annulment::{Annulment, AnnulmentRules};
use domain::case::CaseKind;
use domain::id::CaseId;
use serde::{Deserialize, Serialize};
use store::Reader;
use store::archive::annulment::AnnulmentRow;

use crate::case::SubmittedFile;
use crate::{Failure, Visit};

const KIND: CaseKind = CaseKind::Annulment;
/// The slot of what the person proves their answer with.
const STATEMENT: &str = "statement";

/// What was entered, as it lies sealed in the submission; it is never edited.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AnnulmentBody {
    pub annulment: Annulment,
    /// Of which kind the approved application is.
    pub of_kind: CaseKind,
    pub files: Vec<SubmittedFile>,
}

/// The rules of the province; where it has none there is no such thing.
fn rules(visit: &Visit) -> Result<&AnnulmentRules, Failure> {
    visit.province.profile.annulment.as_ref().ok_or(Failure::NotFound)
}

/// The page of the person, which needs no program.
fn page(visit: &Visit) -> String {
    format!("/{}/annulments", visit.province_key())
}

/// What is taken back, as people read it.
fn words_of(visit: &Visit, kind: CaseKind, number: &str) -> String {
    format!("{}（受理编号 {number}）", visit.line(kind).name)
}

fn words(visit: &Visit, row: &AnnulmentRow) -> String {
    words_of(visit, row.of_kind, row.of_number.as_deref().unwrap_or_default())
}

/// What taking it back does, in a sentence.
fn effect(visit: &Visit, kind: CaseKind) -> String {
    visit.services.kinds.of(kind).annulment(visit).unwrap_or_default()
}

/// What the person has said, and when, the newest first.
///
/// # Errors
/// `Store`, `Broken`.
async fn said(
    reader: &mut Reader,
    visit: &Visit,
    case: &CaseId,
) -> Result<Vec<(String, chrono::DateTime<chrono::Utc>)>, Failure> {
    let rows = reader.list_statements(case).await?.into_iter();
    let open = |row: store::archive::annulment::StatementRow| {
        let words = visit.services.vault.open_text("annulment.said", &place(case, row.round), &row.said_sealed)?;
        Ok::<_, Failure>((words, row.said_at))
    };
    rows.map(open).collect()
}

/// What the sealed words of a round are bound to.
fn place(case: &CaseId, round: i64) -> String {
    format!("{case}|{round}")
}
