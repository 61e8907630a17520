//! 原有用户设置密码: an imported account opens to whoever has the telephone on file, and to nobody else.

use chrono::Duration;
use domain::account::forms::{ResetPasswordForm, ResetProveForm, ResetStartForm};
use domain::account::legacy::{LegacyLine, LegacyRow};
use domain::account::view::ResetStage;
use domain::account::ways::{ActivateForm, NameLoginForm};
use domain::fault::Fault;
use domain::identity::resident::upgrade_legacy;

use super::people::*;
use super::ways::PASSWORD_AFTER;
use crate::account::{activate_start, entry_view, import_legacy, reset_password, reset_prove, reset_start, sign_in_with_name};
use crate::intake::home;
use crate::testing::{House, both};
use crate::{Entered, Failure};

const NAME: &str = "张三丰";

pub(super) async fn with_holders(house: House, holders: &[(&str, &str, &str)]) -> House {
    let house = house.of("liaoning", PASSWORD_AFTER);
    let row = |(name, number, mobile): &(&str, &str, &str)| LegacyRow {
        name: (*name).into(),
        document_number: (*number).into(),
        mobile: (*mobile).into(),
        certificate: "2101-0088".into(),
        bureau: "430111".into(),
        ..LegacyRow::default()
    };
    let rows: Vec<_> = (2..).zip(holders.iter().map(row)).map(|(number, row)| LegacyLine::of(number, row)).collect();
    import_legacy(&house.services, "liaoning", b"file", &rows, false).await.unwrap();
    house
}

async fn begin(browser: &Browser<'_>, name: &str, number: &str) {
    let form = ActivateForm { name: name.into(), document_number: number.into(), captcha: browser.captcha().await };
    let answer = activate_start(&browser.visit().await, &form).await.unwrap();
    assert_eq!(answer.go.as_deref(), Some("/liaoning/activate"));
}

async fn prove(browser: &Browser<'_>, code: &str) -> Result<Entered, Failure> {
    reset_prove(&browser.visit().await, &ResetProveForm { captcha: String::new(), sms_code: code.into() }).await
}

fn password(password: &str) -> ResetPasswordForm {
    ResetPasswordForm { password: password.into(), password_again: password.into() }
}

async fn sign_in(browser: &mut Browser<'_>, password: &str) -> Result<String, Failure> {
    sign_in_as(browser, NAME, password).await
}

async fn sign_in_as(browser: &mut Browser<'_>, name: &str, password: &str) -> Result<String, Failure> {
    let form = NameLoginForm {
        name: name.into(),
        document_number: NUMBER.into(),
        password: password.into(),
        slider: browser.slider().await,
        captcha: String::new(),
    };
    sign_in_with_name(&browser.visit().await, &form).await.map(|entered| browser.took(entered))
}

async fn a_holder_sets_a_password_with_the_code_to_the_telephone_on_file(house: House) {
    let house = with_holders(house, &[(NAME, NUMBER, MOBILE)]).await;
    let mut browser = Browser::new(&house, "203.0.113.8").await;
    begin(&browser, "张 三丰", NUMBER).await;
    let view = entry_view(&browser.visit().await, "activate").await.unwrap();
    assert_eq!((view.reset, view.mobile.as_str()), (ResetStage::Prove, ""));
    assert_eq!(entry_view(&browser.visit().await, "forgot").await.unwrap().reset, ResetStage::Start);
    browser.send("activation", "").await.unwrap();
    let (_, text, code) = sent(&house, MOBILE).await.pop().unwrap();
    let code = code.unwrap();
    assert_eq!(text, format!("【后设密码省】验证码 {code}，10 分钟内有效，用于设置登录密码。请勿告知他人。"));
    let planted = browser.token.clone();
    let entered = prove(&browser, &code).await.unwrap();
    assert_eq!(browser.took(entered), "/liaoning/password");
    let thief = house.visit(Some(&planted)).await;
    reset_password(&thief, &password("Thief!2026")).await.unwrap();
    assert!(sign_in(&mut Browser::new(&house, "203.0.113.9").await, "Thief!2026").await.is_err());
    let done = reset_password(&browser.visit().await, &password(PASSWORD)).await.unwrap();
    assert_eq!(browser.took(done), "/liaoning/home");
    let own = home(&browser.visit().await).await.unwrap();
    assert_eq!((own.name.as_str(), own.certificate.as_str()), (NAME, "******088"));
    browser.visit().await.sign_out().await.unwrap();
    assert_eq!(sign_in(&mut browser, PASSWORD).await.unwrap(), "/liaoning/home");
    assert_eq!(home(&browser.visit().await).await.unwrap().name, NAME);

    // Once there is a password the way is closed: it would be a second 忘记密码 that asks for less.
    house.clock.forward(Duration::minutes(2));
    let again = Browser::new(&house, "203.0.113.8").await;
    begin(&again, NAME, NUMBER).await;
    again.send("activation", "").await.unwrap();
    let to_owner = sent(&house, MOBILE).await.iter().filter(|(purpose, ..)| purpose == "activation").count();
    assert_eq!(to_owner, 1);
}
both!(a_holder_sets_a_password_with_the_code_to_the_telephone_on_file);

