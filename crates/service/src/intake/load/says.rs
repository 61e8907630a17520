//! What the rules say of an intake as it stands.

use std::collections::{BTreeMap, BTreeSet};

use domain::case::{Action, Judged, Refusal, Role, Status, permitted};
use domain::fault::{Fault, FieldErrors};
use domain::intake::{Context, Task, TaskState, attachments_called_for, not_amended, progress};
use domain::province::{AttachmentRules, PledgeAt, Province};

use super::{Folder, KIND};
use crate::case::fingerprints;

impl Folder {
    /// The rules' view of it.
    pub fn cx(&self) -> Context<'_> {
        Context::of(&self.province, &self.holder, &self.answers, self.today)
    }

    /// The province whose intake it is.
    pub fn province(&self) -> &Province {
        &self.province
    }

    /// Where the case stands; without a case everything is still ahead.
    pub fn status(&self) -> Status {
        self.case.as_ref().map_or(Status::Draft, |case| case.status)
    }

    /// Whether a return item by item stands.
    pub fn is_returned(&self) -> bool {
        self.status() == Status::Returned && self.province.profile.intake_line().returns == Judged::PerItem
    }

    /// Whether the owner may do this now.
    pub fn permit(&self, action: Action) -> Result<(), Refusal> {
        permitted(self.status(), Role::Owner, action, &self.province.profile.kind_rules(KIND))
    }

    /// By what it is handed in next: 提交申请, or 重新提交 after a return.
    pub fn next(&self) -> Action {
        if self.status() == Status::Returned { Action::Resubmit } else { Action::Submit }
    }

    /// Whether the briefing was left for the first step: with the promise where it is made at the start.
    pub fn has_begun(&self) -> bool {
        match self.province.profile.intake_line().pledge_at {
            PledgeAt::Start => self.is_pledged,
            PledgeAt::End => self.case.is_some(),
        }
    }

    /// Whether an item may be changed now.
    pub fn may_change(&self, item: &str) -> bool {
        self.permit(Action::Save).is_ok() && self.open.as_ref().is_none_or(|open| open.contains(item))
    }

    /// The task list; empty while there is nothing to do for the person.
    pub fn tasks(&self) -> Vec<(Task, TaskState)> {
        if self.permit(Action::Save).is_err() {
            return Vec::new();
        }
        let saved = self.saved.keys().copied().collect();
        let uploaded = self.files.keys().cloned().collect();
        progress(&self.cx(), &saved, &uploaded, self.has_begun())
    }

    /// The files that the answers call for.
    pub fn slots(&self) -> Vec<&AttachmentRules> {
        attachments_called_for(&self.province.profile, &self.answers)
    }

    /// The rejected items, in the order of their names.
    pub fn rejected_set(&self) -> BTreeSet<String> {
        self.rejected.keys().cloned().collect()
    }

    /// The rejected items that are still as they were submitted, and of which nobody said that they are right.
    pub fn not_amended(&self) -> Vec<String> {
        let explained = self.explained.of(self.round());
        self.as_they_were().into_iter().filter(|item| !explained.contains_key(item)).collect()
    }

    /// What was said to the rejected items that are still as they were submitted.
    pub fn explained_as_they_were(&self) -> BTreeMap<String, String> {
        let explained = self.explained.of(self.round());
        self.as_they_were().into_iter().filter_map(|item| explained.get(&item).cloned().map(|remark| (item, remark))).collect()
    }

    /// How often it was submitted.
    pub fn round(&self) -> i64 {
        self.case.as_ref().map_or(0, |case| case.round)
    }

    /// The rejected items that are still as they were submitted.
    pub fn as_they_were(&self) -> Vec<String> {
        let Some(before) = self.last.as_ref().filter(|_| self.is_returned()) else { return Vec::new() };
        let now = fingerprints(self.files.values().flatten().map(|row| (row.slot.as_str(), row.sha256.as_str())));
        not_amended(&self.rejected_set(), &before.answers, &self.answers, &before.hashes(), &now, &self.cx())
    }

    /// Everything that keeps the application from being submitted, in the order of the tasks.
    pub fn faults(&self) -> Vec<(Task, FieldErrors)> {
        let mut faults = Vec::new();
        if !self.is_pledged && self.province.profile.intake_line().pledge_at == PledgeAt::Start {
            faults.push((Task::Briefing, FieldErrors::one("agreed", Fault::NotAgreed)));
        }
        let mut of_steps: BTreeMap<_, _> = self.answers.check(&self.cx()).err().unwrap_or_default().into_iter().collect();
        for step in &self.province.profile.intake.steps {
            let found = of_steps.remove(&step.key).or_else(|| {
                // Nobody has looked at a step that was never saved, even where nothing is a valid answer.
                let field = if step.key.has_rows() { "rows" } else { &step.fields.first()?.key };
                (!self.saved.contains_key(&step.key)).then(|| FieldErrors::one(field, Fault::Missing))
            });
            faults.extend(found.map(|errors| (Task::Step(step.key), errors)));
        }
        let mut missing = FieldErrors::default();
        for rules in self.slots().into_iter().filter(|rules| rules.required && !self.files.contains_key(&rules.slot)) {
            missing.push(&rules.slot, Fault::FileMissing);
        }
        if !missing.is_empty() {
            faults.push((Task::Attachments, missing));
        }
        faults
    }
}
