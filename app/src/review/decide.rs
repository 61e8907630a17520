//! What ends the work on a case: 审核通过, 退回修改, 转交, and giving it back to the list.

use std::collections::BTreeSet;

use domain::answer::{Answer, Flash};
use domain::case::{Action, Status};
use domain::id::BureauCode;
use domain::review::forms::{DecideForm, ForwardForm};
use domain::review::view::CaseView;
use leptos::prelude::*;

use super::bench::Bench;
use super::item::trouble;
use crate::ui::field::{AreaField, FieldSpec};
use crate::ui::form::{FormState, PostForm};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::text_area::TextArea;

/// Whether verdicts and decisions are this reviewer's now.
pub(super) fn is_open(view: &CaseView) -> bool {
    view.actions.contains(&Action::Approve) && view.hold.as_ref().is_none_or(|hold| hold.is_mine)
}

/// A form that names the case only.
fn small(key: String, bench: Bench, action: &'static str, label: Signal<&'static str>, said: &'static str) -> AnyView {
    let state = FormState::new([("case", "申请")], None);
    let case = bench.case.get_untracked();
    let stay = Callback::new(move |answer: Answer| {
        bench.hold(&answer);
        answer.go.is_none() && answer.notice.is_some()
    });
    view! {
        <PostForm action=action state=state province=key on_answer=stay>
            <input type="hidden" name="form[case]" value=case />
            <button type="submit" class="button button--secondary button--small">{label}</button>
            <div role="status">
                {move || state.notice.get().is_some().then_some(said)} {move || trouble(state)}
            </div>
        </PostForm>
    }
    .into_any()
}

/// Who has the case, and until when.
pub(super) fn hold(frame: &Frame, view: &CaseView, bench: Bench) -> AnyView {
    if let Some(hold) = view.hold.as_ref().filter(|hold| !hold.is_mine) {
        let until = format::time(hold.until);
        return view! {
            <div class="notice notice--warning">
                <h2>{format!("{}正在审核这件申请", hold.name)}</h2>
                <p>{format!("您可以查看，暂时不能记录意见。{until} 之后刷新页面可以接手。")}</p>
            </div>
        }
        .into_any();
    }
    // Whoever has agreed to it already leaves it to the second person.
    if !view.actions.contains(&Action::Hold) || view.seats.as_ref().is_some_and(|seats| seats.is_mine) {
        return ().into_any();
    }
    let until = move || bench.held_until.get().map(format::time);
    let said = move || match until() {
        Some(until) => format!("您正在审核这件申请，{until} 之前其他人不能接手；每次记录意见都会顺延 10 分钟。"),
        None => "目前没有人在审核这件申请。请点“开始审核”，或者直接记录意见，10 分钟内其他人不能接手。".to_owned(),
    };
    let free = move || until().is_none();
    let (key, later) = (frame.key.clone(), frame.key.clone());
    let release = move || (!free()).then(|| small(later.clone(), bench, "/api/review/release", "放回列表".into(), ""));
    let take = Signal::derive(move || if free() { "开始审核" } else { "继续审核，顺延 10 分钟" });
    view! {
        <div class="notice notice--info">
            <p>{said}</p>
            <div class="button-row">
                {small(key.clone(), bench, "/api/review/hold", take, "10 分钟内其他人不能接手。")} {release}
                {small(key, bench, "/api/review/next", "跳过，审核下一件".into(), "目前没有其他可以接手的申请。")}
            </div>
        </div>
    }
    .into_any()
}

/// Who has agreed so far, where several have to.
pub(super) fn seats(view: &CaseView) -> AnyView {
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
    view! { <div class="notice notice--info"><p>{text}</p></div> }.into_any()
}

/// What a reviewer reads on an application of their own.
pub(super) fn own(view: &CaseView) -> AnyView {
    if !view.is_own || view.case.status != Status::Submitted {
        return ().into_any();
    }
    view! {
        <div class="notice notice--warning">
            <h2>"这是您本人的申请"</h2>
            <p>"本人的申请由其他审核人员办理，您可以查看，不能记录意见或者作出结论。"</p>
        </div>
    }
    .into_any()
}

