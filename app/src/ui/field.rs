//! A form field: label, hint, error and control, joined for screen readers (ux E3, F10).

mod control;
mod options;

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::form::{FormState, id_of, name_of};
use super::text_area::TextArea;
use control::{control, radio};

/// What a field is answered with.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Control {
    #[default]
    Text,
    Password {
        is_new: bool,
    },
    /// Digits, read out by a keypad on telephones.
    Digits,
    /// A code from a short message.
    OneTimeCode,
    Area,
    /// Choices in groups: (group, choices as (code, label)); a group without a name is not drawn as one.
    Select(Vec<(String, Vec<(String, String)>)>),
    /// Choices that change with other answers.
    LiveSelect(Signal<Vec<(String, String)>>),
    Radio(Vec<(String, String)>),
}

/// A field. `hint` is at most one sentence.
#[derive(Clone, Default)]
pub struct FieldSpec {
    pub field: String,
    pub label: String,
    /// Drawn instead of the label, where that follows other answers.
    pub label_now: Option<ViewFn>,
    pub hint: String,
    pub example: String,
    pub is_required: bool,
    /// Where other answers decide whether it is required; `is_required` is then not looked at.
    pub required_now: Option<Signal<bool>>,
    pub value: String,
    pub control: Control,
    /// The id of a `datalist` with what is suggested, or empty.
    pub suggestions: String,
    /// The token of the HTML standard, such as `tel` or `username`.
    pub autocomplete: &'static str,
    /// `input--short`, `input--medium`, `input--code`, or empty.
    pub class: &'static str,
    /// Shown, but not to be changed.
    pub is_locked: bool,
    /// Why the reviewer rejected it.
    pub reason: String,
}

impl FieldSpec {
    /// A required text field.
    pub fn new(field: impl Into<String>, label: impl Into<String>) -> Self {
        Self { field: field.into(), label: label.into(), is_required: true, ..Self::default() }
    }
}

/// Draws a field of the form in whose context it stands. `is_asked` hides it while another answer makes it needless;
/// until the program runs the style sheet of the questions does.
#[component]
pub fn Field(spec: FieldSpec, #[prop(optional, into)] is_asked: Option<Signal<bool>>) -> AnyView {
    let state = expect_context::<FormState>();
    let id = id_of(&spec.field);
    let field = spec.field.clone();
    let sentence = Memo::new(move |_| state.sentence(&field));
    let is_wrong = Signal::derive(move || sentence.with(Option::is_some));
    let is_rejected = !spec.reason.is_empty();
    let class = move || {
        let wrong = if is_wrong.get() { " field--error" } else { "" };
        let rejected = if is_rejected { " item--rejected" } else { "" };
        format!("field{wrong}{rejected}")
    };
    let hint = hint(&spec, &id);
    let reason = reason(&spec, &id);
    let error = (error(&id, sentence), by_hand(&spec.field, &id)).into_any();
    let question = is_asked.map(|_| spec.field.clone());
    let not_asked = move || is_asked.is_some_and(|is_asked| !is_asked.get()).then_some("yes");
    let body = if let Control::Radio(choices) = &spec.control {
        radio(&spec, &id, choices, hint, reason, error, is_wrong)
    } else {
        let mark = mark(&spec);
        let control = control(spec, id.clone(), is_wrong);
        view! {
            <label for=id>{mark}</label>
            {hint}
            {reason}
            {error}
            {control}
        }
        .into_any()
    };
    view! { <div class=class data-question=question data-not-asked=not_asked>{body}</div> }.into_any()
}

