//! 继续教育网络培训 (手册甲 三（二）): the schools like for like, 报名, and 网络继续教育报名信息 with the way to the school.

use domain::answer::Flash;
use domain::school::view::{EnrolmentLine, SchoolCard, SchoolsView};
use domain::school::{Measure, NotEnrolled};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{api, logo};
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::format;
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::sentence;

const TITLE: &str = "继续教育网络培训";
/// What a school learns of the person, before they say so.
const TOLD: &str = "报名后，网校会得到您的姓名和只用于该网校的学员编号。";

/// 继续教育网络培训.
#[component]
pub fn SchoolsPage() -> impl IntoView {
    let (source, query) = (use_source(), use_query_map());
    let asked = move |name: &str| query.with(|query| query.get(name)).unwrap_or_default();
    let outcome = Memo::new(move |_| (asked("done"), asked("not")));
    let data = fetched(move || (source.get(), outcome.get()), |((province, _), _)| api::schools(province));
    page(TITLE, data, move |frame, view| {
        let (done, not) = outcome.get_untracked();
        draw(&frame, &view, &done, NotEnrolled::from_code(&not))
    })
}

fn draw(frame: &Frame, view: &SchoolsView, done: &str, not: Option<NotEnrolled>) -> AnyView {
    let name = format!("{TITLE} – {}", frame.site.province.title);
    let trail =
        vec![("个人中心", frame.path("home")), ("业务办理", frame.path("services")), ("继续教育", frame.path("learning"))];
    let flash = view.flash.as_ref().filter(|flash| flash.form != "change");
    let state = FormState::new([("year", "继续教育年度"), ("school", "网校")], flash);
    let enrolled = view.enrolments.iter().find(|line| line.id == done).map(|line| enrolled(frame, line));
    let not = not.map(|why| view! { <div class="notice notice--warning" role="status"><p>{why_not(why, view)}</p></div> });
    let restricted =
        view.warnings.iter().map(|said| view! { <p class="notice notice--warning">{said.clone()}</p> }).collect_view();
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=trail here=TITLE.into() />
        <ErrorSummary state=state />
        <h1 tabindex="-1">{TITLE}</h1>
        {enrolled}
        {not}
        {collect_first(frame, view)}
        {restricted}
        {mine(frame, view)}
        {choose(frame, view, state)}
        {schools(frame, view)}
    }
    .into_any()
}

/// What the page has in each state, for the gallery.
#[cfg(feature = "ssr")]
pub(super) fn states(frame: &Frame, view: &SchoolsView, whys: &[NotEnrolled]) -> AnyView {
    let whys = whys.iter().map(|why| view! { <div class="notice notice--warning"><p>{why_not(*why, view)}</p></div> });
    let first = view.enrolments.first().map(|line| enrolled(frame, line));
    let not_yet = SchoolsView { is_collected: false, ..view.clone() };
    view! {
        {first}
        {whys.collect_view()}
        {collect_first(frame, &not_yet)}
        {mine(frame, view)}
        {schools(frame, view)}
    }
    .into_any()
}

fn why_not(why: NotEnrolled, view: &SchoolsView) -> &'static str {
    match why {
        NotEnrolled::NotCollected => "信息采集审核通过以后才能报名，请先办理信息采集。",
        NotEnrolled::RecordClosed => "会计人员档案已经关闭，现在不能办理。关闭的原因和恢复的办法，请在“个人档案”中查看。",
        NotEnrolled::Shut => "所选年度现在不在学习时间内，不能报名。",
        NotEnrolled::Closed => "所选网校没有开放这一年度，请选择其他年度或者网校。",
        // Only where there is something to go over to.
        NotEnrolled::Taken if view.enrolments.iter().any(|line| !line.others.is_empty()) => {
            "这一年度已经报名。下面的报名信息中有“更换网校”的，可以更换。"
        }
        NotEnrolled::Taken => "这一年度已经报名，现在不能更换网校。",
        NotEnrolled::Reported => "网校已经报送学分，这一年度不能再更换网校。",
    }
}

