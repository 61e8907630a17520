//! 变更入口: what to know before, what is changed so far, and what became of it.

use domain::case::{Action, Status};
use domain::change::view::{ChangeView, ChangedItem, OccasionView};
use leptos::prelude::*;

use super::{form_page, head, is_open, other, page};
use crate::intake::sections;
use crate::ui::form::{ErrorSummary, FormState, PostForm, id_of, name_of};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::sentence;
use crate::ui::words as common;

/// The entry, and where the change stands that is open.
pub fn entry(frame: &Frame, view: &ChangeView) -> AnyView {
    let state = other(view);
    let is_waiting = view.case.as_ref().is_some_and(|case| case.status == Status::Submitted);
    let body = match (view.is_collected, is_open(view), is_waiting) {
        (true, _, false) if view.closed.is_some() => closed(frame, view),
        (false, _, _) => collect_first(frame, view),
        (true, true, _) => going_on(frame, view, state),
        (true, false, true) => waiting(frame, view, state),
        (true, false, false) => beginning(frame, view, state),
    };
    let title = if is_open(view) || is_waiting { view.name.clone() } else { "变更入口".to_owned() };
    let tag = view.case.as_ref().filter(|_| is_open(view) || is_waiting);
    let tag = tag.map(|case| view! { " " <span class=common::status_class(case.status)>{common::status(case.status)}</span> });
    let restricted =
        view.warnings.iter().map(|said| view! { <p class="notice notice--warning">{said.clone()}</p> }).collect_view();
    view! {
        {head(frame, &view.name, "")}
        <ErrorSummary state=state />
        <h1 tabindex="-1">{title} {tag}</h1>
        {restricted}
        {body}
    }
    .into_any()
}

/// Whoever has no record is told what comes first.
fn collect_first(frame: &Frame, view: &ChangeView) -> AnyView {
    let intake = frame.intake();
    view! {
        <div class="notice notice--warning">
            <p>{format!("{intake}审核通过以后，才能办理{}。请先办理{intake}，等待审核通过。", view.name)}</p>
            <p><a href=frame.path("intake")>{format!("办理{intake}")}</a></p>
        </div>
    }
    .into_any()
}

/// Of a closed record nothing is changed.
fn closed(frame: &Frame, view: &ChangeView) -> AnyView {
    view! {
        <div class="notice notice--warning">
            <p>{view.closed.clone()}</p>
            <p><a href=frame.path("record")>"查看个人档案"</a></p>
        </div>
    }
    .into_any()
}

fn beginning(frame: &Frame, view: &ChangeView, state: FormState) -> AnyView {
    let lead = format!(
        "从档案中的最新信息开始，只改有变化的项目。由{}审核，一般在 {} 个工作日内答复；审核通过以前，档案中仍是原来的信息。",
        view.bureau_name, view.days
    );
    let before = view.case.as_ref().map(|case| {
        let word = if case.status == Status::Approved { "已经生效" } else { "已经取消" };
        let number = if case.number.is_empty() { String::new() } else { format!("（受理编号 {}）", case.number) };
        view! { <p class="hint">{format!("上一次变更{number}{word}。")}</p> }
    });
    let occasions = view.occasions.iter().map(|of| occasion(frame, view, of, state)).collect_view();
    let occasions = (!view.occasions.is_empty()).then(|| {
        view! { <section class="stack" aria-labelledby="occasions-title"><h2 id="occasions-title">"如果我……"</h2>{occasions}</section> }
    });
    view! {
        <p class="lead">{lead}</p>
        {before}
        <section class="card stack" aria-labelledby="way-title">
            <h2 id="way-title">"办理步骤"</h2>
            <ol>
                <li>"在变更页填写有变化的项目。每一项下面写明变更此项需要上传什么证明。"</li>
                <li>"资料上传：系统按变更的项目列出需要的证明。"</li>
                <li>"作出承诺并提交，等待审核。"</li>
            </ol>
            <p class="hint">"证件类型和证件号码不能在这里变更，请持证件和公安机关证明到所在地财政局的窗口办理。"</p>
            {begin(frame, "", "开始变更", "button", state)}
        </section>
        {occasions}
    }
    .into_any()
}

