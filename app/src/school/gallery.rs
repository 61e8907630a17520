//! The components of 网校 in every state, for the gallery. Only the server draws them, so that no program carries what they show.

use chrono::{DateTime, NaiveDate, Utc};
use domain::fault::Fault;
use domain::learning::class::view::{ClassOutcome, EmployerLine, OwnClass};
use domain::learning::{Credits, Subject};
use domain::school::aside::{AsideLine, AsideQuery, AsideView};
use domain::school::forms::SchoolForm;
use domain::school::missing::{AskedLine, MissingView, NamesakeLine, ReportedLine, ReporterLine};
use domain::school::view::{EnrolmentLine, ProgressLine, SchoolCard, SchoolsView, TokenLine, WaitingLine};
use domain::school::{ApprovalKind, Cause, Measure, NotEnrolled, Outcome, Verdict};
use leptos::prelude::*;

use super::{aside, enrol, logo, missing, tokens, waiting};
use crate::ui::form::FormState;
use crate::ui::page::Frame;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default()
}

fn at(day: u32) -> DateTime<Utc> {
    self::day(day).and_hms_opt(1, 30, 0).unwrap_or_default().and_utc()
}

/// All of them.
pub fn states(frame: &Frame) -> AnyView {
    view! {
        <h2>"网校"</h2>
        {people(frame)}
        {reported(frame)}
        {kept(frame)}
        {nobodys(frame)}
    }
    .into_any()
}

fn school(id: &str, name: &str) -> SchoolCard {
    SchoolCard {
        id: id.into(),
        name: name.into(),
        intro: "专业科目和公需科目。".into(),
        fees: String::new(),
        site: "https://example.com/".into(),
        phone: "0731-85000001".into(),
        years: vec![2026],
        logo: None,
    }
}

fn people(frame: &Frame) -> AnyView {
    let line = |id: &str, progress: Option<(Measure, u32)>, others: &[(&str, &str)]| EnrolmentLine {
        id: id.into(),
        year: 2026,
        school: "a".into(),
        school_name: format!("{id}网校"),
        phone: "0731-85000001".into(),
        booked: Credits::whole(30),
        credits: Credits::whole(90),
        enrolled_on: day(1),
        progress: progress.map(|(measure, amount)| ProgressLine { measure, amount: Credits::whole(amount), on: day(2) }),
        others: others.iter().map(|(id, name)| ((*id).to_owned(), (*name).to_owned())).collect(),
    };
    let lines = vec![
        line("岳麓", None, &[("b", "湘江网校")]),
        line("湘江", Some((Measure::Percent, 60)), &[]),
        line("浏阳", Some((Measure::Hours, 12)), &[]),
    ];
    let view = SchoolsView {
        unit: "学分".into(),
        is_collected: true,
        most: Some(1),
        years: Vec::new(),
        schools: vec![school("a", "岳麓网校"), school("b", "湘江网校")],
        enrolments: lines,
        warnings: vec!["不得从事会计工作（至 2031年11月10日）。依据：长沙市财政局 长财监〔2026〕3号，2026-11-10 决定。".into()],
        flash: None,
    };
    enrol::states(frame, &view, NotEnrolled::ALL)
}

