//! What came before: what changed since the last round, earlier rounds, and the timeline.

use std::collections::BTreeMap;

use domain::case::Section;
use domain::case::Status;
use domain::case::view::TimelineItem;
use domain::review::view::{CaseView, RoundView};
use leptos::prelude::*;

use super::bench::Bench;
use super::item::changed;
use super::proof::way;
use crate::ui::{format, words};

/// What changed since the round before, each with the way to it.
pub(super) fn changes(view: &CaseView, bench: Bench) -> AnyView {
    if view.rounds.is_empty() && !view.is_change {
        return ().into_any();
    }
    let answers = view.changes.iter().map(|change| {
        let words = changed(change);
        let item = change.item.clone();
        let go = move |_| super::keys::go(bench, &item);
        match change.now {
            Some(_) => {
                view! { <li><a href=way(&change.item) rel="external" on:click=go>{change.label.clone()}</a> " " {words}</li> }
                    .into_any()
            }
            None => view! { <li>{change.label.clone()} " " {words}</li> }.into_any(),
        }
    });
    let files = view.file_changes.iter().map(|change| {
        let title = view.file_titles.get(&change.slot).cloned().unwrap_or_default();
        let item = format!("attachment.{}", change.slot);
        let href = way(&item);
        // With scripts only the file in the viewer is there to go to.
        let go = move |_| super::keys::go(bench, &item);
        match (&change.before, &change.now) {
            (_, None) => view! { <li>{title} " 本次不再提交"</li> }.into_any(),
            (None, _) => view! { <li><a href=href on:click=go>{title}</a> " 本次新上传"</li> }.into_any(),
            (Some(_), Some(_)) => view! { <li><a href=href on:click=go>{title}</a> " 本次更换了文件"</li> }.into_any(),
        }
    });
    let count = view.changes.len() + view.file_changes.len();
    let head = match (view.is_change, count) {
        (true, _) => format!("与档案相比有 {count} 处变化，其他内容不变："),
        (false, 0) => "与上次提交的内容相同。".to_owned(),
        (false, _) => format!("与上次提交相比有 {count} 处变化："),
    };
    view! {
        <section aria-labelledby="case-changes">
            <h2 id="case-changes">"本次修改"</h2>
            <p>{head}</p>
            <ul>{answers.chain(files).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// Earlier rounds, newest first, folded away.
pub(super) fn rounds(view: &CaseView) -> AnyView {
    if view.rounds.is_empty() {
        return ().into_any();
    }
    let rounds = view.rounds.iter().rev().map(|round| one(view, round)).collect_view();
    view! {
        <section aria-labelledby="case-rounds">
            <h2 id="case-rounds">"以前的提交"</h2>
            {rounds}
        </section>
    }
    .into_any()
}

fn one(view: &CaseView, round: &RoundView) -> AnyView {
    let labels: BTreeMap<&str, &str> =
        round.sections.iter().flat_map(|section| &section.rows).map(|row| (row.item.as_str(), row.label.as_str())).collect();
    let label = |item: &str| match item.strip_prefix("attachment.") {
        Some(slot) => view.file_titles.get(slot).cloned().unwrap_or_default(),
        None => labels.get(item).copied().unwrap_or_default().to_owned(),
    };
    let rejected = round.rejected.iter().map(|verdict| view! { <li>{label(&verdict.item)} "：" {verdict.reason.clone()}</li> });
    view! {
        <details>
            <summary>{format!("第 {} 次提交，{}", round.round, format::instant(round.submitted_at))}</summary>
            {(!round.remark.is_empty()).then(|| view! { <p>{format!("申请人备注：{}", round.remark)}</p> })}
            {(!round.rejected.is_empty()).then(|| view! { <h3>"当时未通过"</h3> <ul>{rejected.collect_view()}</ul> })}
            {round.sections.iter().map(answers).collect_view()}
        </details>
    }
    .into_any()
}

fn answers(section: &Section) -> AnyView {
    let rows = section.rows.iter().map(|row| {
        let value = if row.value.is_empty() { "未填写".to_owned() } else { row.value.clone() };
        view! { <div><dt>{row.label.clone()}</dt><dd>{value}</dd></div> }
    });
    view! {
        <h3>{section.title.clone()}</h3>
        <dl class="summary-list">{rows.collect_view()}</dl>
    }
    .into_any()
}

/// Everything that happened to the case.
pub(super) fn timeline(items: &[TimelineItem]) -> AnyView {
    let last = items.len();
    let lines = items.iter().enumerate().map(|(nth, item)| {
        let state = match item.status {
            Status::Returned | Status::Closed => "bad",
            _ if nth + 1 == last => "now",
            _ => "done",
        };
        let note = (!item.note.is_empty()).then(|| view! { <p>{item.note.clone()}</p> });
        view! {
            <li data-state=state>
                <strong>{words::action(item.action)}</strong>
                <time class="timeline__time" datetime=format::machine(item.at)>{format::instant(item.at)}</time>
                <p>{item.who.clone()}</p>
                {note}
            </li>
        }
    });
    view! {
        <section aria-labelledby="case-timeline">
            <h2 id="case-timeline">"办理经过"</h2>
            <ol class="timeline">{lines.collect_view()}</ol>
        </section>
    }
    .into_any()
}
