//! 资料上传: just the proofs that this change calls for, each with the sentence why; then the promise and 提交.

use domain::case::{LONGEST_REMARK, Status};
use domain::change::view::ChangeView;
use leptos::prelude::*;

use super::{entry, flash_of, head, page};
use crate::intake::files::{few, summary};
use crate::intake::{agree, promise};
use crate::ui::field::{AreaField, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm, id_of, name_of};
use crate::ui::page::Frame;
use crate::ui::upload::{Slot, Upload};

/// The page.
pub fn papers(frame: &Frame, view: &ChangeView) -> AnyView {
    let views: Vec<_> = view.slots.iter().map(|called| called.slot.clone()).collect();
    let slots = Slot::all(&views);
    let titles = views.iter().map(|slot| (slot.rules.slot.clone(), slot.rules.title.clone()));
    let labels = titles.chain([("agreed".to_owned(), "承诺".to_owned()), ("remark".to_owned(), "备注".to_owned())]).collect();
    let state = FormState::of(labels, flash_of(view.flash.as_ref(), "change-submit"));
    let case = view.case.as_ref().map(|case| case.id.to_string()).unwrap_or_default();
    let tiles = slots.iter().zip(&view.slots).map(|(slot, called)| {
        let (id, key, case) = (id_of(&slot.view.rules.slot), frame.key.clone(), case.clone());
        view! {
            <div id=id tabindex="-1">
                <p class="hint">{called.because.clone()}</p>
                <Upload place=slot.clone() key=key case=case />
            </div>
        }
    });
    let tiles = tiles.collect_view();
    let papers = match slots.is_empty() {
        true => view! { <p>"这次变更不需要上传证明。"</p> }.into_any(),
        false => view! { {few(view.uploads_left)} <div class="tiles">{tiles}</div> }.into_any(),
    };
    view! {
        {head(frame, &view.name, "资料上传")}
        {summary(&slots)}
        <ErrorSummary state=state />
        <h1 tabindex="-1">"资料上传"</h1>
        <section class="stack" aria-labelledby="papers-title">
            <h2 id="papers-title">"需要的证明"</h2>
            {papers}
        </section>
        {hand_in(frame, view, state)}
    }
    .into_any()
}

/// The promise and 提交, or what stands in the way.
fn hand_in(frame: &Frame, view: &ChangeView, state: FormState) -> AnyView {
    let back = page(frame, "all");
    if view.changed.is_empty() {
        return view! { <div class="notice notice--info"><p>"还没有修改任何项目。"</p><p><a href=back>"返回修改"</a></p></div> }
            .into_any();
    }
    if let Some(obstacles) = entry::obstacles(frame, view) {
        return view! { {obstacles} <p><a href=back>"返回修改"</a></p> }.into_any();
    }
    let typed = |field: &str| {
        flash_of(view.flash.as_ref(), "change-submit").and_then(|flash| flash.values.get(field)).cloned().unwrap_or_default()
    };
    let remark = FieldSpec {
        is_required: false,
        hint: format!("需要向审核人员说明的，最多 {LONGEST_REMARK} 个字。"),
        value: typed("remark"),
        ..FieldSpec::new("remark", "备注")
    };
    let is_returned = view.case.as_ref().is_some_and(|case| case.status == Status::Returned);
    let word = if is_returned { "重新提交" } else { "提交变更" };
    let (promised, confirm) = view.promise.clone();
    let (key, request) = (frame.key.clone(), view.request_key.clone());
    let count = format!("已修改 {} 项，需要上传 {} 份证明", view.changed.len(), view.slots.len());
    view! {
        <section class="card stack" aria-labelledby="hand-in-title">
            <h2 id="hand-in-title">"提交"</h2>
            <p>{format!("提交后由{}审核，一般在 {} 个工作日内答复。", view.bureau_name, view.days)}</p>
            {entry::moves(view)}
            <PostForm action="/api/change/submit" state=state province=key class="stack">
                <input type="hidden" name=name_of("request_key") value=request />
                <AreaField spec=remark />
                {promise(&promised, 3)}
                {agree(state, confirm)}
                <div class="action-bar">
                    <p class="live live--shown">{count}</p>
                    <a class="button button--secondary" href=back>"返回修改"</a>
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>{word}</button>
                </div>
            </PostForm>
        </section>
    }
    .into_any()
}
