//! 待核对的报送: what schools reported and belongs to nobody. It is part of the page of the schools, because an address of its own
//! would be in the program that every visitor fetches.

use domain::school::Cause;
use domain::school::aside::{AsideDone, AsideForm, AsideLine, AsideQuery, AsideView};
use leptos::prelude::*;

use crate::ui::form::{FormState, PostForm, name_of};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::parts::Breadcrumbs;
use crate::ui::sentence;
use crate::ui::text_area::TextArea;

/// What the page is called.
pub const TITLE: &str = "待核对的报送";

/// The way to it.
pub fn address(frame: &Frame, query: &AsideQuery) -> String {
    frame.path(&format!("staff/schools?{}", query.address()))
}

/// The page; `done` is what was done last.
pub fn aside(frame: &Frame, view: &AsideView, done: Option<AsideDone>) -> AnyView {
    let name = format!("{TITLE} – {}", frame.site.province.title);
    let done = done.map(|done| view! { <div class="notice notice--success" role="status"><p>{said(done)}</p></div> });
    let lines = match view.lines.is_empty() {
        true => view! { <p class="empty">"没有符合条件的报送。"</p> }.into_any(),
        false => {
            let lines = view.lines.iter().map(|line| self::line(frame, view, line)).collect_view();
            view! { <ul class="stack">{lines}</ul> }.into_any()
        }
    };
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=vec![("网校管理", frame.path("staff/schools"))] here=TITLE.into() />
        <h1 tabindex="-1">{TITLE}</h1>
        {done}
        <p class="lead">
            "网校报送的这些内容与任何人的报名都对不上，没有登记。可以写明问题，由网校改正后重新报送；报名或者姓名已经改正的，可以再次核对。这里不能直接登记学分。"
        </p>
        {filters(frame, view)}
        {lines}
        {pager(frame, view)}
    }
    .into_any()
}

/// What the page has in each state, for the gallery.
#[cfg(feature = "ssr")]
pub(super) fn states(frame: &Frame, view: &AsideView) -> AnyView {
    let said = AsideDone::ALL.iter().map(|done| view! { <div class="notice notice--success"><p>{said(*done)}</p></div> });
    let lines = view.lines.iter().map(|line| self::line(frame, view, line)).collect_view();
    view! { {said.collect_view()} {filters(frame, view)} <ul class="stack">{lines}</ul> }.into_any()
}

fn said(done: AsideDone) -> &'static str {
    match done {
        AsideDone::Answered => "说明已经写给网校，网校在这一批的处理结果中看到。",
        AsideDone::Booked => "已经与报名核对一致，学分已登记。",
        AsideDone::Repeated => "同一编号的内容以前已经登记，没有再登记。",
        AsideDone::Refused => "对应的报名找到了，但是内容不符合要求，没有登记，原因写在网校的处理结果中。",
        AsideDone::Same => "仍然与任何人的报名都对不上，没有登记。",
    }
}

fn select(id: &'static str, name: &'static str, label: &'static str, choices: Vec<(String, String)>, chosen: &str) -> AnyView {
    let option = |(value, text): (String, String)| {
        let is_chosen = value == chosen;
        view! { <option value=value selected=is_chosen>{text}</option> }
    };
    let choices = choices.into_iter().map(option).collect_view();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select id=id name=name><option value="">"全部"</option>{choices}</select>
        </div>
    }
    .into_any()
}

fn filters(frame: &Frame, view: &AsideView) -> AnyView {
    let causes = Cause::ALL.iter().map(|cause| (cause.code().to_owned(), why(*cause).to_owned())).collect();
    let mut years: Vec<_> = view.years.iter().map(|year| (year.to_string(), format!("{year} 年度"))).collect();
    years.push(("0".into(), "年度无法辨认".into()));
    let (action, reset) = (frame.path("staff/schools"), address(frame, &AsideQuery::default()));
    view! {
        <form class="filters" method="get" action=action role="search" aria-label="筛选报送">
            <input type="hidden" name="aside" value="1" />
            {select("aside-school", "school", "网校", view.schools.clone(), &view.query.school)}
            {select("aside-cause", "cause", "原因", causes, &view.query.cause)}
            {select("aside-year", "year", "继续教育年度", years, &view.query.year)}
            <div class="button-row">
                <button type="submit" class="button button--secondary">"查询"</button>
                <a class="button button--quiet" href=reset>"重置"</a>
            </div>
        </form>
    }
    .into_any()
}

/// Why a row belongs to nobody.
fn why(cause: Cause) -> &'static str {
    match cause {
        Cause::NoEnrolment => "没有这个学员编号在该年度的报名",
        Cause::EnrolmentEnded => "学员已经改报其他网校",
        Cause::OtherName => "姓名与报名人不一致",
        Cause::Missing => "没有填写",
        Cause::Malformed => "写法无法辨认",
        Cause::UnknownYear => "没有这个继续教育年度",
        Cause::InTheFuture => "学完日期还没有到",
        Cause::OutsideWindow => "学完日期不在学习时间内",
        Cause::BeforeEnrolment => "学完日期早于报名",
        Cause::OtherContents => "编号以前用于其他内容",
        Cause::AboveEnrolled => "超过报名的学分",
    }
}

