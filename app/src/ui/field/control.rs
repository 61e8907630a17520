//! What is typed into or chosen from.

use leptos::prelude::*;

use super::options::options;
use super::{Control, Described, FieldSpec, mark};
use crate::ui::form::name_of;
use crate::ui::text_area::TextArea;

pub(super) fn control(spec: FieldSpec, id: String, is_wrong: Signal<bool>) -> AnyView {
    let name = name_of(&spec.field);
    let described = Described::of(&spec, &id);
    let by = move || described.by(is_wrong.get());
    let invalid = move || is_wrong.get().then_some("true");
    let (is_required, required_now) = (spec.is_required, spec.required_now);
    let required = move || required_now.map_or(is_required, |required| required.get()).then_some("true");
    match spec.control {
        Control::Area => {
            let by = Signal::derive(move || by().unwrap_or_default());
            view! { <TextArea id=id name=name value=spec.value described_by=by is_invalid=is_wrong /> }.into_any()
        }
        Control::Select(groups) => {
            let options = options(groups, &spec.value);
            view! {
                <select id=id name=name class=spec.class aria-required=required aria-invalid=invalid aria-describedby=by disabled=spec.is_locked>
                    <option value="">"请选择"</option>
                    {options}
                </select>
            }
            .into_any()
        }
        Control::LiveSelect(choices) => {
            let value = spec.value;
            view! {
                <select id=id name=name class=spec.class aria-required=required aria-invalid=invalid aria-describedby=by disabled=spec.is_locked>
                    <option value="">"请选择"</option>
                    {move || options(vec![(String::new(), choices.get())], &value)}
                </select>
            }
            .into_any()
        }
        Control::Password { is_new } => password(id, name, is_new, by, invalid),
        Control::Text | Control::Digits | Control::OneTimeCode | Control::Radio(_) => {
            let (mode, complete) = match spec.control {
                Control::Digits => (Some("numeric"), spec.autocomplete),
                Control::OneTimeCode => (Some("numeric"), "one-time-code"),
                _ => (None, spec.autocomplete),
            };
            view! {
                <input
                    type="text"
                    id=id
                    name=name
                    value=spec.value
                    class=spec.class
                    inputmode=mode
                    autocomplete=(!complete.is_empty()).then_some(complete)
                    list=(!spec.suggestions.is_empty()).then_some(spec.suggestions)
                    aria-required=required
                    aria-invalid=invalid
                    aria-describedby=by
                    readonly=spec.is_locked
                />
            }
            .into_any()
        }
    }
}

fn password(
    id: String,
    name: String,
    is_new: bool,
    by: impl Fn() -> Option<String> + Send + Sync + 'static,
    invalid: impl Fn() -> Option<&'static str> + Send + Sync + 'static,
) -> AnyView {
    let is_shown = RwSignal::new(false);
    let complete = if is_new { "new-password" } else { "current-password" };
    view! {
        <div class="input-row">
            <input
                type=move || if is_shown.get() { "text" } else { "password" }
                id=id.clone()
                name=name
                autocomplete=complete
                spellcheck="false"
                autocapitalize="off"
                aria-required="true"
                aria-invalid=invalid
                aria-describedby=by
            />
            <button
                type="button"
                class="button button--quiet needs-scripts"
                aria-controls=id
                aria-pressed=move || if is_shown.get() { "true" } else { "false" }
                on:click=move |_| is_shown.update(|shown| *shown = !*shown)
            >
                "显示密码"
            </button>
        </div>
    }
    .into_any()
}

pub(super) fn radio(
    spec: &FieldSpec,
    id: &str,
    choices: &[(String, String)],
    hint: Option<AnyView>,
    reason: Option<AnyView>,
    error: AnyView,
    is_wrong: Signal<bool>,
) -> AnyView {
    let name = name_of(&spec.field);
    let described = Described::of(spec, id);
    let by = move || described.by(is_wrong.get());
    let draw = |(nth, (code, label)): (usize, &(String, String))| {
        // The first choice carries the id of the field, so that the summary leads to it (ux E2).
        let id = if nth == 0 { id.to_owned() } else { format!("{id}-{nth}") };
        let target = id.clone();
        view! {
            <label class="choice" for=target>
                <input type="radio" id=id name=name.clone() value=code.clone() checked=*code == spec.value disabled=spec.is_locked />
                <span>{label.clone()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field-group" aria-describedby=by>
            <legend>{mark(spec)}</legend>
            {hint}
            {reason}
            {error}
            <div class="choices choices--inline">{choices.iter().enumerate().map(draw).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
