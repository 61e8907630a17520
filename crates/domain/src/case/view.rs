//! What every page around a case shows.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Action, CaseKind, Status};
use crate::id::CaseId;

/// A case in a few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseSummary {
    pub id: CaseId,
    /// Empty before the first submission.
    pub number: String,
    pub kind: CaseKind,
    pub status: Status,
    pub version: i64,
    pub round: i64,
    /// With the city before it; empty before the first submission.
    pub bureau_name: String,
    pub submitted_at: Option<DateTime<Utc>>,
    pub due_on: Option<NaiveDate>,
    pub decided_at: Option<DateTime<Utc>>,
}

/// A line of the timeline. `who` names the bureau to the person and the reviewer to the bureau.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineItem {
    pub at: DateTime<Utc>,
    pub action: Action,
    pub status: Status,
    pub who: String,
    pub note: String,
    pub round: i64,
}

/// An item that the reviewer rejected, with the way to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedItem {
    pub item: String,
    pub label: String,
    pub reason: String,
    pub is_amended: bool,
    /// A path inside the site, to the field or the file.
    pub link: String,
}

/// A file in its slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    pub id: String,
    pub slot: String,
    pub name: String,
    pub bytes: i64,
    pub sha256: String,
    pub width: i64,
    pub height: i64,
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
