//! 单位确认: the registered administrator of an employer says, by a link in a message, that somebody works there, in the place of the
//! paper (docs/adr/0060). It is about a person and an employer, and not about a case: whatever names the employer leans on it.

pub mod forms;
#[cfg(test)]
mod tests;
pub mod view;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::case::codes;

/// What a province says of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationRules {
    /// So many days the link of a message serves.
    pub link_days: u32,
    /// So many days a confirmation stands in for the paper; whoever reviews reads it for good.
    pub counts_days: u32,
    /// The papers of 信息变更 that it stands in for.
    #[serde(default)]
    pub slots: Vec<String>,
}

impl ConfirmationRules {
    /// A link lies in the telephone of somebody who may leave the employer, so that it ends soon.
    pub const LONGEST_LINK: u32 = 30;

    /// Whether a paper is not asked of whoever was confirmed.
    #[must_use]
    pub fn stands_for(&self, slot: &str) -> bool {
        self.slots.iter().any(|of| of == slot)
    }

    /// Whether what was said at one time stands in for the paper at another.
    #[must_use]
    pub fn counts(&self, said_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        now - said_at < Duration::days(self.counts_days.into())
    }
}

codes! {
    /// What became of a question to an employer.
    pub enum Said {
        /// They work there.
        Confirmed = "confirmed",
        /// They do not, or something else is wrong; with the reason.
        Refused = "refused",
        /// The person took the question back.
        Withdrawn = "withdrawn",
    }
}
