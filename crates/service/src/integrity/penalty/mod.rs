//! 行政处罚: one of a bureau enters it with the decision, and another confirms it at the desk; then it is recorded and the person told.

mod enter;
mod kind;
mod list;

pub use enter::enter_penalty;
pub(crate) use kind::Penalty;
pub use list::penalties_view;

use domain::case::{Member, Power, holder};
use domain::integrity;
use domain::province::AttachmentRules;
use serde::{Deserialize, Serialize};

use super::{PENALTY, rules};
use crate::case::SubmittedFile;
use crate::{Failure, Visit};

/// The slot of the decision.
const DECISION: &str = "decision";

/// What was entered, as it lies sealed in the submission; it is never edited.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct PenaltyBody {
    pub penalty: integrity::Penalty,
    pub files: Vec<SubmittedFile>,
}

/// Who of the staff is asking and may enter penalties.
///
/// # Errors
/// `NotFound` where the province has no such thing, `SignInAgain`, `SecondFactorNeeded`, `NotYours`.
fn keeper(visit: &Visit) -> Result<Member, Failure> {
    let who = holder(&visit.actor, Power::EnterPenalties, &visit.province.bureaus)?.clone();
    rules(visit)?;
    Ok(who)
}

/// What is asked of the decision.
fn decision(visit: &Visit) -> Result<&AttachmentRules, Failure> {
    visit.line(PENALTY).attachment(DECISION).ok_or(Failure::NotFound)
}
