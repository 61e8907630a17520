//! The ways of the invented 云海省, which runs its accounts by user name.

use domain::account::forms::{RegistrationForm, ResetPasswordForm, ResetProveForm, ResetStartForm};
use domain::account::ways::UsernameLoginForm;
use domain::case::Refusal;
use domain::fault::Fault;
use futures::future::join_all;

use super::people::*;
use crate::Failure;
use crate::account::{
    entry_view, register, reset_password, reset_prove, reset_start, sign_in_with_password, sign_in_with_username,
};
use crate::testing::{House, both};

const NAME: &str = "ZhangSan88";
const PLAIN: &str = "xkmpq7";

fn yunhai(mut house: House) -> House {
    house.add(include_str!("../../../../domain/src/province/tests/yunhai.toml"), "yunhai");
    house.key = "yunhai".into();
    house
}

async fn filled(browser: &Browser<'_>, name: &str, number: &str, mobile: &str) -> RegistrationForm {
    let form = browser.filled(number, mobile).await;
    let password = PLAIN.to_owned();
    RegistrationForm { username: name.into(), password_again: password.clone(), password, agreed: "yes".into(), ..form }
}

async fn sign_in(browser: &mut Browser<'_>, typed: &str, password: &str) -> Result<String, Failure> {
    let form = UsernameLoginForm {
        username: typed.into(),
        password: password.into(),
        slider: browser.slider().await,
        captcha: String::new(),
    };
    sign_in_with_username(&browser.visit().await, &form).await.map(|entered| browser.took(entered))
}

async fn a_person_registers_with_a_user_name_and_signs_in_with_it_or_with_the_number(house: House) {
    let house = yunhai(house);
    let mut browser = Browser::new(&house, "203.0.113.1").await;
    let form = filled(&browser, NAME, NUMBER, MOBILE).await;
    assert_eq!(form.sms_code.len(), 5, "{}", form.sms_code);
    let page = entry_view(&browser.visit().await, "register").await.unwrap();
    assert!(
        page.account.agreement.is_some()
            && entry_view(&browser.visit().await, "forgot").await.unwrap().account.agreement.is_none()
    );
    let unread = RegistrationForm { agreed: String::new(), ..form.clone() };
    assert!(is_fault(&register(&browser.visit().await, &unread).await, "agreed", &Fault::NotAgreed));
    let entered = browser.register(&form).await.unwrap();
    assert_eq!(browser.took(entered), "/yunhai/home");
    assert!(browser.visit().await.account().is_ok());
    for typed in [NAME, " zhangsan88", "ＺhangSan88", NUMBER] {
        house.clock.forward(chrono::Duration::minutes(1));
        assert_eq!(sign_in(&mut browser, typed, PLAIN).await.unwrap(), "/yunhai/home", "{typed}");
    }
    let account = browser.visit().await.account().unwrap().clone();
    let trail = house.services.db.read().await.unwrap().list_audit_of("account", account.as_str()).await.unwrap();
    assert!(trail.iter().any(|row| row.action == "register" && row.detail.contains("\"agreed\":\"y1\"")), "{trail:?}");
}
both!(a_person_registers_with_a_user_name_and_signs_in_with_it_or_with_the_number);

async fn a_taken_user_name_is_told_and_another_can_be_typed_with_the_same_code(house: House) {
    let house = yunhai(house);
    let first = Browser::new(&house, "203.0.113.1").await;
    first.register(&filled(&first, NAME, NUMBER, MOBILE).await).await.unwrap();
    let second = Browser::new(&house, "203.0.113.2").await;
    let form = filled(&second, "zHANGsAN88", "E12345678", "13800000001").await;
    let wrong =
        RegistrationForm { sms_code: if form.sms_code == "00000" { "00001".into() } else { "00000".into() }, ..form.clone() };
    assert!(is_fault(&second.register(&wrong).await, "sms_code", &Fault::CodeWrong(3)), "told only to whoever has a telephone");
    assert!(is_fault(&second.register(&form).await, "username", &Fault::LoginTaken));
    let form = RegistrationForm { username: "zhang99".into(), ..form };
    assert_eq!(second.register(&form).await.unwrap().go, "/yunhai/home");
}
both!(a_taken_user_name_is_told_and_another_can_be_typed_with_the_same_code);

