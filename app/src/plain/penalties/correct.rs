//! 更正 of a penalty by the bureau that decides on an objection.

use domain::integrity::forms::PenaltyForm;
use domain::integrity::objection::CorrectionForm;
use domain::integrity::view::CorrectionView;
use domain::province::Profile;
use leptos::prelude::*;

use super::super::fields::{Seen, summary};
use super::super::questions::escaped;
use super::super::verify::framed;
use super::form::{articles, kinds};

/// What a post came back with: what was typed, what is wrong, and why the rules say no.
#[derive(Default)]
pub struct Retyped {
    /// What was typed; `None` where nothing was posted.
    pub form: Option<CorrectionForm>,
    /// What is wrong: the field and the sentence.
    pub faults: Vec<(&'static str, String)>,
    /// What is said above everything.
    pub trouble: Option<String>,
}

/// The page of the bureau that decides. `style` is the address of the style sheet.
#[must_use]
pub fn correction(profile: &Profile, style: &str, view: CorrectionView, typed: Retyped) -> String {
    let title = if typed.faults.is_empty() { "更正行政处罚记录" } else { "错误：更正行政处罚记录" };
    let key = &profile.key;
    let trouble =
        typed.trouble.as_ref().map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text.clone()}</p></div> });
    // A refused form was typed over the version that it names, where it names one.
    let mut form = typed.form.clone().unwrap_or_else(|| view.form.clone());
    if form.version.is_empty() {
        form.version.clone_from(&view.form.version);
    }
    let rows = [("提出人", view.line.name.clone()), ("有异议的记录", view.line.of.clone()), ("异议理由", view.reasons.clone())];
    let row = |(label, value): (&'static str, String)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let body = view! {
        {summary(&typed.faults)}
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{key}/staff/desk")>"工作台"</a></li>
                <li><a href=format!("/{key}/staff/penalties")>{profile.line(domain::case::CaseKind::Penalty).name.clone()}</a></li>
                <li aria-current="page">"更正"</li>
            </ol>
        </nav>
        <h1>"更正行政处罚记录"</h1>
        <p class="lead">"原记录不再显示，由更正后的记录代替，答复本人。更正不能加重处罚或者延长限制从业的期限。"</p>
        {trouble}
        <dl class="summary-list">{rows.map(row).into_iter().collect_view()}</dl>
        {fields(profile, &view, &typed, form)}
    };
    framed(profile, style, title, body.into_any())
}

fn fields(profile: &Profile, view: &CorrectionView, typed: &Retyped, form: CorrectionForm) -> AnyView {
    let action = format!("/{}/staff/penalties/correct", profile.key);
    let (case, version, answer) = (form.case.clone(), form.version.clone(), form.answer.clone());
    let CorrectionForm { body, number, decided_on, kinds: chosen, articles: named, .. } = form;
    // The boxes are those of the form that enters a penalty.
    let form = PenaltyForm { body, number, decided_on, kinds: chosen, articles: named, ..PenaltyForm::default() };
    let seen = Seen { form, faults: &typed.faults };
    view! {
        <form class="card stack form--two" method="post" action=action data-keeps="yes" aria-labelledby="new">
            <h2 id="new">"更正为"</h2>
            <input type="hidden" name="case" value=case />
            <input type="hidden" name="version" value=version />
            {seen.text("body", "处罚决定机关", "", &seen.form.body)}
            {seen.text("number", "处罚决定书文号", "", &seen.form.number)}
            {seen.text("decided_on", "处罚决定日期", "例如 20261102。", &seen.form.decided_on)}
            {articles(&view.laws, &seen)}
            {kinds(&seen)}
            <div class="field">
                <label for="answer">"给本人的答复"</label>
                <p class="field__hint" id="answer-hint">"2 至 200 字，不写个人信息。"</p>
                {seen.said("answer")}
                <textarea id="answer" name="answer" rows="4" aria-describedby=seen.described("answer", true) aria-invalid=seen.invalid("answer") inner_html=escaped(&answer)></textarea>
            </div>
            <div class="button-row"><button type="submit" class="button">"更正并答复"</button></div>
        </form>
    }
    .into_any()
}
