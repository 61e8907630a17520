//! What the staff go through before they see anything, on both engines.

use chrono::Duration;
use domain::account::forms::{BootstrapForm, SecondFactorForm, StaffLoginForm};
use domain::account::view::Who;
use domain::fault::Fault;
use domain::review::{Refusal, StaffRole};
use totp_rs::{Algorithm, Secret, TOTP};

use super::*;
use crate::account::site_view;
use crate::account::stories::{Browser, is_fault};
use crate::testing::{House, both};
use crate::{Entered, Services};

const SECRET: &str = "KREVGVCBJY3DMRKEIFGU6RJVGIZVGU2Y";
const PASSWORD: &str = "Lotus-Harbour-71";

fn reviewer() -> DemoStaff {
    let text = str::to_owned;
    DemoStaff {
        province: text("hunan"),
        bureau: text("430111"),
        login: text("yuhua"),
        name: text("李雨花"),
        mobile: text("13700000001"),
        role: StaffRole::Reviewer,
        password: text(PASSWORD),
        totp_secret: text(SECRET),
    }
}

async fn with_reviewer(house: &House) {
    let demo = Services { is_demo: true, ..house.services.clone() };
    for _ in 0..2 {
        let made = ensure_demo_staff(&demo, &[reviewer(), DemoStaff { province: "other".into(), ..reviewer() }]).await.unwrap();
        assert_eq!(made.len(), 1);
        assert_eq!((made[0].login.as_str(), made[0].bureau.as_str()), ("yuhua", "长沙市雨花区财政局"));
    }
    assert!(matches!(ensure_demo_staff(&house.services, &[reviewer()]).await, Err(Failure::NotFound)));
}

fn code_of(house: &House, secret: &str) -> SecondFactorForm {
    let secret = Secret::Encoded(secret.to_owned()).to_bytes().unwrap();
    let totp = TOTP::new(Algorithm::SHA1, 6, 1, 30, secret).unwrap();
    SecondFactorForm { code: totp.generate(house.services.now().timestamp().unsigned_abs()) }
}

async fn password(browser: &mut Browser<'_>, login: &str, password: &str) -> Result<String, Failure> {
    let form = StaffLoginForm { login: login.into(), password: password.into(), captcha: browser.captcha().await };
    sign_in(&browser.visit().await, &form).await.map(|entered| browser.took(entered))
}

async fn give(browser: &mut Browser<'_>, form: &SecondFactorForm) -> Result<String, Failure> {
    let entered: Result<Entered, Failure> = confirm(&browser.visit().await, form).await;
    entered.map(|entered| browser.took(entered))
}

async fn a_reviewer_sees_nothing_before_the_second_factor_whose_code_serves_once(house: House) {
    with_reviewer(&house).await;
    let mut browser = Browser::new(&house, "203.0.113.1").await;
    assert!(matches!(require_staff(&browser.visit().await), Err(Failure::Refused(Refusal::SignInAgain))));
    assert_eq!(password(&mut browser, " YUHUA ", PASSWORD).await.unwrap(), "/hunan/staff/second-factor");
    let half = browser.token.clone();
    let visit = browser.visit().await;
    assert!(matches!(require_staff(&visit), Err(Failure::Refused(Refusal::SecondFactorNeeded))));
    let view = enrol_view(&visit).await.unwrap();
    assert!(view.is_enrolled && view.secret.is_empty() && view.recovery_codes.is_empty());
    let code = code_of(&house, SECRET);
    assert!(enrol(&visit, &code).await.is_err(), "it is set up already");
    assert_eq!(give(&mut browser, &code).await.unwrap(), "/hunan/staff/desk");
    assert_ne!(browser.token, half);
    assert!(house.visit(Some(&half)).await.session.is_none());
    let visit = browser.visit().await;
    let actor = require_staff(&visit).unwrap();
    assert_eq!((actor.bureau.as_str(), actor.role), ("430111", StaffRole::Reviewer));
    let who = site_view(&visit).await.unwrap().who;
    let bureau = "长沙市雨花区财政局".to_owned();
    assert_eq!(
        who,
        Who::Staff { name: "李雨花".into(), bureau, role: actor.role, is_second_factor_done: true, has_second_factor: true }
    );

    let mut replay = Browser::new(&house, "203.0.113.1").await;
    password(&mut replay, "yuhua", PASSWORD).await.unwrap();
    assert!(is_fault(&give(&mut replay, &code).await, "code", &Fault::OneTimeCode));
    house.clock.forward(Duration::seconds(30));
    give(&mut replay, &code_of(&house, SECRET)).await.unwrap();
    house.clock.forward(Duration::minutes(30));
    assert!(matches!(require_staff(&browser.visit().await), Err(Failure::Refused(Refusal::SignInAgain))));
}
both!(a_reviewer_sees_nothing_before_the_second_factor_whose_code_serves_once);

