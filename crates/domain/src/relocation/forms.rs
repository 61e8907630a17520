//! The forms of 跨省调转.

use super::Places;
use crate::case::check_remark;
use crate::fault::{Fault, FieldErrors};

crate::form! {
    /// 跨省调出: where to, and why.
    pub struct DepartureForm {
        /// Key of the place; see [`super::Place`].
        destination,
        /// 调出原因.
        reason,
        /// The tick at the promise; empty where it is not set.
        agreed,
        /// One for each attempt, so that a repeated post has one effect.
        request_key,
    }
}

crate::form! {
    /// 取消申请, naming the version of the case that was seen.
    pub struct DropDepartureForm {
        /// Of the case, as it was seen.
        version,
    }
}

impl DepartureForm {
    /// The reason, where nothing is wrong.
    ///
    /// # Errors
    /// `Missing` and `NotInList` at `destination`, `Missing` and `TooLong` at `reason`, `NotAgreed`.
    pub fn check(&self, places: &Places, own: &str) -> Result<String, FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.destination.is_empty() {
            errors.push("destination", Fault::Missing);
        } else if !places.but(own).any(|place| place.key == self.destination) {
            errors.push("destination", Fault::NotInList);
        }
        let reason = match check_remark(&self.reason) {
            Ok(reason) if reason.is_empty() => {
                errors.push("reason", Fault::Missing);
                reason
            }
            Ok(reason) => reason,
            Err(fault) => {
                for error in fault.0 {
                    errors.push("reason", error.fault);
                }
                String::new()
            }
        };
        if self.agreed != "yes" {
            errors.push("agreed", Fault::NotAgreed);
        }
        errors.or(reason)
    }
}
