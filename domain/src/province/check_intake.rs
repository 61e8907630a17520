//! What the form of a profile must keep: its fields, conditions, rules and files.

use std::collections::BTreeSet;

use super::check::{MAX_TIPS, texts};
use super::check_photo;
use super::parse::Faults;
use super::{AttachmentRules, Condition, FieldRules, IntakeRules, Lists, NamedRule, StepKey, StepRules};
use crate::intake::{FieldKind, field_kind};

/// No file is larger, whatever a profile says; larger ones are a danger for the server.
const MAX_BYTES: u32 = 20 * 1024 * 1024;

pub(super) fn intake(rules: &IntakeRules, lists: &Lists, faults: &mut Faults) {
    let briefing = &rules.briefing;
    texts(
        faults,
        &[
            ("intake.name", &rules.name),
            ("intake.pledge_title", &rules.pledge_title),
            ("intake.confirm_label", &rules.confirm_label),
            ("intake.record_name", &rules.record_name),
            ("intake.briefing.title", &briefing.title),
            ("intake.briefing.version", &briefing.version),
            ("intake.briefing.pledge_version", &briefing.pledge_version),
            ("intake.briefing.pledge", &briefing.pledge),
            ("intake.briefing.paragraphs", &briefing.paragraphs.concat()),
            ("intake.return_reasons", &rules.return_reasons.concat()),
        ],
    );
    if rules.review_working_days == 0 {
        faults.push("intake.review_working_days", "must be above 0");
    }
    let mut steps = BTreeSet::new();
    for step in &rules.steps {
        if !steps.insert(step.key) {
            faults.push(format!("intake.steps.{}", step.key.as_str()), "the step stands twice");
        }
        self::step(rules, step, lists, faults);
    }
    let division = rules.step(StepKey::Employment).and_then(|step| step.field("division"));
    if division.is_none_or(|field| !field.required || field.when.is_some()) {
        let problem = "must be asked always and be required, because it decides the bureau";
        faults.push("intake.steps.employment.fields.division", problem);
    }
    for rule in &rules.rules {
        named(rules, *rule, lists, faults);
    }
    if rules.prints() {
        texts(faults, &[("intake.form_title", &rules.form_title)]);
    }
    let mut slots = BTreeSet::new();
    for attachment in &rules.attachments {
        if !slots.insert(&attachment.slot) {
            faults.push(format!("intake.attachments.{}", attachment.slot), "the slot stands twice");
        }
        self::attachment(rules, attachment, lists, faults);
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
    for field in &step.fields {
        let key = format!("{here}.fields.{}", field.key);
        if !keys.insert(&field.key) {
            faults.push(&key, "the field stands twice");
        }
        self::field(rules, step.key, field, &key, lists, faults);
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
        (FieldKind::Choice, Some(_)) | (_, None) => {}
        (_, Some(_)) => faults.push(format!("{key}.list"), "only a choice has a list"),
    }
    if let Some(when) = &field.when {
        condition(rules, Some(step), when, &format!("{key}.when"), lists, faults);
        if leans_on_itself(rules, step, field) {
            faults.push(format!("{key}.when"), "the field depends on itself");
        }
    }
    if let Some(when) = &field.required_when {
        let key = format!("{key}.required_when");
        condition(rules, Some(step), when, &key, lists, faults);
        if field.required {
            faults.push(key, "`required` says already that it always is");
        }
    }
}

/// The field that a condition is about.
fn target<'a>(rules: &'a IntakeRules, home: Option<StepKey>, path: &str) -> Option<(StepKey, &'a FieldRules)> {
    let (step, key) = match path.split_once('.') {
        Some((step, key)) => (StepKey::parse(step)?, key),
        None => (home?, path),
    };
    rules.step(step)?.field(key).map(|field| (step, field))
}

fn leans_on_itself(rules: &IntakeRules, step: StepKey, field: &FieldRules) -> bool {
    let mut next = Some((step, field));
    // As deep as the questions are followed; a longer chain is as bad as a circle.
    for _ in 0..4 {
        let Some((home, when)) = next.and_then(|(step, field)| field.when.as_ref().map(|when| (step, when))) else {
            return false;
        };
        next = target(rules, Some(home), &when.field);
    }
    next.is_some()
}

fn condition(rules: &IntakeRules, home: Option<StepKey>, when: &Condition, key: &str, lists: &Lists, faults: &mut Faults) {
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

fn attachment(rules: &IntakeRules, attachment: &AttachmentRules, lists: &Lists, faults: &mut Faults) {
    let key = format!("intake.attachments.{}", attachment.slot);
    texts(
        faults,
        &[
            (&format!("{key}.title"), &attachment.title),
            (&format!("{key}.why"), &attachment.why),
            (&format!("{key}.example"), &attachment.example),
        ],
    );
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if attachment.slot.is_empty() || !attachment.slot.chars().all(is_name) {
        faults.push(format!("{key}.slot"), "small letters, digits and `_` only");
    }
    if attachment.max_bytes < 1024 || attachment.max_bytes > MAX_BYTES {
        faults.push(format!("{key}.max_bytes"), format!("between 1024 and {MAX_BYTES}"));
    }
    if attachment.kinds.is_empty() || attachment.kinds.iter().any(|kind| !matches!(kind.as_str(), "jpg" | "png")) {
        faults.push(format!("{key}.kinds"), "`jpg`, `png` or both");
    }
    for (name, pixels) in [("min_width", attachment.min_width), ("min_height", attachment.min_height)] {
        if pixels.is_some_and(|pixels| !(1..=6000).contains(&pixels)) {
            faults.push(format!("{key}.{name}"), "between 1 and 6000");
        }
    }
    if let Some(template) = &attachment.template
        && rules.briefing.templates.iter().all(|offered| offered.file != *template)
    {
        faults.push(format!("{key}.template"), format!("`{template}` is none of the templates of the briefing"));
    }
    if let Some(photo) = &attachment.photo {
        check_photo::photo(attachment, photo, &format!("{key}.photo"), faults);
    }
    for (n, when) in attachment.when.iter().enumerate() {
        condition(rules, None, when, &format!("{key}.when.{n}"), lists, faults);
    }
}
