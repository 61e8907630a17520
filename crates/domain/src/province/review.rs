//! `[review]` of a profile: how the bureaus of a province review.

use serde::Deserialize;

/// 审核, of every kind of case.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReviewRules {
    /// 撤销: so many seconds a decision waits for its effect and can be undone; 0 for at once.
    pub undo_seconds: u32,
    /// 催办: whoever waits may urge a case past its day once in so many working days.
    pub urge_working_days: u32,
}

impl Default for ReviewRules {
    fn default() -> Self {
        Self { undo_seconds: 0, urge_working_days: 3 }
    }
}

impl ReviewRules {
    /// The longest `undo_seconds`: the hold on a case outlives it.
    pub const LONGEST_UNDO: u32 = 300;

    /// How long a decision can be undone; `None` where it takes effect at once.
    #[must_use]
    pub fn undo(self) -> Option<chrono::Duration> {
        (self.undo_seconds > 0).then(|| chrono::Duration::seconds(self.undo_seconds.into()))
    }
}
