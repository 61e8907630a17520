//! What the form of a profile must keep: its fields, conditions and rules.

use std::collections::BTreeSet;

use super::check::{MAX_TIPS, texts};
use super::parse::Faults;
use super::{
    Condition, FieldRules, IntakeRules, LineRules, Lists, NamedRule, PageWords, Profile, ProgressWords, SlotWords, StepKey,
    StepRules,
};
use crate::case::Judged;
use crate::intake::{FieldKind, field_kind};

pub(super) fn intake(profile: &Profile, lists: &Lists, faults: &mut Faults) {
    let rules = &profile.intake;
    texts(faults, &[("intake.record_name", &rules.record_name)]);
    let mut steps = BTreeSet::new();
    for step in &rules.steps {
        if !steps.insert(step.key) {
            faults.push(format!("intake.steps.{}", step.key.as_str()), "the step stands twice");
        }
        self::step(rules, step, lists, faults);
    }
    let division = rules.step(StepKey::Employment).and_then(|step| step.field("division"));
    if division.is_none_or(|field| !field.required || !field.when.is_empty()) {
        let problem = "must be asked always and be required, because it decides the bureau";
        faults.push("intake.steps.employment.fields.division", problem);
    }
    let is_whole = profile.intake_line().returns == Judged::Whole;
    let shows_bureau = |field: &FieldRules| field_kind(StepKey::Employment, &field.key) == Some(FieldKind::ResponsibleBureau);
    let shown = rules.step(StepKey::Employment).and_then(|step| step.fields.iter().find(|field| shows_bureau(field)));
    if let Some(field) = shown.filter(|_| !is_whole) {
        let problem = "cannot be amended by itself, so that it needs a return of the whole";
        faults.push(format!("intake.steps.employment.fields.{}", field.key), problem);
    }
    words(&rules.words, faults);
    menu(profile, faults);
    for rule in &rules.rules {
        named(rules, *rule, lists, faults);
    }
    texts(faults, &[("intake.extract_title", &rules.extract_title)]);
    if profile.lines.values().any(LineRules::prints) {
        texts(faults, &[("intake.form_title", &rules.form_title)]);
    }
}

/// An entry of the menu leads somewhere, or says from when on it does.
fn menu(profile: &Profile, faults: &mut Faults) {
    for item in &profile.intake.after_approval {
        let is_there = match item.key.as_str() {
            "record" => true,
            "learning" => profile.learning.is_some(),
            "change" => profile.change.is_some(),
            "transfer" => profile.transfer.is_some(),
            "integrity" => profile.integrity.is_some(),
            _ => false,
        };
        if !is_there && item.opens.is_none() {
            let problem = "there is no such page: leave it out, or say by `opens` when it opens";
            faults.push(format!("intake.after_approval.{}", item.key), problem);
        }
    }
}

fn step(rules: &IntakeRules, step: &StepRules, lists: &Lists, faults: &mut Faults) {
    let here = format!("intake.steps.{}", step.key.as_str());
    texts(faults, &[(&format!("{here}.title"), &step.title)]);
    if step.tips.len() > MAX_TIPS {
        faults.push(format!("{here}.tips"), format!("at most {MAX_TIPS} lines"));
    }
    if step.fields.is_empty() {
        faults.push(format!("{here}.fields"), "the step asks nothing");
    }
    let mut keys = BTreeSet::new();
    // A condition of a group stands with each of its fields; it is found fault with once.
    let mut seen: Vec<&Condition> = Vec::new();
    for field in &step.fields {
        let key = format!("{here}.fields.{}", field.key);
        if !keys.insert(&field.key) {
            faults.push(&key, "the field stands twice");
        }
        self::field(rules, step.key, field, &key, lists, faults);
        for when in &field.when {
            if !seen.contains(&when) {
                condition(rules, Some(step.key), when, &format!("{key}.when"), lists, faults);
                seen.push(when);
            }
        }
    }
}

fn field(rules: &IntakeRules, step: StepKey, field: &FieldRules, key: &str, lists: &Lists, faults: &mut Faults) {
    texts(faults, &[(&format!("{key}.label"), &field.label)]);
    let Some(kind) = field_kind(step, &field.key) else {
        faults.push(key, "there is no such field");
        return;
    };
    match (kind, &field.list) {
        (FieldKind::Choice, None) => faults.push(format!("{key}.list"), "a choice needs a list"),
        (FieldKind::Choice, Some(list)) if !lists.0.contains_key(list) => {
            faults.push(format!("{key}.list"), format!("there is no list `{list}`"));
        }
        (FieldKind::Text { .. }, Some(list)) if !lists.0.contains_key(list) => {
            faults.push(format!("{key}.list"), format!("there is no list `{list}`"));
        }
        (FieldKind::Choice | FieldKind::Text { .. }, Some(_)) | (_, None) => {}
        (_, Some(_)) => faults.push(format!("{key}.list"), "only a choice or a text has a list"),
    }
    preset(step, field, (kind, key), lists, faults);
    for (nth, other) in field.labels.iter().enumerate() {
        let key = format!("{key}.labels.{nth}");
        texts(faults, &[(&format!("{key}.label"), &other.label)]);
        condition(rules, Some(step), &other.when, &format!("{key}.when"), lists, faults);
    }
    if field.fixed && kind != FieldKind::Name {
        faults.push(format!("{key}.fixed"), "the registration knows the name alone");
    }
    if leans_on_itself(rules, step, field, DEPTH) {
        faults.push(format!("{key}.when"), "the field depends on itself");
    }
    if let Some(when) = &field.required_when {
        let key = format!("{key}.required_when");
        condition(rules, Some(step), when, &key, lists, faults);
        if field.required {
            faults.push(key, "`required` says already that it always is");
        }
    }
}

