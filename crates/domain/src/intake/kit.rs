//! What one step needs of a province in the browser: its own questions, those that it leans on, and the lists of its choices.

use std::collections::BTreeSet;

use super::fields::{FieldKind, field_kind};
use crate::province::{FieldRules, IntakeRules, Lists, Province, StepKey, StepRules};

/// The rules of a step whole, and of the other steps the fields on which its conditions lean, without their words.
#[must_use]
pub fn leaned_on(intake: &IntakeRules, step: StepKey) -> Vec<StepRules> {
    let mut needed: BTreeSet<(StepKey, String)> = BTreeSet::new();
    let mut next: Vec<(StepKey, &FieldRules)> = fields(intake, step).map(|field| (step, field)).collect();
    while let Some((home, field)) = next.pop() {
        for condition in field.when.iter().chain(&field.required_when).chain(field.labels.iter().map(|label| &label.when)) {
            let (of, key) = match condition.field.split_once('.') {
                Some((of, key)) => (StepKey::parse(of).unwrap_or(home), key),
                None => (home, condition.field.as_str()),
            };
            if of != step && needed.insert((of, key.to_owned())) {
                next.extend(fields(intake, of).filter(|field| field.key == key).map(|field| (of, field)));
            }
        }
    }
    let part = |rules: &StepRules| {
        if rules.key == step {
            return Some(rules.clone());
        }
        let fields = rules.fields.iter().filter(|field| needed.contains(&(rules.key, field.key.clone())));
        let fields: Vec<FieldRules> = fields.map(bare).collect();
        (!fields.is_empty()).then(|| StepRules { key: rules.key, title: String::new(), tips: Vec::new(), fields })
    };
    intake.steps.iter().filter_map(part).collect()
}

/// The lists from which the questions of a step are answered.
#[must_use]
pub fn lists_of(province: &Province, step: StepKey) -> Lists {
    let names = fields(&province.profile.intake, step).filter_map(|field| field.list.as_deref());
    Lists(names.map(|name| (name.to_owned(), province.lists.entries(name).to_vec())).collect())
}

/// Whether a step asks for a place.
#[must_use]
pub fn asks_division(intake: &IntakeRules, step: StepKey) -> bool {
    fields(intake, step).any(|field| field_kind(step, &field.key) == Some(FieldKind::Division))
}

fn fields(intake: &IntakeRules, step: StepKey) -> impl Iterator<Item = &FieldRules> {
    intake.step(step).into_iter().flat_map(|rules| &rules.fields)
}

fn bare(field: &FieldRules) -> FieldRules {
    FieldRules {
        label: String::new(),
        hint: String::new(),
        example: None,
        group: None,
        labels: Vec::new(),
        preset: None,
        plain: String::new(),
        ..field.clone()
    }
}
