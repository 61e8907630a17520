//! 数据导入: results of exams, credits, rewards and penalties that the province has as a file (docs/adr/0040). What stands in a row, and what becomes
//! of a batch; nothing here reads a file.

mod batch;
mod columns;
mod copy;
mod entry;
mod exam;
mod read;
mod reason;
mod row;
#[cfg(test)]
#[cfg(feature = "profiles")]
mod tests;
#[cfg(test)]
#[cfg(feature = "profiles")]
mod tests_entries;
pub mod view;

pub use batch::{ImportAct, ImportOutcome, ImportStage, offered};
pub use columns::{Column, ImportKind};
pub use copy::ImportCopy;
pub use entry::ImportEntry;
pub use exam::{ExamEarns, ExamLink, ExamResult, ExamRules};
pub use reason::ImportReason;
pub use row::{ImportCell, ImportLine, ImportRow, ImportRules};
