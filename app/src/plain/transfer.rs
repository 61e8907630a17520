//! 调转 of a person: where one may go, what that bureau wants, the form with its proof, and where a transfer stands. Beside it what has left
//! a bureau. No script.

mod form;
mod left;

use domain::case::Status;
use domain::province::Profile;
use domain::transfer::forms::TransferForm;
use domain::transfer::view::{TransferCase, TransferView};
use leptos::prelude::*;

pub use left::left;

use super::fields::summary;
use super::verify::framed;
use crate::ui::{format, words};

/// What a post came back with, and what was typed.
#[derive(Default)]
pub struct Typed {
    /// What was typed; `None` where nothing was posted.
    pub form: Option<TransferForm>,
    /// What is wrong: the field and the sentence.
    pub faults: Vec<(&'static str, String)>,
    /// What is said above everything, where the rules say no.
    pub trouble: Option<String>,
    /// What would be handed in and has to wait for this, as it is called.
    pub before: Option<String>,
}

/// The page of a person. `style` is the address of the style sheet.
#[must_use]
pub fn transfer(profile: &Profile, style: &str, view: TransferView, typed: Typed) -> String {
    let title = if typed.faults.is_empty() { view.name.clone() } else { format!("错误：{}", view.name) };
    let is_open = view.case.as_ref().is_some_and(|of| matches!(of.case.status, Status::Submitted | Status::Returned));
    let waits = typed
        .before
        .as_ref()
        .filter(|_| is_open)
        .map(|name| format!("{name}没有提交：您的{}正在办理，办结或者取消以后再提交。填写的内容已经保留。", view.name));
    let trouble = typed
        .trouble
        .as_ref()
        .or(waits.as_ref())
        .map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text.clone()}</p></div> });
    let key = profile.key.clone();
    let body = view! {
        {summary(&typed.faults)}
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{key}/home")>"个人中心"</a></li>
                <li><a href=format!("/{key}/services")>"业务办理"</a></li>
                <li aria-current="page">{view.name.clone()}</li>
            </ol>
        </nav>
        <h1>{view.name.clone()}</h1>
        {trouble}
        {content(profile, &view, &typed)}
    };
    framed(profile, style, &title, body.into_any())
}

fn content(profile: &Profile, view: &TransferView, typed: &Typed) -> AnyView {
    let key = &profile.key;
    if !view.is_collected {
        let intake = profile.intake_line().name.clone();
        return view! {
            <div class="notice notice--warning">
                <p>{format!("{intake}审核通过以后，才能办理{}。", view.name)}</p>
                <p><a href=format!("/{key}/intake")>{format!("办理{intake}")}</a></p>
            </div>
        }
        .into_any();
    }
    let waits = view.case.as_ref().filter(|of| of.case.status == Status::Submitted);
    if let Some(of) = waits {
        return view! { {waiting(of)} {sections(of)} {cancel(key, of)} {happened(of)} }.into_any();
    }
    if let Some((name, number, page)) = &view.beside {
        let text = format!("{name}（受理编号 {number}）正在办理，办结或者取消以后才能申请{}。", view.name);
        return view! { <div class="notice notice--warning"><p>{text}</p><p><a href=page.clone()>{format!("查看{name}")}</a></p></div> }
            .into_any();
    }
    let returned = view.case.as_ref().filter(|of| of.case.status == Status::Returned);
    let ended = view.case.as_ref().filter(|of| matches!(of.case.status, Status::Approved | Status::Closed));
    view! {
        {returned.map(given_back)}
        {ended.map(over)}
        <p class="lead">{format!("会计人员档案现由{}管理。", view.bureau_name)}</p>
        {briefing(profile)}
        {form::choose(key, view)}
        {view.to.as_ref().map(|to| form::form(key, view, to, typed))}
        {returned.and_then(|of| cancel(key, of))}
        {view.case.as_ref().map(happened)}
    }
    .into_any()
}

fn briefing(profile: &Profile) -> AnyView {
    let lines = profile.line(domain::case::CaseKind::Transfer).briefing.paragraphs.iter();
    let lines = lines.map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    view! { <ul class="points">{lines}</ul> }.into_any()
}

/// Which of the two bureaus has it, and until when.
fn waiting(of: &TransferCase) -> AnyView {
    let until = of.case.due_on.map(|on| format!("，预计 {} 前答复", format::date(on))).unwrap_or_default();
    let text = match (of.is_let_go, of.asks_origin) {
        (true, true) => format!("{}已同意调出，等待{}审核{until}。", of.from, of.to),
        (true, false) => format!("等待{}审核{until}。", of.to),
        (false, _) => format!("等待{}审核{until}。同意调出以后，再由{}审核是否接收。", of.from, of.to),
    };
    let here = format!("现在由{}办理。", of.case.bureau_name);
    view! {
        <section class="notice notice--info" aria-labelledby="state">
            <h2 id="state">"等待审核"</h2>
            <p>"受理编号 " <span class="code">{of.case.number.clone()}</span></p>
            <p>{text}</p>
            <p>{here} <strong>"您不用做什么。"</strong></p>
        </section>
    }
    .into_any()
}

fn given_back(of: &TransferCase) -> AnyView {
    view! {
        <section class="notice notice--danger" aria-labelledby="state">
            <h2 id="state">{format!("{}退回", of.case.bureau_name)}</h2>
            <p>{format!("退回原因：{}", of.reason)}</p>
            <p>"可以修改后重新提交，也可以取消。档案没有变动。"</p>
        </section>
    }
    .into_any()
}

fn over(of: &TransferCase) -> AnyView {
    let word = if of.case.status == Status::Approved { "已经办结" } else { "已经取消" };
    view! { <p class="hint">{format!("上一次调转（受理编号 {}）{word}。", of.case.number)}</p> }.into_any()
}

/// What was handed in.
fn sections(of: &TransferCase) -> AnyView {
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

fn cancel(key: &str, of: &TransferCase) -> Option<AnyView> {
    of.may_cancel.then(|| {
        view! {
            <form method="post" action=format!("/{key}/transfer")>
                <input type="hidden" name="version" value=of.case.version.to_string() />
                <div class="button-row"><button type="submit" class="button button--quiet">"取消这次调转"</button></div>
            </form>
        }
        .into_any()
    })
}

fn happened(of: &TransferCase) -> AnyView {
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
