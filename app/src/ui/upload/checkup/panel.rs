//! What was seen, and what the person does about it: 重拍, or 仍然使用 with a reason for the reviewer. It belongs to the part `checkup`.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::Sending;
use crate::ui::browser;
use crate::ui::upload::Slot;

/// In characters, as the server keeps it.
const LONGEST: usize = 100;
const REASONS: [&str; 3] = ["原件就是这样", "内容可以看清楚", "目前只有这一张"];

/// What is being written to the reviewer.
#[derive(Clone, Copy)]
struct Reason {
    text: RwSignal<String>,
    /// Whether it was wanted and not there.
    is_missing: RwSignal<bool>,
}

pub(super) fn draw(slot: &Slot, found: &[String], sending: Sending) -> AnyView {
    let (title, advice) = (&slot.view.rules.title, slot.advice);
    let reason = Reason { text: RwSignal::new(String::new()), is_missing: RwSignal::new(false) };
    let (again, anyway) = (slot.view.rules.slot.clone(), slot.view.rules.slot.clone());
    let retake = move |_| {
        darkroom::checkup::forget(&again);
        advice.set(None);
        choose_again(&again);
    };
    let use_it = move |_| {
        let said = reason.text.get_untracked().trim().to_owned();
        if said.is_empty() {
            reason.is_missing.set(true);
            return browser::focus(&format!("remark-{anyway}"));
        }
        browser::focus(&format!("slot-{anyway}"));
        advice.set(None);
        sending.with_value(|send| send(Some(said)));
    };
    let of = format!("：{title}");
    view! {
        <div class="notice notice--warning" role="group" aria-label=format!("{title}：上传之前请看一看")>
            <p><strong>"还没有上传，请先看一看："</strong></p>
            <ul>{found.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view()}</ul>
            <p class="hint">"这是在本机检查的结果，不一定准确，也不会发送出去。"</p>
            <p class="button-row">
                <button type="button" class="button" on:click=retake>"重拍"<span class="hidden-visually">{of.clone()}</span></button>
            </p>
            {field(&slot.view.rules.slot, reason)}
            <p class="button-row">
                <button type="button" class="button button--secondary" on:click=use_it>"仍然使用"<span class="hidden-visually">{of}</span></button>
            </p>
        </div>
    }
    .into_any()
}

/// The reason, with ready ones to press.
fn field(slot: &str, Reason { text, is_missing }: Reason) -> AnyView {
    let id = format!("remark-{slot}");
    let error = format!("{id}-error");
    let by = error.clone();
    let preset = move |words: &'static str| {
        view! {
            <button type="button" class="button button--quiet button--small" on:click=move |_| text.set(words.to_owned())>
                {words}
            </button>
        }
    };
    let missing = move || {
        let id = error.clone();
        is_missing.get().then(|| {
            view! {
                <p class="field__error" id=id>
                    <span class="hidden-visually">"错误："</span>
                    "请用一句话告诉审核人，为什么仍然使用这一张。"
                </p>
            }
        })
    };
    view! {
        <div class=move || if is_missing.get() { "field field--error" } else { "field" }>
            <label for=id.clone()>"仍然使用的，请告诉审核人原因"</label>
            {missing}
            <input
                type="text"
                id=id
                maxlength=LONGEST.to_string()
                autocomplete="off"
                aria-describedby=move || is_missing.get().then(|| by.clone())
                aria-invalid=move || is_missing.get().then_some("true")
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
            <div class="button-row" role="group" aria-label="常用的原因">{REASONS.map(preset).collect_view()}</div>
        </div>
    }
    .into_any()
}

/// Empties the slot's input and opens it.
fn choose_again(slot: &str) {
    let input = browser::document().and_then(|document| document.get_element_by_id(&format!("file-{slot}")));
    if let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        input.set_value("");
        let _ = input.focus();
        input.click();
    }
}
