//! 数据导入: results of exams and credits that the province has as a file (docs/adr/0040). What stands in a row, and what becomes
//! of a batch; nothing here reads a file.

mod batch;
mod columns;
mod exam;
mod read;
mod reason;
mod row;
#[cfg(test)]
#[cfg(feature = "profiles")]
mod tests;
pub mod view;

pub use batch::{ImportAct, ImportOutcome, ImportStage, offered};
pub use columns::{Column, ImportKind};
pub use exam::{ExamEarns, ExamLink, ExamResult, ExamRules};
pub use reason::ImportReason;
pub use row::{ImportCell, ImportLine, ImportRow, ImportRules};
