//! Rewards and penalties in a file, read by the same rules as where they are entered by hand.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::read::{Reading, Who};
use super::reason::ImportReason;
use super::row::ImportRow;
use crate::account::legacy::LegacyName;
use crate::date::parse_date;
use crate::fault::FieldErrors;
use crate::identity::DocumentNumber;
use crate::integrity::forms::{PenaltyForm, RewardForm};
use crate::integrity::{Article, Law, Penalty, PenaltyKind, Reward};
use crate::learning::{Credits, Subject};
use crate::text::tidy_code;

/// What is recorded of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportEntry {
    /// 奖励.
    Reward(Reward),
    /// 行政处罚.
    Penalty(Penalty),
}

impl Reading<'_> {
    /// A reward.
    pub(super) fn reward(&mut self, who: Who) -> Option<ImportRow> {
        let (name, level, body) = (self.cell("reward"), self.cell("level"), self.cell("body"));
        let (granted_on, number) = (self.cell("decided_on"), self.cell("number"));
        // Where the province has no such record no file of this kind is taken.
        let (rules, level) = (self.rules.integrity?, level?);
        let level = rules.levels.iter().find(|one| one.label == level).map_or(level, |one| one.code.clone());
        let form = RewardForm { name: name?, level, body: body?, granted_on: granted_on?, number: number? };
        match form.check(rules, self.rules.today) {
            Ok(reward) => {
                let same = format!("reward|{}|{}|{}", tidy_code(&reward.body), tidy_code(&reward.name), reward.granted_on);
                Some(row(who?, reward.granted_on, same, ImportEntry::Reward(reward)))
            }
            Err(errors) => self.wrong(errors),
        }
    }

    /// A penalty, by the law as it was in force on the day of the decision.
    pub(super) fn penalty(&mut self, who: Who) -> Option<ImportRow> {
        let (body, number, decided_on) = (self.cell("body"), self.cell("number"), self.cell("decided_on"));
        let (typed_kinds, typed_articles, facts) = (self.cell("kinds"), self.cell("articles"), self.cell("facts"));
        let (rules, decided_on) = (self.rules, decided_on?);
        let law = parse_date(&decided_on).and_then(|on| rules.laws.in_force(on));
        let form = PenaltyForm {
            // Whom it is about stands in columns that every file has.
            case: "import".to_owned(),
            body: body?,
            number: number?,
            kinds: kinds(&typed_kinds?),
            articles: articles(&typed_articles?, law),
            facts: facts?,
            decided_on,
            ..PenaltyForm::default()
        };
        match form.check(rules.laws, &[], rules.today) {
            Ok((_, penalty)) => {
                let same = format!("penalty|{}", tidy_code(&penalty.number));
                Some(row(who?, penalty.decided_on, same, ImportEntry::Penalty(penalty)))
            }
            Err(errors) => self.wrong(errors),
        }
    }

    /// Notes what is wrong at the columns that the fields stand in.
    fn wrong<T>(&mut self, FieldErrors(errors): FieldErrors) -> Option<T> {
        let column = |field: &str| match field {
            "name" => "reward".to_owned(),
            "granted_on" => "decided_on".to_owned(),
            other => other.to_owned(),
        };
        let reason = |error: crate::fault::FieldError| ImportReason::Fault { field: column(&error.field), fault: error.fault };
        self.reasons.extend(errors.into_iter().map(reason));
        None
    }
}

fn row((name, document): (LegacyName, DocumentNumber), on: NaiveDate, same: String, entry: ImportEntry) -> ImportRow {
    ImportRow {
        name,
        document,
        year: on.year(),
        subject: Subject::Professional,
        amount: Credits::ZERO,
        rule: String::new(),
        arithmetic: String::new(),
        decided: String::new(),
        same,
        converts: String::new(),
        school: Default::default(),
        completed_on: None,
        exam: None,
        entry: Some(entry),
        copy: None,
        said: Vec::new(),
    }
}

/// What stands in a cell side by side.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', '；', ';']).map(str::trim).filter(|part| !part.is_empty())
}

/// 罚款、五年内不得从事会计工作 as the form has it. What is none stays, and is told.
fn kinds(text: &str) -> String {
    parts(text).map(code_of_kind).collect::<Vec<_>>().join(",")
}

fn code_of_kind(part: &str) -> &str {
    PenaltyKind::ALL.iter().find(|kind| kind.term() == part).map_or(part, |kind| kind.code())
}

/// 第四十条、第四十一条 as the form has it, with or without the name of the law before them, in Chinese figures or in others.
fn articles(text: &str, law: Option<&Law>) -> String {
    let code = |part: &str| {
        let behind = &part[part.rfind('》').unwrap_or(0)..];
        let label = &behind[behind.find('第').unwrap_or(0)..];
        let figure = label.trim_start_matches('第').trim_end_matches('条');
        let is_it = |article: &&Article| {
            article.label == label || article.code == part || article.code.rsplit('-').next() == Some(figure)
        };
        law.and_then(|law| law.articles.iter().find(is_it)).map_or_else(|| part.to_owned(), |article| article.code.clone())
    };
    parts(text).map(code).collect::<Vec<_>>().join(",")
}
