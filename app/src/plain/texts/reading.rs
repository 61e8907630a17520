//! Texts as the staff read them, with what is for them alone: their session is not that of the pages of the portal. No script.

use domain::portal::TextKind;
use domain::portal::text_view::{TextLine, TextView, TextsView};
use domain::province::Profile;
use leptos::prelude::*;

use crate::plain::verify::framed;
use crate::ui::format;

/// What the staff have of a kind. `style` is the address of the style sheet.
#[must_use]
pub fn readings(profile: &Profile, style: &str, view: TextsView) -> String {
    let base = format!("/{}/staff/reading", profile.key);
    let tab = |kind: &TextKind| {
        let here = (*kind == view.kind).then_some("page");
        view! { <a href=format!("{base}?kind={}", kind.code()) aria-current=here>{kind.term()}</a> }
    };
    let next = view.next.as_ref().map(|id| {
        let href = format!("{base}?kind={}&after={id}", view.kind.code());
        view! { <nav class="pager" aria-label="翻页"><a class="button button--secondary" href=href rel="next">"下一页"</a></nav> }
    });
    let line = |line: &TextLine| {
        let href = format!("{base}/{}/{}", line.kind.code(), line.id);
        let on = line.on.map(|on| view! { <time datetime=on.to_string()>{format::date(on)}</time> });
        view! { <li><a href=href>{line.title.clone()}</a> {on}</li> }
    };
    let lines = match view.lines.is_empty() {
        true => view! { <p class="empty">"目前没有内容。"</p> }.into_any(),
        false => {
            view! { <div class="card"><ul class="link-list">{view.lines.iter().map(line).collect_view()}</ul></div> }.into_any()
        }
    };
    let body = view! {
        <h1>{view.kind.term()}</h1>
        <nav class="tabs" aria-label="内容种类">{TextKind::ALL.iter().map(tab).collect_view()}</nav>
        <p class="hint">"包括只给财政部门工作人员看的内容。"</p>
        {lines}
        {next}
    };
    framed(profile, style, "通知和政策", body.into_any())
}

/// One of them.
#[must_use]
pub fn reading(profile: &Profile, style: &str, view: TextView) -> String {
    let list = format!("/{}/staff/reading?kind={}", profile.key, view.kind.code());
    let files = view.files.iter().map(|file| {
        let text = format!("附件：{}（{}）", file.name, format::bytes(file.bytes));
        view! { <p><a class="way" href=format!("/{}/text-files/{}", profile.key, file.id)>{text}</a></p> }
    });
    let files = files.collect_view();
    let force = view.regulation.as_ref().map(|of| {
        let about = format!("{} {}，{}施行，{}", of.issuer, of.number, format::date(of.effective_on), of.force.term());
        view! { <p>{about}</p> }
    });
    let body = view! {
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=list>{view.kind.term()}</a></li>
                <li aria-current="page">{view.title.clone()}</li>
            </ol>
        </nav>
        <h1>{view.title.clone()}</h1>
        {view.on.map(|on| view! { <p class="muted">{format!("发布日期：{}", format::date(on))}</p> })}
        {force}
        <div class="card" inner_html=view.html></div>
        {files}
    };
    framed(profile, style, "通知和政策", body.into_any())
}
