//! 行政处罚: one of a bureau enters it with the decision, and another confirms it at the desk; then it is recorded and the person told.

mod enter;
mod kind;
mod list;

pub use enter::enter_penalty;
pub(crate) use kind::Penalty;
pub(super) use kind::{lifted, recorded};
pub use list::penalties_view;

use domain::integrity;
use serde::{Deserialize, Serialize};

use super::{PENALTY, rules};
use crate::case::SubmittedFile;

/// What was entered, as it lies sealed in the submission; it is never edited.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PenaltyBody {
    pub penalty: integrity::Penalty,
    pub files: Vec<SubmittedFile>,
}
