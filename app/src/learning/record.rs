//! 继续教育完成记录 (手册甲 三（一）), 继续教育查询: the years, and every credit with its reckoning.

use domain::employer::view::EmployersView;
use domain::import::view::ExamsView;
use domain::integrity::view::IntegrityView;
use domain::learning::Credits;
use domain::learning::class::view::ClassesView;
use domain::learning::view::{EntryView, LearningView, LearningWords, YearView};
use domain::school::missing::MissingView;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use super::classes::classes;
use super::exams::{exams, exams_card};
use super::side::{convert, duty, online, regulations, work};
use super::words::source;
use super::{api, card, words};
use crate::employer;
use crate::integrity;
use crate::school::missing;
use crate::site::{fetched, use_source};
use crate::ui::format;
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;

/// What the page shows: the years, what was reported for one of them, or the results of exams. It has no address of its own, which every visitor would
/// have to fetch.
#[derive(Clone, Serialize, Deserialize)]
enum Shown {
    Record(LearningView),
    Missing(MissingView),
    Exams(ExamsView),
    Employers(EmployersView),
    Classes(Box<ClassesView>),
    Integrity(Box<IntegrityView>),
}

/// Which of them.
#[derive(Clone, PartialEq)]
enum Asked {
    Record,
    Missing(i32),
    Exams,
    Employers,
    Classes(String),
    Integrity,
}

/// 继续教育完成记录; with `missing=2026` 学分显示不全 of that year, with `exams=1` 考试成绩, with `employers` 单位管理, with `classes`
/// those of an employer, with `integrity` 诚信信息查询.
#[component]
pub fn LearningPage() -> impl IntoView {
    let (source, query) = (use_source(), use_query_map());
    let of = move |name: &str| query.with(|query| query.get(name));
    let asked = Memo::new(move |_| {
        if let Some(year) = of("missing").and_then(|year| year.parse().ok()) {
            return Asked::Missing(year);
        }
        match of("classes") {
            Some(manager) => Asked::Classes(manager),
            None if of("employers").is_some() => Asked::Employers,
            None if of("exams").is_some() => Asked::Exams,
            None if of("integrity").is_some() => Asked::Integrity,
            None => Asked::Record,
        }
    });
    // What could not be done: a word that comes back changed makes the page ask anew.
    let not = Memo::new(move |_| of("not").unwrap_or_default());
    let data = fetched(
        move || (source.get(), asked.get(), not.get()),
        async |((province, _), asked, _)| match asked {
            Asked::Missing(year) => crate::school::api::missing(province, year).await.map(Shown::Missing),
            Asked::Exams => api::exams(province).await.map(Shown::Exams),
            Asked::Employers => employer::api::employers(province).await.map(Shown::Employers),
            Asked::Classes(manager) => api::classes(province, manager).await.map(|view| Shown::Classes(Box::new(view))),
            Asked::Integrity => integrity::api::record(province).await.map(|view| Shown::Integrity(Box::new(view))),
            Asked::Record => api::record(province).await.map(Shown::Record),
        },
    );
    page("继续教育", data, move |frame, shown| match shown {
        Shown::Record(view) => draw(frame, view),
        Shown::Missing(view) => missing(&frame, &view),
        Shown::Exams(view) => exams(&frame, &view),
        Shown::Employers(view) => employer::employers(&frame, &view, &not.get_untracked()),
        Shown::Classes(view) => classes(&frame, &view, &not.get_untracked()),
        Shown::Integrity(view) => integrity::integrity(&frame, &view, &not.get_untracked()),
    })
}

/// The way to 学分显示不全 of a year.
fn missing_of(frame: &Frame, year: i32) -> String {
    frame.path(&format!("learning?missing={year}"))
}

