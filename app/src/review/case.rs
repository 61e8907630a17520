//! One case: the form as in the wizard beside the evidence, the checks, what changed, the verdicts and the decision.

use std::collections::BTreeMap;

use domain::account::view::Who;
use domain::case::{Action, Section, Status};
use domain::review::view::CaseView;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api::case;
use super::bench::{Bench, id_of_item};
use super::item::{Desk, Item, changed, item};
use super::{checks, decide, evidence, history, keys, reveal, staged, words};
use crate::site::use_source;
use crate::ui::form::{ErrorSummary, FormState};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::{format, words as common};

/// 审核.
#[component]
pub fn CasePage() -> impl IntoView {
    let source = use_source();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("case").unwrap_or_default());
    let data = Resource::new(move || (source.get(), id.get()), |((province, _), id)| case(province, id.into()));
    // Outside of what is drawn again, so that zoom, keys and the current item outlive every reload.
    let bench = Bench::new();
    Effect::new(move |_| keys::wake(bench));
    page("审核", data, move |frame, view: CaseView| {
        bench.province.set(frame.key.clone());
        bench.case.set(view.case.id.to_string());
        bench.held_until.set(view.hold.as_ref().filter(|hold| hold.is_mine).map(|hold| hold.until));
        bench.verdicts.set(view.verdicts.iter().map(|verdict| (verdict.item.clone(), verdict.clone())).collect());
        draw(&frame, &view, bench)
    })
}

fn draw(frame: &Frame, view: &CaseView, bench: Bench) -> AnyView {
    let flash = |form: &str| view.flash.as_ref().filter(|flash| flash.form == form);
    let deciding = FormState::of(labels(view), flash("decide"));
    let held = FormState::new([("case", "申请")], flash("hold").or_else(|| flash("undo")));
    let desk = Desk {
        bench,
        is_open: decide::is_open(view) && view.actions.contains(&Action::Judge),
        reasons: &view.reasons,
        flash: flash("judge"),
    };
    let reviewer = match &frame.site.who {
        Who::Staff { name, .. } => name.clone(),
        Who::Visitor | Who::Accountant { .. } => String::new(),
    };
    let trail = vec![("工作台", frame.path("staff/desk")), ("审核列表", frame.path("staff/queue"))];
    let sections = view.sections.iter().map(|of| section(view, &desk, of)).collect_view();
    let to_decision = desk.is_open.then(|| view! { <p><a href="#decision" rel="external">"跳到审核结论"</a></p> });
    view! {
        <Breadcrumbs trail=trail here=view.case.number.clone() />
        <ErrorSummary state=deciding />
        {staged::staged(&frame.key, &view.staged)}
        {move || held.refusal.get().map(|why| view! { <div class="notice notice--warning"><p>{crate::ui::sentence::refusal(&why)}</p></div> })}
        <h1 tabindex="-1">{format!("{}的{}申请", view.applicant, frame.site.province.line(view.case.kind))}</h1>
        {decide::hold(frame, view, bench)}
        {decide::own(view)}
        {decide::seats(view)}
        {keys::help(bench)}
        {to_decision}
        <p class="live" role="status">{bench.said}</p>
        <div class="review-desk">
            <div class="review-desk__form">{facts(view, bench)} {checks::checks(view)} {history::changes(view, bench)} {sections}</div>
            <div class="review-desk__evidence">{evidence::evidence(frame, view, &desk, &reviewer)}</div>
        </div>
        {decide::decision(frame, view, bench, deciding)}
        {history::rounds(view)}
        {history::timeline(&view.timeline)}
    }
    .into_any()
}

/// What each item is called, for the summary of what is wrong with a decision.
fn labels(view: &CaseView) -> BTreeMap<String, String> {
    let rows = view.sections.iter().flat_map(|section| &section.rows).map(|row| (row.item.clone(), row.label.clone()));
    let files = view.file_titles.iter().map(|(slot, title)| (format!("attachment.{slot}"), title.clone()));
    rows.chain(files)
        .chain([("reason".to_owned(), "退回说明".to_owned()), ("decision".to_owned(), "审核结论".to_owned())])
        .collect()
}

fn facts(view: &CaseView, bench: Bench) -> AnyView {
    let case = &view.case;
    let line = |label: String, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let submitted = case.submitted_at.map(format::instant).unwrap_or_default();
    let due = case.due_on.map(|due_on| {
        let (word, class) = common::urgency(view.urgency);
        let left = (case.status == Status::Submitted)
            .then(|| view! { <span class=class>{format!("{}（{word}）", words::days_left(view.working_days_left))}</span> });
        view! { <div><dt>"应办结日期"</dt><dd>{format::date(due_on)} " " {left}</dd></div> }
    });
    let decided = case.decided_at.map(|at| line("办结时间".into(), format::instant(at)));
    let remark = (!view.remark.is_empty()).then(|| {
        view! { <div class="notice notice--info"><p><strong>"申请人备注："</strong>{view.remark.clone()}</p></div> }
    });
    let form = view.prints.then(|| {
        let href = format!("/{}/staff/cases/{}/form.pdf", bench.province.get_untracked(), case.id);
        view! { <p><a href=href rel="external">"打印基本信息表（PDF）"</a></p> }
    });
    let reveal = view.actions.contains(&Action::Reveal).then(|| reveal::reveal(bench, view.document_label.clone()));
    view! {
        <section class="card" aria-labelledby="case-facts">
            <h2 id="case-facts">"申请情况"</h2>
            <dl class="summary-list">
                <div><dt>"编号"</dt><dd class="code">{case.number.clone()}</dd></div>
                <div><dt>"状态"</dt><dd><span class=common::status_class(case.status)>{common::status(case.status)}</span></dd></div>
                {line("申请人".into(), view.applicant.clone())} {line(view.document_label.clone(), view.document.clone())}
                {line("手机号码".into(), view.mobile.clone())} {line("受理财政局".into(), case.bureau_name.clone())}
                {line("提交时间".into(), format!("{submitted}（第 {} 次提交）", case.round))} {due} {decided}
            </dl>
            {remark}
            {form}
            {reveal}
        </section>
    }
    .into_any()
}

/// A step of the wizard with its answers, each of which can be judged.
fn section(view: &CaseView, desk: &Desk, of: &Section) -> AnyView {
    let mut group = None;
    let mut parts = Vec::new();
    for row in &of.rows {
        if row.group.is_some() && row.group != group {
            parts.push(view! { <h3>{row.group.clone()}</h3> }.into_any());
        }
        group.clone_from(&row.group);
        let value = if row.value.is_empty() { "未填写".to_owned() } else { row.value.clone() };
        let change = view.changes.iter().find(|change| change.item == row.item && change.now.is_some()).map(changed);
        let heading = view! { <p class="muted">{row.label.clone()}</p> }.into_any();
        let body = view! { <p><strong>{value}</strong></p> }.into_any();
        let explanation = view.explanations.get(&row.item).cloned();
        parts.push(item(desk, Item { item: row.item.clone(), label: row.label.clone(), heading, body, change, explanation }));
    }
    let id = format!("section-{}", id_of_item(&of.key));
    let name = id.clone();
    view! {
        <section aria-labelledby=name>
            <h2 id=id>{of.title.clone()}</h2>
            {parts}
        </section>
    }
    .into_any()
}
