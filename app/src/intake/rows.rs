//! 专业技术资格: a fieldset for each. A row without any value counts as removed, so that the numbers of the others stay.
//! 增加一项 is one button: the program shows the next row at once, and without it the page is saved and comes back with one.

use domain::intake::MAX_ROWS;
use domain::province::StepRules;
use leptos::prelude::*;

use super::controls::Sheet;
use crate::ui::form::FormState;

/// The rows that hold something, an empty one after them with `has_more`, and hidden ones that can be added.
pub fn rows(sheet: &Sheet, has_more: bool) -> AnyView {
    let state = expect_context::<FormState>();
    let (filled, step) = (sheet.form.rows(), sheet.step.as_str());
    let rules = sheet.rules();
    let used = filled.last().map_or(0, |row| row + 1);
    let may_add = sheet.is_open(&format!("{step}.rows"));
    let all = if may_add { most(sheet, &rules).max(used) } else { used };
    let is_there = |row: usize| filled.contains(&row) || has_more && row == used;
    let shown: StoredValue<Vec<RwSignal<bool>>> = StoredValue::new((0..all).map(|row| RwSignal::new(is_there(row))).collect());
    let said = RwSignal::new(String::new());
    let next = move || shown.with_value(|shown| shown.iter().position(|is_shown| !is_shown.get()));
    let is_empty = move || shown.with_value(|shown| !shown.iter().any(Get::get));
    let first = rules.fields.first().map(|field| field.key.clone()).unwrap_or_default();
    let add = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if let Some(row) = untrack(next) {
            shown.with_value(|shown| shown.get(row).inspect(|is_shown| is_shown.set(true)).is_some());
            said.set(format!("已增加第 {} 项", row + 1));
            focus(&format!("field-rows.{row}.{first}"));
        }
    };
    let error = Memo::new(move |_| state.sentence("rows"));
    let fieldsets: Vec<AnyView> = (0..all)
        .filter_map(|row| {
            Some(fieldset(sheet, &rules, Place { row, may_add, said }, shown.with_value(|all| all.get(row).copied())?))
        })
        .collect();
    view! {
        <div id="field-rows" tabindex="-1">
            {move || error.get().map(|text| view! { <p class="field__error">{text}</p> })}
            <p class="hint" hidden=move || !is_empty()>"还没有填写专业技术资格。没有的，可以直接保存并继续。"</p>
            {fieldsets}
        </div>
        <p class="live" role="status">{said}</p>
        {may_add
            .then(|| {
                view! {
                    {(used > 0).then(|| view! { <p class="hint">"把一项的内容全部清空并保存，也可以删除这一项。"</p> })}
                    <p class="button-row">
                        <button
                            type="submit"
                            id="row-add"
                            class="button button--secondary"
                            name="how"
                            value="more"
                            formnovalidate
                            aria-disabled=move || next().is_none().then_some("true")
                            on:click=add
                        >
                            "增加一项"
                        </button>
                    </p>
                }
            })}
    }
    .into_any()
}

/// As many as there are categories to choose from.
fn most(sheet: &Sheet, rules: &StepRules) -> usize {
    let list = rules.field("category").and_then(|field| field.list.as_deref());
    list.map_or(MAX_ROWS, |list| sheet.kit.lists.entries(list).len().clamp(1, MAX_ROWS))
}

struct Place {
    row: usize,
    may_add: bool,
    said: RwSignal<String>,
}

fn fieldset(sheet: &Sheet, rules: &StepRules, place: Place, is_shown: RwSignal<bool>) -> AnyView {
    let Place { row, may_add, said } = place;
    let heading = rules.fields.iter().find_map(|field| field.group.clone()).unwrap_or_else(|| rules.title.clone());
    let title = format!("{heading} {}", row + 1);
    let fields: Vec<AnyView> = rules.fields.iter().filter_map(|field| Some(sheet.field(field, Some(row))?.0)).collect();
    let remove = {
        let title = title.clone();
        move |_| {
            empty(&format!("row-{row}"));
            is_shown.set(false);
            said.set(format!("已删除{title}，保存后生效"));
            focus("row-add");
        }
    };
    let is_open =
        may_add || rules.fields.iter().all(|field| sheet.is_open(&format!("{}.rows.{row}.{}", sheet.step.as_str(), field.key)));
    let hidden_title = title.clone();
    let button = (is_open && may_add).then(|| {
        view! {
            <p class="button-row needs-scripts">
                <button type="button" class="button button--quiet" on:click=remove>
                    "删除此项"<span class="hidden-visually">{format!("：{hidden_title}")}</span>
                </button>
            </p>
        }
    });
    view! {
        <fieldset id=format!("row-{row}") class="field-group card" hidden=move || !is_shown.get()>
            <legend>{title}</legend>
            {fields}
            {button}
        </fieldset>
    }
    .into_any()
}

fn focus(id: &str) {
    let id = id.to_owned();
    crate::ui::browser::later(30, move || crate::ui::browser::focus(&id));
}

/// Empties every control of a row, and lets the form know.
fn empty(id: &str) {
    use wasm_bindgen::JsCast;
    let Some(row) = crate::ui::browser::document().and_then(|document| document.get_element_by_id(id)) else { return };
    let Ok(controls) = row.query_selector_all("input, select") else { return };
    for control in (0..controls.length()).filter_map(|nth| controls.get(nth)) {
        if let Some(input) = control.dyn_ref::<web_sys::HtmlInputElement>() {
            input.set_value("");
        }
        if let Some(select) = control.dyn_ref::<web_sys::HtmlSelectElement>() {
            select.set_value("");
        }
    }
    if let Ok(event) = web_sys::Event::new("input") {
        event.init_event_with_bubbles("input", true);
        let _ = row.dispatch_event(&event);
    }
}
