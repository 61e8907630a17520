//! 档案关闭: one of a bureau enters that somebody retired, does the work no more or died, with a proof; another confirms it at the desk, and
//! the record is closed. Nothing of it is deleted: 信息采集 opens it again, or the bureau takes the closing back.

mod asked;
mod enter;
mod kind;
mod list;
#[cfg(test)]
mod stories;

pub(crate) use asked::ClosingRequest;
pub use asked::{ask_closing, drop_request, request_view};
pub use enter::enter_closing;
pub(crate) use kind::RecordClosing;
pub use list::closings_view;

use domain::case::CaseKind;
use domain::closing::{Closed, Closing};
use serde::{Deserialize, Serialize};
use store::archive::closing::ClosingRow;

use crate::Visit;
use crate::case::{SubmittedFile, bureau_name};

const KIND: CaseKind = CaseKind::Closing;

/// What was entered, as it lies sealed in the submission; it is never edited.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ClosingBody {
    pub closing: Closing,
    pub files: Vec<SubmittedFile>,
}

/// As people read it.
pub(crate) fn closed(visit: &Visit, row: &ClosingRow) -> Closed {
    Closed { cause: row.cause, since: row.since_on, bureau_name: bureau_name(&visit.province, &row.bureau) }
}
