//! The small forms of the deck.

use domain::answer::Answer;
use domain::review::view::CaseView;
use leptos::prelude::*;

use super::decide::onward;
use super::item::trouble;
use crate::ui::form::{FormState, PostForm};
use crate::ui::page::Frame;
use crate::ui::text_area::TextArea;

pub(super) fn key_of(key: &'static str) -> AnyView {
    view! { <kbd class="kbd" aria-hidden="true">{key}</kbd> }.into_any()
}

/// A small form that opens above the deck: a reason, and before it what the form asks besides.
pub(super) struct Pop {
    pub name: &'static str,
    pub key: &'static str,
    pub title: &'static str,
    /// What the title leaves out, for those who hear it.
    pub more: &'static str,
    pub action: &'static str,
    /// The label of the reason, what is said of it, and what was typed.
    pub reason: (&'static str, &'static str, String),
    pub before: AnyView,
    pub button: &'static str,
}

pub(super) fn pop(frame: &Frame, view: &CaseView, state: FormState, of: Pop) -> AnyView {
    let Pop { name, key, title, more, action, reason, before, button } = of;
    let (province, case) = (frame.key.clone(), view.case.id.to_string());
    let is_wrong = Signal::derive(move || state.sentence("reason").is_some());
    let (area, error) = (format!("{name}-reason"), format!("{name}-error"));
    // A refusal stays where the form is.
    let onward = onward(state);
    let stay = Callback::new(move |answer: Answer| answer.go.is_none() || onward.run(answer));
    view! {
        <details id=format!("case-{name}") class="pop" open=untrack(|| state.has_trouble())>
            <summary>{key_of(key)} {title} <span class="hidden-visually">{more}</span></summary>
            <div class="pop__body">
                <PostForm action=action state=state province=province on_answer=stay>
                    <input type="hidden" name="form[case]" value=case />
                    {before}
                    <div class="field">
                        <label for=area.clone()>{reason.0}</label>
                        <p class="field__hint">{reason.1}</p>
                        <TextArea id=area name="form[reason]".to_owned() value=reason.2 rows=2 described_by=error.clone() is_invalid=is_wrong />
                    </div>
                    <div id=error role="alert">{move || trouble(state)}</div>
                    <button type="submit" class="button button--secondary button--small">{button}</button>
                </PostForm>
            </div>
        </details>
    }
    .into_any()
}
