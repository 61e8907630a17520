//! The form of a closing.

use domain::closing::ClosingCause;
use domain::closing::forms::ClosingForm;
use domain::closing::view::ClosingsView;
use domain::province::Profile;
use leptos::prelude::*;

use super::super::fields::{Seen, summary};
use super::Typed;

/// The form, empty, as it was typed, or of a closing that was refused.
pub(super) fn form(profile: &Profile, view: &ClosingsView, typed: &Typed) -> AnyView {
    let form = typed.form.clone().unwrap_or_else(|| view.form.clone());
    // A key is given out once.
    let key = view.form.request_key.clone();
    let seen = Seen { form, faults: &typed.faults };
    let title = if seen.form.case.is_empty() { "录入档案关闭" } else { "核对后重新录入" };
    let action = format!("/{}/staff/closings/file", profile.key);
    let (case, form) = (seen.form.case.clone(), &seen.form);
    view! {
        {summary(&typed.faults)}
        <form class="card stack" method="post" action=action enctype="multipart/form-data" aria-labelledby="new">
            <h2 id="new">{title}</h2>
            <input type="hidden" name="case" value=case />
            <input type="hidden" name="request_key" value=key />
            {person(view, &seen)}
            {causes(&seen)}
            {seen.text("since", "发生日期", "例如 20261031。", &form.since)}
            {seen.text("note", "说明（选填）", "最多 200 字，由确认人员查看。", &form.note)}
            {seen.proof(&view.proof)}
            <div class="button-row"><button type="submit" class="button">"提交确认"</button></div>
        </form>
    }
    .into_any()
}

/// Whom it is about: asked once, and shown afterwards.
fn person(view: &ClosingsView, seen: &Seen<'_, ClosingForm>) -> AnyView {
    if !seen.form.case.is_empty() {
        let name = view.of.clone().unwrap_or_default();
        return view! { <p>"会计人员：" <strong>{name}</strong></p> }.into_any();
    }
    let option = |(kind, label): &(domain::identity::DocumentKind, String)| {
        let code = kind.code();
        view! { <option value=code selected=seen.form.document_kind == code>{label.clone()}</option> }
    };
    view! {
        <div class="field">
            <label for="document_kind">"证件类型"</label>
            {seen.said("document_kind")}
            <select id="document_kind" name="document_kind" aria-describedby=seen.described("document_kind", false) aria-invalid=seen.invalid("document_kind")>
                {view.document_kinds.iter().map(option).collect_view()}
            </select>
        </div>
        {seen.text("document_number", "证件号码", "", &seen.form.document_number)}
        {seen.text("name", "姓名", "与证件上的姓名一致。", &seen.form.name)}
    }
    .into_any()
}

fn causes(seen: &Seen<'_, ClosingForm>) -> AnyView {
    let one = |(nth, cause): (usize, &ClosingCause)| {
        // The first carries the id of the field, so that the summary leads to it.
        let id = if nth == 0 { "cause".to_owned() } else { format!("cause-{nth}") };
        let target = id.clone();
        view! {
            <label class="choice" for=target>
                <input type="radio" id=id name="cause" value=cause.code() checked=seen.form.cause == cause.code() />
                <span>{cause.term()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field-group" aria-describedby=seen.described("cause", false)>
            <legend>"关闭原因"</legend>
            {seen.said("cause")}
            <div class="choices">{ClosingCause::ALL.iter().enumerate().map(one).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
