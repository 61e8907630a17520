use chrono::Duration;
use domain::account::forms::ResetProveForm;
use domain::account::settings::{ChangePasswordForm, NewMobileForm};
use domain::account::view::ResetStage;
use domain::answer::Answer;
use domain::case::Refusal;
use domain::fault::Fault;
use domain::limit::Limited;
use futures::future::join_all;

use super::people::*;
use crate::Failure;
use crate::account::{
    change_mobile, change_password, end_other_sessions, entry_view, prove_old_mobile, reset_password, settings,
};
use crate::intake::home;
use crate::testing::{House, both};

const NEW: &str = "13700000001";
const NEW_PASSWORD: &str = "Qm4$rtzW";

async fn signed_in(house: &House) -> Browser<'_> {
    Browser::registered(house).await;
    house.clock.forward(Duration::minutes(2));
    let mut browser = Browser::new(house, "203.0.113.7").await;
    browser.sign_in(NUMBER, PASSWORD).await.unwrap();
    browser
}

async fn prove(browser: &Browser<'_>) -> Result<Answer, Failure> {
    browser.send("old_mobile", "").await.unwrap();
    let form = ResetProveForm { captcha: String::new(), sms_code: browser.code(MOBILE).await.unwrap() };
    prove_old_mobile(&browser.visit().await, &form).await
}

fn to(mobile: &str, code: &str) -> NewMobileForm {
    NewMobileForm { mobile: mobile.into(), captcha: "ABCD".into(), sms_code: code.into() }
}

async fn stage(browser: &Browser<'_>) -> ResetStage {
    entry_view(&browser.visit().await, "settings-mobile").await.unwrap().reset
}

async fn a_number_is_changed_by_the_codes_of_both_and_both_are_told(house: House) {
    let browser = signed_in(&house).await;
    let mut elsewhere = Browser::new(&house, "203.0.113.8").await;
    elsewhere.sign_in(NUMBER, PASSWORD).await.unwrap();
    assert_eq!(settings(&browser.visit().await).await.unwrap().sessions.len(), 3, "with that of the registration");
    assert_eq!(stage(&browser).await, ResetStage::Start);
    assert_eq!(prove(&browser).await.unwrap().go.as_deref(), Some("/hunan/settings/mobile"));
    assert_eq!(stage(&browser).await, ResetStage::Password);
    browser.send("new_mobile", NEW).await.unwrap();
    let form = to(NEW, &browser.code(NEW).await.unwrap());
    let visit = browser.visit().await;
    // Pressed twice in one moment, it is done once, and both are answered the same.
    let answers = join_all((0..2).map(|_| change_mobile(&visit, &form))).await;
    for answer in answers {
        assert_eq!(answer.unwrap().go.as_deref(), Some("/hunan/settings?done=mobile"));
    }
    let view = settings(&browser.visit().await).await.unwrap();
    assert_eq!((view.mobile.as_str(), view.sessions.len()), ("137****0001", 1));
    assert!(home(&elsewhere.visit().await).await.is_err(), "whoever is signed in elsewhere signs in again");
    for mobile in [MOBILE, NEW] {
        let told = sent(&house, mobile).await.into_iter().filter(|(purpose, ..)| purpose == "mobile_changed").count();
        assert_eq!(told, 1, "{mobile}");
    }
    house.clock.forward(Duration::minutes(2));
    let mut later = Browser::new(&house, "203.0.113.9").await;
    later.send("login", NEW).await.unwrap();
    let code = later.code(NEW).await.unwrap();
    later.sign_in_by_mobile(NEW, &code).await.unwrap();
}
both!(a_number_is_changed_by_the_codes_of_both_and_both_are_told);

