//! What is looked at of a case and not worked with: who else has it, its facts, what the machine noticed, what came before, the
//! whole numbers. A part of the program of its own, fetched beside `review` (docs/adr/0022).

use domain::case::Status;
use domain::review::view::CaseView;
use leptos::prelude::*;
use leptos::wasm_split::{self, SplitLoaderError};

use super::bench::Bench;
use super::staged::told;
use super::{beside, checks, history, reveal};
use crate::ui::page::Frame;
use crate::ui::{format, words as common};

/// Drawn pieces, for their places on the page.
pub struct Dossier {
    pub(super) notices: AnyView,
    pub(super) numbers: AnyView,
    pub(super) changes: AnyView,
    pub(super) checks: AnyView,
    pub(super) beside: AnyView,
    pub(super) facts: AnyView,
    pub(super) rounds: AnyView,
    pub(super) timeline: AnyView,
}

/// Draws them. Whoever has it needs to wait for nothing more, so that waking up finds what the server drew.
pub type Reader = fn(&Frame, &CaseView, Bench) -> Dossier;

#[wasm_split::wasm_split(dossier, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch))]
fn open() -> Result<Reader, SplitLoaderError> {
    #[cfg(feature = "ssr")]
    leptos::prefetch_lazy_fn_on_server("dossier");
    Ok(read)
}

/// Fetches the part, in the browser.
#[cfg(feature = "hydrate")]
pub async fn fetch_dossier() -> Result<(), SplitLoaderError> {
    fetch().await
}

/// What draws them, once it is there.
pub async fn reader() -> Result<Reader, SplitLoaderError> {
    open().await
}

fn read(frame: &Frame, view: &CaseView, bench: Bench) -> Dossier {
    Dossier {
        notices: notices(view),
        numbers: reveal::reveal(bench, view),
        changes: history::changes(view, bench),
        checks: checks::checks(view, bench),
        beside: beside::beside(view),
        facts: facts(frame, view),
        rounds: history::rounds(view),
        timeline: history::timeline(&view.timeline),
    }
}

fn notices(view: &CaseView) -> AnyView {
    let lapsed = view.staged.iter().filter(|of| of.lapse.is_some()).map(told);
    let lapsed = lapsed.map(|text| view! { <div role="status">{notice("warning", None, text)}</div> }).collect_view();
    view! { {lapsed} {held(view)} {own(view)} {seats(view)} }.into_any()
}

/// A box with a heading, or without one.
fn notice(kind: &'static str, heading: Option<String>, text: String) -> AnyView {
    let heading = heading.map(|heading| view! { <h2>{heading}</h2> });
    view! { <div class=format!("notice notice--{kind}")>{heading}<p>{text}</p></div> }.into_any()
}

/// Who else has the case, and until when.
fn held(view: &CaseView) -> AnyView {
    let Some(hold) = view.hold.as_ref().filter(|hold| !hold.is_mine) else { return ().into_any() };
    let text = format!("您可以查看，暂时不能记录意见。{} 之后刷新页面可以接手。", format::time(hold.until));
    notice("warning", Some(format!("{}正在审核这件申请", hold.name)), text)
}

/// Who has agreed so far, where several have to.
fn seats(view: &CaseView) -> AnyView {
    let Some(seats) = &view.seats else { return ().into_any() };
    let (after, agreed) = (if seats.has_delay { "，异议期满后生效" } else { "" }, seats.agreed.join("、"));
    let count = ["零", "一", "两", "三", "四", "五"].get(seats.seats).copied().unwrap_or("多");
    let is_last = seats.agreed.len() + 1 >= seats.seats;
    let text = match (seats.effective_at, view.case.status) {
        (Some(at), _) => {
            format!("这件申请已由{count}人同意，{} 生效；在此之前，收到通知的原手机号码可以提出异议。", format::instant(at))
        }
        (None, Status::Submitted) if seats.is_mine => "您已经同意，还需要另一位审核人员同意。".to_owned(),
        (None, Status::Submitted) if seats.agreed.is_empty() => {
            format!("这件申请需要{count}位审核人员先后同意{after}。")
        }
        (None, Status::Submitted) if is_last => format!("{agreed}已经同意。您同意之后审核通过{after}。"),
        (None, Status::Submitted) => format!("{agreed}已经同意。您同意之后，还需要下一位审核人员同意。"),
        (None, _) => return ().into_any(),
    };
    notice("info", None, text)
}

/// What a reviewer reads on an application of their own, or that would give them something.
fn own(view: &CaseView) -> AnyView {
    if !view.is_own || view.case.status != Status::Submitted {
        return ().into_any();
    }
    let text = "本人的申请，以及为本人登记学分的申请，由其他审核人员办理；您可以查看，不能记录意见或者作出结论。".into();
    notice("warning", Some("这项申请与您本人有关".into()), text)
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
