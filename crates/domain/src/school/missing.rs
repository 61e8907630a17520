//! 学分显示不全: what schools reported for a learning year of somebody, and what they say when they are asked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::report::{Cause, Outcome};
use crate::answer::Flash;
use crate::fault::Fault;
use crate::learning::{Credits, Subject};
use crate::text::{length, tidy_lines};

/// The most characters of what a school answers.
const LONGEST_ANSWER: u32 = 500;

crate::form! {
    /// The press that asks a school.
    pub struct AskForm {
        /// Id of the enrolment.
        enrolment,
        /// 继续教育年度 of the page, to come back to.
        year,
    }
}

/// What a school answers, as it is kept and shown.
///
/// # Errors
/// `Missing`, `TooLong`.
pub fn answer_of(sent: &str) -> Result<String, Fault> {
    let text = tidy_lines(sent);
    match length(&text) {
        0 => Err(Fault::Missing),
        n if n > LONGEST_ANSWER => Err(Fault::TooLong(LONGEST_ANSWER)),
        _ => Ok(text),
    }
}

/// A row that a school reported for the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedLine {
    /// The school's name.
    pub school_name: String,
    /// Its telephone.
    pub phone: String,
    /// The school's own number of the row.
    pub row: String,
    /// The day on which it came, in China.
    pub received_on: NaiveDate,
    /// 继续教育年度 that it was reported for.
    pub year: i32,
    /// What was reported: 科目类别, 学分 and the day on which it was learnt. `None` where it may be about somebody else.
    pub what: Option<(Subject, Credits, Option<NaiveDate>)>,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it is not booked.
    pub cause: Option<Cause>,
}

/// A row that fits nobody and names somebody of the person's name. Whose it is is not known, so nothing else is said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamesakeLine {
    /// The school's name.
    pub school_name: String,
    /// Its telephone.
    pub phone: String,
    /// The day on which it came, in China.
    pub received_on: NaiveDate,
}

/// A question to a school, and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedLine {
    /// The day on which it was asked, in China.
    pub asked_on: NaiveDate,
    /// The answer and its day; `None` while there is none.
    pub answer: Option<(String, NaiveDate)>,
}

/// A school at which the person is enrolled for the year; or was, where they asked it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReporterLine {
    /// The enrolment.
    pub enrolment: String,
    /// The school's name.
    pub school_name: String,
    /// Its telephone.
    pub phone: String,
    /// In China.
    pub enrolled_on: NaiveDate,
    /// When they went over to another school, in China.
    pub left_on: Option<NaiveDate>,
    /// The newest first.
    pub asked: Vec<AskedLine>,
}

impl ReporterLine {
    /// Whether it can be asked: it owes no answer, and was not left.
    #[must_use]
    pub fn may_be_asked(&self) -> bool {
        self.left_on.is_none() && self.asked.iter().all(|asked| asked.answer.is_some())
    }
}

/// The page of a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MissingView {
    /// What an amount is called: 学分.
    pub unit: String,
    /// What the page of the years is called: 继续教育完成记录.
    pub record: String,
    /// 继续教育年度.
    pub year: i32,
    /// The schools that can be asked, and those that were and have been left.
    pub reporters: Vec<ReporterLine>,
    /// What was reported for the year, the newest first.
    pub reported: Vec<ReportedLine>,
    /// What was learnt in the year and reported for another one.
    pub elsewhere: Vec<ReportedLine>,
    /// What fits nobody and names somebody of that name.
    pub namesakes: Vec<NamesakeLine>,
    /// What was refused without scripts.
    pub flash: Option<Flash>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_text_of_some_length() {
        assert_eq!(answer_of(" 已补报。\r\n"), Ok("已补报。".to_owned()));
        assert_eq!(answer_of(" \n"), Err(Fault::Missing));
        assert_eq!(answer_of(&"字".repeat(501)), Err(Fault::TooLong(500)));
    }
}
