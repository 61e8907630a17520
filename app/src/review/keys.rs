//! The keyboard of the cockpit (the table of the design). Keys are ignored while somebody types, and can be switched off.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::bench::{Bench, id_of_item};
use super::benches::Benches;
use crate::ui::browser::{document, window};

/// Where the browser remembers that somebody wants no keys.
const STORED: &str = "review-keys";

const TABLE: [(&str, &str); 17] = [
    ("空格、Shift 空格", "下一份、上一份材料"),
    ("1 至 9", "第几份材料；打开原因时是第几个原因"),
    ("J、K", "下一项、上一项"),
    ("C", "当前项通过"),
    ("X", "当前项不通过，填写原因"),
    ("A", "审核通过，办理下一件"),
    ("R", "退回修改"),
    ("E", "更正折算的数量，审核通过"),
    ("V、O", "撤销审核通过；要求提供原件（备查）"),
    ("S、F", "跳过、转交"),
    ("U", "撤销刚作出的结论"),
    ("G", "全部材料并排"),
    ("+、−、0", "放大、缩小、还原"),
    ("[、]、B", "向左转、向右转、提亮"),
    ("M", "在图片上圈出有问题的地方"),
    ("D", "重新提交的材料：并排、只看上次、只看这次"),
    ("?、Esc", "打开这份说明；收起打开的内容"),
];

/// What the keys do, and the switch.
pub(super) fn help(bench: Bench) -> AnyView {
    let line = |(key, what): (&'static str, &'static str)| view! { <li><kbd class="kbd">{key}</kbd> " " {what}</li> };
    let switch = move |_| {
        bench.has_keys.update(|on| *on = !*on);
        if let Some(store) = window().and_then(|w| w.local_storage().ok().flatten()) {
            let _ = store.set_item(STORED, if bench.has_keys.get_untracked() { "" } else { "off" });
        }
    };
    view! {
        <details id="keys-help" class="pop" hidden=move || !bench.is_awake.get()>
            <summary><kbd class="kbd" aria-hidden="true">"?"</kbd> " 快捷键"</summary>
            <div class="pop__body">
                <ul class="keys">{TABLE.map(line).into_iter().collect_view()}</ul>
                <p class="hint">"填写文字时快捷键不起作用。"</p>
                <button
                    type="button"
                    class="button button--secondary button--small"
                    aria-pressed=move || if bench.has_keys.get() { "true" } else { "false" }
                    on:click=switch
                >
                    "使用快捷键"
                </button>
            </div>
        </details>
    }
    .into_any()
}

/// Notes when a case was opened, for the mark on the evidence. To be called in an effect.
pub(super) fn note_opening(bench: Bench) {
    if bench.opened.with_untracked(|at| !at.is_empty()) {
        return;
    }
    let now = chrono::DateTime::from_timestamp_millis(js_sys::Date::now() as i64);
    bench.opened.set(now.map(crate::ui::format::instant).unwrap_or_default());
}

/// Wakes the page up: the keys, and the focus on whose case it is. To be called in an effect.
pub(super) fn wake(benches: Benches) {
    wake_first(benches, 100);
    let is_nowhere = document().and_then(|d| d.active_element()).is_none_or(|element| element.tag_name() == "BODY");
    if is_nowhere {
        crate::ui::browser::focus_first("main h1", 20);
    }
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if let Some(bench) = benches.current() {
            press(bench, &event);
        }
    });
    on_cleanup(move || handle.remove());
}

/// The first case may come a moment later; those behind it are as awake as it is.
fn wake_first(benches: Benches, tries: u32) {
    match benches.current() {
        Some(bench) => {
            let store = window().and_then(|w| w.local_storage().ok().flatten());
            let stored = store.and_then(|store| store.get_item(STORED).ok().flatten());
            bench.is_awake.set(true);
            bench.has_keys.set(stored.as_deref() != Some("off"));
        }
        None if tries > 0 => crate::ui::browser::later(60, move || wake_first(benches, tries - 1)),
        None => {}
    }
}

