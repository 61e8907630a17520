//! 自动验证: the browser does some work in the place of a picture, and the person does nothing (WCAG 2.2, 3.3.8). Without scripts, and
//! wherever it came to nothing, the picture stands there; with them it is one button away.

use domain::account::view::EntryView;
use domain::account::work::{Work, WorkPage, answer};
use leptos::prelude::*;

use crate::ui::browser;
use crate::ui::captcha::Captcha;
use crate::ui::form::{FormState, name_of};
use crate::ui::slider::SliderOrCaptcha;

/// How long the page may be held up at a time, in milliseconds.
const SLICE: f64 = 8.0;
/// So many numbers are tried between two looks at the clock.
const AT_ONCE: u64 = 200;
/// The work is good for five minutes; before that it is done anew, as long as a session lasts.
const GOOD_FOR: i32 = 240_000;
const MOST_ROUNDS: u32 = 8;

/// Whether the province has work on a page.
pub(super) fn has_work(view: &EntryView, page: WorkPage) -> bool {
    view.account.work_at(page).is_some()
}

/// A form with such a proof: the labels of its fields, and the province's word for the picture.
pub(super) fn form_of(labels: &[(&str, &str)], view: &EntryView) -> FormState {
    let picture = ("captcha".to_owned(), view.account.captcha.clone());
    let labels = labels.iter().map(|(field, label)| ((*field).to_owned(), (*label).to_owned())).chain([picture]);
    FormState::of(labels.collect(), view.flash.as_ref())
}

/// The picture, or the work in its place.
pub(super) fn captcha(has_work: bool, key: String, page: String) -> AnyView {
    match has_work {
        true => work(key, page),
        false => view! { <Captcha key=key page=page is_required=true /> }.into_any(),
    }
}

/// The slider, or the work in its place.
pub(super) fn slider(has_work: bool, key: String, page: String) -> AnyView {
    match has_work {
        true => work(key, page),
        false => view! { <SliderOrCaptcha key=key page=page /> }.into_any(),
    }
}

/// What is done on a page.
#[derive(Clone, Copy)]
struct Bench {
    state: FormState,
    province: StoredValue<String>,
    /// Scripts run, and no picture was asked for.
    is_working: RwSignal<bool>,
    /// What goes along in the place of the characters, once it is found.
    found: RwSignal<String>,
    /// Each beginning ends what was begun before.
    round: StoredValue<u32>,
}

fn work(key: String, page: String) -> AnyView {
    let bench = Bench {
        state: expect_context::<FormState>(),
        province: StoredValue::new(key.clone()),
        is_working: RwSignal::new(false),
        found: RwSignal::new(String::new()),
        round: StoredValue::new(0),
    };
    let Bench { state, is_working, found, .. } = bench;
    Effect::new(move |_| {
        if !state.errors.with_untracked(|errors| errors.of("captcha").is_some()) {
            bench.begin();
        }
    });
    // Used or refused it is worth nothing; what is wrong with it is said at the picture.
    Effect::new(move |before: Option<()>| {
        let is_refused = state.errors.with(|errors| errors.of("captcha").is_some());
        state.refusal.track();
        state.notice.track();
        if before.is_none() || !is_working.get_untracked() {
            return;
        }
        if is_refused { bench.end() } else { bench.begin() }
    });
    on_cleanup(move || bench.end());
    let said = move || {
        if found.with(String::is_empty) {
            "正在自动验证，不需要操作…"
        } else {
            "已自动验证，不需要操作。"
        }
    };
    let shown = move || {
        if is_working.get() {
            return view! {
                <input type="hidden" name=name_of("captcha") value=found />
                <p role="status">{said}</p>
                <button type="button" class="button button--quiet" on:click=move |_| bench.end()>
                    {format!("改用{}", state.label("captcha"))}
                </button>
            }
            .into_any();
        }
        view! {
            <Captcha key=key.clone() page=page.clone() is_required=true />
            <button type="button" class="button button--quiet needs-scripts" on:click=move |_| bench.begin()>"改用自动验证"</button>
        }
        .into_any()
    };
    view! { <div class="work">{shown}</div> }.into_any()
}

impl Bench {
    /// Asks for new work and does it.
    fn begin(self) {
        let Some(round) = self.next() else { return };
        self.is_working.set(true);
        self.found.set(String::new());
        // A post that is pressed meanwhile goes when it is done.
        self.state.waits.set(true);
        let pairs = [("province".to_owned(), self.province.get_value())];
        let take = move |status, text: String| match browser::read::<Work>(&text) {
            Ok(work) if status == 200 => self.go_on(work, 0, round),
            _ if self.is_of(round) => self.end(),
            _ => {}
        };
        browser::post_pairs("/api/account/work", &pairs, Box::new(take));
    }

    /// The picture stands in its place.
    fn end(self) {
        self.next();
        self.is_working.try_set(false);
        self.state.waits.try_set(false);
    }

    fn next(self) -> Option<u32> {
        self.round.try_update_value(|round| {
            *round += 1;
            *round
        })
    }

    fn is_of(self, round: u32) -> bool {
        self.round.try_get_value() == Some(round)
    }

    /// Works for a moment, and leaves the page to the person in between.
    fn go_on(self, work: Work, mut from: u64, round: u32) {
        if !self.is_of(round) {
            return;
        }
        let until = js_sys::Date::now() + SLICE;
        while js_sys::Date::now() < until {
            if let Some(number) = work.find(from, AT_ONCE) {
                return self.done(number, round);
            }
            from += AT_ONCE;
        }
        browser::later(0, move || self.go_on(work, from, round));
    }

    fn done(self, number: u64, round: u32) {
        self.found.set(answer(number));
        self.state.waits.set(false);
        browser::later(GOOD_FOR, move || {
            if self.is_of(round) {
                if round < MOST_ROUNDS { self.begin() } else { self.end() }
            }
        });
    }
}