async fn no_code_goes_to_a_new_number_before_the_old_one_was_proven(house: House) {
    let browser = signed_in(&house).await;
    let go = browser.send("new_mobile", NEW).await.unwrap().go;
    assert_eq!(go.as_deref(), Some("/hunan/settings/mobile"));
    assert!(sent(&house, NEW).await.is_empty());
    let answer = change_mobile(&browser.visit().await, &to(NEW, "123456")).await.unwrap();
    assert_eq!(answer.go.as_deref(), Some("/hunan/settings/mobile"));
    let stranger = Browser::new(&house, "203.0.113.9").await;
    assert!(matches!(stranger.send("old_mobile", "").await, Err(Failure::NotFound)));
    assert!(matches!(prove_old_mobile(&stranger.visit().await, &ResetProveForm::default()).await, Err(Failure::Refused(_))));
}
both!(no_code_goes_to_a_new_number_before_the_old_one_was_proven);

async fn a_number_that_is_taken_or_the_same_is_told_and_another_can_be_typed(house: House) {
    let browser = signed_in(&house).await;
    let other = Browser::new(&house, "203.0.113.2").await;
    let form = other.filled("430111199003079953", NEW).await;
    other.register(&form).await.unwrap();
    house.clock.forward(Duration::minutes(2));
    prove(&browser).await.unwrap();
    for (mobile, fault) in [(NEW, Fault::MobileTaken), (MOBILE, Fault::MobileUnchanged)] {
        house.clock.forward(Duration::minutes(2));
        browser.send("new_mobile", mobile).await.unwrap();
        let outcome = change_mobile(&browser.visit().await, &to(mobile, &browser.code(mobile).await.unwrap())).await;
        assert!(is_fault(&outcome, "mobile", &fault), "{fault:?}");
    }
    house.clock.forward(Duration::minutes(2));
    let free = "13700000002";
    browser.send("new_mobile", free).await.unwrap();
    change_mobile(&browser.visit().await, &to(free, &browser.code(free).await.unwrap())).await.unwrap();
}
both!(a_number_that_is_taken_or_the_same_is_told_and_another_can_be_typed);

async fn of_several_who_prove_one_number_at_once_one_has_it_and_the_others_are_told(house: House) {
    let mut ready = Vec::new();
    for (nth, number) in [NUMBER, "E12345678", "E12345679"].into_iter().enumerate() {
        let (address, mobile) = (format!("203.0.113.{nth}"), format!("139123456{nth:02}"));
        let newcomer = Browser::new(&house, &address).await;
        newcomer.register(&newcomer.filled(number, &mobile).await).await.unwrap();
        house.clock.forward(Duration::minutes(2));
        let mut browser = Browser::new(&house, &address).await;
        browser.sign_in(number, PASSWORD).await.unwrap();
        browser.send("old_mobile", "").await.unwrap();
        let form = ResetProveForm { captcha: String::new(), sms_code: browser.code(&mobile).await.unwrap() };
        prove_old_mobile(&browser.visit().await, &form).await.unwrap();
        browser.send("new_mobile", NEW).await.unwrap();
        let form = to(NEW, &browser.code(NEW).await.unwrap());
        ready.push((browser.visit().await, form));
    }
    let posts = ready.into_iter().map(|(visit, form)| tokio::spawn(async move { change_mobile(&visit, &form).await }));
    let outcomes: Vec<_> = join_all(posts).await.into_iter().map(Result::unwrap).collect();
    let (done, taken): (Vec<_>, Vec<_>) = outcomes.iter().partition(|outcome| outcome.is_ok());
    assert_eq!((done.len(), taken.len()), (1, 2), "{outcomes:?}");
    assert!(taken.iter().all(|outcome| is_fault(outcome, "mobile", &Fault::MobileTaken)), "{outcomes:?}");
}
both!(of_several_who_prove_one_number_at_once_one_has_it_and_the_others_are_told);

