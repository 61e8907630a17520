//! The forms around an account and their checks.

mod purpose;
mod reset;
mod staff;

pub use super::checked::{MobileLogin, PasswordLogin, Registration, ResetProve, ResetStart, SendCode};
use chrono::NaiveDate;
pub use purpose::CodePurpose;
pub use reset::{ResetPasswordForm, ResetProveForm, ResetStartForm};
pub use staff::{BootstrapForm, SecondFactorForm, StaffLoginForm};

use super::password::{PasswordPolicy, document_end};
use crate::fault::{Fault, FieldErrors};
use crate::identity::document::normalise;
use crate::identity::name::person_name;
use crate::identity::{DocumentKind, DocumentNumber, Mobile};
use crate::province::AccountRules;
use crate::text::{length, tidy, tidy_code, tidy_digits};

/// The fields that are never kept when a form is shown again: secrets and what can be used only once.
pub const SECRET_FIELDS: &[&str] =
    &["password", "password_again", "old_password", "captcha", "sms_code", "slider", "document_end"];

/// How many characters of the end of a document number are asked for, where a code alone is not enough.
pub const DOCUMENT_END: u32 = 4;

crate::form! {
    /// 注册 (手册甲 一（一）).
    pub struct RegistrationForm {
        /// 用户名, where the province has one.
        username,
        /// 证件类型, as a code.
        document_kind,
        /// 证件号码, as typed.
        document_number,
        /// 姓名, as on the identity document.
        name,
        /// Exactly as typed.
        password,
        /// The same once more.
        password_again,
        /// 手机号, as typed.
        mobile,
        /// 图形验证码, as read from the picture.
        captcha,
        /// 短信验证码, as typed.
        sms_code,
        /// `yes` when the text of the province is agreed to, where it has one.
        agreed,
    }
}

crate::form! {
    /// 发送验证码. What the purpose does not ask for stays empty.
    pub struct SendCodeForm {
        /// What the code is for, as a word.
        purpose,
        /// 证件号码; empty where the purpose does not ask for it.
        document_number,
        /// 手机号; empty where the account is known.
        mobile,
        /// What the slider answers, where the page has one; empty where the captcha is read.
        slider,
        /// 图形验证码, as read from the picture.
        captcha,
        /// 姓名, where the form has it: what cannot be printed of it is told with the code.
        name,
    }
}

crate::form! {
    /// 证件号登录. Either the slider or the captcha is needed.
    pub struct PasswordLoginForm {
        /// 证件号码, as typed.
        document_number,
        /// Exactly as typed.
        password,
        /// What the slider answers; empty where the captcha is read.
        slider,
        /// 图形验证码, as read from the picture.
        captcha,
    }
}

crate::form! {
    /// 手机登录. Either the slider or the captcha is needed, once: when the code is asked for.
    pub struct MobileLoginForm {
        /// 手机号, as typed.
        mobile,
        /// 短信验证码, as typed.
        sms_code,
        /// The last four characters of 证件号码; empty until they are asked for.
        document_end,
        /// What the slider answers; empty where the captcha is read.
        slider,
        /// 图形验证码, as read from the picture.
        captcha,
    }
}

/// The characters of a picture as compared: half width, in capitals, without blanks.
///
/// # Errors
/// `Missing`.
pub fn captcha(typed: &str) -> Result<String, Fault> {
    let typed = tidy_code(typed);
    if typed.is_empty() { Err(Fault::Missing) } else { Ok(typed) }
}

/// A code of so many digits from a text message.
///
/// # Errors
/// `Missing` or `CodeShape`.
pub fn sms_code(typed: &str, digits: u32) -> Result<String, Fault> {
    let code = tidy_digits(typed);
    match length(&code) {
        0 => Err(Fault::Missing),
        is if is == digits && code.bytes().all(|b| b.is_ascii_digit()) => Ok(code),
        _ => Err(Fault::CodeShape(digits)),
    }
}

/// Gathers faults: the value when it is right, otherwise its fault at the field.
pub(crate) fn take<T>(errors: &mut FieldErrors, field: &str, checked: Result<T, Fault>) -> Option<T> {
    checked.map_err(|fault| errors.push(field, fault)).ok()
}

pub(super) fn present(normalised: String) -> Result<String, Fault> {
    if normalised.is_empty() { Err(Fault::Missing) } else { Ok(normalised) }
}

/// The slider or, instead of it, the captcha. A page that shows the slider always sends it, so that with neither the captcha
/// was asked for.
fn proof(errors: &mut FieldErrors, slider: &str, captcha: &str) -> (String, String) {
    let (slider, captcha) = (tidy(slider), tidy_code(captcha));
    if slider.is_empty() && captcha.is_empty() {
        errors.push("captcha", Fault::Missing);
    }
    (slider, captcha)
}

/// The password and its repetition, compared exactly as typed.
pub(super) fn new_password(errors: &mut FieldErrors, policy: &PasswordPolicy, typed: &str, again: &str, personal: &[&str]) {
    take(errors, "password", policy.check(typed, personal));
    if again.is_empty() {
        errors.push("password_again", Fault::Missing);
    } else if again != typed {
        errors.push("password_again", Fault::PasswordsDiffer);
    }
}

