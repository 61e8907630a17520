//! One case, in one window: the papers, the answers that they prove, the verdicts and the decision.

use std::collections::BTreeMap;

use domain::account::view::Who;
use domain::case::Action;
use domain::review::view::CaseView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::case;
use super::bench::Bench;
use super::item::Desk;
use super::proof::{self, Fresh};
use super::staged::told;
use super::{bar, checks, decide, evidence, history, keys};
use crate::site::use_source;
use crate::ui::form::{ErrorSummary, FormState};
use crate::ui::page::{Frame, whole};
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
    whole("审核", data, move |frame, view: CaseView| {
        bench.province.set(frame.key.clone());
        bench.held_until.set(view.hold.as_ref().filter(|hold| hold.is_mine).map(|hold| hold.until));
        bench.verdicts.set(view.verdicts.iter().map(|verdict| (verdict.item.clone(), verdict.clone())).collect());
        draw(&frame, &view, bench)
    })
}

fn draw(frame: &Frame, view: &CaseView, bench: Bench) -> AnyView {
    let (pictures, fresh) = (evidence::pictures(frame, view), Fresh::of(view));
    let homes = view.proofs.iter().flat_map(|(slot, items)| items.iter().map(move |item| (item.clone(), slot.clone())));
    let keys = pictures.iter().map(|picture| picture.key.clone()).collect();
    bench.lay(view.case.id.as_str(), keys, homes.collect(), fresh.first(view));
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
    let title = format!("{} – {} – {}", view.applicant, common::status(view.case.status), frame.site.province.title);
    let lapsed = view.staged.iter().filter(|of| of.lapse.is_some()).map(told);
    let lapsed =
        lapsed.map(|text| view! { <div class="notice notice--warning" role="status"><p>{text}</p></div> }).collect_view();
    view! {
        <Title text=title />
        <a class="skip-link" href="#decision" rel="external">"跳到审核结论"</a>
        <div class=move || if bench.is_all.get() { "cockpit cockpit--all" } else { "cockpit" }>
            <div class="cockpit__notes">
                <ErrorSummary state=deciding />
                {lapsed}
                {move || held.refusal.get().map(|why| view! { <div class="notice notice--warning"><p>{crate::ui::sentence::refusal(&why)}</p></div> })}
                {decide::held(view)}
                {decide::own(view)}
                {decide::seats(view)}
                <p class="live" role="status">{bench.said}</p>
            </div>
            {bar::bar(frame, view, bench)}
            <div class="cockpit__work">
                {evidence::thumbs(&pictures, bench)}
                {evidence::stage(pictures, bench, &reviewer)}
                <section class="proof" aria-label="填写的内容和核对" tabindex="0">
                    {history::changes(view, bench)}
                    {proof::groups(frame, view, &desk, &fresh)}
                    {checks::checks(view, bench)}
                    {facts(frame, view)}
                    {history::rounds(view)}
                    {history::timeline(&view.timeline)}
                </section>
            </div>
            {decide::deck(frame, view, bench, deciding)}
        </div>
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

/// 申请情况: what is known of the case besides its answers.
fn facts(frame: &Frame, view: &CaseView) -> AnyView {
    let case = &view.case;
    let line = |label: String, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let submitted = case.submitted_at.map(format::instant).unwrap_or_default();
    let due = case.due_on.map(|due_on| line("应办结日期".into(), format::date(due_on)));
    let decided = case.decided_at.map(|at| line("办结时间".into(), format::instant(at)));
    let remark = (!view.remark.is_empty()).then(|| {
        view! { <div class="notice notice--info"><p><strong>"申请人备注："</strong>{view.remark.clone()}</p></div> }
    });
    let form = view.prints.then(|| {
        let href = frame.path(&format!("staff/cases/{}/form.pdf", case.id));
        view! { <p><a href=href rel="external">"打印基本信息表（PDF）"</a></p> }
    });
    view! {
        <section aria-labelledby="case-facts">
            <h2 id="case-facts">"申请情况"</h2>
            {remark}
            <dl class="summary-list">
                <div><dt>"编号"</dt><dd class="code">{case.number.clone()}</dd></div>
                <div><dt>"状态"</dt><dd><span class=common::status_class(case.status)>{common::status(case.status)}</span></dd></div>
                {line("申请人".into(), view.applicant.clone())} {line(view.document_label.clone(), view.document.clone())}
                {line("手机号码".into(), view.mobile.clone())} {line("受理财政局".into(), case.bureau_name.clone())}
                {line("提交时间".into(), format!("{submitted}（第 {} 次提交）", case.round))} {due} {decided}
            </dl>
            {form}
        </section>
    }
    .into_any()
}
