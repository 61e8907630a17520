use super::answers::Answers;
use super::check::Context;
use super::fields::{FieldKind, field_kind};
use crate::case::{Row, Section};
use crate::date::Dated;
use crate::id::BureauCode;
use crate::identity::mask;
use crate::province::{FieldRules, StepKey};
use crate::text;

/// Every question that is asked, with its answer in words: for 信息核对, for the reviewer and for comparing two versions.
/// A form without any row has one for all, `qualification.rows`.
#[must_use]
pub fn display(cx: &Context, answers: &Answers) -> Vec<Section> {
    let cx = cx.with(answers);
    let steps = cx.steps.iter();
    steps
        .map(|step| Section { key: step.key.as_str().to_owned(), title: step.title.clone(), rows: rows(&cx, step.key) })
        .collect()
}

fn rows(cx: &Context, step: StepKey) -> Vec<Row> {
    let Some(rules) = cx.step(step) else { return Vec::new() };
    if !step.has_rows() {
        return asked(cx, step, &rules.fields, None, None);
    }
    let rows = cx.answers.rows(step).into_iter().enumerate();
    let rows: Vec<Row> = rows
        .flat_map(|(nth, row)| {
            let title = rules.fields.iter().find_map(|field| field.group.as_deref()).unwrap_or(&rules.title);
            asked(cx, step, &rules.fields, Some(row), Some(format!("{title} {}", nth + 1)))
        })
        .collect();
    if !rows.is_empty() {
        return rows;
    }
    vec![Row { item: format!("{}.rows", step.as_str()), group: None, label: rules.title.clone(), value: String::new() }]
}

fn asked(cx: &Context, step: StepKey, fields: &[FieldRules], row: Option<usize>, title: Option<String>) -> Vec<Row> {
    let mut group = None;
    let mut rows = Vec::new();
    for field in fields {
        group = field.group.clone().or(group);
        if !cx.questions().is_asked(step, field, row) {
            continue;
        }
        let name = row.map_or_else(|| field.key.clone(), |row| format!("rows.{row}.{}", field.key));
        let typed = text::tidy(cx.answers.text(step, &name));
        let typed = if field.fixed && typed.is_empty() { cx.holder.name.clone() } else { typed };
        rows.push(Row {
            item: format!("{}.{name}", step.as_str()),
            group: title.clone().or_else(|| group.clone()),
            label: cx.questions().label(step, field, row).to_owned(),
            value: words(cx, step, field, typed),
        });
    }
    rows
}

/// An answer in words; what cannot be read stays as it was typed.
fn words(cx: &Context, step: StepKey, field: &FieldRules, typed: String) -> String {
    match field_kind(step, &field.key) {
        Some(FieldKind::Choice) => {
            let list = field.list.as_deref().unwrap_or_default();
            cx.lists.label(list, &typed).map_or(typed.clone(), str::to_owned)
        }
        Some(FieldKind::Division) if cx.divisions.get(&typed).is_some() => cx.divisions.path_label(&typed),
        // Telephones are masked on every page; the field itself shows the person what was typed.
        Some(FieldKind::Mobile) => mask::mobile(&typed),
        Some(FieldKind::Bureau) => {
            cx.bureaus.get(&BureauCode::from(typed.as_str())).map_or(typed.clone(), |bureau| bureau.name.clone())
        }
        Some(FieldKind::ResponsibleBureau) => cx.answers.bureau(cx).map(|bureau| bureau.name.clone()).unwrap_or_default(),
        Some(FieldKind::Date | FieldKind::DateOrMonth) => Dated::parse(&typed).map_or(typed, Dated::words),
        _ => typed,
    }
}
