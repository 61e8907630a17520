//! The questions of what was returned, each where its item stands.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use domain::intake::view::{AmendItem, AmendView, Mend};
use domain::intake::{Back, StepKey};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlFormElement;

use crate::ui::browser;
use crate::ui::form::name_of;
use crate::ui::kept::{Keeper, restored_in};
use crate::ui::page::Frame;

const SAVE: &str = "/api/intake/step/save";

/// The questions of a step are one form wherever they stand in the list, so that what was typed into one is not lost when another
/// is saved.
pub(super) struct StepForms {
    fields: BTreeMap<StepKey, Vec<String>>,
    keeper: Keeper,
}

impl StepForms {
    pub(super) fn of(view: &AmendView) -> Self {
        let mut fields = BTreeMap::<_, Vec<_>>::new();
        for mend in view.items.iter().filter_map(|item| item.mend.as_ref()) {
            fields.entry(mend.step).or_default().push(mend.field.clone());
        }
        Self { fields, keeper: Keeper::here() }
    }

    fn asks(&self, step: StepKey, field: &str) -> bool {
        self.fields.get(&step).is_some_and(|fields| fields.iter().any(|asked| asked == field))
    }

    fn begins_with(&self, mend: &Mend) -> bool {
        self.fields.get(&mend.step).and_then(|fields| fields.first()) == Some(&mend.field)
    }
}

/// The question, an ordinary save of its step; what is wrong is said on the page of the step.
pub(super) fn question(frame: &Frame, item: &AmendItem, mend: &Mend, forms: &StepForms) -> AnyView {
    let form = format!("amend-{}", mend.step.as_str());
    let id = format!("amend-{}-answer", item.item.item);
    let example = if mend.example.is_empty() { String::new() } else { format!("例如：{}", mend.example) };
    let hint = format!("{}{example}", mend.hint);
    let hint_id = format!("{id}-hint");
    let by = (!hint.is_empty()).then(|| hint_id.clone());
    let hint = (!hint.is_empty()).then(|| view! { <p class="field__hint" id=hint_id>{hint}</p> });
    let name = name_of(&mend.field);
    let control = if mend.choices.is_empty() {
        let mode = mend.is_digits.then_some("numeric");
        view! { <input type="text" id=id.clone() name=name value=mend.value.clone() inputmode=mode aria-describedby=by form=form.clone() /> }
            .into_any()
    } else {
        let choice = |(code, label): &(String, String)| {
            view! { <option value=code.clone() selected=*code == mend.value>{label.clone()}</option> }
        };
        let choices = mend.choices.iter().map(choice).collect_view();
        view! { <select id=id.clone() name=name aria-describedby=by form=form.clone()><option value="">"请选择"</option>{choices}</select> }
            .into_any()
    };
    let fixed = [
        ("province", frame.key.as_str()),
        ("step", mend.step.as_str()),
        ("page[back]", Back::Amend.as_str()),
        ("how", "continue"),
    ];
    let fixed = fixed.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let others = mend.others.iter().filter(|(field, _)| !forms.asks(mend.step, field));
    let others = others.map(|(field, value)| (name_of(field), value.clone()));
    let hidden = fixed.into_iter().chain([("version".to_owned(), mend.version.to_string())]).chain(others);
    let hidden = hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view();
    let label = item.item.label.clone();
    let keeper = forms.keeper;
    let whole = forms.begins_with(mend).then(|| {
        let whole = NodeRef::new();
        let submit = move |event| save_others(&event, keeper);
        view! {
            <form id=form.clone() hidden node_ref=whole method="post" action=SAVE data-step=mend.step.as_str() on:submit=submit>
                {hidden}
            </form>
            {restored_in(keeper, whole)}
        }
        .into_any()
    });
    let of = form.clone();
    let keep = move |_: leptos::ev::Event| {
        let form = browser::document().and_then(|document| document.get_element_by_id(&of)?.dyn_into::<HtmlFormElement>().ok());
        if let Some(form) = form {
            keeper.keep(&form);
        }
    };
    view! {
        {whole}
        <div class="field" on:input=keep><label for=id>{label.clone()}</label>{hint}{control}</div>
        <p><button type="submit" form=form class="button button--secondary">"保存"<span class="hidden-visually">{format!("：{label}")}</span></button></p>
    }
    .into_any()
}

/// Pressing 保存 leaves the page: what was typed into the questions of other steps is saved before.
fn save_others(event: &leptos::ev::SubmitEvent, keeper: Keeper) {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let (Some(form), Some(document)) = (form, browser::document()) else { return };
    keeper.forget(&form);
    let all = document.forms();
    let others = (0..all.length()).filter_map(|at| all.item(at)?.dyn_into::<HtmlFormElement>().ok());
    let is_left = |other: &HtmlFormElement| other.has_attribute("data-step") && *other != form && browser::is_touched(other);
    let others: Vec<_> = others.filter(is_left).collect();
    if others.is_empty() {
        return;
    }
    event.prevent_default();
    let left = Rc::new(Cell::new(others.len()));
    for other in others {
        let (left, form) = (left.clone(), form.clone());
        let mut typed = browser::values(&other);
        typed.iter_mut().filter(|(name, _)| name == "how").for_each(|(_, how)| "auto".clone_into(how));
        keeper.forget(&other);
        let done = move |_, _| {
            left.set(left.get() - 1);
            if left.get() == 0 {
                let _ = form.submit();
            }
        };
        browser::post_pairs(SAVE, &typed, Box::new(done));
    }
}
