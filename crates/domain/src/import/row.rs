use chrono::NaiveDate;

use super::columns::ImportKind;
use super::copy::ImportCopy;
use super::entry::ImportEntry;
use super::exam::ExamResult;
use super::read::Reading;
use super::reason::ImportReason;
use crate::account::legacy::{LegacyBreak, LegacyCell, LegacyName};
use crate::identity::DocumentNumber;
use crate::integrity::{IntegrityRules, Laws};
use crate::learning::{Credits, LearningRules, Subject};
use crate::province::{DocumentOption, Lists, Province};
use crate::text::tidy;

/// A cell as text, and what the sheet knows of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportCell {
    /// What stands there.
    pub text: String,
    /// What it is, where that is something else than what was typed.
    pub known: Option<LegacyCell>,
}

/// A line of a file: its cells in the order of [`ImportKind::columns`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportLine {
    /// Counted from 1 as an editor or a spreadsheet counts.
    pub number: u64,
    /// By column; fewer where the last ones are empty.
    pub cells: Vec<ImportCell>,
    /// Why it cannot be told apart into cells.
    pub broken: Option<LegacyBreak>,
}

/// What rows are checked against.
#[derive(Clone, Copy, Debug)]
pub struct ImportRules<'a> {
    /// The rules of 继续教育.
    pub learning: &'a LearningRules,
    /// The rules of 诚信, where the province has that.
    pub integrity: Option<&'a IntegrityRules>,
    /// Every version of the law that punishes.
    pub laws: &'a Laws,
    /// The province, whose form and bureaus a record is read by.
    pub province: &'a Province,
    /// The common lists.
    pub lists: &'a Lists,
    /// The kinds of documents that the province takes.
    pub kinds: &'a [DocumentOption],
    /// No date is later.
    pub today: NaiveDate,
}

/// A row without a fault. `Debug` masks the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// 姓名.
    pub name: LegacyName,
    /// 证件号码.
    pub document: DocumentNumber,
    /// 继续教育年度; of an exam that gives no credits, the year of the exam.
    pub year: i32,
    /// 科目类别.
    pub subject: Subject,
    /// What it gives; nothing where it gives no credits.
    pub amount: Credits,
    /// The rule and its version; empty where it gives no credits.
    pub rule: String,
    /// The reckoning, as it is shown.
    pub arithmetic: String,
    /// Which date decided the learning year, in words; empty where none did.
    pub decided: String,
    /// Two rows of one person with the same are the same.
    pub same: String,
    /// What makes it the same as a conversion by application; empty for none.
    pub converts: String,
    /// 网校 as it is named, and the number of the row there; empty but for a school.
    pub school: (String, String),
    /// When it was learnt; `None` for an exam.
    pub completed_on: Option<NaiveDate>,
    /// The result of an exam.
    pub exam: Option<ExamResult>,
    /// The reward or the penalty.
    pub entry: Option<ImportEntry>,
    /// The record.
    pub copy: Option<ImportCopy>,
    /// What is said of it, though it is imported.
    pub said: Vec<ImportReason>,
}

impl ImportLine {
    /// A line of plain text in its cells.
    #[must_use]
    pub fn of(number: u64, cells: &[&str]) -> Self {
        let cell = |text: &&str| ImportCell { text: (*text).to_owned(), known: None };
        Self { number, cells: cells.iter().map(cell).collect(), broken: None }
    }

    /// Whether nothing stands in the line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.broken.is_none() && self.cells.iter().all(|cell| cell.known.is_none() && tidy(&cell.text).is_empty())
    }

    /// The text of a column, as it stands there; empty for none.
    #[must_use]
    pub fn text(&self, kind: ImportKind, field: &str) -> &str {
        let at = kind.columns().iter().position(|column| column.field == field);
        at.and_then(|at| self.cells.get(at)).map(|cell| cell.text.as_str()).unwrap_or_default()
    }

    /// Checks everything at once.
    ///
    /// # Errors
    /// Every reason, in the order of the columns.
    pub fn check(&self, kind: ImportKind, rules: &ImportRules<'_>) -> Result<ImportRow, Vec<ImportReason>> {
        if let Some(broken) = self.broken {
            return Err(vec![ImportReason::Line(broken)]);
        }
        let mut reading = Reading::of(self, kind, rules);
        let who = reading.who();
        let row = match kind {
            ImportKind::Exam => reading.exam(who),
            ImportKind::Public | ImportKind::School | ImportKind::History => reading.credits(who),
            ImportKind::Reward => reading.reward(who),
            ImportKind::Penalty => reading.penalty(who),
            ImportKind::Record => reading.copy(who),
        };
        row.filter(|_| reading.reasons.is_empty()).ok_or(reading.reasons)
    }
}
