//! A form that works without scripts, and checks itself at once with them.

mod summary;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::answer::{Answer, Flash, Notice};
use domain::case::Refusal;
use domain::fault::{Fault, FieldErrors};
use leptos::prelude::*;

pub use summary::{ErrorSummary, ErrorTitle, focus_summary, here};

use super::kept::{self, Keeper, Restored};
use super::sentence;
use crate::AppError;

/// What a form on the page knows about itself.
#[derive(Clone, Copy)]
pub struct FormState {
    pub errors: RwSignal<FieldErrors>,
    pub refusal: RwSignal<Option<Refusal>>,
    pub trouble: RwSignal<Option<AppError>>,
    pub notice: RwSignal<Option<Notice>>,
    pub is_pending: RwSignal<bool>,
    /// Something is being made that goes along: a post that is pressed meanwhile waits for it.
    pub waits: RwSignal<bool>,
    /// The answer leads to another page, which is on its way.
    pub is_leaving: RwSignal<bool>,
    /// The characters of each field for which the printed form has a blank.
    pub by_hand: RwSignal<BTreeMap<String, String>>,
    /// What stands in the fields, by field name (`mobile`, `rows.0.category`); empty until something was typed.
    pub typed: RwSignal<Vec<(String, String)>>,
    /// The page that shows the question of a field, whose name follows, where each has a page of its own; else empty.
    pub asked_at: StoredValue<String>,
    labels: StoredValue<BTreeMap<String, String>>,
}

/// A check that runs in the browser: the values by field name to what is wrong with them.
pub type Check = Arc<dyn Fn(&[(String, String)]) -> FieldErrors + Send + Sync>;

impl FormState {
    /// A form with the labels of its fields, and what came of posting it without scripts.
    pub fn new<L: Into<String>>(labels: impl IntoIterator<Item = (&'static str, L)>, flash: Option<&Flash>) -> Self {
        Self::of(labels.into_iter().map(|(field, label)| (field.to_owned(), label.into())).collect(), flash)
    }

    /// The same with labels that come from a profile.
    pub fn of(labels: BTreeMap<String, String>, flash: Option<&Flash>) -> Self {
        let answer = flash.map(|flash| flash.answer.clone()).unwrap_or_default();
        Self {
            errors: RwSignal::new(answer.errors),
            refusal: RwSignal::new(answer.refusal),
            trouble: RwSignal::new(None),
            notice: RwSignal::new(answer.notice),
            is_pending: RwSignal::new(false),
            waits: RwSignal::new(false),
            is_leaving: RwSignal::new(false),
            by_hand: RwSignal::new(answer.by_hand),
            typed: RwSignal::new(Vec::new()),
            asked_at: StoredValue::new(String::new()),
            labels: StoredValue::new(labels),
        }
    }

    /// The label of a field; rows have the label of their column.
    pub fn label(self, field: &str) -> String {
        let column = field.rsplit('.').next().unwrap_or(field);
        self.labels.with_value(|labels| labels.get(field).or_else(|| labels.get(column)).cloned().unwrap_or_default())
    }

    /// The sentence at a field, if something is wrong with it.
    pub fn sentence(self, field: &str) -> Option<String> {
        self.errors.with(|errors| errors.of(field).map(|fault| sentence::fault(&self.label(field), fault)))
    }

    /// Shows what came back.
    pub fn take(self, answer: &Answer) {
        self.trouble.set(None);
        self.errors.set(answer.errors.clone());
        self.refusal.set(answer.refusal.clone());
        if answer.notice.is_some() {
            self.notice.set(answer.notice.clone());
            self.by_hand.set(answer.by_hand.clone());
        }
    }

    /// Whether there is something for the summary to say.
    pub fn has_trouble(self) -> bool {
        self.errors.with(|errors| !errors.is_empty()) || self.refusal.with(Option::is_some) || self.trouble.with(Option::is_some)
    }
}

/// `form[rows.0.kind]` → `rows.0.kind`; `None` for names outside the form.
pub fn field_of(name: &str) -> Option<String> {
    Some(name.strip_prefix("form[")?.strip_suffix(']')?.to_owned())
}

/// `rows.0.kind` → `form[rows.0.kind]`.
pub fn name_of(field: &str) -> String {
    format!("form[{field}]")
}

/// The id of a field's control.
pub fn id_of(field: &str) -> String {
    format!("field-{field}")
}

/// A form of a server function that answers with [`Answer`]. `on_answer` may take the answer over: it answers whether it did.
#[component]
pub fn PostForm(
    /// The path of the server function.
    action: &'static str,
    state: FormState,
    /// The key of the province, sent along.
    province: String,
    #[prop(optional, into)] check: Option<Check>,
    #[prop(optional)] on_answer: Option<Callback<Answer, bool>>,
    /// What was typed is kept in the tab until it is sent; not where a form saves itself, looks for something or is all secrets.
    #[prop(default = true)]
    keeps: bool,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    provide_context(state);
    let keeper = keeps.then(Keeper::here);
    let restored = RwSignal::new(Restored::default());
    let handler = Submit { action, state, check, on_answer, keeper, restored };
    let (submit, typing) = (handler.clone(), handler);
    let form = NodeRef::<leptos::html::Form>::new();
    // What was typed and chosen before the program ran counts as if it had been typed now.
    Effect::new(move |_| {
        let Some(form) = form.get() else { return };
        if let Some(keeper) = keeper {
            restored.set(keeper.restore(&form));
        }
        if super::browser::is_touched(&form) {
            state.typed.set(fields(&super::browser::values(&form)));
        }
    });
    view! {
        <form
            node_ref=form
            method="post"
            action=action
            class=class
            novalidate
            aria-busy=move || state.is_pending.get().then_some("true")
            on:submit=move |event| submit.run(&event)
            on:input=move |event| typing.note(&event)
        >
            <input type="hidden" name="province" value=province />
            {keeps.then(|| kept::said(restored, form))}
            {children()}
        </form>
    }
}

#[derive(Clone)]
struct Submit {
    action: &'static str,
    state: FormState,
    check: Option<Check>,
    on_answer: Option<Callback<Answer, bool>>,
    keeper: Option<Keeper>,
    restored: RwSignal<Restored>,
}

impl Submit {
    /// Keeps what is typed, so that conditions and lists can follow it.
    fn note(&self, event: &leptos::ev::Event) {
        use wasm_bindgen::JsCast;
        let form = event.current_target().and_then(|t| t.dyn_into::<web_sys::HtmlFormElement>().ok());
        if let Some(form) = form {
            if let Some(keeper) = self.keeper {
                keeper.keep(&form);
            }
            self.state.typed.set(fields(&super::browser::values(&form)));
        }
    }