fn draw(frame: Frame, view: LearningView) -> AnyView {
    let title = view.words.record.clone();
    let name = format!("{title} – {}", frame.site.province.title);
    let now = view.years.iter().find(|year| year.state.year == view.now);
    let this = now.map(|year| this_year(&frame, &view, year));
    let years = view.years.iter().filter(|year| has_page_part(&view, year));
    let years = years.map(|year| entries(&frame, &view.words, year)).collect_view();
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=trail(&frame) here=title.clone() />
        <h1 tabindex="-1">{title}</h1>
        {collect_first(&frame, &view.words)}
        <div class="main-side">
            <div class="stack">{this} {table(&frame, &view)} {years}</div>
            <div class="stack">
                {online(&frame)} {convert(&frame, &view.words)} {work(&frame, &view.words)} {exams_card(&frame, &view.words)} {duty(&view)} {regulations(&frame)}
            </div>
        </div>
    }
    .into_any()
}

/// Whether a year has its own part of the page: it has credits, or is the present one.
fn has_page_part(view: &LearningView, year: &YearView) -> bool {
    !year.entries.is_empty() || year.state.year == view.now
}

/// The way to the pages of 继续教育.
pub(super) fn trail(frame: &Frame) -> Vec<(&'static str, String)> {
    vec![("个人中心", frame.path("home")), ("业务办理", frame.path("services"))]
}

/// What has to be done before anything else, and by which page.
pub(super) fn collect_first(frame: &Frame, words: &LearningWords) -> Option<AnyView> {
    (!words.is_collected).then(|| {
        let name = frame.intake();
        view! {
            <div class="notice notice--warning">
                <p>{format!("{name}审核通过以后，才能办理继续教育。")}</p>
                <p><a href=frame.path("intake")>{format!("办理{name}")}</a></p>
            </div>
        }
        .into_any()
    })
}

fn this_year(frame: &Frame, view: &LearningView, year: &YearView) -> AnyView {
    view! {
        <section class="next" aria-labelledby="this-year">
            <h2 id="this-year">{format!("{} 年度还差什么", year.state.year)}</h2>
            {card::said(frame, &view.words, year, view.today)}
            {card::ways(frame, &view.words, year)}
        </section>
    }
    .into_any()
}

