//! Small parts that several pages of 信息采集 share.

use domain::case::view::RejectedItem;
use domain::fault::{Fault, FieldError, FieldErrors};
use domain::intake::Task;
use domain::intake::view::{Promise, Words};
use domain::province::{Bureau, PledgeAt};
use leptos::prelude::*;

use crate::ui::form::{Check, FormState, id_of, name_of};
use crate::ui::page::Frame;
use crate::ui::sentence;
use crate::ui::words::task_path;

/// A statement with a box that is never ticked beforehand. It stands in a form with the field `agreed`.
pub fn agree(state: FormState, text: String) -> AnyView {
    let id = id_of("agreed");
    let target = id.clone();
    let wrong = Memo::new(move |_| state.sentence("agreed"));
    let described = move || wrong.with(Option::is_some).then_some("field-agreed-error");
    view! {
        <div class=move || if wrong.with(Option::is_some) { "field field--error" } else { "field" }>
            {move || wrong.get().map(|text| view! {
                <p class="field__error" id="field-agreed-error"><span class="hidden-visually">"错误："</span>{text}</p>
            })}
            <label class="choice" for=target>
                <input
                    type="checkbox"
                    id=id
                    name=name_of("agreed")
                    value="yes"
                    aria-required="true"
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    aria-describedby=described
                />
                <span>{text}<span class="field__required" aria-hidden="true">" *"</span></span>
            </label>
        </div>
    }
    .into_any()
}

/// The text of the promise under a heading of this level (2 or 3).
pub fn promise(promise: &Promise, level: u8) -> AnyView {
    let title = promise.title.clone();
    let heading = match level {
        2 => view! { <h2 id="pledge-title">{title}</h2> }.into_any(),
        _ => view! { <h3 id="pledge-title">{title}</h3> }.into_any(),
    };
    let lines = promise.text.trim().lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
    view! { {heading} {lines} }.into_any()
}

/// The check of a form that only asks whether the box is ticked.
pub fn agreed_check() -> Check {
    std::sync::Arc::new(|typed: &[(String, String)]| {
        let is_agreed = typed.iter().any(|(field, value)| field == "agreed" && value == "yes");
        if is_agreed { FieldErrors::default() } else { FieldErrors::one("agreed", Fault::NotAgreed) }
    })
}

/// A bureau with everything that helps to reach it; what is unknown has a sentence of the profile.
pub fn bureau(bureau: &Bureau, frame: &Frame) -> AnyView {
    let phone = if bureau.phone.is_empty() { frame.site.province.hotline_fallback.clone() } else { bureau.phone.clone() };
    let hours = if bureau.hours.is_empty() { frame.site.province.hours.clone() } else { bureau.hours.clone() };
    let row = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    view! {
        <dl class="summary-list">
            {row("审核机关", bureau.name.clone())} {row("咨询电话", phone)} {row("办公时间", hours)}
            {(!bureau.address.is_empty()).then(|| row("办公地址", bureau.address.clone()))}
        </dl>
    }
    .into_any()
}

/// A bureau that was chosen just now: its name, and the way to its telephone and address.
pub fn bureau_name(name: &str, frame: &Frame) -> AnyView {
    let href = frame.path(&format!("hotlines?search={name}"));
    view! {
        <dl class="summary-list">
            <div><dt>"审核机关"</dt><dd>{name.to_owned()}</dd></div>
            <div><dt>"咨询电话"</dt><dd><a href=href target="_blank" rel="external noopener">"查看电话和地址（新窗口打开）"</a></dd></div>
        </dl>
    }
    .into_any()
}

/// The items of a return as a list of things to do.
pub fn rejected(items: &[RejectedItem]) -> AnyView {
    let line = |item: &RejectedItem| {
        let (tag, class) = match (item.is_amended, &item.explanation) {
            (true, _) => ("已修改", "tag tag--green"),
            (false, Some(_)) => ("已说明", "tag tag--green"),
            (false, None) => ("未修改", "tag tag--red"),
        };
        let said = item.explanation.as_ref().map(|remark| view! { <small>{format!("您的说明：{remark}")}</small> });
        let explain = item.explain_link.clone().map(|href| {
            let text = if item.explanation.is_some() { "修改说明" } else { "内容无误，不需要修改" };
            view! { <a class="task-list__other" href=href>{text}<span class="hidden-visually">{format!("：{}", item.label)}</span></a> }
        });
        view! {
            <li>
                <a href=item.link.clone() rel="external">
                    {item.label.clone()}<small>{format!("未通过原因：{}", item.reason)}</small>{said}
                </a>
                <span class="task-list__status"><span class=class>{tag}</span></span>
                {explain}
            </li>
        }
    };
    view! { <ul class="task-list">{items.iter().map(line).collect_view()}</ul> }.into_any()
}