async fn five_wrong_codes_or_passwords_lock_for_a_quarter_of_an_hour(house: House) {
    with_reviewer(&house).await;
    let mut browser = Browser::new(&house, "203.0.113.1").await;
    password(&mut browser, "yuhua", PASSWORD).await.unwrap();
    for _ in 0..5 {
        let wrong = SecondFactorForm { code: "000000".into() };
        assert!(is_fault(&give(&mut browser, &wrong).await, "code", &Fault::OneTimeCode));
    }
    let right = code_of(&house, SECRET);
    assert!(matches!(give(&mut browser, &right).await, Err(Failure::Refused(Refusal::Locked { .. }))));
    house.clock.forward(Duration::minutes(15));
    give(&mut browser, &code_of(&house, SECRET)).await.unwrap();

    for login in ["yuhua", "nobody"] {
        for tries in 0..5 {
            let form = StaffLoginForm { login: login.into(), password: "wrong".into(), captcha: String::new() };
            let outcome = sign_in(&browser.visit().await, &form).await;
            let is_open = tries < 3 && login == "yuhua";
            let (field, fault) = if is_open { ("login", Fault::Credentials) } else { ("captcha", Fault::Captcha) };
            assert!(is_fault(&outcome, field, &fault), "{login} {tries}");
            if !is_open {
                assert!(is_fault(&password(&mut browser, login, "wrong").await, "login", &Fault::Credentials));
            }
        }
        let outcome = password(&mut browser, login, PASSWORD).await;
        assert!(matches!(outcome, Err(Failure::Refused(Refusal::Locked { .. }))), "{login}");
    }
}
both!(five_wrong_codes_or_passwords_lock_for_a_quarter_of_an_hour);

async fn the_first_administrator_comes_by_a_token_that_serves_once(house: House) {
    let token = bootstrap_token(&house.services, "hunan").await.unwrap();
    let mut browser = Browser::new(&house, "203.0.113.1").await;
    let again = PASSWORD.to_owned();
    let form = |token: &str, password: &str| BootstrapForm {
        token: token.into(),
        login: "Admin.1".into(),
        name: "赵管理".into(),
        mobile: "13700000009".into(),
        password: password.into(),
        password_again: again.clone(),
    };
    let visit = browser.visit().await;
    let short = bootstrap(&visit, &form(&token, "Short-71")).await;
    assert!(is_fault(&short, "password", &Fault::PasswordShort { min: 12 }));
    assert!(is_fault(&short, "password_again", &Fault::PasswordsDiffer));
    assert!(is_fault(&bootstrap(&visit, &form("x", PASSWORD)).await, "token", &Fault::CodeExpired));
    assert_eq!(bootstrap(&visit, &form(&token, PASSWORD)).await.unwrap().go.as_deref(), Some("/hunan/staff/login"));
    assert!(is_fault(&bootstrap(&visit, &form(&token, PASSWORD)).await, "token", &Fault::CodeExpired));
    assert!(matches!(bootstrap_token(&house.services, "hunan").await, Err(Failure::NotFound)));

    password(&mut browser, "admin.1", PASSWORD).await.unwrap();
    let view = enrol_view(&browser.visit().await).await.unwrap();
    assert!(!view.is_enrolled && view.qr.starts_with("<svg") && view.secret.len() == 32);
    let visit = browser.visit().await;
    assert_eq!(enrol_view(&visit).await.unwrap().secret, view.secret);
    assert!(is_fault(&enrol(&visit, &SecondFactorForm { code: "000000".into() }).await, "code", &Fault::OneTimeCode));
    let code = code_of(&house, &view.secret);
    let before = browser.token.clone();
    let entered = enrol(&visit, &code).await.unwrap();
    assert_eq!(browser.took(entered), "/hunan/staff/second-factor");
    assert!(house.visit(Some(&before)).await.session.is_none(), "the token from before the second factor serves nobody");
    let visit = browser.visit().await;
    assert_eq!(require_staff(&visit).unwrap().role, StaffRole::Administrator);
    let codes = enrol_view(&visit).await.unwrap().recovery_codes;
    assert_eq!(codes.len(), 10);
    acknowledge(&visit).await.unwrap();
    let view = enrol_view(&browser.visit().await).await.unwrap();
    assert!(view.recovery_codes.is_empty() && view.recovery_left == 10);

    let recovery = SecondFactorForm { code: codes[3].to_lowercase().replace('-', " ") };
    let mut elsewhere = Browser::new(&house, "203.0.113.2").await;
    password(&mut elsewhere, "admin.1", PASSWORD).await.unwrap();
    assert!(is_fault(&give(&mut elsewhere, &code).await, "code", &Fault::OneTimeCode), "it served the enrolment");
    give(&mut elsewhere, &recovery).await.unwrap();
    assert_eq!(enrol_view(&elsewhere.visit().await).await.unwrap().recovery_left, 9);
    password(&mut elsewhere, "admin.1", PASSWORD).await.unwrap();
    assert!(is_fault(&give(&mut elsewhere, &recovery).await, "code", &Fault::OneTimeCode));
}
both!(the_first_administrator_comes_by_a_token_that_serves_once);

async fn a_token_for_the_first_administrator_lives_an_hour(house: House) {
    let token = bootstrap_token(&house.services, "hunan").await.unwrap();
    house.clock.forward(Duration::hours(1));
    let form = BootstrapForm {
        token,
        login: "admin".into(),
        name: "赵管理".into(),
        mobile: "13700000009".into(),
        password: PASSWORD.into(),
        password_again: PASSWORD.into(),
    };
    let visit = house.visit(None).await;
    assert!(is_fault(&bootstrap(&visit, &form).await, "token", &Fault::CodeExpired));
    assert!(matches!(bootstrap_token(&house.services, "nowhere").await, Err(Failure::NotFound)));
}
both!(a_token_for_the_first_administrator_lives_an_hour);