/// 䶮 was a private code point of GB 18030-2000, and many registers and keyboards still write that one.
async fn whichever_code_a_register_or_a_keyboard_has_for_a_rare_character_it_is_the_same_person(house: House) {
    let house = with_holders(house, &[("赵\u{E863}", NUMBER, MOBILE)]).await;
    let mut browser = Browser::new(&house, "203.0.113.8").await;
    begin(&browser, "赵䶮", NUMBER).await;
    browser.send("activation", "").await.unwrap();
    let code = sent(&house, MOBILE).await.pop().unwrap().2.unwrap();
    let entered = prove(&browser, &code).await.unwrap();
    browser.took(entered);
    let done = reset_password(&browser.visit().await, &password(PASSWORD)).await.unwrap();
    browser.took(done);
    browser.visit().await.sign_out().await.unwrap();
    for name in ["赵䶮", "赵\u{E863}"] {
        assert_eq!(sign_in_as(&mut browser, name, PASSWORD).await.unwrap(), "/liaoning/home", "{name}");
        browser.visit().await.sign_out().await.unwrap();
    }
    assert!(sign_in_as(&mut browser, "赵龑", PASSWORD).await.is_err());
}
both!(whichever_code_a_register_or_a_keyboard_has_for_a_rare_character_it_is_the_same_person);

async fn a_holder_a_stranger_and_a_holder_without_a_telephone_see_the_same_screens(house: House) {
    let house = with_holders(house, &[(NAME, NUMBER, MOBILE), ("李四", "430111900307997", "")]).await;
    let mut views = Vec::new();
    let people = [(NAME, NUMBER), ("李四", "43011119900307997X"), ("王五", "430111199003079988"), (NAME, "430111199003079980")];
    for (name, number) in people {
        let browser = Browser::new(&house, "203.0.113.8").await;
        begin(&browser, name, number).await;
        views.push(entry_view(&browser.visit().await, "activate").await.unwrap());
        let answer = browser.send("activation", "").await.unwrap();
        let view = entry_view(&browser.visit().await, "activate").await.unwrap();
        assert_eq!((view.mobile.as_str(), answer.go), ("", None));
        views.push(view);
        for left in (0..5).rev() {
            assert!(is_fault(&prove(&browser, "000000").await, "sms_code", &Fault::CodeWrong(left)));
        }
        assert!(is_fault(&prove(&browser, "000000").await, "sms_code", &Fault::CodeExpired));
        let other = Browser::new(&house, "203.0.113.9").await;
        begin(&other, name, number).await;
        other.send("activation", "").await.unwrap();
        sent(&house, MOBILE).await;
        house.clock.forward(Duration::minutes(1));
        sent(&house, MOBILE).await;
        house.clock.forward(Duration::minutes(1));
    }
    let (asked, sent_views): (Vec<_>, Vec<_>) = views.chunks(2).map(|pair| (&pair[0], &pair[1])).unzip();
    assert!(asked.windows(2).all(|pair| pair[0] == pair[1]), "{asked:?}");
    assert!(sent_views.windows(2).all(|pair| pair[0] == pair[1]), "{sent_views:?}");
    let of_holder = sent(&house, MOBILE).await.len();
    assert_eq!((of_holder, house.sms.0.lock().unwrap().len()), (2, 2), "only the holder with a telephone was sent codes");
}
both!(a_holder_a_stranger_and_a_holder_without_a_telephone_see_the_same_screens);

