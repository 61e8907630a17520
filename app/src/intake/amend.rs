//! 需要修改的项目: a return item by item as a list of things to do, each mended where it stands (手册甲 二（五）2).

mod question;

use domain::change::view::ChangeView;
use domain::intake::Back;
use domain::intake::view::{AmendItem, AmendView};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use super::api;
use super::files::{few, refused, summary};
use crate::change;
use crate::site::{fetched, use_source};
use crate::ui::marked::marked;
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::upload::{Slot, Upload};
use question::{StepForms, question};

/// What the page shows: an application that was returned, or a change of the record, which has no address of its own.
#[derive(Clone, Serialize, Deserialize)]
enum Shown {
    Amend(Box<AmendView>),
    Change(Box<ChangeView>),
}

/// 需要修改的项目; with `change` 资料上传 of 信息变更.
#[component]
pub fn AmendPage() -> impl IntoView {
    let (source, query) = (use_source(), use_query_map());
    let is_change = Memo::new(move |_| query.with(|query| query.get("change").is_some()));
    let data = fetched(
        move || (source.get(), is_change.get()),
        async |((province, _), is_change)| match is_change {
            true => change::api::change(province).await.map(|view| Shown::Change(Box::new(view))),
            false => api::amend(province).await.map(|view| Shown::Amend(Box::new(view))),
        },
    );
    page("修改", data, move |frame, shown| match shown {
        Shown::Amend(view) => draw(frame, *view),
        Shown::Change(view) => change::files(&frame, &view),
    })
}

fn draw(frame: Frame, view: AmendView) -> AnyView {
    let slots = Slot::all(&view.slots);
    let count = view.items.len();
    let title = if count == 0 { "需要修改的项目".to_owned() } else { format!("需要修改 {count} 项") };
    let name = format!("{title} – {} – {}", frame.intake(), frame.site.province.title);
    let body = if count == 0 { nothing(&frame) } else { list(&frame, &view, &slots) };
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=frame.intake_trail() here="需要修改的项目".into() />
        {refused(view.refusal.as_ref())}
        {summary(&slots)}
        <h1 tabindex="-1">{title}</h1>
        {body}
    }
    .into_any()
}

/// Nothing was returned item by item, or it was handed in again.
fn nothing(frame: &Frame) -> AnyView {
    let href = frame.path("intake");
    view! {
        <div class="notice notice--info">
            <p>"现在没有需要逐项修改的内容。"</p>
            <p><a href=href>{format!("返回{}", frame.intake())}</a></p>
        </div>
    }
    .into_any()
}

fn list(frame: &Frame, view: &AmendView, slots: &[Slot]) -> AnyView {
    let reason = (!view.reason.is_empty()).then(|| view! { <p>{format!("退回说明：{}", view.reason)}</p> });
    let forms = StepForms::of(view);
    let line = |item: &AmendItem| {
        let slot = item.slot().and_then(|name| slots.iter().find(|slot| slot.view.rules.slot == name)).cloned();
        let body = match slot {
            Some(slot) => file(frame, view, item, slot),
            None => answer(frame, item, &forms),
        };
        view! { <li id=format!("amend-{}", item.item.item)>{body}</li> }
    };
    let lines = view.items.iter().map(line).collect_view();
    let check = frame.path("intake/check");
    let sealed = (view.sealed > 0).then(|| {
        view! {
            <section class="card">
                <h2>{format!("不用修改的 {} 项", view.sealed)}</h2>
                <p class="hint">"这些内容已经核对，现在不能改动。" <a href=check>"查看全部内容"</a></p>
            </section>
        }
    });
    view! {
        <p class="lead">{format!("{}已审核您的申请。下面的项目改好后重新提交；内容无误的，可以不修改，说明原因。", view.bureau_name)}</p>
        {reason}
        {few(view.uploads_left)}
        <h2>"需要修改的项目"</h2>
        <ol class="amend">{lines}</ol>
        {sealed}
        {bar(frame, view, slots)}
    }
    .into_any()
}

/// A file: its tile, which says what was wrong with it.
fn file(frame: &Frame, view: &AmendView, item: &AmendItem, slot: Slot) -> AnyView {
    let is_amended = slot.is_amended;
    let said = said(item);
    // A file that was replaced needs no word to the old one.
    let explain = explain(item).map(|way| view! { <div hidden=move || is_amended.get()>{way}</div> });
    view! {
        <Upload place=slot key=frame.key.clone() back=Back::Amend application=view.case.clone() by_hand=view.by_hand.clone() prints_left=view.prints_left is_acting=frame.is_acting() />
        {ringed(frame, item)}
        {said}
        {explain}
    }
    .into_any()
}

