//! What the pages of 个人档案 show.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{LookKind, Validity};
use crate::answer::Flash;
use crate::case::{Change, Moment, StaffRole, Status};
use crate::closing::Closed;
use crate::id::CaseId;
use crate::intake::view::RecordView;

/// The record: its newest values, and all versions with what differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnRecordView {
    /// Who it is, and what was approved last.
    pub record: RecordView,
    /// The newest first; empty before the first approval.
    pub versions: Vec<VersionView>,
    /// Why it is closed; `None` for almost everybody.
    pub closed: Option<Closed>,
    /// The province to which it has gone; `None` for almost everybody.
    pub left: Option<String>,
    /// What restricts the person today, in sentences; nothing for almost everybody.
    pub warnings: Vec<String>,
    /// Which version an answer stands in since it was last changed, by item.
    pub origins: Vec<(String, i64)>,
    /// When the person last said that it is right, in UTC; `None` for never.
    pub sure_at: Option<DateTime<Utc>>,
    /// Whether they are to say so now (定期核对).
    pub is_check_due: bool,
    /// Key and title of what may have happened since (变更事由), each a way to begin 信息变更 at its field; empty while nothing is asked.
    pub occasions: Vec<(String, String)>,
    /// What 档案关闭申请 is called, where the person may ask for it.
    pub closing: Option<String>,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}

/// A version of the record, and what it changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VersionView {
    /// From 1.
    pub version: i64,
    /// What the province calls the kind of the case that wrote it.
    pub kind_name: String,
    /// Whether a file of the national platform wrote it, and no approval.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_copied: bool,
    /// 受理编号 of that case.
    pub case_number: String,
    /// The bureau that approved it.
    pub bureau_name: String,
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// Answers that differ from the version before; empty for the first.
    pub changes: Vec<Change>,
    /// Papers that differ from the version before.
    pub papers: Vec<PaperChange>,
}

/// Papers of a slot that differ between two versions of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperChange {
    /// What the slot is called.
    pub title: String,
    /// Ids of the files in the version before.
    pub before: Vec<String>,
    /// Ids of the files in this version.
    pub now: Vec<String>,
}

/// The timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryView {
    /// Whether there is a record; without one nothing is told here.
    pub is_approved: bool,
    /// The newest first.
    pub moments: Vec<Moment>,
    /// How many there are, also those that are not shown.
    pub all: usize,
}

/// Who of the staff looked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LooksView {
    /// The newest first.
    pub lines: Vec<LookLine>,
    /// Whether older ones are not shown.
    pub is_cut: bool,
    /// Whether the province names who it was.
    pub names_staff: bool,
}

/// What one of the staff did on one day for one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookLine {
    /// The first look, in UTC.
    pub from: DateTime<Utc>,
    /// The last one, in UTC.
    pub to: DateTime<Utc>,
    /// Where they work.
    pub bureau_name: String,
    /// What they are employed for.
    pub role: StaffRole,
    /// Empty unless the province names who it was.
    pub name: String,
    /// What the kind of the case is called; empty where it was for none.
    pub case_name: String,
    /// 受理编号; may be empty.
    pub case_number: String,
    /// How, and how often; of pictures how many different ones.
    pub acts: Vec<(LookKind, usize)>,
}

/// 证照库.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PapersView {
    /// By what they are, then the newest first.
    pub papers: Vec<PaperView>,
    /// Slots that may be filled now.
    pub open: Vec<OpenSlot>,
    /// The one of them that a paper is looked for.
    pub wanted: Option<OpenSlot>,
    /// The day on which it is shown, in China.
    pub today: NaiveDate,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}

/// A slot that may be filled now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSlot {
    /// The case that it belongs to.
    pub case: CaseId,
    /// What the kind of the case is called.
    pub case_name: String,
    /// Key of the slot.
    pub slot: String,
    /// What it is called.
    pub title: String,
    /// A path inside the site, to the slot.
    pub way: String,
}

/// A paper that was uploaded once: one picture, wherever it lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperView {
    /// What names its newest file in addresses.
    pub id: String,
    /// What it is: the title of the slot that it was last uploaded for.
    pub title: String,
    /// As the file was called.
    pub name: String,
    /// How large it is.
    pub bytes: i64,
    /// When it was last uploaded, in UTC.
    pub uploaded_at: DateTime<Utc>,
    /// The applications that have it, the newest first.
    pub uses: Vec<PaperUse>,
    /// Who of the staff looked at it, the newest first.
    pub looks: Vec<PaperLook>,
    /// Its last day, as the person noted it, and what that means today.
    pub expiry: Option<(NaiveDate, Validity)>,
    /// Whether the person may delete it.
    pub may_delete: bool,
}

/// An application that has a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperUse {
    /// What the kind of the case is called.
    pub case_name: String,
    /// 受理编号; empty before the first submission.
    pub case_number: String,
    /// Where the case stands.
    pub status: Status,
    /// What the slot is called.
    pub title: String,
}

/// That somebody of the staff looked at a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperLook {
    /// The last time on that day, in UTC.
    pub at: DateTime<Utc>,
    /// Where they work.
    pub bureau_name: String,
    /// What they are employed for.
    pub role: StaffRole,
}
