//! One reward: its form and its proof while they are the person's, what was handed in and became of it afterwards.

use std::collections::BTreeMap;

use domain::case::view::TimelineItem;
use domain::case::{Action, Status};
use domain::integrity::forms::RewardForm;
use domain::integrity::view::RewardView;
use leptos::prelude::*;

use super::list::{specs, status, why_not};
use crate::intake::files::{few, summary};
use crate::intake::{agree, promise, sections};
use crate::ui::field::Field;
use crate::ui::form::{ErrorSummary, FormState, PostForm, id_of, name_of};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::parts::Breadcrumbs;
use crate::ui::upload::{Slot, Upload};
use crate::ui::words as common;

/// The page of a reward.
pub fn reward(frame: &Frame, view: &RewardView) -> AnyView {
    let title = view.reward_name.clone();
    let name = format!("{title} – {}", frame.site.province.title);
    let trail = vec![
        ("个人中心".to_owned(), frame.path("home")),
        ("业务办理".to_owned(), frame.path("services")),
        (view.rules.page_name.clone(), frame.path("learning?integrity=all")),
    ];
    let (word, class) = status(view.case.status);
    let number = (!view.case.number.is_empty())
        .then(|| view! { <p class="muted">"受理编号 " <span class="code">{view.case.number.clone()}</span></p> });
    let (top, below) = if view.actions.contains(&Action::Save) { form(frame, view) } else { handed_in(frame, view) };
    let obstacle =
        view.obstacle.map(|why| view! { <div class="notice notice--warning"><p>{why_not(why, &view.rules)}</p></div> });
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

fn reason(view: &RewardView) -> Option<AnyView> {
    let title = match view.case.status {
        Status::Returned => "申请被退回，需要修改",
        _ => "审核通过已被撤销",
    };
    (!view.reason.is_empty()).then(|| {
        view! { <div class="notice notice--danger"><h2>{title}</h2><p>{format!("原因：{}", view.reason)}</p></div> }.into_any()
    })
}

/// What stands in the form: what was typed last, or what was kept.
fn typed(view: &RewardView) -> RewardForm {
    let Some(values) = view.flash.as_ref().map(|flash| &flash.values) else { return view.reward.clone() };
    let of = |field: &str, kept: &str| values.get(field).cloned().unwrap_or_else(|| kept.to_owned());
    RewardForm {
        name: of("name", &view.reward.name),
        level: of("level", &view.reward.level),
        body: of("body", &view.reward.body),
        granted_on: of("granted_on", &view.reward.granted_on),
        number: of("number", &view.reward.number),
    }
}

/// The summaries on top, and everything below the heading.
fn form(frame: &Frame, view: &RewardView) -> (AnyView, AnyView) {
    let specs = specs(&view.rules, &typed(view));
    let slots = Slot::all(&view.slots);
    let papers = view.slots.iter().map(|slot| (slot.rules.slot.clone(), slot.rules.title.clone()));
    let labels: BTreeMap<String, String> = specs
        .iter()
        .map(|spec| (spec.field.clone(), spec.label.clone()))
        .chain(papers)
        .chain([("agreed".to_owned(), "承诺".to_owned())])
        .collect();
    let state = FormState::of(labels, view.flash.as_ref());
    let tile = |slot: &Slot| {
        let id = id_of(&slot.view.rules.slot);
        let (key, case) = (frame.key.clone(), view.case.id.to_string());
        view! { <div id=id tabindex="-1"><Upload place=slot.clone() key=key case=case /></div> }
    };
    let tiles = slots.iter().map(tile).collect_view();
    let (promised, confirm) = view.promise.clone();
    let (key, case, request) = (frame.key.clone(), view.case.id.to_string(), view.request_key.clone());
    let word = if view.case.status == Status::Returned { "重新提交" } else { "提交" };
    let below = view! {
        <section class="stack" aria-labelledby="papers-title">
            <h2 id="papers-title">"证明材料"</h2>
            {few(view.uploads_left)}
            <div class="tiles">{tiles}</div>
        </section>
        <section class="card stack" aria-labelledby="reward-title">
            <h2 id="reward-title">"奖励信息"</h2>
            <PostForm action="/api/integrity/submit" state=state province=key class="stack">
                <input type="hidden" name=name_of("case") value=case />
                <input type="hidden" name=name_of("request_key") value=request />
                {specs.into_iter().map(|spec| view! { <Field spec=spec /> }).collect_view()}
                {promise(&promised, 3)}
                {agree(state, confirm)}
                <p class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>{word}</button>
                </p>
            </PostForm>
        </section>
        {drop(frame, view)}
    };
    (view! { {summary(&slots)} <ErrorSummary state=state /> }.into_any(), below.into_any())
}

/// 删除, of what is a draft, waits, or was returned (手册乙 8.3).
fn drop(frame: &Frame, view: &RewardView) -> Option<AnyView> {
    let may = view.actions.iter().any(|action| matches!(action, Action::Delete | Action::Cancel));
    may.then(|| {
        let state = FormState::new([("case", "申请")], None);
        let (key, case, version) = (frame.key.clone(), view.case.id.to_string(), view.case.version.to_string());
        view! {
            <PostForm action="/api/integrity/delete" state=state province=key keeps=false>
                <input type="hidden" name=name_of("case") value=case />
                <input type="hidden" name=name_of("version") value=version />
                <button type="submit" class="button button--quiet">"删除这件申请"</button>
            </PostForm>
        }
        .into_any()
    })
}

/// What was handed in, what came of it, and everything that happened.
fn handed_in(frame: &Frame, view: &RewardView) -> (AnyView, AnyView) {
    let state = FormState::new([("case", "申请")], view.flash.as_ref());
    let waits = (view.case.status == Status::Submitted).then(|| {
        let due = view.case.due_on.map(|on| format!("预计 {} 前答复。", format::date(on))).unwrap_or_default();
        view! { <p>{format!("等待{}审核。{due}", view.case.bureau_name)}<strong>"您不用做什么。"</strong></p> }
    });
    let recorded = (view.case.status == Status::Approved).then(|| {
        let href = frame.path("learning?integrity=all");
        view! { <p>"已记入诚信档案。 " <a href=href>{format!("前往{}", view.rules.page_name)}</a></p> }
    });
    let file = |slot: &domain::papers::SlotView| {
        let title = slot.rules.title.clone();
        let each = slot.files.iter().map(|file| {
            let href = frame.path(&format!("files/{}", file.id));
            view! { <li><a href=href rel="external" target="_blank">{format!("{title}：{}", file.name)}</a></li> }
        });
        each.collect_view()
    };
    let files = view.slots.iter().map(file).collect_view();
    let events = view.timeline.iter().rev().map(event).collect_view();
    let below = view! {
        {waits}
        {recorded}
        {sections(&view.sections, None, false)}
        <section class="card"><h2>"证明材料（新窗口打开）"</h2><ul class="link-list">{files}</ul></section>
        <section class="card"><h2>"办理经过"</h2><ul class="ledger">{events}</ul></section>
        {drop(frame, view)}
    };
    (view! { <ErrorSummary state=state /> }.into_any(), below.into_any())
}

fn event(of: &TimelineItem) -> AnyView {
    let note = (!of.note.is_empty()).then(|| view! { <p>{of.note.clone()}</p> });
    view! {
        <li>
            <p><strong>{common::action(of.action)}</strong> " " <time datetime=format::machine(of.at)>{format::instant(of.at)}</time></p>
            <p class="hint">{of.who.clone()}</p>
            {note}
        </li>
    }
    .into_any()
}
