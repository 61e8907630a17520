use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::credits::Credits;
use super::duty::Duty;
use super::entry::{CreditEntry, booked_of};
use super::kind::{ConversionKind, Formula};
use super::reckon::subject;
use super::rules::{LearningRules, Standard, Subject, YearRules};
use super::standing::{Missing, Standing};
use super::window::WindowFor;
use crate::province::Lists;

/// A way to what is missing that the rules allow today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// 学习 at a school or in a class.
    Study {
        /// The last day; `None` where there is none.
        until: Option<NaiveDate>,
        /// The last day to pay, where that is bounded.
        pay_by: Option<NaiveDate>,
    },
    /// 学分折算.
    Conversion(Offer),
}

/// What a kind of conversion would give towards what is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The code of the kind.
    pub kind: String,
    /// Its name, and below it the sub-option or role; the latter empty where there is none.
    pub name: (String, String),
    /// How many of its units are needed: 3 天, 1 科.
    pub count: u32,
    /// What is counted.
    pub unit: String,
    /// What they give, at most the cap.
    pub credits: Credits,
    /// Whether the year is complete with it alone.
    pub completes: bool,
    /// The deciding date has to lie in the learning year, so not after this day.
    pub earned_by: Option<NaiveDate>,
    /// The last day to apply; `None` where there is none.
    pub until: Option<NaiveDate>,
}

/// One way of a formula: its name, what one unit gives, and how many units an application takes.
struct Single<'a> {
    name: String,
    one: Credits,
    most: u32,
    kind: &'a ConversionKind,
}

/// The ways to complete a learning year that are open today: study first, then conversions, those before the others that
/// complete the year alone, with the fewest units, in the order of the profile. None for a year that is complete.
#[must_use]
pub fn ways(rules: &LearningRules, lists: &Lists, entries: &[CreditEntry], year: i32, today: NaiveDate) -> Vec<Way> {
    let Some(year_rules) = rules.year(year) else { return Vec::new() };
    let standard = year_rules.standard();
    let missing = Standing::of(entries, year, &standard).missing;
    if missing == Missing::default() {
        return Vec::new();
    }
    let mut ways = Vec::new();
    if let Ok(open) = rules.opening(year, WindowFor::Study, today) {
        let pay_by = year_rules.period(WindowFor::Payment, year).and_then(|period| period.to).filter(|_| !open.is_late);
        ways.push(Way::Study { until: open.until, pay_by });
    }
    ways.extend(offers(rules, lists, entries, (year, year_rules, missing), today).into_iter().map(Way::Conversion));
    ways
}

fn offers(
    rules: &LearningRules,
    lists: &Lists,
    entries: &[CreditEntry],
    (year, year_rules, missing): (i32, &YearRules, Missing),
    today: NaiveDate,
) -> Vec<Offer> {
    let Ok(open) = rules.opening(year, WindowFor::Conversion, today) else { return Vec::new() };
    let span = year_rules.span.of(year);
    let standard = year_rules.standard();
    let is_valid = |kind: &&ConversionKind| {
        kind.valid_from.is_none_or(|from| span.to.is_none_or(|to| from <= to)) && kind.valid_to.is_none_or(|to| span.from <= to)
    };
    let mut offers = Vec::new();
    for single in rules.kinds.iter().filter(is_valid).flat_map(|kind| singles(kind, lists)) {
        let kind = single.kind;
        let room = kind.cap.map(|cap| cap.less(booked_of(entries, &kind.code, year)));
        let subject = subject(rules, year_rules, kind.subject, single.one);
        let gap = gap(subject, missing);
        let Some(count) = single.one.needed_for(gap).filter(|count| *count > 0) else { continue };
        let all = single.one.times(count);
        let credits = room.map_or(all, |room| room.min(all));
        if credits.is_some() {
            offers.push(Offer {
                kind: kind.code.clone(),
                name: (kind.name.clone(), single.name),
                count: single.one.needed_for(credits).unwrap_or(count),
                unit: kind.unit.clone(),
                credits,
                completes: credits >= gap && completes(rules, &standard, subject, missing, single.one, single.most, count),
                earned_by: span.to,
                until: open.until,
            });
        }
    }
    offers.sort_by_key(|offer| (!offer.completes, offer.count));
    offers
}

