//! The case, whatever it is about: kinds, the status machine, who may do what, verdicts, findings, differences, numbers and
//! urgency. It knows no line of business; each line knows it.

mod actor;
mod beside;
mod changes;
mod check;
mod codes;
mod entered;
mod kind;
mod late;
mod mark;
mod moment;
mod number;
mod power;
mod refusal;
mod remark;
mod section;
mod stage;
mod state;
mod urgency;
mod verdict;
pub mod view;
mod waited;

/// How long a case is held for the reviewer who works on it.
pub const HOLD: chrono::Duration = chrono::Duration::minutes(10);

pub use actor::{Actor, Machine, MachineKind, Member, Role, Scope, StaffRole, calling, holder, role_in, scope};
pub use beside::Beside;
pub use changes::{Change, FileChange, changes, file_changes};
pub use check::{Check, CheckRule, Level};
pub use codes::UnknownCode;
pub(crate) use codes::codes;
pub use entered::{EnteredLine, EnteredView};
pub use kind::{CaseKind, Judged, KindRules, Seat};
pub use late::Late;
pub use mark::{Mark, place_on};
pub use moment::{Moment, MomentKind, newest_moments};
pub use number::{case_number, is_case_number};
pub use power::{Power, powers, powers_of_machine};
pub use refusal::Refusal;
pub use remark::{LONGEST_REMARK, check_explanation, check_reason, check_remark};
pub use section::{Row, Section};
pub use stage::{Reached, stages, stages_of};
pub use state::{Action, Status, actions, after, offered, permitted};
pub use urgency::{Sla, Urgency, age_in_working_days};
pub use verdict::{Objection, Verdict, Verdicts, decide_approve, decide_return};
pub use waited::{FEWEST_CASES, WAITED_DAYS, Waits, waited};
