use super::answers::Answers;
use super::check::{Context, Holder};
use crate::province::{Condition, FieldRules, StepKey, StepRules};

/// How far a condition may lean on a field that has itself a condition.
const DEPTH: u8 = 5;

/// Whether a field is asked of this person with these answers; `row` is the row of 专业技术资格.
#[must_use]
pub fn is_asked(cx: &Context, step: StepKey, field: &FieldRules, row: Option<usize>) -> bool {
    cx.questions().is_asked(step, field, row)
}

/// Whether an answer is needed where the field is asked.
#[must_use]
pub fn is_required(cx: &Context, step: StepKey, field: &FieldRules, row: Option<usize>) -> bool {
    cx.questions().is_required(step, field, row)
}

/// Which of the labels that follow the answers holds now, as its place in [`FieldRules::labels`]; `None` for the common one.
#[must_use]
pub fn label_now(cx: &Context, step: StepKey, field: &FieldRules, row: Option<usize>) -> Option<usize> {
    cx.questions().label_now(step, field, row)
}

/// The questions as they follow from answers. The holder is unknown where only attachments matter.
#[derive(Clone, Copy)]
pub(super) struct Questions<'a> {
    pub steps: &'a [StepRules],
    pub holder: Option<&'a Holder>,
    pub answers: &'a Answers,
}

impl<'a> Questions<'a> {
    pub fn is_asked(&self, step: StepKey, field: &FieldRules, row: Option<usize>) -> bool {
        self.asked(step, field, row, DEPTH)
    }

    pub fn is_required(&self, step: StepKey, field: &FieldRules, row: Option<usize>) -> bool {
        field.required || field.required_when.as_ref().is_some_and(|condition| self.fulfils(condition, Some((step, row)), DEPTH))
    }

    pub fn label_now(&self, step: StepKey, field: &FieldRules, row: Option<usize>) -> Option<usize> {
        field.labels.iter().position(|label| self.fulfils(&label.when, Some((step, row)), DEPTH))
    }

    /// What the question is called with these answers.
    pub fn label<'b>(&self, step: StepKey, field: &'b FieldRules, row: Option<usize>) -> &'b str {
        self.label_now(step, field, row).map_or(&field.label, |nth| &field.labels[nth].label)
    }

    /// Whether a condition holds that names its field as `step.field`.
    pub fn holds(&self, condition: &Condition) -> bool {
        self.fulfils(condition, None, DEPTH)
    }

    fn asked(&self, step: StepKey, field: &FieldRules, row: Option<usize>, depth: u8) -> bool {
        let is_known = step == StepKey::Person && self.holder.is_some_and(|holder| holder.knows(&field.key));
        !is_known && field.when.iter().all(|condition| self.fulfils(condition, Some((step, row)), depth))
    }

    fn fulfils(&self, condition: &Condition, home: Option<(StepKey, Option<usize>)>, depth: u8) -> bool {
        self.given(&condition.field, home, depth).into_iter().any(|answer| condition.holds(answer))
    }

    /// The answers to a field; what is not asked counts as not answered. Never empty.
    fn given(&self, path: &str, home: Option<(StepKey, Option<usize>)>, depth: u8) -> Vec<&'a str> {
        let (step, key) = match path.split_once('.') {
            Some((step, key)) => (StepKey::parse(step), key),
            None => (home.map(|(step, _)| step), path),
        };
        let (Some(step), Some(depth)) = (step, depth.checked_sub(1)) else { return vec![""] };
        let Some(field) = self.steps.iter().find(|rules| rules.key == step).and_then(|rules| rules.field(key)) else {
            return vec![""];
        };
        let answer = |name: &str, row| {
            let is_asked = self.asked(step, field, row, depth);
            if is_asked { self.answers.text(step, name).trim() } else { "" }
        };
        if !step.has_rows() {
            return vec![answer(key, None)];
        }
        let rows: Vec<usize> = match home {
            Some((home, Some(row))) if home == step => vec![row],
            _ => self.answers.rows(step).into_iter().collect(),
        };
        if rows.is_empty() {
            return vec![""];
        }
        rows.into_iter().map(|row| answer(&format!("rows.{row}.{key}"), Some(row))).collect()
    }
}