/// The picture as it was submitted, with the place that the reviewer means.
fn ringed(frame: &Frame, item: &AmendItem) -> Option<AnyView> {
    let of = item.item.mark.as_ref()?;
    let src = frame.path(&format!("files/{}", of.file));
    let title = format!("您提交的{}", of.title);
    Some(
        view! {
            <figure class="ringed">
                {marked(src, &title, [&of.mark])}
                <figcaption class="hint">{format!("{title}，红框是审核人员圈出的地方。")}</figcaption>
            </figure>
        }
        .into_any(),
    )
}

/// An answer: what was submitted, why it was rejected, and its question.
fn answer(frame: &Frame, item: &AmendItem, forms: &StepForms) -> AnyView {
    let (word, class) = match (item.item.is_amended, &item.item.explanation) {
        (true, _) => ("已修改", "tag tag--green"),
        (false, Some(_)) => ("已说明", "tag tag--green"),
        (false, None) => ("待修改", "tag tag--red"),
    };
    let id = format!("amend-{}-title", item.item.item);
    let value = |value: &Option<String>| match value.as_deref() {
        None | Some("") => "未填写".to_owned(),
        Some(value) => value.to_owned(),
    };
    let now = item.item.is_amended.then(|| view! { <div><dt>"现在的内容"</dt><dd>{value(&item.now)}</dd></div> });
    let way = match &item.mend {
        Some(mend) => question(frame, item, mend, forms),
        None => {
            let href = Back::on(Some(Back::Amend), &item.item.link);
            let label = item.item.label.clone();
            view! { <p><a class="button" href=href rel="external">"去修改"<span class="hidden-visually">{format!("：{label}")}</span></a></p> }
                .into_any()
        }
    };
    view! {
        <div class="card fix" role="group" aria-labelledby=id.clone()>
            <div class="fix__head"><h3 id=id.clone()>{item.item.label.clone()}</h3><span class=class>{word}</span></div>
            <p class="item__reason">{format!("未通过：{}", item.item.reason)}</p>
            {ringed(frame, item)}
            <dl class="summary-list">
                <div><dt>"您提交的内容"</dt><dd>{value(&item.before)}</dd></div>
                {now}
            </dl>
            {way}
            {said(item)}
            {explain(item)}
        </div>
    }
    .into_any()
}

fn said(item: &AmendItem) -> Option<AnyView> {
    item.item.explanation.as_ref().map(|remark| view! { <p>{format!("您的说明：{remark}")}</p> }.into_any())
}

/// 内容无误, with the way back to this list.
fn explain(item: &AmendItem) -> Option<AnyView> {
    let href = Back::on(Some(Back::Amend), item.item.explain_link.as_ref()?);
    let text = if item.item.explanation.is_some() { "修改说明" } else { "内容无误，不需要修改" };
    let label = format!("：{}", item.item.label);
    Some(view! { <p><a href=href>{text}<span class="hidden-visually">{label}</span></a></p> }.into_any())
}

/// How much is done, and 重新提交, which opens with the last of it.
fn bar(frame: &Frame, view: &AmendView, slots: &[Slot]) -> AnyView {
    let all = view.items.len();
    let mut left = Vec::new();
    for item in &view.items {
        let slot = item.slot().and_then(|name| slots.iter().find(|slot| slot.view.rules.slot == name));
        left.push((item.item.label.clone(), item.is_done(), slot.map(|slot| slot.is_amended)));
    }
    let left = Memo::new(move |_| {
        let open = left.iter().filter(|(_, is_done, amended)| !is_done && !amended.is_some_and(|amended| amended.get()));
        open.map(|(label, _, _)| format!("“{label}”")).collect::<Vec<_>>()
    });
    let is_closed = move || left.with(|left| !left.is_empty());
    let count = move || format!("已改好 {} / {all}", all - left.with(Vec::len));
    let missing = move || is_closed().then(|| left.with(|left| format!("还没有修改：{}。", left.join("、"))));
    let label = move || match left.with(Vec::len) {
        0 => "重新提交".to_owned(),
        left => format!("改好 {left} 项后重新提交"),
    };
    let (check, hub) = (frame.path("intake/check"), frame.path("intake"));
    view! {
        <p class="hint" id="amend-left">{missing}</p>
        <div class="action-bar">
            <p class="live live--shown" role="status">{count}</p>
            <a class="button button--quiet" href=hub>"稍后再办"</a>
            <a
                class="button"
                href=check
                aria-disabled=move || is_closed().then_some("true")
                aria-describedby="amend-left"
                on:click=move |event| {
                    if untrack(is_closed) {
                        event.prevent_default();
                    }
                }
            >
                {label}
            </a>
        </div>
    }
    .into_any()
}