/// Something that may have happened: what is asked then, by what proof.
fn occasion(frame: &Frame, view: &ChangeView, of: &OccasionView, state: FormState) -> AnyView {
    let papers = if of.papers.is_empty() { "不需要证明".to_owned() } else { of.papers.join("、") };
    view! {
        <details class="card">
            <summary>{of.title.clone()}</summary>
            <dl class="summary-list">
                <div><dt>"变更的项目"</dt><dd>{of.labels.join("、")}</dd></div>
                <div><dt>"可能需要的证明"</dt><dd>{papers}</dd></div>
                <div><dt>"办理机关和期限"</dt><dd>{format!("{}，{} 个工作日", view.bureau_name, view.days)}</dd></div>
            </dl>
            {begin(frame, &of.key, "从这里开始变更", "button button--secondary", state)}
        </details>
    }
    .into_any()
}

fn begin(frame: &Frame, occasion: &str, word: &'static str, class: &'static str, state: FormState) -> AnyView {
    let (key, occasion) = (frame.key.clone(), occasion.to_owned());
    view! {
        <PostForm action="/api/change/begin" state=state province=key keeps=false>
            <input type="hidden" name=name_of("occasion") value=occasion />
            <p class="button-row"><button type="submit" class=class>{word}</button></p>
        </PostForm>
    }
    .into_any()
}

/// The change that is open: what is changed, the forms, and the bar.
fn going_on(frame: &Frame, view: &ChangeView, state: FormState) -> AnyView {
    let forms = view.forms.iter().map(|(step, title, count)| {
        let count = (*count > 0).then(|| view! { " " <span class="tag tag--orange">{format!("已修改 {count} 项")}</span> });
        view! { <li><a href=form_page(frame, *step)>{title.clone()}</a>{count}</li> }
    });
    let forms = forms.collect_view();
    view! {
        {returned(view)}
        <section class="card" aria-labelledby="changed-title">
            <h2 id="changed-title">"已修改的项目"</h2>
            {changed(frame, view, state)}
        </section>
        <section class="card" aria-labelledby="forms-title">
            <h2 id="forms-title">"变更页"</h2>
            <p class="hint">"打开有变化的一页，修改后保存。"</p>
            <ul class="link-list">{forms}</ul>
        </section>
        {moves(view)}
        {obstacles(frame, view)}
        {bar(frame, view)}
        {end(frame, view, state)}
    }
    .into_any()
}

/// 变更退回: the reason of the whole, and of single items.
fn returned(view: &ChangeView) -> Option<AnyView> {
    let is_returned = view.case.as_ref().is_some_and(|case| case.status == Status::Returned);
    is_returned.then(|| {
        let reason = (!view.reason.is_empty()).then(|| view! { <p>{format!("退回原因：{}", view.reason)}</p> });
        let items = view.changed.iter().filter(|item| !item.reason.is_empty()).map(|item| (&item.label, &item.reason));
        let files = view.rejected_files.iter().map(|(title, reason)| (title, reason));
        let lines = items.chain(files).map(|(label, reason)| view! { <li>{format!("{label}：{reason}")}</li> }).collect_view();
        view! {
            <div class="notice notice--danger">
                <h2>"变更退回，需要修改"</h2>
                {reason}
                <ul>{lines}</ul>
                <p>"修改后重新提交；不再变更的项目可以撤回。"</p>
            </div>
        }
        .into_any()
    })
}

fn changed(frame: &Frame, view: &ChangeView, state: FormState) -> AnyView {
    if view.changed.is_empty() {
        return view! { <p class="empty">"还没有修改任何项目。"</p> }.into_any();
    }
    let lines = view.changed.iter().map(|item| line(frame, item, state)).collect_view();
    view! { <ul class="ledger">{lines}</ul> }.into_any()
}

fn shown(value: &str) -> String {
    if value.is_empty() { "未填写".to_owned() } else { value.to_owned() }
}

