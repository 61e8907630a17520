//! 材料上传 (手册甲 二（三）).

use domain::case::Refusal;
use domain::intake::view::FilesView;
use domain::intake::{Task, TaskState};
use domain::limit::Left;
use leptos::prelude::*;

use super::{api, parts};
use crate::site::{fetched, use_source};
use crate::ui::form::ErrorTitle;
use crate::ui::page::{Frame, page};
use crate::ui::parts::{Breadcrumbs, Tips};
use crate::ui::sentence;
use crate::ui::steps::{Steps, before};
use crate::ui::upload::{Phase, Slot, Upload};
use crate::ui::words::task_path;

/// 材料上传.
#[component]
pub fn FilesPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| api::files(province));
    page("材料上传", data, draw)
}

fn draw(frame: Frame, view: FilesView) -> AnyView {
    let slots: Vec<Slot> = Slot::all(&view.slots);
    let has_begun = !matches!(view.tasks.first(), Some((Task::Briefing, state)) if *state != TaskState::Done);
    let body = if view.tasks.is_empty() {
        parts::closed(&frame, &view.words)
    } else if !has_begun {
        parts::not_begun(&frame, &view.words)
    } else {
        uploads(&frame, &view, &slots)
    };
    let title = view.words.attachments.clone();
    let name = format!("{title} – {} – {}", frame.intake(), frame.site.province.title);
    let steps = (!view.tasks.is_empty()).then(|| {
        view! { <Steps tasks=view.tasks.clone() here=Task::Attachments words=view.words.clone() key=frame.key.clone() /> }
    });
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=frame.intake_trail() here=title.clone() />
        {steps}
        {refused(view.refusal.as_ref())}
        {summary(&slots)}
        <h1 tabindex="-1">{title}</h1>
        {body}
    }
    .into_any()
}

/// Why an upload without scripts was refused, on top (ux E1).
pub(super) fn refused(refusal: Option<&Refusal>) -> Option<AnyView> {
    let text = sentence::refusal(refusal?);
    let summary = view! {
        <div class="error-summary" id="error-summary" tabindex="-1" role="alert" aria-labelledby="error-summary-title">
            <ErrorTitle />
            <h2 id="error-summary-title">"文件没有收下"</h2>
            <p>{text}</p>
        </div>
    };
    Some(summary.into_any())
}

/// What was wrong with an upload without scripts, on top (ux E1).
pub(crate) fn summary(slots: &[Slot]) -> Option<AnyView> {
    let wrong: Vec<_> = slots.iter().filter(|slot| slot.view.error.is_some()).cloned().collect();
    let line = |slot: Slot| match slot.phase.get_untracked() {
        Phase::Failed(text) => {
            let href = format!("#file-{}", slot.view.rules.slot);
            Some(view! { <li><a href=href rel="external">{format!("{}：{text}", slot.view.rules.title)}</a></li> })
        }
        _ => None,
    };
    (!wrong.is_empty()).then(|| {
        view! {
            <div class="error-summary" id="error-summary" tabindex="-1" role="alert" aria-labelledby="error-summary-title">
                <ErrorTitle />
                <h2 id="error-summary-title">"上传的文件有问题"</h2>
                <ul>{wrong.into_iter().filter_map(line).collect_view()}</ul>
            </div>
        }
        .into_any()
    })
}

fn uploads(frame: &Frame, view: &FilesView, slots: &[Slot]) -> AnyView {
    let (key, is_acting) = (frame.key.clone(), frame.is_acting());
    let draw = |slot: &Slot| view! { <Upload place=slot.clone() key=key.clone() application=view.case.clone() by_hand=view.by_hand.clone() prints_left=view.prints_left is_acting=is_acting /> };
    let drawn = slots.iter().map(draw).collect_view();
    let is_asked = !slots.is_empty();
    let locked = view.is_returned.then(|| {
        view! {
            <div class="notice notice--warning">
                <p>"只有标明“需更换”的材料可以修改；其他材料已经核对，不能修改。"</p>
            </div>
        }
    });
    let few = few(view.uploads_left.filter(|_| is_asked));
    view! {
        {locked}
        {few}
        <Tips lines=view.tips.clone() />
        <p class="hint">"带 * 的为必须上传的材料。需要哪些材料，由前面填写的信息决定。"</p>
        {if is_asked { view! { <h2>"需要上传的材料"</h2> }.into_any() } else { view! { <p>"没有需要上传的材料。"</p> }.into_any() }}
        <div class="tiles">{drawn}</div>
        {next(frame, slots, view)}
    }
    .into_any()
}

/// How many files can still be kept today, once that matters.
pub(crate) fn few(left: Option<Left>) -> Option<AnyView> {
    let left = left?;
    let rest = match left.times {
        0 => "已经上传的文件都在。",
        _ => "请核对后再选择；格式、大小不符而没有收下的文件不计入。",
    };
    let text = sentence::left(left, "上传文件");
    Some(view! { <div class="notice notice--warning"><p>{text} {rest}</p></div> }.into_any())
}

/// The way on, closed as long as a file is under way or missing, with the reason (ux U4).
fn next(frame: &Frame, slots: &[Slot], view: &FilesView) -> AnyView {
    let (slots, counted) = (slots.to_vec(), slots.to_vec());
    let count = move || {
        let done = counted.iter().filter(|slot| slot.has_file()).count();
        format!("需要 {} 项，已上传 {done} 项", counted.len())
    };
    let obstacles = Memo::new(move |_| slots.iter().filter_map(Slot::obstacle).collect::<Vec<_>>());
    let is_awake = RwSignal::new(false);
    Effect::new(move |_| is_awake.set(true));
    let is_closed = move || is_awake.get() && obstacles.with(|obstacles| !obstacles.is_empty());
    let lines = move || {
        let lines = obstacles.get();
        (!lines.is_empty()).then(|| {
            let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
            view! { <div class="notice notice--info"><p>"继续之前："</p><ul>{lines}</ul></div> }
        })
    };
    let (check, hub, label) = (frame.path("intake/check"), frame.path("intake"), view.next.clone());
    let back = before(&view.tasks, Task::Attachments).map(|task| {
        let href = frame.path(&format!("intake/{}", task_path(task)));
        view! { <a class="button button--secondary" href=href>"上一步"</a> }
    });
    view! {
        <div id="files-left" aria-live="polite">{lines}</div>
        <div class="action-bar">
            <p class="live live--shown">{count}</p>
            {back}
            <a class="button button--quiet" href=hub>"稍后再办"</a>
            <a
                class="button"
                href=check
                aria-disabled=move || is_closed().then_some("true")
                aria-describedby="files-left"
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
