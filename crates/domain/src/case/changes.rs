//! What differs between two submissions, so that a reviewer reads only that.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Row, Section};

/// One answer that differs; `None` where the item did not exist. Both are equal where only hidden digits differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// 项目, such as `person.email`.
    pub item: String,
    /// The question, as the form asks it.
    pub label: String,
    /// In the earlier submission.
    pub before: Option<String>,
    /// In the later submission.
    pub now: Option<String>,
}

/// One file that differs, by the SHA-256 of its bytes; `None` where there was none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileChange {
    /// The slot of the 材料.
    pub slot: String,
    /// SHA-256 in the earlier submission.
    pub before: Option<String>,
    /// SHA-256 in the later submission.
    pub now: Option<String>,
}

/// The answers that differ, in the order of the form as it is now, then those that are gone. `hidden` names items that
/// differ where their mask does not show it.
pub fn changes(before: &[Section], now: &[Section], hidden: &BTreeSet<&str>) -> Vec<Change> {
    let value = |sections: &[Section], item: &str| rows(sections).find(|row| row.item == item).map(|row| row.value.clone());
    let gone = rows(before).filter(|row| value(now, &row.item).is_none());
    rows(now)
        .chain(gone)
        .map(|row| Change {
            item: row.item.clone(),
            label: row.label.clone(),
            before: value(before, &row.item),
            now: value(now, &row.item),
        })
        .filter(|change| change.before != change.now || hidden.contains(change.item.as_str()))
        .collect()
}

fn rows(sections: &[Section]) -> impl Iterator<Item = &Row> {
    sections.iter().flat_map(|section| &section.rows)
}

/// The slots whose file differs, by slot. Both maps lead from the slot to the SHA-256.
pub fn file_changes(before: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<FileChange> {
    let gone = before.keys().filter(|slot| !now.contains_key(*slot));
    let mut changes: Vec<FileChange> = now
        .keys()
        .chain(gone)
        .map(|slot| FileChange { slot: slot.clone(), before: before.get(slot).cloned(), now: now.get(slot).cloned() })
        .filter(|change| change.before != change.now)
        .collect();
    changes.sort_by(|one, other| one.slot.cmp(&other.slot));
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections(rows: &[(&str, &str)]) -> Vec<Section> {
        let row = |(item, value): &(&str, &str)| Row {
            item: (*item).to_owned(),
            group: None,
            label: format!("{item}?"),
            value: (*value).to_owned(),
        };
        vec![Section { key: String::new(), title: String::new(), rows: rows.iter().map(row).collect() }]
    }

    fn change(item: &str, before: Option<&str>, now: Option<&str>) -> Change {
        let text = |value: &str| value.to_owned();
        Change { item: text(item), label: format!("{item}?"), before: before.map(text), now: now.map(text) }
    }

    #[test]
    fn only_what_differs_is_listed_with_new_and_vanished_answers() {
        let before = sections(&[("a", "1"), ("b", "2"), ("gone", "3")]);
        let now = sections(&[("new", "4"), ("b", "5"), ("a", "1")]);
        let expected = [change("new", None, Some("4")), change("b", Some("2"), Some("5")), change("gone", Some("3"), None)];
        assert_eq!(changes(&before, &now, &BTreeSet::new()), expected);
        assert!(changes(&before, &before, &BTreeSet::new()).is_empty());
    }

    #[test]
    fn what_differs_only_under_its_mask_is_listed_with_what_is_shown() {
        let same = sections(&[("a", "138****0001"), ("b", "2")]);
        assert_eq!(changes(&same, &same, &BTreeSet::from(["a"])), [change("a", Some("138****0001"), Some("138****0001"))]);
    }

    #[test]
    fn a_file_differs_when_its_bytes_do() {
        let files = |list: &[(&str, &str)]| list.iter().map(|(slot, sha)| ((*slot).to_owned(), (*sha).to_owned())).collect();
        let before: BTreeMap<_, _> = files(&[("photo", "aa"), ("diploma", "bb"), ("title", "cc")]);
        let now: BTreeMap<_, _> = files(&[("photo", "aa"), ("diploma", "dd"), ("work", "ee")]);
        let slots: Vec<_> =
            file_changes(&before, &now).into_iter().map(|change| (change.slot, change.before, change.now)).collect();
        let some = |sha: &str| Some(sha.to_owned());
        let expected = [
            ("diploma".to_owned(), some("bb"), some("dd")),
            ("title".to_owned(), some("cc"), None),
            ("work".to_owned(), None, some("ee")),
        ];
        assert_eq!(slots, expected);
    }
}
