//! The ways of Hubei (no passwords) and of Liaoning (name beside number and password, set after the registration).

use chrono::Duration;
use domain::account::forms::{
    MobileLoginForm, PasswordLoginForm, RegistrationForm, ResetPasswordForm, ResetStartForm, SendCodeForm,
};
use domain::account::view::ResetStage;
use domain::account::ways::{DocumentLoginForm, NameLoginForm};
use domain::answer::Notice;
use domain::case::Refusal;
use domain::fault::Fault;
use domain::limit::Left;

use super::people::*;
use crate::account::{
    entry_view, register, register_before_password, reset_password, reset_start, send_code, sign_in_with_document,
    sign_in_with_mobile, sign_in_with_name, sign_in_with_password,
};
use crate::intake::home;
use crate::testing::{House, both};
use crate::{Entered, Failure};

const WITHOUT_PASSWORD: &str = r#"
[account]
registration = "without_password"
logins = ["mobile_and_document"]
document_kinds = [{ kind = "resident_id", label = "居民身份证" }, { kind = "passport", label = "护照" }]
[account.sms]
signature = "无密码省"
resend_seconds = 60
code_minutes = 10
max_tries = 5
"#;

pub(super) const PASSWORD_AFTER: &str = r#"
[account]
registration = "password_after"
logins = ["name_and_password"]
has_legacy_holders = true
taken = "told"
document_kinds = [{ kind = "resident_id", label = "居民身份证" }, { kind = "passport", label = "护照" }]
[account.password]
min = 8
max = 128
kinds = 3
specials = ""
[account.sms]
signature = "后设密码省"
resend_seconds = 60
code_minutes = 10
max_tries = 5
"#;

const OTHER_NUMBER: &str = "430111199003079980";

fn bare(form: RegistrationForm) -> RegistrationForm {
    RegistrationForm { password: String::new(), password_again: String::new(), ..form }
}

/// Somebody with the usual number and mobile has an account without a password.
async fn known(house: &House) -> Browser<'_> {
    let browser = Browser::new(house, "203.0.113.1").await;
    let form = bare(browser.filled(NUMBER, MOBILE).await);
    let entered = browser.register(&form).await.unwrap();
    assert_eq!(entered.go, format!("/{}/home", house.key));
    assert!(house.visit(Some(entered.token.as_str())).await.account().is_ok());
    house.clock.forward(Duration::minutes(2));
    Browser::new(house, "203.0.113.1").await
}

async fn by_document(browser: &mut Browser<'_>, number: &str, mobile: &str, code: &str) -> Result<String, Failure> {
    let form = DocumentLoginForm {
        document_number: number.into(),
        mobile: mobile.into(),
        sms_code: code.into(),
        ..DocumentLoginForm::default()
    };
    sign_in_with_document(&browser.visit().await, &form).await.map(|entered| browser.took(entered))
}

async fn a_person_without_a_password_logs_in_by_number_telephone_and_code(house: House) {
    let house = house.of("hubei", WITHOUT_PASSWORD);
    let mut person = known(&house).await;
    person.send_for("document_login", " 430111 19900307 9988", MOBILE).await.unwrap();
    let (_, text, code) = sent(&house, MOBILE).await.pop().unwrap();
    let code = code.unwrap();
    assert_eq!(text, format!("【无密码省】验证码 {code}，10 分钟内有效，用于会计人员登录。请勿告知他人。"));
    let view = entry_view(&person.visit().await, "login-").await.unwrap();
    assert_eq!((view.resend_seconds, view.is_captcha_passed, view.mobile.as_str()), (Some(60), true, "139****5678"));
    let planted = person.token.clone();
    assert_eq!(by_document(&mut person, NUMBER, MOBILE, &code).await.unwrap(), "/hubei/home");
    assert!(home(&person.visit().await).await.is_ok());
    assert!(house.visit(Some(&planted)).await.session.is_none());
    let mut again = Browser::new(&house, "203.0.113.1").await;
    assert!(is_fault(&by_document(&mut again, NUMBER, MOBILE, &code).await, "captcha", &Fault::Missing));
}
both!(a_person_without_a_password_logs_in_by_number_telephone_and_code);

