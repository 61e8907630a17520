//! What the page of the classes of an employer shows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ClassRules, Planned, RowFault, SheetFault};
use crate::answer::Flash;
use crate::case::{Status, codes};
use crate::id::CaseId;
use crate::inquiry::AskedLine;

/// The classes of an employer, for who manages it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassesView {
    /// What the province says.
    pub rules: ClassRules,
    /// What an amount is called.
    pub unit: String,
    /// What the page of the employers is called.
    pub employers: String,
    /// What names the manager.
    pub manager: String,
    /// 单位名称.
    pub employer: String,
    /// The first day on which a class may begin that is filed today.
    pub earliest: NaiveDate,
    /// The newest first.
    pub classes: Vec<ClassLine>,
    /// What was typed.
    pub flash: Option<Flash>,
    /// What was wrong with the last sheet.
    pub sheet: Option<SheetView>,
    /// What its people ask, what waits first.
    pub requests: Vec<EmployeeRequest>,
    /// Whether the province admits the employer as an institution, so that it holds classes for everybody too.
    pub is_institution: bool,
    /// Names the next attempt to file a class.
    pub request_key: String,
}

/// What somebody of the employer asks about credits of a year (学分显示不全).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployeeRequest {
    /// Its id.
    pub id: String,
    /// 姓名.
    pub name: String,
    /// 继续教育年度.
    pub year: i32,
    /// When, and what was answered.
    pub asked: AskedLine,
}

/// An employer of the person, with what it reported for a year and what it was asked (学分显示不全).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerLine {
    /// The employment.
    pub employment: String,
    /// 单位名称.
    pub name: String,
    /// The name of its manager.
    pub manager: String,
    /// Whether the person lets the manager see them, without which nothing can be asked or reported.
    pub has_agreed: bool,
    /// Its classes of the year that the bureau approved.
    pub classes: Vec<OwnClass>,
    /// The newest first.
    pub asked: Vec<AskedLine>,
}

impl EmployerLine {
    /// Whether its manager can be asked: they may see the person, and owe no answer.
    #[must_use]
    pub fn may_be_asked(&self) -> bool {
        self.has_agreed && self.asked.iter().all(|asked| asked.answer.is_some())
    }
}

/// A class of an employer, and what came of it for the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnClass {
    /// 培训名称.
    pub title: String,
    /// The first and the last day.
    pub days: (NaiveDate, NaiveDate),
    /// What came of it.
    pub outcome: ClassOutcome,
    /// When its results were handed in or decided, in China; `None` before.
    pub on: Option<NaiveDate>,
}

codes! {
    /// What came of a class for somebody.
    pub enum ClassOutcome {
        /// The employer has reported no results.
        NotReported = "not_reported",
        /// The bureau looks at the results.
        Waiting = "waiting",
        /// Credits of the person are booked by them.
        Booked = "booked",
        /// The results are approved, and nothing of the person is booked by them.
        NotIn = "not_in",
    }
}

/// 培训机构 of a province, for whoever keeps them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InstitutionsView {
    /// What their classes are called: 面授培训.
    pub name: String,
    /// By code.
    pub lines: Vec<InstitutionLine>,
    /// What was typed.
    pub flash: Option<Flash>,
}

/// An institution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionLine {
    /// Its id.
    pub id: String,
    /// 统一社会信用代码.
    pub code: String,
    /// 单位名称.
    pub name: String,
    /// Since when, in China.
    pub since: NaiveDate,
    /// The name of whoever manages it; empty for nobody.
    pub manager: String,
}

/// What was wrong with a sheet that was sent for a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetView {
    /// The class.
    pub class: CaseId,
    /// With the whole of it.
    pub fault: Option<SheetFault>,
    /// With its rows: line and fault.
    pub rows: Vec<(u64, RowFault)>,
}

/// How a case stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Id of the case.
    pub case: CaseId,
    /// 受理编号.
    pub number: String,
    /// Where it stands.
    pub status: Status,
    /// What the next change must name.
    pub version: i64,
    /// Why it was returned or revoked; may be empty.
    pub reason: String,
    /// Whether it may be cancelled now.
    pub may_cancel: bool,
}

/// A class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassLine {
    /// What was filed.
    pub planned: Planned,
    /// How its filing stands.
    pub filing: Standing,
    /// How its results stand: how many people they have, and how many of them passed.
    pub results: Option<(Standing, i64, i64)>,
    /// Whether a sheet may be sent now.
    pub may_report: bool,
}
