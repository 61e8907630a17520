use super::*;
use crate::account::password::Counted;
use crate::account::settings::ChangePasswordForm;
use crate::account::username::UsernameRules;
use crate::form::Form;
use crate::province::{Agreement, DocumentOption, Landings, LoginWay, RegistrationWay, SmsRules, Taken};

fn policy() -> PasswordPolicy {
    let specials = r"@$!*?&~`()/-+\.^".to_owned();
    PasswordPolicy { min: 8, max: 64, kinds: 3, counted: Counted::default(), specials }
}

fn rules() -> AccountRules {
    let kinds = [DocumentKind::ResidentId, DocumentKind::Passport];
    AccountRules {
        work: None,
        document_kinds: kinds.map(|kind| DocumentOption { kind, label: "证件".into() }).into(),
        password: Some(policy()),
        username: None,
        agreement: None,
        sms: SmsRules {
            signature: "省".into(),
            resend_seconds: 60,
            pause_seconds: 60,
            code_minutes: 10,
            max_tries: 5,
            code_digits: 6,
            label: "发送验证码".into(),
        },
        captcha: "图形验证码".into(),
        registration: RegistrationWay::WithPassword,
        logins: vec![LoginWay::PasswordAndSlider],
        landing: Landings::default(),
        has_legacy_holders: false,
        taken: Taken::Silent,
        identity_service: None,
    }
}

/// Of a province with user names: the figures of 手册丁 注册.
fn rules_with_names() -> AccountRules {
    let agreement = Agreement { title: "《注册协议》".into(), version: "1".into(), paragraphs: vec!["同意。".into()] };
    AccountRules {
        password: Some(PasswordPolicy {
            min: 6,
            max: 20,
            kinds: 2,
            counted: Counted::DigitLetterSymbol,
            specials: String::new(),
        }),
        username: Some(UsernameRules { min: 4, max: 20 }),
        agreement: Some(agreement),
        sms: SmsRules { code_digits: 5, ..rules().sms },
        registration: RegistrationWay::WithUsername,
        logins: vec![LoginWay::UsernameAndPassword],
        ..rules()
    }
}

fn filled() -> RegistrationForm {
    let mut form = RegistrationForm::default();
    for (field, value) in [
        ("document_kind", "resident_id"),
        ("document_number", " ４３０１１１19900307 9988"),
        ("name", " 张三丰"),
        ("password", "Xk7!mpQ2"),
        ("password_again", "Xk7!mpQ2"),
        ("mobile", "+86 139-1234-5678"),
        ("captcha", "ａb3d"),
        ("sms_code", "123 456"),
    ] {
        assert!(form.set(field, value.to_owned()));
    }
    form
}

fn checked(form: &RegistrationForm) -> Result<Registration, FieldErrors> {
    form.check(&rules(), NaiveDate::from_ymd_opt(2026, 3, 1).unwrap())
}

#[test]
fn a_right_registration_comes_out_normalised() {
    let registration = checked(&filled()).unwrap();
    assert_eq!(registration.document.number(), "430111199003079988");
    assert_eq!(registration.name, "张三丰");
    assert_eq!(registration.mobile.as_str(), "13912345678");
    assert_eq!((registration.captcha.as_str(), registration.sms_code.as_str()), ("AB3D", "123456"));
}

#[test]
fn an_empty_registration_names_every_field_in_order() {
    let errors = checked(&RegistrationForm::default()).unwrap_err();
    let fields: Vec<&str> = errors.0.iter().map(|error| error.field.as_str()).collect();
    let asked: Vec<&str> =
        RegistrationForm::FIELDS.iter().copied().filter(|field| !matches!(*field, "username" | "agreed")).collect();
    assert_eq!(fields, asked);
    assert!(errors.0.iter().all(|error| error.fault == Fault::Missing));
    let today = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    let errors = RegistrationForm::default().check(&rules_with_names(), today).unwrap_err();
    let fields: Vec<&str> = errors.0.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, RegistrationForm::FIELDS);
    assert_eq!(errors.of("agreed"), Some(&Fault::NotAgreed));
}

#[test]
fn a_province_with_user_names_asks_a_name_a_code_of_its_length_and_its_agreement() {
    let today = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    let right = RegistrationForm {
        username: "ZhangSan8".into(),
        password: "zhang8".into(),
        password_again: "zhang8".into(),
        sms_code: "12345".into(),
        agreed: "yes".into(),
        ..filled()
    };
    let registration = right.check(&rules_with_names(), today).unwrap();
    assert_eq!((registration.username.as_deref(), registration.sms_code.as_str()), (Some("zhangsan8"), "12345"));
    for (field, value, fault) in [
        ("username", "8zhang", Fault::Username { min: 4, max: 20 }),
        ("sms_code", "123456", Fault::CodeShape(5)),
        ("agreed", "no", Fault::NotAgreed),
    ] {
        let mut form = right.clone();
        form.set(field, value.to_owned());
        let errors = form.check(&rules_with_names(), today).unwrap_err();
        assert_eq!((errors.0.len(), errors.of(field)), (1, Some(&fault)), "{field}");
    }
    // The password does not hold the name.
    let form = RegistrationForm { password: "zhangsan8-1".into(), password_again: "zhangsan8-1".into(), ..right };
    assert_eq!(form.check(&rules_with_names(), today).unwrap_err().of("password"), Some(&Fault::PasswordPersonal));
}