async fn a_code_goes_out_only_if_number_and_telephone_belong_to_one_account_and_nobody_can_tell(house: House) {
    let house = house.of("hubei", WITHOUT_PASSWORD);
    known(&house).await;
    let pairs = [(NUMBER, MOBILE), (NUMBER, "13800000001"), (OTHER_NUMBER, MOBILE), (OTHER_NUMBER, "13800000002")];
    let mut views = Vec::new();
    for (number, mobile) in pairs {
        let mut browser = Browser::new(&house, "203.0.113.3").await;
        let answer = browser.send_for("document_login", number, mobile).await.unwrap();
        // The third for what was typed, one of them at the registration: it counts whether or not a message goes out.
        let left = (mobile == MOBILE && number == OTHER_NUMBER).then_some(Left { times: 2, seconds: 3_600, again: None });
        assert_eq!(answer.notice, Some(Notice::CodeSent { resend_seconds: 60, left }));
        let mut view = entry_view(&browser.visit().await, "login-document").await.unwrap();
        view.mobile.clear();
        views.push(view);
        for left in (0..5).rev() {
            let outcome = by_document(&mut browser, number, mobile, "000000").await;
            assert!(is_fault(&outcome, "sms_code", &Fault::CodeWrong(left)));
        }
        assert!(is_fault(&by_document(&mut browser, number, mobile, "000000").await, "sms_code", &Fault::CodeExpired));
        house.clock.forward(Duration::minutes(2));
    }
    assert!(views.windows(2).all(|pair| pair[0] == pair[1]), "{views:?}");
    let went = |purpose: &str, mobile: &str| {
        let all = house.sms.0.lock().unwrap();
        all.iter().filter(|sms| sms.purpose == purpose && (mobile.is_empty() || sms.mobile == mobile)).count()
    };
    sent(&house, MOBILE).await;
    assert_eq!((went("document_login", MOBILE), went("document_login", "")), (1, 1));
}
both!(a_code_goes_out_only_if_number_and_telephone_belong_to_one_account_and_nobody_can_tell);

async fn a_code_for_one_number_opens_nothing_with_another(house: House) {
    let house = house.of("hubei", WITHOUT_PASSWORD);
    let mut person = known(&house).await;
    person.send_for("document_login", NUMBER, MOBILE).await.unwrap();
    let code = person.code(MOBILE).await.unwrap();
    assert!(is_fault(&by_document(&mut person, OTHER_NUMBER, MOBILE, &code).await, "sms_code", &Fault::CodeNotSent));
    let form = SendCodeForm { purpose: "document_login".into(), mobile: MOBILE.into(), ..SendCodeForm::default() };
    assert!(is_fault(&send_code(&person.visit().await, &form).await, "document_number", &Fault::Missing));
    by_document(&mut person, NUMBER, MOBILE, &code).await.unwrap();
}
both!(a_code_for_one_number_opens_nothing_with_another);

async fn whoever_has_the_telephone_of_the_account_reads_that_it_exists_and_nobody_else(house: House) {
    let house = house.of("hubei", WITHOUT_PASSWORD);
    let owner = known(&house).await;
    let form = bare(owner.filled(NUMBER, MOBILE).await);
    let mut wrong = form.clone();
    wrong.sms_code = if form.sms_code == "000000" { "000001".into() } else { "000000".into() };
    assert!(is_fault(&owner.register(&wrong).await, "sms_code", &Fault::CodeWrong(4)));
    assert!(is_fault(&owner.register(&form).await, "document_number", &Fault::AlreadyRegistered));
    let stranger = Browser::new(&house, "203.0.113.2").await;
    let form = bare(stranger.filled(NUMBER, "13800000001").await);
    assert_eq!(stranger.register(&form).await.unwrap().go, "/hubei/registered");
    let (purpose, text, _) = sent(&house, MOBILE).await.pop().unwrap();
    assert_eq!(purpose, "register_again");
    assert_eq!(text, "【无密码省】有人使用您的证件号码办理注册。您已有账号，账号未作任何更改。如是您本人操作，请直接登录。");
    house.clock.forward(Duration::minutes(2));
    let other = bare(owner.filled("E12345678", MOBILE).await);
    assert!(is_fault(&owner.register(&other).await, "mobile", &Fault::MobileTaken));
}
both!(whoever_has_the_telephone_of_the_account_reads_that_it_exists_and_nobody_else);

