use chrono::Duration;
use domain::account::forms::{ResetPasswordForm, ResetProveForm, ResetStartForm, SendCodeForm};
use domain::account::view::ResetStage;
use domain::fault::Fault;

use super::people::*;
use crate::account::{entry_view, reset_password, reset_prove, reset_start, send_code};
use crate::intake::home;
use crate::testing::{House, both};
use crate::{Entered, Failure};

async fn begin(browser: &Browser<'_>, number: &str) {
    let form = ResetStartForm { document_number: number.into(), captcha: browser.captcha().await };
    assert_eq!(reset_start(&browser.visit().await, &form).await.unwrap().go.as_deref(), Some("/hunan/forgot"));
}

async fn prove(browser: &Browser<'_>, code: &str) -> Result<Entered, Failure> {
    reset_prove(&browser.visit().await, &ResetProveForm { captcha: String::new(), sms_code: code.into() }).await
}

fn new_password(password: &str) -> ResetPasswordForm {
    ResetPasswordForm { password: password.into(), password_again: password.into() }
}

async fn known_and_unknown_numbers_are_alike_until_the_code_that_never_comes(house: House) {
    Browser::registered(&house).await;
    house.clock.forward(Duration::minutes(2));
    for number in [NUMBER, "430111199003079980"] {
        let browser = Browser::new(&house, "203.0.113.8").await;
        begin(&browser, number).await;
        let view = entry_view(&browser.visit().await, "forgot").await.unwrap();
        assert_eq!((view.reset, view.mobile.as_str()), (ResetStage::Prove, ""));
        browser.send("password_reset", "").await.unwrap();
        let view = entry_view(&browser.visit().await, "forgot").await.unwrap();
        assert_eq!((view.resend_seconds, view.mobile.as_str(), view.is_captcha_passed), (Some(90), "", true));
        for left in (0..5).rev() {
            assert!(is_fault(&prove(&browser, "000000").await, "sms_code", &Fault::CodeWrong(left)));
        }
        assert!(is_fault(&prove(&browser, "000000").await, "sms_code", &Fault::CodeExpired));
        // The limits of the telephone hold, but nothing tells so: whoever can see them could ask whose telephone it is.
        let other = Browser::new(&house, "203.0.113.9").await;
        begin(&other, number).await;
        other.send("password_reset", "").await.unwrap();
    }
    assert_eq!(sent(&house, MOBILE).await.iter().filter(|(purpose, ..)| purpose == "password_reset").count(), 1);
    assert_eq!(house.sms.0.lock().unwrap().len(), 2);
}
both!(known_and_unknown_numbers_are_alike_until_the_code_that_never_comes);

async fn a_code_to_a_number_that_just_had_one_leaves_when_its_minute_is_over(house: House) {
    Browser::registered(&house).await;
    let mut browser = Browser::new(&house, "203.0.113.8").await;
    begin(&browser, NUMBER).await;
    browser.send("password_reset", "").await.unwrap();
    let purposes = async || sent(&house, MOBILE).await.into_iter().map(|(purpose, ..)| purpose).collect::<Vec<_>>();
    assert_eq!(purposes().await, ["registration"]);
    house.clock.forward(Duration::seconds(61));
    assert_eq!(purposes().await, ["registration", "password_reset"]);
    let entered = prove(&browser, &browser.code(MOBILE).await.unwrap()).await.unwrap();
    assert_eq!(browser.took(entered), "/hunan/forgot");
    assert_eq!(entry_view(&browser.visit().await, "forgot").await.unwrap().reset, ResetStage::Password);
}
both!(a_code_to_a_number_that_just_had_one_leaves_when_its_minute_is_over);

async fn a_new_password_ends_every_session_and_the_owner_is_told(house: House) {
    let mut old = Browser::registered(&house).await;
    old.sign_in(NUMBER, PASSWORD).await.unwrap();
    house.clock.forward(Duration::minutes(2));
    let mut browser = Browser::new(&house, "203.0.113.8").await;
    begin(&browser, NUMBER).await;
    browser.send("password_reset", "").await.unwrap();
    let planted = browser.token.clone();
    let entered = prove(&browser, &browser.code(MOBILE).await.unwrap()).await.unwrap();
    assert_eq!(browser.took(entered), "/hunan/forgot");
    assert_eq!(entry_view(&browser.visit().await, "forgot").await.unwrap().reset, ResetStage::Password);
    let thief = house.visit(Some(&planted)).await;
    let nothing = reset_password(&thief, &new_password("Thief!2026")).await.unwrap();
    assert_eq!(nothing.go, "/hunan/forgot");

    let visit = browser.visit().await;
    assert!(is_fault(&reset_password(&visit, &new_password("Zhang079988!")).await, "password", &Fault::PasswordPersonal));
    let done = reset_password(&visit, &new_password("Nmq8!wertz")).await.unwrap();
    assert_eq!(done.go, "/hunan/login?reset=1");
    assert!(matches!(reset_password(&visit, &new_password("Again!2026x")).await, Err(Failure::Stale)));
    assert!(home(&old.visit().await).await.is_err());
    let (purpose, text, _) = sent(&house, MOBILE).await.pop().unwrap();
    assert_eq!(purpose, "password_changed");
    assert!(text.starts_with("【湖南财政厅】您的登录密码已于11月18日 10:02重新设置。"), "{text}");
    assert!(is_fault(&old.sign_in(NUMBER, PASSWORD).await, "document_number", &Fault::Credentials));
    browser.sign_in(NUMBER, "Nmq8!wertz").await.unwrap();
}
both!(a_new_password_ends_every_session_and_the_owner_is_told);

