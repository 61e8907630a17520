//! The answers, by the paper that proves them; those of the paper on the stage first.

use std::collections::{BTreeMap, BTreeSet};

use domain::case::view::FileView;
use domain::case::{FileChange, Row};
use domain::review::view::CaseView;
use leptos::prelude::*;

use super::bench::{Bench, id_of_item, slot_of};
use super::evidence::{address, numbered, slots, title};
use super::item::{Desk, Item, changed, item};
use crate::ui::format;
use crate::ui::marked::marked;
use crate::ui::page::Frame;
use crate::ui::upload::cut;

/// What a second look needs not repeat: what was the same and right the time before.
pub(super) struct Fresh(Option<BTreeSet<String>>);

impl Fresh {
    pub fn of(view: &CaseView) -> Self {
        let Some(before) = view.rounds.last() else { return Self(None) };
        let changes = view.changes.iter().map(|change| change.item.clone());
        let files = view.file_changes.iter().map(|change| format!("attachment.{}", change.slot));
        let rejected = before.rejected.iter().map(|verdict| verdict.item.clone());
        Self(Some(changes.chain(files).chain(rejected).chain(view.explanations.keys().cloned()).collect()))
    }

    fn has(&self, item: &str) -> bool {
        self.0.as_ref().is_none_or(|fresh| fresh.contains(item))
    }

    /// The slot of the first paper with something new; `None` where everything is.
    pub fn first(&self, view: &CaseView) -> Option<String> {
        let fresh = self.0.as_ref()?;
        let has = |slot: &str| {
            fresh.contains(&format!("attachment.{slot}"))
                || view.proofs.get(slot).is_some_and(|items| items.iter().any(|item| fresh.contains(item)))
        };
        view.files.iter().map(|(slot, _)| slot).find(|slot| has(slot)).cloned()
    }
}

/// A group for each paper, and one for what no paper proves.
pub(super) fn groups(frame: &Frame, view: &CaseView, desk: &Desk, fresh: &Fresh) -> AnyView {
    let bench = desk.bench;
    let homes: BTreeMap<&str, &str> =
        view.proofs.iter().flat_map(|(slot, items)| items.iter().map(move |item| (item.as_str(), slot.as_str()))).collect();
    let slots = slots(view);
    let papers = slots.iter().map(|(slot, files)| {
        let of = slot.clone();
        // Without scripts all stand below each other; with them only what belongs to the paper on the stage.
        let is_away = move || bench.is_awake.get() && bench.shown.with(|key| slot_of(key) != of);
        let id = format!("proof-{slot}");
        let paper = paper(frame, view, desk, slot, files);
        let facts = facts(view, desk, fresh, |item| homes.get(item) == Some(&slot.as_str()));
        view! {
            <section aria-labelledby=id.clone() hidden=is_away>
                <h2 id=id.clone()>{format!("{}证明的内容", title(view, slot))}</h2>
                {paper}
                {facts}
            </section>
        }
    });
    let papers = papers.collect_view();
    let others = facts(view, desk, fresh, |item| !homes.contains_key(item));
    let head = if view.proofs.is_empty() { "填写的内容" } else { "其他填写的内容" };
    view! {
        {papers}
        <section aria-labelledby="proof-others">
            <h2 id="proof-others">{head}</h2>
            {others}
        </section>
    }
    .into_any()
}

/// The answers of a group, the new ones first; those that were seen the time before are folded away.
fn facts(view: &CaseView, desk: &Desk, fresh: &Fresh, is_of: impl Fn(&str) -> bool) -> AnyView {
    let rows = || view.sections.iter().flat_map(|section| section.rows.iter().map(move |row| (section.title.as_str(), row)));
    let of: Vec<_> = rows().filter(|(_, row)| is_of(&row.item)).collect();
    let (new, old): (Vec<_>, Vec<_>) = of.into_iter().partition(|(_, row)| fresh.has(&row.item));
    let count = old.len();
    let old = (count > 0).then(|| {
        view! { <details class="seen-before"><summary>{format!("上次已看 {count} 项")}</summary>{lines(view, desk, &old)}</details> }
    });
    view! { {lines(view, desk, &new)} {old} }.into_any()
}

fn lines(view: &CaseView, desk: &Desk, rows: &[(&str, &Row)]) -> AnyView {
    let mut before = None;
    let mut parts = Vec::new();
    for &(section, row) in rows {
        let head = row.group.as_deref().unwrap_or(section);
        if before != Some(head) {
            parts.push(view! { <h3>{head.to_owned()}</h3> }.into_any());
        }
        before = Some(head);
        parts.push(fact(view, desk, row));
    }
    parts.collect_view().into_any()
}

