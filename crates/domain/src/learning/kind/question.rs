//! A question of a kind of conversion.

use serde::{Deserialize, Serialize};

use crate::form::FieldKind;
use crate::province::Entry;

/// A question of a kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its name in the form.
    pub key: String,
    /// As people read it.
    pub label: String,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// A line beside it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// A right answer, to look at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// Whether it may stay empty.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// The common list that it is chosen from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// Or the choices themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Entry>,
    /// The largest number, or the most characters of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// The sub-options that it is asked for; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<String>,
}

/// The kinds of answer, drawn by the controls of the forms; see [`Question::field_kind`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// A line of text.
    Text,
    /// One of a list.
    Choice,
    /// A calendar date.
    Date,
    /// A calendar date, or a month where the certificate has no more.
    DateOrMonth,
    /// A whole number of things, from 1.
    Count,
    /// An amount of credits.
    Amount,
}

impl Question {
    /// Whether it is asked for a sub-option.
    #[must_use]
    pub fn is_asked(&self, option: &str) -> bool {
        self.when.is_empty() || self.when.iter().any(|code| code == option)
    }

    /// The control of the forms that takes its answer.
    #[must_use]
    pub fn field_kind(&self) -> FieldKind {
        match self.kind {
            QuestionKind::Text => FieldKind::Text { max: self.most() },
            QuestionKind::Choice => FieldKind::Choice,
            QuestionKind::Date => FieldKind::Date,
            QuestionKind::DateOrMonth => FieldKind::DateOrMonth,
            QuestionKind::Count | QuestionKind::Amount => FieldKind::Text { max: 10 },
        }
    }

    /// The largest number, or the most characters.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.most.unwrap_or(match self.kind {
            QuestionKind::Text => 100,
            _ => 365,
        })
    }
}
