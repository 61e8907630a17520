//! What the parts of a case's page share: which item is current, what was judged, what the viewer shows.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::answer::{Answer, Notice};
use domain::case::{HOLD, Verdict};
use leptos::prelude::*;

/// Lives as long as the page, whatever is fetched again.
#[derive(Clone, Copy)]
pub(super) struct Bench {
    pub province: RwSignal<String>,
    pub case: RwSignal<String>,
    /// The verdicts of this round by item, as they are kept on the server.
    pub verdicts: RwSignal<BTreeMap<String, Verdict>>,
    /// Until when nobody else can take the case over.
    pub held_until: RwSignal<Option<DateTime<Utc>>>,
    /// The item that the keys act on.
    pub current: RwSignal<String>,
    /// The slot whose file the viewer shows; empty for the first.
    pub shown: RwSignal<String>,
    pub zoom: RwSignal<u8>,
    /// A quarter each.
    pub turns: RwSignal<u8>,
    /// What the live region says.
    pub said: RwSignal<String>,
    pub has_keys: RwSignal<bool>,
    /// Whether scripts run.
    pub is_awake: RwSignal<bool>,
    /// When the page was opened, for the mark on the evidence; known to scripts only.
    pub opened: RwSignal<String>,
}

impl Bench {
    pub fn new() -> Self {
        Self {
            province: RwSignal::new(String::new()),
            case: RwSignal::new(String::new()),
            verdicts: RwSignal::new(BTreeMap::new()),
            held_until: RwSignal::new(None),
            current: RwSignal::new(String::new()),
            shown: RwSignal::new(String::new()),
            zoom: RwSignal::new(1),
            turns: RwSignal::new(0),
            said: RwSignal::new(String::new()),
            has_keys: RwSignal::new(true),
            is_awake: RwSignal::new(false),
            opened: RwSignal::new(String::new()),
        }
    }

    /// Whatever was kept on a case renews the hold on it.
    pub fn hold(self, answer: &Answer) {
        if let Some(Notice::Saved { at, .. }) = answer.notice {
            self.held_until.set(Some(at + HOLD));
        }
    }

    /// Makes an item the current one, and shows its file if it is one.
    pub fn choose(self, item: &str) {
        if self.current.with_untracked(|current| current != item) {
            self.current.set(item.to_owned());
        }
        if let Some(slot) = item.strip_prefix("attachment.") {
            self.show(slot);
        }
    }

    /// Shows a file upright and whole.
    pub fn show(self, slot: &str) {
        if self.shown.with_untracked(|shown| shown != slot) {
            self.shown.set(slot.to_owned());
            self.zoom.set(1);
            self.turns.set(0);
        }
    }

    /// The next zoom, and after the largest the whole picture again.
    pub fn zoom_on(self) {
        self.zoom.update(|zoom| *zoom = *zoom % 4 + 1);
    }
}

/// The id of an item's element: `education.rows.0.kind` → `item-education-rows-0-kind`.
pub(super) fn id_of_item(item: &str) -> String {
    format!("item-{}", item.replace('.', "-"))
}