/// 审核结论. `state` is shown by the summary at the top of the page.
pub(super) fn decision(frame: &Frame, view: &CaseView, bench: Bench, state: FormState) -> AnyView {
    // Who has agreed as the first leaves it to the other, and can still return it.
    if !is_open(view) {
        return ().into_any();
    }
    let (is_shared, is_whole) = (view.seats.is_some(), !view.actions.contains(&Action::Judge));
    let typed: DecideForm = view.flash.as_ref().filter(|flash| flash.form == "decide").map(Flash::refill).unwrap_or_default();
    let slots: BTreeSet<&String> = view.files.iter().map(|(slot, _)| slot).collect();
    let all = view.sections.iter().map(|section| section.rows.len()).sum::<usize>() + slots.len();
    let count = move || {
        bench.verdicts.with(|verdicts| {
            let rejected = verdicts.values().filter(|verdict| !verdict.is_accepted).count();
            format!("共 {all} 项，已记录意见 {} 项，其中不通过 {rejected} 项。", verdicts.len())
        })
    };
    let hint = if view.is_per_item {
        "退回时申请人会看到每个不通过项的原因；还需要说明的，可以写在这里。"
    } else {
        "退回时必须写明原因，2 至 200 字，申请人会看到。"
    };
    let reason = FieldSpec {
        is_required: !view.is_per_item,
        hint: hint.into(),
        value: typed.reason,
        ..FieldSpec::new("reason", "退回说明")
    };
    let pending = move || state.is_pending.get().then_some("true");
    let (key, case, version) = (frame.key.clone(), view.case.id.to_string(), view.case.version.to_string());
    view! {
        <section class="card" id="decision" aria-labelledby="case-decision">
            <h2 id="case-decision">"审核结论"</h2>
            {(!is_whole).then(|| view! { <p>{count}</p> })}
            <PostForm action="/api/review/decide" state=state province=key>
                <input type="hidden" name="form[case]" value=case />
                <input type="hidden" name="form[version]" value=version />
                <AreaField spec=reason />
                <div class="button-row">
                    <button type="submit" class="button" name="form[decision]" value="approve" aria-disabled=pending>{if is_shared { "同意" } else { "审核通过" }}</button>
                    <button type="submit" class="button button--danger" name="form[decision]" value="return" aria-disabled=pending>
                        {if is_whole { "退回" } else { "退回修改" }}
                    </button>
                </div>
            </PostForm>
            <p class="hint">{if is_whole { "结论会通过短信和站内信告知申请人。" } else { "没有记录意见的项目，审核通过时视为通过。结论会通过短信和站内信告知申请人。" }}</p>
            {forward(frame, view)}
        </section>
    }
    .into_any()
}

/// 转交.
fn forward(frame: &Frame, view: &CaseView) -> AnyView {
    if view.bureaus.is_empty() {
        return ().into_any();
    }
    let flash = view.flash.as_ref().filter(|flash| flash.form == "forward");
    let typed: ForwardForm = flash.map(Flash::refill).unwrap_or_default();
    let state = FormState::new([("bureau", "受理财政局"), ("reason", "转交原因"), ("case", "申请")], flash);
    let (key, case, version) = (frame.key.clone(), view.case.id.to_string(), view.case.version.to_string());
    let draw = |(code, name): (BureauCode, String)| {
        let is_chosen = code == *typed.bureau;
        view! { <option value=code.to_string() selected=is_chosen>{name}</option> }
    };
    let options = view.bureaus.iter().cloned().map(draw).collect_view();
    let is_wrong = |field: &'static str| Signal::derive(move || state.sentence(field).is_some());
    let (no_bureau, no_reason) = (is_wrong("bureau"), is_wrong("reason"));
    view! {
        <details open=untrack(|| state.has_trouble())>
            <summary>"转交其他财政局"</summary>
            <PostForm action="/api/review/forward" state=state province=key>
                <input type="hidden" name="form[case]" value=case />
                <input type="hidden" name="form[version]" value=version />
                <div class="field">
                    <label for="forward-bureau">"受理财政局"</label>
                    <select
                        id="forward-bureau"
                        name="form[bureau]"
                        aria-describedby="forward-error"
                        aria-invalid=move || no_bureau.get().then_some("true")
                    >
                        <option value="">"请选择"</option>
                        {options}
                    </select>
                </div>
                <div class="field">
                    <label for="forward-reason">"转交原因"</label>
                    <p class="field__hint">"2 至 200 字，记入办理经过。"</p>
                    <TextArea
                        id="forward-reason".to_owned()
                        name="form[reason]".to_owned()
                        value=typed.reason
                        described_by="forward-error"
                        is_invalid=no_reason
                    />
                </div>
                <div id="forward-error" role="alert">{move || trouble(state)}</div>
                <div class="button-row">
                    <button type="submit" class="button button--secondary">"转交"</button>
                </div>
            </PostForm>
        </details>
    }
    .into_any()
}
