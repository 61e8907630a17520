//! What is left of the forms once they are right. None of these shows a secret in `Debug`.

use std::fmt;

use super::forms::CodePurpose;
use crate::identity::{DocumentNumber, Mobile};

/// A registration without a fault. `Debug` shows no secret and masks the person.
#[derive(Clone, PartialEq, Eq)]
pub struct Registration {
    pub document: DocumentNumber,
    pub name: String,
    /// `None` where none was asked for.
    pub password: Option<String>,
    pub mobile: Mobile,
    /// As typed, in capitals.
    pub captcha: String,
    pub sms_code: String,
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration").field("document", &self.document).field("mobile", &self.mobile).finish_non_exhaustive()
    }
}

/// A request for a code; `mobile` is `None` where the account is known already, `document_number` (normalised) is there
/// exactly for [`CodePurpose::DocumentLogin`].
#[derive(Clone, PartialEq, Eq)]
pub struct SendCode {
    pub purpose: CodePurpose,
    pub document_number: Option<String>,
    pub mobile: Option<Mobile>,
    pub captcha: String,
}

impl fmt::Debug for SendCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendCode").field("purpose", &self.purpose).field("mobile", &self.mobile).finish_non_exhaustive()
    }
}

/// A sign-in by number and password; one of `slider` and `captcha` is not empty.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordLogin {
    /// Normalised like every stored document number.
    pub document_number: String,
    pub password: String,
    pub slider: String,
    pub captcha: String,
}

impl fmt::Debug for PasswordLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordLogin").finish_non_exhaustive()
    }
}

/// A sign-in by mobile and code; one of `slider` and `captcha` is not empty.
#[derive(Clone, PartialEq, Eq)]
pub struct MobileLogin {
    pub mobile: Mobile,
    pub sms_code: String,
    pub slider: String,
    pub captcha: String,
}

impl fmt::Debug for MobileLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MobileLogin").field("mobile", &self.mobile).finish_non_exhaustive()
    }
}

/// The first step of a reset: whose password, by the normalised number.
#[derive(Clone, PartialEq, Eq)]
pub struct ResetStart {
    pub document_number: String,
    pub captcha: String,
}

/// The second step of a reset.
#[derive(Clone, PartialEq, Eq)]
pub struct ResetProve {
    pub captcha: String,
    pub sms_code: String,
}
