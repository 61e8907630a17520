//! What the page of 档案关闭 shows.

use chrono::NaiveDate;

use super::ClosingCause;
use super::forms::ClosingForm;
use crate::case::Status;
use crate::id::CaseId;
use crate::identity::DocumentKind;
use crate::province::AttachmentRules;

/// What a bureau entered, and the form of another one.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosingsView {
    /// What it is called as a kind of case.
    pub name: String,
    /// The bureau that is asking.
    pub bureau_name: String,
    /// The newest first.
    pub lines: Vec<ClosingLine>,
    /// 证件类型 of the province.
    pub document_kinds: Vec<(DocumentKind, String)>,
    /// What is asked of the proof.
    pub proof: AttachmentRules,
    /// The form: of one that was refused, or empty.
    pub form: ClosingForm,
    /// Whether whoever is asking may merge accounts as well.
    pub may_merge: bool,
    /// Whom one that was refused is about.
    pub of: Option<String>,
}

/// A closing of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosingLine {
    /// Id of the case.
    pub case: CaseId,
    /// 受理编号.
    pub case_number: String,
    /// Whom it is about.
    pub name: String,
    /// Why.
    pub cause: ClosingCause,
    /// The day on which it happened.
    pub since: NaiveDate,
    /// Where the case stands.
    pub status: Status,
    /// Whether the record was opened again since.
    pub is_over: bool,
    /// Why a second person refused it; may be empty.
    pub reason: String,
}