async fn the_proof_of_the_old_number_lasts_ten_minutes_and_opens_nothing_else(house: House) {
    let browser = signed_in(&house).await;
    prove(&browser).await.unwrap();
    let form = domain::account::forms::ResetPasswordForm { password: NEW_PASSWORD.into(), password_again: NEW_PASSWORD.into() };
    let answer = reset_password(&browser.visit().await, &form).await.unwrap();
    assert_eq!(answer.go, "/hunan/forgot", "a password takes a proof of its own");
    browser.send("new_mobile", NEW).await.unwrap();
    house.clock.forward(Duration::minutes(11));
    assert_eq!(stage(&browser).await, ResetStage::Over);
    let answer = change_mobile(&browser.visit().await, &to(NEW, "123456")).await.unwrap();
    assert_eq!(answer.go.as_deref(), Some("/hunan/settings/mobile"));
    assert_eq!(settings(&browser.visit().await).await.unwrap().mobile, "139****5678");
}
both!(the_proof_of_the_old_number_lasts_ten_minutes_and_opens_nothing_else);

async fn a_password_is_changed_by_the_present_one_whose_guesses_are_counted(house: House) {
    let browser = signed_in(&house).await;
    let mut elsewhere = Browser::new(&house, "203.0.113.8").await;
    elsewhere.sign_in(NUMBER, PASSWORD).await.unwrap();
    let form =
        |old: &str, new: &str| ChangePasswordForm { old_password: old.into(), password: new.into(), password_again: new.into() };
    let visit = browser.visit().await;
    assert!(is_fault(&change_password(&visit, &form("", NEW_PASSWORD)).await, "old_password", &Fault::Missing));
    assert!(is_fault(&change_password(&visit, &form(PASSWORD, "short")).await, "password", &Fault::PasswordShort(8)));
    for left in (0..5).rev() {
        let outcome = change_password(&visit, &form("Wrong!123", NEW_PASSWORD)).await;
        assert!(is_fault(&outcome, "old_password", &Fault::OldPassword));
        assert_eq!(tries_left(&faults(outcome)), (left <= 2).then_some(left));
    }
    let outcome = change_password(&visit, &form(PASSWORD, NEW_PASSWORD)).await;
    assert!(matches!(outcome, Err(Failure::Refused(Refusal::Locked { of: Limited::Passwords, .. }))));
    house.clock.forward(Duration::minutes(16));
    let (visit, right) = (browser.visit().await, form(PASSWORD, NEW_PASSWORD));
    for answer in join_all((0..2).map(|_| change_password(&visit, &right))).await {
        assert_eq!(answer.unwrap().go.as_deref(), Some("/hunan/settings?done=password"));
    }
    assert!(home(&elsewhere.visit().await).await.is_err());
    assert!(home(&browser.visit().await).await.is_ok(), "this window stays signed in");
    assert_eq!(sent(&house, MOBILE).await.iter().filter(|(purpose, ..)| purpose == "password_changed").count(), 1);
    assert!(elsewhere.sign_in(NUMBER, PASSWORD).await.is_err());
    elsewhere.sign_in(NUMBER, NEW_PASSWORD).await.unwrap();
}
both!(a_password_is_changed_by_the_present_one_whose_guesses_are_counted);

async fn other_devices_are_listed_and_signed_out_and_those_of_others_stay(house: House) {
    let browser = signed_in(&house).await;
    let mut elsewhere = Browser::new(&house, "203.0.113.8").await;
    elsewhere.sign_in(NUMBER, PASSWORD).await.unwrap();
    let other = Browser::new(&house, "203.0.113.2").await;
    let form = other.filled("430111199003079953", NEW).await;
    other.register(&form).await.unwrap();
    let mut other = Browser::new(&house, "203.0.113.3").await;
    other.sign_in("430111199003079953", PASSWORD).await.unwrap();
    let sessions = settings(&browser.visit().await).await.unwrap().sessions;
    let seen: Vec<_> = sessions.iter().map(|session| (session.is_this, session.address.as_str())).collect();
    // The last is that of the registration.
    assert_eq!(seen, [(true, "203.0.113.7"), (false, "203.0.113.8"), (false, "203.0.113.1")]);
    for _ in 0..2 {
        end_other_sessions(&browser.visit().await).await.unwrap();
    }
    assert!(home(&elsewhere.visit().await).await.is_err());
    assert!(home(&other.visit().await).await.is_ok() && home(&browser.visit().await).await.is_ok());
}
both!(other_devices_are_listed_and_signed_out_and_those_of_others_stay);