async fn of_several_who_want_one_name_at_once_one_has_it_and_the_others_are_told(house: House) {
    let house = yunhai(house);
    let mut ready = Vec::new();
    for nth in 0..8 {
        let browser = Browser::new(&house, &format!("10.0.0.{nth}")).await;
        let form = filled(&browser, NAME, &format!("E1234567{nth}"), &format!("138000000{nth:02}")).await;
        ready.push((browser.visit().await, form));
    }
    let outcomes = join_all(ready.iter().map(|(visit, form)| register(visit, form))).await;
    let done = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let told = outcomes.iter().filter(|outcome| is_fault(outcome, "username", &Fault::LoginTaken)).count();
    assert_eq!((done, told), (1, 7));
}
both!(of_several_who_want_one_name_at_once_one_has_it_and_the_others_are_told);

async fn wrong_combinations_have_one_answer_and_lock_the_address_out(house: House) {
    let house = yunhai(house);
    let owner = Browser::new(&house, "203.0.113.1").await;
    owner.register(&filled(&owner, NAME, NUMBER, MOBILE).await).await.unwrap();
    let mut guesser = Browser::new(&house, "203.0.113.7").await;
    for typed in [NAME, "nobody88", "E12345678"] {
        assert!(is_fault(&sign_in(&mut guesser, typed, "wrong-1").await, "username", &Fault::Credentials), "{typed}");
    }
    for _ in 0..4 {
        assert!(sign_in(&mut guesser, NAME, "wrong-1").await.is_err());
    }
    assert!(matches!(sign_in(&mut guesser, NAME, PLAIN).await, Err(Failure::Refused(Refusal::Locked { .. }))));
    sign_in(&mut Browser::new(&house, "203.0.113.8").await, NAME, PLAIN).await.unwrap();
    // The other ways are shut.
    let form = domain::account::forms::PasswordLoginForm::default();
    assert!(matches!(sign_in_with_password(&guesser.visit().await, &form).await, Err(Failure::NotFound)));
}
both!(wrong_combinations_have_one_answer_and_lock_the_address_out);

async fn a_name_that_looks_like_the_number_of_another_person_opens_only_the_own_account(house: House) {
    let house = yunhai(house);
    let owner = Browser::new(&house, "203.0.113.1").await;
    owner.register(&filled(&owner, "lisi", "E12345678", MOBILE).await).await.unwrap();
    let other = Browser::new(&house, "203.0.113.2").await;
    let form = filled(&other, "e12345678", NUMBER, "13800000001").await;
    let form = RegistrationForm { password: "other-77".into(), password_again: "other-77".into(), ..form };
    other.register(&form).await.unwrap();
    let mut browser = Browser::new(&house, "203.0.113.3").await;
    let mut ids = Vec::new();
    for password in [PLAIN, "other-77"] {
        sign_in(&mut browser, "E12345678", password).await.unwrap();
        ids.push(browser.visit().await.account().unwrap().clone());
    }
    assert_ne!(ids[0], ids[1]);
}
both!(a_name_that_looks_like_the_number_of_another_person_opens_only_the_own_account);

async fn a_forgotten_password_is_set_anew_with_a_code_of_five_digits(house: House) {
    let house = yunhai(house);
    let mut browser = Browser::new(&house, "203.0.113.1").await;
    browser.register(&filled(&browser, NAME, NUMBER, MOBILE).await).await.unwrap();
    browser = Browser::new(&house, "203.0.113.1").await;
    house.clock.forward(chrono::Duration::minutes(2));
    let form = ResetStartForm { document_number: NUMBER.into(), captcha: browser.captcha().await };
    reset_start(&browser.visit().await, &form).await.unwrap();
    browser.send("password_reset", "").await.unwrap();
    let code = browser.code(MOBILE).await.unwrap();
    let long = ResetProveForm { captcha: String::new(), sms_code: format!("{code}0") };
    assert!(is_fault(&reset_prove(&browser.visit().await, &long).await, "sms_code", &Fault::CodeShape(5)));
    let entered = reset_prove(&browser.visit().await, &ResetProveForm { captcha: String::new(), sms_code: code }).await.unwrap();
    browser.took(entered);
    let form = ResetPasswordForm { password: "qwrt-58".into(), password_again: "qwrt-58".into() };
    reset_password(&browser.visit().await, &form).await.unwrap();
    sign_in(&mut browser, NAME, "qwrt-58").await.unwrap();
}
both!(a_forgotten_password_is_set_anew_with_a_code_of_five_digits);
