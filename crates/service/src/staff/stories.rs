//! What the staff go through before they see anything, on both engines.

use chrono::Duration;
use domain::account::forms::{BootstrapForm, SecondFactorForm, StaffLoginForm};
use domain::account::view::Who;
use domain::case::{Refusal, StaffRole};
use domain::fault::Fault;
use domain::id::StaffId;
use totp_rs::{Algorithm, Secret, TOTP};

use super::*;
use crate::Entered;
use crate::account::site_view;
use crate::account::stories::{Browser, faults, is_fault, tries_left};
use crate::testing::{House, both};

pub(super) const SECRET: &str = "KREVGVCBJY3DMRKEIFGU6RJVGIZVGU2Y";
pub(super) const PASSWORD: &str = "Lotus-Harbour-71";

fn reviewer() -> DemoStaff {
    let text = str::to_owned;
    DemoStaff {
        province: text("hunan"),
        bureau: text("430111").into(),
        login: text("yuhua"),
        name: text("李雨花"),
        mobile: text("13700000001"),
        role: StaffRole::Reviewer,
        password: text(PASSWORD),
        totp_secret: text(SECRET),
    }
}

pub(super) async fn with_reviewer(house: &House) {
    let demo = house.services.with(|rooms| rooms.is_demo = true);
    for _ in 0..2 {
        let made = ensure_demo_staff(&demo, &[reviewer(), DemoStaff { province: "other".into(), ..reviewer() }]).await.unwrap();
        assert_eq!(made.len(), 1);
        assert_eq!((made[0].login.as_str(), made[0].bureau_name.as_str()), ("yuhua", "长沙市雨花区财政局"));
    }
    assert!(matches!(ensure_demo_staff(&house.services, &[reviewer()]).await, Err(Failure::NotFound)));
}

pub(super) fn code_of(house: &House, secret: &str) -> SecondFactorForm {
    let secret = Secret::Encoded(secret.to_owned()).to_bytes().unwrap();
    let totp = TOTP::new(Algorithm::SHA1, 6, 1, 30, secret, None, String::new()).unwrap();
    SecondFactorForm { code: totp.generate(house.services.now().timestamp().unsigned_abs()) }
}

pub(super) async fn password(browser: &mut Browser<'_>, login: &str, password: &str) -> Result<String, Failure> {
    let form = StaffLoginForm { login: login.into(), password: password.into(), captcha: browser.captcha().await };
    sign_in(&browser.visit().await, &form).await.map(|entered| browser.took(entered))
}

