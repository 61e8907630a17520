//! 账号设置: what somebody who is signed in can change about the own account, and what the pages show of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::forms::{captcha, new_password, present, sms_code, take};
use super::password::PasswordPolicy;
use crate::answer::Flash;
use crate::fault::FieldErrors;
use crate::identity::{Mobile, contact};

crate::form! {
    /// 修改登录密码.
    pub struct ChangePasswordForm {
        /// The present one, exactly as typed.
        old_password,
        /// Exactly as typed.
        password,
        /// The same once more.
        password_again,
    }
}

crate::form! {
    /// 更换手机号码, second step: the new number. The first one is the code of the old number.
    pub struct NewMobileForm {
        /// 手机号, as typed.
        mobile,
        /// 图形验证码, as read from the picture.
        captcha,
        /// 短信验证码: digits alone.
        sms_code,
    }
}

crate::form! {
    /// 电子邮箱 of the account: another one, or none any more.
    pub struct EmailForm {
        /// As typed.
        email,
        /// The present password, exactly as typed; empty where the account has none.
        old_password,
        /// `remove` to have none any more.
        act,
    }
}

/// Another password, and the present one that it takes.
#[derive(Clone, PartialEq, Eq)]
pub struct ChangePassword {
    /// Exactly as typed.
    pub old_password: String,
    /// Exactly as typed.
    pub password: String,
}

crate::shown!(ChangePassword);

/// Another 电子邮箱.
#[derive(Clone, PartialEq, Eq)]
pub struct ChangeEmail {
    /// `None` to have none any more.
    pub email: Option<String>,
    /// Exactly as typed.
    pub old_password: String,
}

crate::shown!(ChangeEmail);

/// Another mobile number, proven by the code that went there.
#[derive(Clone, PartialEq, Eq)]
pub struct NewMobile {
    /// The number that the code went to.
    pub mobile: Mobile,
    /// 短信验证码: digits alone.
    pub sms_code: String,
}

crate::shown!(NewMobile { mobile });

impl ChangePasswordForm {
    /// Checks the new password by the policy of the province; `personal` must not stand in it.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, policy: &PasswordPolicy, personal: &[&str]) -> Result<ChangePassword, FieldErrors> {
        let mut errors = FieldErrors::default();
        take(&mut errors, "old_password", present(self.old_password.clone()));
        new_password(&mut errors, policy, &self.password, &self.password_again, personal);
        errors.or(ChangePassword { old_password: self.old_password.clone(), password: self.password.clone() })
    }
}

impl EmailForm {
    /// Checks the address as the form of the intake does, and that the password was given where one is asked for.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, asks_password: bool) -> Result<ChangeEmail, FieldErrors> {
        let mut errors = FieldErrors::default();
        let email = match self.act.as_str() {
            "remove" => None,
            _ => take(&mut errors, "email", contact::email(&self.email)),
        };
        if asks_password {
            take(&mut errors, "old_password", present(self.old_password.clone()));
        }
        errors.or(ChangeEmail { email, old_password: self.old_password.clone() })
    }
}

impl NewMobileForm {
    /// Checks the new number and the shape of its code, which has so many `digits`.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, digits: u32) -> Result<NewMobile, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mobile = take(&mut errors, "mobile", Mobile::check(&self.mobile));
        take(&mut errors, "captcha", captcha(&self.captcha));
        let sms_code = take(&mut errors, "sms_code", sms_code(&self.sms_code, digits));
        match (mobile, sms_code) {
            (Some(mobile), Some(sms_code)) => errors.or(NewMobile { mobile, sms_code }),
            _ => Err(errors),
        }
    }
}

/// 账号设置.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    /// Masked.
    pub mobile: String,
    /// Whether the number is changed here, and not at the identity service.
    pub has_own_mobile: bool,
    /// Whether the account has a password that can be changed here.
    pub has_password: bool,
    /// 电子邮箱, masked, and empty while there is none; `None` where the province asks nobody for one.
    pub email: Option<String>,
    /// Whether reminders come by SMS too.
    pub reminds_by_sms: bool,
    /// Where somebody is signed in to the account, this window first.
    pub sessions: Vec<SessionView>,
}

/// The page on which the 电子邮箱 is changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EmailView {
    /// Masked; empty while there is none.
    pub email: String,
    /// Whether the present password is asked for.
    pub asks_password: bool,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}

/// Somewhere that an account is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// Whether it is the window that looks.
    pub is_this: bool,
    /// Whether a clerk fills in there for the person.
    pub is_acting: bool,
    /// Network address of the browser; of IPv6 its /64 network.
    pub address: String,
    /// When somebody signed in, in UTC.
    pub begun_at: DateTime<Utc>,
    /// When it was last used, in UTC, to the minute.
    pub seen_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Fault;

    #[test]
    fn an_email_address_is_checked_unless_it_is_removed_and_the_password_wanted_where_there_is_one() {
        let form = |email: &str, old_password: &str, act: &str| EmailForm {
            email: email.into(),
            old_password: old_password.into(),
            act: act.into(),
        };
        let faults = |form: EmailForm, asks_password| {
            let faults = form.check(asks_password).unwrap_err();
            ["email", "old_password"].map(|field| faults.of(field).cloned())
        };
        assert_eq!(faults(form("", "", ""), true), [Some(Fault::Missing), Some(Fault::Missing)]);
        assert_eq!(faults(form("nobody", "x", ""), true), [Some(Fault::Email), None]);
        assert_eq!(faults(form("", "", "remove"), true), [None, Some(Fault::Missing)]);
        let email = |form: EmailForm| form.check(false).unwrap().email;
        assert_eq!(email(form(" Zhang＠Example.com ", "", "")).as_deref(), Some("Zhang@example.com"));
        assert_eq!(email(form("zhang@example.com", "", "remove")), None);
    }

    #[test]
    fn a_new_number_needs_all_three_and_says_which_is_missing() {
        let faults = NewMobileForm::default().check(6).unwrap_err();
        for field in ["mobile", "captcha", "sms_code"] {
            assert_eq!(faults.of(field), Some(&Fault::Missing), "{field}");
        }
        let form =
            NewMobileForm { mobile: "139 1234 5678".into(), captcha: "ab12".into(), sms_code: "１２３４５６".into() };
        let asked = form.check(6).unwrap();
        assert_eq!((asked.mobile.as_str(), asked.sms_code.as_str()), ("13912345678", "123456"));
    }
}
