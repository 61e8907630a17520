//! The rules of 继续教育 by their sources, each with the profile of a province or the invented one.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::{Claim, CreditEntry, Credits, LearningRules, Reckoning, Source, SourceKind, Subject, Unreckoned, reckon};
use crate::province::{Province, read_for_tests};

mod conversions;
mod duties;
mod kinds;
mod ledger;
mod properties;
mod spans;
mod top_ups;
mod windows;
mod years;

fn province(key: &str) -> Province {
    Province::parse(&read_for_tests, key).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// 云海省 with its section of 继续教育: makes up what was missed, asks a public part, and begins its year in May.
fn yunhai() -> Province {
    let text =
        concat!(include_str!("../../province/tests/yunhai.toml"), include_str!("../../province/tests/yunhai_learning.toml"));
    let read = |name: &str| if name == "yunhai.toml" { Some(text.to_owned()) } else { read_for_tests(name) };
    Province::parse(&read, "yunhai").unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn rules(province: &Province) -> &LearningRules {
    province.profile.learning.as_ref().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn credits(text: &str) -> Credits {
    serde_json::from_str(text).unwrap()
}

/// Noon in China.
fn noon(text: &str) -> DateTime<Utc> {
    day(text).and_time(NaiveTime::from_hms_opt(4, 0, 0).unwrap()).and_utc()
}

/// A conversion in words: the year, kind and sub-option, and the answers.
fn convert(
    province: &Province,
    asked: (i32, &str, &str),
    answers: &[(&str, &str)],
    booked: u32,
) -> Result<Reckoning, Unreckoned> {
    let answers: BTreeMap<String, String> = answers.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let (year, kind, option) = asked;
    let claim = Claim { year, kind, option, answers: &answers };
    reckon(rules(province), &province.lists, &claim, Credits::whole(booked), day("2026-11-30"))
}

/// A row of the ledger.
fn entry(id: &str, (year, subject, amount): (i32, Subject, u32), on: &str) -> CreditEntry {
    CreditEntry {
        id: id.into(),
        year,
        subject,
        amount: Credits::whole(amount),
        source: Source { kind: SourceKind::School, id: format!("s-{id}") },
        rule: "school/1".to_owned(),
        arithmetic: format!("网络培训：{amount} 学分"),
        decided: String::new(),
        booked_by: "school".to_owned(),
        booked_at: noon(on),
        reverses: None,
    }
}
