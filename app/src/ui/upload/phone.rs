//! A slot on two devices (手机传图): the button that lends it, what it received, and the same slot as the telephone sees it.

use std::sync::Arc;

use leptos::prelude::*;

use super::pictures::{Of, receipts, shown};
use super::{Chooser, Slot, checkup, chooser, failure, limits};
use crate::ui::form::name_of;

/// 用手机拍照上传 for a slot of a case; hidden where the page itself is on a telephone.
pub(super) fn lend(slot: &Slot, key: &str, case: String) -> AnyView {
    let (full, title) = (slot.clone(), slot.view.rules.title.clone());
    view! {
        <form method="post" action="/api/handover/lend" class="tile__lend" hidden=move || full.is_full()>
            <input type="hidden" name="province" value=key.to_owned() />
            <input type="hidden" name=name_of("case") value=case />
            <input type="hidden" name=name_of("slot") value=slot.view.rules.slot.clone() />
            <button type="submit" class="button button--quiet button--small">
                "用手机拍照上传"<span class="hidden-visually">{format!("：{title}")}</span>
            </button>
        </form>
    }
    .into_any()
}

/// The pictures of a slot, to be looked at only. `key` is the key of the province.
pub fn received(slot: &Slot, key: &str) -> AnyView {
    let mut slot = slot.clone();
    slot.view.is_open = false;
    let (pictures, receipts) = (shown(&slot, key), receipts(&slot, key, &Of::default()));
    view! { {pictures} {receipts} }.into_any()
}

/// A slot on the telephone to which it was handed: what it sent is counted and not shown, as nobody has signed in. `room` is
/// how many pictures more it takes at first.
#[component]
pub fn PhoneUpload(place: Slot, action: String, room: u32) -> impl IntoView {
    let slot = place;
    let rules = slot.view.rules.clone();
    let (id, title, files) = (rules.slot.clone(), rules.title.clone(), slot.files);
    let (at_first, is_single) = (slot.view.files.len(), rules.most == 1);
    let left = move || {
        let since = files.with(Vec::len).saturating_sub(at_first);
        if is_single { 1 } else { (room as usize).saturating_sub(since) }
    };
    let shown = slot.clone();
    let done = move || {
        let count = files.with(Vec::len);
        let next = match (is_single, left()) {
            (true, _) => "请在电脑上核对；不清楚的，可以再选一张替换。".to_owned(),
            (false, 0) => "已经放满，请回到电脑上继续办理。".to_owned(),
            (false, left) => format!("还可以再传 {left} 张，也可以回到电脑上继续办理。"),
        };
        (count > 0).then(|| {
            let count = if is_single { String::new() } else { format!("（{count} 张）") };
            view! { <div class="notice notice--success"><p><strong>{format!("已传到电脑上{count}。")}</strong></p><p>{next}</p></div> }
        })
    };
    let most = rules.most;
    let full = move || {
        (left() == 0 && files.with(Vec::is_empty))
            .then(|| view! { <p>{format!("这里最多放 {most} 张图片，已经放满。需要更换的，请先在电脑上删除。")}</p> })
    };
    let act = move || match (files.with(Vec::is_empty), is_single) {
        (true, _) => "拍照或者选择图片",
        (false, true) => "替换",
        (false, false) => "再添加一张",
    };
    let way = Chooser { action, act: Arc::new(act), is_full: Box::new(move || left() == 0), done: "已传到电脑上" };
    view! {
        <section class="card stack" id=format!("slot-{id}") tabindex="-1" data-state=move || shown.state().0 aria-label=title>
            <p>{rules.why.clone()}</p>
            <p class="hint" id=format!("file-{id}-hint")>{limits(&rules)}</p>
            <div aria-live="assertive">{failure(&slot)}</div>
            {done}
            {full}
            {chooser(&slot, way)}
            {checkup::advice(&slot)}
        </section>
    }
    .into_any()
}