/// After a return of the whole: what the bureau wrote, with the way to each place (手册乙 4.10; 手册丁 登记进度).
pub fn return_reasons(reason: &str, items: &[RejectedItem]) -> AnyView {
    let reason = (!reason.is_empty()).then(|| view! { <p>{format!("退回原因：{reason}")}</p> });
    view! { <section class="card" aria-labelledby="return-reason">
        <h2 id="return-reason">"退回原因"</h2>
        {reason}
        {(!items.is_empty()).then(|| remarks(items))}
        <p class="hint">"请按退回原因逐步修改。所有内容都可以修改，改好后在最后一步重新提交。"</p>
    </section> }
    .into_any()
}

/// What the bureau remarked on single items of a form that was returned as a whole.
fn remarks(items: &[RejectedItem]) -> AnyView {
    let line = |item: &RejectedItem| {
        view! {
            <li><a href=item.link.clone() rel="external">{item.label.clone()}</a>{format!("：{}", item.reason)}</li>
        }
    };
    view! { <ul>{items.iter().map(line).collect_view()}</ul> }.into_any()
}

/// What is missing before an application may be submitted again, or the way to do it.
pub fn resubmit(items: &[RejectedItem], frame: &Frame) -> AnyView {
    let left: Vec<String> = items
        .iter()
        .filter(|item| !item.is_amended && item.explanation.is_none())
        .map(|item| format!("“{}”", item.label))
        .collect();
    if left.is_empty() {
        let check = frame.path("intake/check");
        return view! {
            <p>"未通过的项目都已修改或者说明，请核对后重新提交。"</p>
            <p class="button-row"><a class="button" href=check>"重新提交"</a></p>
        }
        .into_any();
    }
    let text = format!("还有 {} 项没有修改：{}。全部修改（内容无误的，填写说明）后可以重新提交。", left.len(), left.join("、"));
    let (amend, count) =
        (frame.path("intake/amend"), format!("逐项修改（已改好 {} / {}）", items.len() - left.len(), items.len()));
    view! { <p>{text}</p> <p class="button-row"><a class="button" href=amend>{count}</a></p> }.into_any()
}

/// What keeps the application from being submitted, each line leading to where it can be mended.
pub fn faults(faults: &[(Task, String, FieldError)], words: &Words, frame: &Frame) -> AnyView {
    let line = |(task, label, error): &(Task, String, FieldError)| {
        let (path, title) = (task_path(*task), words.task(*task));
        let (anchor, text) = match task {
            Task::Step(_) if error.field == "rows" && error.fault == Fault::Missing => {
                (String::new(), format!("请打开“{title}”，填写后保存；没有的，直接保存"))
            }
            Task::Step(_) => (format!("?check=1&back=check#{}", id_of(&error.field)), sentence::fault(label, &error.fault)),
            Task::Attachments => (format!("#slot-{}", error.field), sentence::fault(label, &error.fault)),
            Task::Briefing | Task::Check => (String::new(), sentence::fault(label, &error.fault)),
        };
        let href = frame.path(&format!("intake/{path}{anchor}"));
        view! { <li><a href=href rel="external">{format!("{title}：{text}")}</a></li> }
    };
    view! { <ul>{faults.iter().map(line).collect_view()}</ul> }.into_any()
}

/// Says that nothing can be changed now, with the way to where the case stands.
pub fn closed(frame: &Frame, words: &Words) -> AnyView {
    let href = frame.path("intake/progress");
    let may_withdraw = words.may_withdraw;
    view! {
        <div class="notice notice--info">
            <p>"申请已经提交，现在不能修改。"{may_withdraw.then_some("需要修改的，可以在审核完成之前撤销申请。")}</p>
            <p><a href=href>{format!("查看{}", words.progress)}</a></p>
        </div>
    }
    .into_any()
}

/// Says that the briefing comes first, with the promise where it is made there.
pub fn not_begun(frame: &Frame, words: &Words) -> AnyView {
    let href = frame.path("intake/briefing");
    let title = &words.briefing;
    let text = match words.pledge_at {
        PledgeAt::Start => format!("请先阅读{title}并作出承诺，再填写信息。"),
        PledgeAt::End => format!("请先阅读{title}，再填写信息。"),
    };
    view! {
        <div class="notice notice--warning">
            <p>{text}</p>
            <p><a href=href>{format!("去阅读{title}")}</a></p>
        </div>
    }
    .into_any()
}