fn fact(view: &CaseView, desk: &Desk, row: &Row) -> AnyView {
    let value = if row.value.is_empty() { "未填写".to_owned() } else { row.value.clone() };
    let change = view.changes.iter().find(|change| change.item == row.item && change.now.is_some()).map(changed);
    let heading = view! { <p class="item__label">{row.label.clone()}</p> }.into_any();
    let body = view! { <p class="item__value"><strong>{value}</strong></p> }.into_any();
    let explanation = view.explanations.get(&row.item).cloned();
    let before = last_reason(view, &row.item);
    item(desk, Item { item: row.item.clone(), label: row.label.clone(), heading, body, change, explanation, before })
}

/// Why it was rejected the time before.
fn last_reason(view: &CaseView, item: &str) -> Option<String> {
    let rejected = view.rounds.last()?.rejected.iter().find(|verdict| verdict.item == item)?;
    Some(rejected.reason.clone())
}

/// The paper itself, which can be judged too.
fn paper(frame: &Frame, view: &CaseView, desk: &Desk, slot: &str, files: &[&FileView]) -> AnyView {
    let title = title(view, slot);
    let name = format!("attachment.{slot}");
    let fact = |(n, file): (usize, &&FileView)| about(frame, desk.bench, &numbered(&title, n, files.len()), file);
    let files = files.iter().enumerate().map(fact).collect_view();
    let body = view! { <div class="item__value">{files} {former(frame, view, desk.bench, slot)}</div> }.into_any();
    let change = view.file_changes.iter().find(|change| change.slot == slot).map(replaced);
    let heading = view! { <p class="item__label">"这份材料"</p> }.into_any();
    let (explanation, before) = (view.explanations.get(&name).cloned(), last_reason(view, &name));
    item(desk, Item { item: name, label: title, heading, body, change, explanation, before })
}

/// The pictures of the round before, where others came in their place; with scripts they stand on the stage.
fn former(frame: &Frame, view: &CaseView, bench: Bench, slot: &str) -> AnyView {
    let rejected = || view.rounds.last().into_iter().flat_map(|round| &round.rejected);
    let files = view.former.iter().filter(|(of, _)| of == slot).enumerate();
    let pictures = files.map(|(nth, (_, file))| {
        let marks = rejected().filter_map(|verdict| verdict.mark.as_ref()).filter(|mark| mark.slot == slot && mark.nth == nth);
        let (head, alt) = match view.is_change {
            true => ("档案中的：", "档案中的材料"),
            false => ("上次提交的：", "上次提交的材料"),
        };
        view! { <p class="hint">{head}</p> {marked(address(frame, file), alt, marks)} }
    });
    view! { <div hidden=move || bench.is_awake.get()>{pictures.collect_view()}</div> }.into_any()
}

fn replaced(change: &FileChange) -> AnyView {
    if change.before.is_some() { "本次更换了文件".into_any() } else { "本次新上传".into_any() }
}

/// What is known of a file, and the way to it.
fn about(frame: &Frame, bench: Bench, title: &str, file: &FileView) -> AnyView {
    let href = address(frame, file);
    let FileView { name, bytes, width, height, uploaded_at, .. } = file;
    let facts = format!("{name} · {} · {width}×{height} · {}", format::bytes(*bytes), format::instant(*uploaded_at));
    let remark = (!file.remark.is_empty()).then(|| {
        view! { <div class="notice notice--info"><p><strong>{format!("申请人的说明（{title}）：")}</strong>{file.remark.clone()}</p></div> }
    });
    view! {
        <p class="hint">
            {facts}
            " "
            <a href=href.clone() target="_blank" rel="external noopener">"在新窗口打开"<span class="hidden-visually">{format!("：{title}")}</span></a>
        </p>
        {cut(file).map(|text| view! { <p class="hint">{text}"。"</p> })}
        {remark}
        <div class="upload__preview" hidden=move || bench.is_awake.get()>
            <a href=href.clone() target="_blank" rel="external noopener">
                <img src=href.clone() alt=format!("查看：{title}") loading="lazy" />
            </a>
        </div>
    }
    .into_any()
}

/// The way from a place in the text to an item.
pub(super) fn way(item: &str) -> String {
    format!("#{}", id_of_item(item))
}
