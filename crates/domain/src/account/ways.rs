//! The forms of the ways to an account that not every province has: by number and telephone, by name, 原有用户设置密码.

use super::checked::PasswordLogin;
use super::forms::{PasswordLoginForm, captcha, present, sms_code, take};
use super::username::username_key;
use crate::fault::FieldErrors;
use crate::identity::Mobile;
use crate::identity::document::normalise;
use crate::identity::name::known_name;

crate::form! {
    /// 登录 without a password (手册乙 1.2): number, telephone, picture and code.
    pub struct DocumentLoginForm {
        /// 证件号码, as typed.
        document_number,
        /// 手机号, as typed.
        mobile,
        /// 图形验证码, as read from the picture.
        captcha,
        /// 短信验证码: digits alone.
        sms_code,
    }
}

crate::form! {
    /// 登录 with the name beside number and password (手册丙 4). Either the slider or the captcha is needed.
    pub struct NameLoginForm {
        /// 姓名, as on the identity document.
        name,
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
    /// 登录 with a user name or the document number, and the password. Either the slider or the captcha is needed.
    pub struct UsernameLoginForm {
        /// 用户名 or 证件号码, as typed.
        username,
        /// Exactly as typed.
        password,
        /// What the slider answers; empty where the captcha is read.
        slider,
        /// 图形验证码, as read from the picture.
        captcha,
    }
}

crate::form! {
    /// 原有用户设置密码, first step (手册丙 2).
    pub struct ActivateForm {
        /// 姓名, as on the identity document.
        name,
        /// 证件号码, as typed.
        document_number,
        /// 图形验证码, as read from the picture.
        captcha,
    }
}

/// A sign-in by document number, mobile and code.
#[derive(Clone, PartialEq, Eq)]
pub struct DocumentLogin {
    /// Normalised like every stored document number.
    pub document_number: String,
    /// The number that the code went to.
    pub mobile: Mobile,
    /// 图形验证码, as typed, in capitals.
    pub captcha: String,
    /// 短信验证码: digits alone.
    pub sms_code: String,
}

crate::shown!(DocumentLogin { mobile });

/// A sign-in by name, document number and password.
#[derive(Clone, PartialEq, Eq)]
pub struct NameLogin {
    /// As [`known_name`] has it: to be compared, never stored.
    pub name: String,
    /// The rest of the form: number, password, slider or captcha.
    pub login: PasswordLogin,
}

crate::shown!(NameLogin);

/// A sign-in by user name or document number, and password.
#[derive(Clone, PartialEq, Eq)]
pub struct UsernameLogin {
    /// As [`username_key`] has what was typed.
    pub username: String,
    /// What was typed as a number, with the rest of the form: password, slider or captcha.
    pub login: PasswordLogin,
}

crate::shown!(UsernameLogin);

/// The first step of an activation: whose account, by what anybody may know.
#[derive(Clone, PartialEq, Eq)]
pub struct Activate {
    /// As [`known_name`] has it: to be compared, never stored.
    pub name: String,
    /// Normalised like every stored document number.
    pub document_number: String,
    /// 图形验证码, as typed, in capitals.
    pub captcha: String,
}

crate::shown!(Activate);

impl DocumentLoginForm {
    /// Checks that the number is there, the mobile number, and the shape of the code, which has so many `digits`.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, digits: u32) -> Result<DocumentLogin, FieldErrors> {
        let mut errors = FieldErrors::default();
        let document_number = take(&mut errors, "document_number", present(normalise(&self.document_number)));
        let mobile = take(&mut errors, "mobile", Mobile::check(&self.mobile));
        let captcha = take(&mut errors, "captcha", captcha(&self.captcha));
        let sms_code = take(&mut errors, "sms_code", sms_code(&self.sms_code, digits));
        match (document_number, mobile, captcha, sms_code) {
            (Some(document_number), Some(mobile), Some(captcha), Some(sms_code)) => {
                Ok(DocumentLogin { document_number, mobile, captcha, sms_code })
            }
            _ => Err(errors),
        }
    }
}

impl NameLoginForm {
    /// Checks that everything is there, and the shape of the name. Whether any of it exists is not to be told apart.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self) -> Result<NameLogin, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = take(&mut errors, "name", known_name(&self.name));
        let rest = PasswordLoginForm {
            document_number: self.document_number.clone(),
            password: self.password.clone(),
            slider: self.slider.clone(),
            captcha: self.captcha.clone(),
        };
        match (name, rest.check()) {
            (Some(name), Ok(login)) => Ok(NameLogin { name, login }),
            (_, Ok(_)) => Err(errors),
            (_, Err(others)) => {
                errors.0.extend(others.0);
                Err(errors)
            }
        }
    }
}

