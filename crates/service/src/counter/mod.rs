//! 窗口办理: staff of the person's bureau correct an account, print a form or hand in what somebody has filled in, with two persons and
//! a reason; the person is told of both steps. What has no effect by itself one alone does: filling in (docs/adr/0031), and an account for
//! somebody who has none.

mod correct;
mod enrol;
mod fill_in;
mod form;
mod kind;
mod seek;
#[cfg(test)]
mod stories;

pub use correct::correct;
pub use enrol::enrol;
pub use fill_in::{end, fill_in};
pub use form::form;
pub(crate) use kind::Counter;
pub use seek::{counter_view, seek};

use domain::case::CaseKind;
use domain::counter::Correction;
use serde::{Deserialize, Serialize};

/// What is printed and taken in here.
const APPLICATION: CaseKind = CaseKind::Intake;

/// What is to be corrected or done, as it lies sealed in the submission; it is never edited. Numbers are whole.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct CounterBody {
    what: Correction,
    /// As the account had it; empty for no number and for a print. Of what is taken in, the hash of all that is handed in.
    before: String,
    /// As it is to be; empty where there is no such thing.
    now: String,
    /// 证件类型 of both, as codes, where the document is corrected.
    document_kinds: Option<(String, String)>,
    reason: String,
}
