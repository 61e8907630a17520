//! 档案关闭申请 of a person: the form with its proof, and where the request and the closing stand. No script.

use domain::case::Status;
use domain::closing::ClosingCause;
use domain::closing::asked::{RequestCase, RequestForm, RequestView};
use domain::province::Profile;
use leptos::prelude::*;

use super::fields::{Seen, summary};
use super::frame::framed;
use crate::ui::{format, words};

/// What a post came back with, and what was typed.
#[derive(Default)]
pub struct Typed {
    /// What was typed; `None` where nothing was posted.
    pub form: Option<RequestForm>,
    /// What is wrong: the field and the sentence.
    pub faults: Vec<(&'static str, String)>,
    /// What is said above everything, where the rules say no.
    pub trouble: Option<String>,
}

/// The page of a person. `style` is the address of the style sheet.
#[must_use]
pub fn closing_request(profile: &Profile, style: &str, view: RequestView, typed: Typed) -> String {
    let trouble =
        typed.trouble.as_ref().map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text.clone()}</p></div> });
    let (key, record, name) = (profile.key.clone(), profile.intake.record_name.clone(), format!("{}申请", view.name));
    let title = if typed.faults.is_empty() { name.clone() } else { format!("错误：{name}") };
    let body = view! {
        {summary(&typed.faults)}
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{key}/services")>"业务办理"</a></li>
                <li><a href=format!("/{key}/record")>{record}</a></li>
                <li aria-current="page">{name.clone()}</li>
            </ol>
        </nav>
        <h1>{name}</h1>
        {trouble}
        {content(profile, &view, &typed)}
    };
    framed(profile, style, &title, body.into_any())
}

fn content(profile: &Profile, view: &RequestView, typed: &Typed) -> AnyView {
    let (key, intake) = (&profile.key, &profile.intake_line().name);
    if view.bureau_name.is_empty() {
        let text = format!("{intake}审核通过以后才有档案，没有档案的不用申请。");
        return view! { <div class="notice notice--warning"><p>{text}</p></div> }.into_any();
    }
    let happened = view.case.as_ref().map(happened);
    if let Some(closed) = &view.closed {
        return view! { <div class="notice notice--info"><p>{closed.words(intake)}</p></div> {happened} }.into_any();
    }
    if view.is_confirming {
        let text =
            format!("{}已审核通过您的申请，由另一位工作人员确认以后档案关闭，届时另行通知。您不用做什么。", view.bureau_name);
        return view! { <div class="notice notice--info"><p>{text}</p></div> {happened} }.into_any();
    }
    if let Some(of) = view.case.as_ref().filter(|of| of.case.status == Status::Submitted) {
        return view! { {waiting(of)} {sections(of)} {cancel(key, of)} {happened} }.into_any();
    }
    let returned = view.case.as_ref().filter(|of| of.case.status == Status::Returned);
    let lines = profile.line(domain::case::CaseKind::ClosingRequest).briefing.paragraphs.iter();
    let lines = lines.map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    view! {
        {returned.map(given_back)}
        <p class="lead">{format!("会计人员档案现由{}管理。", view.bureau_name)}</p>
        <ul class="points">{lines}</ul>
        {form(key, view, typed)}
        {returned.and_then(|of| cancel(key, of))}
        {happened}
    }
    .into_any()
}

fn waiting(of: &RequestCase) -> AnyView {
    let until = of.case.due_on.map(|on| format!("，预计 {} 前答复", format::date(on))).unwrap_or_default();
    view! {
        <section class="notice notice--info" aria-labelledby="state">
            <h2 id="state">"等待审核"</h2>
            <p>"受理编号 " <span class="code">{of.case.number.clone()}</span></p>
            <p>{format!("等待{}审核{until}。", of.case.bureau_name)} <strong>"您不用做什么。"</strong></p>
        </section>
    }
    .into_any()
}

fn given_back(of: &RequestCase) -> AnyView {
    view! {
        <section class="notice notice--danger" aria-labelledby="state">
            <h2 id="state">{format!("{}退回", of.case.bureau_name)}</h2>
            <p>{format!("退回原因：{}", of.reason)}</p>
            <p>"可以修改后重新提交，也可以取消。档案没有变动。"</p>
        </section>
    }
    .into_any()
}

