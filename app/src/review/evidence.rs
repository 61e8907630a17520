//! The attachments beside the form: a viewer that zooms and turns, and each file with its verdict.

use domain::case::FileChange;
use domain::case::view::FileView;
use domain::review::view::CaseView;
use leptos::prelude::*;

use super::bench::Bench;
use super::desk::empty;
use super::item::{Desk, Item, item};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::upload::cut;

/// Where a file is shown from.
fn address(frame: &Frame, file: &FileView) -> String {
    frame.path(&format!("staff/files/{}", file.id))
}

fn title(view: &CaseView, slot: &str) -> String {
    view.file_titles.get(slot).cloned().unwrap_or_else(|| slot.to_owned())
}

/// The title of a picture, by its place among those of its slot.
fn numbered(title: &str, n: usize, count: usize) -> String {
    if count > 1 { format!("{title} {}/{count}", n + 1) } else { title.to_owned() }
}

/// The right pane. `reviewer` is named on it, so that a photo of the screen says whose it was.
pub(super) fn evidence(frame: &Frame, view: &CaseView, desk: &Desk, reviewer: &str) -> AnyView {
    let bench = desk.bench;
    if view.files.is_empty() {
        return view! {
            <h2>"附件材料"</h2>
            {empty("没有附件材料", "按照所填内容，这件申请不需要上传材料。")}
        }
        .into_any();
    }
    let mark = format!("仅供审核 · {reviewer}");
    let slots = slots(view);
    let pictures = |(slot, files): &(String, Vec<&FileView>)| {
        let title = title(view, slot);
        let picture = |(n, file): (usize, &&FileView)| {
            let title = numbered(&title, n, files.len());
            // A slot is chosen by its name, its further pictures by a number behind it.
            let key = if n == 0 { slot.clone() } else { format!("{slot}#{}", n + 1) };
            (key, title, address(frame, file))
        };
        files.iter().enumerate().map(picture).collect::<Vec<Shown>>()
    };
    let all: Vec<Shown> = slots.iter().flat_map(pictures).collect();
    let files = all.clone();
    let shown = Memo::new(move |_| {
        bench.shown.with(|slot| files.iter().find(|(of, ..)| of == slot).or(files.first()).cloned()).unwrap_or_default()
    });
    let files = slots.iter().map(|(slot, files)| {
        let of = slot.clone();
        // Without scripts all files stand below each other; with them only those of the slot in the viewer.
        let is_away = move || bench.is_awake.get() && shown.with(|(key, ..)| slot_of(key) != of);
        view! { <div hidden=is_away>{one(frame, view, desk, slot, files)}</div> }
    });
    view! {
        <h2>"附件材料"</h2>
        {choices(all, shown, bench)}
        {viewer(shown, bench)}
        <p class="hint">{mark} {move || bench.opened.with(|at| if at.is_empty() { String::new() } else { format!(" · {at}") })}</p>
        {files.collect_view()}
    }
    .into_any()
}

/// The slots in their order, each with its files.
fn slots(view: &CaseView) -> Vec<(String, Vec<&FileView>)> {
    let mut slots = Vec::<(String, Vec<&FileView>)>::new();
    for (slot, file) in &view.files {
        match slots.iter_mut().find(|(of, _)| of == slot) {
            Some((_, files)) => files.push(file),
            None => slots.push((slot.clone(), vec![file])),
        }
    }
    slots
}

fn slot_of(key: &str) -> &str {
    key.split('#').next().unwrap_or(key)
}

/// Key, title and address of the file in the viewer.
type Shown = (String, String, String);

