//! What the page of 档案关闭 shows.

use chrono::NaiveDate;

use super::ClosingCause;
use super::forms::ClosingForm;
use crate::case::EnteredView;

/// What a bureau entered, and the form of another one.
pub type ClosingsView = EnteredView<ClosingForm, ClosingLine, MayMerge>;

/// Whether whoever is asking may merge accounts as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MayMerge(pub bool);

/// What the list tells of a closing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosingLine {
    /// Why.
    pub cause: ClosingCause,
    /// The day on which it happened.
    pub since: NaiveDate,
    /// Whether the record was opened again since.
    pub is_over: bool,
}
