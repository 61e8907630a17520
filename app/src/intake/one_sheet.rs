//! An application of one sheet, such as the claim of an employer or a reward: its form and its papers while they are the person's, what
//! was handed in and became of it afterwards. What it is about is its line's to say.

use std::collections::BTreeMap;

use domain::answer::Flash;
use domain::case::view::{CaseSummary, TimelineItem};
use domain::case::{Action, Section, Status};
use domain::limit::Left;
use domain::papers::{Promise, SlotView};
use leptos::prelude::*;

use super::files::{few, summary};
use super::parts::{agree, promise};
use super::summary::sections;
use crate::ui::field::{Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm, id_of, name_of};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::parts::Breadcrumbs;
use crate::ui::upload::{Slot, Upload};
use crate::ui::words as common;

/// What is known of the case, whatever its line.
#[derive(Clone, Copy)]
pub(crate) struct OneSheet<'a> {
    pub case: &'a CaseSummary,
    pub slots: &'a [SlotView],
    pub uploads_left: Option<Left>,
    pub sections: &'a [Section],
    pub reason: &'a str,
    pub timeline: &'a [TimelineItem],
    pub actions: &'a [Action],
    pub promise: &'a (Promise, String),
    pub flash: Option<&'a Flash>,
    pub request_key: &'a str,
}

/// What its line says of it.
pub(crate) struct Said {
    /// What the kind of case is called.
    pub name: String,
    /// Between 业务办理 and the case.
    pub trail: Vec<(String, String)>,
    /// Above the questions, and the questions.
    pub heading: &'static str,
    pub fields: Vec<FieldSpec>,
    /// What stands in the way, told before somebody tries.
    pub obstacle: Option<String>,
    /// What comes of an approval.
    pub approved: AnyView,
    /// Where it is handed in, and where it is deleted.
    pub submit: &'static str,
    pub delete: &'static str,
}

/// The page.
pub(crate) fn one_sheet(frame: &Frame, view: OneSheet<'_>, said: Said) -> AnyView {
    let title = said.name.clone();
    let name = format!("{title} – {}", frame.site.province.title);
    let mut trail = vec![("个人中心".to_owned(), frame.path("home")), ("业务办理".to_owned(), frame.path("services"))];
    trail.extend(said.trail.iter().cloned());
    let (word, class) = status(view.case.status);
    let number = (!view.case.number.is_empty())
        .then(|| view! { <p class="muted">"受理编号 " <span class="code">{view.case.number.clone()}</span></p> });
    let obstacle = said.obstacle.clone().map(|why| view! { <div class="notice notice--warning"><p>{why}</p></div> });
    let is_open = view.actions.contains(&Action::Save);
    let (top, below) = if is_open { form(frame, view, said) } else { handed_in(frame, view, said) };
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=trail here=title.clone() />
        {top}
        <h1 tabindex="-1">{title} " " <span class=class>{word}</span></h1>
        {number}
        {reason(view)}
        {obstacle}
        {below}
    }
    .into_any()
}

/// What a status is called here: one that the bureau took back is not just ended.
pub(crate) fn status(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::Closed => ("已撤销", "tag tag--red"),
        other => (common::status(other), common::status_class(other)),
    }
}

fn reason(view: OneSheet<'_>) -> Option<AnyView> {
    let title = match view.case.status {
        Status::Returned => "申请被退回，需要修改",
        _ => "审核通过已被撤销",
    };
    (!view.reason.is_empty()).then(|| {
        view! { <div class="notice notice--danger"><h2>{title}</h2><p>{format!("原因：{}", view.reason)}</p></div> }.into_any()
    })
}