/// What was handed in.
fn sections(of: &RequestCase) -> AnyView {
    let rows = of.sections.iter().flat_map(|section| &section.rows);
    let rows = rows.map(|row| view! { <div><dt>{row.label.clone()}</dt><dd>{row.value.clone()}</dd></div> }).collect_view();
    view! {
        <section class="card" aria-labelledby="handed">
            <h2 id="handed">"提交的内容"</h2>
            <dl class="summary-list">{rows}</dl>
        </section>
    }
    .into_any()
}

fn cancel(key: &str, of: &RequestCase) -> Option<AnyView> {
    of.may_cancel.then(|| {
        view! {
            <form method="post" action=format!("/{key}/closing")>
                <input type="hidden" name="version" value=of.case.version.to_string() />
                <div class="button-row"><button type="submit" class="button button--quiet">"取消这次申请"</button></div>
            </form>
        }
        .into_any()
    })
}

fn happened(of: &RequestCase) -> AnyView {
    let line = |item: &domain::case::view::TimelineItem| {
        let note = if item.note.is_empty() { String::new() } else { format!("：{}", item.note) };
        view! {
            <li>
                <strong>{words::action(item.action)}</strong>
                <time class="timeline__time" datetime=format::machine(item.at)>{format::instant(item.at)}</time>
                <p>{item.who.clone()}{note}</p>
            </li>
        }
    };
    let lines = of.timeline.iter().map(line).collect_view();
    view! {
        <section class="card stack" aria-labelledby="happened">
            <h2 id="happened">"办理记录"</h2>
            <ol class="timeline">{lines}</ol>
        </section>
    }
    .into_any()
}

fn form(key: &str, view: &RequestView, typed: &Typed) -> AnyView {
    let form = typed.form.clone().unwrap_or_else(|| view.form.clone());
    let seen = Seen { form, faults: &typed.faults };
    let (promised, confirm) = view.promise.clone();
    let pledge = promised.text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
    let kept = view.has_proof.then(|| view! { <p class="hint">"上次提交的证明仍然有效；需要更换的，重新选择文件。"</p> });
    let is_agreed = seen.form.agreed == "yes";
    view! {
        <form class="card stack" method="post" action=format!("/{key}/closing/apply") enctype="multipart/form-data" data-keeps="yes" aria-labelledby="apply">
            <h2 id="apply">"申请关闭档案"</h2>
            <input type="hidden" name="request_key" value=view.form.request_key.clone() />
            {causes(&seen)}
            {seen.text("since", "发生日期", "例如 2026-01-12，或者 20260112。", &seen.form.since)}
            {seen.proof(&view.proof)}
            <p class="hint">{view.proof.why.clone()}</p>
            {kept}
            {seen.text("note", "说明（选填）", "需要向审核人员说明的，最多 200 个字。", &seen.form.note)}
            <h3>{promised.title}</h3>
            {pledge}
            <div class="field">
                {seen.said("agreed")}
                <label class="choice" for="agreed">
                    <input type="checkbox" id="agreed" name="agreed" value="yes" checked=is_agreed aria-describedby=seen.described("agreed", false) aria-invalid=seen.invalid("agreed") />
                    <span>{confirm}</span>
                </label>
            </div>
            <div class="button-row"><button type="submit" class="button">"提交申请"</button></div>
        </form>
    }
    .into_any()
}

fn causes(seen: &Seen<'_, RequestForm>) -> AnyView {
    let one = |(nth, cause): (usize, &ClosingCause)| {
        let id = if nth == 0 { "cause".to_owned() } else { format!("cause-{nth}") };
        let target = id.clone();
        let is_chosen = seen.form.cause == cause.code();
        view! {
            <label class="choice" for=target>
                <input type="radio" id=id name="cause" value=cause.code() checked=is_chosen />
                <span>{cause.term()}</span>
            </label>
        }
    };
    let all = ClosingCause::ALL.iter().filter(|cause| cause.is_asked_for());
    view! {
        <fieldset class="field-group" aria-describedby=seen.described("cause", false)>
            <legend>"关闭原因"</legend>
            {seen.said("cause")}
            <div class="choices">{all.enumerate().map(one).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
