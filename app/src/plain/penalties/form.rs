//! The form of a penalty.

use domain::integrity::forms::PenaltyForm;
use domain::integrity::view::PenaltiesView;
use domain::integrity::{Law, Laws, PenaltyKind};
use domain::province::Profile;
use leptos::prelude::*;

use super::super::fields::{Seen, summary};
use super::Typed;
use crate::ui::format;

/// The form, empty, as it was typed, or of a penalty that was refused.
pub(super) fn form(profile: &Profile, view: &PenaltiesView, typed: &Typed) -> AnyView {
    let form = typed.form.clone().unwrap_or_else(|| view.form.clone());
    // A key is given out once.
    let key = view.form.request_key.clone();
    let seen = Seen { form, faults: &typed.faults };
    let title = if seen.form.case.is_empty() { "录入行政处罚" } else { "核对后重新录入" };
    let action = format!("/{}/staff/penalties/file", profile.key);
    let (case, form) = (seen.form.case.clone(), &seen.form);
    view! {
        {summary(&typed.faults)}
        <form class="card stack" method="post" action=action enctype="multipart/form-data" aria-labelledby="new">
            <h2 id="new">{title}</h2>
            <input type="hidden" name="case" value=case />
            <input type="hidden" name="request_key" value=key />
            {person(view, &seen)}
            {seen.text("body", "处罚决定机关", "", &form.body)}
            {seen.text("number", "处罚决定书文号", "例如 某财监〔2026〕1号。", &form.number)}
            {seen.text("decided_on", "处罚决定日期", "例如 20261102。", &form.decided_on)}
            {articles(&view.laws, &seen)}
            {kinds(&seen)}
            {seen.text("facts", "违法事实", "简要填写，最多 500 字。", &form.facts)}
            {seen.proof(&view.proof)}
            <div class="button-row"><button type="submit" class="button">"提交确认"</button></div>
        </form>
    }
    .into_any()
}

/// Whom it is about: asked once, and shown afterwards.
fn person(view: &PenaltiesView, seen: &Seen<'_, PenaltyForm>) -> AnyView {
    if !seen.form.case.is_empty() {
        let name = view.of.clone().unwrap_or_default();
        return view! { <p>"被处罚人：" <strong>{name}</strong></p> }.into_any();
    }
    let option = |(kind, label): &(domain::identity::DocumentKind, String)| {
        let code = kind.code();
        view! { <option value=code selected=seen.form.document_kind == code>{label.clone()}</option> }
    };
    view! {
        <div class="field">
            <label for="document_kind">"被处罚人的证件类型"</label>
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

/// The articles of every version, with when each was in force.
pub(super) fn articles(laws: &Laws, seen: &Seen<'_, PenaltyForm>) -> AnyView {
    let mut nth = 0;
    let version = |law: &Law| {
        let until = law.until.map_or_else(|| "起".to_owned(), |until| format!(" 至 {}", format::date(until)));
        let heading = format!("{}：{}{until}的决定适用", law.name, format::date(law.from));
        let boxes = law.articles.iter().map(|article| {
            nth += 1;
            // The first carries the id of the field, so that the summary leads to it.
            let id = if nth == 1 { "articles".to_owned() } else { format!("articles-{nth}") };
            let target = id.clone();
            let is_chosen = seen.form.articles.split(',').any(|code| code == article.code);
            let label = format!("{}：{}", article.label, article.about);
            view! {
                <label class="choice" for=target>
                    <input type="checkbox" id=id name="articles" value=article.code.clone() checked=is_chosen />
                    <span>{label}</span>
                </label>
            }
        });
        view! { <p>{heading}</p> <div class="choices">{boxes.collect_view()}</div> }
    };
    let versions = laws.laws.iter().rev().map(version).collect_view();
    view! {
        <fieldset class="field-group" aria-describedby=seen.described("articles", true)>
            <legend>"法律依据"</legend>
            <p class="field__hint" id="articles-hint">"按决定之日施行的法律选择。"</p>
            {seen.said("articles")}
            {versions}
        </fieldset>
    }
    .into_any()
}

pub(super) fn kinds(seen: &Seen<'_, PenaltyForm>) -> AnyView {
    let one = |(nth, kind): (usize, &PenaltyKind)| {
        let id = if nth == 0 { "kinds".to_owned() } else { format!("kinds-{nth}") };
        let target = id.clone();
        let is_chosen = seen.form.kinds.split(',').any(|code| code == kind.code());
        view! {
            <label class="choice" for=target>
                <input type="checkbox" id=id name="kinds" value=kind.code() checked=is_chosen />
                <span>{kind.term()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field-group" aria-describedby=seen.described("kinds", true)>
            <legend>"处罚种类"</legend>
            <p class="field__hint" id="kinds-hint">"不得从事会计工作的期限自决定之日起计算，由系统得出，期满自动解除。"</p>
            {seen.said("kinds")}
            <div class="choices">{PenaltyKind::ALL.iter().enumerate().map(one).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
