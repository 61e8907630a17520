//! The forms of 调转.

use super::TransferReason;
use crate::fault::{Fault, FieldErrors};
use crate::text::{length, tidy};

/// The most characters of the name of an employer.
const LONGEST_NAME: u32 = 60;
/// The most characters of what the person writes to the bureaus.
const LONGEST_REMARK: u32 = 200;

crate::form! {
    /// A transfer as it is applied for.
    pub struct TransferForm {
        /// 财政局代码 of the destination.
        to,
        /// The key of a [`TransferReason`].
        reason,
        /// 调入单位, where the reason asks for it.
        employer_name,
        /// 备注 to both bureaus; may be empty.
        remark,
        /// `yes` where the promise was ticked.
        agreed,
        /// Names the attempt, so that its repetition has no second effect.
        request_key,
    }
}

crate::form! {
    /// 取消申请.
    pub struct DropTransferForm {
        /// Version of the case as it was seen.
        version,
    }
}

/// What was typed, when nothing is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Why.
    pub reason: TransferReason,
    /// 调入单位; empty where it is not asked.
    pub employer_name: String,
    /// 备注; may be empty.
    pub remark: String,
}

impl TransferForm {
    /// What was typed, by the reasons that fit.
    ///
    /// # Errors
    /// `Missing` or `NotInList` at `reason`, `Missing` or `TooLong` at `employer_name`, `TooLong` at `remark`, `NotAgreed` at `agreed`.
    pub fn check(&self, reasons: &[&TransferReason]) -> Result<Applied, FieldErrors> {
        let mut errors = FieldErrors::default();
        let found = reasons.iter().find(|reason| reason.key == self.reason);
        let reason = match found {
            Some(reason) => Some((*reason).clone()),
            None => errors.note("reason", if self.reason.is_empty() { Fault::Missing } else { Fault::NotInList }),
        };
        let asks = reason.as_ref().is_some_and(|reason| reason.asks_employer);
        let employer_name = if asks { tidy(&self.employer_name) } else { String::new() };
        if asks && employer_name.is_empty() {
            errors.push("employer_name", Fault::Missing);
        }
        if length(&employer_name) > LONGEST_NAME {
            errors.push("employer_name", Fault::TooLong(LONGEST_NAME));
        }
        let remark = self.remark.trim().to_owned();
        if length(&remark) > LONGEST_REMARK {
            errors.push("remark", Fault::TooLong(LONGEST_REMARK));
        }
        if self.agreed != "yes" {
            errors.push("agreed", Fault::NotAgreed);
        }
        match reason {
            Some(reason) => errors.or(Applied { reason, employer_name, remark }),
            None => Err(errors),
        }
    }
}
