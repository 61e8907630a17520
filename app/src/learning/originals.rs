//! 备查: until when originals are to be kept, what the bureau asks for, and what came of it.

use domain::inspection::{InspectionView, Inspections, Outcome};
use domain::learning::view::ConversionView;
use leptos::prelude::*;

use crate::intake::files::{few, summary};
use crate::ui::form::id_of;
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::upload::{Slot, Upload};

/// What is said of the originals of an approved conversion; before, only for how long they are to be kept.
pub(super) fn originals(frame: &Frame, view: &ConversionView) -> AnyView {
    let keep = match &view.inspections {
        Some(of) => {
            let (until, years) = (format::date(of.keep_until), view.words.keep_years);
            format!("原件请至少保存 {years} 年，到 {until} 为止，其间财政部门可以要求核对。")
        }
        None => format!("原件请至少保存 {} 年，以备核查。", view.words.keep_years),
    };
    let over: Vec<AnyView> =
        view.inspections.iter().flat_map(|of| &of.all).filter(|of| of.outcome.is_some()).map(ended).collect();
    let over = (!over.is_empty()).then(|| view! { <ul class="ledger">{over}</ul> });
    view! {
        <p class="hint">{keep}</p>
        {over}
        {asked(frame, view)}
    }
    .into_any()
}

/// What the bureau asks for now, with the place to send it.
fn asked(frame: &Frame, view: &ConversionView) -> Option<AnyView> {
    let of = view.inspections.as_ref().and_then(Inspections::open)?;
    let slot = Slot::alone(view.originals.clone()?);
    let wrong = summary(std::slice::from_ref(&slot));
    let (key, case, id) = (frame.key.clone(), view.case.id.to_string(), id_of(&slot.view.rules.slot));
    let (bureau, until) = (view.case.bureau_name.clone(), format::date(of.due_on));
    let text = match of.is_late {
        true => format!("上传的期限是 {until}，已经过了，请尽快上传。"),
        false => format!("请在 {until} 前上传。"),
    };
    Some(
        view! {
            <div class="notice notice--warning">
                <h3>{format!("{bureau}需要核对原件")}</h3>
                <p>{of.asked.clone()}</p>
                <p><strong>{text}</strong></p>
            </div>
            {wrong}
            {few(view.uploads_left)}
            <div class="tiles"><div id=id tabindex="-1"><Upload place=slot key=key case=case /></div></div>
            <p class="hint">"上传以后不用再提交，核对的结果会告诉您。"</p>
        }
        .into_any(),
    )
}

/// One that is over.
fn ended(of: &InspectionView) -> AnyView {
    let word = match of.outcome {
        Some(Outcome::InOrder) => "原件核对无误",
        Some(Outcome::Failed) | None => "原件缺失或者不实",
    };
    let at = of.ended_at.map(|at| view! { " " <time datetime=format::machine(at)>{format::instant(at)}</time> });
    view! { <li><p><strong>{word}</strong>{at}</p><p class="hint">{of.asked.clone()}</p></li> }.into_any()
}
