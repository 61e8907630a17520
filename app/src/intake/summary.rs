//! Questions and answers in words: on 信息核对 with ways to change them, on 申报进度 without.

use std::collections::{BTreeMap, BTreeSet};

use domain::case::{Row, Section};
use domain::intake::Back;
use leptos::prelude::*;

use crate::ui::form::id_of;

/// Where the answers can be changed: the key of the province, and what may be changed (`None` when everything may).
pub struct Edit<'a> {
    pub key: &'a str,
    pub open: Option<&'a BTreeSet<String>>,
    /// The item that is as registered, while it may not be changed.
    pub fixed: Option<&'a str>,
}

impl Edit<'_> {
    fn is_open(&self, item: &str) -> bool {
        self.open.is_none_or(|open| open.contains(item))
    }

    /// One way for the whole section, which leads back here.
    fn way(&self, section: &Section) -> AnyView {
        let empty = || section.rows.is_empty() && self.is_open(&format!("{}.rows", section.key));
        let is_open = section.rows.iter().any(|row| self.is_open(&row.item)) || empty();
        let href = Back::on(Some(Back::Check), &format!("/{}/intake/{}", self.key, section.key));
        change(is_open, href, section.title.clone())
    }

    /// What is to be said of one answer: after a return that it is open, and that it comes from the registration.
    fn note(&self, item: &str) -> Option<&'static str> {
        if self.fixed == Some(item) {
            return Some("注册信息");
        }
        self.open.and_then(|open| open.contains(item).then_some("可以修改"))
    }
}

/// 修改 of a section, or why it stays as it is.
pub fn change(is_open: bool, href: String, title: String) -> AnyView {
    if is_open {
        view! { <a href=href rel="external">"修改"<span class="hidden-visually">{title}</span></a> }.into_any()
    } else {
        view! { <span class="muted">"已核对"</span> }.into_any()
    }
}

/// Every section with its answers. With `is_nested` the headings are one level lower.
pub fn sections(sections: &[Section], edit: Option<&Edit>, is_nested: bool) -> AnyView {
    sections.iter().map(|section| draw(section, edit, is_nested, None)).collect_view().into_any()
}

/// Every section with its answers, and what is to be said beside some of them, by item.
pub fn sections_with(sections: &[Section], notes: &Notes) -> AnyView {
    sections.iter().map(|section| draw(section, None, false, Some(notes))).collect_view().into_any()
}

/// What is said beside answers, by item.
type Notes = BTreeMap<String, String>;

fn draw(section: &Section, edit: Option<&Edit>, is_nested: bool, notes: Option<&Notes>) -> AnyView {
    let mut groups: Vec<(Option<&str>, Vec<&Row>)> = Vec::new();
    for row in &section.rows {
        let group = row.group.as_deref();
        match groups.last_mut() {
            Some((last, rows)) if *last == group => rows.push(row),
            _ => groups.push((group, vec![row])),
        }
    }
    let is_low = is_nested || edit.is_some();
    let groups = groups.into_iter().map(|(group, rows)| {
        let group = group.filter(|group| *group != section.title).map(str::to_owned);
        let heading =
            group.map(|text| if is_low { view! { <h4>{text}</h4> }.into_any() } else { view! { <h3>{text}</h3> }.into_any() });
        let lines = rows.into_iter().map(|row| line(row, edit, notes)).collect_view();
        let class = if edit.is_some() { "summary-list summary-list--two" } else { "summary-list" };
        view! { {heading} <dl class=class>{lines}</dl> }
    });
    let groups = groups.collect_view();
    let title = section.title.clone();
    let heading = if is_low { view! { <h3>{title}</h3> }.into_any() } else { view! { <h2>{title}</h2> }.into_any() };
    match edit {
        Some(edit) => view! { <section><div class="sheet__head">{heading}{edit.way(section)}</div>{groups}</section> }.into_any(),
        None => view! { <section class="card">{heading}{groups}</section> }.into_any(),
    }
}

fn line(row: &Row, edit: Option<&Edit>, notes: Option<&Notes>) -> AnyView {
    let note = edit.and_then(|edit| edit.note(&row.item)).map(str::to_owned);
    let note = note.or_else(|| notes?.get(&row.item).cloned()).map(|note| view! { <small class="muted">"（"{note}"）"</small> });
    let value = if row.value.is_empty() {
        view! { <span class="muted">"未填写"</span> }.into_any()
    } else {
        row.value.clone().into_any()
    };
    view! { <div><dt>{row.label.clone()}</dt><dd>{value}{note}</dd></div> }.into_any()
}

/// The page on which an item can be changed, at its field or slot; it leads back to 信息核对.
pub fn item_path(key: &str, item: &str) -> String {
    match item.split_once('.').unwrap_or((item, "")) {
        ("attachment", slot) => format!("/{key}/intake/files#slot-{slot}"),
        (step, field) => Back::on(Some(Back::Check), &format!("/{key}/intake/{step}#{}", id_of(field))),
    }
}