fn line(frame: &Frame, of: &ChangedItem, state: FormState) -> AnyView {
    let (_, field) = of.item.split_once('.').unwrap_or_default();
    let href = format!("{}#{}", form_page(frame, of.step), id_of(field));
    let at_once = of.is_at_once.then(|| view! { " " <span class="tag tag--green">"提交后立即生效"</span> });
    let reason = (!of.reason.is_empty()).then(|| view! { <p class="item__reason">{format!("未通过：{}", of.reason)}</p> });
    let (key, item, label) = (frame.key.clone(), of.item.clone(), of.label.clone());
    view! {
        <li>
            <p><a href=href rel="external">{label.clone()}</a>{at_once}</p>
            <p class="diff">{format!("原：{} → 现：", shown(&of.before))}<ins>{shown(&of.now)}</ins></p>
            {reason}
            <PostForm action="/api/change/undo" state=state province=key keeps=false>
                <input type="hidden" name=name_of("item") value=item />
                <button type="submit" class="button button--quiet button--small">"撤回"<span class="hidden-visually">{format!("：{label}")}</span></button>
            </PostForm>
        </li>
    }
    .into_any()
}

/// What keeps it from being handed in, each with the way there.
pub(super) fn obstacles(frame: &Frame, view: &ChangeView) -> Option<AnyView> {
    if view.changed.is_empty() {
        return None;
    }
    let stays = view.stays.clone().map(|said| view! { <li>{said}</li> });
    let faults = view.faults.iter().map(|(step, label, error)| {
        let href = format!("{}#{}", form_page(frame, *step), id_of(&error.field));
        view! { <li><a href=href rel="external">{sentence::fault(label, &error.fault)}</a></li> }
    });
    let faults = faults.collect_view();
    (stays.is_some() || !view.faults.is_empty())
        .then(|| view! { <div class="notice notice--warning"><h2>"提交之前还需要"</h2><ul>{stays}{faults}</ul></div> }.into_any())
}

/// 调出 and 调入: who decides, what the destination wants, and from which employer to which.
pub(super) fn moves(view: &ChangeView) -> Option<AnyView> {
    let lines: Vec<_> = view.moves.iter().chain(&view.word).map(|said| view! { <li>{said.clone()}</li> }).collect();
    (!lines.is_empty()).then(|| view! { <div class="notice notice--info"><ul>{lines}</ul></div> }.into_any())
}

/// How much is changed, and what that calls for.
fn bar(frame: &Frame, view: &ChangeView) -> AnyView {
    let count = format!("已修改 {} 项，需要上传 {} 份证明", view.changed.len(), view.slots.len());
    let next = (!view.changed.is_empty()).then(|| view! { <a class="button" href=page(frame, "files")>"下一步：资料上传"</a> });
    view! {
        <div class="action-bar">
            <p class="live live--shown" role="status">{count}</p>
            {next}
        </div>
    }
    .into_any()
}

/// What was handed in and waits.
fn waiting(frame: &Frame, view: &ChangeView, state: FormState) -> AnyView {
    let case = view.case.clone();
    let number = case.as_ref().map(|case| case.number.clone()).unwrap_or_default();
    let due = case.and_then(|case| case.due_on).map(|on| format!("预计 {} 前答复。", format::date(on))).unwrap_or_default();
    view! {
        <p class="muted">"受理编号 " <span class="code">{number}</span></p>
        <p>{format!("等待{}审核。{due}审核通过以前，档案中仍是原来的信息。同时只能办理一件变更。", view.bureau_name)}<strong>"您不用做什么。"</strong></p>
        {moves(view)}
        {sections(&view.sections, None, false)}
        {end(frame, view, state)}
    }
    .into_any()
}

/// 撤销申请, 取消 and 删除, where they are offered.
fn end(frame: &Frame, view: &ChangeView, state: FormState) -> AnyView {
    let version = view.case.as_ref().map(|case| case.version).unwrap_or_default().to_string();
    let ways = [
        (Action::Withdraw, "withdraw", "撤销申请，继续修改"),
        (Action::Cancel, "cancel", "取消这次变更"),
        (Action::Delete, "delete", "放弃这次变更"),
    ];
    let forms = ways.into_iter().filter(|(action, ..)| view.actions.contains(action)).map(|(_, act, word)| {
        let (key, version) = (frame.key.clone(), version.clone());
        view! {
            <PostForm action="/api/change/drop" state=state province=key keeps=false>
                <input type="hidden" name=name_of("act") value=act />
                <input type="hidden" name=name_of("version") value=version />
                <button type="submit" class="button button--quiet">{word}</button>
            </PostForm>
        }
    });
    view! { <div class="button-row">{forms.collect_view()}</div> }.into_any()
}
