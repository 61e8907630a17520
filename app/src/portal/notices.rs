//! 通知公告 and 操作指南 as visitors read them.

use domain::portal::NoticeKind;
use domain::portal::view::{NoticeLine, NoticeView, NoticesView};
use leptos::prelude::*;

use super::{api, asked, id, names};
use crate::site::use_source;
use crate::ui::format;
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;

/// 通知公告.
#[component]
pub fn NoticesPage() -> impl IntoView {
    list(NoticeKind::Notice)
}

/// 操作指南.
#[component]
pub fn GuidesPage() -> impl IntoView {
    list(NoticeKind::Guide)
}

/// One notice.
#[component]
pub fn NoticePage() -> impl IntoView {
    one(NoticeKind::Notice)
}

/// One guide.
#[component]
pub fn GuidePage() -> impl IntoView {
    one(NoticeKind::Guide)
}

fn list(kind: NoticeKind) -> AnyView {
    let (source, after) = (use_source(), asked("after"));
    let data =
        Resource::new(move || (source.get(), after.get()), move |((province, _), after)| api::notices(province, kind, after));
    let (title, path) = names(kind);
    page(title, data, move |frame, view: NoticesView| {
        let next = view.next.map(|id| {
            let href = format!("{}?after={id}", frame.path(path));
            view! { <nav class="pager" aria-label="翻页"><a class="button button--secondary" href=href rel="next">"下一页"</a></nav> }
        });
        view! {
            <h1 tabindex="-1">{title}</h1>
            <div class="card">{lines(&frame, kind, view.lines)}</div>
            {next}
        }
    })
}

/// The titles as links, each with its date.
pub(crate) fn lines(frame: &Frame, kind: NoticeKind, lines: Vec<NoticeLine>) -> AnyView {
    if lines.is_empty() {
        return view! { <p class="muted">"目前没有内容。"</p> }.into_any();
    }
    let line = |line: NoticeLine| {
        let href = frame.path(&format!("{}/{}", names(kind).1, line.id));
        view! { <li><a href=href>{line.title}</a>{line.on.map(date)}</li> }
    };
    view! { <ul class="link-list">{lines.into_iter().map(line).collect_view()}</ul> }.into_any()
}

fn date(on: chrono::NaiveDate) -> AnyView {
    view! { <time datetime=on.to_string()>{format::date(on)}</time> }.into_any()
}

fn one(kind: NoticeKind) -> AnyView {
    let (source, id) = (use_source(), id());
    let data = Resource::new(move || (source.get(), id.get()), move |((province, _), id)| api::notice(province, kind, id));
    let (title, path) = names(kind);
    page(title, data, move |frame, view: NoticeView| {
        view! {
            <Breadcrumbs trail=vec![(title, frame.path(path))] here=view.title.clone() />
            <h1 tabindex="-1">{view.title}</h1>
            {view.on.map(|on| view! { <p class="muted">"发布日期：" {date(on)}</p> })}
            <div class="card">{view.body.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()}</div>
        }
    })
}
