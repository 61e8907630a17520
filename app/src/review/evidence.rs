//! The papers: a small picture of each at the side, and one on the stage.

use domain::case::Mark;
use domain::case::view::FileView;
use domain::review::view::CaseView;
use leptos::prelude::*;

use super::bench::{Bench, outline, slot_of};
use super::desk::empty;
use super::{ahead, stage};
use crate::ui::page::Frame;

/// A picture of a paper.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Picture {
    /// The slot, and behind it the number of its further pictures.
    pub key: String,
    pub title: String,
    pub href: String,
    /// Where it is shown from: its address, or memory where it was fetched beforehand.
    pub src: String,
    /// The first two of the answers that it proves, for the look at all of them.
    pub facts: String,
    /// Its width and height.
    pub size: (u32, u32),
    /// Where the picture of the round before is shown from, in whose place this one came, and its size.
    pub former: Option<(String, (u32, u32))>,
}

/// Where a file is shown from.
pub(super) fn address(frame: &Frame, file: &FileView) -> String {
    frame.path(&format!("staff/files/{}", file.id))
}

pub(super) fn title(view: &CaseView, slot: &str) -> String {
    view.file_titles.get(slot).cloned().unwrap_or_else(|| slot.to_owned())
}

fn size(file: &FileView) -> (u32, u32) {
    let of = |length: i64| u32::try_from(length).unwrap_or(1).max(1);
    (of(file.width), of(file.height))
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
pub(super) fn pictures(frame: &Frame, view: &CaseView, bench: Bench) -> Vec<Picture> {
    let mut all = Vec::new();
    for (slot, files) in slots(view) {
        let title = title(view, &slot);
        for (n, file) in files.iter().enumerate() {
            let key = if n == 0 { slot.clone() } else { format!("{slot}#{}", n + 1) };
            let former: Vec<&FileView> = view.former.iter().filter(|(of, _)| *of == slot).map(|(_, file)| file).collect();
            let former = former.get(n).or(former.last()).map(|file| (address(frame, file), size(file)));
            all.push(Picture {
                key,
                title: numbered(&title, n, files.len()),
                src: ahead::source(bench, &address(frame, file)),
                facts: if n == 0 { facts(view, &slot) } else { String::new() },
                href: address(frame, file),
                size: size(file),
                former,
            });
        }
    }
    all
}

fn facts(view: &CaseView, slot: &str) -> String {
    let items = view.proofs.get(slot).map(Vec::as_slice).unwrap_or_default();
    let rows = view.sections.iter().flat_map(|section| &section.rows);
    let proved = rows.filter(|row| !row.value.is_empty() && items.contains(&row.item)).take(2);
    proved.map(|row| format!("{} {}", row.label, row.value)).collect::<Vec<_>>().join(" · ")
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
    let Picture { key, title, href, src, facts, .. } = picture;
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
            <img src=src alt="" loading="lazy" />
            <kbd class="kbd" aria-hidden="true">{nth + 1}</kbd>
            <span class="thumbs__mark" aria-hidden="true">{move || mark().1}</span>
            <span>{title} <span class="hidden-visually">{move || word().2}</span></span>
            {move || bench.is_all.get().then(|| view! { <span class="thumbs__facts">{facts.clone()}</span> })}
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
        let marking = if bench.is_marking.get() { " stage--marking" } else { "" };
        let two = if shown.with(|of| of.former.is_some()) { bench.compare.get().class() } else { "" };
        let turned = u16::from(bench.turns.get()) * 90;
        format!("stage viewer viewer--zoom-{} viewer--rotate-{turned}{bright}{marking}{two}", bench.zoom.get())
    };
    let mark = format!("仅供审核 · {reviewer}");
    let opened = move || bench.opened.with(|at| if at.is_empty() { String::new() } else { format!(" · {at}") });
    let title = move || shown.with(|of| of.title.clone());
    let frame = move || shown.with(|of| frame(of.size));
    let outline = move || {
        let (mark, verdicts) = (bench.mark.get(), bench.verdicts.get());
        // What was ringed round before is still on a picture that stayed.
        let is_new = shown.with(|of| of.former.is_some());
        let before = if is_new { Vec::new() } else { bench.former.get_value() };
        let own = mark.iter().chain(verdicts.values().filter_map(|verdict| verdict.mark.as_ref()));
        let all: Vec<&Mark> = own.chain(&before).collect();
        shown.with(|of| outline(&of.key, of.size, all.iter().copied()))
    };
    let compare = move || {
        let has_two = shown.with(|of| of.former.is_some());
        has_two.then(|| view! { <button type="button" id="compare" aria-label="换对比方式" title="换对比方式（D）" on:click=move |_| bench.compare_next()>"◫"</button> })
    };
    let hint = move || match (bench.is_marking.get(), bench.mark.with(Option::is_some)) {
        (true, _) => "按住拖动圈出；方向键移动，Shift 加方向键改变大小，Delete 删除",
        (false, true) => "已圈出一处，记录为不通过时一并保存，申请人会看到",
        (false, false) => "滚轮缩放，按住拖动；空格键下一份",
    };
    view! {
        <div class=class role="group" aria-label="查看材料">
            <div class="stage__tools">
                <h2>{title}</h2>
                <span hidden=move || !bench.is_awake.get()>
                    {tool("缩小", "−", |bench| bench.larger(-1), bench)} {tool("放大", "+", |bench| bench.larger(1), bench)}
                    {tool("向左旋转", "↺", |bench| bench.turn(3), bench)} {tool("向右旋转", "↻", |bench| bench.turn(1), bench)}
                    {tool("提亮", "☀", |bench| bench.is_bright.update(|is| *is = !*is), bench)}
                    {tool("还原", "⤢", |bench| bench.whole(), bench)} {tool("圈出有问题的地方", "▭", stage::mark, bench)} {compare}
                </span>
            </div>
            <div
                class="viewer__stage"
                id="stage"
                tabindex="0"
                role="region"
                aria-label=move || format!("图片：{}", title())
                on:wheel=move |event| stage::wheel(bench, &event)
                on:pointerdown=move |event| stage::grasp(bench, shown.get_untracked().size, &event)
                on:pointermove=move |event| stage::drag(bench, shown.get_untracked().size, &event)
                on:pointerup=move |_| stage::drop(bench)
            >
                {move || shown.with(|of| former(bench, of))}
                <span class="picture" data-now>
                    <img draggable="false" src=move || shown.with(|of| of.src.clone()) alt=title />
                    <svg viewBox=frame aria-hidden="true"><path d=outline /></svg>
                    <span class="tag tag--green" hidden=move || shown.with(|of| of.former.is_none())>"这次"</span>
                </span>
            </div>
            <p class="stage__note"><span>{mark} {opened}</span><span>{hint}</span></p>
        </div>
    }
    .into_any()
}

/// The picture of the round before, with what was ringed round on it.
fn former(bench: Bench, of: &Picture) -> Option<AnyView> {
    let (href, size) = of.former.clone()?;
    let outline = bench.former.with_value(|marks| outline(&of.key, size, marks.iter()));
    let alt = format!("{}，上次提交的", of.title);
    Some(
        view! {
            <span class="picture">
                <img draggable="false" src=href alt=alt />
                <svg viewBox=frame(size) aria-hidden="true"><path d=outline /></svg>
                <span class="tag tag--red">"上次退回"</span>
            </span>
        }
        .into_any(),
    )
}

/// The space of a drawing over a picture.
fn frame((width, height): (u32, u32)) -> String {
    format!("0 0 {width} {height}")
}

fn tool(label: &'static str, sign: &'static str, act: fn(Bench), bench: Bench) -> AnyView {
    view! { <button type="button" aria-label=label title=label on:click=move |_| act(bench)>{sign}</button> }.into_any()
}