/// A name and a number of 15 digits for each.
fn people(how_many: u32) -> Vec<(String, String, String)> {
    let one = |n: u32| {
        let name = format!("张{}", char::from_u32(0x4E00 + n).unwrap());
        let number = format!("430111{:02}{:02}{:02}{n:03}", 60 + n % 30, n % 12 + 1, n % 28 + 1);
        let mobile = if n.is_multiple_of(3) { String::new() } else { format!("138{n:08}") };
        (name, number, mobile)
    };
    (0..how_many).map(one).collect()
}

/// What 10,000 guesses would do, with three hundred holders whose names and numbers are all known (security 1.1).
#[tokio::test]
async fn names_and_numbers_alone_take_over_no_account() {
    let people = people(300);
    let borrowed: Vec<_> = people.iter().map(|(name, number, mobile)| (&**name, &**number, &**mobile)).collect();
    let house = with_holders(House::new(store::testing::sqlite().await.0), &borrowed).await;
    for (n, (name, number, _)) in people.iter().enumerate() {
        let number = upgrade_legacy(number).unwrap();
        let mut thief = Browser::new(&house, &format!("10.7.{}.{}", n / 250, n % 250)).await;
        begin(&thief, name, &number).await;
        assert!(prove(&thief, "000000").await.is_err());
        thief.send("activation", "").await.unwrap();
        for (code, left) in [("000000", 4), ("123456", 3), ("111111", 2)] {
            assert!(is_fault(&prove(&thief, code).await, "sms_code", &Fault::CodeWrong(left)));
        }
        reset_password(&thief.visit().await, &password("Thief!2026")).await.unwrap();
        // Puzzles are dear to draw: every twentieth is enough.
        for tried in ["Thief!2026", "x"].into_iter().filter(|_| n.is_multiple_of(20)) {
            let form = NameLoginForm {
                name: name.clone(),
                document_number: number.clone(),
                password: tried.into(),
                slider: thief.slider().await,
                captcha: String::new(),
            };
            let outcome = sign_in_with_name(&thief.visit().await, &form).await.map(|entered| thief.took(entered));
            assert!(is_fault(&outcome, "document_number", &Fault::CredentialsWithName));
        }
        sent(&house, MOBILE).await;
        house.clock.forward(Duration::seconds(3));
    }
    let mut taken = 0;
    for (_, number, _) in &people {
        let hash = house.services.vault.keyed_hash("document", &upgrade_legacy(number).unwrap());
        let accounts = house.services.db.read().await.unwrap().list_accounts_of_document("liaoning", &hash).await.unwrap();
        assert_eq!(accounts.len(), 1);
        taken += accounts.iter().filter(|account| !account.password_hash.is_empty()).count();
    }
    assert_eq!(taken, 0);
    sent(&house, MOBILE).await;
    assert_eq!(house.sms.0.lock().unwrap().len(), 200, "a code for each telephone on file, and none for the others");
}

async fn a_holder_may_also_come_by_the_forgotten_password_and_an_abandoned_start_is_replaced(house: House) {
    let house = with_holders(house, &[(NAME, NUMBER, MOBILE)]).await;
    let mut browser = Browser::new(&house, "203.0.113.8").await;
    begin(&browser, NAME, NUMBER).await;
    let form = ResetStartForm { document_number: NUMBER.into(), captcha: browser.captcha().await };
    reset_start(&browser.visit().await, &form).await.unwrap();
    assert_eq!(browser.send("activation", "").await.unwrap().go.as_deref(), Some("/liaoning/activate"));
    assert_eq!(entry_view(&browser.visit().await, "activate").await.unwrap().reset, ResetStage::Start);
    browser.send("password_reset", "").await.unwrap();
    let entered = prove(&browser, &browser.code(MOBILE).await.unwrap()).await.unwrap();
    assert_eq!(browser.took(entered), "/liaoning/forgot");
    reset_password(&browser.visit().await, &password(PASSWORD)).await.unwrap();
    sign_in(&mut browser, PASSWORD).await.unwrap();
}
both!(a_holder_may_also_come_by_the_forgotten_password_and_an_abandoned_start_is_replaced);