async fn what_a_province_does_not_offer_is_not_there(house: House) {
    let house = house.of("hubei", WITHOUT_PASSWORD);
    let person = known(&house).await;
    let visit = person.visit().await;
    let is_missing = |outcome: Result<(), Failure>| matches!(outcome, Err(Failure::NotFound));
    assert!(is_missing(sign_in_with_password(&visit, &PasswordLoginForm::default()).await.map(drop)));
    assert!(is_missing(sign_in_with_mobile(&visit, &MobileLoginForm::default()).await.map(drop)));
    assert!(is_missing(sign_in_with_name(&visit, &NameLoginForm::default()).await.map(drop)));
    assert!(is_missing(register_before_password(&visit, &RegistrationForm::default()).await.map(drop)));
    assert!(is_missing(reset_start(&visit, &ResetStartForm::default()).await.map(drop)));
    assert!(is_missing(person.send("login", MOBILE).await.map(drop)));
    assert!(is_missing(person.send("password_reset", "").await.map(drop)));
    assert!(is_missing(person.send("activation", "").await.map(drop)));
    let house = house.of("liaoning", PASSWORD_AFTER);
    let visit = Browser::new(&house, "203.0.113.1").await.visit().await;
    assert!(is_missing(register(&visit, &RegistrationForm::default()).await.map(drop)));
    assert!(is_missing(sign_in_with_document(&visit, &DocumentLoginForm::default()).await.map(drop)));
}
both!(what_a_province_does_not_offer_is_not_there);

/// Registers by telephone, sets the password, and is signed in by that; answers a browser of nobody.
async fn registered_in_two_steps(house: &House) -> Browser<'_> {
    let mut browser = Browser::new(house, "203.0.113.1").await;
    let form = bare(browser.filled(NUMBER, MOBILE).await);
    let entered = register_before_password(&browser.visit().await, &form).await.unwrap();
    assert_eq!(browser.took(entered), "/liaoning/password");
    let done = reset_password(&browser.visit().await, &password(PASSWORD)).await.unwrap();
    assert_eq!(browser.took(done), "/liaoning/home");
    assert!(browser.visit().await.account().is_ok());
    house.clock.forward(Duration::minutes(2));
    Browser::new(house, "203.0.113.1").await
}

fn password(password: &str) -> ResetPasswordForm {
    ResetPasswordForm { password: password.into(), password_again: password.into() }
}

async fn by_name(browser: &mut Browser<'_>, name: &str, number: &str, password: &str) -> Result<String, Failure> {
    let slider = browser.slider().await;
    let form = NameLoginForm {
        name: name.into(),
        document_number: number.into(),
        password: password.into(),
        slider,
        captcha: String::new(),
    };
    sign_in_with_name(&browser.visit().await, &form).await.map(|entered: Entered| browser.took(entered))
}

async fn the_password_is_set_once_the_telephone_is_proven_and_under_a_new_token(house: House) {
    let house = house.of("liaoning", PASSWORD_AFTER);
    let mut browser = Browser::new(&house, "203.0.113.1").await;
    let form = bare(browser.filled(NUMBER, MOBILE).await);
    let planted = browser.token.clone();
    assert_eq!(entry_view(&browser.visit().await, "password").await.unwrap().reset, ResetStage::Start);
    let entered = register_before_password(&browser.visit().await, &form).await.unwrap();
    assert_eq!(browser.took(entered), "/liaoning/password");
    assert_ne!(browser.token, planted);
    let thief = house.visit(Some(&planted)).await;
    assert_eq!(reset_password(&thief, &password("Thief!2026")).await.unwrap().go, "/liaoning/forgot");
    assert!(by_name(&mut Browser::new(&house, "203.0.113.9").await, "张三丰", NUMBER, "Thief!2026").await.is_err());

    let visit = browser.visit().await;
    assert_eq!(entry_view(&visit, "password").await.unwrap().reset, ResetStage::Password);
    assert_eq!(entry_view(&visit, "forgot").await.unwrap().reset, ResetStage::Start);
    assert!(is_fault(&reset_password(&visit, &password("Zhang079988!")).await, "password", &Fault::PasswordPersonal));
    let half = browser.token.clone();
    let done = reset_password(&visit, &password(PASSWORD)).await.unwrap();
    assert_eq!(browser.took(done), "/liaoning/home");
    assert!(house.visit(Some(&half)).await.session.is_none() && browser.visit().await.account().is_ok());
    let (purpose, text, _) = sent(&house, MOBILE).await.pop().unwrap();
    assert_eq!(purpose, "password_changed");
    assert!(text.starts_with("【后设密码省】您的登录密码已于11月18日 10:00设置。"), "{text}");
    assert_eq!(by_name(&mut browser, "张 三丰", NUMBER, PASSWORD).await.unwrap(), "/liaoning/home");
}
both!(the_password_is_set_once_the_telephone_is_proven_and_under_a_new_token);

