//! What a profile must keep of 调转: reasons that can be told apart, terms in the order of their days, and answers that the form knows.

use std::collections::BTreeSet;

use super::check::texts;
use super::parse::Faults;
use super::{Lists, Profile, StepKey};
use crate::case::{CaseKind, Judged};
use crate::transfer::{TransferReason, TransferRules};

/// The slot of the proof.
const PROOF: &str = "proof";

pub(super) fn transfer(profile: &Profile, lists: &Lists, faults: &mut Faults) {
    if profile.has_line(CaseKind::Transfer) != profile.transfer.is_some() {
        faults.push("transfer", "`lines.transfer` and this table go together");
    }
    let Some(rules) = &profile.transfer else { return };
    if !profile.intake.after_approval.iter().any(|item| item.key == "transfer") {
        faults.push("intake.after_approval.transfer", "nobody finds the page that is not in the menu");
    }
    let line = profile.line(CaseKind::Transfer);
    let is_proof = line.attachments.len() == 1 && line.attachments.iter().all(|slot| slot.slot == PROOF && slot.required);
    if !is_proof || line.attachments.iter().any(|slot| !slot.when.is_empty() || slot.prints || slot.photo.is_some()) {
        faults.push("lines.transfer.attachments", format!("one slot `{PROOF}`, which is required of everybody"));
    }
    if line.returns != Judged::Whole {
        faults.push("lines.transfer.returns", "nothing of it can be judged by itself");
    }
    texts(
        faults,
        &[
            ("lines.transfer.pledge_title", &line.pledge_title),
            ("lines.transfer.confirm_label", &line.confirm_label),
            ("lines.transfer.briefing.pledge", &line.briefing.pledge),
            ("lines.transfer.briefing.pledge_version", &line.briefing.pledge_version),
        ],
    );
    reasons(profile, rules, lists, faults);
    terms(rules, faults);
}

fn reasons(profile: &Profile, rules: &TransferRules, lists: &Lists, faults: &mut Faults) {
    if rules.reasons.is_empty() {
        faults.push("transfer.reasons", "at least one is needed");
    }
    let mut keys = BTreeSet::new();
    for reason in &rules.reasons {
        let key = format!("transfer.reasons.{}", reason.key);
        texts(faults, &[(&format!("{key}.key"), &reason.key), (&format!("{key}.title"), &reason.title)]);
        if !keys.insert(&reason.key) {
            faults.push(&key, "the key stands twice");
        }
        if reason.inside && reason.answers.is_empty() {
            faults.push(&key, "inside one bureau it would change nothing");
        }
        answers(profile, reason, lists, &key, faults);
    }
}

fn answers(profile: &Profile, reason: &TransferReason, lists: &Lists, key: &str, faults: &mut Faults) {
    for (path, code) in &reason.answers {
        let field = path.split_once('.').and_then(|(step, field)| {
            let step = StepKey::parse(step).filter(|step| !step.has_rows())?;
            profile.intake.step(step)?.field(field)
        });
        let has_code = |list: &String| lists.entry(list, code).is_some();
        if !field.is_some_and(|field| field.list.as_ref().is_some_and(has_code)) {
            faults.push(format!("{key}.answers"), format!("`{path}` is no question with the answer `{code}`"));
        }
    }
}

fn terms(rules: &TransferRules, faults: &mut Faults) {
    if rules.terms.is_empty() {
        faults.push("transfer.terms", "at least one is needed");
    }
    if rules.terms.windows(2).any(|pair| matches!(pair, [one, next] if one.from >= next.from)) {
        faults.push("transfer.terms", "the oldest stands first, and each begins on another day");
    }
    for (nth, terms) in rules.terms.iter().enumerate() {
        for (name, way) in terms.ways() {
            let key = format!("transfer.terms.{nth}.{name}");
            texts(faults, &[(&format!("{key}.name"), &way.name)]);
            if way.working_days == 0 || way.origin_working_days == Some(0) {
                faults.push(&key, "each deadline must be above 0");
            }
        }
        if terms.inside.as_ref().is_some_and(|way| way.origin_working_days.is_some()) {
            faults.push(format!("transfer.terms.{nth}.inside"), "there is one bureau alone, which agrees once");
        }
    }
}
