//! 信息采集: what was typed, what the rules accept, what is still missing, and what may be changed after a return.

mod across;
mod answers;
mod asked;
mod attachments;
mod back;
mod check;
mod checks;
mod display;
mod earned;
mod fields;
pub mod forms;
mod item;
mod items;
mod kit;
mod level;
mod progress;
#[cfg(test)]
#[cfg(feature = "profiles")]
mod tests;
pub mod view;

pub use answers::{Answers, StepForm};
pub use asked::{is_asked, is_required, label_now};
pub use attachments::attachments_called_for;
pub(crate) use attachments::called_for;
pub use back::Back;
pub use check::{Application, Context, Employer, Holder, employer_code};
pub use checks::{EMPLOYER_PREFIXES, Facts, check, doubts};
pub use display::display;
pub use earned::with_earned;
pub use fields::{FIELDS, Field, FieldKind, field_kind, fields_of};
pub use item::{Item, MAX_ROWS};
pub use items::{items, keep_locked, may_edit, not_amended, opened};
pub use kit::{asks_division, leaned_on, lists_of};
pub use level::{duty_dates, highest_qualification};
pub use progress::{Task, TaskState, next_task, progress};

pub use crate::province::StepKey;
