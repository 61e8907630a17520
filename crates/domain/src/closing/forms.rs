//! The form of 档案关闭.

use chrono::NaiveDate;

use super::{Closing, ClosingCause};
use crate::fault::{Fault, FieldErrors};
use crate::identity::DocumentKind;
use crate::named::{Named, past};
use crate::text::{length, tidy};

/// Characters of 说明.
const LONGEST_NOTE: u32 = 200;

crate::form! {
    /// A record that a bureau closes, or enters once more after a second person refused it.
    pub struct ClosingForm {
        /// Id of the case that was refused; empty for a new one.
        case,
        /// 证件类型 of the person; not asked again after a refusal.
        document_kind,
        /// 证件号码.
        document_number,
        /// 姓名.
        name,
        /// 关闭原因.
        cause,
        /// The day on which it happened.
        since,
        /// 说明; may be empty.
        note,
        /// Names the attempt, so that its repetition has no second effect.
        request_key,
    }
}

impl ClosingForm {
    /// Everything that is wrong with it, or the closing, with whom it is about where it is entered for the first time.
    ///
    /// # Errors
    /// `Missing`, `NotADate` and `InTheFuture` at `since`, `NotInList` at `cause`, `TooLong` at `note`, and the faults of a document
    /// and a name at their fields.
    pub fn check(&self, kinds: &[DocumentKind], today: NaiveDate) -> Result<(Option<Named>, Closing), FieldErrors> {
        let mut errors = FieldErrors::default();
        let typed = (self.document_kind.as_str(), self.document_number.as_str(), self.name.as_str());
        let of = if self.case.is_empty() { Named::check(typed, kinds, today, &mut errors) } else { None };
        let cause = ClosingCause::from_code(self.cause.trim()).filter(|cause| cause.is_entered());
        let cause = cause.or_else(|| errors.note("cause", Fault::NotInList));
        let since = past("since", &self.since, today, &mut errors);
        let note = tidy(&self.note);
        if length(&note) > LONGEST_NOTE {
            errors.push("note", Fault::TooLong(LONGEST_NOTE));
        }
        match (cause, since) {
            (Some(cause), Some(since)) => errors.or((of, Closing { cause, since, note })),
            _ => Err(errors),
        }
    }
}
