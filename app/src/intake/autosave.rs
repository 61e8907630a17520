//! Saves quietly while somebody types, at most every 20 seconds and on leaving the page (ux F9).

use domain::answer::Notice;
use leptos::prelude::*;

use crate::ui::form::FormState;
use crate::ui::format;

/// What the page knows about its draft.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The version that the next save must name.
    pub version: RwSignal<i64>,
    pub said: RwSignal<String>,
}

impl Draft {
    /// The draft as it was loaded.
    pub fn new(version: i64, saved_at: Option<chrono::DateTime<chrono::Utc>>) -> Self {
        let said = saved_at.map(|at| format!("已保存 {}", format::instant(at))).unwrap_or_default();
        Self { version: RwSignal::new(version), said: RwSignal::new(said) }
    }

    /// Follows every save of the form, and saves by itself.
    pub fn follow(self, state: FormState, (action, step): (&'static str, &'static str), province: String) {
        Effect::new(move |_| {
            if let Some(Notice::Saved { version, at }) = state.notice.get() {
                self.version.set(version);
                self.said.set(format!("已保存 {}", format::time(at)));
            }
        });
        browser::watch(self, state, (action, step), province);
    }
}

mod browser {
    use leptos::prelude::*;

    use super::Draft;
    use crate::ui::form::{FormState, name_of, read};
    use crate::ui::{browser, sentence};

    const EVERY: i32 = 20_000;

    #[derive(Clone, Copy)]
    struct Watch {
        draft: Draft,
        state: FormState,
        action: &'static str,
        step: &'static str,
        province: StoredValue<String>,
        is_dirty: StoredValue<bool>,
        is_waiting: StoredValue<bool>,
        /// Somebody else saved it, or one is signed out: nothing more is sent.
        is_over: StoredValue<bool>,
    }

    pub(super) fn watch(draft: Draft, state: FormState, (action, step): (&'static str, &'static str), province: String) {
        let watch = Watch {
            draft,
            state,
            action,
            step,
            province: StoredValue::new(province),
            is_dirty: StoredValue::new(false),
            is_waiting: StoredValue::new(false),
            is_over: StoredValue::new(false),
        };
        Effect::new(move |before: Option<()>| {
            state.typed.track();
            if before.is_none() {
                return;
            }
            watch.is_dirty.set_value(true);
            if !watch.is_waiting.get_value() {
                watch.is_waiting.set_value(true);
                browser::later(EVERY, move || watch.save());
            }
        });
        Effect::new(move |_| {
            let handle = window_event_listener(leptos::ev::visibilitychange, move |_| {
                if browser::document().is_some_and(|document| document.hidden()) {
                    watch.save();
                }
            });
            on_cleanup(move || handle.remove());
        });
    }

    impl Watch {
        fn save(self) {
            // The page may be gone by now.
            let Some(is_dirty) = self.is_dirty.try_get_value() else { return };
            self.is_waiting.set_value(false);
            if !is_dirty || self.is_over.get_value() || self.state.is_pending.get_untracked() {
                return;
            }
            self.is_dirty.set_value(false);
            let mut pairs: Vec<(String, String)> = vec![
                ("province".into(), self.province.get_value()),
                ("step".into(), self.step.into()),
                ("version".into(), self.draft.version.get_untracked().to_string()),
                ("how".into(), "auto".into()),
            ];
            self.state
                .typed
                .with_untracked(|typed| pairs.extend(typed.iter().map(|(field, value)| (name_of(field), value.clone()))));
            browser::post_pairs(self.action, &pairs, Box::new(move |status, text| self.take(status, &text)));
        }

        fn take(self, status: u16, text: &str) {
            if self.is_over.try_get_value().is_none() {
                return;
            }
            match read(status, text) {
                Ok(answer) if answer.go.is_some() => {
                    self.is_over.set_value(true);
                    self.draft.said.set("本页在别处保存过，请刷新页面后继续。".into());
                }
                Ok(answer) => {
                    if let Some(refusal) = &answer.refusal {
                        self.is_over.set_value(true);
                        self.draft.said.set(sentence::refusal(refusal));
                    }
                    if answer.notice.is_some() {
                        self.state.notice.set(answer.notice);
                    }
                }
                Err(_) => {
                    self.is_dirty.set_value(true);
                    self.draft.said.set("暂时没有保存成功，请保留本页，稍后点击保存。".into());
                }
            }
        }
    }
}