#[test]
fn the_end_of_a_document_number_is_four_characters_or_none() {
    let form = |end: &str| MobileLoginForm {
        mobile: "13912345678".into(),
        sms_code: "123456".into(),
        document_end: end.into(),
        slider: "1".into(),
        ..MobileLoginForm::default()
    };
    for (typed, end) in [("", ""), (" ９９8x ", "998X"), ("9 9 8 8", "9988")] {
        assert_eq!(form(typed).check(6).unwrap().document_end, end, "{typed}");
    }
    for wrong in ["998", "430111199003079988"] {
        assert_eq!(form(wrong).check(6).unwrap_err().of("document_end"), Some(&Fault::DocumentEnd), "{wrong}");
    }
}

#[test]
fn every_wrong_field_of_a_registration_is_named_with_its_fault() {
    for (field, value, fault) in [
        ("document_kind", "military_id", Fault::NotInList),
        ("document_kind", "x", Fault::NotInList),
        ("document_number", "430111199003079980", Fault::IdCheckDigit),
        ("document_number", "110105491231002", Fault::IdFifteen),
        ("name", "张1", Fault::Character('1')),
        ("name", "张 三丰", Fault::Blank { before: '张', after: '三' }),
        ("password_again", "Xk7!mpQ2 ", Fault::PasswordsDiffer),
        ("mobile", "123", Fault::Mobile),
        ("sms_code", "12345", Fault::CodeShape(6)),
        ("sms_code", "12345a", Fault::CodeShape(6)),
        ("captcha", " ", Fault::Missing),
    ] {
        let mut form = filled();
        assert!(form.set(field, value.to_owned()));
        assert_eq!(checked(&form), Err(FieldErrors::one(field, fault)), "{field} {value}");
    }
}

#[test]
fn a_password_that_holds_the_person_is_refused() {
    for password in ["Xk!13912345678", "Xk!m079988", "Xk7!张三丰mp"] {
        let mut form = filled();
        (form.password, form.password_again) = (password.to_owned(), password.to_owned());
        assert_eq!(checked(&form), Err(FieldErrors::one("password", Fault::PasswordPersonal)), "{password}");
    }
}

#[test]
fn debug_output_of_a_registration_holds_neither_secret_nor_person() {
    let shown = format!("{:?}", checked(&filled()).unwrap());
    for hidden in ["Xk7!mpQ2", "张三丰", "123456", "AB3D", "430111199003079988", "13912345678"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}

#[test]
fn a_login_needs_the_slider_or_the_captcha() {
    let login = |slider: &str, captcha: &str| PasswordLoginForm {
        document_number: "11010519491231002x".to_owned(),
        password: " Xk7 ".to_owned(),
        slider: slider.to_owned(),
        captcha: captcha.to_owned(),
    };
    assert_eq!(login("", " ").check(), Err(FieldErrors::one("captcha", Fault::Missing)));
    let checked = login("", "ab3d").check().unwrap();
    assert_eq!(checked.document_number, "11010519491231002X");
    assert_eq!(checked.password, " Xk7 ");
    assert_eq!(checked.captcha, "AB3D");
    assert!(login("token:12", "").check().is_ok());
    assert!(!format!("{checked:?}").contains("Xk7"));
    let errors = PasswordLoginForm::default().check().unwrap_err();
    assert_eq!(errors.0.len(), 3);
    assert_eq!(MobileLoginForm::default().check(6).unwrap_err().0.len(), 3);
}

#[test]
fn a_code_for_a_reset_needs_no_mobile_number() {
    let request = |purpose: &str, mobile: &str| {
        SendCodeForm { purpose: purpose.to_owned(), mobile: mobile.to_owned(), captcha: "ab3d".to_owned(), ..Default::default() }
            .check()
    };
    assert_eq!(request("password_reset", "").unwrap().mobile, None);
    assert_eq!(request("activation", "13912345678").unwrap().mobile, None);
    assert_eq!(request("document_login", "13912345678"), Err(FieldErrors::one("document_number", Fault::Missing)));
    assert_eq!(request("login", "13912345678").unwrap().document_number, None);
    assert!(request("login", "13912345678").unwrap().mobile.is_some());
    let slid = |purpose: &str| {
        let mobile = "13912345678".to_owned();
        SendCodeForm { purpose: purpose.to_owned(), mobile, slider: "120".to_owned(), ..Default::default() }.check()
    };
    assert_eq!(slid("login").unwrap().slider, "120");
    assert_eq!(slid("registration"), Err(FieldErrors::one("captcha", Fault::Missing)));
    assert_eq!(request("registration", ""), Err(FieldErrors::one("mobile", Fault::Missing)));
    assert_eq!(request("x", "13912345678"), Err(FieldErrors::one("purpose", Fault::NotInList)));
}

#[test]
fn the_steps_of_a_reset_are_checked() {
    assert_eq!(ResetStartForm::default().check().err().map(|errors| errors.0.len()), Some(2));
    assert_eq!(ResetProveForm::default().check(6).err().map(|errors| errors.0.len()), Some(2));
    let reset = ResetPasswordForm { password: "Xk7!mpQ2".to_owned(), password_again: "Xk7!mpQ3".to_owned() };
    assert_eq!(reset.check(&policy(), &[]), Err(FieldErrors::one("password_again", Fault::PasswordsDiffer)));
    let reset = ResetPasswordForm { password_again: reset.password.clone(), ..reset };
    assert_eq!(reset.check(&policy(), &[]).as_deref(), Ok("Xk7!mpQ2"));
}

#[test]
fn every_secret_field_is_a_field_of_some_form() {
    let all = [RegistrationForm::FIELDS, PasswordLoginForm::FIELDS, MobileLoginForm::FIELDS, ChangePasswordForm::FIELDS].concat();
    assert!(SECRET_FIELDS.iter().all(|field| all.contains(field)));
}
