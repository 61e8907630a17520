//! The questions of a kind as fields.

use std::collections::BTreeMap;

use domain::learning::view::KindView;
use domain::learning::{OPTION, Question, QuestionKind};
use leptos::prelude::*;

use crate::ui::field::{Control, Field, FieldSpec};

/// The fields of a kind after the year: sub-option and questions. `prefix` stands before each name where several forms share a
/// page; of the questions those are drawn that the chosen sub-option asks, or all while none is chosen.
pub fn specs(kind: &KindView, prefix: &str, values: &BTreeMap<String, String>) -> Vec<FieldSpec> {
    let name = |key: &str| format!("{prefix}{key}");
    let value = |key: &str| values.get(key).cloned().unwrap_or_default();
    let chosen = value(OPTION);
    let option = (!kind.options.is_empty()).then(|| FieldSpec {
        control: Control::Select(vec![(String::new(), kind.options.clone())]),
        value: chosen.clone(),
        ..FieldSpec::new(name(OPTION), kind.options_label.clone())
    });
    let asked = kind.questions.iter().filter(|question| chosen.is_empty() || question.is_asked(&chosen));
    let question = |question: &Question| FieldSpec {
        hint: question.hint.clone(),
        example: example(question),
        is_required: !question.optional,
        value: value(&question.key),
        control: control(question),
        class: class(question.kind),
        ..FieldSpec::new(name(&question.key), question.label.clone())
    };
    option.into_iter().chain(asked.map(question)).collect()
}

/// The year, of those that can be chosen.
pub fn year(name: String, years: Vec<(String, String)>, value: String) -> FieldSpec {
    let control = Control::Select(vec![(String::new(), years)]);
    FieldSpec { control, value, ..FieldSpec::new(name, "继续教育年度") }
}

/// Draws them, inside of the form.
pub fn fields(specs: Vec<FieldSpec>) -> AnyView {
    specs.into_iter().map(|spec| view! { <Field spec=spec /> }).collect_view().into_any()
}

/// What each is called, for the summary.
pub fn labels(specs: &[FieldSpec]) -> BTreeMap<String, String> {
    specs.iter().map(|spec| (spec.field.clone(), spec.label.clone())).collect()
}

fn control(question: &Question) -> Control {
    match question.kind {
        QuestionKind::Choice => {
            let choices = question.choices.iter().map(|choice| (choice.code.clone(), choice.label.clone())).collect();
            Control::Select(vec![(String::new(), choices)])
        }
        QuestionKind::Count => Control::Digits,
        QuestionKind::Text | QuestionKind::Date | QuestionKind::DateOrMonth | QuestionKind::Amount => Control::Text,
    }
}

fn class(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Count | QuestionKind::Amount => "input--short",
        QuestionKind::Date | QuestionKind::DateOrMonth => "input--medium",
        QuestionKind::Text | QuestionKind::Choice => "",
    }
}

/// A date of which the month is enough says so.
fn example(question: &Question) -> String {
    let example = question.example.clone().unwrap_or_default();
    match example.get(..6).filter(|_| question.kind == QuestionKind::DateOrMonth) {
        Some(month) if example.len() > 6 => format!("{example}；只有年月的，填写 {month}"),
        _ => example,
    }
}
