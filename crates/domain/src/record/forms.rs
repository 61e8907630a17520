//! The forms of 个人档案 and 证照库.

use chrono::NaiveDate;

use crate::date::parse_date;
use crate::fault::{Fault, FieldErrors};
use crate::text::tidy;

crate::form! {
    /// 仍然正确 (定期核对).
    pub struct SureForm {
        /// The version of the record that is right.
        version,
    }
}

crate::form! {
    /// 删除 of a paper.
    pub struct PaperForm {
        /// Id of a file of it.
        paper,
    }
}

crate::form! {
    /// A paper that is used in another slot.
    pub struct ReuseForm {
        /// Id of a file of it.
        paper,
        /// Id of the case of the slot.
        case,
        /// Key of the slot.
        slot,
    }
}

crate::form! {
    /// 有效期至 of a paper.
    pub struct ExpiryForm {
        /// Id of a file of it.
        paper,
        /// As typed; empty for a paper that does not end, or of which nobody knows.
        expires_on,
    }
}

/// The last day of a paper as typed; `None` for none.
///
/// # Errors
/// `NotADate` at `expires_on`.
pub fn check_expiry(typed: &str) -> Result<Option<NaiveDate>, FieldErrors> {
    match tidy(typed).as_str() {
        "" => Ok(None),
        typed => parse_date(typed).map(Some).ok_or_else(|| FieldErrors::one("expires_on", Fault::NotADate)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_of_a_paper_is_a_date_or_nothing() {
        for (typed, expected) in
            [("", Some(None)), ("  ", Some(None)), ("20301231", Some("2030-12-31".parse().ok())), ("2030-02-30", None)]
        {
            assert_eq!(check_expiry(typed).ok(), expected, "{typed}");
        }
    }
}
