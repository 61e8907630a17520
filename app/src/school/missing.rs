//! 学分显示不全: what schools and employers reported for a year, what became of it, and the presses that ask them.

use domain::school::missing::{AskedLine, MissingView, NamesakeLine, ReportedLine, ReporterLine};
use domain::school::{Cause, Outcome};
use leptos::prelude::*;

use super::employers;
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::parts::Breadcrumbs;

const TITLE: &str = "学分显示不全";
const LABELS: [(&str, &str); 2] = [("enrolment", "网校"), ("employment", "单位")];
/// Who answers, and what helps while they do not.
const SCHOOL: (&str, &str) = ("网校", "着急的话，请拨打咨询电话。");

/// The page of a year.
pub fn missing(frame: &Frame, view: &MissingView) -> AnyView {
    let name = format!("{TITLE} – {}", frame.site.province.title);
    let trail = vec![
        ("个人中心".to_owned(), frame.path("home")),
        ("业务办理".to_owned(), frame.path("services")),
        (view.record.clone(), frame.path("learning")),
    ];
    let state = FormState::new(LABELS, view.flash.as_ref());
    let elsewhere = (!view.elsewhere.is_empty()).then(|| {
        let lead = format!("下面的记录在 {} 年度学完，网校按其他年度报送。年度不对的，请让网校更正。", view.year);
        rows(("elsewhere", "按其他年度报送的记录"), lead, &view.unit, &view.elsewhere)
    });
    let reported = match view.reported.is_empty() {
        true => {
            let text = format!(
                "没有找到网校报送您 {} 年度学分的记录。网校写错学员编号、年度或者日期的，这里看不到，请向网校核实。",
                view.year
            );
            view! { <section aria-labelledby="reported"><h2 id="reported">"网校的报送记录"</h2><p class="empty">{text}</p></section> }.into_any()
        }
        false => rows(("reported", "网校的报送记录"), String::new(), &view.unit, &view.reported),
    };
    view! {
        <leptos_meta::Title text=name />
        <ErrorSummary state=state />
        <Breadcrumbs trail=trail here=TITLE.into() />
        <h1 tabindex="-1">{format!("{} 年度{TITLE}", view.year)}</h1>
        <p class="lead">"这里列出网校和单位为您报送的内容和处理结果。缺少的学分由报送的网校、单位补报或者更正。"</p>
        {reported}
        {elsewhere}
        {namesakes(&view.namesakes)}
        {reporters(frame, view, state)}
        {employers::employers(frame, view, state)}
    }
    .into_any()
}

/// What the page has in each state, for the gallery.
#[cfg(feature = "ssr")]
pub(super) fn states(frame: &Frame, view: &MissingView) -> AnyView {
    let state = FormState::new(LABELS, None);
    view! {
        {rows(("reported", "网校的报送记录"), String::new(), &view.unit, &view.reported)}
        {namesakes(&view.namesakes)}
        {reporters(frame, view, state)}
        {employers::employers(frame, view, state)}
    }
    .into_any()
}

fn rows((id, title): (&'static str, &'static str), lead: String, unit: &str, lines: &[ReportedLine]) -> AnyView {
    let lines = lines.iter().map(|line| row(unit, line)).collect_view();
    let lead = (!lead.is_empty()).then(|| view! { <p class="hint">{lead}</p> });
    view! {
        <section class="card" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {lead}
            <ul class="ledger">{lines}</ul>
        </section>
    }
    .into_any()
}

fn row(unit: &str, line: &ReportedLine) -> AnyView {
    let (word, class) = match line.outcome {
        Outcome::Booked | Outcome::Repeated => ("已登记", "tag tag--green"),
        Outcome::Refused => ("未登记", "tag tag--red"),
        Outcome::Quarantined => ("待核对，未登记", "tag tag--orange"),
    };
    let what = match &line.what {
        Some((subject, amount, on)) => {
            let on = on.map(|on| format!("，{} 学完", format::date(on))).unwrap_or_default();
            format!("{amount} {unit}（{}），{} 年度{on}", subject.term(), line.year)
        }
        None => format!("{} 年度", line.year),
    };
    let from =
        format!("{}，{} 报送，编号 {}，咨询电话 {}", line.school_name, format::date(line.received_on), line.row, line.phone);
    let why = line.cause.map(|cause| view! { <p>{why(cause)}</p> });
    view! {
        <li>
            <p><strong>{what}</strong> " " <span class=class>{word}</span></p>
            {why}
            <p class="hint">{from}</p>
        </li>
    }
    .into_any()
}