/// The summaries on top, and everything below the heading.
fn form(frame: &Frame, view: OneSheet<'_>, said: Said) -> (AnyView, AnyView) {
    let slots = Slot::all(view.slots);
    let papers = view.slots.iter().map(|slot| (slot.rules.slot.clone(), slot.rules.title.clone()));
    let labels: BTreeMap<String, String> = said
        .fields
        .iter()
        .map(|spec| (spec.field.clone(), spec.label.clone()))
        .chain(papers)
        .chain([("agreed".to_owned(), "承诺".to_owned())])
        .collect();
    let state = FormState::of(labels, view.flash);
    let tile = |slot: &Slot| {
        let id = id_of(&slot.view.rules.slot);
        let (key, case) = (frame.key.clone(), view.case.id.to_string());
        view! { <div id=id tabindex="-1"><Upload place=slot.clone() key=key case=case /></div> }
    };
    let tiles = slots.iter().map(tile).collect_view();
    let (promised, confirm) = view.promise.clone();
    let (key, case, request) = (frame.key.clone(), view.case.id.to_string(), view.request_key.to_owned());
    let word = if view.case.status == Status::Returned { "重新提交" } else { "提交" };
    let drop = drop(frame, view, said.delete);
    let below = view! {
        <section class="stack" aria-labelledby="papers-title">
            <h2 id="papers-title">"证明材料"</h2>
            {few(view.uploads_left)}
            <div class="tiles">{tiles}</div>
        </section>
        <section class="card stack" aria-labelledby="sheet-title">
            <h2 id="sheet-title">{said.heading}</h2>
            <PostForm action=said.submit state=state province=key class="stack">
                <input type="hidden" name=name_of("case") value=case />
                <input type="hidden" name=name_of("request_key") value=request />
                {said.fields.into_iter().map(|spec| view! { <Field spec=spec /> }).collect_view()}
                {promise(&promised, 3)}
                {agree(state, confirm)}
                <p class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>{word}</button>
                </p>
            </PostForm>
        </section>
        {drop}
    };
    (view! { {summary(&slots)} <ErrorSummary state=state /> }.into_any(), below.into_any())
}

/// 删除, of what is a draft, waits, or was returned (手册乙 8.3).
fn drop(frame: &Frame, view: OneSheet<'_>, action: &'static str) -> Option<AnyView> {
    let may = view.actions.iter().any(|action| matches!(action, Action::Delete | Action::Cancel));
    may.then(|| {
        let state = FormState::new([("case", "申请")], None);
        let (key, case, version) = (frame.key.clone(), view.case.id.to_string(), view.case.version.to_string());
        view! {
            <PostForm action=action state=state province=key keeps=false>
                <input type="hidden" name=name_of("case") value=case />
                <input type="hidden" name=name_of("version") value=version />
                <button type="submit" class="button button--quiet">"删除这件申请"</button>
            </PostForm>
        }
        .into_any()
    })
}

/// What was handed in, what came of it, and everything that happened.
fn handed_in(frame: &Frame, view: OneSheet<'_>, said: Said) -> (AnyView, AnyView) {
    let state = FormState::new([("case", "申请")], view.flash);
    let approved = (view.case.status == Status::Approved).then_some(said.approved);
    let below = view! {
        {waits(view.case)}
        {approved}
        {sections(view.sections, None, false)}
        <section class="card"><h2>"证明材料（新窗口打开）"</h2>{papers(frame, view.slots)}</section>
        {happened(view.timeline)}
        {drop(frame, view, said.delete)}
    };
    (view! { <ErrorSummary state=state /> }.into_any(), below.into_any())
}

/// Who has it, and until when.
pub(crate) fn waits(case: &CaseSummary) -> Option<AnyView> {
    (case.status == Status::Submitted).then(|| {
        let due = case.due_on.map(|on| format!("预计 {} 前答复。", format::date(on))).unwrap_or_default();
        view! { <p>{format!("等待{}审核。{due}", case.bureau_name)}<strong>"您不用做什么。"</strong></p> }.into_any()
    })
}

/// The papers, each to be opened.
pub(crate) fn papers(frame: &Frame, slots: &[SlotView]) -> AnyView {
    let file = |slot: &SlotView| {
        let title = slot.rules.title.clone();
        let each = slot.files.iter().map(|file| {
            let href = frame.path(&format!("files/{}", file.id));
            view! { <li><a href=href rel="external" target="_blank">{format!("{title}：{}", file.name)}</a></li> }
        });
        each.collect_view()
    };
    view! { <ul class="link-list">{slots.iter().map(file).collect_view()}</ul> }.into_any()
}

/// 办理经过, the newest first.
pub(crate) fn happened(timeline: &[TimelineItem]) -> AnyView {
    let event = |of: &TimelineItem| {
        let note = (!of.note.is_empty()).then(|| view! { <p>{of.note.clone()}</p> });
        view! {
            <li>
                <p><strong>{common::action(of.action)}</strong> " " <time datetime=format::machine(of.at)>{format::instant(of.at)}</time></p>
                <p class="hint">{of.who.clone()}</p>
                {note}
            </li>
        }
    };
    let events = timeline.iter().rev().map(event).collect_view();
    view! { <section class="card"><h2>"办理经过"</h2><ul class="ledger">{events}</ul></section> }.into_any()
}
