//! The keyboard of the desk: j and k, a, r, z, u, ? (ux 16). Keys are ignored while somebody types, and can be switched off.

use leptos::prelude::*;

use super::bench::Bench;
use super::bench::id_of_item;

/// What the keys do, and the switch.
pub(super) fn help(bench: Bench) -> AnyView {
    let line = |key: &'static str, what: &'static str| view! { <li><kbd class="kbd">{key}</kbd> " " {what}</li> };
    view! {
        <details id="keys-help" hidden=move || !bench.is_awake.get()>
            <summary>"快捷键"</summary>
            <ul>
                {line("j", "下一项")} {line("k", "上一项")} {line("a", "当前项通过")} {line("r", "当前项不通过，填写原因")}
                {line("Esc", "收起原因，回到当前项")} {line("z", "放大材料")} {line("u", "撤销刚作出的结论")} {line("?", "打开或者收起这份说明")}
            </ul>
            <p class="hint">"填写文字时快捷键不起作用。"</p>
            <button
                type="button"
                class="button button--secondary button--small"
                aria-pressed=move || if bench.has_keys.get() { "true" } else { "false" }
                on:click=move |_| bench.has_keys.update(|on| *on = !*on)
            >
                "使用快捷键"
            </button>
        </details>
    }
    .into_any()
}

/// Wakes the page up: the keys, and the time for the mark on the evidence. To be called in an effect.
pub(super) fn wake(bench: Bench) {
    bench.is_awake.set(true);
    let now = chrono::DateTime::from_timestamp_millis(js_sys::Date::now() as i64);
    bench.opened.set(now.map(crate::ui::format::instant).unwrap_or_default());
    let handle = window_event_listener(leptos::ev::keydown, move |event| press(bench, &event));
    on_cleanup(move || handle.remove());
}

fn press(bench: Bench, event: &web_sys::KeyboardEvent) {
    use wasm_bindgen::JsCast;
    if event.ctrl_key()
        || event.alt_key()
        || event.meta_key()
        || event.is_composing()
        || bench.has_keys.try_get_untracked() != Some(true)
    {
        return;
    }
    let tag =
        event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()).map(|e| e.tag_name()).unwrap_or_default();
    let is_typing = matches!(tag.as_str(), "INPUT" | "SELECT" | "TEXTAREA");
    let current = bench.current.get_untracked();
    let id = id_of_item(&current);
    match event.key().to_lowercase().as_str() {
        "escape" if is_typing && !current.is_empty() => {
            unfold(&format!("{id}-reject"), false);
            focus(&id);
        }
        _ if is_typing => return,
        "j" => step(bench, 1),
        "k" => step(bench, -1),
        "a" => click(&format!("{id}-accept")),
        "r" => {
            unfold(&format!("{id}-reject"), true);
            focus(&format!("{id}-preset"));
        }
        "u" => undo(),
        "z" => bench.zoom_on(),
        "?" | "？" => {
            let is_open = element("keys-help").is_some_and(|help| help.has_attribute("open"));
            unfold("keys-help", !is_open);
        }
        _ => return,
    }
    event.prevent_default();
}

/// Goes so many items on, in the order of the page, and stays at the ends.
pub(super) fn step(bench: Bench, by: i32) {
    use wasm_bindgen::JsCast;
    let Some(list) = crate::ui::browser::document().and_then(|d| d.query_selector_all("[data-item]").ok()) else { return };
    let item = |nth| list.get(nth)?.dyn_into::<web_sys::Element>().ok()?.get_attribute("data-item");
    let items: Vec<String> = (0..list.length()).filter_map(item).collect();
    let here = bench.current.with_untracked(|current| items.iter().position(|item| item == current));
    let there = match here {
        Some(here) => here.saturating_add_signed(by as isize).min(items.len().saturating_sub(1)),
        None => 0,
    };
    if let Some(item) = items.get(there) {
        go(bench, item);
    }
}

/// Goes to an item. A file that was not shown has to appear before it can have the focus.
pub(super) fn go(bench: Bench, item: &str) {
    let id = id_of_item(item);
    bench.choose(item);
    crate::ui::browser::later(20, move || focus(&id));
}

fn element(id: &str) -> Option<web_sys::Element> {
    crate::ui::browser::document()?.get_element_by_id(id)
}

pub(super) fn focus(id: &str) {
    crate::ui::browser::focus(id);
}

fn undo() {
    use wasm_bindgen::JsCast;
    let button = crate::ui::browser::document().and_then(|d| d.query_selector("[data-undo]").ok()?);
    if let Some(button) = button.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        button.click();
    }
}

fn click(id: &str) {
    use wasm_bindgen::JsCast;
    if let Some(button) = element(id).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        button.click();
    }
}

/// Opens or closes a `details`.
pub(super) fn unfold(id: &str, is_open: bool) {
    if let Some(details) = element(id) {
        let _ = if is_open { details.set_attribute("open", "") } else { details.remove_attribute("open") };
    }
}

/// What stands in a select or a text area, whenever it was typed.
pub(super) fn value_of(id: &str) -> String {
    use wasm_bindgen::JsCast;
    let Some(element) = element(id) else { return String::new() };
    match element.dyn_into::<web_sys::HtmlSelectElement>() {
        Ok(select) => select.value(),
        Err(element) => element.dyn_into::<web_sys::HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default(),
    }
}
