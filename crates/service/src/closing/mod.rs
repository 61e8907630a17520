//! 档案关闭: one of a bureau enters that somebody retired, does the work no more or died, with a proof; another confirms it at the desk, and
//! the record is closed. Nothing of it is deleted: 信息采集 opens it again, or the bureau takes the closing back.

mod enter;
mod kind;
mod list;
#[cfg(test)]
mod stories;

pub use enter::enter_closing;
pub(crate) use kind::RecordClosing;
pub use list::closings_view;

use domain::case::{CaseKind, Member, Power, holder};
use domain::closing::{Closed, Closing};
use domain::province::AttachmentRules;
use serde::{Deserialize, Serialize};
use store::archive::closing::ClosingRow;

use crate::case::{SubmittedFile, bureau_name};
use crate::{Failure, Visit};

const KIND: CaseKind = CaseKind::Closing;
/// The slot of the proof.
const PROOF: &str = "proof";
/// Of all that a bureau entered, so many are looked at.
const MOST: i64 = 200;

/// What was entered, as it lies sealed in the submission; it is never edited.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct ClosingBody {
    pub closing: Closing,
    pub files: Vec<SubmittedFile>,
}

/// Who of the staff is asking and may close records.
///
/// # Errors
/// `NotFound` where the province has no such thing, `SignInAgain`, `SecondFactorNeeded`, `NotYours`.
fn keeper(visit: &Visit) -> Result<Member, Failure> {
    let who = holder(&visit.actor, Power::CloseRecords, &visit.province.bureaus)?.clone();
    proof(visit)?;
    Ok(who)
}

/// What is asked of the proof; where the province has no such line there is no such thing.
fn proof(visit: &Visit) -> Result<&AttachmentRules, Failure> {
    visit.line(KIND).attachment(PROOF).ok_or(Failure::NotFound)
}

/// As people read it.
pub(crate) fn closed(visit: &Visit, row: &ClosingRow) -> Closed {
    Closed { cause: row.cause, since: row.since_on, bureau_name: bureau_name(&visit.province, &row.bureau) }
}
