//! The steps of a form as they stand in the file of a province: fields in groups, with only what differs from the common words of
//! `data/fields.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::parse::Faults;
use super::{Condition, FieldRules, IntakeRules, LabelWhen, Lists, Profile, StepKey, StepRules};
use crate::intake::field_kind;

/// A step in the file.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepEntry {
    key: StepKey,
    title: String,
    #[serde(default)]
    tips: Vec<String>,
    groups: Vec<GroupEntry>,
}

/// Fields under one heading, or asked under one condition; without a title the heading before it goes on.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupEntry {
    title: Option<String>,
    when: Option<Condition>,
    fields: Vec<FieldEntry>,
}

/// A field in the file; what it does not say is said by its default.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldEntry {
    key: String,
    /// Asked always, whatever the default says.
    #[serde(default)]
    always: bool,
    /// Known from the registration.
    #[serde(default)]
    fixed: bool,
    required_when: Option<Condition>,
    label: Option<String>,
    required: Option<bool>,
    hint: Option<String>,
    list: Option<String>,
    when: Option<Condition>,
    example: Option<String>,
    preset: Option<String>,
    plain: Option<String>,
    #[serde(default)]
    labels: Vec<LabelWhen>,
}

/// What holds for a field where a province says nothing else.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldDefault {
    label: Option<String>,
    required: Option<bool>,
    hint: Option<String>,
    list: Option<String>,
    when: Option<Condition>,
    example: Option<String>,
    plain: Option<String>,
}

/// `data/fields.toml`: step, field.
pub(super) type Defaults = BTreeMap<StepKey, BTreeMap<String, FieldDefault>>;

/// What the common words must keep.
pub(super) fn check(defaults: &Defaults, lists: &Lists, faults: &mut Faults) {
    for (step, fields) in defaults {
        for (key, default) in fields {
            let here = format!("{}.{key}", step.as_str());
            if field_kind(*step, key).is_none() {
                faults.push(&here, "there is no such field");
            }
            if let Some(list) = default.list.as_ref().filter(|list| !lists.0.contains_key(*list)) {
                faults.push(format!("{here}.list"), format!("there is no list `{list}`"));
            }
            if default.label.as_ref().is_some_and(|label| label.trim().is_empty()) {
                faults.push(format!("{here}.label"), "the text is empty");
            }
        }
    }
}

/// The profile with every field as it is asked.
pub(super) fn resolve(file: Profile<StepEntry>, defaults: &Defaults, faults: &mut Faults) -> Profile {
    let Profile {
        key,
        code,
        name,
        site,
        account,
        portal,
        lines,
        intake,
        phone_change,
        freeze,
        change,
        transfer,
        national,
        annulment,
        employers,
        confirmation,
        integrity,
        review,
        questions,
        reminders,
        record,
        learning,
    } = file;
    let steps = intake.steps.into_iter().map(|entry| step(entry, defaults, faults)).collect();
    let intake = IntakeRules {
        form_version: intake.form_version,
        layout: intake.layout,
        attachments_title: intake.attachments_title,
        check_title: intake.check_title,
        progress_name: intake.progress_name,
        record_name: intake.record_name,
        form_title: intake.form_title,
        extract_title: intake.extract_title,
        words: intake.words,
        list_labels: intake.list_labels,
        employer_directory: intake.employer_directory,
        steps,
        rules: intake.rules,
        after_approval: intake.after_approval,
    };
    Profile {
        key,
        code,
        name,
        site,
        account,
        portal,
        lines,
        intake,
        phone_change,
        freeze,
        change,
        transfer,
        national,
        annulment,
        employers,
        confirmation,
        integrity,
        review,
        questions,
        reminders,
        record,
        learning,
    }
}

fn step(entry: StepEntry, defaults: &Defaults, faults: &mut Faults) -> StepRules {
    let StepEntry { key, title, tips, groups } = entry;
    let here = format!("intake.steps.{}", key.as_str());
    let mut fields = Vec::new();
    for (nth, GroupEntry { mut title, when, fields: entries }) in groups.into_iter().enumerate() {
        let group = format!("{here}.groups.{}", title.as_deref().map_or_else(|| nth.to_string(), str::to_owned));
        if entries.is_empty() {
            faults.push(&group, "the group asks nothing");
        }
        if title.as_ref().is_some_and(|title| title.trim().is_empty()) {
            faults.push(format!("{group}.title"), "the text is empty");
        }
        for entry in entries {
            if entry.always && entry.when.is_some() {
                faults.push(format!("{here}.fields.{}.always", entry.key), "`when` says that it is not always asked");
            }
            let default = defaults.get(&key).and_then(|step| step.get(&entry.key));
            fields.push(field(entry, default.cloned().unwrap_or_default(), (title.take(), when.as_ref())));
        }
    }
    StepRules { key, title, tips, fields }
}

fn field(entry: FieldEntry, default: FieldDefault, (group, common): (Option<String>, Option<&Condition>)) -> FieldRules {
    let own = if entry.always { None } else { entry.when.or(default.when) };
    // Where it is required for some only, the common word is not about it.
    let required = if entry.required_when.is_some() { None } else { default.required };
    FieldRules {
        key: entry.key,
        label: entry.label.or(default.label).unwrap_or_default(),
        labels: entry.labels,
        required: entry.required.or(required).unwrap_or(false),
        required_when: entry.required_when,
        fixed: entry.fixed,
        hint: entry.hint.or(default.hint).unwrap_or_default(),
        group,
        list: entry.list.or(default.list),
        when: common.cloned().into_iter().chain(own).collect(),
        example: entry.example.or(default.example).filter(|example| !example.is_empty()),
        preset: entry.preset,
        plain: entry.plain.or(default.plain).unwrap_or_default(),
    }
}
