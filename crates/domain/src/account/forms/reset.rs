//! The three forms of 忘记密码.

use super::{captcha, new_password, present, sms_code, take};
use crate::account::checked::{ResetProve, ResetStart};
use crate::account::password::PasswordPolicy;
use crate::fault::FieldErrors;
use crate::identity::document::normalise;

crate::form! {
    /// 忘记密码, first step.
    pub struct ResetStartForm {
        /// 证件号码, as typed.
        document_number,
        /// 图形验证码, as read from the picture.
        captcha,
    }
}

crate::form! {
    /// 忘记密码, second step.
    pub struct ResetProveForm {
        /// 图形验证码, as read from the picture.
        captcha,
        /// 短信验证码, as typed.
        sms_code,
    }
}

crate::form! {
    /// 忘记密码, third step.
    pub struct ResetPasswordForm {
        /// Exactly as typed.
        password,
        /// The same once more.
        password_again,
    }
}

impl ResetStartForm {
    /// Checks that number and captcha are there.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self) -> Result<ResetStart, FieldErrors> {
        let mut errors = FieldErrors::default();
        let document_number = take(&mut errors, "document_number", present(normalise(&self.document_number)));
        let captcha = take(&mut errors, "captcha", captcha(&self.captcha));
        match (document_number, captcha) {
            (Some(document_number), Some(captcha)) => Ok(ResetStart { document_number, captcha }),
            _ => Err(errors),
        }
    }
}

impl ResetProveForm {
    /// Checks the captcha and the shape of the code, which has so many `digits`.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, digits: u32) -> Result<ResetProve, FieldErrors> {
        let mut errors = FieldErrors::default();
        let captcha = take(&mut errors, "captcha", captcha(&self.captcha));
        let sms_code = take(&mut errors, "sms_code", sms_code(&self.sms_code, digits));
        match (captcha, sms_code) {
            (Some(captcha), Some(sms_code)) => Ok(ResetProve { captcha, sms_code }),
            _ => Err(errors),
        }
    }
}

impl ResetPasswordForm {
    /// The new password. `personal` are the words of the account that it must not hold (see [`PasswordPolicy::check`]).
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, policy: &PasswordPolicy, personal: &[&str]) -> Result<String, FieldErrors> {
        let mut errors = FieldErrors::default();
        new_password(&mut errors, policy, &self.password, &self.password_again, personal);
        errors.or(self.password.clone())
    }
}