impl RegistrationForm {
    /// Checks everything at once. User name, password and agreement are asked for only where the province has rules for them;
    /// `today` bounds the birth date.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, rules: &AccountRules, today: NaiveDate) -> Result<Registration, FieldErrors> {
        let (mut errors, policy) = (FieldErrors::default(), rules.registration_password());
        let username = rules.username.as_ref().map(|rules| take(&mut errors, "username", rules.check(&self.username)));
        let code = tidy(&self.document_kind);
        let kind = DocumentKind::from_code(&code).filter(|kind| rules.takes(*kind));
        let unknown = if code.is_empty() { Fault::Missing } else { Fault::NotInList };
        let document = match take(&mut errors, "document_kind", kind.ok_or(unknown)) {
            Some(kind) => take(&mut errors, "document_number", DocumentNumber::check(kind, &self.document_number, today)),
            None => {
                take(&mut errors, "document_number", present(normalise(&self.document_number)));
                None
            }
        };
        let name = take(&mut errors, "name", person_name(&self.name));
        let mobile = Mobile::check(&self.mobile);
        let personal = [
            name.as_deref().unwrap_or_default(),
            mobile.as_ref().map(Mobile::as_str).unwrap_or_default(),
            document.as_ref().map(|document| document_end(document.number())).unwrap_or_default(),
            username.as_ref().and_then(Option::as_deref).unwrap_or_default(),
        ];
        if let Some(policy) = policy {
            new_password(&mut errors, policy, &self.password, &self.password_again, &personal);
        }
        let mobile = take(&mut errors, "mobile", mobile);
        let captcha = take(&mut errors, "captcha", captcha(&self.captcha));
        let sms_code = take(&mut errors, "sms_code", sms_code(&self.sms_code, rules.sms.code_digits));
        if rules.agreement.is_some() && self.agreed != "yes" {
            errors.push("agreed", Fault::NotAgreed);
        }
        match (document, name, mobile, captcha, sms_code) {
            (Some(document), Some(name), Some(mobile), Some(captcha), Some(sms_code)) => {
                let (username, password) = (username.flatten(), policy.map(|_| self.password.clone()));
                errors.or(Registration { username, document, name, password, mobile, captcha, sms_code })
            }
            _ => Err(errors),
        }
    }
}

impl SendCodeForm {
    /// Checks the request for a code; where it is on file already, the mobile number of the account is taken and a typed one ignored.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self) -> Result<SendCode, FieldErrors> {
        let mut errors = FieldErrors::default();
        let purpose = take(&mut errors, "purpose", CodePurpose::from_code(&tidy(&self.purpose)).ok_or(Fault::NotInList));
        let number = (purpose == Some(CodePurpose::DocumentLogin)).then(|| present(normalise(&self.document_number)));
        let document_number = number.and_then(|number| take(&mut errors, "document_number", number));
        let mobile = match purpose {
            Some(CodePurpose::PasswordReset | CodePurpose::Activation | CodePurpose::OldMobile) => None,
            _ => take(&mut errors, "mobile", Mobile::check(&self.mobile)),
        };
        // Only the page of 手机登录 has a slider beside it (手册甲 一（二）2).
        let slider = if purpose == Some(CodePurpose::Login) { self.slider.as_str() } else { "" };
        let (slider, captcha) = proof(&mut errors, slider, &self.captcha);
        match purpose {
            Some(purpose) => errors.or(SendCode { purpose, document_number, mobile, slider, captcha }),
            None => Err(errors),
        }
    }
}

impl PasswordLoginForm {
    /// Checks that everything is there. The number is only normalised: whether it exists is not to be told apart.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self) -> Result<PasswordLogin, FieldErrors> {
        let mut errors = FieldErrors::default();
        let document_number = take(&mut errors, "document_number", present(normalise(&self.document_number)));
        let password = take(&mut errors, "password", present(self.password.clone()));
        let (slider, captcha) = proof(&mut errors, &self.slider, &self.captcha);
        match (document_number, password) {
            (Some(document_number), Some(password)) => errors.or(PasswordLogin { document_number, password, slider, captcha }),
            _ => Err(errors),
        }
    }
}

impl MobileLoginForm {
    /// Checks the mobile number and the shape of the code, which has so many `digits`.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, digits: u32) -> Result<MobileLogin, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mobile = take(&mut errors, "mobile", Mobile::check(&self.mobile));
        let sms_code = take(&mut errors, "sms_code", sms_code(&self.sms_code, digits));
        let document_end = normalise(&self.document_end);
        if !document_end.is_empty() && length(&document_end) != DOCUMENT_END {
            errors.push("document_end", Fault::DocumentEnd);
        }
        proof(&mut errors, &self.slider, &self.captcha);
        match (mobile, sms_code) {
            (Some(mobile), Some(sms_code)) => errors.or(MobileLogin { mobile, sms_code, document_end }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
#[path = "forms_tests.rs"]
mod tests;
