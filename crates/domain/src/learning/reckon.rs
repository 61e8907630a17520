use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::claim::{Accepted, Claim};
use super::credits::Credits;
use super::entry::{CreditEntry, SourceKind, kind_of};
use super::kind::{ConversionKind, Formula, OPTION, Within};
use super::rules::{LearningRules, Subject, YearRules};
use crate::fault::{Fault, FieldErrors};
use crate::province::Lists;
use crate::text;

/// What a conversion gives, and why: everything that is booked and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoning {
    /// The learning year that it counts for.
    pub year: i32,
    /// 科目类别 of what is booked.
    pub subject: Subject,
    /// What is booked.
    pub amount: Credits,
    /// The reckoning as it is shown and kept: 论文折算：独立作者 30 学分.
    pub arithmetic: String,
    /// Where a cap made it less.
    pub cap: Option<CapMet>,
    /// What may still be booked of the kind in the year; `None` for any amount.
    pub room: Option<Credits>,
    /// Which date decided the year.
    pub decided: Decided,
    /// Two conversions of one person with the same key are the same.
    pub same_key: String,
    /// The kind and the version of its rule, as [`rule_name`] writes it.
    pub rule: String,
}

/// The cap of a kind in a learning year, where it was met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapMet {
    /// 本年度此类折算最多.
    pub cap: Credits,
    /// What was booked of the kind before.
    pub booked: Credits,
    /// What the formula gives.
    pub reckoned: Credits,
}

/// Which answer decided the learning year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The question, as people read it: 成绩公布日期.
    pub by: String,
    /// Its answer: 2025年6月20日.
    pub on: String,
}

impl Decided {
    /// 成绩公布日期：2025年6月20日.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{}：{}", self.by, self.on)
    }
}

/// Why there is nothing to book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unreckoned {
    /// The answers are not in order.
    #[error("the answers have faults")]
    Faults(FieldErrors),
    /// The province has no such kind.
    #[error("there is no such kind")]
    NoSuchKind,
    /// The kind did not exist then, or does not any more; the days for which its versions hold.
    #[error("the kind does not hold for that date")]
    NotThen {
        /// Which date was judged.
        decided: Decided,
        /// The first and the last day of each version.
        valid: Vec<(Option<NaiveDate>, Option<NaiveDate>)>,
    },
    /// 当年度有效，不得结转: it belongs to another learning year than the chosen one.
    #[error("it belongs to the learning year {of:?}")]
    OtherYear {
        /// The chosen one.
        chosen: i32,
        /// The one that it belongs to; `None` for a year before the first known standard.
        of: Option<i32>,
        /// Which date decided it.
        decided: Decided,
    },
    /// Nothing of the kind can be booked for the year any more.
    #[error("the cap of the year is reached")]
    CapReached {
        /// 本年度此类折算最多.
        cap: Credits,
        /// What is booked.
        booked: Credits,
    },
}

/// The name of a rule beside what was reckoned by it: `paper/2019`.
#[must_use]
pub fn rule_name(kind: &ConversionKind) -> String {
    format!("{}/{}", kind.code, kind.version)
}

/// The version in the name of a rule; empty where it has none.
fn version_of(rule: &str) -> &str {
    rule.split_once('/').map_or("", |(_, version)| version)
}

/// The kind by the version that something was reckoned by; by another version where that one is gone.
pub(super) fn kind_by<'a>(rules: &'a LearningRules, rule: &str) -> Option<&'a ConversionKind> {
    let exact = rules.kinds.iter().find(|kind| rule_name(kind) == rule);
    exact.or_else(|| rules.kinds.iter().rfind(|kind| kind.code == kind_of(rule)))
}

/// The rule of a row of the ledger as people read it: 论文折算规则（2019 版）.
#[must_use]
pub fn rule_words(rules: &LearningRules, entry: &CreditEntry) -> String {
    let name = match entry.source.kind {
        SourceKind::Conversion => {
            kind_by(rules, &entry.rule).map_or_else(|| entry.source.kind.term(), |kind| kind.short.as_str())
        }
        SourceKind::School | SourceKind::Class | SourceKind::Exam | SourceKind::Import => entry.source.kind.term(),
    };
    match version_of(&entry.rule) {
        "" => format!("{name}规则"),
        version => format!("{name}规则（{version} 版）"),
    }
}

/// Which rule decided 培训年份 of a row that was booked in another learning year; empty where it is not known.
#[must_use]
pub fn year_words(entry: &CreditEntry) -> String {
    match entry.source.kind {
        _ if !entry.decided.is_empty() => format!("按{}确定", entry.decided),
        SourceKind::School => "按网校报名的年度确定".to_owned(),
        SourceKind::Class | SourceKind::Conversion | SourceKind::Exam | SourceKind::Import => String::new(),
    }
}

