//! One step of the form (手册甲 二（二）).

use std::sync::Arc;

use domain::answer::{Answer, Flash, Notice};
use domain::change::view::ChangeFormView;
use domain::fault::FieldErrors;
use domain::intake::view::{Kit, StepView};
use domain::intake::{Back, StepForm, StepKey, Task, TaskState};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Deserialize, Serialize};

use super::autosave::Draft;
use super::conflict::conflict;
use super::controls::Sheet;
use super::elder::{Quiz, Turn, page_of};
use super::{api, parts, rows};
use crate::change;
use crate::site::{fetched, use_source};
use crate::ui::form::{Check, ErrorSummary, FormState, PostForm};
use crate::ui::page::{Frame, page};
use crate::ui::parts::{Breadcrumbs, Tips};
use crate::ui::send_code::EnterSubmits;
use crate::ui::steps::{Steps, before};
use crate::ui::words::task_path;

/// What the page shows: a step of the application, or the same form of the record that is changed.
#[derive(Clone, Serialize, Deserialize)]
enum Shown {
    Step(Box<StepView>),
    Change(Box<ChangeFormView>),
}

/// One step of the form, named by the address; with `change` 变更页.
#[component]
pub fn StepPage() -> impl IntoView {
    let source = use_source();
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move |name: &str| query.read().get(name).is_some();
    let source = move || (source.get(), params.read().get("step").unwrap_or_default(), asked("check"), asked("change"));
    let data = fetched(source, async |((province, _), step, is_checked, is_change)| match is_change {
        true => change::api::form(province, step).await.map(|view| Shown::Change(Box::new(view))),
        false => api::step(province, step, is_checked).await.map(|view| Shown::Step(Box::new(view))),
    });
    let has_more = move || query.read_untracked().get("more").is_some();
    let back = move || Back::parse(&query.read_untracked().get("back").unwrap_or_default());
    page("信息采集", data, move |frame, shown| match shown {
        Shown::Step(view) => draw(frame, *view, (has_more(), back(), Turn::of_address())),
        Shown::Change(view) => change::form(&frame, &view, has_more()),
    })
}

/// The server function that saves a step.
const SAVE: &str = "/api/intake/step/save";

fn draw(frame: Frame, view: StepView, (has_more, back, turn): (bool, Option<Back>, Turn)) -> AnyView {
    let Some(rules) = view.kit.context().step(view.step).cloned() else { return ().into_any() };
    let flash = view.flash.as_ref().filter(|flash| fits(flash, view.step));
    let labels = rules.fields.iter().map(|field| (field.key.clone(), field.label.clone()));
    let labels = labels.chain([("rows".to_owned(), rules.title.clone())]).collect();
    let state = FormState::of(labels, flash);
    if !view.errors.is_empty() && view.conflict.is_none() {
        state.errors.set(view.errors.clone());
    }
    state.by_hand.set(view.by_hand.clone());
    let task = view.tasks.iter().find(|(task, _)| *task == Task::Step(view.step)).map(|(_, state)| *state);
    let body = match (task, view.conflict.clone()) {
        (None, _) => parts::closed(&frame, &view.words),
        (Some(TaskState::Blocked), _) => parts::not_begun(&frame, &view.words),
        (Some(_), Some(typed)) => conflict(&frame, &view, &typed, state, (SAVE, back)),
        (Some(_), None) => form(&frame, view.clone(), shown(&view, flash), state, (&rules.tips, has_more, back, &turn)),
    };
    let steps = (!view.tasks.is_empty()).then(|| {
        view! {
            <Steps tasks=view.tasks.clone() here=Task::Step(view.step) words=view.words.clone() key=frame.key.clone() />
        }
    });
    let name = format!("{} – {} – {}", rules.title, frame.intake(), frame.site.province.title);
    view! {
        <leptos_meta::Title text=name />
        <leptos_meta::Stylesheet href=frame.path("questions.css") />
        <Breadcrumbs trail=frame.intake_trail() here=rules.title.clone() />
        {steps}
        <ErrorSummary state=state />
        <h1 tabindex="-1">{rules.title.clone()}</h1>
        {body}
    }
    .into_any()
}

/// Whether what was kept in the session was typed on this page.
fn fits(flash: &Flash, step: StepKey) -> bool {
    let mut form = StepForm::of(step);
    flash.values.iter().all(|(field, value)| form.set(field, value.clone()))
}

/// What stands in the fields at first: what is saved, or what was typed and could not be saved.
fn shown(view: &StepView, flash: Option<&Flash>) -> StepForm {
    let mut form = view.form();
    if let Some(flash) = flash.filter(|flash| !matches!(flash.answer.notice, Some(Notice::Saved { .. }))) {
        for (field, value) in &flash.values {
            form.set(field, value.clone());
        }
    }
    form
}

/// What stands in the fields now. What is locked or not ticked is not among the typed values.
pub(crate) fn current(form: &StepForm, typed: &[(String, String)]) -> StepForm {
    let mut form = form.clone();
    for (field, value) in typed {
        form.set(field, value.clone());
    }
    form
}

/// The rules of the step over what stands in its fields.
pub(crate) fn form_check(kit: Arc<Kit>, form: Arc<StepForm>) -> Check {
    Arc::new(move |typed: &[(String, String)]| current(&form, typed).check(&kit.context()).err().unwrap_or_default())
}

