//! The case: its status machine, who may do what, verdicts, automatic checks, differences, numbers and urgency.

mod actor;
mod changes;
mod checks;
mod codes;
pub mod forms;
mod number;
pub mod phone_change;
mod refusal;
mod state;
mod urgency;
mod verdict;
pub mod view;

/// How long a case is held for the reviewer who works on it.
pub const HOLD: chrono::Duration = chrono::Duration::minutes(10);

pub use actor::{Actor, Role, Scope, StaffRole, administers, role_in, scope};
pub use changes::{Change, FileChange, changes, file_changes};
pub use checks::{Check, CheckRule, EMPLOYER_PREFIXES, Facts, Level, check};
pub use codes::UnknownCode;
pub(crate) use codes::codes;
pub use number::{case_number, is_case_number};
pub use refusal::Refusal;
pub use state::{Action, CaseKind, Rules, Status, actions, after, offered, permitted};
pub use urgency::{Sla, Urgency, age_in_working_days};
pub use verdict::{Objection, Verdict, Verdicts, decide_approve, decide_return};
