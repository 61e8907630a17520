//! What is left of the forms once they are right. None of these shows a secret in `Debug`.

use super::forms::CodePurpose;
use crate::identity::{DocumentNumber, Mobile};

/// A registration without a fault. `Debug` shows no secret and masks the person.
#[derive(Clone, PartialEq, Eq)]
pub struct Registration {
    /// As [`username_key`](super::username::username_key) has it; `None` where the province has none.
    pub username: Option<String>,
    /// 证件类型 and 证件号码; the number is normalised.
    pub document: DocumentNumber,
    /// As on the identity document.
    pub name: String,
    /// `None` where none was asked for.
    pub password: Option<String>,
    /// Where the code was sent; proven by `sms_code`.
    pub mobile: Mobile,
    /// As typed, in capitals.
    pub captcha: String,
    /// 短信验证码: digits alone.
    pub sms_code: String,
}

crate::shown!(Registration { document, mobile });

/// A request for a code; `mobile` is `None` where the account is known already, `document_number` (normalised) is there
/// exactly for [`CodePurpose::DocumentLogin`].
#[derive(Clone, PartialEq, Eq)]
pub struct SendCode {
    /// A code serves this and nothing else.
    pub purpose: CodePurpose,
    /// Normalised; `None` for every other purpose.
    pub document_number: Option<String>,
    /// `None` where the account is known already.
    pub mobile: Option<Mobile>,
    /// What the slider answered; empty where the captcha was read, and for every purpose but [`CodePurpose::Login`].
    pub slider: String,
    /// 图形验证码, as typed, in capitals; empty where the slider was used.
    pub captcha: String,
}

crate::shown!(SendCode { purpose, mobile });

/// A sign-in by number and password; one of `slider` and `captcha` is not empty.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordLogin {
    /// Normalised like every stored document number.
    pub document_number: String,
    /// Exactly as typed.
    pub password: String,
    /// What the slider answered; empty where the captcha was read.
    pub slider: String,
    /// 图形验证码; empty where the slider was used.
    pub captcha: String,
}

crate::shown!(PasswordLogin);

/// A sign-in by mobile and code; the slider or the captcha was answered when the code was asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct MobileLogin {
    /// The number that the code went to.
    pub mobile: Mobile,
    /// 短信验证码: digits alone.
    pub sms_code: String,
    /// The last four characters of the document number, normalised like the whole; empty where they were not given.
    pub document_end: String,
}

crate::shown!(MobileLogin { mobile });

/// The first step of a reset: whose password, by the normalised number.
#[derive(Clone, PartialEq, Eq)]
pub struct ResetStart {
    /// Normalised like every stored document number.
    pub document_number: String,
    /// 图形验证码, as typed, in capitals.
    pub captcha: String,
}

/// The second step of a reset.
#[derive(Clone, PartialEq, Eq)]
pub struct ResetProve {
    /// 图形验证码, as typed, in capitals.
    pub captcha: String,
    /// 短信验证码: digits alone.
    pub sms_code: String,
}
