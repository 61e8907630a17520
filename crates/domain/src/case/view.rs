//! What every page around a case shows.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Action, CaseKind, Mark, Status};
use crate::id::CaseId;

/// A case in a few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseSummary {
    /// What names it in addresses; not the 受理编号.
    pub id: CaseId,
    /// Empty before the first submission.
    pub number: String,
    /// What it is about.
    pub kind: CaseKind,
    /// Where it stands.
    pub status: Status,
    /// What the next change must name.
    pub version: i64,
    /// 轮次: counts the submissions.
    pub round: i64,
    /// With the city before it; empty before the first submission.
    pub bureau_name: String,
    /// Of the latest submission, in UTC; `None` for a draft.
    pub submitted_at: Option<DateTime<Utc>>,
    /// The end of 审核期限; `None` before the first submission.
    pub due_on: Option<NaiveDate>,
    /// In UTC; `None` while it is undecided.
    pub decided_at: Option<DateTime<Utc>>,
}

/// A line of the timeline. `who` names the bureau to the person and the reviewer to the bureau.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineItem {
    /// In UTC.
    pub at: DateTime<Utc>,
    /// What was done.
    pub action: Action,
    /// What the case became by it.
    pub status: Status,
    /// The bureau to the person, the reviewer to the bureau.
    pub who: String,
    /// What was written with it; may be empty.
    pub note: String,
    /// 轮次 in which it was done.
    pub round: i64,
}

/// An item that the reviewer rejected, with the way to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedItem {
    /// 项目, such as `education.full_time_level`.
    pub item: String,
    /// The question or the slot, as the page calls it.
    pub label: String,
    /// 审核意见, as the reviewer wrote it.
    pub reason: String,
    /// What the reviewer ringed round, on the picture as it was submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<MarkView>,
    /// Whether it was changed since the return.
    pub is_amended: bool,
    /// A path inside the site, to the field or the file.
    pub link: String,
    /// What the person says to it, where it stays as it is (内容无误).
    pub explanation: Option<String>,
    /// A path inside the site, to where that is said; `None` where nothing can be said now.
    pub explain_link: Option<String>,
}

/// A mark, with the picture that it is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkView {
    /// What names the file in addresses.
    pub file: String,
    /// The title of its slot.
    pub title: String,
    /// Where on it.
    pub mark: Mark,
}

/// A file in its slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    /// What names it in addresses.
    pub id: String,
    /// The slot that it lies in.
    pub slot: String,
    /// As it was called when it was uploaded.
    pub name: String,
    /// What the person wrote about it to whoever reviews it; empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// How large it is.
    pub bytes: i64,
    /// Of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// In pixels.
    pub width: i64,
    /// In pixels.
    pub height: i64,
    /// Which part of the picture was not in the file, in hundredths, from below.
    pub missing: i64,
    /// In UTC.
    pub uploaded_at: DateTime<Utc>,
}

/// How far a case is on which several have to agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatsView {
    /// How many have to agree.
    pub seats: usize,
    /// Who has agreed in this round, in order.
    pub agreed: Vec<String>,
    /// Whether whoever is looking is among them.
    pub is_mine: bool,
    /// Whether what was approved waits before it takes effect.
    pub has_delay: bool,
    /// When what was approved takes effect, while it has not.
    pub effective_at: Option<DateTime<Utc>>,
}
