use chrono::Duration;
use domain::account::forms::{PasswordLoginForm, ResetPasswordForm, ResetProveForm, ResetStartForm};
use domain::account::view::ResetStage;
use domain::fault::Fault;

use super::people::*;
use crate::account::{entry_view, reset_password, reset_prove, reset_start, sign_in_with_password};
use crate::intake::home;
use crate::testing::{House, both};
use crate::{Failure, Visit};

async fn filled(browser: &Browser<'_>, password: &str) -> PasswordLoginForm {
    let slider = browser.slider().await;
    PasswordLoginForm { document_number: NUMBER.into(), password: password.into(), slider, captcha: String::new() }
}

async fn a_sign_in_whose_answer_was_lost_is_answered_again_for_two_minutes_until_it_was_used(house: House) {
    let browser = Browser::registered(&house).await;
    let form = filled(&browser, PASSWORD).await;
    let before: Visit = browser.visit().await;
    let lost = sign_in_with_password(&before, &form).await.unwrap();
    house.clock.forward(Duration::seconds(100));
    // The same form on the same cookie; its challenge is spent, and the first session ends.
    let again = sign_in_with_password(&browser.visit().await, &form).await.unwrap();
    assert_eq!((again.go.as_str(), lost.go.as_str()), ("/hunan/home", "/hunan/home"));
    assert!(house.visit(Some(lost.token.as_str())).await.session.is_none());
    let last = sign_in_with_password(&before, &form).await.unwrap();
    assert!(house.visit(Some(again.token.as_str())).await.session.is_none(), "also where the head came before");
    // Something else on the same cookie, and the same on another one, are sign-ins of their own.
    let other = PasswordLoginForm { password: "Wrong!123".into(), ..form.clone() };
    assert!(is_fault(&sign_in_with_password(&browser.visit().await, &other).await, "slider", &Fault::Slider));
    let stranger = Browser::new(&house, "203.0.113.9").await;
    assert!(is_fault(&sign_in_with_password(&stranger.visit().await, &form).await, "slider", &Fault::Slider));

    house.clock.forward(Duration::seconds(1));
    let mine = house.visit(Some(last.token.as_str())).await;
    home(&mine).await.unwrap();
    assert!(is_fault(&sign_in_with_password(&browser.visit().await, &form).await, "slider", &Fault::Slider), "it was used");
    assert!(house.visit(Some(last.token.as_str())).await.account().is_ok(), "and goes on");
}
both!(a_sign_in_whose_answer_was_lost_is_answered_again_for_two_minutes_until_it_was_used);

async fn after_two_minutes_a_lost_sign_in_begins_anew(house: House) {
    let browser = Browser::registered(&house).await;
    let form = filled(&browser, PASSWORD).await;
    sign_in_with_password(&browser.visit().await, &form).await.unwrap();
    house.clock.forward(Duration::seconds(121));
    assert!(is_fault(&sign_in_with_password(&browser.visit().await, &form).await, "slider", &Fault::Slider));
}
both!(after_two_minutes_a_lost_sign_in_begins_anew);

/// Somebody whose reset has come as far as the code.
async fn with_code(house: &House) -> (Browser<'_>, ResetProveForm) {
    Browser::registered(house).await;
    house.clock.forward(Duration::minutes(2));
    let browser = Browser::new(house, "203.0.113.8").await;
    let start = ResetStartForm { document_number: NUMBER.into(), captcha: browser.captcha().await };
    reset_start(&browser.visit().await, &start).await.unwrap();
    browser.send("password_reset", "").await.unwrap();
    let sms_code = browser.code(MOBILE).await.unwrap();
    (browser, ResetProveForm { captcha: String::new(), sms_code })
}

async fn each_step_of_a_reset_is_answered_again(house: House) {
    let (mut browser, prove) = with_code(&house).await;
    let lost = reset_prove(&browser.visit().await, &prove).await.unwrap();
    let again = reset_prove(&browser.visit().await, &prove).await.unwrap();
    assert_eq!(again.go, lost.go);
    browser.took(again);
    let form = ResetPasswordForm { password: "Nmq8!wertz".into(), password_again: "Nmq8!wertz".into() };
    let head = browser.visit().await;
    let done = reset_password(&head, &form).await.unwrap();
    assert_eq!(done.go, "/hunan/login?reset=1");
    assert_eq!(reset_password(&browser.visit().await, &form).await.unwrap().go, done.go);
    assert_eq!(reset_password(&head, &form).await.unwrap().go, done.go);
    assert_eq!(sent(&house, MOBILE).await.iter().filter(|(purpose, ..)| purpose == "password_changed").count(), 1);
    let other = ResetPasswordForm { password: "Again!2026x".into(), password_again: "Again!2026x".into() };
    assert!(matches!(reset_password(&head, &other).await, Err(Failure::Stale)), "another password is no repetition");
}
both!(each_step_of_a_reset_is_answered_again);

async fn what_was_proven_opens_for_ten_minutes_and_the_page_says_so(house: House) {
    let (mut browser, prove) = with_code(&house).await;
    let entered = reset_prove(&browser.visit().await, &prove).await.unwrap();
    browser.took(entered);
    house.clock.forward(Duration::minutes(10) - Duration::seconds(1));
    assert_eq!(entry_view(&browser.visit().await, "forgot").await.unwrap().reset, ResetStage::Password);
    let held = browser.visit().await;
    house.clock.forward(Duration::seconds(2));
    assert_eq!(entry_view(&browser.visit().await, "forgot").await.unwrap().reset, ResetStage::Over);
    let form = ResetPasswordForm { password: "Nmq8!wertz".into(), password_again: "Nmq8!wertz".into() };
    for visit in [held, browser.visit().await] {
        assert_eq!(reset_password(&visit, &form).await.unwrap().go, "/hunan/forgot");
    }
    browser.sign_in(NUMBER, PASSWORD).await.unwrap();
}
both!(what_was_proven_opens_for_ten_minutes_and_the_page_says_so);
