//! The papers: a small picture of each at the side, and one on the stage.

use domain::case::view::FileView;
use domain::review::view::CaseView;
use leptos::prelude::*;

use super::bench::{Bench, slot_of};
use super::desk::empty;
use super::stage;
use crate::ui::page::Frame;

/// A picture of a paper.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Picture {
    /// The slot, and behind it the number of its further pictures.
    pub key: String,
    pub title: String,
    pub href: String,
}

/// Where a file is shown from.
pub(super) fn address(frame: &Frame, file: &FileView) -> String {
    frame.path(&format!("staff/files/{}", file.id))
}

pub(super) fn title(view: &CaseView, slot: &str) -> String {
    view.file_titles.get(slot).cloned().unwrap_or_else(|| slot.to_owned())
}

/// The title of a picture, by its place among those of its slot.
pub(super) fn numbered(title: &str, n: usize, count: usize) -> String {
    if count > 1 { format!("{title} {}/{count}", n + 1) } else { title.to_owned() }
}

/// The slots in their order, each with its files.
pub(super) fn slots(view: &CaseView) -> Vec<(String, Vec<&FileView>)> {
    let mut slots = Vec::<(String, Vec<&FileView>)>::new();
    for (slot, file) in &view.files {
        match slots.iter_mut().find(|(of, _)| of == slot) {
            Some((_, files)) => files.push(file),
            None => slots.push((slot.clone(), vec![file])),
        }
    }
    slots
}

/// All pictures, in the order of their slots.
pub(super) fn pictures(frame: &Frame, view: &CaseView) -> Vec<Picture> {
    let mut all = Vec::new();
    for (slot, files) in slots(view) {
        let title = title(view, &slot);
        for (n, file) in files.iter().enumerate() {
            let key = if n == 0 { slot.clone() } else { format!("{slot}#{}", n + 1) };
            all.push(Picture { key, title: numbered(&title, n, files.len()), href: address(frame, file) });
        }
    }
    all
}

/// One link for each picture, with what was judged; without scripts it opens the picture.
pub(super) fn thumbs(pictures: &[Picture], bench: Bench) -> AnyView {
    let links = pictures.iter().enumerate().map(|(nth, picture)| thumb(nth, picture.clone(), bench)).collect_view();
    let all = move || if bench.is_all.get() { "true" } else { "false" };
    view! {
        <nav class="thumbs" aria-label="选择材料">
            {links}
            <button type="button" class="thumbs__all" id="all-papers" hidden=move || !bench.is_awake.get() aria-pressed=all on:click=move |_| bench.toggle_all()>
                <kbd class="kbd" aria-hidden="true">"G"</kbd>
                " 全部并排"
            </button>
        </nav>
    }
    .into_any()
}

fn thumb(nth: usize, picture: Picture, bench: Bench) -> AnyView {
    let Picture { key, title, href } = picture;
    let (here, of, item) = (key.clone(), key.clone(), format!("attachment.{}", slot_of(&key)));
    let is_here = move || (bench.is_awake.get() && bench.shown.with(|shown| *shown == here)).then_some("true");
    let state = move || {
        let verdict = bench.verdicts.with(|verdicts| verdicts.get(&item).map(|verdict| verdict.is_accepted));
        match verdict {
            Some(true) => ("ok", "✓", "（通过）"),
            Some(false) => ("bad", "✕", "（不通过）"),
            None if bench.seen.with(|seen| seen.contains(&of)) => ("seen", "", "（已看）"),
            None => ("", "", ""),
        }
    };
    let (mark, word) = (state.clone(), state.clone());
    let go = move |event: leptos::ev::MouseEvent| {
        if !event.ctrl_key() && !event.meta_key() {
            event.prevent_default();
            bench.turn_to(&key);
        }
    };
    view! {
        <a href=href.clone() target="_blank" rel="external noopener" data-paper data-state=move || state().0 aria-current=is_here on:click=go>
            <img src=href.clone() alt="" loading="lazy" />
            <kbd class="kbd" aria-hidden="true">{nth + 1}</kbd>
            <span class="thumbs__mark" aria-hidden="true">{move || mark().1}</span>
            <span>{title} <span class="hidden-visually">{move || word().2}</span></span>
        </a>
    }
    .into_any()
}

/// The stage. `reviewer` is named on it, so that a photo of the screen says whose it was.
pub(super) fn stage(pictures: Vec<Picture>, bench: Bench, reviewer: &str) -> AnyView {
    if pictures.is_empty() {
        return view! { <section class="stage" aria-label="材料">{empty("没有附件材料", "按照所填内容，这件申请不需要上传材料。")}</section> }
            .into_any();
    }
    let shown = Memo::new(move |_| {
        let shown = bench.shown.with(|key| pictures.iter().find(|of| of.key == *key).or(pictures.first()).cloned());
        shown.unwrap_or_default()
    });
    let class = move || {
        let bright = if bench.is_bright.get() { " viewer--bright" } else { "" };
        format!("stage viewer viewer--zoom-{} viewer--rotate-{}{bright}", bench.zoom.get(), u16::from(bench.turns.get()) * 90)
    };
    let mark = format!("仅供审核 · {reviewer}");
    let opened = move || bench.opened.with(|at| if at.is_empty() { String::new() } else { format!(" · {at}") });
    let title = move || shown.with(|of| of.title.clone());
    view! {
        <div class=class role="group" aria-label="查看材料">
            <div class="stage__tools">
                <h2>{title}</h2>
                <span hidden=move || !bench.is_awake.get()>
                    {tool("缩小", "−", |bench| bench.larger(-1), bench)} {tool("放大", "+", |bench| bench.larger(1), bench)}
                    {tool("向左旋转", "↺", |bench| bench.turn(3), bench)} {tool("向右旋转", "↻", |bench| bench.turn(1), bench)}
                    {tool("提亮", "☀", |bench| bench.is_bright.update(|is| *is = !*is), bench)}
                    {tool("还原", "⤢", |bench| bench.whole(), bench)}
                </span>
            </div>
            <div
                class="viewer__stage"
                id="stage"
                tabindex="0"
                role="region"
                aria-label=move || format!("图片：{}", title())
                on:wheel=move |event| stage::wheel(bench, &event)
                on:pointerdown=move |event| stage::grasp(&event)
                on:pointermove=move |event| stage::drag(&event)
            >
                <img draggable="false" src=move || shown.with(|of| of.href.clone()) alt=title />
            </div>
            <p class="stage__note"><span>{mark} {opened}</span><span>"滚轮缩放，按住拖动；空格键下一份"</span></p>
        </div>
    }
    .into_any()
}

fn tool(label: &'static str, sign: &'static str, act: fn(Bench), bench: Bench) -> AnyView {
    view! { <button type="button" aria-label=label title=label on:click=move |_| act(bench)>{sign}</button> }.into_any()
}