/// Why a row is not booked, and what helps.
fn why(cause: Cause) -> &'static str {
    match cause {
        Cause::AboveEnrolled => "超过了这次报名最多登记的数量。",
        Cause::NoEnrolment => "您在这所网校没有报名这一年度。",
        Cause::EnrolmentEnded => "您已经更换网校，原网校的报送不再登记。",
        Cause::OtherName => "网校写的姓名和您登记的姓名不同，请让网校核对后重新报送。",
        Cause::BeforeEnrolment => "学完日期早于您报名的日期，请让网校核对。",
        Cause::OutsideWindow => "学完日期不在这一年度的学习时间内。",
        Cause::InTheFuture => "学完日期还没有到，请让网校核对。",
        Cause::OtherContents => "同一编号已经用于其他内容，请让网校换一个编号报送。",
        Cause::Missing | Cause::Malformed | Cause::UnknownYear => "报送的内容不完整，请让网校核对。",
    }
}

/// Whose they are is not known, and nothing of them is shown.
fn namesakes(lines: &[NamesakeLine]) -> Option<AnyView> {
    let line = |line: &NamesakeLine| {
        let text = format!("{}，{} 报送，咨询电话 {}", line.school_name, format::date(line.received_on), line.phone);
        view! { <li><p>{text}</p></li> }
    };
    (!lines.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="namesakes">
                <h2 id="namesakes">"姓名相同、编号不符的记录"</h2>
                <p class="hint">"下面的网校报送了与您姓名相同的记录，学员编号与报名信息不符，没有登记。可能是您的，也可能是同名的人的，请向网校询问。"</p>
                <ul class="ledger">{lines.iter().map(line).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn reporters(frame: &Frame, view: &MissingView, state: FormState) -> AnyView {
    let body = match view.reporters.is_empty() {
        true => {
            let text = format!("您没有报名 {} 年度的网络培训。", view.year);
            view! { <p>{text} " " <a href=frame.path("learning/schools")>"网校报名和登录"</a></p> }.into_any()
        }
        false => {
            let lines = view.reporters.iter().map(|line| reporter(frame, view.year, line, state)).collect_view();
            view! { <ul class="stack">{lines}</ul> }.into_any()
        }
    };
    view! { <section aria-labelledby="ask"><h2 id="ask">"询问网校"</h2>{body}</section> }.into_any()
}

fn reporter(frame: &Frame, year: i32, line: &ReporterLine, state: FormState) -> AnyView {
    let left = line.left_on.map(|on| format!("，{} 改报其他网校", format::date(on))).unwrap_or_default();
    let facts = format!("{} 报名{left}，咨询电话 {}。", format::date(line.enrolled_on), line.phone);
    let form = line.may_be_asked().then(|| {
        let (key, id, spoken) = (frame.key.clone(), line.enrolment.clone(), format!("：{}", line.school_name));
        view! {
            <PostForm action="/api/learning/missing/ask" state=state province=key keeps=false>
                <input type="hidden" name=name_of("enrolment") value=id />
                <input type="hidden" name=name_of("year") value=year.to_string() />
                <button type="submit" class="button">"询问网校"<span class="hidden-visually">{spoken}</span></button>
            </PostForm>
            <p class="hint">"网校会在系统中看到您的学员编号和年度，答复显示在这里，并通过站内消息告诉您。"</p>
        }
    });
    view! {
        <li class="card">
            <h3>{line.school_name.clone()}</h3>
            <p>{facts}</p>
            {line.asked.iter().map(|line| asked(line, SCHOOL)).collect_view()}
            {form}
        </li>
    }
    .into_any()
}

/// A question, and the answer of whoever was asked.
pub(super) fn asked(line: &AskedLine, (who, helps): (&str, &str)) -> AnyView {
    let said = format!("{} 已经询问。", format::date(line.asked_on));
    let answer = match &line.answer {
        Some((text, on)) => view! {
            <p>{format!("{} {who}答复：", format::date(*on))}</p>
            {text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()}
        }
        .into_any(),
        None => view! { <p class="hint">{format!("{who}还没有答复。{helps}")}</p> }.into_any(),
    };
    view! { <p>{said}</p> {answer} }.into_any()
}