/// Reckons a conversion. `booked` is what the ledger holds of the kind for the year (see [`booked_of`](super::booked_of)).
/// Whether the window is open is another question, which an approval does not ask again: see [`LearningRules::opening`].
///
/// # Errors
/// Faults of the answers, or the reason for which there is nothing to book.
pub fn reckon(
    rules: &LearningRules,
    lists: &Lists,
    claim: &Claim,
    booked: Credits,
    today: NaiveDate,
) -> Result<Reckoning, Unreckoned> {
    let kind = claim.kind_in(rules).ok_or(Unreckoned::NoSuchKind)?;
    let accepted = claim.check(kind, lists, today).map_err(Unreckoned::Faults)?;
    let by = kind.question(&kind.dated_by).map(|question| question.label.clone()).unwrap_or_default();
    let decided = Decided { by, on: accepted.decided_on.words() };
    if !kind.is_valid(accepted.decided_on) {
        let versions = rules.kinds.iter().filter(|version| version.code == kind.code);
        return Err(Unreckoned::NotThen { decided, valid: versions.map(|kind| (kind.valid_from, kind.valid_to)).collect() });
    }
    let year = year_of(rules, &accepted)?;
    let (chosen, of) = (claim.year, year.map(|(year, _)| year));
    let Some((year, year_rules)) = year.filter(|(year, _)| *year == chosen) else {
        return Err(Unreckoned::OtherYear { chosen, of, decided });
    };
    let (reckoned, words) = amount(rules, lists, &accepted);
    let room = kind.cap.map(|cap| cap.less(booked));
    if let Some(cap) = kind.cap.filter(|_| room == Some(Credits::ZERO)) {
        return Err(Unreckoned::CapReached { cap, booked });
    }
    let amount = room.map_or(reckoned, |room| room.min(reckoned));
    let cap = kind.cap.filter(|_| amount < reckoned).map(|cap| CapMet { cap, booked, reckoned });
    let mut arithmetic = format!("{}：{words}", kind.short);
    if let Some(CapMet { cap, booked, .. }) = &cap {
        let unit = &rules.unit;
        arithmetic += &format!("；本年度此类折算最多 {cap} {unit}，已登记 {booked} {unit}，计入 {amount} {unit}");
    }
    let subject = subject(rules, year_rules, kind.subject, amount);
    let same_key = same_key(&accepted, year);
    Ok(Reckoning { year, subject, amount, arithmetic, cap, room, decided, same_key, rule: rule_name(kind) })
}

/// The learning year of the deciding date, with its rule. A month that reaches into two years has to be told to the day.
fn year_of<'a>(rules: &'a LearningRules, accepted: &Accepted) -> Result<Option<(i32, &'a YearRules)>, Unreckoned> {
    let date = accepted.decided_on;
    let (first, last) = (rules.year_of(date.first()), rules.year_of(date.last()));
    if first != last {
        return Err(Unreckoned::Faults(FieldErrors::one(&accepted.kind.dated_by, Fault::NotADate)));
    }
    Ok(first.and_then(|year| Some((year, rules.year(year)?))))
}

/// What the formula gives, and the reckoning in words.
fn amount(rules: &LearningRules, lists: &Lists, accepted: &Accepted) -> (Credits, String) {
    let (kind, unit) = (accepted.kind, &rules.unit);
    let option = kind.option(accepted.option).map(|option| option.name.as_str());
    let with = |role: Option<&str>| option.into_iter().chain(role).collect::<Vec<_>>().join("，");
    let flat = |role: Option<&str>, credits: Credits| match with(role) {
        names if names.is_empty() => (credits, format!("{credits} {unit}")),
        names => (credits, format!("{names} {credits} {unit}")),
    };
    match kind.formula_of(accepted.option) {
        None => (Credits::ZERO, String::new()),
        Some(Formula::Fixed { credits }) => flat(None, *credits),
        Some(Formula::Role { credits, question }) => {
            let given = credits.get(accepted.answer(question)).copied().unwrap_or_default();
            flat(Some(&accepted.label(question, lists)), given)
        }
        Some(Formula::Day { credits, question } | Formula::Unit { credits, question }) => {
            let count = accepted.count(question);
            let all = credits.times(count);
            let names = option.map(|option| format!("{option}，")).unwrap_or_default();
            (all, format!("{names}{count} {} × {credits} {unit} = {all} {unit}", kind.unit))
        }
        Some(Formula::Assessed { most, question }) => {
            let asked = Credits::parse(accepted.answer(question)).unwrap_or_default();
            let all = asked.min(*most);
            let limit = if all < asked { format!("（认定 {asked} {unit}，最多 {most} {unit}）") } else { String::new() };
            (all, flat(Some("按认定"), all).1 + &limit)
        }
    }
}

/// 科目类别: as the kind says; a professional conversion of a whole year covers the public part where the province says so.
pub(super) fn subject(rules: &LearningRules, year: &YearRules, subject: Subject, amount: Credits) -> Subject {
    let covers = rules.conversion_covers_public && year.public.is_some() && amount >= year.total;
    if covers && subject == Subject::Professional { Subject::Both } else { subject }
}

/// The key that makes two the same: the kind, the year where only those of one year are compared, and of the answers their letters
/// and digits: blanks, widths, cases and punctuation (《》“”·—（）-) make nothing another thing.
fn same_key(accepted: &Accepted, year: i32) -> String {
    let kind = accepted.kind;
    let same_as = kind.option(accepted.option).and_then(|option| option.same_as.as_deref());
    let option = same_as.unwrap_or(accepted.option);
    let mut parts = vec![kind.code.clone()];
    if kind.same.within == Within::Year {
        parts.push(year.to_string());
    }
    for question in &kind.same.questions {
        let answer = if question == OPTION { option } else { accepted.answer(question) };
        parts.push(text::tidy_code(answer).chars().filter(|c| c.is_alphanumeric()).collect());
    }
    parts.join("|")
}