impl UsernameLoginForm {
    /// Checks that everything is there. Whether the name exists is not to be told apart.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self) -> Result<UsernameLogin, FieldErrors> {
        let rest = PasswordLoginForm {
            document_number: self.username.clone(),
            password: self.password.clone(),
            slider: self.slider.clone(),
            captcha: self.captcha.clone(),
        };
        let named = |mut errors: FieldErrors| {
            errors
                .0
                .iter_mut()
                .filter(|error| error.field == "document_number")
                .for_each(|error| error.field = "username".into());
            errors
        };
        Ok(UsernameLogin { username: username_key(&self.username), login: rest.check().map_err(named)? })
    }
}

impl ActivateForm {
    /// Checks that everything is there, and the shape of the name.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self) -> Result<Activate, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = take(&mut errors, "name", known_name(&self.name));
        let document_number = take(&mut errors, "document_number", present(normalise(&self.document_number)));
        let captcha = take(&mut errors, "captcha", captcha(&self.captcha));
        match (name, document_number, captcha) {
            (Some(name), Some(document_number), Some(captcha)) => Ok(Activate { name, document_number, captcha }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Fault;

    fn names(errors: &FieldErrors) -> Vec<&str> {
        errors.0.iter().map(|error| error.field.as_str()).collect()
    }

    #[test]
    fn an_empty_form_names_every_field_in_order() {
        let document = DocumentLoginForm::default().check(6).unwrap_err();
        assert_eq!(names(&document), ["document_number", "mobile", "captcha", "sms_code"]);
        let name = NameLoginForm::default().check().unwrap_err();
        assert_eq!(names(&name), ["name", "document_number", "password", "captcha"]);
        let activate = ActivateForm::default().check().unwrap_err();
        assert_eq!(names(&activate), ["name", "document_number", "captcha"]);
        assert!([document, name, activate].iter().flat_map(|errors| &errors.0).all(|error| error.fault == Fault::Missing));
    }

    #[test]
    fn what_is_typed_comes_out_as_it_is_stored() {
        let form = DocumentLoginForm {
            document_number: " ４３０１１１19900307 998x".into(),
            mobile: "+86 139-1234-5678".into(),
            captcha: "ａb3d".into(),
            sms_code: "123 456".into(),
        };
        let login = form.check(6).unwrap();
        assert_eq!((login.document_number.as_str(), login.mobile.as_str()), ("43011119900307998X", "13912345678"));
        assert_eq!((login.captcha.as_str(), login.sms_code.as_str()), ("AB3D", "123456"));
        let form = NameLoginForm {
            name: " 阿卜杜·热合曼 ".into(),
            document_number: "E1234 5678".into(),
            password: " Xk7!mpQ2".into(),
            slider: "120".into(),
            captcha: String::new(),
        };
        let login = form.check().unwrap();
        assert_eq!((login.name.as_str(), login.login.document_number.as_str()), ("阿卜杜·热合曼", "E12345678"));
        assert_eq!(login.login.password, " Xk7!mpQ2", "a password is taken as typed");
        let form = ActivateForm { name: "张 三丰".into(), document_number: "e1".into(), captcha: "x".into() };
        let asked = form.check().unwrap();
        assert_eq!((asked.name.as_str(), asked.document_number.as_str()), ("张三丰", "E1"));
    }

    #[test]
    fn what_is_typed_may_be_a_user_name_or_a_number() {
        let empty = UsernameLoginForm::default().check().unwrap_err();
        assert_eq!(names(&empty), ["username", "password", "captcha"]);
        let form = UsernameLoginForm {
            username: " ZhangＳan8 ".into(),
            password: " Xk7!mpQ2".into(),
            slider: "120".into(),
            captcha: String::new(),
        };
        let login = form.check().unwrap();
        assert_eq!((login.username.as_str(), login.login.document_number.as_str()), ("zhangsan8", "ZHANGSAN8"));
        assert_eq!(login.login.password, " Xk7!mpQ2");
    }

    #[test]
    fn a_name_that_is_none_is_told_with_the_other_faults() {
        let form = NameLoginForm { name: "3".into(), ..NameLoginForm::default() };
        let errors = form.check().unwrap_err();
        assert_eq!(errors.of("name"), Some(&Fault::TooShort(2)));
        assert_eq!(names(&errors), ["name", "document_number", "password", "captcha"]);
        let form = ActivateForm { name: "张三1".into(), document_number: "1".into(), captcha: "x".into() };
        assert_eq!(names(&form.check().unwrap_err()), ["name"]);
    }

    #[test]
    fn nothing_personal_is_in_the_debug_output() {
        let form = NameLoginForm {
            name: "张三丰".into(),
            document_number: "430111199003079988".into(),
            password: "Xk7!mpQ2".into(),
            slider: "1".into(),
            captcha: String::new(),
        };
        let activate =
            ActivateForm { name: "张三丰".into(), document_number: "430111199003079988".into(), captcha: "x".into() };
        let login = DocumentLoginForm {
            document_number: "430111199003079988".into(),
            mobile: "13912345678".into(),
            captcha: "x".into(),
            sms_code: "123456".into(),
        };
        let shown = format!("{:?}{:?}{:?}", form.check().unwrap(), activate.check().unwrap(), login.check(6).unwrap());
        for secret in ["张三丰", "430111", "Xk7", "12345678", "123456"] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
}
