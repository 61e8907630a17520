//! 通知公告, 操作指南, 政策法规 and 常见问题 as readers have them, and the search over all of them.

use domain::portal::text_view::{FoundView, RegulationView, TextFile, TextLine, TextView, TextsView};
use domain::portal::{Force, Subject, TextKind};
use leptos::prelude::*;

use super::{api, asked, param};
use crate::site::{fetched, use_source};
use crate::ui::format;
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;

/// The texts of a kind.
#[component]
pub fn TextsPage() -> impl IntoView {
    let (source, kind, subject, after) = (use_source(), param("kind"), asked("subject"), asked("after"));
    let data = fetched(
        move || (source.get(), kind.get(), subject.get(), after.get()),
        |((province, _), kind, subject, after)| api::texts(province, kind, subject, after),
    );
    page("网站内容", data, |frame, view: TextsView| {
        let (kind, base) = (view.kind, frame.path(&format!("texts/{}", view.kind.code())));
        let chosen = view.subject.map(|subject| format!("subject={}&", subject.code())).unwrap_or_default();
        let next = view.next.map(|id| {
            let href = format!("{base}?{chosen}after={id}");
            view! { <nav class="pager" aria-label="翻页"><a class="button button--secondary" href=href rel="next">"下一页"</a></nav> }
        });
        let subjects = matches!(kind, TextKind::Question | TextKind::Regulation).then(|| subjects(&base, view.subject));
        view! {
            {titled(&frame, kind.term())}
            <h1 tabindex="-1">{kind.term()}</h1>
            {search_box(&frame, "")}
            {subjects}
            <div class="card">{lines(&frame, view.lines)}</div>
            {next}
        }
    })
}

fn titled(frame: &Frame, title: &str) -> AnyView {
    let text = format!("{title} – {}", frame.site.province.title);
    view! { <leptos_meta::Title text /> }.into_any()
}

/// The subjects as links; the chosen one is marked.
fn subjects(base: &str, chosen: Option<Subject>) -> AnyView {
    let link = |(href, label, is_here): (String, &'static str, bool)| {
        view! { <a href=href aria-current=is_here.then_some("page")>{label}</a> }
    };
    let all = std::iter::once((base.to_owned(), "全部", chosen.is_none()));
    let each = Subject::ALL.iter().map(|one| (format!("{base}?subject={}", one.code()), one.term(), chosen == Some(*one)));
    view! { <nav class="tabs" aria-label="按主题查看">{all.chain(each).map(link).collect_view()}</nav> }.into_any()
}

/// The titles as links, each with its date.
pub(crate) fn lines(frame: &Frame, lines: Vec<TextLine>) -> AnyView {
    if lines.is_empty() {
        return view! { <p class="muted">"目前没有内容。"</p> }.into_any();
    }
    let line = |line: TextLine| line_of(frame, line, None);
    view! { <ul class="link-list">{lines.into_iter().map(line).collect_view()}</ul> }.into_any()
}

fn line_of(frame: &Frame, line: TextLine, kind: Option<&'static str>) -> AnyView {
    let href = frame.path(&format!("texts/{}/{}", line.kind.code(), line.id));
    let kind = kind.map(|kind| view! { <span class="tag tag--grey">{kind}</span> });
    let pinned = line.is_pinned.then(|| view! { <span class="tag tag--orange">"置顶"</span> });
    let about = (!line.about.is_empty()).then(|| view! { <span class="muted">{line.about}</span> });
    view! { <li>{kind} {pinned} <a href=href>{line.title}</a> {line.force.map(force)} {about} {line.on.map(date)}</li> }
        .into_any()
}

fn force(force: Force) -> AnyView {
    let class = match force {
        Force::Not => "tag tag--blue",
        Force::In => "tag tag--green",
        Force::Repealed => "tag tag--grey",
    };
    view! { <span class=class>{force.term()}</span> }.into_any()
}

fn date(on: chrono::NaiveDate) -> AnyView {
    view! { <time datetime=on.to_string()>{format::date(on)}</time> }.into_any()
}

/// One text.
#[component]
pub fn TextPage() -> impl IntoView {
    let (source, kind, id, said) = (use_source(), param("kind"), param("id"), asked("said"));
    let data = fetched(move || (source.get(), kind.get(), id.get()), |((province, _), kind, id)| api::text(province, kind, id));
    page("网站内容", data, move |frame, view: TextView| {
        let TextView { kind, id, title, on, html, regulation, files } = view;
        let list = frame.path(&format!("texts/{}", kind.code()));
        let useful = (kind == TextKind::Question).then(|| useful(&frame, &id, !said.get_untracked().is_empty()));
        view! {
            {titled(&frame, &title)}
            <Breadcrumbs trail=vec![(kind.term(), list)] here=title.clone() />
            <h1 tabindex="-1">{title}</h1>
            {on.map(|on| view! { <p class="muted">"发布日期：" {date(on)}</p> })}
            {regulation.map(|regulation| facts(&frame, regulation))}
            <div class="card text" inner_html=html></div>
            {attached(&frame, files)}
            {useful}
        }
    })
}

