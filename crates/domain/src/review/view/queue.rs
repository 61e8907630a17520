//! 审核列表.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::StagedView;
use crate::case::{CaseKind, Status, Urgency};
use crate::id::{BureauCode, CaseId};

/// A line of the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueLine {
    /// What names it in addresses.
    pub id: CaseId,
    /// 受理编号.
    pub number: String,
    /// What it is about.
    pub kind: CaseKind,
    /// 姓名 of the person, in clear.
    pub applicant: String,
    /// With the city before it.
    pub bureau_name: String,
    /// Where it stands.
    pub status: Status,
    /// 轮次: counts the submissions.
    pub round: i64,
    /// How many pictures of papers came with it.
    pub papers: i64,
    /// How many of the automatic checks found something, when it was handed in.
    pub doubts: i64,
    /// Of the latest submission, in UTC.
    pub submitted_at: DateTime<Utc>,
    /// The end of 审核期限.
    pub due_on: NaiveDate,
    /// Until `due_on`; negative when overdue.
    pub working_days_left: i64,
    /// How loudly the queue says how long it waited.
    pub urgency: Urgency,
    /// Whether its person urged it.
    pub is_urged: bool,
    /// Who has it open, when somebody else has.
    pub holder: Option<String>,
}

/// Stands for a status: the cases that whoever is looking left for today (我跳过的).
pub const SKIPPED: &str = "skipped";

/// What the queue was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QueueQuery {
    /// Status codes with commas between them; empty means submitted.
    pub status: String,
    /// The token of a search.
    pub search: String,
    /// "1" to include the bureaus below.
    pub below: String,
    /// The code of a [`crate::review::Due`]; empty for all.
    pub due: String,
    /// The code of a [`CaseKind`]; empty for all.
    pub kind: String,
    /// The year that a case is for; empty for any.
    pub year: String,
    /// The code of a school at which its person learns, in that year where one is named; empty for anybody.
    pub school: String,
    /// 财政局代码 of a bureau below, whose list it is; empty for the own one.
    pub bureau: String,
    /// Where the page before ended.
    pub after: String,
    /// "1" right after a decision that can still be taken back.
    pub undo: String,
}

/// The statuses that the queue lists; a draft is nobody's but its owner's.
pub const LISTED: [Status; 4] = [Status::Submitted, Status::Returned, Status::Approved, Status::Closed];

impl QueueQuery {
    /// The statuses that are asked for, each once, in their own order; what is none of them asks for submitted ones.
    #[must_use]
    pub fn statuses(&self) -> Vec<Status> {
        let is_asked = |status: &Status| self.status.split(',').any(|code| code == status.code());
        let asked: Vec<Status> = LISTED.into_iter().filter(is_asked).collect();
        if asked.is_empty() { vec![Status::Submitted] } else { asked }
    }
}

/// The codes of statuses as an address has them.
#[must_use]
pub fn codes_of(statuses: &[Status]) -> String {
    statuses.iter().map(|status| status.code()).collect::<Vec<_>>().join(",")
}

/// A page of the queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QueueView {
    /// What was asked for.
    pub query: QueueQuery,
    /// What was searched for: a case number or the beginning of a name.
    pub words: String,
    /// Whether the token of the search stands for nothing any more.
    pub is_search_over: bool,
    /// By due date.
    pub lines: Vec<QueueLine>,
    /// Where the following page begins; `None` on the last.
    pub next: Option<String>,
    /// Whether there are bureaus below to look at.
    pub may_look_below: bool,
    /// The years that can be asked for, the newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<i32>,
    /// (code, name) of the schools that can be asked for; none while a list is asked for of which no year of learning is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schools: Vec<(String, String)>,
    /// (code, name) of the bureaus below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bureaus: Vec<(BureauCode, String)>,
    /// Own decisions that wait, and those of the bureau that did not take effect; the newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub staged: Vec<StagedView>,
}