/// A field of the interface, in the words of the page.
fn named(field: &str) -> &'static str {
    match field {
        "id" => "编号",
        "learner" => "学员编号",
        "year" => "年度",
        "subject" => "科目类别",
        "credits" => "学分",
        "completed_on" => "学完日期",
        "name" => "姓名",
        _ => "内容",
    }
}

fn line(frame: &Frame, view: &AsideView, line: &AsideLine) -> AnyView {
    let what = match &line.what {
        Some((subject, amount, on)) => {
            let on = on.map(|on| format!("，{} 学完", format::date(on))).unwrap_or_default();
            format!("{amount} {}（{}）{on}", view.unit, subject.term())
        }
        None => "内容无法辨认，没有保留".to_owned(),
    };
    let row = if line.row.is_empty() { "没有编号".to_owned() } else { format!("编号 {}", line.row) };
    let year = line.year.map_or_else(|| "年度无法辨认".to_owned(), |year| format!("{year} 年度"));
    let learner = if line.learner.is_empty() { "未保留".to_owned() } else { line.learner.clone() };
    let cause = line.cause.map_or("内容无法辨认", why);
    let facts = [
        ("原因", format!("{}：{cause}", named(&line.field))),
        ("报送内容", what),
        ("学员编号", learner),
        ("报送时间", format::instant(line.received_at)),
        ("网校电话", line.phone.clone()),
    ];
    let facts = facts.map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }).into_iter().collect_view();
    let title = format!("{}，{row}，{year}", line.school_name);
    let answered = line.answer.as_ref().map(|(text, on)| {
        let told = format!("{} 写给网校的说明：", format::date(*on));
        view! { <p>{told}</p> {text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()} }
    });
    let forms = answered.is_none().then(|| forms(frame, view, line, &title));
    view! {
        <li class="card">
            <h2>{title.clone()}</h2>
            <dl class="summary-list">{facts}</dl>
            {answered}
            {forms}
        </li>
    }
    .into_any()
}

/// What names the row, and the page to come back to.
fn hidden(query: &AsideQuery, line: &AsideLine) -> AnyView {
    let AsideQuery { school, cause, year, after } = query.clone();
    let (batch, place) = (line.batch.clone(), line.place.to_string());
    let fields = [("batch", batch), ("place", place), ("school", school), ("cause", cause), ("year", year), ("after", after)];
    fields
        .map(|(name, value)| view! { <input type="hidden" name=name_of(name) value=value /> })
        .into_iter()
        .collect_view()
        .into_any()
}

/// What came of a form, beside it: there are many on the page.
fn wrong(state: FormState) -> impl IntoView {
    let text = move || {
        let refusal = state.refusal.get().map(|refusal| sentence::refusal(&refusal));
        let broken = state.trouble.get().map(|error| sentence::app_error(&error));
        let text = state.sentence("answer").or(refusal).or(broken);
        text.map(|text| view! { <p class="field__error"><span class="hidden-visually">"错误："</span>{text}</p> })
    };
    view! { <div role="alert">{text}</div> }
}

fn forms(frame: &Frame, view: &AsideView, line: &AsideLine, title: &str) -> AnyView {
    let is_of = |typed: &AsideForm| typed.batch == line.batch && typed.place == line.place.to_string();
    let flash = view.flash.as_ref().filter(|flash| is_of(&flash.refill()));
    let typed = flash.map(|flash| flash.refill::<AsideForm>().answer).unwrap_or_default();
    let spoken = format!("：{title}");
    let again = line.may_try.then(|| {
        let (key, spoken, state) = (frame.key.clone(), spoken.clone(), FormState::new([("answer", "报送")], None));
        let row = hidden(&view.query, line);
        view! {
            <PostForm action="/api/staff/school/row/again" state=state province=key keeps=false>
                {row}
                {wrong(state)}
                <button type="submit" class="button button--secondary">"再次核对"<span class="hidden-visually">{spoken}</span></button>
            </PostForm>
        }
    });
    let state = FormState::new([("answer", "给网校的说明")], flash);
    let (key, id) = (frame.key.clone(), format!("answer-{}-{}", line.batch, line.place));
    let (hint, row) = (format!("{id}-hint"), hidden(&view.query, line));
    view! {
        {again}
        <details open=flash.is_some()>
            <summary>"写给网校"<span class="hidden-visually">{spoken}</span></summary>
            <PostForm action="/api/staff/school/row/answer" state=state province=key>
                {row}
                <div class="field">
                    <label for=id.clone()>"给网校的说明"</label>
                    <p class="field__hint" id=hint.clone()>"写明哪里不对、请网校怎样改正，最多 500 字。写给网校以后不能修改。"</p>
                    {wrong(state)}
                    <TextArea id=id name=name_of("answer") value=typed described_by=Signal::stored(hint) />
                </div>
                <button type="submit" class="button">"提交说明"</button>
            </PostForm>
        </details>
    }
    .into_any()
}

fn pager(frame: &Frame, view: &AsideView) -> AnyView {
    let to = |after: String| address(frame, &AsideQuery { after, ..view.query.clone() });
    let first = (!view.query.after.is_empty())
        .then(|| view! { <a class="button button--secondary" href=to(String::new())>"回到第一页"</a> });
    let next =
        view.next.clone().map(|after| view! { <a class="button button--secondary" href=to(after) rel="next">"下一页"</a> });
    let has_any = first.is_some() || next.is_some();
    has_any.then(|| view! { <nav class="pager" aria-label="翻页">{first} {next}</nav> }).into_any()
}