async fn nothing_is_reset_before_the_number_was_named_and_the_code_given(house: House) {
    Browser::registered(&house).await;
    let browser = Browser::new(&house, "203.0.113.8").await;
    assert_eq!(browser.send("password_reset", "").await.unwrap().go.as_deref(), Some("/hunan/forgot"));
    begin(&browser, NUMBER).await;
    assert!(is_fault(&prove(&browser, "000000").await, "captcha", &Fault::Missing));
    let answer = reset_password(&browser.visit().await, &new_password("Nmq8!wertz")).await.unwrap();
    assert_eq!(answer.go, "/hunan/forgot");
}
both!(nothing_is_reset_before_the_number_was_named_and_the_code_given);

/// The head of a request arrived before the session began something else; its body comes afterwards.
async fn a_code_for_the_own_account_never_opens_another_one_however_late_its_body_comes(house: House) {
    const VICTIM: (&str, &str) = ("43011119900307997X", "13900000077");
    let victim = Browser::new(&house, "203.0.113.3").await;
    let form = victim.filled(VICTIM.0, VICTIM.1).await;
    victim.register(&form).await.unwrap();
    Browser::registered(&house).await;
    house.clock.forward(Duration::minutes(2));
    let attacker = Browser::new(&house, "203.0.113.8").await;
    begin(&attacker, NUMBER).await;
    attacker.send("password_reset", "").await.unwrap();
    let own = attacker.code(MOBILE).await.unwrap();
    let held = attacker.visit().await;
    begin(&attacker, VICTIM.0).await;
    let form = ResetProveForm { captcha: String::new(), sms_code: own.clone() };
    assert!(is_fault(&reset_prove(&held, &form).await, "sms_code", &Fault::CodeNotSent));
    // A code that is asked for on the old head goes to whoever the reset is about now.
    house.clock.forward(Duration::minutes(2));
    let ask = SendCodeForm { purpose: "password_reset".into(), captcha: attacker.captcha().await, ..SendCodeForm::default() };
    send_code(&held, &ask).await.unwrap();
    assert_eq!(sent(&house, VICTIM.1).await.iter().filter(|(purpose, ..)| purpose == "password_reset").count(), 1);
    assert!(is_fault(&reset_prove(&held, &form).await, "sms_code", &Fault::CodeWrong(4)));
    assert!(is_fault(&prove(&attacker, &own).await, "sms_code", &Fault::CodeWrong(3)));
    // Proven for the own account, then begun for the other one: the password of neither is set on the old head.
    begin(&attacker, NUMBER).await;
    house.clock.forward(Duration::minutes(2));
    attacker.send("password_reset", "").await.unwrap();
    let mut attacker = attacker;
    let entered = prove(&attacker, &attacker.code(MOBILE).await.unwrap()).await.unwrap();
    attacker.took(entered);
    let held = attacker.visit().await;
    begin(&attacker, VICTIM.0).await;
    assert!(matches!(reset_password(&held, &new_password("Taken!2026x")).await, Err(Failure::Stale)));
    let mut victim = Browser::new(&house, "203.0.113.4").await;
    victim.sign_in(VICTIM.0, PASSWORD).await.unwrap();
}
both!(a_code_for_the_own_account_never_opens_another_one_however_late_its_body_comes);

async fn what_ended_while_a_body_was_waited_for_writes_nothing(house: House) {
    let mut person = Browser::registered(&house).await;
    person.sign_in(NUMBER, PASSWORD).await.unwrap();
    let held = person.visit().await;
    crate::account::sign_out(&person.visit().await).await.unwrap();
    let refused = crate::account::read_messages(&held).await;
    assert!(matches!(refused, Err(Failure::Refused(domain::case::Refusal::SignInAgain))), "{refused:?}");
    person.sign_in(NUMBER, PASSWORD).await.unwrap();
    let held = person.visit().await;
    house.clock.forward(Duration::minutes(31));
    let refused = crate::account::read_messages(&held).await;
    assert!(matches!(refused, Err(Failure::Refused(domain::case::Refusal::SignInAgain))), "{refused:?}");
}
both!(what_ended_while_a_body_was_waited_for_writes_nothing);
