//! 信息采集: what was typed, what the rules accept, what is still missing, and what may be changed after a return.

mod answers;
mod asked;
mod attachments;
mod check;
mod checks;
mod credential;
mod display;
mod education;
mod employment;
mod fields;
pub mod forms;
mod items;
mod person;
mod progress;
mod qualification;
#[cfg(test)]
#[cfg(feature = "profiles")]
mod tests;
pub mod view;

pub use answers::{Answers, AnyForm};
pub use asked::{is_asked, is_required};
pub use attachments::attachments_called_for;
pub use check::{Application, Context, Holder, employer_code};
pub use checks::{EMPLOYER_PREFIXES, Facts, check};
pub use credential::{Credential, CredentialForm};
pub use display::display;
pub use education::{Education, EducationForm};
pub use employment::{Employment, EmploymentForm};
pub use fields::{FIELDS, FieldKind, field_kind};
pub use items::{items, keep_locked, may_edit, not_amended, opened};
pub use person::{Person, PersonForm};
pub use progress::{Task, TaskState, next_task, progress};
pub use qualification::{MAX_ROWS, Qualification, QualificationForm, QualificationRow, Qualified};

pub use crate::province::StepKey;
