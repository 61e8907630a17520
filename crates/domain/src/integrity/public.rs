//! 行政处罚公示: what a province publishes of penalties, and the question for one person.

use chrono::NaiveDate;

use super::Ban;
use crate::fault::{Fault, FieldErrors};
use crate::identity::name::is_same_name;
use crate::text::{length, tidy, tidy_code};

/// The characters at the end of a document number that are asked and shown.
pub const DOCUMENT_END: u32 = 4;

crate::form! {
    /// Whose penalties are asked for; empty for the newest of everybody.
    pub struct PublicForm {
        /// 姓名.
        name,
        /// 证件号码的最后 4 位.
        document_end,
    }
}

/// A penalty that is public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicLine {
    /// 姓名.
    pub name: String,
    /// The last characters of the document.
    pub document_end: String,
    /// 处罚种类.
    pub kinds: String,
    /// 处罚决定机关.
    pub body: String,
    /// 处罚决定书文号.
    pub number: String,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// The law with its articles.
    pub basis: String,
    /// What it keeps the person from.
    pub ban: Option<Ban>,
    /// How long it is public.
    pub until: Ban,
}

/// Whom a question is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    name: String,
    document_end: String,
}

impl PublicForm {
    /// Whom it asks for; `None` for everybody.
    ///
    /// # Errors
    /// `Missing` at `name` and `document_end` where the other one is given, `TooShort` and `TooLong` at `document_end`.
    pub fn check(&self) -> Result<Option<Sought>, FieldErrors> {
        let (name, document_end) = (tidy(&self.name), tidy_code(&self.document_end));
        if name.is_empty() && document_end.is_empty() {
            return Ok(None);
        }
        let mut errors = FieldErrors::default();
        if name.is_empty() {
            errors.push("name", Fault::Missing);
        }
        match length(&document_end) {
            0 => errors.push("document_end", Fault::Missing),
            n if n < DOCUMENT_END => errors.push("document_end", Fault::TooShort(DOCUMENT_END)),
            DOCUMENT_END => {}
            _ => errors.push("document_end", Fault::TooLong(DOCUMENT_END)),
        }
        errors.or(Some(Sought { name, document_end }))
    }
}

impl Sought {
    /// Whether a penalty is theirs.
    #[must_use]
    pub fn is(&self, line: &PublicLine) -> bool {
        is_same_name(&line.name, &self.name) && line.document_end == self.document_end
    }
}

/// The end of a document number, as it is shown and asked.
#[must_use]
pub fn document_end(number: &str) -> String {
    let number = tidy_code(number);
    let from = number.char_indices().rev().nth(DOCUMENT_END as usize - 1).map_or(0, |(at, _)| at);
    number[from..].to_owned()
}
