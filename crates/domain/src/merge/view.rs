//! What the page of 重复账号 shows.

use chrono::{DateTime, Utc};

use super::Likeness;

/// What was found, and what was merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergesView {
    /// Pairs that nobody has dismissed and that are not merged, the newest first.
    pub pairs: Vec<PairView>,
    /// Mergings, the newest first.
    pub merges: Vec<MergeView>,
}

/// An account as the province sees it, with what it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideView {
    /// 姓名.
    pub name: String,
    /// What its document is called, and its number with the middle hidden.
    pub document: (String, String),
    /// Its telephone with the middle hidden.
    pub mobile: String,
    /// When it was made, in UTC.
    pub created_at: DateTime<Utc>,
    /// What it has: what that is called, and how many.
    pub held: Vec<(&'static str, i64)>,
}

/// Two accounts that look alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairView {
    /// Its id.
    pub id: String,
    /// Why they look alike.
    pub why: Vec<Likeness>,
    /// Both.
    pub sides: [SideView; 2],
}

/// Where a merging stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeState {
    /// For another person; whether the one who asks may agree.
    Waiting {
        /// False for whoever asked for it.
        may_agree: bool,
    },
    /// In force.
    InForce {
        /// The last moment at which it can be undone, in UTC; `None` once that is over.
        undo_until: Option<DateTime<Utc>>,
    },
    /// Refused before it was in force.
    Refused,
    /// Undone.
    Undone,
}

/// A merging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeView {
    /// Its id.
    pub id: String,
    /// The account that stays.
    pub winner: SideView,
    /// The account that leads to it.
    pub loser: SideView,
    /// Why, as it was written.
    pub reason: String,
    /// When it was asked for, in UTC.
    pub asked_at: DateTime<Utc>,
    /// Where it stands.
    pub state: MergeState,
}