async fn every_wrong_combination_of_name_number_and_password_has_one_answer_and_counts(house: House) {
    let house = house.of("liaoning", PASSWORD_AFTER);
    registered_in_two_steps(&house).await;
    let wrong = [
        ("张三封", NUMBER, PASSWORD),
        ("张三丰", OTHER_NUMBER, PASSWORD),
        ("张三丰", NUMBER, "Wrong!123"),
        ("李四", OTHER_NUMBER, "Wrong!123"),
    ];
    for (name, number, password) in wrong {
        let mut guesser = Browser::new(&house, "203.0.113.7").await;
        let errors = faults(by_name(&mut guesser, name, number, password).await);
        assert_eq!((errors.0.len(), errors.of("document_number")), (1, Some(&Fault::CredentialsWithName)));
    }
    let mut guesser = Browser::new(&house, "203.0.113.7").await;
    for _ in 0..3 {
        assert!(by_name(&mut guesser, "张三封", NUMBER, PASSWORD).await.is_err());
    }
    let outcome = by_name(&mut guesser, "张三丰", NUMBER, PASSWORD).await;
    assert!(matches!(outcome, Err(Failure::Refused(Refusal::Locked { .. }))));
    by_name(&mut Browser::new(&house, "203.0.113.8").await, "张三丰", NUMBER, PASSWORD).await.unwrap();
}
both!(every_wrong_combination_of_name_number_and_password_has_one_answer_and_counts);

async fn a_taken_number_leads_to_a_page_that_says_what_to_do_once_a_telephone_is_proven(house: House) {
    let house = house.of("liaoning", PASSWORD_AFTER);
    registered_in_two_steps(&house).await;
    let mut stranger = Browser::new(&house, "203.0.113.2").await;
    let form = bare(stranger.filled(NUMBER, "13800000001").await);
    let mut wrong = form.clone();
    wrong.sms_code = if form.sms_code == "000000" { "000001".into() } else { "000000".into() };
    let outcome = register_before_password(&stranger.visit().await, &wrong).await;
    assert!(is_fault(&outcome, "sms_code", &Fault::CodeWrong(4)));
    let entered = register_before_password(&stranger.visit().await, &form).await.unwrap();
    assert_eq!(stranger.took(entered), "/liaoning/taken");
    assert_eq!(entry_view(&stranger.visit().await, "password").await.unwrap().reset, ResetStage::Start);
    let told = sent(&house, MOBILE).await.into_iter().filter(|(purpose, ..)| purpose == "register_again").count();
    assert_eq!(told, 1);
    entry_view(&stranger.visit().await, "taken").await.unwrap();
    // The owner, who forgot the account and has number and telephone still.
    house.clock.forward(Duration::minutes(2));
    let mut owner = Browser::new(&house, "203.0.113.3").await;
    let form = bare(owner.filled(NUMBER, MOBILE).await);
    let entered = register_before_password(&owner.visit().await, &form).await.unwrap();
    assert_eq!(owner.took(entered), "/liaoning/taken");
    by_name(&mut Browser::new(&house, "203.0.113.8").await, "张三丰", NUMBER, PASSWORD).await.unwrap();
}
both!(a_taken_number_leads_to_a_page_that_says_what_to_do_once_a_telephone_is_proven);

async fn a_registration_before_its_password_is_answered_again_under_a_fresh_token(house: House) {
    let house = house.of("liaoning", PASSWORD_AFTER);
    let mut browser = Browser::new(&house, "203.0.113.1").await;
    let form = bare(browser.filled(NUMBER, MOBILE).await);
    let head = browser.visit().await;
    let outcomes = futures::future::join_all((0..8).map(|_| register_before_password(&head, &form))).await;
    let lost = outcomes.into_iter().map(Result::unwrap).next_back().unwrap();
    let again = register_before_password(&browser.visit().await, &form).await.unwrap();
    assert_eq!(again.go, lost.go);
    assert!(house.visit(Some(lost.token.as_str())).await.session.is_none());
    browser.took(again);
    let head = browser.visit().await;
    let lost = reset_password(&head, &password(PASSWORD)).await.unwrap();
    let done = reset_password(&head, &password(PASSWORD)).await.unwrap();
    assert_eq!((lost.go.as_str(), done.go.as_str()), ("/liaoning/home", "/liaoning/home"));
    assert!(house.visit(Some(lost.token.as_str())).await.session.is_none(), "the first one ends");
    assert!(house.visit(Some(done.token.as_str())).await.account().is_ok());
    assert!(matches!(reset_password(&head, &password("Again!2026x")).await, Err(Failure::Stale)), "another is no repetition");
    let hash = house.services.vault.keyed_hash("document", NUMBER);
    let accounts = house.services.db.read().await.unwrap().list_accounts_of_document("liaoning", &hash).await.unwrap();
    assert_eq!(accounts.len(), 1);
}
both!(a_registration_before_its_password_is_answered_again_under_a_fresh_token);
