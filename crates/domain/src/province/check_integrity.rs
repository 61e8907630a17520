//! What a profile must keep of 诚信, and what the versions of the law must.

use std::collections::BTreeSet;

use super::Profile;
use super::check::texts;
use super::parse::Faults;
use crate::case::CaseKind;
use crate::integrity::{IntegrityRules, Laws};

/// The slot that holds the decision of a penalty.
const DECISION: &str = "decision";
/// The slot that holds what a person proves an objection with.
const EVIDENCE: &str = "evidence";

pub(super) fn integrity(profile: &Profile, faults: &mut Faults) {
    for kind in [CaseKind::Reward, CaseKind::Penalty, CaseKind::Objection] {
        if profile.has_line(kind) != profile.integrity.is_some() {
            faults.push("integrity", format!("`lines.{}` and this table go together", kind.code()));
        }
    }
    if profile.integrity.is_some() && !profile.intake.after_approval.iter().any(|item| item.key == "integrity") {
        faults.push("intake.after_approval.integrity", "nobody finds the page that is not in the menu");
    }
    let Some(rules) = &profile.integrity else { return };
    self::rules(rules, faults);
    let reward = &profile.line(CaseKind::Reward).attachments;
    if profile.has_line(CaseKind::Reward) && !reward.iter().any(|slot| slot.required) {
        faults.push("lines.reward.attachments", "at least one proof is needed of everybody");
    }
    let penalty = &profile.line(CaseKind::Penalty).attachments;
    let is_decision = penalty.len() == 1 && penalty.iter().all(|slot| slot.slot == DECISION && slot.required);
    if profile.has_line(CaseKind::Penalty) && !is_decision {
        faults.push("lines.penalty.attachments", format!("one slot `{DECISION}`, which is required"));
    }
    let objection = &profile.line(CaseKind::Objection).attachments;
    if profile.has_line(CaseKind::Objection) && !(objection.len() == 1 && objection.iter().all(|slot| slot.slot == EVIDENCE)) {
        faults.push("lines.objection.attachments", format!("one slot `{EVIDENCE}`"));
    }
    for (kind, slots) in [(CaseKind::Reward, reward), (CaseKind::Penalty, penalty), (CaseKind::Objection, objection)] {
        if slots.iter().any(|slot| !slot.when.is_empty() || slot.prints || slot.photo.is_some()) {
            let key = format!("lines.{}.attachments", kind.code());
            faults.push(key, "there are no answers that a paper could hang on, no form and no photograph");
        }
    }
}

fn rules(rules: &IntegrityRules, faults: &mut Faults) {
    texts(
        faults,
        &[
            ("integrity.page_name", &rules.page_name),
            ("integrity.entry_name", &rules.entry_name),
            ("integrity.management_name", &rules.management_name),
        ],
    );
    if !(1..=IntegrityRules::MOST).contains(&rules.most) {
        faults.push("integrity.most", format!("between 1 and {}", IntegrityRules::MOST));
    }
    if rules.public_months == Some(0) {
        faults.push("integrity.public_months", "must be above 0");
    }
    if rules.record_working_days == 0 {
        faults.push("integrity.record_working_days", "must be above 0");
    }
    let mut codes = BTreeSet::new();
    if rules.levels.is_empty() {
        faults.push("integrity.levels", "at least one level is needed");
    }
    for level in &rules.levels {
        let key = format!("integrity.levels.{}", level.code);
        texts(faults, &[(&key, &level.code), (&key, &level.label)]);
        if !codes.insert(&level.code) {
            faults.push(key, "the code stands twice");
        }
    }
    if rules.lowest.is_empty() || rules.lowest.iter().any(|lowest| !codes.contains(&lowest.level)) {
        faults.push("integrity.lowest", "at least one is needed, each of a level that there is");
    }
    if !rules.lowest.is_sorted_by(|one, next| one.from < next.from) {
        faults.push("integrity.lowest", "the oldest stands first, and each begins on another day");
    }
}

pub(super) fn laws(laws: &Laws, faults: &mut Faults) {
    let mut codes = BTreeSet::new();
    for law in &laws.laws {
        texts(faults, &[(&format!("laws.{}", law.from), &law.name)]);
        if law.until.is_some_and(|until| until < law.from) {
            faults.push(format!("laws.{}", law.from), "`until` is before `from`");
        }
        if law.articles.is_empty() {
            faults.push(format!("laws.{}", law.from), "at least one article is needed");
        }
        for article in &law.articles {
            let key = format!("laws.{}", article.code);
            texts(faults, &[(&key, &article.code), (&key, &article.label), (&key, &article.about)]);
            if article.kinds.is_empty() || article.code.contains(',') || !codes.insert(&article.code) {
                faults.push(key, "a code that stands once and has no comma, and at least one kind are needed");
            }
        }
    }
    let follow = |pair: &[crate::integrity::Law]| match pair {
        [one, next] => one.until.is_some_and(|until| until.succ_opt() == Some(next.from)),
        _ => true,
    };
    if laws.laws.is_empty() || !laws.laws.windows(2).all(follow) {
        faults.push("laws", "the oldest stands first, and each begins on the day after the one before it ended");
    }
}
