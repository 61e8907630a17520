//! The sheet of results: what each row has to be.

use serde::{Deserialize, Serialize};

use super::Audience;
use crate::case::codes;
use crate::identity::name::is_same_name;
use crate::text::tidy;

/// A row as it was read: its line in the sheet, and its cells as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterLine {
    /// Counted as a person counts.
    pub number: u64,
    /// 姓名.
    pub name: String,
    /// 证件号码.
    pub document: String,
    /// 考核结果.
    pub result: String,
    /// Whether the line could not be taken apart.
    pub is_broken: bool,
}

codes! {
    /// Why nothing was read of a file.
    pub enum SheetFault {
        /// No file, or nothing in it.
        Empty = "empty",
        /// Neither text nor a workbook, or a damaged one.
        Unreadable = "unreadable",
        /// No line has the headings.
        Headings = "headings",
        /// More rows or bytes than are taken.
        TooLarge = "too_large",
        /// It did not arrive whole.
        Cut = "cut",
    }
}

codes! {
    /// What is wrong with a row. Of nobody who did not agree is told whether they have an account.
    pub enum RowFault {
        /// It has more cells than headings, or a quotation mark that is not closed.
        Broken = "broken",
        /// No name.
        Name = "name",
        /// No number of a document, or one that the sheet keeps as a rounded number.
        Document = "document",
        /// Nobody of the employer who agreed has this number.
        NotEmployed = "not_employed",
        /// Whoever has the number has another name.
        OtherName = "other_name",
        /// The number stands in an earlier row as well.
        Twice = "twice",
        /// Neither 合格 nor 不合格.
        Result = "result",
        /// Of a class for everybody: nobody with a record has this number and this name.
        Unknown = "unknown",
    }
}

impl RowFault {
    /// As it is told of a class for such an audience: of a class for everybody nobody learns whether the number or the name is another.
    #[must_use]
    pub const fn told(self, audience: Audience) -> Self {
        match (audience, self) {
            (Audience::All, Self::NotEmployed | Self::OtherName) => Self::Unknown,
            (_, fault) => fault,
        }
    }
}

/// What came of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Judged {
    /// 合格 or not.
    Right {
        /// Whether credits are booked for it.
        passed: bool,
    },
    /// What is wrong with it.
    Wrong(RowFault),
}

/// Looks at a row. `found` is the name of whoever has the number among those who agreed, `is_twice` whether an earlier row has it.
#[must_use]
pub fn judge(line: &RosterLine, found: Option<&str>, is_twice: bool) -> Judged {
    let name = tidy(&line.name);
    let passed = match tidy(&line.result).as_str() {
        "合格" | "通过" | "及格" => Some(true),
        "不合格" | "未通过" | "不及格" | "缺考" => Some(false),
        _ => None,
    };
    let fault = if line.is_broken {
        RowFault::Broken
    } else if name.is_empty() {
        RowFault::Name
    } else if tidy(&line.document).is_empty() {
        RowFault::Document
    } else if is_twice {
        RowFault::Twice
    } else {
        match (found, passed) {
            (None, _) => RowFault::NotEmployed,
            (Some(found), _) if !is_same_name(found, &name) => RowFault::OtherName,
            (Some(_), None) => RowFault::Result,
            (Some(_), Some(passed)) => return Judged::Right { passed },
        }
    };
    Judged::Wrong(fault)
}
