//! 会计法 as it was in force on a day: which articles punish, and with what.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::PenaltyKind;

/// Every version, the oldest first (`provinces/data/laws.toml`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Laws {
    /// The versions.
    pub laws: Vec<Law>,
}

/// A version of a law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// 《中华人民共和国会计法》（2024年修正）.
    pub name: String,
    /// The first day on which it is in force.
    pub from: NaiveDate,
    /// The last one; `None` while it is in force.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// Those that punish accountants.
    pub articles: Vec<Article>,
}

/// An article of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// What names it among all versions, such as `2024-40`.
    pub code: String,
    /// 第四十条.
    pub label: String,
    /// What it is about, in a few words.
    pub about: String,
    /// The kinds of penalty that it provides for a person.
    pub kinds: Vec<PenaltyKind>,
}

impl Law {
    /// Whether it was in force on a day.
    #[must_use]
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

impl Laws {
    /// The version that was in force on a day; `None` before the first.
    #[must_use]
    pub fn in_force(&self, day: NaiveDate) -> Option<&Law> {
        self.laws.iter().find(|law| law.is_in_force(day))
    }
}
