//! The components of 继续教育 in every state, for the gallery. Only the server draws them, so that no program carries what they show.

use chrono::NaiveDate;
use domain::case::Status;
use domain::learning::view::{ConversionLine, ConversionsView, EntryView, LearningWords, YearView};
use domain::learning::{
    ConversionLayout, CreditEntry, Credits, LastDay, Source, SourceKind, Standard, Standing, Subject, YearState,
};
use leptos::prelude::*;

use super::{card, list, record};
use crate::ui::page::Frame;

fn words() -> LearningWords {
    LearningWords {
        unit: "学分".into(),
        hour: "学时".into(),
        record: "继续教育完成记录".into(),
        conversion: "继续教育学分折算".into(),
        management: "继续教育学分折算".into(),
        submission: "继续教育学分折算".into(),
        converting: "折算".into(),
        returned: None,
        note: String::new(),
        keep_years: 2,
        layout: ConversionLayout::default(),
        converts: true,
        exams: true,
        is_collected: true,
        employers: None,
    }
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
}

fn entry(id: &str, amount: u32, reverses: Option<&str>) -> CreditEntry {
    let amount = Credits::whole(amount);
    CreditEntry {
        id: id.into(),
        year: 2026,
        subject: Subject::Professional,
        amount: if reverses.is_some() { Credits::ZERO - amount } else { amount },
        source: Source { kind: SourceKind::School, id: "a:A-1".into() },
        rule: "school/2019".into(),
        arithmetic: "网络培训：岳麓网校报送，学完日期 2026-11-02".into(),
        decided: String::new(),
        booked_by: "a".into(),
        booked_at: day(11, 3).and_hms_opt(1, 30, 0).unwrap_or_default().and_utc(),
        reverses: reverses.map(Into::into),
    }
}

fn of(entry: CreditEntry, registered_in: Option<i32>, stands: bool) -> EntryView {
    let year_by = if registered_in.is_some() { "按网校报名的年度确定".to_owned() } else { String::new() };
    EntryView { stands, entry, registered_in, case: None, rule: "网校报送规则（2019 版）".to_owned(), year_by }
}

/// A year with so much booked.
fn year(amount: u32, pending: u32, last_day: Option<LastDay>) -> YearView {
    let standard =
        Standard { total: Credits::whole(90), professional: Some(Credits::whole(60)), public: None, version: "2019".into() };
    let entries = [entry("e1", amount, None)];
    let standing = Standing::of(&entries, 2026, &standard);
    let shown = |entry: CreditEntry| of(entry, None, true);
    YearView {
        state: YearState { year: 2026, standard, standing, last_day },
        hours: None,
        pending: Credits::whole(pending),
        entries: entries.into_iter().map(shown).collect(),
        ways: Vec::new(),
    }
}

fn conversion(n: u8, status: Status) -> ConversionLine {
    ConversionLine {
        case: format!("gallery-{n}").as_str().into(),
        number: if status == Status::Draft { String::new() } else { format!("E0000000{n}") },
        year: 2026,
        name: format!("发表会计类论文（{n}）"),
        amount: Credits::whole(30),
        status,
        reason: if matches!(status, Status::Returned | Status::Closed) { "封面看不清".into() } else { String::new() },
        proofs: vec![("x".into(), "论文封面".into())],
        version: 1,
        may_delete: status != Status::Approved && status != Status::Closed,
    }
}

/// All of them.
pub fn states(frame: &Frame) -> AnyView {
    let words = words();
    let last = |on: Option<NaiveDate>, is_late: bool| Some(LastDay { on, is_late });
    let years = [
        year(90, 0, last(Some(day(12, 31)), false)),
        year(30, 30, last(Some(day(12, 31)), false)),
        year(30, 0, last(Some(day(12, 31)), true)),
        year(30, 0, last(None, false)),
        year(30, 0, None),
    ];
    let said = years.iter().map(|year| view! { <div class="card">{card::said(frame, &words, year, day(11, 18))}</div> });
    let mut booked = year(60, 0, None);
    booked.entries.push(of(entry("e2", 30, None), Some(2027), false));
    booked.entries.push(of(entry("e3", 30, Some("e2")), None, false));
    let lines = (1..).zip(Status::ALL.iter()).map(|(n, status)| conversion(n, *status)).collect();
    let view = ConversionsView { words: words.clone(), lines, flash: None };
    view! {
        <h2>"继续教育"</h2>
        {said.collect_view()}
        {record::entries(frame, &words, &booked)}
        {list::lines(frame, &view)}
    }
    .into_any()
}
