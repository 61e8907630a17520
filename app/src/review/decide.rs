//! What ends the work on a case: 审核通过, 更正, 退回修改, 跳过, 转交.

use domain::answer::{Answer, Flash};
use domain::case::Action;
use domain::correction::{Ceiling, CorrectForm};
use domain::review::forms::{DecideForm, ForwardForm, RevokeForm, SkipForm};
use domain::review::view::CaseView;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::bench::Bench;
use super::benches::Benches;
use super::pop::{Pop, key_of, pop};
use super::{ahead, originals, toast};
use crate::ui::field::{AreaField, FieldSpec};
use crate::ui::form::{FormState, PostForm};
use crate::ui::page::Frame;

/// Whether verdicts and decisions are this reviewer's now.
pub(super) fn is_open(view: &CaseView) -> bool {
    view.actions.contains(&Action::Approve) && view.hold.as_ref().is_none_or(|hold| hold.is_mine)
}

/// 审核结论. `state` is shown by the summary at the top of the page.
pub(super) fn deck(frame: &Frame, view: &CaseView, bench: Bench, state: FormState) -> AnyView {
    let of = frame.key.clone();
    let toast = move || bench.staged.with(|staged| toast::toast(&of, staged));
    // Who has agreed as the first leaves it to the other, and can still return it.
    if !is_open(view) {
        return view! { <section class="deck" id="decision" aria-label="结论">{revoke(frame, view)} {toast}</section> }
            .into_any();
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
    // What was rejected is returned, or taken back first; without scripts the answer says so.
    let is_shut = Memo::new(move |_| bench.is_awake.get() && rejected(bench) > 0);
    let shut = move || (state.is_pending.get() || is_shut.get()).then_some("true");
    let (key, case, version) = (frame.key.clone(), view.case.id.to_string(), view.case.version.to_string());
    let ask = move |event: leptos::ev::MouseEvent| {
        if is_shut.get_untracked() {
            bench.said.set(SHUT.into());
            event.prevent_default();
        } else if bench.asks() {
            event.prevent_default();
        }
    };
    let count = move || Some(rejected(bench)).filter(|count| *count > 0).map(|count| format!("（{count} 项）"));
    view! {
        <section class="deck" id="decision" aria-label="审核结论">
            <PostForm class="deck__form" action="/api/review/decide" state=state province=key on_answer=onward(state)>
                <input type="hidden" name="form[case]" value=case />
                <input type="hidden" name="form[version]" value=version />
                <button type="submit" class="button button--ok" id="decide-approve" name="form[decision]" value="approve" aria-disabled=shut on:click=ask>
                    {key_of("A")}
                    {if is_shared { "同意" } else { "审核通过" }}
                </button>
                <button type="submit" class="button button--danger" id="decide-return" name="form[decision]" value="return" aria-disabled=pending>
                    {key_of("R")}
                    {if is_whole { "退回" } else { "退回修改" }}
                    {count}
                </button>
                <AreaField spec=reason />
            </PostForm>
            {correct(frame, view)}
            {skip(frame, view)}
            {forward(frame, view)}
            {tally(bench, is_whole)}
            {toast}
        </section>
    }
    .into_any()
}

/// Why nothing is approved.
const SHUT: &str = "有不通过的，只能退回";

/// How many items were judged wrong so far.
fn rejected(bench: Bench) -> usize {
    bench.verdicts.with(|verdicts| verdicts.values().filter(|verdict| !verdict.is_accepted).count())
}

/// To the next case within the program: of the page nothing but the case is fetched, where that is not there already, and `Bench::lay`
/// lays it out anew. Every other page comes whole.
pub(super) fn onward(state: FormState) -> Callback<Answer, bool> {
    let (navigate, here, benches) = (use_navigate(), use_location().pathname, use_context::<Benches>());
    Callback::new(move |answer: Answer| {
        if let Some(bench) = benches.and_then(Benches::current) {
            ahead::taken(bench, answer.notice.as_ref());
        }
        // The same case once more comes whole: to the router it is no other page.
        let is_another = |path: &String| path.contains("/staff/cases/") && here.with_untracked(|here| !path.starts_with(here));
        let Some(path) = answer.go.filter(is_another) else { return false };
        // Until the next case is drawn nothing more is sent, by a second press either.
        state.is_pending.set(true);
        // What was set by the answer has to be drawn before the page that draws it goes.
        let navigate = navigate.clone();
        crate::ui::browser::later(0, move || navigate(&path, NavigateOptions::default()));
        true
    })
}

/// What was seen and judged so far.
fn tally(bench: Bench, is_whole: bool) -> AnyView {
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
            {(!is_whole).then(|| view! { <span>{move || format!("不通过 {}", rejected(bench))}</span> })}
            {move || (rejected(bench) > 0).then(|| view! { <span>{SHUT}</span> })}
            <span class="hidden-visually">"没有记录意见的项目，审核通过时视为通过。结论会通过短信和站内信告知申请人。"</span>
        </p>
        <p class="deck__ask" role="alert">{asked}</p>
    }
    .into_any()
}

