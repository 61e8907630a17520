//! 个人档案, under the province's name for it (人员档案, 信息查询, 登记信息): the record, its timeline, who looked, and the papers.

pub mod api;
mod history;
mod looks;
mod papers;
mod show;

use domain::record::view::{HistoryView, LooksView, OwnRecordView, PapersView};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use crate::site::{fetched, use_source};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;

/// What the page shows. Only the first has an address of its own: another would be in the program that every visitor fetches.
#[derive(Clone, Serialize, Deserialize)]
enum Shown {
    Record(Box<OwnRecordView>),
    History(HistoryView, String),
    Looks(LooksView),
    Papers(Box<PapersView>),
}

/// Which of them.
#[derive(Clone, PartialEq)]
enum Asked {
    Record,
    History(String),
    Looks,
    Papers(String, String),
}

/// 个人档案; with `show=history` 档案时间线, of one kind where `of` names it; with `show=looks` 查阅记录; with `show=papers` 证照库, for a slot
/// where `case` and `slot` name it.
#[component]
pub fn RecordPage() -> impl IntoView {
    let (source, query) = (use_source(), use_query_map());
    let of = move |name: &str| query.with(|query| query.get(name)).unwrap_or_default();
    let asked = Memo::new(move |_| match of("show").as_str() {
        "history" => Asked::History(of("of")),
        "looks" => Asked::Looks,
        "papers" => Asked::Papers(of("case"), of("slot")),
        _ => Asked::Record,
    });
    let data = fetched(
        move || (source.get(), asked.get()),
        async |((province, _), asked)| match asked {
            Asked::Record => api::show(province).await.map(|view| Shown::Record(Box::new(view))),
            Asked::History(of) => api::history(province, of.clone()).await.map(|view| Shown::History(view, of)),
            Asked::Looks => api::looks(province).await.map(Shown::Looks),
            Asked::Papers(case, slot) => api::papers(province, case, slot).await.map(|view| Shown::Papers(Box::new(view))),
        },
    );
    page("个人档案", data, |frame, shown| match shown {
        Shown::Record(view) => show::draw(&frame, &view),
        Shown::History(view, of) => history::draw(&frame, &view, &of),
        Shown::Looks(view) => looks::draw(&frame, &view),
        Shown::Papers(view) => papers::draw(&frame, &view),
    })
}

/// The pages beside each other: the word of the address, and what each is called.
const PAGES: [(&str, &str); 4] = [("", "档案信息"), ("history", "档案时间线"), ("looks", "查阅记录"), ("papers", "证照库")];

/// The way to one of them.
fn way(frame: &Frame, word: &str) -> String {
    if word.is_empty() { frame.path("record") } else { frame.path(&format!("record?show={word}")) }
}

/// The head of each of them: its title, the way to it, and the others beside it. `error` stands above the heading.
fn head(frame: &Frame, word: &'static str, error: Option<AnyView>) -> AnyView {
    let record = frame.site.province.record.clone();
    let name = PAGES.iter().find(|(of, _)| *of == word).map_or("", |of| of.1);
    let title = if word.is_empty() { record.clone() } else { name.to_owned() };
    let text = format!("{title} – {}", frame.site.province.title);
    let mut trail = vec![("业务办理".to_owned(), frame.path("services"))];
    if !word.is_empty() {
        trail.push((record.clone(), frame.path("record")));
    }
    let tab = |(of, name): (&'static str, &'static str)| {
        let href = way(frame, of);
        view! { <a href=href aria-current=(of == word).then_some("page")>{name}</a> }
    };
    view! {
        <leptos_meta::Title text=text />
        <Breadcrumbs trail=trail here=title.clone() />
        {error}
        <h1 tabindex="-1">{title}</h1>
        <nav class="tabs" aria-label=record>{PAGES.into_iter().map(tab).collect_view()}</nav>
    }
    .into_any()
}

/// What somebody reads who has no record yet.
fn none_yet(frame: &Frame) -> AnyView {
    let (text, href) = (format!("{}审核通过后，可以在这里查看。", frame.intake()), frame.path("intake"));
    view! {
        <div class="empty">
            <strong>"还没有建立档案"</strong>
            <p>{text}</p>
            <p class="button-row"><a class="button" href=href>{format!("去办理{}", frame.intake())}</a></p>
        </div>
    }
    .into_any()
}
