//! What ends the work on a case: 审核通过, 退回修改, 跳过, 转交.

use domain::answer::{Answer, Flash};
use domain::case::{Action, Status};
use domain::id::BureauCode;
use domain::review::forms::{DecideForm, ForwardForm, SkipForm};
use domain::review::view::CaseView;
use leptos::prelude::*;

use super::bench::Bench;
use super::item::trouble;
use super::toast;
use crate::ui::field::{AreaField, FieldSpec};
use crate::ui::form::{FormState, PostForm};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::text_area::TextArea;

/// Whether verdicts and decisions are this reviewer's now.
pub(super) fn is_open(view: &CaseView) -> bool {
    view.actions.contains(&Action::Approve) && view.hold.as_ref().is_none_or(|hold| hold.is_mine)
}

/// Who else has the case, and until when.
pub(super) fn held(view: &CaseView) -> AnyView {
    let Some(hold) = view.hold.as_ref().filter(|hold| !hold.is_mine) else { return ().into_any() };
    let until = format::time(hold.until);
    view! {
        <div class="notice notice--warning">
            <h2>{format!("{}正在审核这件申请", hold.name)}</h2>
            <p>{format!("您可以查看，暂时不能记录意见。{until} 之后刷新页面可以接手。")}</p>
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
pub(super) fn deck(frame: &Frame, view: &CaseView, bench: Bench, state: FormState) -> AnyView {
    let toast = toast::toast(&frame.key, view);
    // Who has agreed as the first leaves it to the other, and can still return it.
    if !is_open(view) {
        return view! { <section class="deck" id="decision" aria-label="结论">{toast}</section> }.into_any();
    }
    let (is_shared, is_whole) = (view.seats.is_some(), !view.actions.contains(&Action::Judge));
    let typed: DecideForm = view.flash.as_ref().filter(|flash| flash.form == "decide").map(Flash::refill).unwrap_or_default();
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
    let ask = move |event: leptos::ev::MouseEvent| {
        if bench.asks() {
            event.prevent_default();
        }
    };
    view! {
        <section class="deck" id="decision" aria-label="审核结论">
            <PostForm class="deck__form" action="/api/review/decide" state=state province=key>
                <input type="hidden" name="form[case]" value=case />
                <input type="hidden" name="form[version]" value=version />
                <button type="submit" class="button button--ok" id="decide-approve" name="form[decision]" value="approve" aria-disabled=pending on:click=ask>
                    {key_of("A")}
                    {if is_shared { "同意" } else { "审核通过" }}
                </button>
                <button type="submit" class="button button--danger" id="decide-return" name="form[decision]" value="return" aria-disabled=pending>
                    {key_of("R")}
                    {if is_whole { "退回" } else { "退回修改" }}
                </button>
                <AreaField spec=reason />
            </PostForm>
            {skip(frame, view)}
            {forward(frame, view)}
            {tally(bench, is_whole)}
            {toast}
        </section>
    }
    .into_any()
}

fn key_of(key: &'static str) -> AnyView {
    view! { <kbd class="kbd" aria-hidden="true">{key}</kbd> }.into_any()
}

/// What was seen and judged so far.
fn tally(bench: Bench, is_whole: bool) -> AnyView {
    let rejected = move || bench.verdicts.with(|verdicts| verdicts.values().filter(|verdict| !verdict.is_accepted).count());
    let seen = move || {
        let all = bench.pictures.with_value(Vec::len);
        format!("材料 {} / {all} 已看", all.saturating_sub(bench.unseen()))
    };
    let asked = move || {
        let unseen = if bench.is_asked.get() { bench.unseen() } else { 0 };
        (unseen > 0).then(|| format!("还有 {unseen} 份材料没有看。确定通过的，请再按一次。"))
    };
    view! {
        <p class="tally">
            <span hidden=move || !bench.is_awake.get()>{seen}</span>
            {(!is_whole).then(|| view! { <span>{move || format!("不通过 {}", rejected())}</span> })}
            <span class="hidden-visually">"没有记录意见的项目，审核通过时视为通过。结论会通过短信和站内信告知申请人。"</span>
        </p>
        <p class="deck__ask" role="alert">{asked}</p>
    }
    .into_any()
}

/// 跳过: for today, with a reason.
fn skip(frame: &Frame, view: &CaseView) -> AnyView {
    if !view.actions.contains(&Action::Hold) {
        return ().into_any();
    }
    let flash = view.flash.as_ref().filter(|flash| flash.form == "skip");
    let typed: SkipForm = flash.map(Flash::refill).unwrap_or_default();
    let state = FormState::new([("reason", "跳过原因"), ("case", "申请")], flash);
    let (key, case) = (frame.key.clone(), view.case.id.to_string());
    let is_wrong = Signal::derive(move || state.sentence("reason").is_some());
    let stay = Callback::new(|answer: Answer| !answer.errors.is_empty());
    view! {
        <details id="case-skip" class="pop" open=untrack(|| state.has_trouble())>
            <summary>{key_of("S")} "跳过"</summary>
            <div class="pop__body">
                <PostForm action="/api/review/skip" state=state province=key on_answer=stay>
                    <input type="hidden" name="form[case]" value=case />
                    <div class="field">
                        <label for="skip-reason">"跳过原因"</label>
                        <p class="field__hint">"2 至 200 字，申请人看不到。今天不再轮到您，明天或者您重新开始审核时恢复。"</p>
                        <TextArea
                            id="skip-reason".to_owned()
                            name="form[reason]".to_owned()
                            value=typed.reason
                            rows=2
                            described_by="skip-error"
                            is_invalid=is_wrong
                        />
                    </div>
                    <div id="skip-error" role="alert">{move || trouble(state)}</div>
                    <button type="submit" class="button button--secondary button--small">"跳过，审核下一件"</button>
                </PostForm>
            </div>
        </details>
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
        <details id="case-forward" class="pop" open=untrack(|| state.has_trouble())>
            <summary>{key_of("F")} "转交" <span class="hidden-visually">"其他财政局"</span></summary>
            <div class="pop__body"><PostForm action="/api/review/forward" state=state province=key>
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
            </PostForm></div>
        </details>
    }
    .into_any()
}
