//! What the pages of the review desk show.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::answer::Flash;
use crate::case::view::{CaseSummary, FileView, SeatsView, TimelineItem};
use crate::case::{Action, CaseKind, Change, Check, FileChange, Section, Status, Urgency, Verdict};
use crate::id::{BureauCode, CaseId};

/// 工作台.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeskView {
    pub bureau_name: String,
    pub reviewer: String,
    /// Undecided cases of the own bureau by urgency.
    pub waiting: BTreeMap<Urgency, i64>,
    /// Undecided cases by age in working days: (age, cases), youngest first.
    pub ages: Vec<(i64, i64)>,
    /// Decided cases by status.
    pub decided: Vec<(CaseKind, Status, i64)>,
    /// The same for the bureaus below, for those that have any.
    pub below: Option<Vec<(CaseKind, Status, i64)>>,
}

/// A line of the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueLine {
    pub id: CaseId,
    pub number: String,
    pub kind: CaseKind,
    pub applicant: String,
    pub bureau_name: String,
    pub status: Status,
    pub round: i64,
    pub submitted_at: DateTime<Utc>,
    pub due_on: NaiveDate,
    pub working_days_left: i64,
    pub urgency: Urgency,
    /// Who has it open, when somebody else has.
    pub holder: Option<String>,
}

/// What the queue was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QueueQuery {
    /// A status code; empty means submitted.
    pub status: String,
    /// The token of a search.
    pub search: String,
    /// "1" to include the bureaus below.
    pub below: String,
    /// Where the page before ended.
    pub after: String,
}

/// A page of the queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QueueView {
    pub query: QueueQuery,
    /// What was searched for: a case number or the beginning of a name.
    pub words: String,
    /// Whether the token of the search stands for nothing any more.
    pub is_search_over: bool,
    pub lines: Vec<QueueLine>,
    pub next: Option<String>,
    pub may_look_below: bool,
}

/// Who has a case open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldView {
    pub is_mine: bool,
    pub name: String,
    pub until: DateTime<Utc>,
}

/// An earlier round: what was rejected, and what was submitted then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundView {
    pub round: i64,
    pub submitted_at: DateTime<Utc>,
    pub sections: Vec<Section>,
    pub rejected: Vec<Verdict>,
}

/// The case as the bureau sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseView {
    pub case: CaseSummary,
    pub applicant: String,
    pub document_label: String,
    /// Masked.
    pub document: String,
    /// Masked.
    pub mobile: String,
    pub urgency: Urgency,
    pub working_days_left: i64,
    pub sections: Vec<Section>,
    pub files: Vec<(String, FileView)>,
    /// The title of each slot.
    pub file_titles: BTreeMap<String, String>,
    pub verdicts: Vec<Verdict>,
    pub checks: Vec<Check>,
    pub timeline: Vec<TimelineItem>,
    pub rounds: Vec<RoundView>,
    /// Since the round before.
    pub changes: Vec<Change>,
    pub file_changes: Vec<FileChange>,
    pub hold: Option<HoldView>,
    pub actions: Vec<Action>,
    pub reasons: Vec<String>,
    /// (code, name) of the bureaus that a case can be forwarded to.
    pub bureaus: Vec<(BureauCode, String)>,
    pub is_per_item: bool,
    /// Where several have to agree.
    pub seats: Option<SeatsView>,
    /// Whether whoever is looking is the applicant.
    pub is_own: bool,
    pub flash: Option<Flash>,
}

/// What a reveal shows; never part of a page that was not asked for it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealView {
    pub document: String,
    pub mobile: String,
}

impl std::fmt::Debug for RevealView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RevealView").finish_non_exhaustive()
    }
}
