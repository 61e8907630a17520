//! What the page of the classes of an employer shows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ClassRules, Planned, RowFault, SheetFault};
use crate::answer::Flash;
use crate::case::Status;
use crate::id::CaseId;

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
    /// Names the next attempt to file a class.
    pub request_key: String,
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
