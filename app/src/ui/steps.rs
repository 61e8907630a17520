//! 步骤条: where one stands in the wizard; at the side of a desk's page, on telephones one line (ux F3). Some provinces have
//! the progress among the steps (手册丁 信息登记).

use domain::intake::view::Words;
use domain::intake::{Task, TaskState};
use domain::province::Layout;
use leptos::prelude::*;

use super::words::task_path;

/// The steps of the wizard. Finished ones are links.
#[component]
pub fn Steps(tasks: Vec<(Task, TaskState)>, here: Task, words: Words, key: String) -> impl IntoView {
    let all = tasks.len();
    let position = tasks.iter().position(|(task, _)| *task == here).unwrap_or(0) + 1;
    let title = words.task(here).to_owned();
    let last = (words.layout == Layout::Side).then(|| {
        view! { <li><a href=format!("/{key}/intake/progress")>{words.progress.clone()}</a></li> }
    });
    let items = tasks
        .into_iter()
        .map(|(task, state)| {
            let label = words.task(task).to_owned();
            let href = format!("/{key}/intake/{}", task_path(task));
            if task == here {
                view! { <li aria-current="step"><span>{label}</span></li> }.into_any()
            } else if state == TaskState::Done {
                view! { <li class="steps__done"><a href=href>{label}<span class="hidden-visually">"（已完成）"</span></a></li> }
                    .into_any()
            } else {
                view! { <li><span>{label}</span></li> }.into_any()
            }
        })
        .collect_view();
    view! {
        <nav class="steps-nav" aria-label="办理步骤">
            <p class="steps__compact">{format!("第 {position} 步，共 {all} 步：{title}")}</p>
            <ol class="steps">{items}{last}</ol>
        </nav>
    }
}

/// The step before this one, where there is one.
pub fn before(tasks: &[(Task, TaskState)], here: Task) -> Option<Task> {
    let at = tasks.iter().position(|(task, _)| *task == here)?;
    tasks.get(at.checked_sub(1)?).map(|(task, _)| *task)
}