    fn run(&self, event: &leptos::ev::SubmitEvent) {
        use wasm_bindgen::JsCast;
        event.prevent_default();
        let Some(form) = event.current_target().and_then(|t| t.dyn_into::<web_sys::HtmlFormElement>().ok()) else { return };
        self.post(form, event.submitter().and_then(|b| b.dyn_into::<web_sys::HtmlButtonElement>().ok()));
    }

    fn post(&self, form: web_sys::HtmlFormElement, button: Option<web_sys::HtmlButtonElement>) {
        // The page may be gone by now.
        if self.state.is_pending.try_get_untracked() != Some(false) {
            return;
        }
        if self.state.waits.get_untracked() {
            let later = self.clone();
            return super::browser::later(50, move || later.post(form, button));
        }
        let mut pairs = super::browser::values(&form);
        let mut url = self.action.to_owned();
        let mut is_side = false;
        if let Some(button) = button {
            if !button.name().is_empty() {
                pairs.push((button.name(), button.value()));
            }
            if let Some(other) = button.get_attribute("formaction") {
                url = other;
                is_side = true;
            }
            is_side |= button.has_attribute("formnovalidate");
        }
        if let (Some(check), false) = (&self.check, is_side) {
            let errors = check(&fields(&pairs));
            if !errors.is_empty() {
                self.state.take(&errors.into());
                return focus_summary();
            }
        }
        // Another button asks for something on the way, as a code: the form itself is not sent by it.
        let keeper = self.keeper.filter(|_| !is_side).map(|keeper| (keeper, form));
        self.send(&url, pairs, keeper);
    }

    fn send(&self, url: &str, pairs: Vec<(String, String)>, keeper: Option<(Keeper, web_sys::HtmlFormElement)>) {
        let Self { state, on_answer, restored, .. } = self.clone();
        state.is_pending.set(true);
        let reload = use_context::<crate::site::Reload>();
        super::browser::post_pairs(
            url,
            &pairs,
            Box::new(move |status, text| {
                state.is_pending.set(false);
                match read(status, &text) {
                    Ok(answer) => {
                        let is_taken = answer.errors.is_empty() && answer.refusal.is_none();
                        if let Some((keeper, form)) = keeper.filter(|_| is_taken) {
                            keeper.sent(&form);
                            restored.try_set(Restored::default());
                        }
                        show(state, on_answer, reload, &answer);
                    }
                    Err(error) => {
                        state.trouble.set(Some(error));
                        focus_summary();
                    }
                }
            }),
        );
    }
}

fn show(state: FormState, on_answer: Option<Callback<Answer, bool>>, _reload: Option<crate::site::Reload>, answer: &Answer) {
    state.take(answer);
    if on_answer.is_some_and(|take| take.run(answer.clone())) {
        return;
    }
    if let Some(path) = &answer.go {
        // Until the next page is there nothing more is sent, neither by a second click nor by the draft's own saving.
        state.is_pending.set(true);
        state.is_leaving.set(true);
        super::browser::later(10_000, move || {
            state.is_pending.try_set(false);
            state.is_leaving.try_set(false);
        });
        super::browser::leave(path);
    } else if state.has_trouble() {
        focus_summary();
    }
}

/// What a server function answered.
///
/// # Errors
/// What crossed the wire instead, or `Network`.
pub fn read(status: u16, text: &str) -> Result<Answer, AppError> {
    match status {
        200..=299 => super::browser::read(text),
        0 => Err(AppError::Network),
        503 | 429 => Err(AppError::Busy),
        _ => Err(super::browser::read(text).unwrap_or(AppError::Network)),
    }
}

fn fields(pairs: &[(String, String)]) -> Vec<(String, String)> {
    pairs.iter().filter_map(|(name, value)| Some((field_of(name)?, value.clone()))).collect()
}

/// A fault that the page found by itself, as if it had been posted.
pub fn fault_at(field: &str, fault: Fault) -> Answer {
    FieldErrors::one(field, fault).into()
}
