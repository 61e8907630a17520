//! What a person or a reviewer writes in words of their own: reasons, and remarks to the other side.

use crate::fault::{Fault, FieldErrors};

const SHORTEST: u32 = 2;
/// The longest reason or remark, in characters.
pub const LONGEST_REMARK: u32 = 200;

/// A reason of 2 to 200 characters, counted without the spaces around it.
pub(super) fn reason_fault(reason: &str) -> Option<Fault> {
    match length(reason) {
        0 => Some(Fault::ReasonMissing),
        1 => Some(Fault::TooShort(SHORTEST)),
        length if length > LONGEST_REMARK => Some(Fault::TooLong(LONGEST_REMARK)),
        _ => None,
    }
}

/// A reason that has to be given: 2 to 200 characters. Answers it without the spaces around it.
///
/// # Errors
/// `ReasonMissing`, `TooShort`, `TooLong`.
pub fn check_reason(reason: &str) -> Result<String, Fault> {
    reason_fault(reason).map_or_else(|| Ok(reason.trim().to_owned()), Err)
}

/// 备注 of the person to the reviewer: nothing, or up to 200 characters. Answers it without the spaces around it.
///
/// # Errors
/// `TooLong` at `remark`.
pub fn check_remark(remark: &str) -> Result<String, FieldErrors> {
    match length(remark) {
        length if length > LONGEST_REMARK => Err(FieldErrors::one("remark", Fault::TooLong(LONGEST_REMARK))),
        _ => Ok(remark.trim().to_owned()),
    }
}

/// 内容无误: why a rejected item is right as it is, in 2 to 200 characters. Answers it without the spaces around it.
///
/// # Errors
/// `Missing`, `TooShort` or `TooLong` at `remark`.
pub fn check_explanation(remark: &str) -> Result<String, FieldErrors> {
    match reason_fault(remark) {
        Some(Fault::ReasonMissing) => Err(FieldErrors::one("remark", Fault::Missing)),
        Some(fault) => Err(FieldErrors::one("remark", fault)),
        None => Ok(remark.trim().to_owned()),
    }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.trim().chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_may_be_left_out_and_an_explanation_may_not() {
        let fault = |result: Result<String, FieldErrors>| result.err().and_then(|errors| errors.of("remark").cloned());
        assert_eq!(check_remark("  "), Ok(String::new()));
        assert_eq!(check_remark(" 已补交 "), Ok("已补交".to_owned()));
        assert_eq!(fault(check_remark(&"字".repeat(201))), Some(Fault::TooLong(200)));
        assert_eq!(fault(check_explanation(" ")), Some(Fault::Missing));
        assert_eq!(fault(check_explanation("对")), Some(Fault::TooShort(2)));
        assert_eq!(check_explanation(" 与学位证书一致 "), Ok("与学位证书一致".to_owned()));
    }
}