/// 继续教育年度, 审核状态, 通过时间, 学分/学时, 通过方式.
fn table(frame: &Frame, view: &LearningView) -> AnyView {
    if view.years.is_empty() {
        return view! { <p class="empty">"还没有需要完成的年度，也没有登记的学分。"</p> }.into_any();
    }
    let words = &view.words;
    let head = format!("{}/{}", words.unit, words.hour);
    let row = |year: &YearView| {
        let state = &year.state;
        let (status, class) = status(year);
        let on = state.standing.completed_on.map(format::date).unwrap_or_else(|| "–".to_owned());
        let hours = year.hours.map(|(have, asked)| format!("，{have} / {asked} {}", words.hour)).unwrap_or_default();
        let amount = format!("{} / {} {}{hours}", state.standing.sums.total, state.standard.total, words.unit);
        let ways: Vec<String> = state.standing.ways.iter().map(|way| source(words, *way)).collect();
        let ways = if ways.is_empty() { "–".to_owned() } else { ways.join("、") };
        let name = match has_page_part(view, year) {
            true => view! { <a href=format!("#year-{}", state.year) rel="external">{state.year}</a> }.into_any(),
            // What was not booked has no part of the page.
            false => {
                let href = missing_of(frame, state.year);
                view! { <a href=href>{state.year}<span class="hidden-visually">" 年度学分显示不全"</span></a> }.into_any()
            }
        };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td data-label="审核状态"><span class=class>{status}</span></td>
                <td data-label="通过时间">{on}</td>
                <td data-label=head.clone()>{amount}</td>
                <td data-label="通过方式">{ways}</td>
            </tr>
        }
    };
    let rows = view.years.iter().map(row).collect_view();
    view! {
        <section>
            <h2 id="years-title">"历年完成情况"</h2>
            <div class="table-wrap table-wrap--cards" tabindex="0" role="region" aria-labelledby="years-title">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"继续教育年度"</th>
                            <th scope="col">"审核状态"</th>
                            <th scope="col">"通过时间"</th>
                            <th scope="col">{head.clone()}</th>
                            <th scope="col">"通过方式"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn status(year: &YearView) -> (&'static str, &'static str) {
    match (year.state.standing.is_complete(), year.pending != Credits::ZERO, year.state.last_day.is_some()) {
        (true, ..) => ("已完成", "tag tag--green"),
        (false, true, _) => ("待审核", "tag tag--blue"),
        (false, false, true) => ("进行中", "tag tag--orange"),
        (false, false, false) => ("未完成", "tag tag--grey"),
    }
}

/// Every credit of a year: where it comes from, the rule, and the reckoning as it was.
pub(super) fn entries(frame: &Frame, words: &LearningWords, year: &YearView) -> AnyView {
    let lines = year.entries.iter().map(|entry| line(frame, words, entry)).collect_view();
    let body = match year.entries.is_empty() {
        true => view! { <p class="muted">"这一年度还没有登记的学分。"</p> }.into_any(),
        false => view! { <ul class="ledger">{lines}</ul> }.into_any(),
    };
    let (state, unit) = (&year.state, &words.unit);
    let sums = state.standing.sums;
    let sum = (!year.entries.is_empty()).then(|| {
        let text = format!("合计 {} {unit}：专业科目 {}，公需科目 {}。", sums.total, sums.professional, sums.public);
        view! { <p><strong>{text}</strong></p> }
    });
    view! {
        <section class="card" id=format!("year-{}", state.year) tabindex="-1">
            <h2>{format!("{} 年度{unit}明细", state.year)}</h2>
            <p class="hint">{format!("要求{}。{}", words::asks(words, year), if state.standing.is_complete() { String::new() } else { format!("{}。", words::missing(words, year)) })}</p>
            {body}
            {sum}
            {state.standing.is_complete().then(|| proof(frame, state.year))}
            <p><a href=missing_of(frame, state.year)>"学分显示不全"<span class="hidden-visually">{format!("（{} 年度）", state.year)}</span></a></p>
        </section>
    }
    .into_any()
}

/// The two buttons of the manual (手册甲 三（一）), and the page of the certificate. The papers are documents: they are asked for anew.
fn proof(frame: &Frame, year: i32) -> AnyView {
    let to = |what: &str| frame.path(&format!("learning/certificate/{year}{what}"));
    let of = || view! { <span class="hidden-visually">{format!("（{year} 年度）")}</span> };
    view! {
        <p class="button-row">
            <a class="button button--secondary" href=to("/print.pdf") rel="external">"打印完成证明" {of()}</a>
            <a class="button button--secondary" href=to("/export.pdf") rel="external">"导出PDF文件" {of()}</a>
            <a href=to("")>"证明的内容和分享" {of()}</a>
        </p>
    }
    .into_any()
}

fn line(frame: &Frame, words: &LearningWords, of: &EntryView) -> AnyView {
    let entry = &of.entry;
    let taken = match (of.stands, entry.reverses.is_some()) {
        (true, _) => None,
        (false, true) => Some("撤销"),
        (false, false) => Some("已撤销"),
    };
    let taken = taken.map(|word| view! { " " <span class="tag tag--red">{word}</span> });
    let when = format!("{}，{} 登记，{}", source(words, entry.source.kind), format::date(entry.booked_on()), of.rule);
    let elsewhere = of.registered_in.map(|year| {
        let why = if of.year_by.is_empty() { String::new() } else { format!("，{}", of.year_by) };
        view! { <p class="hint">{format!("登记年份 {year}，培训年份 {}{why}。", entry.year)}</p> }
    });
    let case = of.case.as_ref().map(|case| {
        let href = frame.path(&format!("learning/conversions/{case}"));
        view! { " " <a href=href>"查看申请"<span class="hidden-visually">{format!("：{}", entry.arithmetic)}</span></a> }
    });
    view! {
        <li>
            <p><strong>{format!("{} {}", entry.amount, words.unit)}</strong>{format!("（{}）", entry.subject.term())}{taken}</p>
            <p>{entry.arithmetic.clone()}</p>
            {elsewhere}
            <p class="hint">{when}{case}</p>
        </li>
    }
    .into_any()
}
