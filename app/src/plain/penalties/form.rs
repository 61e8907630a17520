//! The form of a penalty.

use domain::integrity::forms::PenaltyForm;
use domain::integrity::view::PenaltiesView;
use domain::integrity::{Law, Laws, PenaltyKind};
use domain::province::Profile;
use leptos::prelude::*;

use super::super::entered::{Filed, Person, Typed, choices, form as filed, person};
use super::super::fields::Seen;
use super::PAGE;
use crate::ui::format;

/// The form, empty, as it was typed, or of a penalty that was refused.
pub(super) fn form(profile: &Profile, view: &PenaltiesView, typed: &Typed<PenaltyForm>) -> AnyView {
    let seen = Seen { form: typed.form.clone().unwrap_or_else(|| view.form.clone()), faults: &typed.faults };
    let of = &seen.form;
    let who = Person {
        term: "被处罚人",
        document: "被处罚人的证件类型",
        kind: &of.document_kind,
        number: &of.document_number,
        name: &of.name,
    };
    let fields = view! {
        {person(view, &seen, who, of.case.is_empty())}
        {seen.text("body", "处罚决定机关", "", &of.body)}
        {seen.text("number", "处罚决定书文号", "例如 某财监〔2026〕1号。", &of.number)}
        {seen.text("decided_on", "处罚决定日期", "例如 20261102。", &of.decided_on)}
        {articles(&view.own.laws, &seen)}
        {kinds(&seen)}
        {seen.text("facts", "违法事实", "简要填写，最多 500 字。", &of.facts)}
    };
    let of_form = Filed { page: PAGE, title: "录入行政处罚", key: &view.form.request_key, case: &of.case };
    filed(profile, &of_form, (view, &seen), fields.into_any())
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
    let is_chosen = |kind: &PenaltyKind| seen.form.kinds.split(',').any(|code| code == kind.code());
    let options = PenaltyKind::ALL.iter().map(|kind| (kind.code(), kind.term(), is_chosen(kind))).collect();
    let hint = "不得从事会计工作的期限自决定之日起计算，由系统得出，期满自动解除。";
    choices(seen, ("kinds", "checkbox"), ("处罚种类", hint), options)
}
