//! After a return item by item (手册甲 二（五）2) only the red items may be changed, and what a change of them makes necessary.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{Answers, StepForm};
use super::attachments::called_for;
use super::check::Context;
use super::display::display;
use super::fields::fields_of;
use super::item::Item;
use crate::case::Judged;
use crate::province::StepKey;
use crate::text;

/// The items of a review: each displayed answer, such as `person.email`, then each file, such as `attachment.photo`.
#[must_use]
pub fn items(cx: &Context, answers: &Answers) -> Vec<String> {
    let answered = display(cx, answers).into_iter().flat_map(|section| section.rows).map(|row| row.item);
    let files = called_for(cx.steps, cx.attachments, answers).into_iter().map(|rules| format!("attachment.{}", rules.slot));
    answered.chain(files).collect()
}

/// The items that may be changed after a return: the rejected ones, and those that a change of an open item has made
/// faulty or has newly called for. `before` is what was submitted, `now` the draft.
///
/// The steps are tried one after the other, so that an item opened by a fault stays open when the fault is mended.
#[must_use]
pub fn opened(rejected: &BTreeSet<String>, before: &Answers, now: &Answers, cx: &Context) -> BTreeSet<String> {
    let asked_before: BTreeSet<String> = items(cx, before).into_iter().collect();
    let mut open = rejected.clone();
    // The category decides what a row is about, so that its rejection opens the row.
    for item in rejected.iter().filter_map(|item| Item::parse(item)).filter(|item| item.field == "category") {
        if let Some(row) = item.row {
            open.extend(fields_of(item.step).map(|field| Item { field: field.key, row: Some(row), ..item }.to_string()));
        }
    }
    loop {
        let tried = overlay(before, &open, now);
        let newly_asked = items(cx, &tried).into_iter().filter(|item| !asked_before.contains(item));
        let faulty = tried.check(cx).err().into_iter().flatten();
        let faulty = faulty.flat_map(|(step, errors)| errors.0.into_iter().map(move |error| (step, error.field)));
        let more: Vec<String> = newly_asked.chain(faulty.map(|(step, field)| format!("{}.{field}", step.as_str()))).collect();
        let size = open.len();
        open.extend(more);
        if open.len() == size {
            return open;
        }
    }
}

/// Whether an item may be changed after a return; everything may where the province returns the whole.
#[must_use]
pub fn may_edit(item: &str, rejected: &BTreeSet<String>, before: &Answers, now: &Answers, cx: &Context) -> bool {
    cx.returns == Judged::Whole || opened(rejected, before, now, cx).contains(item)
}

/// The typed form with every locked field set back to what was submitted. `saved` is the draft with the other steps.
#[must_use]
pub fn keep_locked(rejected: &BTreeSet<String>, before: &Answers, saved: &Answers, typed: StepForm, cx: &Context) -> StepForm {
    if cx.returns == Judged::Whole {
        return typed;
    }
    let step = typed.step();
    let now = saved.with(typed);
    overlay(before, &opened(rejected, before, &now, cx), &now).form(step)
}

/// The rejected items that are still as they were submitted; files are compared by their hash. What is no longer asked
/// counts as amended.
#[must_use]
pub fn not_amended(
    rejected: &BTreeSet<String>,
    before: &Answers,
    now: &Answers,
    files_before: &BTreeMap<String, String>,
    files_now: &BTreeMap<String, String>,
    cx: &Context,
) -> Vec<String> {
    if cx.returns == Judged::Whole {
        return Vec::new();
    }
    let is_same = |item: &String| match item.strip_prefix("attachment.") {
        Some(slot) => files_before.get(slot) == files_now.get(slot),
        None => text::tidy(before.get(item).unwrap_or_default()) == text::tidy(now.get(item).unwrap_or_default()),
    };
    items(cx, now).into_iter().filter(|item| rejected.contains(item) && is_same(item)).collect()
}

/// What was submitted, with the open items as they are now.
fn overlay(before: &Answers, open: &BTreeSet<String>, now: &Answers) -> Answers {
    let mut answers = before.clone();
    for step in StepKey::ALL.into_iter().filter(|step| open.contains(&format!("{}.rows", step.as_str()))) {
        answers.put(now.form(step));
    }
    for item in open {
        if let Some(value) = now.get(item).or_else(|| before.get(item).map(|_| "")) {
            answers.set(item, value.to_owned());
        }
    }
    answers
}
