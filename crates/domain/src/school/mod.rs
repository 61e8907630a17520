//! 网校: schools on the net at which people enrol for a learning year, and which report what was learnt there (手册甲 三（二）;
//! docs/adr/0039).

mod address;
mod approval;
pub mod aside;
mod enrol;
pub mod forms;
pub mod missing;
mod progress;
mod ranges;
mod report;
mod ticket;
pub mod view;

#[cfg(test)]
#[cfg(feature = "profiles")]
mod tests;

pub use address::{WebAddress, years_of};
pub use approval::{ApprovalEnd, ApprovalKind, Verdict, verdicts};
pub use enrol::{Held, NotEnrolled, OpenSchool, free_place, may_change, may_enrol};
pub use progress::{Measure, Noting, Progress, ProgressReport, SentProgress, note};
pub use ranges::Ranges;
pub use report::{Cause, Decision, Earlier, Enrolled, Outcome, Report, RowFault, SentRow, decide, decide_named};
pub use ticket::{TICKET_SECONDS, Ticket};

/// Whether a text can be the code of a school; which there are is known to the province.
#[must_use]
pub fn is_code(text: &str) -> bool {
    (2..=32).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Tokens of a school that are good at once: while its programs are moved from one to the next.
pub const MOST_TOKENS: usize = 2;
/// Rows that a school may report at once.
pub const MOST_ROWS: usize = 10_000;
/// Reports of progress that a school may send at once.
pub const MOST_PROGRESS: usize = 500;
