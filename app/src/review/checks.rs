//! 自动核对: what a machine can tell about a case. It advises and never decides.

use domain::case::{Check, Level};
use domain::review::view::CaseView;
use leptos::prelude::*;

use super::bench::Bench;
use super::proof::way;
use super::{keys, words};
use crate::ui::finding::finding;

/// The findings: what needs a look first, the rest folded away.
pub(super) fn checks(view: &CaseView, bench: Bench) -> AnyView {
    let kind = "employment.employer_kind";
    let rows = || view.sections.iter().flat_map(|section| &section.rows);
    let employer_kind = rows().find(|row| row.item == kind).map(|row| row.value.clone()).unwrap_or_default();
    let line = |check: &Check| {
        let (word, class) = words::level(check.level);
        let slot = || check.item.strip_prefix("attachment.").and_then(|slot| view.file_titles.get(slot).cloned());
        let label = rows().find(|row| row.item == check.item).map(|row| row.label.clone()).or_else(slot);
        let item = check.item.clone();
        // With scripts only what belongs to the paper on the stage is there to go to.
        let go = move |_| keys::go(bench, &item);
        let place = label.map(|label| view! { <a href=way(&check.item) rel="external" on:click=go>{label}</a> " " });
        view! { <li><span class=class>{word}</span> " " {place} {finding(check, &employer_kind)}</li> }
    };
    let (fine, doubtful): (Vec<_>, Vec<_>) = view.checks.iter().partition(|check| check.level == Level::Fine);
    let count = fine.len();
    let fine = fine.into_iter().map(line).collect_view();
    let head = match doubtful.len() {
        0 => "没有发现需要留意的内容。".to_owned(),
        n => format!("有 {n} 处请留意："),
    };
    view! {
        <section aria-labelledby="case-checks">
            <h2 id="case-checks">"自动核对"</h2>
            <p>{head}</p>
            <ul>{doubtful.into_iter().map(line).collect_view()}</ul>
            <details>
                <summary>{format!("核对一致的 {count} 项")}</summary>
                <ul>{fine}</ul>
            </details>
            <p class="hint">"自动核对只供参考，以审核人员的判断为准。"</p>
        </section>
    }
    .into_any()
}
