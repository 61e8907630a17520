//! What the parts of a case's page share: which item is current, what was judged, what the stage shows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::answer::{Answer, Notice};
use domain::case::{HOLD, Mark, Verdict};
use domain::review::view::{CaseView, StagedView};
use leptos::prelude::*;

use super::ahead::Ahead;

/// The largest step of the zoom.
const LARGEST: u8 = 4;

/// How the picture of the round before and the one that came in its place are looked at. Nothing changes by itself: whoever wants to
/// see one blink against the other presses the key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    Both,
    Before,
    Now,
}

impl Compare {
    /// What the stage is called meanwhile.
    pub fn class(self) -> &'static str {
        match self {
            Self::Both => " stage--two",
            Self::Before => " stage--before",
            Self::Now => " stage--after",
        }
    }
}

/// Lives as long as its case is on the page.
#[derive(Clone, Copy)]
pub struct Bench {
    pub province: RwSignal<String>,
    pub case: StoredValue<String>,
    /// The verdicts of this round by item, as they are kept on the server.
    pub verdicts: RwSignal<BTreeMap<String, Verdict>>,
    /// Until when nobody else can take the case over.
    pub held_until: RwSignal<Option<DateTime<Utc>>>,
    /// The item that the keys act on.
    pub current: RwSignal<String>,
    /// The keys of the pictures, in their order: the slot, and behind it the number of its further pictures.
    pub pictures: StoredValue<Vec<String>>,
    /// The item whose rejection is being written; empty where none is.
    pub rejecting: RwSignal<String>,
    /// What was typed for rejections that were folded away, by item.
    pub typed: StoredValue<BTreeMap<String, String>>,
    /// The slot of the paper that an answer is compared with, by item.
    pub homes: StoredValue<BTreeMap<String, String>>,
    /// The key of the picture on the stage.
    pub shown: RwSignal<String>,
    /// The keys of the pictures that were on the stage.
    pub seen: RwSignal<BTreeSet<String>>,
    /// Whether all pictures stand side by side.
    pub is_all: RwSignal<bool>,
    pub is_bright: RwSignal<bool>,
    /// How old and new are laid out.
    pub compare: RwSignal<Compare>,
    /// Whether it was said that some were not seen.
    pub is_asked: RwSignal<bool>,
    pub zoom: RwSignal<u8>,
    /// A quarter each.
    pub turns: RwSignal<u8>,
    /// What is ringed round on the picture of the stage, for the next rejection.
    pub mark: RwSignal<Option<Mark>>,
    /// Whether the pointer and the arrow keys draw.
    pub is_marking: RwSignal<bool>,
    /// Where the pointer began to draw, in fractions of the picture.
    pub from: StoredValue<Option<(f64, f64)>>,
    /// What was ringed round in the round before.
    pub former: StoredValue<Vec<Mark>>,
    /// The pictures that were fetched beforehand, and the case after which they come.
    pub ahead: StoredValue<Ahead>,
    pub ahead_of: StoredValue<String>,
    /// The case that was fetched beforehand; with a hold once it was taken and is as it was fetched.
    pub next: StoredValue<Option<CaseView>>,
    /// Decided today by the one who looks, and open at the bureau.
    pub counts: RwSignal<(i64, i64)>,
    /// Decisions that can be undone.
    pub staged: RwSignal<Vec<StagedView>>,
    /// What the live region says.
    pub said: RwSignal<String>,
    pub has_keys: RwSignal<bool>,
    /// Whether scripts run.
    pub is_awake: RwSignal<bool>,
    /// When the case was opened, for the mark on the evidence; known to scripts only.
    pub opened: RwSignal<String>,
}

impl Bench {
    /// Whether scripts run and keys are wanted is as it was `before`, and what was fetched beforehand is there.
    pub fn new(case: &str, rejecting: String, before: Option<Self>) -> Self {
        Self {
            province: RwSignal::new(String::new()),
            case: StoredValue::new(case.to_owned()),
            verdicts: RwSignal::new(BTreeMap::new()),
            held_until: RwSignal::new(None),
            current: RwSignal::new(String::new()),
            rejecting: RwSignal::new(rejecting),
            typed: StoredValue::new(BTreeMap::new()),
            pictures: StoredValue::new(Vec::new()),
            homes: StoredValue::new(BTreeMap::new()),
            shown: RwSignal::new(String::new()),
            seen: RwSignal::new(BTreeSet::new()),
            is_all: RwSignal::new(false),
            is_bright: RwSignal::new(false),
            compare: RwSignal::new(Compare::Both),
            is_asked: RwSignal::new(false),
            zoom: RwSignal::new(1),
            turns: RwSignal::new(0),
            mark: RwSignal::new(None),
            is_marking: RwSignal::new(false),
            from: StoredValue::new(None),
            former: StoredValue::new(Vec::new()),
            ahead: before.map_or_else(StoredValue::default, |before| before.ahead),
            ahead_of: before.map_or_else(StoredValue::default, |before| before.ahead_of),
            next: before.map_or_else(StoredValue::default, |before| before.next),
            counts: RwSignal::new((0, 0)),
            staged: RwSignal::new(Vec::new()),
            said: RwSignal::new(String::new()),
            has_keys: RwSignal::new(before.is_none_or(|before| before.has_keys.get_untracked())),
            is_awake: RwSignal::new(before.is_some_and(|before| before.is_awake.get_untracked())),
            opened: RwSignal::new(String::new()),
        }
    }