/// What has to be added of a subject so that nothing is missing of what it counts to.
fn gap(subject: Subject, missing: Missing) -> Credits {
    let Missing { total, professional, public } = missing;
    match subject {
        Subject::Professional => total.max(professional),
        Subject::Public => total.max(public),
        Subject::Both => total.max(professional).max(public),
    }
}

/// Whether so many of it leave nothing missing: also in the part that it does not count to, which one conversion of a whole
/// year covers where the province says so.
fn completes(
    rules: &LearningRules,
    standard: &Standard,
    subject: Subject,
    missing: Missing,
    one: Credits,
    most: u32,
    count: u32,
) -> bool {
    let covers = rules.conversion_covers_public && one.times(count.min(most)) >= standard.total;
    match subject {
        Subject::Both => true,
        Subject::Professional => !missing.public.is_some() || covers,
        Subject::Public => !missing.professional.is_some(),
    }
}

fn singles<'a>(kind: &'a ConversionKind, lists: &Lists) -> Vec<Single<'a>> {
    let mut all = Vec::new();
    let is_offered = |of: &(&str, Option<&Formula>)| kind.option(of.0).is_none_or(|option| !option.imported);
    for (option, formula) in kind.formulas().into_iter().filter(is_offered) {
        let option = kind.option(option).map(|option| option.name.clone()).unwrap_or_default();
        let mut push = |name: String, one, most| all.push(Single { name, one, most, kind });
        match formula {
            None => {}
            Some(Formula::Fixed { credits }) => push(option, *credits, 1),
            Some(Formula::Day { credits, question } | Formula::Unit { credits, question }) => {
                push(option, *credits, kind.question(question).map_or(1, super::Question::most));
            }
            Some(Formula::Assessed { most, .. }) => push(option, *most, 1),
            Some(Formula::Role { credits, question }) => {
                let asked = kind.question(question);
                let choices = asked.map_or(&[][..], |asked| match &asked.list {
                    Some(list) => lists.entries(list),
                    None => &asked.choices,
                });
                for choice in choices {
                    let one = credits.get(&choice.code).copied().unwrap_or_default();
                    let name = if option.is_empty() { choice.label.clone() } else { format!("{option}，{}", choice.label) };
                    push(name, one, 1);
                }
            }
        }
    }
    all
}

/// The last day on which something can still be done for a learning year, and whether it lies in 补学; `None` where nothing can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastDay {
    /// `None` where the window does not end.
    pub on: Option<NaiveDate>,
    /// Whether that is 补学.
    pub is_late: bool,
}

/// The last day for a learning year, counted from today: windows that open later count as well.
#[must_use]
pub fn last_day(rules: &LearningRules, year: i32, today: NaiveDate) -> Option<LastDay> {
    let of = |what| rules.year(year).and_then(|rules| rules.period(what, year)).filter(|period| !period.is_over(today));
    let regular = [WindowFor::Study, WindowFor::Conversion].into_iter().filter_map(of).map(|period| (period.to, false));
    let late = of(WindowFor::Late).map(|period| (period.to, true));
    // A regular window that is not over comes before 补学, which only follows it.
    let last = |(to, _): &(Option<NaiveDate>, bool)| to.unwrap_or(NaiveDate::MAX);
    regular.max_by_key(last).or(late).map(|(on, is_late)| LastDay { on, is_late })
}

/// One row of 继续教育完成记录.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearState {
    /// 继续教育年度.
    pub year: i32,
    /// What it asks.
    pub standard: Standard,
    /// Where the person stands.
    pub standing: Standing,
    /// Until when something can be done; `None` where it is over, 过期不补.
    pub last_day: Option<LastDay>,
}

/// A row for each learning year back to the first of the duty, the newest first; years before it only where something is booked.
#[must_use]
pub fn years(rules: &LearningRules, duty: Option<Duty>, entries: &[CreditEntry], today: NaiveDate) -> Vec<YearState> {
    let now = rules.year_of(today).unwrap_or_default();
    let mut years = duty.map(|duty| duty.years(rules, now)).unwrap_or_default();
    years.extend(entries.iter().map(|entry| entry.year));
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    let state = |year: i32| {
        let standard = rules.year(year)?.standard();
        let standing = Standing::of(entries, year, &standard);
        Some(YearState { year, standing, standard, last_day: last_day(rules, year, today) })
    };
    years.into_iter().filter_map(state).collect()
}
