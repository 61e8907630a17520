//! One conversion after it was handed in: what was asked, what came of it, and everything that happened.

use domain::case::Status;
use domain::case::view::TimelineItem;
use domain::learning::CreditEntry;
use domain::learning::view::ConversionView;
use leptos::prelude::*;

use super::conversion::drop;
use super::originals;
use crate::intake::sections;
use crate::ui::form::{ErrorSummary, FormState};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::words as common;

/// What was handed in, what came of it, and everything that happened.
pub(super) fn handed_in(frame: &Frame, view: &ConversionView) -> (AnyView, AnyView) {
    let state = FormState::new([("case", "申请")], view.flash.as_ref());
    let waits = (view.case.status == Status::Submitted).then(|| {
        let due = view.case.due_on.map(|on| format!("预计 {} 前答复。", format::date(on))).unwrap_or_default();
        view! { <p>{format!("等待{}审核。{due}", view.case.bureau_name)}<strong>"您不用做什么。"</strong></p> }
    });
    let file = |slot: &domain::intake::view::SlotView| {
        let title = slot.rules.title.clone();
        let each = slot.files.iter().map(|file| {
            let href = frame.path(&format!("files/{}", file.id));
            view! { <li><a href=href rel="external" target="_blank">{format!("{title}：{}", file.name)}</a></li> }
        });
        each.collect_view()
    };
    let files = view.slots.iter().map(file).collect_view();
    let remark =
        (!view.remark.is_empty()).then(|| view! { <section class="card"><h2>"备注"</h2><p>{view.remark.clone()}</p></section> });
    let events = view.timeline.iter().rev().map(event).collect_view();
    let below = view! {
        {waits}
        {booked(view)}
        {sections(&view.sections, None, false)}
        {remark}
        <section class="card">
            <h2>"证明材料"</h2>
            <ul class="link-list">{files}</ul>
            {originals::originals(frame, view)}
        </section>
        <section class="card"><h2>"办理经过"</h2><ul class="ledger">{events}</ul></section>
        {drop(frame, view, state)}
    };
    (view! { <ErrorSummary state=state /> }.into_any(), below.into_any())
}

/// What came of it in the ledger: how much, by which reckoning, and what a reviewer corrected and why.
fn booked(view: &ConversionView) -> Option<AnyView> {
    let unit = &view.words.unit;
    let line = |(entry, rule): &(CreditEntry, String)| {
        view! {
            <li>
                <p><strong>{format!("{} {unit}", entry.amount)}</strong>{format!("（{} 年度）", entry.year)}</p>
                <p>{entry.arithmetic.clone()}</p>
                <p class="hint">{format!("{} 登记，{rule}", format::date(entry.booked_on()))}</p>
            </li>
        }
    };
    let lines = view.booked.iter().map(line).collect_view();
    (!view.booked.is_empty()).then(|| {
        view! { <section class="card"><h2>{format!("登记的{unit}")}</h2><ul class="ledger">{lines}</ul></section> }.into_any()
    })
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
