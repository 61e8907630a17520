mod question;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::credits::Credits;
use super::rules::{Form, Subject};
use crate::date::Dated;

pub use question::{Question, QuestionKind};

/// The name by which a chosen sub-option stands among the answers.
pub const OPTION: &str = "option";

/// 继续教育方式: a kind of conversion, as data. Credits that were booked name its `code` and `version`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConversionKind {
    /// Stored for ever: never change it.
    pub code: String,
    /// As people choose it.
    pub name: String,
    /// What the reckoning calls it: 论文折算.
    pub short: String,
    /// Raised whenever something of it changes; booked with what is reckoned by it.
    pub version: String,
    /// The first day that the deciding date may have.
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    /// The last day that the deciding date may have.
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
    /// How it was learnt.
    #[serde(default = "other")]
    pub form: Form,
    /// 科目类别 of what it books.
    pub subject: Subject,
    /// What is counted: 科, 次, 天, 篇.
    pub unit: String,
    /// The most that it gives somebody in one learning year.
    #[serde(default)]
    pub cap: Option<Credits>,
    /// How it is reckoned, where a sub-option does not say otherwise.
    #[serde(default)]
    pub formula: Option<Formula>,
    /// 相关子选项, the question that they answer (手册甲 三（三）1).
    #[serde(default)]
    pub options_label: String,
    /// 相关子选项; empty where there is nothing to choose.
    #[serde(default)]
    pub options: Vec<SubOption>,
    /// What else it asks.
    pub questions: Vec<Question>,
    /// The question whose date decides the learning year.
    pub dated_by: String,
    /// What makes two of them the same.
    pub same: Same,
    /// 证明材料 that it asks for, by slot.
    pub proofs: Vec<String>,
    /// Lines above the form.
    #[serde(default)]
    pub tips: Vec<String>,
}

fn other() -> Form {
    Form::Other
}

/// 子选项 of a kind.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubOption {
    /// Stored for ever: never change it.
    pub code: String,
    /// As people choose it.
    pub name: String,
    /// Where it is reckoned differently from the kind.
    #[serde(default)]
    pub formula: Option<Formula>,
    /// Whether the province registers it from a file (集中登记, 统一导入), so that nobody asks for it.
    #[serde(default)]
    pub imported: bool,
    /// The sub-option that it is the same as, where two are told apart that give credits once.
    #[serde(default)]
    pub same_as: Option<String>,
}

/// How many credits there are for something.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum Formula {
    /// Always the same.
    Fixed {
        /// For one.
        credits: Credits,
    },
    /// So many for each day.
    Day {
        /// For one day.
        credits: Credits,
        /// The question that is answered with the days.
        question: String,
    },
    /// So many for each unit of the kind.
    Unit {
        /// For one unit.
        credits: Credits,
        /// The question that is answered with the units.
        question: String,
    },
    /// By the role of the author or participant.
    Role {
        /// For each choice of the question.
        credits: BTreeMap<String, Credits>,
        /// The question that is answered with the role.
        question: String,
    },
    /// What a document says, at most so many.
    Assessed {
        /// The most that can be asked for.
        most: Credits,
        /// The question that is answered with the amount.
        question: String,
    },
}

/// What makes two conversions of one person the same, so that the second one is refused.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Same {
    /// The questions whose answers are compared; [`OPTION`] for the sub-option.
    pub questions: Vec<String>,
    /// Among which they are compared.
    pub within: Within,
}

/// Among which conversions a second one is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// Among all of the person: one subject of an exam counts once in a life.
    Life,
    /// Among those of the learning year.
    Year,
}

impl ConversionKind {
    /// Whether it may be applied to what happened then; of a month one day is enough.
    #[must_use]
    pub fn is_valid(&self, date: Dated) -> bool {
        self.valid_from.is_none_or(|from| from <= date.last()) && self.valid_to.is_none_or(|to| date.first() <= to)
    }

    /// A sub-option.
    #[must_use]
    pub fn option(&self, code: &str) -> Option<&SubOption> {
        self.options.iter().find(|option| option.code == code)
    }

    /// The sub-options that people can choose.
    pub fn offered(&self) -> impl Iterator<Item = &SubOption> {
        self.options.iter().filter(|option| !option.imported)
    }

    /// A question.
    #[must_use]
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.key == key)
    }

    /// The questions of a sub-option, in the order of the page.
    pub fn asked<'a>(&'a self, option: &'a str) -> impl Iterator<Item = &'a Question> {
        self.questions.iter().filter(move |question| question.is_asked(option))
    }

    /// How a sub-option is reckoned.
    #[must_use]
    pub fn formula_of(&self, option: &str) -> Option<&Formula> {
        self.option(option).and_then(|option| option.formula.as_ref()).or(self.formula.as_ref())
    }

    /// Every way in which it is reckoned, with the sub-option; without sub-options under the empty code.
    #[must_use]
    pub fn formulas(&self) -> Vec<(&str, Option<&Formula>)> {
        if self.options.is_empty() {
            return vec![("", self.formula.as_ref())];
        }
        self.options.iter().map(|option| (option.code.as_str(), self.formula_of(&option.code))).collect()
    }
}

impl Formula {
    /// The question that it needs an answer of.
    #[must_use]
    pub fn question(&self) -> Option<&str> {
        match self {
            Self::Fixed { .. } => None,
            Self::Day { question, .. }
            | Self::Unit { question, .. }
            | Self::Role { question, .. }
            | Self::Assessed { question, .. } => Some(question),
        }
    }

    /// The most that one application can give, before the cap, where the question is answered with so many at most.
    #[must_use]
    pub fn largest(&self, most: u32) -> Credits {
        match self {
            Self::Fixed { credits } => *credits,
            Self::Day { credits, .. } | Self::Unit { credits, .. } => credits.times(most),
            Self::Role { credits, .. } => credits.values().copied().max().unwrap_or_default(),
            Self::Assessed { most, .. } => *most,
        }
    }

    /// The smallest credit that it gives at all.
    #[must_use]
    pub fn smallest(&self) -> Credits {
        match self {
            Self::Fixed { credits } | Self::Day { credits, .. } | Self::Unit { credits, .. } => *credits,
            Self::Role { credits, .. } => credits.values().copied().min().unwrap_or_default(),
            Self::Assessed { .. } => Credits::of_hundredths(1),
        }
    }
}
