//! What one of a bureau enters about somebody and another confirms, as its page shows it.

use super::Status;
use crate::id::CaseId;
use crate::identity::DocumentKind;
use crate::province::AttachmentRules;

/// What a bureau entered, and the form of another one. `own` is what the kind has of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct EnteredView<F, L, O> {
    /// What it is called as a kind of case.
    pub name: String,
    /// The bureau that is asking.
    pub bureau_name: String,
    /// The newest first.
    pub lines: Vec<EnteredLine<L>>,
    /// 证件类型 of the province.
    pub document_kinds: Vec<(DocumentKind, String)>,
    /// What is asked of the proof.
    pub proof: AttachmentRules,
    /// The form: of one that was refused, or empty.
    pub form: F,
    /// Whom one that was refused is about.
    pub of: Option<String>,
    /// What only this kind shows.
    pub own: O,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnteredLine<L> {
    /// Id of the case.
    pub case: CaseId,
    /// 受理编号.
    pub case_number: String,
    /// Whom it is about.
    pub name: String,
    /// Where the case stands.
    pub status: Status,
    /// Why a second person refused it; may be empty.
    pub reason: String,
    /// What only this kind shows.
    pub own: L,
}