fn form(frame: &Frame, view: StepView, form: StepForm, state: FormState, of: (&[String], bool, Option<Back>, &Turn)) -> AnyView {
    let (tips, has_more, back, turn) = of;
    let (step, version, is_returned) = (view.step, view.version, view.open.is_some());
    let page = Back::on(back, &frame.path(&format!("intake/{}?check=1", step.as_str())));
    let kit = Arc::new(view.kit);
    let form = Arc::new(form);
    let answers = {
        let (kit, form) = (kit.clone(), form.clone());
        Memo::new(move |_| kit.answers.with(state.typed.with(|typed| current(&form, typed))))
    };
    let draft = Draft::new(version, view.saved_at);
    draft.follow(state, (SAVE, step.as_str().to_owned()), frame.key.clone());
    // What a change opens is only known to the server, so that after a return it is the one that checks.
    let quiz_page = page_of(frame, step.as_str(), back.map_or("", Back::as_str));
    let check: Check = if is_returned {
        Arc::new(|_: &[(String, String)]| FieldErrors::default())
    } else {
        form_check(kit.clone(), form.clone())
    };
    let sheet = Sheet {
        frame: frame.clone(),
        bureau: view.bureau.map(Arc::new),
        kit,
        step,
        form,
        answers,
        open: view.open.map(Arc::new),
        fixed: view.fixed,
        reasons: Arc::new(view.reasons),
    };
    let quiz = (frame.is_elder() && !step.has_rows()).then(|| Quiz::new(&sheet, turn, state, quiz_page));
    let page = quiz.as_ref().filter(|quiz| !quiz.shown().is_empty()).map_or(page, Quiz::page);
    let on_answer = Callback::new(move |answer: Answer| is_returned && show_opened(&page, &answer));
    // What is to be known beforehand stands on the page of the first question.
    let is_first = quiz.as_ref().is_none_or(|quiz| quiz.at == 0);
    let locked = (is_returned && is_first).then(|| {
        view! {
            <div class="notice notice--warning">
                <p>"只有标明“未通过”的项目可以修改；其他项目已经核对，用虚线框和灰色底显示，不能修改。"</p>
            </div>
        }
    });
    let way_back = match back {
        Some(back) => Some((frame.path(&format!("intake/{}", back.as_str())), "返回")),
        None => before(&view.tasks, Task::Step(step)).map(|task| (frame.path(&format!("intake/{}", task_path(task))), "上一步")),
    };
    let way_back = way_back.map(|(href, word)| view! { <a class="button button--secondary" href=href>{word}</a> });
    let way_back = way_back.map(IntoAny::into_any);
    let known = view.known.as_ref().filter(|_| is_first).map(|known| super::known::known(frame, known));
    let tips = if is_first { tips } else { &[] };
    let marks = is_first && !tips.iter().any(|tip| tip.contains("必填"));
    let beforehand = view! {
        {known}
        <Tips lines=tips.to_vec() />
        {marks.then(|| view! { <p class="hint">"带 * 的为必填项，其余为选填。"</p> })}
    };
    // In 长者版 the question comes first, so that it is in sight on a telephone.
    let (above, below) = match quiz {
        Some(_) => (None, Some(beforehand.into_any())),
        None => (Some(beforehand.into_any()), None),
    };
    let key = frame.key.clone();
    view! {
        {locked}
        {above}
        {quiz.as_ref().map(Quiz::head)}
        <PostForm action=SAVE state=state province=key check=check on_answer=on_answer keeps=false>
            <input type="hidden" name="step" value=step.as_str() />
            <input type="hidden" name="version" value=version.to_string() prop:value=move || draft.version.get().to_string() />
            <input type="hidden" name="page[back]" value=back.map_or("", Back::as_str) />
            <input type="hidden" name="page[tab]" value="" prop:value=draft.tab />
            <input type="hidden" name="page[sequence]" value="0" prop:value=move || draft.sequence.get().to_string() />
            // Other buttons come before the one that goes on.
            {match &quiz {
                Some(quiz) => view! { {quiz.enter()} {sheet.fields(Some(quiz.shown()))} {quiz.end(&sheet)} }.into_any(),
                None if step.has_rows() => view! { <EnterSubmits /> {rows::rows(&sheet, has_more)} }.into_any(),
                None => view! { <EnterSubmits /> {sheet.fields(None)} }.into_any(),
            }}
            {quiz.is_some().then(|| view! { <p class="button-row">{later()}</p> })}
            <div class="action-bar">
                <p class="live live--shown" role="status">{draft.said}</p>
                {match &quiz {
                    Some(quiz) => quiz.ways(way_back, state),
                    None => ways(way_back, state),
                }}
            </div>
        </PostForm>
        {below}
    }
    .into_any()
}

fn later() -> AnyView {
    view! { <button type="submit" class="button button--quiet" name="how" value="later" formnovalidate>"保存，稍后再办"</button> }
        .into_any()
}

/// The ways on from a whole step.
fn ways(way_back: Option<AnyView>, state: FormState) -> AnyView {
    view! {
        {way_back}
        {later()}
        <button type="submit" class="button" name="how" value="continue" aria-disabled=move || state.is_pending.get().then_some("true")>
            "保存并继续"
        </button>
    }
    .into_any()
}

/// After a return a save may have opened what it made faulty: the page is shown anew.
fn show_opened(page: &str, answer: &Answer) -> bool {
    let is_shown = !answer.errors.is_empty() && matches!(answer.notice, Some(Notice::Saved { .. }));
    if is_shown {
        crate::ui::browser::leave(page);
    }
    is_shown
}