    /// Lays the papers of the case on it; once more, and what is shown stays.
    pub fn lay(self, pictures: Vec<String>, homes: BTreeMap<String, String>, first: Option<String>) {
        let is_same = self.shown.with_untracked(|key| pictures.contains(key));
        self.homes.set_value(homes);
        let first = first.or_else(|| pictures.first().cloned()).unwrap_or_default();
        self.pictures.set_value(pictures);
        if !is_same {
            // What the keys act on from the beginning: the paper on the stage.
            self.current.set(if first.is_empty() { String::new() } else { format!("attachment.{}", slot_of(&first)) });
            self.seen.set(BTreeSet::new());
            self.is_asked.set(false);
            self.shown.set(String::new());
            self.show(&first);
        }
    }

    /// Whatever was kept on a case renews the hold on it.
    pub fn hold(self, answer: &Answer) {
        if let Some(Notice::Saved { at, .. }) = answer.notice {
            self.held_until.set(Some(at + HOLD));
        }
    }

    /// Makes an item the current one, and shows the paper that proves it.
    pub fn choose(self, item: &str) {
        if self.current.with_untracked(|current| current != item) {
            self.current.set(item.to_owned());
        }
        let home = || self.homes.with_value(|homes| homes.get(item).cloned());
        let slot = item.strip_prefix("attachment.").map(str::to_owned).or_else(home);
        if let Some(slot) = slot.filter(|slot| self.shown.with_untracked(|key| slot_of(key) != slot)) {
            self.show(&slot);
        }
    }

    /// Opens the rejection of an item, or none; what was typed for another is there again when that is opened.
    pub fn reject(self, item: &str) {
        let before = self.rejecting.get_untracked();
        if !before.is_empty() {
            let typed = super::keys::value_of(&format!("{}-reason", id_of_item(&before)));
            self.typed.update_value(|all| drop(all.insert(before, typed)));
        }
        self.rejecting.set(item.to_owned());
    }

    /// Shows a picture upright and whole. What was ringed round on another is forgotten.
    pub fn show(self, key: &str) {
        if self.shown.with_untracked(|shown| shown != key) {
            self.mark.set(None);
            self.is_marking.set(false);
            self.compare.set(Compare::Both);
            self.shown.set(key.to_owned());
            self.seen.update(|seen| {
                seen.insert(key.to_owned());
            });
            self.whole();
        }
    }

    /// The picture so many further on, which becomes what the keys act on.
    pub fn page(self, by: i32) {
        let pictures = self.pictures.get_value();
        let here = self.shown.with_untracked(|shown| pictures.iter().position(|key| key == shown)).unwrap_or(0);
        let there = here.saturating_add_signed(by as isize).min(pictures.len().saturating_sub(1));
        if let Some(key) = pictures.get(there) {
            self.turn_to(key);
        }
    }

    /// Shows a picture, and makes its paper what the keys act on.
    pub fn turn_to(self, key: &str) {
        self.is_all.set(false);
        self.show(key);
        self.current.set(format!("attachment.{}", slot_of(key)));
    }

    /// All pictures side by side, or one again.
    pub fn toggle_all(self) {
        self.is_all.update(|is_all| *is_all = !*is_all);
        if self.is_all.get_untracked() {
            self.seen.set(self.pictures.get_value().into_iter().collect());
        }
    }

    /// Old and new side by side, then the old alone, then the new in its place.
    pub fn compare_next(self) {
        let (next, said) = match self.compare.get_untracked() {
            Compare::Both => (Compare::Before, "只看上次的图片"),
            Compare::Before => (Compare::Now, "只看这次的图片"),
            Compare::Now => (Compare::Both, "上次和这次的图片并排"),
        };
        self.compare.set(next);
        self.said.set(said.into());
    }

    /// How many pictures were not on the stage.
    pub fn unseen(self) -> usize {
        self.pictures.with_value(Vec::len).saturating_sub(self.seen.with(BTreeSet::len))
    }

    /// Whether it has to be said first that some papers were never shown; that is said once.
    pub fn asks(self) -> bool {
        let asks = self.is_awake.get_untracked() && !self.is_asked.get_untracked() && untrack(|| self.unseen()) > 0;
        if asks {
            self.is_asked.set(true);
        }
        asks
    }

    pub fn larger(self, by: i8) {
        self.zoom.update(|zoom| *zoom = zoom.saturating_add_signed(by).clamp(1, LARGEST));
    }

    pub fn turn(self, quarters: u8) {
        self.turns.update(|turns| *turns = (*turns + quarters) % 4);
    }

    /// Upright, whole, as bright as it is.
    pub fn whole(self) {
        self.zoom.set(1);
        self.turns.set(0);
        self.is_bright.set(false);
    }
}

/// What is ringed round on a picture, as the path of a drawing of this size.
pub(super) fn outline<'a>(key: &str, size: (u32, u32), marks: impl Iterator<Item = &'a Mark>) -> String {
    let here = marks.filter(|mark| mark.slot == slot_of(key) && mark.nth == nth_of(key));
    here.map(|mark| mark.outline(size)).collect()
}

/// Which of its slot a picture is, from 0: `id_front#2` → 1.
pub(super) fn nth_of(key: &str) -> usize {
    key.split_once('#').and_then(|(_, nth)| nth.parse::<usize>().ok()).map_or(0, |nth| nth.saturating_sub(1))
}

/// The slot of a picture: `id_front#2` → `id_front`.
pub(super) fn slot_of(key: &str) -> &str {
    key.split('#').next().unwrap_or(key)
}

/// The id of an item's element: `education.rows.0.kind` → `item-education-rows-0-kind`.
pub(super) fn id_of_item(item: &str) -> String {
    format!("item-{}", item.replace('.', "-"))
}
