//! Questions and answers in words: on 信息核对 with ways to change them, on 申报进度 without.

use std::collections::BTreeSet;

use domain::case::{Row, Section};
use leptos::prelude::*;

use crate::ui::form::id_of;

/// Where the answers can be changed: the key of the province, and what may be changed (`None` when everything may).
pub struct Edit<'a> {
    pub key: &'a str,
    pub open: Option<&'a BTreeSet<String>>,
    /// The item that is as registered, while it may not be changed.
    pub fixed: Option<&'a str>,
}

/// Every section with its answers. With `is_nested` the headings are one level lower.
pub fn sections(sections: &[Section], edit: Option<&Edit>, is_nested: bool) -> AnyView {
    sections.iter().map(|section| draw(section, edit, is_nested)).collect_view().into_any()
}

fn draw(section: &Section, edit: Option<&Edit>, is_nested: bool) -> AnyView {
    let mut groups: Vec<(Option<&str>, Vec<&Row>)> = Vec::new();
    for row in &section.rows {
        let group = row.group.as_deref();
        match groups.last_mut() {
            Some((last, rows)) if *last == group => rows.push(row),
            _ => groups.push((group, vec![row])),
        }
    }
    let groups = groups.into_iter().map(|(group, rows)| {
        let group = group.filter(|group| *group != section.title).map(str::to_owned);
        let heading =
            group.map(|text| if is_nested { view! { <h4>{text}</h4> }.into_any() } else { view! { <h3>{text}</h3> }.into_any() });
        let lines = rows.into_iter().map(|row| line(row, edit)).collect_view();
        view! { {heading} <dl class="summary-list">{lines}</dl> }
    });
    let title = section.title.clone();
    let heading = if is_nested { view! { <h3>{title}</h3> }.into_any() } else { view! { <h2>{title}</h2> }.into_any() };
    view! { <section class="card">{heading}{groups.collect_view()}</section> }.into_any()
}

fn line(row: &Row, edit: Option<&Edit>) -> AnyView {
    let action = edit.map(|edit| {
        if edit.fixed == Some(row.item.as_str()) {
            view! { <dd class="summary-list__action muted">"注册信息"</dd> }.into_any()
        } else if edit.open.is_none_or(|open| open.contains(&row.item)) {
            let hidden =
                row.group.as_ref().filter(|_| row.item.contains(".rows.")).map_or_else(String::new, |group| format!("{group}的"));
            let hidden = format!("{hidden}{}", row.label);
            let href = item_path(edit.key, &row.item);
            view! {
                <dd class="summary-list__action">
                    <a href=href rel="external">"修改"<span class="hidden-visually">{hidden}</span></a>
                </dd>
            }
            .into_any()
        } else {
            view! { <dd class="summary-list__action muted">"已核对"</dd> }.into_any()
        }
    });
    let value = if row.value.is_empty() {
        view! { <span class="muted">"未填写"</span> }.into_any()
    } else {
        row.value.clone().into_any()
    };
    view! { <div><dt>{row.label.clone()}</dt><dd>{value}</dd>{action}</div> }.into_any()
}

/// The page on which an item can be changed, at its field or slot.
pub fn item_path(key: &str, item: &str) -> String {
    match item.split_once('.').unwrap_or((item, "")) {
        ("attachment", slot) => format!("/{key}/intake/files#slot-{slot}"),
        (step, field) => format!("/{key}/intake/{step}#{}", id_of(field)),
    }
}