/// 撤销审核通过: what was approved stands no longer; and 备查, which may lead to it.
fn revoke(frame: &Frame, view: &CaseView) -> AnyView {
    if !view.actions.contains(&Action::Revoke) {
        return ().into_any();
    }
    let originals = originals::originals(frame, view);
    let flash = view.flash.as_ref().filter(|flash| flash.form == "revoke");
    let typed: RevokeForm = flash.map(Flash::refill).unwrap_or_default();
    let state = FormState::new([("reason", "撤销原因"), ("case", "申请")], flash);
    let version = view.case.version.to_string();
    let of = Pop {
        name: "revoke",
        key: "V",
        title: "撤销",
        more: "审核通过",
        action: "/api/review/revoke",
        reason: ("撤销原因", "2 至 200 字，申请人会看到。已登记的内容相应撤销。", typed.reason),
        before: view! { <input type="hidden" name="form[version]" value=version /> }.into_any(),
        button: "撤销审核通过",
    };
    view! { {pop(frame, view, state, of)} {originals} }.into_any()
}

/// 更正: another amount than was reckoned, with a reason.
fn correct(frame: &Frame, view: &CaseView) -> AnyView {
    let Some(of) = &view.correctable else { return ().into_any() };
    let flash = view.flash.as_ref().filter(|flash| flash.form == "correct");
    let typed: CorrectForm = flash.map(Flash::refill).unwrap_or_default();
    let state = FormState::new([("amount", "登记的数量"), ("reason", "更正原因"), ("case", "申请")], flash);
    let is_wrong = move || state.sentence("amount").map(|_| "true");
    let why = match of.by {
        Ceiling::Rule => "按规则最多给",
        Ceiling::Cap => "本年度上限还余",
    };
    let hint = format!("折算为 {} {}，{why} {} {}。", of.reckoned, of.unit, of.most, of.unit);
    let before = view! {
        <input type="hidden" name="form[version]" value=view.case.version.to_string() />
        <div class="field">
            <label for="correct-amount">{format!("登记的{}", of.unit)}</label>
            <p class="field__hint" id="correct-hint">{hint}</p>
            <input
                id="correct-amount"
                class="input--short"
                type="text"
                inputmode="decimal"
                autocomplete="off"
                name="form[amount]"
                value=typed.amount
                aria-describedby="correct-hint correct-error"
                aria-invalid=is_wrong
            />
        </div>
    };
    let of = Pop {
        name: "correct",
        key: "E",
        title: "更正",
        more: "折算的数量",
        action: "/api/review/correct",
        reason: ("更正原因", "2 至 200 字，申请人会看到。", typed.reason),
        before: before.into_any(),
        button: "按更正的数量通过",
    };
    pop(frame, view, state, of)
}

/// 跳过: for today, with a reason.
fn skip(frame: &Frame, view: &CaseView) -> AnyView {
    if !view.actions.contains(&Action::Hold) {
        return ().into_any();
    }
    let flash = view.flash.as_ref().filter(|flash| flash.form == "skip");
    let typed: SkipForm = flash.map(Flash::refill).unwrap_or_default();
    let state = FormState::new([("reason", "跳过原因"), ("case", "申请")], flash);
    let version = view.case.version.to_string();
    let hint = "2 至 200 字，申请人看不到。今天不再轮到您，明天或者您重新开始审核时恢复。";
    let of = Pop {
        name: "skip",
        key: "S",
        title: "跳过",
        more: "",
        action: "/api/review/skip",
        reason: ("跳过原因", hint, typed.reason),
        before: view! { <input type="hidden" name="form[version]" value=version /> }.into_any(),
        button: "跳过，审核下一件",
    };
    pop(frame, view, state, of)
}

/// 转交.
fn forward(frame: &Frame, view: &CaseView) -> AnyView {
    if view.bureaus.is_empty() {
        return ().into_any();
    }
    let flash = view.flash.as_ref().filter(|flash| flash.form == "forward");
    let typed: ForwardForm = flash.map(Flash::refill).unwrap_or_default();
    let state = FormState::new([("bureau", "受理财政局"), ("reason", "转交原因"), ("case", "申请")], flash);
    let options = view.bureaus.iter().map(|(code, name)| {
        let is_chosen = *code == *typed.bureau;
        view! { <option value=code.to_string() selected=is_chosen>{name.clone()}</option> }
    });
    let is_wrong = move || state.sentence("bureau").map(|_| "true");
    let before = view! {
        <input type="hidden" name="form[version]" value=view.case.version.to_string() />
        <div class="field">
            <label for="forward-bureau">"受理财政局"</label>
            <select id="forward-bureau" name="form[bureau]" aria-describedby="forward-error" aria-invalid=is_wrong>
                <option value="">"请选择"</option>
                {options.collect_view()}
            </select>
        </div>
    };
    let of = Pop {
        name: "forward",
        key: "F",
        title: "转交",
        more: "其他财政局",
        action: "/api/review/forward",
        reason: ("转交原因", "2 至 200 字，记入办理经过。", typed.reason),
        before: before.into_any(),
        button: "转交",
    };
    pop(frame, view, state, of)
}
