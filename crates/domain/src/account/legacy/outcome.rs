//! What becomes of a line of the file, and what is said of it.

use serde::{Deserialize, Serialize};

use super::cell::LegacyCell;
use crate::fault::Fault;
use crate::identity::DocumentKind;

/// A line of the file with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegacyResult {
    /// The line of the source, counted from 1 as an editor or a spreadsheet counts.
    pub line: u64,
    /// What became of it.
    pub outcome: LegacyOutcome,
    /// What is to be known of a person who was imported all the same.
    pub warnings: Vec<LegacyWarning>,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LegacyOutcome {
    /// It is an account now, or would be after a run that is no trial.
    Imported,
    /// The number has an account; nothing was changed.
    Already,
    /// Every reason why it was left out.
    Refused(Vec<LegacyReason>),
}

/// A reason why a row is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LegacyReason {
    /// A fault of one column, named as in [`LegacyRow::FIELDS`](super::LegacyRow::FIELDS).
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
    /// A document of a kind that the province does not take: its holder could be helped nowhere.
    KindNotTaken(DocumentKind),
    /// The line cannot be told apart into its cells.
    Line(LegacyBreak),
    /// The same number stands in an earlier row.
    NumberTwice {
        /// The line of the earlier row.
        row: u64,
    },
}

/// Why a line of text cannot be told apart into cells. What stands in it is then nobody's, so that no guess is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LegacyBreak {
    /// A quotation mark that opens a cell is closed nowhere, or only after other people's rows.
    Quote,
    /// More cells than there are headings.
    Columns {
        /// Cells of the line.
        found: usize,
        /// Cells of the line with the headings.
        expected: usize,
    },
    /// The cells are separated by something else than the headings are.
    Separator,
    /// Bytes that belong to no character: what they were cannot be known.
    Bytes,
}

/// What is said of a row that is imported all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LegacyWarning {
    /// The person is imported without a telephone.
    NoMobile(NoMobile),
    /// Blanks beside the Chinese characters of the name were left out.
    BlankDropped,
    /// An old number of 15 digits was brought into its form of 18.
    Upgraded,
    /// The row names no kind of document; the number has the shape of this one alone.
    KindOfShape(DocumentKind),
    /// A number that the sheet shows otherwise than it is stored, taken as it is shown.
    AsShown {
        /// The column.
        field: String,
    },
    /// A cell that is merged with those above it, taken with the value of the first.
    Merged {
        /// The column.
        field: String,
        /// The line of the first cell.
        row: u64,
    },
    /// A text in the place of a number that reads like a date; taken as it stands.
    LooksLikeDate {
        /// The column.
        field: String,
    },
}

/// Why a person has no telephone here. The column may be empty, so that nothing in it keeps a person out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoMobile {
    /// None is given.
    Empty,
    /// A telephone with an area code, or one that is no person's, which gets no messages.
    Landline,
    /// No telephone number.
    Shape,
    /// The cell holds something else than what was typed.
    Cell(LegacyCell),
    /// Other people of the file have it too; a shared one proves nothing about a person.
    Shared {
        /// The first other line.
        row: u64,
    },
    /// It serves another account.
    Taken,
}
