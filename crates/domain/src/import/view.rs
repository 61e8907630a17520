//! What people see of imports.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::batch::{ImportAct, ImportStage};
use super::columns::ImportKind;
use super::exam::{ExamLink, ExamResult};
use super::reason::ImportReason;
use crate::learning::Credits;

/// How many rows became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// About somebody who has an account.
    pub ready: i64,
    /// About somebody who may register later.
    pub later: i64,
    /// There before.
    pub repeated: i64,
    /// Wrong.
    pub refused: i64,
}

/// A batch in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportBatchLine {
    /// Its id.
    pub id: String,
    /// What it holds.
    pub kind: ImportKind,
    /// 批次编号.
    pub key: String,
    /// What the file was called.
    pub file_name: String,
    /// Where it stands.
    pub stage: ImportStage,
    /// When it came, in UTC.
    pub at: DateTime<Utc>,
}

/// A batch, as an administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportBatchView {
    /// Which it is.
    pub line: ImportBatchLine,
    /// The one that was seen.
    pub version: i64,
    /// Who handed it in; empty for whoever runs the server.
    pub by: String,
    /// Who asked for what waits; empty where nothing does.
    pub asker: String,
    /// Why the file cannot be read; may be empty.
    pub note: String,
    /// How many rows there are, and how many were looked at.
    pub rows: (i64, i64),
    /// How many of the rows are settled with the certificates, since it took effect or was taken back.
    pub settled: i64,
    /// What becomes of them.
    pub counts: ImportCounts,
    /// When it took effect, in UTC.
    pub effective_at: Option<DateTime<Utc>>,
    /// What can be done about it.
    pub acts: Vec<ImportAct>,
    /// Whether whoever is looking gets the file as it came.
    pub has_file: bool,
    /// The first rows of which something is said.
    pub said: Vec<ImportSaid>,
}

/// A row of which something is said. Numbers are masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportSaid {
    /// The line of the file.
    pub line: i64,
    /// 姓名, as it stands there.
    pub name: String,
    /// 证件号码, masked.
    pub number: String,
    /// What becomes of it, as a code.
    pub outcome: super::ImportOutcome,
    /// What it gives.
    pub amount: Credits,
    /// What is said of it.
    pub reasons: Vec<ImportReason>,
}

/// The results of the own exams.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamsView {
    /// What an amount of credits is called.
    pub unit: String,
    /// What people do to have something counted: 折算, 抵免.
    pub converting: String,
    /// The newest first.
    pub lines: Vec<ExamLine>,
    /// 考试报名, 成绩查询.
    pub links: Vec<ExamLink>,
    /// What the results show and the record does not, and what a change of the record is called.
    pub offers: (String, Vec<ExamOffer>),
}

/// A 专业技术资格 that stands above what is on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamOffer {
    /// 级别, as the result calls it.
    pub name: String,
    /// Its code, and the number of the certificate.
    pub filled: (String, String),
}

/// A result, and what was booked for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamLine {
    /// The result.
    pub result: ExamResult,
    /// 继续教育年度 and what it gave; `None` for nothing.
    pub credits: Option<(i32, Credits)>,
}
