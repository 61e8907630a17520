//! 今年还差什么: what is missing, the last day, and the quickest ways that the rules allow.

use chrono::NaiveDate;
use domain::learning::view::{LearningCard, LearningWords, YearView};
use domain::learning::{Credits, Way};
use leptos::prelude::*;

use super::words::{asks, missing};
use crate::ui::format;
use crate::ui::page::Frame;

/// So many ways are shown.
const WAYS: usize = 3;

/// The card on the home page: it leads to the page of the line.
pub fn card(frame: &Frame, card: &LearningCard) -> AnyView {
    let way = view! { <p class="button-row"><a class="button button--secondary" href=frame.path("learning")>{format!("查看{}", card.words.record)}</a></p> };
    view! {
        <section class="card" aria-labelledby="learning-card">
            <h2 id="learning-card">{format!("{} 年度继续教育", card.year.state.year)}</h2>
            {said(frame, &card.words, &card.year, card.today)}
            {way}
        </section>
    }
    .into_any()
}

/// How the year stands, in a few plain words.
pub fn in_short(card: &LearningCard) -> String {
    if card.year.state.standing.is_complete() { "今年的已经学完了".to_owned() } else { missing(&card.words, &card.year) }
}

/// What is said of a year: never a number without its reason.
pub(super) fn said(frame: &Frame, words: &LearningWords, year: &YearView, today: NaiveDate) -> AnyView {
    let (state, unit) = (&year.state, &words.unit);
    let have = format!("已登记 {} {unit}，要求{}。", state.standing.sums.total, asks(words, year));
    if state.standing.is_complete() {
        let since = state.standing.completed_on.map(|on| format!("{}达到要求。", format::date(on))).unwrap_or_default();
        return view! { <p><strong>"本年度已完成。"</strong>{since}</p> <p class="hint">{have}</p> }.into_any();
    }
    let pending =
        (year.pending != Credits::ZERO).then(|| view! { <p>{format!("另有 {} {unit}等待审核，通过后登记。", year.pending)}</p> });
    view! {
        <p><strong>{missing(words, year)}"。"</strong></p>
        <p class="hint">{have}</p>
        {pending}
        {last_day(frame, year, today)}
    }
    .into_any()
}

/// The last day, how far it is, and the way into a calendar.
fn last_day(frame: &Frame, year: &YearView, today: NaiveDate) -> AnyView {
    let Some(last) = &year.state.last_day else {
        return view! { <p>"办理时间已过，不能再补。确有特殊情况的，请咨询所在地财政局。"</p> }.into_any();
    };
    let late = if last.is_late { "（补学）" } else { "" };
    let Some(on) = last.on else { return view! { <p>{format!("没有截止日期{late}。")}</p> }.into_any() };
    let days = (on - today).num_days();
    let href = frame.path(&format!("learning/{}/deadline.ics", year.state.year));
    view! {
        <p>
            {format!("最后一天是 {}{late}，还有 {days} 天。", format::date(on))}
            <a href=href rel="external" download>"加到日历"</a>
        </p>
    }
    .into_any()
}

/// The quickest ways that are open today.
pub(super) fn ways(frame: &Frame, words: &LearningWords, year: &YearView) -> AnyView {
    if year.ways.is_empty() {
        return ().into_any();
    }
    let line = |way: &Way| match way {
        Way::Study { until, pay_by } => {
            let until = until.map(|on| format!("，{} 前学完", format::date(on))).unwrap_or_default();
            let pay = pay_by.map(|on| format!("，{} 前缴费", format::date(on))).unwrap_or_default();
            view! { <li><strong>"参加网络培训或者面授"</strong><span>{format!("由网校、培训机构或者单位报送{}{pay}{until}。", words.unit)}</span></li> }
                .into_any()
        }
        Way::Conversion(offer) => {
            let (kind, one) = &offer.name;
            let name = if one.is_empty() { kind.clone() } else { format!("{kind}：{one}") };
            let (count, unit, credits) = (offer.count, &offer.unit, offer.credits);
            let enough = if offer.completes { "，本年度即可完成" } else { "" };
            let text = format!("{count} {unit}{} {credits} {}{enough}。", words.converting, words.unit);
            let go = (words.converts && words.is_collected).then(|| {
                let href = frame.path(&format!("learning/conversions/new?kind={}", offer.kind));
                let spoken = format!("：{name}");
                view! { <a href=href>"去申请"<span class="hidden-visually">{spoken}</span></a> }
            });
            view! { <li><strong>{name}</strong><span>{text}</span>{go}</li> }.into_any()
        }
    };
    let lines = year.ways.iter().take(WAYS).map(line).collect_view();
    view! { <h3>"可以这样补上"</h3> <ol class="ways">{lines}</ol> }.into_any()
}
