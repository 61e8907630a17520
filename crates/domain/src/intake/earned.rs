//! A qualification of accountants that an exam has earned, written into the answers of somebody.

use super::answers::{Answers, StepForm};
use super::check::Context;
use super::item::MAX_ROWS;
use crate::province::{StepKey, StepRules};

/// 会计类 and 考试, as the lists of 专业技术资格 call them.
const ACCOUNTING: &str = "accounting";
const EXAM: &str = "exam";

/// The form of 专业技术资格 with a level and the number of its certificate filled in; `None` where what was answered stands as high, and
/// where the province does not ask it. When it was obtained only the certificate says.
#[must_use]
pub fn with_earned(cx: &Context, answers: &Answers, level: &str, certificate: &str) -> Option<StepForm> {
    let step = cx.steps.iter().find(|step| matches!(step.key, StepKey::Qualification | StepKey::Credential))?;
    let rank = |code: &str| cx.lists.rank(step.field("level")?.list.as_deref()?, code).filter(|rank| *rank > 0);
    let wanted = rank(level)?;
    let rows = answers.rows(step.key);
    let there: Vec<Option<usize>> = if step.key.has_rows() { rows.iter().copied().map(Some).collect() } else { vec![None] };
    let stands = |row: &Option<usize>| {
        // A form with one place has the highest, whatever it is of.
        let is_counted = row.is_none() || answers.text(step.key, &name(*row, "category")) == ACCOUNTING;
        is_counted && rank(answers.text(step.key, &name(*row, "level"))).is_some_and(|rank| rank >= wanted)
    };
    if there.iter().any(stands) {
        return None;
    }
    let row = match step.key.has_rows() {
        true => Some((0..MAX_ROWS).find(|row| !rows.contains(row))?),
        false => None,
    };
    let mut form = answers.form(step.key);
    for (field, value) in
        [("category", ACCOUNTING), ("level", level), ("method", EXAM), ("obtained_on", ""), ("certificate_number", certificate)]
    {
        if asks(cx, step, field, value) {
            form.set(&name(row, field), value.to_owned());
        }
    }
    Some(form)
}

fn name(row: Option<usize>, field: &str) -> String {
    row.map_or_else(|| field.to_owned(), |row| format!("rows.{row}.{field}"))
}

/// Whether the step asks a field that can be answered so.
fn asks(cx: &Context, step: &StepRules, field: &str, value: &str) -> bool {
    let Some(rules) = step.field(field) else { return false };
    rules.list.as_deref().is_none_or(|list| cx.lists.label(list, value).is_some())
}
