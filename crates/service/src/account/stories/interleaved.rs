//! Two connections of one session, whose requests arrive in parts and in every order: whoever gets the codes of one telephone
//! ends with no account of another.

use chrono::Duration;
use domain::account::forms::{ResetPasswordForm, ResetProveForm, ResetStartForm, SendCodeForm};
use domain::account::ways::ActivateForm;
use domain::case::{CaseKind, Status};
use domain::id::CaseId;
use domain::phone_change::forms::PhoneChangeForm;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::activation::with_holders;
use super::people::*;
use crate::account::{activate_start, register, reset_password, reset_prove, reset_start, send_code};
use crate::phone_change::change_phone;
use crate::phone_change::stories::{changing, pictures};
use crate::testing::{House, both};
use crate::{Failure, Visit};

const VICTIM: (&str, &str) = ("43011119900307997X", "13900000077");
const THIEF: &str = "Thief-Harbour-2026";
/// Orders that are tried on each engine.
const ORDERS: u64 = 120;
/// Of what takes longer.
const FEWER: u64 = 40;

#[derive(Clone, Copy, Debug)]
enum Step {
    Start(&'static str),
    Send,
    Prove,
    Password,
    SendForNew,
    Register,
    StartFirst(&'static str, &'static str),
    SendFirst,
    SendForChange(&'static str),
    Change,
}

type Script = &'static [Step];

/// What a connection asks for, in this order.
const OWN: Script = &[Step::Start(NUMBER), Step::Send, Step::Prove, Step::Password];
const OTHERS: [Script; 3] = [
    &[Step::Start(VICTIM.0), Step::Send, Step::Prove, Step::Password],
    &[Step::Start(VICTIM.0), Step::Prove, Step::Password, Step::Password],
    &[Step::SendForNew, Step::Register, Step::Start(VICTIM.0), Step::Password],
];
const OWN_FIRST: Script = &[Step::StartFirst("张三丰", NUMBER), Step::SendFirst, Step::Prove, Step::Password];
const OTHERS_FIRST: [Script; 3] = [
    &[Step::StartFirst("李四", VICTIM.0), Step::SendFirst, Step::Prove, Step::Password],
    &[Step::StartFirst("李四", VICTIM.0), Step::Prove, Step::Password, Step::Password],
    &[Step::StartFirst("李四", VICTIM.0), Step::Start(VICTIM.0), Step::Prove, Step::Password],
];
const OWN_CHANGE: Script = &[Step::SendForChange(MOBILE), Step::Change, Step::SendForChange(MOBILE), Step::Change];
const OTHERS_CHANGE: [Script; 2] =
    [&[Step::SendForChange(VICTIM.1), Step::Change, Step::Change], &[Step::Change, Step::SendForChange(VICTIM.1), Step::Change]];

/// The body of a request arrives, long after its head. What comes of it is nobody's business but the accounts'.
async fn arrive(browser: &mut Browser<'_>, head: &Visit, step: Step) -> Result<(), Failure> {
    match step {
        Step::Start(number) => {
            let form = ResetStartForm { document_number: number.into(), captcha: browser.captcha().await };
            reset_start(head, &form).await.map(drop)
        }
        Step::StartFirst(name, number) => {
            let form = ActivateForm { name: name.into(), document_number: number.into(), captcha: browser.captcha().await };
            activate_start(head, &form).await.map(drop)
        }
        Step::Send => ask(browser, head, "password_reset", "").await,
        Step::SendFirst => ask(browser, head, "activation", "").await,
        Step::SendForNew => ask(browser, head, "registration", MOBILE).await,
        Step::SendForChange(mobile) => ask(browser, head, "phone_change", mobile).await,
        Step::Change => {
            let form = PhoneChangeForm {
                name: "张三丰".into(),
                document_kind: "resident_id".into(),
                document_number: NUMBER.into(),
                sms_code: browser.code(MOBILE).await.unwrap_or_default(),
                note: String::new(),
            };
            change_phone(head, &form, pictures(), "").await.map(drop)
        }
        Step::Prove => {
            let sms_code = browser.code(MOBILE).await.unwrap_or_default();
            let entered = reset_prove(head, &ResetProveForm { captcha: String::new(), sms_code }).await?;
            browser.took(entered);
            Ok(())
        }
        Step::Password => {
            reset_password(head, &ResetPasswordForm { password: THIEF.into(), password_again: THIEF.into() }).await.map(drop)
        }
        Step::Register => {
            let code = browser.code(MOBILE).await.unwrap_or_default();
            register(head, &registration(VICTIM.0, MOBILE, &code)).await.map(drop)
        }
    }
}

async fn ask(browser: &Browser<'_>, head: &Visit, purpose: &str, mobile: &str) -> Result<(), Failure> {
    let form = SendCodeForm {
        purpose: purpose.into(),
        mobile: mobile.into(),
        captcha: browser.captcha().await,
        ..SendCodeForm::default()
    };
    send_code(head, &form).await.map(drop)
}

/// Both connections go through their scripts, heads and bodies in a random order; answers the order of the bodies.
async fn go_through(house: &House, random: &mut StdRng, scripts: [Script; 2]) -> Vec<Step> {
    // Whatever limits were reached yesterday are over.
    house.clock.forward(Duration::hours(25));
    let mut browser = Browser::new(house, "203.0.113.8").await;
    let mut heads: [Option<Visit>; 2] = [None, None];
    let (mut done, mut order) = ([0, 0], Vec::new());
    while (0..2).any(|at| done[at] < scripts[at].len()) {
        let at = random.random_range(0..2);
        let Some(step) = scripts[at].get(done[at]).copied() else { continue };
        let Some(head) = heads[at].take() else {
            heads[at] = Some(browser.visit().await);
            continue;
        };
        order.push(step);
        if matches!(step, Step::Send | Step::SendForNew | Step::SendFirst | Step::SendForChange(_)) {
            // A number gets one message a minute, a window one in ninety seconds.
            house.clock.forward(Duration::seconds(91));
        }
        let _ = arrive(&mut browser, &head, step).await;
        done[at] += 1;
    }
    order
}

async fn hash_of(house: &House, number: &str) -> Vec<String> {
    let hash = house.services.vault.keyed_hash("document", number);
    let accounts = house.services.db.read().await.unwrap().list_accounts_of_document(&house.key, &hash).await.unwrap();
    accounts.into_iter().map(|account| account.password_hash).collect()
}

/// The own password is set in some orders, and that of the victim in none.
async fn only_the_own_password_is_set(house: &House, own: Script, others: [Script; 3]) {
    let (before, mut mine) = (hash_of(house, VICTIM.0).await, hash_of(house, NUMBER).await);
    let mut changed = 0;
    for seed in 0..ORDERS {
        let mut random = StdRng::seed_from_u64(seed);
        let other = others[random.random_range(0..others.len())];
        let order = go_through(house, &mut random, [own, other]).await;
        assert_eq!(hash_of(house, VICTIM.0).await, before, "order {seed}: {order:?}");
        let now = hash_of(house, NUMBER).await;
        changed += usize::from(now != mine);
        mine = now;
        if own.iter().any(|step| matches!(step, Step::SendFirst)) {
            mine = forget_password(house, NUMBER).await;
        }
    }
    assert!(changed > 5, "the own password was set in {changed} orders only: nothing was tried");
}

/// A holder who has set no password yet.
async fn forget_password(house: &House, number: &str) -> Vec<String> {
    let hash = house.services.vault.keyed_hash("document", number);
    let accounts = house.services.db.read().await.unwrap().list_accounts_of_document(&house.key, &hash).await.unwrap();
    let (id, now) = (accounts[0].id.clone(), house.services.now());
    let write =
        house.services.db.write(move |tx| Box::pin(async move { Ok::<_, Failure>(tx.save_password(&id, "", now).await?) }));
    write.await.unwrap();
    hash_of(house, number).await
}

async fn in_whatever_order_two_connections_arrive_a_code_opens_no_account_but_its_own(house: House) {
    Browser::registered(&house).await;
    let victim = Browser::new(&house, "203.0.113.3").await;
    victim.register(&victim.filled(VICTIM.0, VICTIM.1).await).await.unwrap();
    only_the_own_password_is_set(&house, OWN, OTHERS).await;
}
both!(in_whatever_order_two_connections_arrive_a_code_opens_no_account_but_its_own);

async fn in_whatever_order_two_connections_arrive_a_holder_sets_no_password_but_their_own(house: House) {
    let house = with_holders(house, &[("张三丰", NUMBER, MOBILE), ("李四", VICTIM.0, VICTIM.1)]).await;
    only_the_own_password_is_set(&house, OWN_FIRST, OTHERS_FIRST).await;
}
both!(in_whatever_order_two_connections_arrive_a_holder_sets_no_password_but_their_own);

async fn in_whatever_order_two_connections_arrive_a_telephone_is_applied_for_only_by_who_has_it(house: House) {
    let house = changing(house);
    let owner = Browser::new(&house, "203.0.113.3").await;
    owner.register(&owner.filled(NUMBER, "13700000009").await).await.unwrap();
    let mut applied = 0;
    for seed in 0..FEWER {
        let mut random = StdRng::seed_from_u64(seed);
        let other = OTHERS_CHANGE[random.random_range(0..OTHERS_CHANGE.len())];
        let order = go_through(&house, &mut random, [OWN_CHANGE, other]).await;
        if let Some((id, mobile)) = asked_for(&house).await {
            assert_eq!(mobile, MOBILE, "order {seed}: {order:?}");
            applied += 1;
            close(&house, &id).await;
        }
    }
    assert!(applied > 5, "{applied} applications only: nothing was tried");
}
both!(in_whatever_order_two_connections_arrive_a_telephone_is_applied_for_only_by_who_has_it);

/// The open application, and the number that it asks for.
async fn asked_for(house: &House) -> Option<(String, String)> {
    let hash = house.services.vault.keyed_hash("document", NUMBER);
    let mut reader = house.services.db.read().await.unwrap();
    let account = reader.list_accounts_of_document(&house.key, &hash).await.unwrap().remove(0);
    let case = reader.find_latest_case(&account.id, CaseKind::PhoneChange).await.unwrap()?;
    if case.status != Status::Submitted {
        return None;
    }
    let change = reader.find_phone_change(&case.id).await.unwrap()?;
    let mobile = house.services.vault.open_text("phone_change.mobile", case.id.as_str(), &change.mobile_sealed).unwrap();
    Some((case.id.into(), mobile))
}

/// The application is over, so that another can be made.
async fn close(house: &House, id: &str) {
    let (id, now) = (id.to_owned(), house.services.now());
    let write = house.services.db.write(move |tx| {
        Box::pin(async move {
            let case = tx.lock_case(&CaseId::from(id.as_str())).await?.unwrap();
            tx.move_case(&case, Status::Closed, None, now).await?;
            tx.settle_phone_change(&CaseId::from(id.as_str()), now).await?;
            Ok::<_, Failure>(())
        })
    });
    write.await.unwrap();
}
