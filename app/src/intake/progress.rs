//! 申报进度: what became of the application, 撤销申请, and after a return the way to 重新提交 (手册甲 二（四）、（五）).

use domain::case::Judged;
use domain::case::view::{CaseSummary, TimelineItem};
use domain::case::{Action, Status};
use domain::intake::view::ProgressView;
use domain::province::ProgressWords;
use leptos::prelude::*;

use super::{api, late, parts, summary};
use crate::site::{fetched, use_source};
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::page::{Frame, page};
use crate::ui::parts::{Breadcrumbs, Tips, opening};
use crate::ui::track::track;
use crate::ui::upload::Preview;
use crate::ui::{format, words};

/// 申报进度.
#[component]
pub fn ProgressPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| api::progress(province));
    page("申报进度", data, draw)
}

fn draw(frame: Frame, view: ProgressView) -> AnyView {
    let state = FormState::new([("version", "申请")], view.flash.as_ref());
    let title = view.words.progress.clone();
    let name = format!("{title} – {}", frame.site.province.title);
    let body = match &view.case {
        Some(case) if case.status != Status::Draft || case.round > 0 => content(&frame, &view, case, state),
        _ => empty(&frame),
    };
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=frame.intake_trail() here=title.clone() />
        <ErrorSummary state=state />
        <h1 tabindex="-1">{title}</h1>
        {body}
    }
    .into_any()
}

fn empty(frame: &Frame) -> AnyView {
    let href = frame.path("intake");
    view! {
        <div class="empty">
            <strong>"还没有提交申请"</strong>
            <p>"提交后可以在这里查看进度。"</p>
            <p class="button-row"><a class="button" href=href>"去填写"</a></p>
        </div>
    }
    .into_any()
}

fn content(frame: &Frame, view: &ProgressView, case: &CaseSummary, state: FormState) -> AnyView {
    let next = match case.status {
        Status::Submitted => match view.late {
            Some(past) => late::late(frame, view, case, past),
            None => waiting(view, case),
        },
        Status::Returned => returned(frame, view),
        Status::Closed => view! { <div class="notice notice--info"><p>"申请已终止。"</p></div> }.into_any(),
        Status::Approved => view! {
            <div class="notice notice--success"><p>"审核通过。您已采集过信息，无需重复采集。"</p></div>
            {menu(frame)}
        }
        .into_any(),
        Status::Draft => {
            let href = frame.path("intake");
            view! {
                <div class="notice notice--info">
                    <p>"申请已撤销。修改后可以再次提交。"</p>
                    <p><a href=href>"继续填写"</a></p>
                </div>
            }
            .into_any()
        }
    };
    // Of an application past its day the bureau stands beside 催办.
    let bureau = view.bureau.as_ref().filter(|_| view.late.is_none()).map(|bureau| {
        view! { <section class="card"><h2>{view.labels.reviewed_by.clone()}</h2>{parts::bureau(bureau, frame)}</section> }
    });
    // After a return its reason comes first (手册乙 4.10).
    let (before, after) = if case.status == Status::Returned { (Some(next), None) } else { (None, Some(next)) };
    view! {
        <div class="main-side">
            <div class="stack">
                {before} {head(frame, &view.labels, case)} {after} {timeline(&view.timeline)} {submitted(frame, view)}
            </div>
            <div class="stack">{bureau} {view.may_withdraw.then(|| withdraw(frame, case, state))}</div>
        </div>
    }
    .into_any()
}

/// Where the case stands, the number to keep, and the receipt.
fn head(frame: &Frame, labels: &ProgressWords, case: &CaseSummary) -> AnyView {
    let number = case.number.clone();
    let class = if case.status == Status::Submitted { "result" } else { "card" };
    let said = RwSignal::new("");
    let copied = number.clone();
    view! {
        <section class=class aria-labelledby="case-number-label">
            {(case.status == Status::Submitted).then(|| view! { <h2>{labels.heading.clone()}</h2> })}
            {track(&labels.stages, case)}
            <p>{labels.status.clone()} "：" <span class=words::status_class(case.status)>{words::status(case.status)}</span></p>
            <p>{labels.reviewed_by.clone()} "：" {case.bureau_name.clone()}</p>
            <p>
                <span id="case-number-label">"受理编号"</span>
                <strong class="result__number">{number}</strong>
            </p>
            {(case.status != Status::Draft)
                .then(|| view! { <p><a href=frame.path("intake/receipt.pdf") rel="external">"下载回执（PDF）"</a></p> })}
            <p class="button-row needs-scripts">
                <button type="button" class="button button--secondary button--small" on:click=move |_| copy(&copied, said)>"复制编号"</button>
                <button type="button" class="button button--secondary button--small" on:click=move |_| print()>"打印本页"</button>
            </p>
            <p class="live live--shown" role="status">{said}</p>
        </section>
    }
    .into_any()
}

fn waiting(view: &ProgressView, case: &CaseSummary) -> AnyView {
    let due = case
        .due_on
        .map_or_else(String::new, |on| format!("预计 {} 前答复，过了这一天还没有答复的，可以在本页催办。", format::date(on)));
    // A case that waits is not called 正在审核 by us; a province may say so (手册丁 登记进度).
    let text = match view.labels.waiting.as_str() {
        "" => format!("您的申请等待{}审核。{due}{}", case.bureau_name, view.wait),
        own => format!("{own}{due}{}", view.wait),
    };
    let news = format!("您不用做什么。结果以【{}】的短信和站内信告知，也可以随时在本页查看。", view.signature);
    let tips = Some(view.labels.waiting_tip.clone()).filter(|tip| !tip.is_empty()).into_iter().collect();
    view! { <Tips lines=tips /><section class="card"><h2>"接下来"</h2><p>{text}</p><p>{news}</p></section> }.into_any()
}

