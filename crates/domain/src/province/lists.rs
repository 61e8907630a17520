use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::bureaus::BETWEEN;
#[cfg(feature = "profiles")]
use super::parse::Faults;

/// A choice. One that is no longer valid keeps its label, so that old records can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What is stored.
    pub code: String,
    /// What people read.
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
#[serde(from = "BTreeMap<String, String>", into = "BTreeMap<String, String>")]
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

    /// The same with the words of a province for some of the entries.
    #[cfg(feature = "profiles")]
    pub(super) fn called(mut self, labels: &BTreeMap<String, BTreeMap<String, String>>, faults: &mut Faults) -> Self {
        for (list, code, label) in labels.iter().flat_map(|(list, of)| of.iter().map(move |(code, label)| (list, code, label))) {
            let key = format!("intake.list_labels.{list}.{code}");
            if label.trim().is_empty() || label.contains(BETWEEN) {
                faults.push(&key, "a label is needed, without a semicolon");
            }
            match self.0.get_mut(list).and_then(|entries| entries.iter_mut().find(|entry| entry.code == *code)) {
                Some(entry) => entry.label.clone_from(label),
                None => faults.push(&key, "there is no such entry of a list"),
            }
        }
        self
    }

    /// How high a code stands in a list that rises.
    #[must_use]
    pub fn rank(&self, list: &str, code: &str) -> Option<u32> {
        self.entry(list, code).and_then(|entry| entry.rank)
    }
}

/// On the way to the browser a list is one text, for each entry: code, rank and the first and the last day, as far as there are
/// such, then the label: `bachelor,5 本科`, `CN 中国`.
impl From<Lists> for BTreeMap<String, String> {
    fn from(lists: Lists) -> Self {
        let line = |entry: &Entry| {
            let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            let rank = entry.rank.map(|rank| rank.to_string()).unwrap_or_default();
            let head = format!("{},{rank},{},{}", entry.code, day(entry.valid_from), day(entry.valid_to));
            format!("{} {}{BETWEEN}", head.trim_end_matches(','), entry.label)
        };
        lists.0.into_iter().map(|(name, entries)| (name, entries.iter().map(line).collect())).collect()
    }
}

impl From<BTreeMap<String, String>> for Lists {
    fn from(texts: BTreeMap<String, String>) -> Self {
        let entry = |line: &str| {
            let (head, label) = line.split_once(' ')?;
            let mut parts = head.split(',');
            let mut next = || parts.next().unwrap_or_default();
            let (code, rank, from, to) = (next(), next(), next(), next());
            Some(Entry {
                code: code.to_owned(),
                label: label.to_owned(),
                valid_from: from.parse().ok(),
                valid_to: to.parse().ok(),
                rank: rank.parse().ok(),
            })
        };
        Self(texts.into_iter().map(|(name, text)| (name, text.split(BETWEEN).filter_map(entry).collect())).collect())
    }
}
