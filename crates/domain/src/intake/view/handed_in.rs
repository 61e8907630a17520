//! What the pages show before something is handed in, and after.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Promise, SlotView, Words};
use crate::answer::Flash;
use crate::case::view::{CaseSummary, FileView, RejectedItem, TimelineItem};
use crate::case::{Check, Judged, Late, Section};
use crate::fault::FieldError;
use crate::intake::{Holder, Task, TaskState};
use crate::province::{Bureau, ProgressWords};

/// 信息核对.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckView {
    /// What the pages and tasks are called.
    pub words: Words,
    /// Whose application it is.
    pub holder: Holder,
    /// What the province calls the document.
    pub document_label: String,
    /// Masked.
    pub document: String,
    /// Masked.
    pub mobile: String,
    /// All answers, as people read them.
    pub sections: Vec<Section>,
    /// The slots that the answers call for.
    pub files: Vec<SlotView>,
    /// What still keeps the application from being submitted: the task to mend it in, what the field is called, and the fault.
    pub faults: Vec<(Task, String, FieldError)>,
    /// Contradictions that a machine sees: they advise, and keep nobody from submitting.
    pub doubts: Vec<Check>,
    /// In full; made at the start or with the submission.
    pub promise: Promise,
    /// What is stored with the agreement.
    pub pledge_version: String,
    /// The sentence at the tick.
    pub confirm: String,
    /// What the button says that hands it in, and the way back beside it, which may be empty.
    pub buttons: (String, String),
    /// Rejected items that are still as they were.
    pub not_amended: Vec<RejectedItem>,
    /// Who will review; `None` while the answers lead to none.
    pub bureau: Option<Bureau>,
    /// How long that bureau takes; empty where nobody can say.
    pub wait: String,
    /// After a return item by item: the items that may be changed. `None` when everything may.
    pub open: Option<BTreeSet<String>>,
    /// The item that is as registered, while it may not be changed.
    pub fixed: Option<String>,
    /// Whether the case stands returned.
    pub is_returned: bool,
    /// The end of 审核期限, were it submitted now.
    pub due_on: NaiveDate,
    /// One key for this attempt, so that a repeated post has one effect.
    pub request_key: String,
    /// In their order, with how far each is.
    pub tasks: Vec<(Task, TaskState)>,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}

/// 申报进度: after submission, bookmarkable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgressView {
    /// What the pages and tasks are called.
    pub words: Words,
    /// What the parts of the page are called, and what is said while nobody decided.
    pub labels: ProgressWords,
    /// Of the short messages.
    pub signature: String,
    /// Whether a return opens single items or the whole.
    pub returns: Judged,
    /// `None` before it was begun.
    pub case: Option<CaseSummary>,
    /// Who reviews, with the telephone.
    pub bureau: Option<Bureau>,
    /// How long that bureau takes, while it is waited for; empty where nobody can say.
    pub wait: String,
    /// What was done so far.
    pub timeline: Vec<TimelineItem>,
    /// What the reviewer rejected, with the way to it.
    pub rejected: Vec<RejectedItem>,
    /// The overall reason of a return.
    pub reason: String,
    /// 备注 of the newest submission; may be empty.
    pub remark: String,
    /// Of an application that waits past its day.
    pub late: Option<Late>,
    /// Whether 撤销申请 is possible now.
    pub may_withdraw: bool,
    /// Whether 重新提交 is possible now.
    pub may_resubmit: bool,
    /// The answers, as people read them.
    pub sections: Vec<Section>,
    /// Each under its title.
    pub files: Vec<(String, FileView)>,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}

/// 内容无误: a rejected item that the person holds to be right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExplainView {
    /// What the pages and tasks are called.
    pub words: Words,
    /// The item with its reason and what was said to it so far.
    pub item: RejectedItem,
    /// As it was submitted; `None` for a file.
    pub value: Option<String>,
    /// The version of the explanations that the next one must name.
    pub version: i64,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}

/// The archive of an approved person (人员档案): what was approved last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordView {
    /// 姓名, as registered.
    pub name: String,
    /// 证件类型, in the words of the province.
    pub document_label: String,
    /// Masked.
    pub document: String,
    /// Masked.
    pub mobile: String,
    /// `None` before the first approval.
    pub approved: Option<ApprovedRecord>,
}

/// A version of the archive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApprovedRecord {
    /// Counts the approvals that wrote the 档案.
    pub version: i64,
    /// 受理编号 of the case that was approved.
    pub case_number: String,
    /// With the city before it.
    pub bureau_name: String,
    /// The file of the photograph that was accepted, where the province asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
    /// When it was approved, in UTC.
    pub at: DateTime<Utc>,
    /// The answers, as people read them.
    pub sections: Vec<Section>,
    /// (title, id of the file).
    pub files: Vec<(String, String)>,
}
