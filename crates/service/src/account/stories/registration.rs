use domain::account::settings::NewMobileForm;
use domain::account::view::{ResetStage, VISITOR, Who};
use domain::fault::Fault;
use domain::identity::mask;
use futures::future::join_all;

use super::people::*;
use crate::account::{change_mobile, entry_view, messages, site_view};
use crate::intake::home;
use crate::testing::{House, both};

async fn a_person_registers_and_signs_in_both_ways(house: House) {
    let mut browser = Browser::new(&house, "203.0.113.1").await;
    let mut form = browser.filled(NUMBER, MOBILE).await;
    let view = entry_view(&browser.visit().await, "register").await.unwrap();
    assert_eq!((view.resend_seconds, view.is_captcha_passed, view.mobile.as_str()), (Some(90), true, "139****5678"));
    let (_, text, code) = sent(&house, MOBILE).await.pop().unwrap();
    let code = code.unwrap();
    assert_eq!(text, format!("【湖南财政厅】验证码 {code}，10 分钟内有效，用于会计人员注册。请勿告知他人。"));
    form.mobile = "+86 139-1234-5678".into();
    form.password_again = "else".into();
    assert!(is_fault(&browser.register(&form).await, "password_again", &Fault::PasswordsDiffer));
    form.password_again = PASSWORD.into();
    let before = browser.token.clone();
    let entered = browser.register(&form).await.unwrap();
    assert_eq!(browser.took(entered), "/hunan/home");
    assert_ne!(browser.token, before);
    assert!(house.visit(Some(&before)).await.session.is_none(), "a planted token is worth nothing");
    assert!(entry_view(&browser.visit().await, "register").await.unwrap().mobile.is_empty());
    let account = browser.visit().await.account().unwrap().clone();
    let trail = house.services.db.read().await.unwrap().list_audit_of("account", account.as_str()).await.unwrap();
    let ways: Vec<_> = trail.iter().map(|row| (row.action.as_str(), row.detail.contains("registration"))).collect();
    assert_eq!(ways, [("register", false), ("sign_in", true)], "{trail:?}");
    browser.visit().await.sign_out().await.unwrap();

    assert_eq!(browser.sign_in(" 430111 19900307 9988", PASSWORD).await.unwrap(), "/hunan/home");
    let visit = browser.visit().await;
    let page = home(&visit).await.unwrap();
    assert_eq!((page.document.as_str(), page.mobile.as_str()), ("430111********9988", "139****5678"));
    assert_eq!((page.document_label.as_str(), page.intake), ("身份证", None));
    assert_eq!(site_view(&visit).await.unwrap().who, Who::Accountant { name: "张三丰".into(), unread: 0 });
    assert!(messages(&visit).await.unwrap().is_empty());
    visit.sign_out().await.unwrap();
    assert_eq!(site_view(&browser.visit().await).await.unwrap().who, Who::Visitor);

    house.clock.forward(chrono::Duration::minutes(2));
    let mut other = Browser::new(&house, "203.0.113.1").await;
    other.send("login", MOBILE).await.unwrap();
    let code = other.code(MOBILE).await.unwrap();
    assert_eq!(other.sign_in_by_mobile(MOBILE, &code).await.unwrap(), "/hunan/home");
    let audit = house.services.db.verify_audit(&[]).await.unwrap();
    assert!(audit.is_ok_and(|rows| rows >= 5));
}
both!(a_person_registers_and_signs_in_both_ways);

async fn a_browser_knows_whoever_is_looking_by_the_same_word_at_each_sign_in_and_visitors_by_one_that_signing_in_and_out_ends(
    house: House,
) {
    let visitor = Browser::new(&house, "203.0.113.1").await;
    let word = async |browser: &Browser| site_view(&browser.visit().await).await.unwrap().typist;
    let stranger = word(&visitor).await;
    assert!(stranger.starts_with(VISITOR) && stranger.len() == VISITOR.len() + 8, "{stranger}");
    assert_eq!(word(&visitor).await, stranger, "the same as long as they stay a visitor");
    assert_ne!(word(&Browser::new(&house, "203.0.113.1").await).await, stranger, "and no other visitor's");
    let mut browser = Browser::registered(&house).await;
    let before = word(&browser).await;
    browser.sign_in(NUMBER, PASSWORD).await.unwrap();
    let typist = site_view(&browser.visit().await).await.unwrap().typist;
    browser.visit().await.sign_out().await.unwrap();
    let after = word(&browser).await;
    assert!(before.starts_with(VISITOR) && after.starts_with(VISITOR) && before != after, "{before} {after}");
    browser.sign_in(NUMBER, PASSWORD).await.unwrap();
    assert_eq!(word(&browser).await, typist);
    let mut other = Browser::new(&house, "203.0.113.2").await;
    let form = other.filled("E12345678", "13700000001").await;
    let entered = other.register(&form).await.unwrap();
    other.took(entered);
    let another = site_view(&other.visit().await).await.unwrap().typist;
    assert!(typist.len() == 16 && another.len() == 16 && typist != another, "{typist} {another}");
    let account = browser.visit().await.account().unwrap().clone();
    assert!(!typist.contains(account.as_str()) && !account.as_str().contains(&typist), "it names nobody to others");
}
both!(a_browser_knows_whoever_is_looking_by_the_same_word_at_each_sign_in_and_visitors_by_one_that_signing_in_and_out_ends);