/// A text of several lines with its label, for pages that ask nothing else: [`Field`] would bring every kind of control.
#[component]
pub fn AreaField(spec: FieldSpec) -> AnyView {
    let state = expect_context::<FormState>();
    let id = id_of(&spec.field);
    let field = spec.field.clone();
    let sentence = Memo::new(move |_| state.sentence(&field));
    let is_wrong = Signal::derive(move || sentence.with(Option::is_some));
    let described = Described::of(&spec, &id);
    let by = Signal::derive(move || described.by(is_wrong.get()).unwrap_or_default());
    let (mark, hint, error) = (mark(&spec), hint(&spec, &id), error(&id, sentence));
    view! {
        <div class=move || if is_wrong.get() { "field field--error" } else { "field" }>
            <label for=id.clone()>{mark}</label>
            {hint}
            {error}
            <TextArea id=id name=name_of(&spec.field) value=spec.value described_by=by is_invalid=is_wrong />
        </div>
    }
    .into_any()
}

#[derive(Clone)]
struct Described {
    id: String,
    has_hint: bool,
    has_reason: bool,
    field: String,
    by_hand: RwSignal<BTreeMap<String, String>>,
}

impl Described {
    fn of(spec: &FieldSpec, id: &str) -> Self {
        Self {
            id: id.to_owned(),
            has_hint: !spec.hint.is_empty() || !spec.example.is_empty(),
            has_reason: !spec.reason.is_empty(),
            field: spec.field.clone(),
            by_hand: expect_context::<FormState>().by_hand,
        }
    }

    fn by(&self, is_wrong: bool) -> Option<String> {
        let mut ids = Vec::new();
        if self.has_hint {
            ids.push(format!("{}-hint", self.id));
        }
        if self.has_reason {
            ids.push(format!("{}-reason", self.id));
        }
        if is_wrong {
            ids.push(format!("{}-error", self.id));
        }
        if self.by_hand.with(|by_hand| by_hand.contains_key(&self.field)) {
            ids.push(format!("{}-by-hand", self.id));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

fn mark(spec: &FieldSpec) -> AnyView {
    let sign = match spec.required_now {
        Some(required) => (move || sign(required.get())).into_any(),
        None => sign(spec.is_required),
    };
    let label = match &spec.label_now {
        Some(label) => label.run(),
        None => spec.label.clone().into_any(),
    };
    view! {
        {label}
        {sign}
    }
    .into_any()
}

fn sign(is_required: bool) -> AnyView {
    if is_required {
        view! { <span class="field__required" aria-hidden="true">" *"</span> }.into_any()
    } else {
        view! { <span class="field__optional">"（选填）"</span> }.into_any()
    }
}

fn hint(spec: &FieldSpec, id: &str) -> Option<AnyView> {
    let example = if spec.example.is_empty() { String::new() } else { format!("例如：{}", spec.example) };
    let text = format!("{}{example}", spec.hint);
    (!text.is_empty()).then(|| view! { <p class="field__hint" id=format!("{id}-hint")>{text}</p> }.into_any())
}

fn reason(spec: &FieldSpec, id: &str) -> Option<AnyView> {
    let text = format!("未通过：{}", spec.reason);
    (!spec.reason.is_empty()).then(|| view! { <p class="item__reason" id=format!("{id}-reason")>{text}</p> }.into_any())
}

/// What the paper will not have; no fault, and nobody has to type something else.
fn by_hand(field: &str, id: &str) -> AnyView {
    let by_hand = expect_context::<FormState>().by_hand;
    let (field, id) = (field.to_owned(), format!("{id}-by-hand"));
    (move || {
        let characters = by_hand.with(|by_hand| by_hand.get(&field).cloned())?;
        let text = super::sentence::by_hand(&characters);
        Some(view! { <p class="field__hint" id=id.clone() role="status">{text}</p> })
    })
    .into_any()
}

fn error(id: &str, sentence: Memo<Option<String>>) -> AnyView {
    let id = format!("{id}-error");
    (move || {
        let id = id.clone();
        sentence.get().map(|text| {
            view! {
                <p class="field__error" id=id>
                    <span class="hidden-visually">"错误："</span>
                    {text}
                </p>
            }
        })
    })
    .into_any()
}
