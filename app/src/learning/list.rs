//! The conversions of a person: kind, year, amount, state, reason and proofs (手册甲 三（三）, 手册乙 7.3 继续教育管理).

use domain::case::Status;
use domain::learning::Credits;
use domain::learning::view::{ConversionLine, ConversionsView, LearningWords};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{api, record};
use crate::site::{fetched, use_source};
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::words as common;

/// 继续教育学分折算, 继续教育管理.
#[component]
pub fn ConversionsPage() -> impl IntoView {
    let source = use_source();
    let query = use_query_map();
    let done = Memo::new(move |_| query.with(|query| query.get("done")));
    let data = fetched(move || (source.get(), done.get()), |((province, _), _)| api::conversions(province));
    page("学分折算", data, move |frame, view| draw(&frame, &view, done.get_untracked().is_some()))
}

fn draw(frame: &Frame, view: &ConversionsView, is_deleted: bool) -> AnyView {
    let words = &view.words;
    let title = words.management.clone();
    let name = format!("{title} – {}", frame.site.province.title);
    let mut trail = record::trail(frame);
    trail.push(("继续教育", frame.path("learning")));
    let state = FormState::new([("case", "申请")], view.flash.as_ref());
    let said = is_deleted.then(|| view! { <div class="notice notice--success" role="status"><p>"已删除。"</p></div> });
    let new = words.is_collected.then(|| {
        let word = format!("申请{}", words.converting);
        view! { <p class="button-row"><a class="button" href=frame.path("learning/conversions/new")>{word}</a></p> }
    });
    let lines = view.lines.iter().map(|line| self::line(frame, view, line, state)).collect_view();
    let body = match view.lines.is_empty() {
        true => view! { <p class="empty">{format!("还没有申请过{}{}。", words.unit, words.converting)}</p> }.into_any(),
        false => view! { <ul class="stack">{lines}</ul> }.into_any(),
    };
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=trail here=title.clone() />
        <ErrorSummary state=state />
        <h1 tabindex="-1">{title}</h1>
        {said}
        {record::collect_first(frame, words)}
        {new}
        {body}
    }
    .into_any()
}

/// What a status is called here: by the manual's word, and one that the bureau took back is not just ended.
pub(super) fn status(words: &LearningWords, status: Status) -> (String, &'static str) {
    match (status, &words.returned) {
        (Status::Closed, _) => ("已撤销".to_owned(), "tag tag--red"),
        (Status::Returned, Some(word)) => (word.clone(), common::status_class(status)),
        (other, _) => (common::status(other).to_owned(), common::status_class(other)),
    }
}

/// The list in each state, for the gallery.
#[cfg(feature = "ssr")]
pub(super) fn lines(frame: &Frame, view: &ConversionsView) -> AnyView {
    let state = FormState::new([("case", "申请")], None);
    let lines = view.lines.iter().map(|line| self::line(frame, view, line, state)).collect_view();
    view! { <ul class="stack">{lines}</ul> }.into_any()
}

fn line(frame: &Frame, view: &ConversionsView, line: &ConversionLine, state: FormState) -> AnyView {
    let (word, class) = status(&view.words, line.status);
    let unit = &view.words.unit;
    let href = frame.path(&format!("learning/conversions/{}", line.case));
    let amount = (line.amount != Credits::ZERO).then(|| {
        let what = if line.status == Status::Approved { "已登记" } else { "申请" };
        format!("，{what} {} {unit}", line.amount)
    });
    let number = if line.number.is_empty() { String::new() } else { format!("，受理编号 {}", line.number) };
    let facts = format!("{} 年度{}{number}", line.year, amount.unwrap_or_default());
    let reason = (!line.reason.is_empty()).then(|| view! { <p class="item__reason">{format!("原因：{}", line.reason)}</p> });
    let proof = |(id, title): &(String, String)| {
        view! { <a href=frame.path(&format!("files/{id}")) rel="external" target="_blank">{title.clone()}</a> " " }
    };
    let proofs = (!line.proofs.is_empty())
        .then(|| view! { <p class="hint">"证明材料（新窗口打开）：" {line.proofs.iter().map(proof).collect_view()}</p> });
    let word_of = match line.status {
        Status::Draft => "继续填写",
        Status::Returned => "修改后重新提交",
        Status::Submitted | Status::Approved | Status::Closed => "查看",
    };
    view! {
        <li class="card">
            <h2>{line.name.clone()} " " <span class=class>{word}</span></h2>
            <p>{facts}</p>
            {reason}
            {proofs}
            <div class="button-row">
                <a class="button button--secondary" href=href>{word_of}<span class="hidden-visually">{format!("：{}", line.name)}</span></a>
                {line.may_delete.then(|| delete(frame, line, state))}
            </div>
        </li>
    }
    .into_any()
}

fn delete(frame: &Frame, line: &ConversionLine, state: FormState) -> AnyView {
    remove(&frame.key, (line.case.as_str(), line.version), &line.name, state)
}

/// 删除, of what is a draft, waits, or was returned.
pub(super) fn remove(key: &str, (case, version): (&str, i64), name: &str, state: FormState) -> AnyView {
    let (key, case, version, spoken) = (key.to_owned(), case.to_owned(), version.to_string(), format!("：{name}"));
    view! {
        <PostForm action="/api/learning/conversion/delete" state=state province=key>
            <input type="hidden" name=name_of("case") value=case />
            <input type="hidden" name=name_of("version") value=version />
            <button type="submit" class="button button--quiet">"删除"<span class="hidden-visually">{spoken}</span></button>
        </PostForm>
    }
    .into_any()
}
