use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A choice. One that is no longer valid keeps its label, so that old records can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub code: String,
    pub label: String,
    /// The first day on which it may be chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// The last day on which it may be chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// Where the choices rise, such as 学历.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
}

impl Entry {
    /// Whether it may be chosen on a day.
    #[must_use]
    pub fn is_valid(&self, today: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= today) && self.valid_to.is_none_or(|to| today <= to)
    }
}

/// The code lists by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lists(pub BTreeMap<String, Vec<Entry>>);

impl Lists {
    /// The entries of a list in their order; none for an unknown list.
    #[must_use]
    pub fn entries(&self, list: &str) -> &[Entry] {
        self.0.get(list).map_or(&[], Vec::as_slice)
    }

    /// An entry, valid or not.
    #[must_use]
    pub fn entry(&self, list: &str, code: &str) -> Option<&Entry> {
        self.entries(list).iter().find(|entry| entry.code == code)
    }

    /// The label of a code, also of one that is no longer valid.
    #[must_use]
    pub fn label(&self, list: &str, code: &str) -> Option<&str> {
        self.entry(list, code).map(|entry| entry.label.as_str())
    }

    /// Whether the code may be chosen today.
    #[must_use]
    pub fn has(&self, list: &str, code: &str, today: NaiveDate) -> bool {
        self.entry(list, code).is_some_and(|entry| entry.is_valid(today))
    }

    /// How high a code stands in a list that rises.
    #[must_use]
    pub fn rank(&self, list: &str, code: &str) -> Option<u32> {
        self.entry(list, code).and_then(|entry| entry.rank)
    }
}
