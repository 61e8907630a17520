//! The forms of 单位确认.

use super::Said;
use crate::fault::{Fault, FieldErrors};
use crate::identity::CreditCode;
use crate::text::{length, tidy};

/// Characters of the reason of a refusal.
const LONGEST_REASON: u32 = 100;

crate::form! {
    /// 请单位确认.
    pub struct AskForm {
        /// 统一社会信用代码.
        code,
    }
}

crate::form! {
    /// The person takes a question back.
    pub struct WithdrawForm {
        /// What names the confirmation.
        confirmation,
    }
}

crate::form! {
    /// What the administrator says.
    pub struct AnswerForm {
        /// The code of [`Said::Confirmed`] or [`Said::Refused`].
        answer,
        /// Why not; of a refusal alone.
        reason,
    }
}

impl AskForm {
    /// The employer that is asked.
    ///
    /// # Errors
    /// Those of [`CreditCode::check`] at `code`.
    pub fn check(&self) -> Result<CreditCode, FieldErrors> {
        CreditCode::check(&self.code).map_err(|fault| FieldErrors::one("code", fault))
    }
}

impl AnswerForm {
    /// What is said, and of a refusal why; the reason of a confirmation is empty.
    ///
    /// # Errors
    /// `NotInList` at `answer`, `Missing` and `TooLong` at `reason`.
    pub fn check(&self) -> Result<(Said, String), FieldErrors> {
        match Said::from_code(&self.answer) {
            Some(Said::Confirmed) => Ok((Said::Confirmed, String::new())),
            Some(Said::Refused) => {
                let reason = tidy(&self.reason);
                match length(&reason) {
                    0 => Err(FieldErrors::one("reason", Fault::Missing)),
                    1..=LONGEST_REASON => Ok((Said::Refused, reason)),
                    _ => Err(FieldErrors::one("reason", Fault::TooLong(LONGEST_REASON))),
                }
            }
            Some(Said::Withdrawn) | None => Err(FieldErrors::one("answer", Fault::NotInList)),
        }
    }
}