fn press(bench: Bench, event: &web_sys::KeyboardEvent) {
    let has_others = event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing();
    if has_others || bench.has_keys.try_get_untracked() != Some(true) {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let key = event.key();
    if key == "Escape" {
        return fold(bench);
    }
    let tag = target.as_ref().map(Element::tag_name).unwrap_or_default();
    let is_radio = target.as_ref().is_some_and(|target| target.get_attribute("type").as_deref() == Some("radio"));
    let is_typing = matches!(tag.as_str(), "INPUT" | "SELECT" | "TEXTAREA") && !is_radio;
    // What has the focus answers to the space bar itself.
    let is_pressed = key == " " && (is_radio || matches!(tag.as_str(), "BUTTON" | "SUMMARY" | "A"));
    if !is_typing && !is_pressed && act(bench, &key.to_lowercase(), event.shift_key()) {
        event.prevent_default();
    }
}

/// Answers whether it is a key of the cockpit.
fn act(bench: Bench, key: &str, is_shifted: bool) -> bool {
    if super::stage::press(bench, key, is_shifted) {
        return true;
    }
    if matches!(key, "c" | "x") && bench.current.with_untracked(String::is_empty) {
        // A case without papers: the first of its answers.
        step(bench, 1);
    }
    let id = id_of_item(&bench.current.get_untracked());
    match key {
        "m" => super::stage::mark(bench),
        " " => bench.page(if is_shifted { -1 } else { 1 }),
        "j" => step(bench, 1),
        "k" => step(bench, -1),
        "c" => click(&format!("#{id}-accept")),
        "x" => {
            bench.reject(&bench.current.get_untracked());
            crate::ui::browser::later(20, move || first_in(&format!("{id}-reject"), "input, textarea"));
        }
        "a" => click("#decide-approve"),
        "r" => click("#decide-return"),
        "e" => open("case-correct"),
        "v" => open("case-revoke"),
        "o" => open("case-inspect"),
        "s" => open("case-skip"),
        "f" => open("case-forward"),
        "u" => click("[data-undo]"),
        "g" => bench.toggle_all(),
        "d" => click("#compare"),
        "+" | "=" => bench.larger(1),
        "-" | "−" => bench.larger(-1),
        "0" => bench.whole(),
        "[" | "【" => bench.turn(3),
        "]" | "】" => bench.turn(1),
        "b" => bench.is_bright.update(|is| *is = !*is),
        "?" | "？" => {
            let is_open = element("keys-help").is_some_and(|help| help.has_attribute("open"));
            unfold("keys-help", !is_open);
        }
        _ => return number(key, &id),
    }
    true
}

/// 1 to 9: a reason while the list of the current item is open, otherwise a paper.
fn number(key: &str, id: &str) -> bool {
    let Some(nth) = key.parse::<u32>().ok().filter(|nth| (1..=9).contains(nth)) else { return false };
    match element(&format!("{id}-reject")) {
        Some(list) => {
            let all = list.query_selector_all("input[type=radio]").ok();
            press_on(all.and_then(|all| all.get(nth - 1)));
            press_on(list.query_selector("[value=reject]").ok().flatten());
        }
        None => press_on(document().and_then(|d| d.query_selector_all("[data-paper]").ok()?.get(nth - 1))),
    }
    true
}

/// Closes what is open, and goes back to the current item.
fn fold(bench: Bench) {
    bench.is_all.set(false);
    bench.is_marking.set(false);
    if bench.rejecting.with_untracked(|item| !item.is_empty()) {
        bench.reject("");
        focus(&id_of_item(&bench.current.get_untracked()));
    }
    for id in ["keys-help", "case-correct", "case-revoke", "case-inspect", "case-skip", "case-forward", "case-numbers"] {
        unfold(id, false);
    }
}

fn open(id: &'static str) {
    unfold(id, true);
    crate::ui::browser::later(20, move || first_in(id, "select, textarea, input:not([type=hidden])"));
}

fn first_in(id: &str, selector: &str) {
    let found = element(id).and_then(|element| element.query_selector(selector).ok().flatten());
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = found.focus();
    }
}

/// Goes so many items on, in the order of the page, and stays at the ends. What is folded away is passed over.
pub(super) fn step(bench: Bench, by: i32) {
    let Some(list) = document().and_then(|d| d.query_selector_all("[data-item]").ok()) else { return };
    let item = |nth| {
        let element = list.get(nth)?.dyn_into::<Element>().ok()?;
        let is_folded = element.closest("details:not([open])").ok().flatten().is_some();
        element.get_attribute("data-item").filter(|_| !is_folded)
    };
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

/// Goes to an item. One of a paper that was not shown has to appear before it can have the focus; whoever is faster has gone on
/// by then, and the verdict of the next key is not about where they were.
pub(super) fn go(bench: Bench, item: &str) {
    let (id, item) = (id_of_item(item), item.to_owned());
    bench.choose(&item);
    crate::ui::browser::later(20, move || {
        if bench.current.try_with_untracked(|current| *current == item) == Some(true) {
            focus(&id);
        }
    });
}

fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

pub(super) fn focus(id: &str) {
    crate::ui::browser::focus(id);
}

fn click(selector: &str) {
    press_on(document().and_then(|d| d.query_selector(selector).ok().flatten()));
}

fn press_on(node: Option<impl JsCast>) {
    if let Some(element) = node.and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        element.click();
    }
}

/// Opens or closes a `details`.
fn unfold(id: &str, is_open: bool) {
    if let Some(details) = element(id) {
        let _ = if is_open { details.set_attribute("open", "") } else { details.remove_attribute("open") };
    }
}

/// What stands in a text area, whenever it was typed.
pub(super) fn value_of(id: &str) -> String {
    let area = element(id).and_then(|element| element.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    area.map(|area| area.value()).unwrap_or_default()
}

/// The value of the radio button that is chosen in an element.
pub(super) fn chosen(id: &str) -> String {
    let radio = element(id).and_then(|element| element.query_selector("input:checked").ok().flatten());
    radio.and_then(|radio| radio.get_attribute("value")).unwrap_or_default()
}
