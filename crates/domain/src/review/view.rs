//! What the pages of the review desk show.

mod queue;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::answer::Flash;
use crate::case::view::{CaseSummary, FileView, SeatsView, TimelineItem};
use crate::case::{Action, Beside, CaseKind, Change, Check, FileChange, Section, Status, Urgency, Verdict};
use crate::correction::Correctable;
use crate::id::{BureauCode, CaseId};
use crate::inspection::Inspections;
use crate::limit::Left;
use crate::review::{Due, Lapse};

pub use queue::{LISTED, QueueLine, QueueQuery, QueueView, SKIPPED, codes_of};

/// A decision that can still be undone, or that did not take effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagedView {
    /// What names the case in addresses.
    pub case: CaseId,
    /// Of the case, as it was seen.
    pub version: i64,
    /// 姓名 of the applicant, masked.
    pub name: String,
    /// Whether it is an approval, or else a return.
    pub is_approval: bool,
    /// Until it takes effect; 0 when that is due or did not happen.
    pub seconds: i64,
    /// Why it did not take effect; `None` while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lapse: Option<Lapse>,
}

/// What waits of a kind of case at the own bureau.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineCount {
    /// What the cases are about.
    pub kind: CaseKind,
    /// Undecided cases.
    pub waiting: i64,
    /// Those of them by when they are due.
    pub due: Vec<(Due, i64)>,
    /// The age of the oldest of them, in working days.
    pub oldest: i64,
}

/// 工作台.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeskView {
    /// With the city before it.
    pub bureau_name: String,
    /// The name of whoever is looking.
    pub reviewer: String,
    /// Undecided cases of the own bureau by urgency.
    pub waiting: BTreeMap<Urgency, i64>,
    /// Undecided cases of the own bureau by when they are due.
    pub due: Vec<(Due, i64)>,
    /// The same by kind, for those of which any waits.
    pub lines: Vec<LineCount>,
    /// How many cases whoever is looking decided: today, and in the last fourteen days.
    pub own: (i64, i64),
    /// Undecided cases by age in working days: (age, cases), youngest first.
    pub ages: Vec<(i64, i64)>,
    /// Decided cases by status.
    pub decided: Vec<(CaseKind, Status, i64)>,
    /// The same for the bureaus below, for those that have any.
    pub below: Option<Vec<(CaseKind, Status, i64)>>,
    /// How many of those that wait there were urged by their person.
    pub urged_below: i64,
    /// Own decisions that wait, and those of the bureau that did not take effect; the newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub staged: Vec<StagedView>,
}

/// Who has a case open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldView {
    /// Whether it is whoever is looking.
    pub is_mine: bool,
    /// The reviewer who has it.
    pub name: String,
    /// When the hold ends, in UTC.
    pub until: DateTime<Utc>,
}

/// An earlier round: what was rejected, and what was submitted then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundView {
    /// 轮次: counts the submissions.
    pub round: i64,
    /// Of that round, in UTC.
    pub submitted_at: DateTime<Utc>,
    /// The answers of that round.
    pub sections: Vec<Section>,
    /// Only rejections, with their reasons.
    pub rejected: Vec<Verdict>,
    /// 备注 of the person; may be empty.
    pub remark: String,
}

/// The case as the bureau sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseView {
    /// Number, status and dates.
    pub case: CaseSummary,
    /// 姓名 of the person, in clear.
    pub applicant: String,
    /// 证件类型, in the words of the province.
    pub document_label: String,
    /// Masked.
    pub document: String,
    /// Masked.
    pub mobile: String,
    /// How loudly the queue says how long it waited.
    pub urgency: Urgency,
    /// Until the end of 审核期限; negative when overdue.
    pub working_days_left: i64,
    /// 备注 of the person to this round; may be empty.
    pub remark: String,
    /// What the person says to items that were rejected before and stay as they are (内容无误), by item.
    pub explanations: BTreeMap<String, String>,
    /// The answers, as people read them.
    pub sections: Vec<Section>,
    /// Whether its form can be printed.
    pub prints: bool,
    /// (slot, file).
    pub files: Vec<(String, FileView)>,
    /// (slot, file) of the round before, of the slots that hold something else now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<(String, FileView)>,
    /// The title of each slot.
    pub file_titles: BTreeMap<String, String>,
    /// 审核意见 of this round so far.
    pub verdicts: Vec<Verdict>,
    /// 自动核对; advice, not a decision.
    pub checks: Vec<Check>,
    /// What the kind lays beside the case, to look at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Beside>,
    /// What was done so far.
    pub timeline: Vec<TimelineItem>,
    /// The earlier ones.
    pub rounds: Vec<RoundView>,
    /// Since the round before.
    pub changes: Vec<Change>,
    /// Since the round before.
    pub file_changes: Vec<FileChange>,
    /// Whether these differ from what is on record, and not from the round before.
    #[serde(default)]
    pub is_change: bool,
    /// `None` while nobody has it open.
    pub hold: Option<HoldView>,
    /// What whoever is looking may do now.
    pub actions: Vec<Action>,
    /// Those that the province offers for a return.
    pub reasons: Vec<String>,
    /// (code, name) of the bureaus that a case can be forwarded to.
    pub bureaus: Vec<(BureauCode, String)>,
    /// Whether each item is judged, or the whole.
    pub is_per_item: bool,
    /// For each slot the answers that are compared with it, by item.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub proofs: BTreeMap<String, Vec<String>>,
    /// How many cases whoever is looking decided today, and how many the bureau still has.
    pub counts: (i64, i64),
    /// Where several have to agree.
    pub seats: Option<SeatsView>,
    /// What an approval would book, where another amount may be put in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correctable: Option<Correctable>,
    /// 备查: what is said of the originals of what was approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspections: Option<Inspections>,
    /// Whether whoever is looking is the applicant.
    pub is_own: bool,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
    /// Own decisions that wait, and those of the bureau that did not take effect; the newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub staged: Vec<StagedView>,
}

/// What a reveal shows; never part of a page that was not asked for it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealView {
    /// 证件号码, in clear.
    pub document: String,
    /// 手机号, in clear.
    pub mobile: String,
    /// How many more looks there are, when few are.
    pub left: Option<Left>,
}

crate::shown!(RevealView);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_statuses_are_listed_each_once_and_a_draft_never() {
        let of = |status: &str| codes_of(&QueueQuery { status: status.into(), ..QueueQuery::default() }.statuses());
        assert_eq!(of("returned,submitted,returned"), "submitted,returned");
        assert_eq!(of("approved,draft"), "approved");
        assert_eq!((of(""), of("draft"), of(SKIPPED)), ("submitted".into(), "submitted".into(), "submitted".into()));
    }
}
