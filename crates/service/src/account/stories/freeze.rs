//! 这不是我本人: what the link in a message does to an account, and what it leaves alone.

use chrono::Duration;
use domain::account::forms::{ResetPasswordForm, ResetProveForm, ResetStartForm};
use domain::case::{Refusal, Status};
use futures::future::join_all;
use store::account::AccountRow;

use super::people::*;
use crate::Failure;
use crate::account::{freeze, freeze_link, link_hash, messages, reset_password, reset_prove, reset_start, sweep};
use crate::notify;
use crate::review::stories::{DISTRICT, assert_audit_stands, refusal, row, submitted};
use crate::testing::{House, both};

const ORIGIN: &str = "https://kj.example.gov.cn";

/// A house that knows its address, so that its messages carry links.
fn linking(mut house: House) -> House {
    house.services = house.services.with(|rooms| rooms.origin = Some(ORIGIN.into()));
    house
}

async fn owner(house: &House) -> AccountRow {
    let hash = house.services.vault.keyed_hash("document", NUMBER);
    house.services.db.read().await.unwrap().list_accounts_of_document("hunan", &hash).await.unwrap().remove(0)
}

/// Something is told to the number of an account; answers the secret in the link.
async fn told(house: &House, account: &AccountRow, nth: u32) -> String {
    let (services, account) = (house.services.clone(), account.clone());
    let write = house.services.db.write(move |tx| {
        Box::pin(async move {
            notify::owner(tx, &services, &account, "told", "您的申请已经办结。", format!("told:{}:{nth}", account.id)).await
        })
    });
    write.await.unwrap();
    let all = house.sms.0.lock().unwrap().len();
    let texts = sent(house, MOBILE).await;
    assert!(house.sms.0.lock().unwrap().len() > all, "it left");
    let (_, rest) = texts.last().unwrap().1.split_once(&format!("{ORIGIN}/hunan/not-me/")).unwrap();
    rest.split_once(' ').unwrap().0.to_owned()
}

async fn a_message_freezes_the_account_of_its_number_once_and_for_a_day(house: House) {
    let house = linking(house);
    let mut at_home = Browser::registered(&house).await;
    let home = at_home.sign_in(NUMBER, PASSWORD).await.unwrap();
    let token = told(&house, &owner(&house).await, 1).await;
    let finder = Browser::new(&house, "198.51.100.7").await;
    assert_eq!(refusal(freeze(&finder.visit().await, "AAAAAAAAAAAAAAAAAAAAAA").await), Refusal::LinkVoid);
    assert!(at_home.visit().await.account().is_ok(), "a link that nobody sent does nothing");

    let until = freeze(&finder.visit().await, &token).await.unwrap();
    assert_eq!(until, house.services.now() + Duration::hours(24));
    assert!(at_home.visit().await.account().is_err(), "every session has ended");
    let page = format!("/hunan/frozen?until={}", until.timestamp());
    assert_eq!(at_home.sign_in(NUMBER, PASSWORD).await.unwrap(), page);
    assert!(at_home.visit().await.account().is_err(), "the right password opens nothing");
    assert_eq!(refusal(freeze(&finder.visit().await, &token).await), Refusal::LinkVoid, "once for a message");

    house.clock.forward(Duration::hours(24) - Duration::minutes(1));
    let mut at_home = Browser::new(&house, "203.0.113.1").await;
    assert_eq!(at_home.sign_in(NUMBER, PASSWORD).await.unwrap(), page);
    house.clock.forward(Duration::minutes(1));
    assert_eq!(at_home.sign_in(NUMBER, PASSWORD).await.unwrap(), home, "it ends by itself");
    let told = messages(&at_home.visit().await).await.unwrap();
    assert!(told[0].title == "账号已冻结" && told[0].body.contains("11月19日 10:00"), "{told:?}");
    let trail = house.services.db.read().await.unwrap().list_audit_of("account", owner(&house).await.id.as_str()).await.unwrap();
    assert_eq!(trail.iter().filter(|row| row.action == "freeze_account").count(), 1);
    assert!(trail.iter().all(|row| !row.detail.contains(&token)), "the secret is nowhere");
    assert_audit_stands(&house).await;
}
both!(a_message_freezes_the_account_of_its_number_once_and_for_a_day);

