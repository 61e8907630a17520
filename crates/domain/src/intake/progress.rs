use std::collections::BTreeSet;

use super::attachments::called_for;
use super::check::Context;
use crate::province::StepKey;

/// A part of the application, as on the task list (ux F2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Task {
    /// 须知 and 承诺.
    Briefing,
    /// A step of the form.
    Step(StepKey),
    /// 材料上传.
    Attachments,
    /// 信息核对.
    Check,
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum TaskState {
    /// Nothing was saved yet.
    NotStarted,
    /// Something was saved that would not pass the check.
    InProgress,
    /// Would pass the check now.
    Done,
    /// Something else has to be done first.
    Blocked,
}

/// The tasks in their order. `saved` are the steps that were saved at least once, `uploaded` the slots with a file.
/// A step is done only when it would pass the check now, so that no way round the wizard skips a rule.
#[must_use]
pub fn progress(cx: &Context, saved: &BTreeSet<StepKey>, uploaded: &BTreeSet<String>, pledged: bool) -> Vec<(Task, TaskState)> {
    let mut tasks = vec![(Task::Briefing, if pledged { TaskState::Done } else { TaskState::NotStarted })];
    for step in cx.steps {
        let form = cx.answers.form(step.key);
        let state = if !pledged {
            TaskState::Blocked
        } else if saved.contains(&step.key) && form.check(cx).is_ok() {
            TaskState::Done
        } else if saved.contains(&step.key) || !form.is_blank() {
            TaskState::InProgress
        } else {
            TaskState::NotStarted
        };
        tasks.push((Task::Step(step.key), state));
    }
    let is_done = |tasks: &[(Task, TaskState)]| tasks.iter().all(|(_, state)| *state == TaskState::Done);
    let files = if is_done(&tasks) { files(cx, uploaded) } else { TaskState::Blocked };
    tasks.push((Task::Attachments, files));
    let check = if is_done(&tasks) { TaskState::NotStarted } else { TaskState::Blocked };
    tasks.push((Task::Check, check));
    tasks
}

fn files(cx: &Context, uploaded: &BTreeSet<String>) -> TaskState {
    let called_for = called_for(cx.steps, cx.attachments, cx.answers);
    if called_for.iter().all(|rules| !rules.required || uploaded.contains(&rules.slot)) {
        TaskState::Done
    } else if called_for.iter().any(|rules| uploaded.contains(&rules.slot)) {
        TaskState::InProgress
    } else {
        TaskState::NotStarted
    }
}

/// The first task that can be worked on and is not done.
#[must_use]
pub fn next_task(tasks: &[(Task, TaskState)]) -> Option<Task> {
    tasks.iter().find(|(_, state)| matches!(state, TaskState::NotStarted | TaskState::InProgress)).map(|(task, _)| *task)
}