pub(super) async fn give(browser: &mut Browser<'_>, form: &SecondFactorForm) -> Result<String, Failure> {
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
    let bureau_name = "长沙市雨花区财政局".to_owned();
    assert_eq!(
        who,
        Who::Staff {
            name: "李雨花".into(), bureau_name, role: actor.role, is_second_factor_done: true, has_second_factor: true
        }
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
    for left in (0..5).rev() {
        let outcome = give(&mut browser, &SecondFactorForm { code: "000000".into() }).await;
        assert!(is_fault(&outcome, "code", &Fault::OneTimeCode));
        assert_eq!(tries_left(&faults(outcome)), (left <= 2).then_some(left));
    }
    let right = code_of(&house, SECRET);
    assert!(matches!(give(&mut browser, &right).await, Err(Failure::Refused(Refusal::Locked { .. }))));
    house.clock.forward(Duration::minutes(15));
    give(&mut browser, &code_of(&house, SECRET)).await.unwrap();

    for login in ["yuhua", "nobody"] {
        for tries in 0..5 {
            let form = StaffLoginForm { login: login.into(), password: "wrong".into(), captcha: String::new() };
            let outcome = sign_in(&browser.visit().await, &form).await;
            // Where its owner signed in before, no picture is asked for.
            let is_open = login == "yuhua";
            let (field, fault) = if is_open { ("login", Fault::Credentials) } else { ("captcha", Fault::Captcha) };
            assert!(is_fault(&outcome, field, &fault), "{login} {tries}");
            assert_eq!(tries_left(&faults(outcome)).is_some(), is_open && tries >= 2, "{login} {tries}");
            if !is_open {
                assert!(is_fault(&password(&mut browser, login, "wrong").await, "login", &Fault::Credentials));
            }
        }
        let outcome = password(&mut browser, login, PASSWORD).await;
        assert!(matches!(outcome, Err(Failure::Refused(Refusal::Locked { .. }))), "{login}");
    }
}
both!(five_wrong_codes_or_passwords_lock_for_a_quarter_of_an_hour);

/// As if so many tries with wrong passwords had come from as many addresses.
async fn strangers_fail(house: &House, from: u8, many: u8) {
    for n in from..from + many {
        let mut stranger = Browser::new(house, &format!("198.51.100.{n}")).await;
        let outcome = password(&mut stranger, "yuhua", "wrong").await;
        assert!(is_fault(&outcome, "login", &Fault::Credentials), "{n}");
    }
}

async fn alarms(house: &House, staff: &StaffId) -> usize {
    let rows = house.services.db.read().await.unwrap().list_audit_of("staff", staff.as_str()).await.unwrap();
    rows.iter().filter(|row| row.action == "staff_sign_in_attacked").count()
}

async fn strangers_who_fail_keep_nobody_out_of_where_they_signed_in_before(house: House) {
    with_reviewer(&house).await;
    let mut owner = Browser::new(&house, "203.0.113.1").await;
    password(&mut owner, "yuhua", PASSWORD).await.unwrap();
    give(&mut owner, &code_of(&house, SECRET)).await.unwrap();

    let id = require_staff(&owner.visit().await).unwrap().id;
    strangers_fail(&house, 0, 9).await;
    assert_eq!(alarms(&house, &id).await, 0);
    strangers_fail(&house, 9, 91).await;
    assert_eq!(alarms(&house, &id).await, 1);
    while crate::notify::deliver(&house.services).await.unwrap() > 0 {}
    let told: Vec<_> = house.sms.0.lock().unwrap().iter().map(|sms| (sms.mobile.clone(), sms.purpose.clone())).collect();
    assert_eq!(told, [("13700000001".to_owned(), "staff_news".to_owned())], "the owner is told once");

    // One stranger a minute, whoever it is; a picture has to be read every time.
    let mut stranger = Browser::new(&house, "198.51.100.200").await;
    let bare = |word: &str| StaffLoginForm { login: "yuhua".into(), password: word.into(), captcha: String::new() };
    assert!(is_fault(&sign_in(&stranger.visit().await, &bare("wrong")).await, "captcha", &Fault::Captcha));
    assert!(is_fault(&password(&mut stranger, "yuhua", "wrong").await, "login", &Fault::Credentials));
    let mut another = Browser::new(&house, "198.51.100.201").await;
    let outcome = password(&mut another, "yuhua", PASSWORD).await;
    assert!(matches!(outcome, Err(Failure::Refused(Refusal::Locked { .. }))));
    // The owner needs neither patience nor a picture, and a new place only a minute.
    let again = Browser::new(&house, "203.0.113.1").await;
    sign_in(&again.visit().await, &bare(PASSWORD)).await.unwrap();
    house.clock.forward(Duration::minutes(1));
    password(&mut another, "yuhua", PASSWORD).await.unwrap();
}
both!(strangers_who_fail_keep_nobody_out_of_where_they_signed_in_before);

async fn a_reset_forgets_the_failures_of_strangers(house: House) {
    with_reviewer(&house).await;
    strangers_fail(&house, 0, 100).await;
    let mut browser = Browser::new(&house, "203.0.113.1").await;
    assert!(is_fault(&password(&mut browser, "yuhua", "wrong").await, "login", &Fault::Credentials));
    let outcome = password(&mut browser, "yuhua", PASSWORD).await;
    assert!(matches!(outcome, Err(Failure::Refused(Refusal::Locked { .. }))));
    let row = house.services.db.read().await.unwrap().find_staff_of_login("hunan", "yuhua").await.unwrap().unwrap();
    let reset = house.services.db.write(move |tx| {
        Box::pin(
            async move { tx.reset_staff(("hunan", &row.id, row.version), &row.password_hash, None).await.map_err(Failure::from) },
        )
    });
    reset.await.unwrap();
    let form = StaffLoginForm { login: "yuhua".into(), password: PASSWORD.into(), captcha: String::new() };
    sign_in(&browser.visit().await, &form).await.unwrap();
}
both!(a_reset_forgets_the_failures_of_strangers);

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
    assert!(is_fault(&short, "password", &Fault::PasswordShort(12)));
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

async fn both_steps_of_a_sign_in_are_answered_again_when_their_answer_was_lost(house: House) {
    with_reviewer(&house).await;
    let mut browser = Browser::new(&house, "203.0.113.1").await;
    let form = StaffLoginForm { login: "yuhua".into(), password: PASSWORD.into(), captcha: browser.captcha().await };
    let lost = sign_in(&browser.visit().await, &form).await.unwrap();
    let again = sign_in(&browser.visit().await, &form).await.unwrap();
    assert_eq!((again.go.as_str(), lost.go.as_str()), ("/hunan/staff/second-factor", "/hunan/staff/second-factor"));
    assert!(house.visit(Some(lost.token.as_str())).await.session.is_none());
    browser.took(again);
    let code = code_of(&house, SECRET);
    let head = browser.visit().await;
    confirm(&head, &code).await.unwrap();
    // The code serves once, and yet the same browser gets its answer.
    assert_eq!(give(&mut browser, &code).await.unwrap(), "/hunan/staff/desk");
    require_staff(&browser.visit().await).unwrap();
    house.clock.forward(Duration::seconds(1));
    require_staff(&browser.visit().await).unwrap();
    assert!(confirm(&head, &code).await.is_err(), "once it was used, never again");
}
both!(both_steps_of_a_sign_in_are_answered_again_when_their_answer_was_lost);
