//! What is asked from outside the login, and decided by two persons of the bureau: 手机号更换申请 (手册乙 9; domain.md 5.8; security.md 1.1),
//! told to the old number, which can object by a link until the change takes effect; and 账号申诉 of whoever holds the document.

mod appeal;
mod apply;
mod kind;
mod object;
mod open;
mod settle;
#[cfg(test)]
pub(crate) mod stories;
mod way;

pub(crate) use appeal::Appeal;
pub(crate) use kind::PhoneChange;

pub use apply::{Offered, appeal, change_phone};
pub use object::object;
pub use settle::settle_phone_changes;

use domain::province::PhoneChangeRules;
use serde::{Deserialize, Serialize};

use crate::case::SubmittedFile;
use crate::{Failure, Visit};

/// What was applied for, as it lies sealed in the submission; it is never edited.
#[derive(Clone, Serialize, Deserialize)]
struct PhoneChangeBody {
    pub name: String,
    pub document_kind: String,
    pub document_number: String,
    /// The number on file at that time.
    pub old_mobile: String,
    pub new_mobile: String,
    pub note: String,
    /// The address of the objection, for further messages to the old number.
    pub link: String,
    pub files: Vec<SubmittedFile>,
}

/// The rules of the province; where it has none there is no such thing.
fn rules(visit: &Visit) -> Result<PhoneChangeRules, Failure> {
    visit.province.profile.phone_change.ok_or(Failure::NotFound)
}
