//! Saves quietly while somebody types: a moment after the last change, and whenever the page is left (ux F9).

use domain::answer::Notice;
use domain::case::Refusal;
use leptos::prelude::*;

use crate::ui::form::{FormState, name_of, read};
use crate::ui::{browser, format, sentence};

/// What the page knows about its draft.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The version that the next save must name.
    pub version: RwSignal<i64>,
    pub said: RwSignal<String>,
    /// Names this page among all that save the step; empty until the program runs.
    pub tab: RwSignal<String>,
    /// Which save of the page the next one is.
    pub sequence: RwSignal<i64>,
    /// Whether the server has what stands in the fields.
    pub behind: RwSignal<Behind>,
}

/// Whether the server has what stands in the fields of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Behind {
    /// It has.
    Nothing,
    /// It will have it in a moment.
    Soon,
    /// It did not take it.
    Stuck,
}

impl Draft {
    /// The draft as it was loaded.
    pub fn new(version: i64, saved_at: Option<chrono::DateTime<chrono::Utc>>) -> Self {
        let said = saved_at.map(|at| format!("已保存 {}", format::instant(at))).unwrap_or_default();
        Self {
            version: RwSignal::new(version),
            said: RwSignal::new(said),
            tab: RwSignal::new(String::new()),
            sequence: RwSignal::new(0),
            behind: RwSignal::new(Behind::Nothing),
        }
    }

    /// Follows every save of the form, and saves by itself.
    pub fn follow(self, state: FormState, (action, step): (&'static str, String), province: String) {
        let watch = Watch {
            draft: self,
            state,
            action,
            step: StoredValue::new(step),
            province: StoredValue::new(province),
            count: StoredValue::new(Count::default()),
        };
        Effect::new(move |_| {
            if let Some(Notice::Saved { version, at }) = state.notice.get() {
                self.version.set(version);
                self.said.set(format!("已保存 {}", format::time(at)));
                let now = watch.count.try_update_value(|count| {
                    count.kept = count.sent;
                    *count
                });
                let has_all = now.is_none_or(|count| count.kept == count.changed);
                self.behind.set(if has_all { Behind::Nothing } else { Behind::Soon });
            }
        });
        Effect::new(move |_| {
            self.tab.set(browser::random_name());
            self.sequence.set(1);
        });
        Effect::new(move |was: Option<bool>| {
            let is_pending = state.is_pending.get();
            match (is_pending, was) {
                (true, _) => watch.press(),
                (false, Some(true)) => browser::later(0, move || watch.release()),
                (false, _) => {}
            }
            is_pending
        });
        Effect::new(move |before: Option<()>| {
            state.typed.track();
            if before.is_some() {
                watch.note();
            }
        });
        Effect::new(move |_| {
            let hidden = window_event_listener(leptos::ev::visibilitychange, move |_| {
                if browser::document().is_some_and(|document| document.hidden()) {
                    watch.leave();
                }
            });
            let gone = window_event_listener_untyped("pagehide", move |_| watch.leave());
            on_cleanup(move || {
                hidden.remove();
                gone.remove();
            });
        });
        on_cleanup(move || watch.leave());
    }
}

/// The page saves when nothing was typed for so long (milliseconds) …
const PAUSE: i32 = 1_500;
/// … and within this time, however busily somebody types.
const AT_LEAST: i32 = 10_000;
/// After a save that did not get through it tries again.
const AGAIN: i32 = 15_000;

/// Changes are counted: up to which one was something sent, and up to which one does the server have it.
#[derive(Clone, Copy, Default)]
struct Count {
    changed: u64,
    sent: u64,
    kept: u64,
    is_flying: bool,
    /// Somebody else saved it, or one is signed out: nothing more is sent.
    is_over: bool,
}

#[derive(Clone, Copy)]
struct Watch {
    draft: Draft,
    state: FormState,
    action: &'static str,
    step: StoredValue<String>,
    province: StoredValue<String>,
    count: StoredValue<Count>,
}

impl Watch {
    /// A save that was pressed takes everything along.
    fn press(self) {
        self.draft.sequence.update(|n| *n += 1);
        self.count.update_value(|count| count.sent = count.changed);
    }