/// One button for each file, with what was judged.
fn choices(all: Vec<Shown>, shown: Memo<Shown>, bench: Bench) -> AnyView {
    let button = |(slot, title, _): Shown| {
        let (of, item) = (slot.clone(), format!("attachment.{}", slot_of(&slot)));
        let is_here = Memo::new(move |_| shown.with(|(slot, ..)| *slot == of));
        let judged = move || match bench.verdicts.with(|verdicts| verdicts.get(&item).map(|verdict| verdict.is_accepted)) {
            Some(true) => "（通过）",
            Some(false) => "（不通过）",
            None => "",
        };
        let class = move || if is_here.get() { "button button--small" } else { "button button--secondary button--small" };
        view! {
            <button
                type="button"
                class=class
                aria-pressed=move || if is_here.get() { "true" } else { "false" }
                on:click=move |_| bench.show(&slot)
            >
                {title}
                {judged}
            </button>
        }
    };
    view! {
        <div class="button-row" role="group" aria-label="选择材料" hidden=move || !bench.is_awake.get()>
            {all.into_iter().map(button).collect_view()}
        </div>
    }
    .into_any()
}

fn viewer(shown: Memo<Shown>, bench: Bench) -> AnyView {
    let class = move || format!("viewer viewer--zoom-{} viewer--rotate-{}", bench.zoom.get(), u16::from(bench.turns.get()) * 90);
    let button = |label: &'static str, act: fn(Bench)| {
        view! { <button type="button" class="button button--secondary button--small" on:click=move |_| act(bench)>{label}</button> }
    };
    view! {
        <div class=class role="group" aria-label="查看材料">
            <div class="button-row" hidden=move || !bench.is_awake.get()>
                {button("放大", |bench| bench.zoom.update(|zoom| *zoom = (*zoom + 1).min(4)))}
                {button("缩小", |bench| bench.zoom.update(|zoom| *zoom = zoom.saturating_sub(1).max(1)))}
                {button("向左旋转", |bench| bench.turns.update(|turns| *turns = (*turns + 3) % 4))}
                {button("向右旋转", |bench| bench.turns.update(|turns| *turns = (*turns + 1) % 4))}
                {button("还原", |bench| {
                    bench.zoom.set(1);
                    bench.turns.set(0);
                })}
            </div>
            <div class="viewer__stage" tabindex="0" role="region" aria-label=move || shown.with(|(_, title, _)| format!("图片：{title}"))>
                <img src=move || shown.with(|(.., href)| href.clone()) alt=move || shown.with(|(_, title, _)| title.clone()) />
            </div>
        </div>
    }
    .into_any()
}

fn one(frame: &Frame, view: &CaseView, desk: &Desk, slot: &str, files: &[&FileView]) -> AnyView {
    let title = title(view, slot);
    let fact = |(n, file): (usize, &&FileView)| facts(frame, desk.bench, &numbered(&title, n, files.len()), file);
    let body = files.iter().enumerate().map(fact).collect_view().into_any();
    let change = view.file_changes.iter().find(|change| change.slot == slot).map(changed);
    let heading = view! { <h3>{title.clone()}</h3> }.into_any();
    let name = format!("attachment.{slot}");
    let explanation = view.explanations.get(&name).cloned();
    item(desk, Item { item: name, label: title, heading, body, change, explanation })
}

/// What is known of a file, and the way to it.
fn facts(frame: &Frame, bench: Bench, title: &str, file: &FileView) -> AnyView {
    let href = address(frame, file);
    let facts = format!(
        "{} · {} · {}×{} 像素 · 上传于 {}",
        file.name,
        format::bytes(file.bytes),
        file.width,
        file.height,
        format::instant(file.uploaded_at)
    );
    let remark = (!file.remark.is_empty()).then(|| {
        view! { <div class="notice notice--info"><p><strong>{format!("申请人的说明（{title}）：")}</strong>{file.remark.clone()}</p></div> }
    });
    view! {
        <p class="hint">{facts}</p>
        {cut(file).map(|text| view! { <p class="hint">{text}"。"</p> })}
        {remark}
        <div class="upload__preview" hidden=move || bench.is_awake.get()>
            <a href=href.clone() target="_blank" rel="external noopener">
                <img src=href.clone() alt=format!("查看：{title}") loading="lazy" />
            </a>
        </div>
        <p><a href=href target="_blank" rel="external noopener">"在新窗口打开"<span class="hidden-visually">{format!("：{title}")}</span></a></p>
    }
    .into_any()
}

fn changed(change: &FileChange) -> String {
    if change.before.is_some() { "本次更换了文件".into() } else { "本次新上传".into() }
}