fn preset(step: StepKey, field: &FieldRules, (kind, key): (FieldKind, &str), lists: &Lists, faults: &mut Faults) {
    let Some(preset) = &field.preset else { return };
    let key = format!("{key}.preset");
    if kind != FieldKind::Choice || step.has_rows() {
        faults.push(key, "only a choice outside rows can be preset");
    } else if field.list.as_deref().is_none_or(|list| lists.entry(list, preset).is_none()) {
        faults.push(key, format!("`{preset}` is not in the list"));
    }
}

/// What the last pages say.
fn words(words: &PageWords, faults: &mut Faults) {
    let ProgressWords { heading, status, reviewed_by, stages, .. } = &words.progress;
    let SlotWords { template, print, example, preview } = &words.slot;
    texts(
        faults,
        &[
            ("intake.words.files_next", &words.files_next),
            ("intake.words.check_submit", &words.check_submit),
            ("intake.words.slot.template", template),
            ("intake.words.slot.print", print),
            ("intake.words.slot.example", example),
            ("intake.words.slot.preview", preview),
            ("intake.words.progress.heading", heading),
            ("intake.words.progress.status", status),
            ("intake.words.progress.reviewed_by", reviewed_by),
        ],
    );
    let key = "intake.words.progress.stages";
    if !matches!(stages.len(), 3 | 4) {
        faults.push(key, "a case has three or four stages");
    }
    texts(faults, &stages.iter().map(|stage| (key, stage.as_str())).collect::<Vec<_>>());
}

/// The field that a condition is about.
fn target<'a>(rules: &'a IntakeRules, home: Option<StepKey>, path: &str) -> Option<(StepKey, &'a FieldRules)> {
    let (step, key) = match path.split_once('.') {
        Some((step, key)) => (StepKey::parse(step)?, key),
        None => (home?, path),
    };
    rules.step(step)?.field(key).map(|field| (step, field))
}

/// As deep as the questions are followed; a longer chain is as bad as a circle.
const DEPTH: u8 = 4;

fn leans_on_itself(rules: &IntakeRules, home: StepKey, field: &FieldRules, depth: u8) -> bool {
    let mut next = field.when.iter().filter_map(|when| target(rules, Some(home), &when.field));
    next.any(|(step, field)| depth == 0 || leans_on_itself(rules, step, field, depth - 1))
}

pub(super) fn condition(
    rules: &IntakeRules,
    home: Option<StepKey>,
    when: &Condition,
    key: &str,
    lists: &Lists,
    faults: &mut Faults,
) {
    if when.is.is_empty() && when.is_not.is_empty() {
        faults.push(key, "`is` or `is_not` is needed");
    }
    let Some((step, field)) = target(rules, home, &when.field) else {
        faults.push(format!("{key}.field"), format!("the profile asks no field `{}`", when.field));
        return;
    };
    let list = field.list.as_deref().filter(|_| field_kind(step, &field.key) == Some(FieldKind::Choice));
    for value in when.is.iter().chain(&when.is_not).filter(|value| !value.is_empty()) {
        if list.is_none_or(|list| lists.entry(list, value).is_none()) {
            faults.push(key, format!("`{}` can never be `{value}`", when.field));
        }
    }
}

fn named(rules: &IntakeRules, rule: NamedRule, lists: &Lists, faults: &mut Faults) {
    let needed: &[(StepKey, &str)] = match rule {
        NamedRule::FullTimeNotNone => &[(StepKey::Education, "full_time_level")],
        NamedRule::FullTimeNotAbovePartTime => {
            &[(StepKey::Education, "full_time_level"), (StepKey::Education, "part_time_level")]
        }
        NamedRule::StartedNotAfterAppointed => {
            &[(StepKey::Employment, "accounting_started_on"), (StepKey::Employment, "title_appointed_on")]
        }
        NamedRule::OneRowPerCategory => &[(StepKey::Qualification, "category")],
    };
    for (step, key) in needed {
        let Some(field) = rules.step(*step).and_then(|rules| rules.field(key)) else {
            faults.push("intake.rules", format!("{rule:?} needs the field {}.{key}", step.as_str()));
            continue;
        };
        let entries = lists.entries(field.list.as_deref().unwrap_or_default());
        if *step == StepKey::Education && entries.iter().any(|entry| entry.rank.is_none()) {
            faults.push("intake.rules", format!("{rule:?} needs a rank for every entry of the list of {key}"));
        }
    }
}
