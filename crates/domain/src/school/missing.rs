//! 学分显示不全: what schools and employers reported for a learning year of somebody, and what they say when they are asked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::report::{Cause, Outcome};
use crate::answer::Flash;
pub use crate::inquiry::{AskedLine, answer_of};
use crate::learning::class::view::EmployerLine;
use crate::learning::{Credits, Subject};

crate::form! {
    /// The press that asks a school.
    pub struct AskForm {
        /// Id of the enrolment.
        enrolment,
        /// 继续教育年度 of the page, to come back to.
        year,
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
    /// The employers that the person's record names, with their classes of the year.
    pub employers: Vec<EmployerLine>,
    /// What the page is called where people say that they work for one: 单位管理.
    pub employers_page: String,
    /// What was refused without scripts.
    pub flash: Option<Flash>,
}