async fn a_taken_document_number_opens_nothing_and_its_owner_is_told_once_a_day(house: House) {
    Browser::registered(&house).await;
    for mobile in ["13800000001", "13800000002"] {
        let stranger = Browser::new(&house, "203.0.113.2").await;
        let form = stranger.filled(NUMBER, mobile).await;
        let entered = stranger.register(&form).await.unwrap();
        assert_eq!((entered.go.as_str(), entered.token.as_str()), ("/hunan/registered", stranger.token.as_str()));
        assert!(stranger.visit().await.account().is_err(), "a taken number opens nothing");
        assert!(entry_view(&stranger.visit().await, "register").await.unwrap().mobile.is_empty());
        assert!(is_fault(&stranger.register(&form).await, "captcha", &Fault::Missing));
    }
    let told = sent(&house, MOBILE).await.into_iter().filter(|(purpose, ..)| purpose == "register_again").count();
    assert_eq!(told, 1);
    house.clock.forward(chrono::Duration::minutes(2));
    let mut stranger = Browser::new(&house, "203.0.113.2").await;
    stranger.send("login", "13800000001").await.unwrap();
    assert!(sent(&house, "13800000001").await.iter().all(|(purpose, ..)| purpose == "registration"));
    assert!(stranger.sign_in(NUMBER, "Other!123x").await.is_err());
}
both!(a_taken_document_number_opens_nothing_and_its_owner_is_told_once_a_day);

async fn a_taken_mobile_number_is_named_only_to_whoever_has_the_telephone(house: House) {
    Browser::registered(&house).await;
    house.clock.forward(chrono::Duration::minutes(2));
    let other = Browser::new(&house, "203.0.113.2").await;
    let mut form = other.filled("E12345678", MOBILE).await;
    let right = std::mem::replace(&mut form.sms_code, "000000".into());
    assert!(is_fault(&other.register(&form).await, "sms_code", &Fault::CodeWrong(4)));
    form.sms_code = right;
    assert!(is_fault(&other.register(&form).await, "mobile", &Fault::MobileTaken));
}
both!(a_taken_mobile_number_is_named_only_to_whoever_has_the_telephone);

async fn a_number_that_was_given_to_another_person_leaves_the_account_that_had_it(house: House) {
    Browser::registered(&house).await;
    house.clock.forward(chrono::Duration::days(31));
    let newcomer = Browser::new(&house, "203.0.113.2").await;
    let form = newcomer.filled("E12345678", MOBILE).await;
    assert_eq!(newcomer.register(&form).await.unwrap().go, "/hunan/home");
    // Once in thirty days: the one who has it now is not driven out by the next.
    house.clock.forward(chrono::Duration::days(29));
    let third = Browser::new(&house, "203.0.113.3").await;
    let form = third.filled("E87654321", MOBILE).await;
    assert!(is_fault(&third.register(&form).await, "mobile", &Fault::MobileTaken));

    // The one before signs in by password, and proves the number of today before anything else.
    let mut owner = Browser::new(&house, "203.0.113.4").await;
    assert_eq!(owner.sign_in(NUMBER, PASSWORD).await.unwrap(), "/hunan/settings/mobile");
    let told = messages(&owner.visit().await).await.unwrap();
    assert!(told[0].title == "手机号码已不属于您的账号" && !told[0].body.contains(MOBILE), "{told:?}");
    let view = entry_view(&owner.visit().await, "settings-mobile").await.unwrap();
    assert!(!view.has_mobile && view.reset == ResetStage::Password);
    owner.send("new_mobile", "13700000001").await.unwrap();
    let form = NewMobileForm {
        mobile: "13700000001".into(),
        captcha: "ABCD".into(),
        sms_code: owner.code("13700000001").await.unwrap(),
    };
    change_mobile(&owner.visit().await, &form).await.unwrap();
    assert_eq!(home(&owner.visit().await).await.unwrap().mobile, "137****0001");

    // The new owner of the number sees the own account and nothing of the other.
    house.clock.forward(chrono::Duration::minutes(2));
    let mut now = Browser::new(&house, "203.0.113.2").await;
    now.send("login", MOBILE).await.unwrap();
    let code = now.code(MOBILE).await.unwrap();
    now.sign_in_by_mobile(MOBILE, &code).await.unwrap();
    assert_eq!(home(&now.visit().await).await.unwrap().document, mask::document("E12345678"));
}
both!(a_number_that_was_given_to_another_person_leaves_the_account_that_had_it);

async fn fifty_registrations_of_one_number_at_once_make_one_account(house: House) {
    let mut ready = Vec::new();
    for n in 0..50 {
        let browser = Browser::new(&house, &format!("10.0.0.{n}")).await;
        let form = browser.filled(NUMBER, &format!("138000000{n:02}")).await;
        ready.push((browser.visit().await, form));
    }
    let outcomes = join_all(ready.iter().map(|(visit, form)| crate::account::register(visit, form))).await;
    let went: Vec<String> = outcomes.into_iter().map(|outcome| outcome.unwrap().go).collect();
    let count = |page: &str| went.iter().filter(|went| went.as_str() == page).count();
    assert_eq!((count("/hunan/home"), count("/hunan/registered")), (1, 49), "{went:?}");
    let hash = house.services.vault.keyed_hash("document", NUMBER);
    let made = house.services.db.read().await.unwrap().list_accounts_of_document("hunan", &hash).await.unwrap();
    assert_eq!(made.len(), 1);
}
both!(fifty_registrations_of_one_number_at_once_make_one_account);
