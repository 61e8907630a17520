//! The bar of the cockpit: whose case it is, how long it has, what the machine noticed, and who has it.

use domain::answer::Answer;
use domain::case::{Action, Level, Status};
use domain::review::view::CaseView;
use leptos::prelude::*;

use super::bench::Bench;
use super::item::trouble;
use super::{keys, words};
use crate::ui::form::{FormState, PostForm};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::words as common;

/// The bar. `numbers` is where the whole numbers are looked at.
pub(super) fn bar(frame: &Frame, view: &CaseView, bench: Bench, numbers: AnyView) -> AnyView {
    let case = &view.case;
    let line = frame.site.province.line(case.kind).to_owned();
    let round = if case.round > 1 { format!("第 {} 次提交", case.round) } else { "首次提交".to_owned() };
    let left = (case.status == Status::Submitted).then(|| {
        let (word, class) = common::urgency(view.urgency);
        view! { <span class=class>{words::days_left(view.working_days_left)} <span class="hidden-visually">{word}</span></span> }
    });
    let state = (case.status != Status::Submitted)
        .then(|| view! { <span class=common::status_class(case.status)>{common::status(case.status)}</span> });
    let fine = view.checks.iter().filter(|check| check.level == Level::Fine).count();
    let counts = move || {
        let (decided, open) = bench.counts.get();
        format!("今天已办 {decided} · 还有 {open}")
    };
    view! {
        <header class="cockpit__bar">
            <a href=frame.path("staff/queue")>"‹ 审核列表"</a>
            <h1 tabindex="-1">{view.applicant.clone()} <span class="hidden-visually">{format!("的{line}申请")}</span></h1>
            <span class="code">{view.document.clone()}</span>
            {numbers}
            <span class="tag">{format!("{line} · {round}")}</span>
            {left}
            {state}
            <a href="#case-checks" rel="external">{format!("自动核对 {fine} 一致 · {} 疑点", view.checks.len() - fine)}</a>
            {hold(frame, view, bench)}
            <span class="cockpit__count">{counts}</span>
            {keys::help(bench)}
        </header>
    }
    .into_any()
}

/// A form that names the case only. Of its name only `short` is seen.
fn small(key: String, bench: Bench, action: &'static str, label: Signal<(&'static str, &'static str, &'static str)>) -> AnyView {
    let state = FormState::new([("case", "申请")], None);
    let case = bench.case.get_value();
    let stay = Callback::new(move |answer: Answer| {
        bench.hold(&answer);
        if answer.notice.is_some() && answer.go.is_none() {
            bench.said.set("10 分钟内其他人不能接手。".into());
        }
        answer.go.is_none() && answer.notice.is_some()
    });
    view! {
        <PostForm action=action state=state province=key on_answer=stay>
            <input type="hidden" name="form[case]" value=case />
            <button type="submit">
                <span class="hidden-visually">{move || label.get().0}</span>
                {move || label.get().1}
                <span class="hidden-visually">{move || label.get().2}</span>
            </button>
            <div role="alert">{move || trouble(state)}</div>
        </PostForm>
    }
    .into_any()
}

/// That it is one's own until then, or can be taken.
fn hold(frame: &Frame, view: &CaseView, bench: Bench) -> AnyView {
    let is_others = view.hold.as_ref().is_some_and(|hold| !hold.is_mine);
    // Whoever has agreed to it already leaves it to the second person.
    if is_others || !view.actions.contains(&Action::Hold) || view.seats.as_ref().is_some_and(|seats| seats.is_mine) {
        return ().into_any();
    }
    let until = move || bench.held_until.get().map(format::time);
    let said = move || match until() {
        Some(until) => format!("您正在审核这件申请，{until} 前有效"),
        None => "目前没有人在审核这件申请".to_owned(),
    };
    let is_free = move || bench.held_until.with(Option::is_none);
    let (key, later) = (frame.key.clone(), frame.key.clone());
    let put_back = Signal::stored(("", "放回", "列表"));
    let release = move || (!is_free()).then(|| small(later.clone(), bench, "/api/review/release", put_back));
    let take = Signal::derive(move || if is_free() { ("", "开始审核", "") } else { ("继续审核，", "顺延", " 10 分钟") });
    view! {
        <span class="cockpit__hold">
            <span>{said}</span>
            {small(key, bench, "/api/review/hold", take)}
            {release}
        </span>
    }
    .into_any()
}
