use serde::{Deserialize, Serialize};

use crate::account::legacy::{LegacyBreak, LegacyCell, LegacyReason};
use crate::fault::Fault;
use crate::identity::DocumentKind;

/// Why a row is left out, or what is said of it all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportReason {
    /// A fault of a column.
    Fault {
        /// The column.
        field: String,
        /// What is wrong there.
        fault: Fault,
    },
    /// What stands in the cell is not what somebody typed there.
    Cell {
        /// The column.
        field: String,
        /// What stands there instead.
        cell: LegacyCell,
    },
    /// The row names no kind of document, and its number has the shape of none or of several.
    KindUnknown,
    /// A document of a kind that the province does not take.
    KindNotTaken(DocumentKind),
    /// The line cannot be told apart into its cells.
    Line(LegacyBreak),
    /// The same stands further up.
    Twice {
        /// The line of the first.
        line: i64,
    },
    /// The same was imported before and is in effect, or the school reported it by its interface.
    Imported,
    /// The account with this document has another name.
    OtherName,
    /// The date belongs to another learning year than the row names.
    OtherYear {
        /// What the row names.
        year: i32,
        /// The year of the date; `None` for one before the first known standard.
        of: Option<i32>,
    },
    /// More than the year asks in all.
    AboveYear {
        /// What the year asks.
        total: String,
    },
    /// The province has no such school.
    NoSchool,
    /// The person is not enrolled there for the year.
    NoEnrolment,
    /// Learnt before the enrolment.
    BeforeEnrolment,
    /// More than the enrolment has left.
    AboveEnrolled,
    /// Said beside: the same exam was converted by an application, so that nothing is booked.
    Converted,
    /// Said beside: no rule gives credits for this exam.
    NoCredits,
    /// Said beside: the form of the province has no such question, so that the column is passed over.
    NotAsked {
        /// The column.
        field: String,
    },
    /// Said beside: what is on record here is something else, and is replaced.
    Differs {
        /// The question, as the form asks it.
        label: String,
        /// What is on record; may be empty.
        before: String,
        /// What the row says; may be empty.
        now: String,
    },
    /// Everything that the row says is on record already.
    AsOnRecord,
    /// The record was changed here after the day of the row, and says something else.
    BothChanged {
        /// When it was changed here, in China.
        on: chrono::NaiveDate,
    },
    /// A newer row of the same person was imported before.
    Older {
        /// The day of that one.
        than: chrono::NaiveDate,
    },
    /// The record is closed, or has left for another province.
    Shut,
}

impl From<LegacyReason> for ImportReason {
    fn from(reason: LegacyReason) -> Self {
        match reason {
            LegacyReason::Fault { field, fault } => Self::Fault { field, fault },
            LegacyReason::Cell { field, cell } => Self::Cell { field, cell },
            LegacyReason::KindUnknown => Self::KindUnknown,
            LegacyReason::KindNotTaken(kind) => Self::KindNotTaken(kind),
            LegacyReason::Line(broken) => Self::Line(broken),
            LegacyReason::NumberTwice { row } => Self::Twice { line: i64::try_from(row).unwrap_or(i64::MAX) },
        }
    }
}