    /// What a save that was pressed did not bring home is sent once more.
    fn release(self) {
        let is_pending = self.state.is_pending.try_get_untracked().unwrap_or(true);
        let Some(count) = self.count.try_get_value().filter(|count| !is_pending && !count.is_flying && count.sent != count.kept)
        else {
            return;
        };
        self.count.set_value(Count { sent: count.kept, ..count });
        self.save();
    }

    fn note(self) {
        let now = self.count.try_update_value(|count| {
            count.changed += 1;
            *count
        });
        let Some(now) = now else { return };
        self.draft.behind.set(Behind::Soon);
        let is_first = now.changed == now.sent + 1;
        browser::later(PAUSE, move || {
            if self.count.try_get_value().is_some_and(|count| count.changed == now.changed) {
                self.save();
            }
        });
        if is_first {
            browser::later(AT_LEAST, move || self.save());
        }
    }

    /// Saves what the server does not have, unless a save is under way already.
    fn save(self) {
        // The page may be gone by now.
        let Some(count) = self.count.try_get_value() else { return };
        if count.is_flying || count.is_over || count.changed == count.sent || self.state.is_pending.get_untracked() {
            return;
        }
        self.send(true);
    }

    /// The page is left, or may be: what is under way may be cut off, and the newest stands in any case.
    fn leave(self) {
        let is_going = self.state.is_leaving.try_get_untracked().unwrap_or(true);
        if !is_going && self.count.try_get_value().is_some_and(|count| !count.is_over && count.changed != count.kept) {
            self.send(false);
        }
    }

    fn send(self, stays: bool) {
        let Some(sequence) = self.draft.sequence.try_get_untracked() else { return };
        let _ = self.draft.sequence.try_set(sequence + 1);
        self.count.update_value(|count| {
            count.sent = count.changed;
            count.is_flying = stays;
        });
        let mut pairs: Vec<(String, String)> = vec![
            ("province".into(), self.province.get_value()),
            ("step".into(), self.step.get_value()),
            ("version".into(), self.draft.version.get_untracked().to_string()),
            ("page[tab]".into(), self.draft.tab.get_untracked()),
            ("page[sequence]".into(), sequence.to_string()),
            ("how".into(), "auto".into()),
        ];
        self.state.typed.with_untracked(|typed| pairs.extend(typed.iter().map(|(field, value)| (name_of(field), value.clone()))));
        browser::post_to_the_end(self.action, &pairs, Box::new(move |status, text| self.take(status, &text)));
    }

    fn take(self, status: u16, text: &str) {
        let answer = read(status, text);
        let is_kept = answer.as_ref().is_ok_and(|answer| answer.notice.is_some());
        let refusal = answer.as_ref().ok().and_then(|answer| answer.refusal.clone());
        let is_signed_out = refusal == Some(Refusal::SignInAgain);
        let is_over = answer.as_ref().is_ok_and(|answer| answer.go.is_some()) || (refusal.is_some() && !is_signed_out);
        let count = self.count.try_update_value(|count| {
            count.is_flying = false;
            count.is_over |= is_over;
            if !is_kept {
                count.sent = count.kept;
            }
            *count
        });
        let Some(count) = count else { return };
        if answer.is_ok() && !is_kept {
            self.draft.behind.try_set(Behind::Stuck);
        }
        match answer {
            Ok(answer) if answer.go.is_some() => self.draft.said.set("本页在别处保存过，请刷新页面后继续。".into()),
            Ok(answer) => {
                if let Some(refusal) = &answer.refusal {
                    self.draft.said.set(sentence::refusal(refusal));
                }
                if is_signed_out {
                    // Somebody may sign in again in another window; the summary has the way there.
                    self.state.refusal.set(refusal);
                    browser::later(AGAIN, move || self.save());
                    return;
                }
                if answer.notice.is_some() {
                    if self.state.refusal.get_untracked() == Some(Refusal::SignInAgain) {
                        self.state.refusal.set(None);
                    }
                    self.state.notice.set(answer.notice);
                    self.state.by_hand.set(answer.by_hand);
                } else if refusal.is_none() {
                    // What cannot be kept as it is waits for the next change.
                    self.state.errors.set(answer.errors);
                    return;
                }
                if count.changed != count.sent {
                    self.save();
                }
            }
            Err(_) => {
                self.draft.said.set("暂时没有保存成功，请保留本页，稍后点击保存。".into());
                browser::later(AGAIN, move || self.save());
            }
        }
    }
}