fn reported(frame: &Frame) -> AnyView {
    let line = |row: &str, outcome: Outcome, cause: Option<Cause>| ReportedLine {
        school_name: "岳麓网校".into(),
        phone: "0731-85000001".into(),
        row: row.into(),
        received_on: day(3),
        year: 2026,
        what: (cause != Some(Cause::OtherName)).then_some((Subject::Professional, Credits::whole(30), Some(day(2)))),
        outcome,
        cause,
    };
    let mut lines = vec![line("A-1", Outcome::Booked, None)];
    lines.extend(Cause::ALL.iter().enumerate().map(|(n, cause)| line(&format!("B-{n}"), Outcome::Refused, Some(*cause))));
    lines.push(line("C-1", Outcome::Quarantined, Some(Cause::OtherName)));
    let asked = |answer: Option<&str>| AskedLine { asked_on: day(4), answer: answer.map(|text| (text.to_owned(), day(5))) };
    let reporter = |name: &str, left: bool, asked: Vec<AskedLine>| ReporterLine {
        enrolment: name.into(),
        school_name: name.into(),
        phone: "0731-85000001".into(),
        enrolled_on: day(1),
        left_on: left.then(|| day(4)),
        asked,
    };
    let employer = |outcome: ClassOutcome| EmployerLine {
        employment: outcome.code().into(),
        name: format!("某某有限公司（{}）", outcome.code()),
        manager: "李四".into(),
        has_agreed: outcome != ClassOutcome::NotReported,
        classes: vec![OwnClass { title: "收入准则".into(), days: (day(1), day(2)), outcome, on: None }],
        asked: if outcome == ClassOutcome::NotIn { vec![asked(Some("下周补报。"))] } else { Vec::new() },
    };
    let view = MissingView {
        unit: "学分".into(),
        record: "继续教育完成记录".into(),
        year: 2026,
        reporters: vec![
            reporter("没有问过的网校", false, Vec::new()),
            reporter("还没有答复的网校", false, vec![asked(None)]),
            reporter("已经答复的网校", false, vec![asked(Some("11 月 20 日前补报。"))]),
            reporter("已经离开的网校", true, vec![asked(Some("没有学完。"))]),
        ],
        reported: lines,
        elsewhere: Vec::new(),
        employers: ClassOutcome::ALL.iter().map(|outcome| employer(*outcome)).collect(),
        employers_page: "单位管理".into(),
        namesakes: vec![NamesakeLine { school_name: "湘江网校".into(), phone: "0731-85000002".into(), received_on: day(3) }],
        flash: None,
    };
    missing::states(frame, &view)
}

fn kept(frame: &Frame) -> AnyView {
    let state = FormState::new([("code", "网校代码")], None);
    let line = |id: &str, kind: ApprovalKind, is_mine: bool, verdicts: &[Verdict], wanted: &str| WaitingLine {
        id: id.into(),
        kind,
        wanted: wanted.into(),
        by: "赵管理".into(),
        is_mine,
        at: at(1),
        until: at(4),
        verdicts: verdicts.to_vec(),
    };
    let lines = [
        line("1", ApprovalKind::Token, true, &[Verdict::Refuse], ""),
        line("2", ApprovalKind::Entry, false, &[Verdict::Agree, Verdict::Refuse], "https://example.com/login"),
        line("3", ApprovalKind::Ranges, false, &[Verdict::Refuse], "203.0.113.0/24"),
    ];
    let form = SchoolForm { id: "a".into(), code: "yuelu".into(), ..SchoolForm::default() };
    let token = |id: &str, used_at: Option<DateTime<Utc>>| TokenLine { id: id.into(), at: at(1), used_at };
    let both = vec![token("t2", None), token("t1", Some(at(2)))];
    view! {
        {waiting::waiting(frame, (&form, "", ""), &lines, state)}
        {logo::logo(frame, ("a", "岳麓网校"), (None, Some(&Fault::FileKind)), state)}
        {tokens::tokens(frame, "a", both, (Some("kjxy_".to_owned() + &"A".repeat(43)), true), state)}
    }
    .into_any()
}

fn nobodys(frame: &Frame) -> AnyView {
    let line = |place: i64, cause: Cause| AsideLine {
        batch: "gallery".into(),
        place,
        row: if place == 0 { String::new() } else { format!("A-{place}") },
        school_name: "岳麓网校".into(),
        phone: "0731-85000001".into(),
        received_at: at(3),
        year: (place > 0).then_some(2026),
        learner: if place == 0 { String::new() } else { "kq3…2a".into() },
        what: (place > 0).then_some((Subject::Public, Credits::whole(5), Some(day(2)))),
        field: "learner".into(),
        cause: Some(cause),
        answer: (place == 1).then(|| ("请核对学员编号。".to_owned(), day(4))),
        may_try: place > 1,
    };
    let view = AsideView {
        query: AsideQuery::default(),
        unit: "学分".into(),
        schools: Vec::new(),
        years: vec![2026],
        lines: (0..).zip(Cause::ALL.iter()).map(|(place, cause)| line(place, *cause)).collect(),
        next: None,
        flash: None,
    };
    aside::states(frame, &view)
}