fn facts(frame: &Frame, of: RegulationView) -> AnyView {
    let repealed = of.repealed_on.map(|on| {
        let by = match of.repealed_by_id {
            Some(id) => view! { <a href=frame.path(&format!("texts/regulations/{id}"))>{of.repealed_by.clone()}</a> }.into_any(),
            None => of.repealed_by.clone().into_any(),
        };
        view! { <div><dt>"废止"</dt><dd>{format::date(on)} "起由" {by} "废止"</dd></div> }
    });
    let number = (!of.number.is_empty()).then(|| view! { <div><dt>"文号"</dt><dd>{of.number}</dd></div> });
    view! {
        <dl class="summary-list">
            <div><dt>"效力"</dt><dd>{force(of.force)}</dd></div>
            {number}
            <div><dt>"发文机关"</dt><dd>{of.issuer}</dd></div>
            <div><dt>"发文日期"</dt><dd>{format::date(of.issued_on)}</dd></div>
            <div><dt>"施行日期"</dt><dd>{format::date(of.effective_on)}</dd></div>
            {repealed}
        </dl>
    }
    .into_any()
}

fn attached(frame: &Frame, files: Vec<TextFile>) -> Option<AnyView> {
    (!files.is_empty()).then(|| {
        let file = |file: TextFile| {
            let href = frame.path(&format!("text-files/{}", file.id));
            let text = format!("{}（{}）", file.name, format::bytes(file.bytes));
            view! { <li><a href=href rel="external">{text}</a></li> }
        };
        view! {
            <section aria-labelledby="attached">
                <h2 id="attached">"附件"</h2>
                <ul>{files.into_iter().map(file).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

/// Plain forms, with or without scripts.
fn useful(frame: &Frame, id: &str, is_said: bool) -> AnyView {
    if is_said {
        return view! { <div class="notice notice--success" role="status"><p>"谢谢，已经记下。"</p></div> }.into_any();
    }
    let action = frame.path(&format!("texts/questions/{id}/useful"));
    view! {
        <form method="post" action=action class="button-row" aria-label="这个回答有帮助吗">
            <span>"这个回答有帮助吗？"</span>
            <button type="submit" name="useful" value="yes" class="button button--secondary">"有帮助"</button>
            <button type="submit" name="useful" value="no" class="button button--secondary">"没有帮助"</button>
        </form>
    }
    .into_any()
}

/// The search over all texts.
#[component]
pub fn SearchPage() -> impl IntoView {
    let (source, words) = (use_source(), asked("words"));
    let data = fetched(move || (source.get(), words.get()), |((province, _), words)| api::search(province, words));
    page("搜索", data, |frame, view: FoundView| {
        let found = (!view.words.is_empty()).then(|| found(&frame, &view));
        view! {
            <h1 tabindex="-1">"搜索"</h1>
            <p class="lead">"在政策法规、常见问题、操作指南和通知公告中查找。"</p>
            {search_box(&frame, &view.words)}
            {found}
        }
    })
}

fn found(frame: &Frame, view: &FoundView) -> AnyView {
    if view.lines.is_empty() {
        let text = format!("没有找到“{}”。可以换一个词，或者只填写标题的拼音首字母，例如 jxjy。", view.words);
        return view! { <p class="empty" role="status">{text}</p> }.into_any();
    }
    let count = match view.has_more {
        true => format!("找到的内容较多，下面是前 {} 条，可以加上别的词缩小范围。", view.lines.len()),
        false => format!("找到 {} 条。", view.lines.len()),
    };
    let line = |line: &TextLine| line_of(frame, line.clone(), Some(line.kind.term()));
    view! {
        <p role="status">{count}</p>
        <div class="card"><ul class="link-list">{view.lines.iter().map(line).collect_view()}</ul></div>
    }
    .into_any()
}

/// A plain form that leads to the search.
pub(super) fn search_box(frame: &Frame, words: &str) -> AnyView {
    view! {
        <form class="filters" method="get" action=frame.path("search") role="search" aria-label="搜索网站内容">
            <div class="field">
                <label for="words">"搜索内容"</label>
                <p class="field__hint" id="words-hint">"填写词语，或者标题的拼音首字母，例如 jxjy。"</p>
                <input type="text" id="words" name="words" value=words.to_owned() autocomplete="off" aria-describedby="words-hint" />
            </div>
            <div class="button-row"><button type="submit" class="button button--secondary">"搜索"</button></div>
        </form>
    }
    .into_any()
}
