use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::credits::Credits;
use super::kind::{ConversionKind, OPTION, Question, QuestionKind};
use super::rules::LearningRules;
use crate::date::{Dated, parse_date};
use crate::fault::{Fault, FieldErrors};
use crate::province::Lists;
use crate::text;

/// What somebody asks to have converted, as typed: 继续教育年度, 继续教育方式, 相关子选项 and the answers (手册甲 三（三）1).
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// 继续教育年度.
    pub year: i32,
    /// The code of the kind.
    pub kind: &'a str,
    /// The code of the sub-option; empty where the kind has none.
    pub option: &'a str,
    /// By question.
    pub answers: &'a BTreeMap<String, String>,
}

/// A claim that keeps the rules of its questions.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Accepted<'a> {
    /// The version of the kind by which the deciding date is judged.
    pub kind: &'a ConversionKind,
    /// The code of the sub-option; empty where the kind has none.
    pub option: &'a str,
    /// The answers to the questions that are asked, tidied.
    pub answers: BTreeMap<String, String>,
    /// The date that decides the year.
    pub decided_on: Dated,
}

impl<'a> Claim<'a> {
    /// The version of the kind that holds for the deciding date; the newest one while there is none.
    #[must_use]
    pub fn kind_in<'r>(&self, rules: &'r LearningRules) -> Option<&'r ConversionKind> {
        let versions = || rules.kinds.iter().filter(|kind| kind.code == self.kind);
        let holds = |kind: &&ConversionKind| {
            let typed = self.answers.get(&kind.dated_by).map(String::as_str).unwrap_or_default();
            Dated::parse(typed).is_some_and(|date| kind.is_valid(date))
        };
        versions().find(holds).or_else(|| versions().max_by_key(|kind| kind.valid_from))
    }

    /// Whether it is about what the province registers from a file, so that no person asks for it.
    #[must_use]
    pub fn is_registered(&self, rules: &LearningRules) -> bool {
        self.kind_in(rules).and_then(|kind| kind.option(self.option)).is_some_and(|option| option.imported)
    }

    /// Checks the answers.
    ///
    /// # Errors
    /// Every fault, in the order of the page; the sub-option stands at [`OPTION`].
    pub(super) fn check(&self, kind: &'a ConversionKind, lists: &Lists, today: NaiveDate) -> Result<Accepted<'a>, FieldErrors> {
        let mut errors = FieldErrors::default();
        let option = self.option;
        if !kind.options.is_empty() && kind.option(option).is_none() {
            errors.push(OPTION, if option.is_empty() { Fault::Missing } else { Fault::NotInList });
        }
        let mut answers = BTreeMap::new();
        for question in kind.asked(option) {
            let typed = text::tidy(self.answers.get(&question.key).map(String::as_str).unwrap_or_default());
            match answer(question, typed, lists, today) {
                Ok(answer) if answer.is_empty() => {}
                Ok(answer) => drop(answers.insert(question.key.clone(), answer)),
                Err(fault) => errors.push(&question.key, fault),
            }
        }
        let decided_on = answers.get(&kind.dated_by).and_then(|answer| Dated::parse(answer));
        match decided_on {
            Some(decided_on) => errors.or(Accepted { kind, option, answers, decided_on }),
            None => {
                errors.push(&kind.dated_by, Fault::Missing);
                Err(errors)
            }
        }
    }
}

fn answer(question: &Question, typed: String, lists: &Lists, today: NaiveDate) -> Result<String, Fault> {
    if typed.is_empty() {
        return if question.optional { Ok(typed) } else { Err(Fault::Missing) };
    }
    let most = question.most();
    match question.kind {
        QuestionKind::Text if text::length(&typed) > most => Err(Fault::TooLong(most)),
        QuestionKind::Text => Ok(typed),
        QuestionKind::Choice => {
            let list = question.list.as_deref().map_or(question.choices.as_slice(), |list| lists.entries(list));
            let is_choice = list.iter().any(|entry| entry.code == typed && entry.is_valid(today));
            if is_choice { Ok(typed) } else { Err(Fault::NotInList) }
        }
        QuestionKind::Date => past(Dated::Day(parse_date(&typed).ok_or(Fault::NotADate)?), today),
        QuestionKind::DateOrMonth => past(Dated::parse(&typed).ok_or(Fault::NotADateOrMonth)?, today),
        QuestionKind::Count => {
            let count = text::tidy_code(&typed).parse::<u32>().ok().filter(|count| (1..=most).contains(count));
            count.map(|count| count.to_string()).ok_or(Fault::Number(most))
        }
        QuestionKind::Amount => {
            let amount = Credits::parse(&text::tidy_code(&typed)).filter(|amount| amount.is_some());
            let amount = amount.filter(|amount| *amount <= Credits::whole(most));
            amount.map(|amount| amount.to_string()).ok_or(Fault::Number(most))
        }
    }
}

fn past(date: Dated, today: NaiveDate) -> Result<String, Fault> {
    match date.first() {
        day if day > today => Err(Fault::InTheFuture),
        day if day.year() < 1900 => Err(Fault::TooEarly),
        _ => Ok(date.to_string()),
    }
}

impl Accepted<'_> {
    /// The answer to a question; empty where there is none.
    pub fn answer(&self, question: &str) -> &str {
        self.answers.get(question).map(String::as_str).unwrap_or_default()
    }

    /// The answer to a question as a number; nothing where there is none.
    pub fn count(&self, question: &str) -> u32 {
        self.answer(question).parse().unwrap_or(0)
    }

    /// The answer to a question as people read it.
    pub fn label(&self, question: &str, lists: &Lists) -> String {
        let answer = self.answer(question);
        let asked = self.kind.question(question);
        let choices = asked.map_or(&[][..], |asked| asked.choices.as_slice());
        let own = choices.iter().find(|entry| entry.code == answer).map(|entry| entry.label.as_str());
        let common = || asked.and_then(|asked| lists.label(asked.list.as_deref()?, answer));
        own.or_else(common).unwrap_or(answer).to_owned()
    }
}
