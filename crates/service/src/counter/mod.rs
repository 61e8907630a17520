//! 窗口更正: staff of the person's bureau correct an account, with two persons and a reason; the person is told of both steps.

mod correct;
mod kind;
mod seek;
#[cfg(test)]
mod stories;

pub use correct::correct;
pub(crate) use kind::Counter;
pub use seek::{counter_view, seek};

use domain::counter::Correction;
use serde::{Deserialize, Serialize};

/// What is to be corrected, as it lies sealed in the submission; it is never edited. Numbers are whole.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct CounterBody {
    what: Correction,
    /// As the account had it; empty for no number.
    before: String,
    /// As it is to be; empty where the number goes.
    now: String,
    /// 证件类型 of both, as codes, where the document is corrected.
    document_kinds: Option<(String, String)>,
    reason: String,
}
