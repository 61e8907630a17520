//! The forms of 单位管理.

use crate::fault::FieldErrors;
use crate::identity::CreditCode;
use crate::identity::credit_code::check_unit;

crate::form! {
    /// A new claim.
    pub struct ClaimForm {
        /// 统一社会信用代码.
        code,
        /// 单位名称.
        name,
    }
}

crate::form! {
    /// 提交 of a claim, with what it is about as it stands on the page.
    pub struct HandInForm {
        /// Id of the case.
        case,
        /// 统一社会信用代码.
        code,
        /// 单位名称.
        name,
        /// `yes` where the promise was ticked.
        agreed,
        /// Names the attempt, so that its repetition has no second effect.
        request_key,
    }
}

crate::form! {
    /// 删除 of a claim that is a draft, waits or was returned.
    pub struct DropClaimForm {
        /// Id of the case.
        case,
        /// Version of the case as it was seen.
        version,
    }
}

crate::form! {
    /// What is said of an employment: by the person as [`Consent`](super::Consent), by the manager as [`Vouched`](super::Vouched).
    pub struct EmploymentForm {
        /// Id of the employment.
        employment,
        /// The code of what is said.
        act,
    }
}

crate::form! {
    /// Whoever manages an employer gives it up.
    pub struct ResignForm {
        /// What names the manager.
        manager,
    }
}

/// An employer as it is claimed, without a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// 统一社会信用代码.
    pub code: CreditCode,
    /// 单位名称.
    pub name: String,
}

/// Everything that is wrong with an employer as it was typed, or what it is.
///
/// # Errors
/// Those of [`CreditCode::check`] at `code`; `Missing`, `TooShort` and `TooLong` at `name`.
pub fn check_claim(code: &str, name: &str) -> Result<Claimed, FieldErrors> {
    let (code, name) = check_unit(code, name)?;
    Ok(Claimed { code, name })
}
