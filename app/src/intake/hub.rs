//! 信息采集: the task list (ux F2), and after a return the list of things to do.

use domain::case::Status;
use domain::change::view::ChangeView;
use domain::intake::view::HubView;
use domain::intake::{Task, TaskState};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use super::{api, parts, progress};
use crate::change;
use crate::site::{fetched, use_source};
use crate::ui::form::{ErrorSummary, FormState};
use crate::ui::format;
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::words;

/// What the page shows: the application, or a change of the record, which has no address of its own.
#[derive(Clone, Serialize, Deserialize)]
enum Shown {
    Intake(Box<HubView>),
    Change(Box<ChangeView>),
}

/// 信息采集; with `change` 变更入口.
#[component]
pub fn HubPage() -> impl IntoView {
    let (source, query) = (use_source(), use_query_map());
    let is_change = Memo::new(move |_| query.with(|query| query.get("change").is_some()));
    let data = fetched(
        move || (source.get(), is_change.get()),
        async |((province, _), is_change)| match is_change {
            true => change::api::change(province).await.map(|view| Shown::Change(Box::new(view))),
            false => api::hub(province).await.map(|view| Shown::Intake(Box::new(view))),
        },
    );
    page("信息采集", data, move |frame, shown| match shown {
        Shown::Intake(view) => draw(frame, *view),
        Shown::Change(view) => change::entry(&frame, &view),
    })
}

fn draw(frame: Frame, view: HubView) -> AnyView {
    let state = FormState::new([("agreed", "本人承诺")], view.flash.as_ref());
    let status = view.case.as_ref().map(|case| case.status);
    let tag = status.map(|status| view! { <p><span class=words::status_class(status)>{words::status(status)}</span></p> });
    let body = match status {
        Some(Status::Submitted | Status::Closed) => submitted(&frame, &view),
        Some(Status::Approved) => approved(&frame, &view),
        Some(Status::Returned) => returned(&frame, &view),
        Some(Status::Draft) | None => tasks(&frame, &view),
    };
    let name = format!("{} – {}", frame.intake(), frame.site.province.title);
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=frame.services_trail() here=frame.intake() />
        <ErrorSummary state=state />
        <h1 tabindex="-1">{frame.intake()}</h1>
        {tag}
        {body}
    }
    .into_any()
}

fn tasks(frame: &Frame, view: &HubView) -> AnyView {
    let done = view.tasks.iter().filter(|(_, state)| *state == TaskState::Done).count();
    let lead = format!("共 {} 项，已完成 {done} 项。填写的内容会保存，可以分几次完成。", view.tasks.len());
    let next = view.next.map(|next| {
        let href = frame.path(&format!("intake/{}", words::task_path(next)));
        let label = if done == 0 { "开始办理".to_owned() } else { format!("继续：{}", view.words.task(next)) };
        view! { <p class="button-row"><a class="button" href=href>{label}</a></p> }
    });
    view! {
        <p class="lead">{lead}</p>
        {task_list(frame, view)}
        {next}
    }
    .into_any()
}

fn task_list(frame: &Frame, view: &HubView) -> AnyView {
    let line = |(task, state): &(Task, TaskState)| {
        let label = view.words.task(*task).to_owned();
        let (word, class) = words::task_state(*state);
        let href = frame.path(&format!("intake/{}", words::task_path(*task)));
        let name = match state {
            TaskState::Blocked => view! { <span>{label}</span> }.into_any(),
            _ => view! { <a href=href>{label}</a> }.into_any(),
        };
        view! { <li>{name}<span class="task-list__status"><span class=class>{word}</span></span></li> }
    };
    view! { <ul class="task-list">{view.tasks.iter().map(line).collect_view()}</ul> }.into_any()
}

fn returned(frame: &Frame, view: &HubView) -> AnyView {
    let progress = (!frame.is_acting()).then(|| {
        let href = frame.path("intake/progress");
        view! { <p><a href=href>{format!("查看{}和退回说明", view.words.progress)}</a></p> }
    });
    let bureau = view.case.as_ref().map(|case| case.bureau_name.clone()).unwrap_or_default();
    let banner = view! {
        <div class="notice notice--danger">
            <h2>"申请被退回，需要修改"</h2>
            <p>{format!("{bureau}已审核您的申请，有的内容需要修改。改好后重新提交，等待审核。")}</p>
            {progress}
        </div>
    };
    if !view.is_returned {
        return view! { {banner} {parts::return_reasons(&view.reason, &view.rejected)} {tasks(frame, view)} }.into_any();
    }
    view! {
        {banner}
        <h2>"需要修改的项目"</h2>
        <p class="hint">"点击项目进行修改；内容无误的，可以不修改，说明原因。其他内容已经核对，不能修改。"</p>
        {parts::rejected(&view.rejected)}
        {parts::resubmit(&view.rejected, frame)}
    }
    .into_any()
}

fn submitted(frame: &Frame, view: &HubView) -> AnyView {
    let progress = frame.path("intake/progress");
    let text = view.case.as_ref().map(|case| {
        let due = case.due_on.map(|on| format!("，预计 {} 前答复", format::date(on))).unwrap_or_default();
        format!("申请已提交{}审核，受理编号 {}{due}。", case.bureau_name, case.number)
    });
    view! {
        <div class="notice notice--info"><p>{text.unwrap_or_default()}</p></div>
        <p class="button-row"><a class="button" href=progress>{format!("查看{}", view.words.progress)}</a></p>
    }
    .into_any()
}

fn approved(frame: &Frame, view: &HubView) -> AnyView {
    let href = frame.path("intake/progress");
    view! {
        <div class="notice notice--success"><p>"您已采集过信息，无需重复采集。"</p></div>
        {progress::menu(frame)}
        <p><a href=href>{format!("查看{}和已提交的内容", view.words.progress)}</a></p>
    }
    .into_any()
}