async fn a_frozen_account_is_opened_by_no_code_and_gets_no_password(house: House) {
    let house = linking(house);
    Browser::registered(&house).await;
    house.clock.forward(Duration::minutes(2));
    let mut browser = Browser::new(&house, "203.0.113.8").await;
    let start = ResetStartForm { document_number: NUMBER.into(), captcha: browser.captcha().await };
    reset_start(&browser.visit().await, &start).await.unwrap();
    browser.send("password_reset", "").await.unwrap();
    let code = browser.code(MOBILE).await.unwrap();
    let prove = ResetProveForm { captcha: String::new(), sms_code: code };
    let entered = reset_prove(&browser.visit().await, &prove).await.unwrap();
    browser.took(entered);
    let token = told(&house, &owner(&house).await, 1).await;
    let until = freeze(&Browser::new(&house, "198.51.100.7").await.visit().await, &token).await.unwrap();
    let page = format!("/hunan/frozen?until={}", until.timestamp());

    let version = owner(&house).await.version;
    let form = ResetPasswordForm { password: "Nmq8!wertz".into(), password_again: "Nmq8!wertz".into() };
    assert_eq!(reset_password(&browser.visit().await, &form).await.unwrap().go, page);
    assert_eq!(owner(&house).await.version, version, "no password was set");
    house.clock.forward(Duration::minutes(2));
    let mut thief = Browser::new(&house, "203.0.113.9").await;
    thief.send("login", MOBILE).await.unwrap();
    let code = thief.code(MOBILE).await.unwrap();
    assert_eq!(thief.sign_in_by_mobile(MOBILE, &code).await.unwrap(), page);
    assert!(thief.visit().await.account().is_err());
}
both!(a_frozen_account_is_opened_by_no_code_and_gets_no_password);

async fn a_link_is_void_when_its_time_is_over_and_when_the_account_has_another_number(house: House) {
    let house = linking(house);
    Browser::registered(&house).await;
    let finder = Browser::new(&house, "198.51.100.7").await;
    let account = owner(&house).await;
    let old = told(&house, &account, 1).await;
    house.clock.forward(Duration::days(7));
    assert_eq!(refusal(freeze(&finder.visit().await, &old).await), Refusal::LinkVoid);
    let link = told(&house, &account, 2).await;
    let (id, hash, now) = (account.id.clone(), house.services.vault.keyed_hash("mobile", "13700000001"), house.services.now());
    let sealed = house.services.vault.seal_text("account.mobile", id.as_str(), "13700000001");
    let write = house.services.db.write(move |tx| Box::pin(async move { tx.save_mobile(&id, &hash, &sealed, now).await }));
    write.await.unwrap();
    assert_eq!(refusal(freeze(&finder.visit().await, &link).await), Refusal::LinkVoid, "the staff may have changed it");
    // What is told to the number of before carries no link that would serve nothing.
    let (services, before) = (house.services.clone(), account.clone());
    let write = house.services.db.write(move |tx| {
        Box::pin(async move { notify::owner(tx, &services, &before, "told", "手机号已更换。", "last".into()).await })
    });
    write.await.unwrap();
    let (_, text, _) = sent(&house, MOBILE).await.pop().unwrap();
    assert!(text.ends_with("手机号已更换。"), "{text}");
    house.clock.forward(Duration::days(8));
    sweep(&house.services).await.unwrap();
    let hash = link_hash(&link);
    assert!(house.services.db.read().await.unwrap().find_freeze_link(&hash).await.unwrap().is_none(), "nothing is kept");
}
both!(a_link_is_void_when_its_time_is_over_and_when_the_account_has_another_number);

async fn a_link_that_comes_back_eight_times_at_once_freezes_once_and_leaves_the_staff_its_case(house: House) {
    let house = linking(house);
    let case = submitted(&house, DISTRICT, 1).await;
    let id = row(&house, &case).await.account_id;
    let theirs = house.services.db.read().await.unwrap().find_account(&id).await.unwrap().unwrap();
    let services = house.services.clone();
    let write = house.services.db.write(move |tx| Box::pin(async move { freeze_link(tx, &services, &theirs).await }));
    let token = write.await.unwrap().unwrap().rsplit('/').next().unwrap().to_owned();
    let visit = Browser::new(&house, "198.51.100.7").await.visit().await;
    let posts = (0..8).map(|_| {
        let (visit, token) = (visit.clone(), token.clone());
        tokio::spawn(async move { freeze(&visit, &token).await })
    });
    let outcomes = join_all(posts).await;
    let done = outcomes.iter().filter(|outcome| outcome.as_ref().unwrap().is_ok()).count();
    assert_eq!(done, 1, "{outcomes:?}");
    let void = |outcome: &Result<_, Failure>| matches!(outcome, Err(Failure::Refused(Refusal::LinkVoid)));
    assert_eq!(outcomes.iter().filter(|outcome| void(outcome.as_ref().unwrap())).count(), 7, "{outcomes:?}");
    assert_eq!(row(&house, &case).await.status, Status::Submitted);
}
both!(a_link_that_comes_back_eight_times_at_once_freezes_once_and_leaves_the_staff_its_case);