/// 报名成功, and 是否登录网校.
fn enrolled(frame: &Frame, line: &EnrolmentLine) -> AnyView {
    view! {
        <section class="notice notice--success" role="status" aria-labelledby="enrolled-title">
            <h2 id="enrolled-title">"报名成功"</h2>
            <p>{format!("您已经在{}报名 {} 年度的网络培训。是否登录网校？", line.school_name, line.year)}</p>
            {enter(frame, line, "确定", "button")}
            <p class="hint">"也可以以后在报名信息中登录网校。"</p>
        </section>
    }
    .into_any()
}

/// 登录网校: a page of its own, which leads away.
fn enter(frame: &Frame, line: &EnrolmentLine, word: &'static str, class: &'static str) -> AnyView {
    let action = frame.path(&format!("learning/schools/{}/enter", line.id));
    let spoken = format!("：{}，{} 年度", line.school_name, line.year);
    view! {
        <form method="post" action=action>
            <button type="submit" class=class>{word}<span class="hidden-visually">{spoken}</span></button>
        </form>
    }
    .into_any()
}

fn collect_first(frame: &Frame, view: &SchoolsView) -> Option<AnyView> {
    (!view.is_collected).then(|| {
        let name = frame.intake();
        view! {
            <div class="notice notice--warning">
                <p>{format!("{name}审核通过以后，才能报名网络培训。")}</p>
                <p><a href=frame.path("intake")>{format!("办理{name}")}</a></p>
            </div>
        }
        .into_any()
    })
}

/// 网络继续教育报名信息.
fn mine(frame: &Frame, view: &SchoolsView) -> Option<AnyView> {
    (!view.enrolments.is_empty()).then(|| {
        let lines = view.enrolments.iter().map(|line| self::line(frame, view, line)).collect_view();
        view! {
            <section aria-labelledby="mine-title">
                <h2 id="mine-title">"网络继续教育报名信息"</h2>
                <ul class="stack">{lines}</ul>
            </section>
        }
        .into_any()
    })
}

fn line(frame: &Frame, view: &SchoolsView, line: &EnrolmentLine) -> AnyView {
    let (unit, on) = (&view.unit, format::date(line.enrolled_on));
    let facts = format!("{on} 报名。网校已报送 {} {unit}，最多登记 {} {unit}。", line.booked, line.credits);
    let phone = format!("学习、缴费和发票由网校办理，咨询电话 {}。", line.phone);
    view! {
        <li class="card">
            <h3>{format!("{} 年度：{}", line.year, line.school_name)}</h3>
            <p>{facts}</p>
            {progress(line)}
            <p class="hint">{phone}</p>
            {enter(frame, line, "登录网校", "button")}
            {change(frame, view, line)}
        </li>
    }
    .into_any()
}

/// 学习进度, as the school told it.
fn progress(line: &EnrolmentLine) -> Option<AnyView> {
    line.progress.as_ref().map(|told| {
        let how_much = match told.measure {
            Measure::Percent => format!("{} %", told.amount),
            Measure::Hours => format!("{} 学时", told.amount),
        };
        let text = format!("学习进度 {how_much}，{}由网校报送。", format::date(told.on));
        view! { <p>{text}</p> }.into_any()
    })
}

/// 更换网校, while nothing was reported.
fn change(frame: &Frame, view: &SchoolsView, line: &EnrolmentLine) -> Option<AnyView> {
    (!line.others.is_empty()).then(|| {
        let (key, id) = (frame.key.clone(), line.id.clone());
        let (select, year) = (format!("change-{}", line.id), line.year);
        let is_of = |flash: &&Flash| flash.form == "change" && flash.values.get("enrolment") == Some(&line.id);
        let flash = view.flash.as_ref().filter(is_of);
        let state = FormState::new([("school", "网校")], flash);
        let typed = flash.and_then(|flash| flash.values.get("school")).cloned().unwrap_or_default();
        let option = |(id, name): &(String, String)| {
            view! { <option value=id.clone() selected=*id == typed>{name.clone()}</option> }
        };
        let options = line.others.iter().map(option).collect_view();
        let label = select.clone();
        let wrong = move || {
            let refusal = state.refusal.get().map(|refusal| sentence::refusal(&refusal));
            let broken = state.trouble.get().map(|error| sentence::app_error(&error));
            let text = state.sentence("school").or(refusal).or(broken);
            text.map(|text| view! { <p class="field__error"><span class="hidden-visually">"错误："</span>{text}</p> })
        };
        view! {
            <details open=flash.is_some()>
                <summary>"更换网校"</summary>
                <PostForm action="/api/learning/schools/change" state=state province=key>
                    <input type="hidden" name=name_of("enrolment") value=id />
                    <div class="field">
                        <label for=label>{format!("{year} 年度改在")}</label>
                        <select id=select name=name_of("school")>{options}</select>
                    </div>
                    <div role="alert">{wrong}</div>
                    <p class="hint">"网校报送学分以前可以更换。已经在原网校缴费的，请先向原网校咨询。"</p>
                    <p class="hint">{TOLD}</p>
                    <button type="submit" class="button button--secondary">"更换"</button>
                </PostForm>
            </details>
        }
        .into_any()
    })
}

