//! What a profile must keep of 信息变更: every name is one of a question that it asks, and what is reviewed can be proven.

use std::collections::BTreeSet;

use super::Profile;
use super::attachment::fits;
use super::check::texts;
use super::parse::Faults;
use crate::case::CaseKind;
use crate::change::{ChangeRules, Way, item_of};

/// The questions whose answers say which bureau has the record.
const PLACES: [&str; 2] = ["employment.division", "employment.bureau"];

pub(super) fn change(profile: &Profile, rules: &ChangeRules, faults: &mut Faults) {
    let steps = &profile.intake.steps;
    let is_asked = |pattern: &str| steps.iter().any(|step| step.fields.iter().any(|field| fits(pattern, step.key, &field.key)));
    if rules.reviewed.is_empty() {
        faults.push("change.reviewed", "at least one question is needed");
    }
    for (key, patterns) in [("reviewed", &rules.reviewed), ("at_once", &rules.at_once)] {
        for pattern in patterns.iter().filter(|pattern| !is_asked(pattern)) {
            faults.push(format!("change.{key}"), format!("`{pattern}` names no question of the form"));
        }
    }
    for path in PLACES.iter().filter(|path| rules.way(path) == Some(Way::AtOnce)) {
        faults.push("change.at_once", format!("`{path}` leads to a bureau, which decides on it"));
    }
    for (path, hint) in &rules.hints {
        let key = format!("change.hints.{path}");
        texts(faults, &[(&key, hint)]);
        if rules.way(&item_of(path)).is_none() || !is_asked(path) {
            faults.push(key, "it is no question that may be changed");
        }
    }
    let mut keys = BTreeSet::new();
    for occasion in &rules.occasions {
        let key = format!("change.occasions.{}", occasion.key);
        texts(faults, &[(&format!("{key}.key"), &occasion.key), (&format!("{key}.title"), &occasion.title)]);
        if !keys.insert(&occasion.key) {
            faults.push(&key, "the key stands twice");
        }
        let is_open = |path: &String| is_asked(path) && rules.way(&item_of(path)).is_some();
        if occasion.fields.is_empty() || !occasion.fields.iter().all(is_open) {
            faults.push(format!("{key}.fields"), "each is `step.field` of a question that may be changed");
        }
    }
    let line = profile.line(CaseKind::Change);
    for slot in line.attachments.iter().filter(|slot| slot.proves.is_empty() || slot.photo.is_some() || slot.prints) {
        faults.push(
            format!("lines.change.attachments.{}", slot.slot),
            "it is called for by what it proves, and is a picture of a paper",
        );
    }
}
