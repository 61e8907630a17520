//! 备查 in the deck: asking for the originals of what was approved, and what was sent.

use domain::answer::{Answer, Flash};
use domain::inspection::{InspectForm, InspectionView, Inspections, seen};
use domain::review::view::CaseView;
use leptos::prelude::*;

use super::item::trouble;
use super::pop::{Pop, key_of, pop};
use crate::ui::form::{FormState, PostForm};
use crate::ui::format;
use crate::ui::page::Frame;

/// Asks for the originals, or shows what came. For whoever may take the approval back.
pub(super) fn originals(frame: &Frame, view: &CaseView) -> AnyView {
    let Some(of) = &view.inspections else { return ().into_any() };
    match of.open() {
        Some(open) => sent(frame, view, of, open),
        None if of.may_ask => ask(frame, view, of),
        None => ().into_any(),
    }
}

fn ask(frame: &Frame, view: &CaseView, of: &Inspections) -> AnyView {
    let flash = view.flash.as_ref().filter(|flash| flash.form == "inspect");
    let typed: InspectForm = flash.map(Flash::refill).unwrap_or_default();
    let state = FormState::new([("reason", "需要的原件"), ("case", "申请")], flash);
    let asked = of.all.len().to_string();
    let text = format!("申请人有 {} 天时间上传。原件应保存到 {}。", of.days, format::date(of.keep_until));
    let of = Pop {
        name: "inspect",
        key: "O",
        title: "备查",
        more: "，要求提供原件",
        action: "/api/review/inspect",
        reason: ("需要的原件", "2 至 200 字，申请人会看到。", typed.reason),
        before: view! { <input type="hidden" name="form[asked]" value=asked /><p class="field__hint">{text}</p> }.into_any(),
        button: "要求提供原件",
    };
    pop(frame, view, state, of)
}

/// What was asked for, what was sent, and that it is in order. What is not leads to the revocation beside it.
fn sent(frame: &Frame, view: &CaseView, of: &Inspections, open: &InspectionView) -> AnyView {
    let state = FormState::new([("inspection", "备查"), ("case", "申请")], None);
    let (key, case, id) = (frame.key.clone(), view.case.id.to_string(), open.id.clone());
    let until = format::date(open.due_on);
    let until = if open.is_late { format!("期限 {until}，已经过了。") } else { format!("期限 {until}。") };
    let file = |file: &domain::case::view::FileView| {
        let href = frame.path(&format!("staff/files/{}", file.id));
        view! { <li><a href=href rel="external" target="_blank">{file.name.clone()}</a></li> }
    };
    let files = match of.files.is_empty() {
        true => view! { <p>"申请人还没有上传。"</p> }.into_any(),
        false => view! { <ul class="link-list">{of.files.iter().map(file).collect_view()}</ul> }.into_any(),
    };
    // What is confirmed is what lies here now; what comes later has to be looked at.
    let looked_at = seen(of.files.iter().map(|file| file.id.as_str()));
    let stay = Callback::new(|answer: Answer| answer.go.is_none());
    let form = (!of.files.is_empty()).then(|| {
        view! {
            <PostForm action="/api/review/inspected" state=state province=key on_answer=stay>
                <input type="hidden" name="form[case]" value=case />
                <input type="hidden" name="form[inspection]" value=id />
                <input type="hidden" name="form[seen]" value=looked_at />
                <div role="alert">{move || trouble(state)}</div>
                <button type="submit" class="button button--ok button--small">"核对无误"</button>
            </PostForm>
        }
    });
    view! {
        <details id="case-inspect" class="pop">
            <summary>{key_of("O")} "备查" <span class="hidden-visually">"，申请人上传的原件"</span></summary>
            <div class="pop__body">
                <p>{open.asked.clone()}</p>
                <p class="hint">{until}</p>
                {files}
                {form}
                <p class="hint">"原件缺失或者不实的，请撤销审核通过。"</p>
            </div>
        </details>
    }
    .into_any()
}
