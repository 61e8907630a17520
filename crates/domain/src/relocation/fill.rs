//! What the form of a province knows of a record from elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::intake::{Answers, Context, FieldKind, Holder, Item, display, field_kind};
use crate::province::{FieldRules, Province};

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filled {
    /// What the form asks, as it was answered.
    pub answers: Answers,
    /// 项目 that the form does not ask, or asks with other choices: they are shown and kept, and not in the form.
    pub kept: Vec<String>,
}

/// Fills the form of a province with the answers of another one. What the person is asked there and the answers do not say stays open.
#[must_use]
pub fn fill(province: &Province, holder: &Holder, answers: &BTreeMap<String, String>, today: NaiveDate) -> Filled {
    let mut typed = Answers::default();
    for (item, value) in answers {
        if may_stand(province, item, value, today) {
            typed.set(item, value.clone());
        }
    }
    // What nobody is asked with these answers would lie unseen in the form.
    let cx = Context::of(province, holder, &typed, today);
    let asked: BTreeSet<String> = display(&cx, &typed).into_iter().flat_map(|section| section.rows).map(|row| row.item).collect();
    let mut filled = Filled::default();
    for (item, value) in answers {
        if typed.get(item) == Some(value.as_str()) && asked.contains(item) {
            filled.answers.set(item, value.clone());
        } else if !is_known_otherwise(item, holder) {
            filled.kept.push(item.clone());
        }
    }
    filled
}

/// Whether the form asks it, with that answer among its choices.
fn may_stand(province: &Province, item: &str, value: &str, today: NaiveDate) -> bool {
    let Some(parsed) = Item::parse(item) else { return false };
    let rules = province.profile.intake.step(parsed.step).and_then(|step| step.field(parsed.field));
    let Some(rules) = rules.filter(|rules| !rules.fixed) else { return false };
    match field_kind(parsed.step, parsed.field) {
        Some(FieldKind::Choice) => is_choice(province, rules, value, today),
        Some(FieldKind::Division) => province.divisions.get(value).is_some(),
        // Bureaus are of one province alone.
        Some(FieldKind::Bureau | FieldKind::ResponsibleBureau) | None => false,
        Some(_) => true,
    }
}

fn is_choice(province: &Province, rules: &FieldRules, value: &str, today: NaiveDate) -> bool {
    province.lists.has(rules.list.as_deref().unwrap_or_default(), value, today)
}

/// What the account says already.
fn is_known_otherwise(item: &str, holder: &Holder) -> bool {
    item.strip_prefix("person.").is_some_and(|field| field == "name" || holder.knows(field))
}