fn returned(frame: &Frame, view: &ProgressView) -> AnyView {
    let is_whole = view.returns == Judged::Whole || view.rejected.is_empty();
    let reason = (!view.reason.is_empty() && !is_whole).then(|| view! { <p>{format!("退回说明：{}", view.reason)}</p> });
    let items = if is_whole {
        let href = frame.path("intake");
        view! {
            {parts::return_reasons(&view.reason, &view.rejected)}
            <p class="button-row"><a class="button" href=href>"去修改"</a></p>
        }
        .into_any()
    } else {
        let way = if view.may_resubmit { parts::resubmit(&view.rejected, frame) } else { ().into_any() };
        view! {
            <h2>"需要修改的项目"</h2>
            <p class="hint">"点击红色的未通过项目进行修改；内容无误的，可以不修改，说明原因。全部完成以后回到本页重新提交。"</p>
            {parts::rejected(&view.rejected)}
            {way}
        }
        .into_any()
    };
    view! {
        <div class="notice notice--danger"><h2>"申请被退回，需要修改"</h2>{reason}</div>
        {items}
    }
    .into_any()
}

/// What approved people may do; what opens later says when.
pub fn menu(frame: &Frame) -> AnyView {
    let items = frame.site.province.after_approval.iter().map(|item| match frame.site.province.page_of(item) {
        Some(rest) => {
            let (title, note, href) = (item.title.clone(), item.note.clone(), frame.path(rest));
            // Plain pages, which the program does not draw.
            let rel = matches!(rest, "transfer" | "national").then_some("external");
            view! { <li><a class="entry" href=href rel=rel><strong>{title}</strong><span>{note}</span></a></li> }.into_any()
        }
        None => item.opens.map(|on| opening(item, on)).into_any(),
    });
    let items = items.collect_view();
    view! { <section><h2>"可以办理的业务"</h2><ul class="card-list">{items}</ul></section> }.into_any()
}

/// What happened, the newest first.
fn timeline(lines: &[TimelineItem]) -> AnyView {
    let last = lines.len().saturating_sub(1);
    let line = |(nth, line): (usize, &TimelineItem)| {
        let state = match line.action {
            Action::Return if nth == last => "bad",
            Action::Approve => "done",
            _ if nth == last => "now",
            _ => "done",
        };
        let note = (!line.note.is_empty()).then(|| view! { <p>{line.note.clone()}</p> });
        view! {
            <li data-state=state>
                <strong>{words::action(line.action)}</strong>
                <time class="timeline__time" datetime=format::machine(line.at)>{format::instant(line.at)}</time>
                <p>{line.who.clone()}</p>
                {note}
            </li>
        }
    };
    let items = lines.iter().enumerate().rev().map(line).collect_view();
    view! { <section class="card"><h2>"办理过程"</h2><ol class="timeline">{items}</ol></section> }.into_any()
}

fn withdraw(frame: &Frame, case: &CaseSummary, state: FormState) -> AnyView {
    let (key, version) = (frame.key.clone(), case.version.to_string());
    view! {
        <details class="card">
            <summary>"撤销申请"</summary>
            <p>"撤销后申请回到草稿，填写的内容和上传的材料都会保留，可以修改后再次提交。再次提交后重新计算审核时间。"</p>
            <PostForm action="/api/intake/withdraw" state=state province=key>
                <input type="hidden" name=name_of("version") value=version />
                <div class="button-row">
                    <button type="submit" class="button button--danger" aria-disabled=move || state.is_pending.get().then_some("true")>
                        "确认撤销"
                    </button>
                </div>
            </PostForm>
        </details>
    }
    .into_any()
}

fn submitted(frame: &Frame, view: &ProgressView) -> AnyView {
    if view.sections.is_empty() {
        return ().into_any();
    }
    let files = view.files.iter().map(|(title, file)| {
        let title = title.clone();
        let src = frame.path(&format!("files/{}", file.id));
        let remark = (!file.remark.is_empty()).then(|| view! { <p class="hint">"给审核人的说明："{file.remark.clone()}</p> });
        view! { <div><dt>{title.clone()}</dt><dd><Preview src=src title=title />{remark}</dd></div> }
    });
    let files = files.collect_view();
    let remark = (!view.remark.is_empty()).then(|| {
        view! { <section class="card"><h3>"备注"</h3><p>{view.remark.clone()}</p></section> }
    });
    view! {
        <details class="card submitted">
            <summary>"已提交的内容"</summary>
            <div class="stack">
                {remark}
                {summary::sections(&view.sections, None, true)}
                <section class="card submitted__files"><h3>"材料"</h3><dl class="summary-list">{files}</dl></section>
            </div>
        </details>
    }
    .into_any()
}

fn copy(text: &str, said: RwSignal<&'static str>) {
    if let Some(window) = crate::ui::browser::window() {
        let _ = window.navigator().clipboard().write_text(text);
        said.set("编号已复制");
    }
}

/// What is folded is printed too.
fn print() {
    if let Some(window) = crate::ui::browser::window() {
        if let Some(folded) = window.document().and_then(|page| page.query_selector("details.submitted").ok().flatten()) {
            let _ = folded.set_attribute("open", "");
        }
        let _ = window.print();
    }
}