/// 继续教育年度 and 网校.
fn choose(frame: &Frame, view: &SchoolsView, state: FormState) -> Option<AnyView> {
    if !view.is_collected {
        return None;
    }
    if view.years.is_empty() {
        let text = match view.enrolments.is_empty() {
            true => "现在没有可以报名的年度和网校。",
            false => "现在没有其他可以报名的年度和网校。",
        };
        return Some(view! { <p class="empty">{text}</p> }.into_any());
    }
    let typed = |field: &str| view.flash.as_ref().and_then(|flash| flash.values.get(field)).cloned();
    let years: Vec<(String, String)> = view.years.iter().map(|(year, until)| (year.to_string(), named(*year, *until))).collect();
    let only = if let [(year, _)] = years.as_slice() { year.clone() } else { String::new() };
    let schools = view.schools.iter().map(|school| (school.id.clone(), school.name.clone())).collect();
    let year = FieldSpec {
        value: typed("year").unwrap_or(only),
        control: Control::Select(vec![(String::new(), years)]),
        ..FieldSpec::new("year", "继续教育年度")
    };
    let school = FieldSpec {
        value: typed("school").unwrap_or_default(),
        control: Control::Radio(schools),
        ..FieldSpec::new("school", "网校")
    };
    let most = match view.most {
        Some(1) => "每个年度选择一所网校。",
        _ => "",
    };
    let key = frame.key.clone();
    let form = view! {
        <section class="card" aria-labelledby="enrol-title">
            <h2 id="enrol-title">"报名"</h2>
            <p class="hint">{format!("提交后立即报名成功，不需要审核。{most}")}</p>
            <PostForm action="/api/learning/schools/enrol" state=state province=key class="stack">
                <Field spec=year />
                <Field spec=school />
                <p class="hint">{TOLD}</p>
                <p class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"提交"</button>
                </p>
            </PostForm>
        </section>
    };
    Some(form.into_any())
}

fn named(year: i32, until: Option<chrono::NaiveDate>) -> String {
    let until = until.map(|on| format!("，{} 截止", format::date(on))).unwrap_or_default();
    format!("{year} 年度{until}")
}

/// Each school with the same facts, in the order of their codes.
fn schools(frame: &Frame, view: &SchoolsView) -> AnyView {
    if view.schools.is_empty() {
        return view! { <p class="empty">"本省现在没有开放的网校。"</p> }.into_any();
    }
    let card = |school: &SchoolCard| {
        let or_none = |text: &str| if text.is_empty() { "未填写".to_owned() } else { text.to_owned() };
        let years: Vec<String> = school.years.iter().map(|year| format!("{year} 年度")).collect();
        let rows = [
            ("简介", or_none(&school.intro)),
            ("收费说明", or_none(&school.fees)),
            ("开放年度", years.join("、")),
            ("咨询电话", school.phone.clone()),
        ];
        let rows = rows.map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }).into_iter().collect_view();
        view! {
            <li class="card">
                {logo::shown(frame, (&school.id, &school.name), school.logo.as_deref())}
                <h3>{school.name.clone()}</h3>
                <dl class="summary-list">{rows}</dl>
                <p><a href=school.site.clone() rel="external noopener noreferrer" target="_blank">{format!("{}的网站（新窗口打开）", school.name)}</a></p>
            </li>
        }
    };
    view! {
        <section aria-labelledby="schools-title">
            <h2 id="schools-title">"网校介绍"</h2>
            <ul class="stack">{view.schools.iter().map(card).collect_view()}</ul>
        </section>
    }
    .into_any()
}
