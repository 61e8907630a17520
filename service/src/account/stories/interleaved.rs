//! Two connections of one session, whose requests arrive in parts and in every order: whoever gets the codes of one telephone
//! ends with no account of another.

use chrono::Duration;
use domain::account::forms::{ResetPasswordForm, ResetProveForm, ResetStartForm, SendCodeForm};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::people::*;
use crate::account::{register, reset_password, reset_prove, reset_start, send_code};
use crate::testing::{House, both};
use crate::{Failure, Visit};

const VICTIM: (&str, &str) = ("43011119900307997X", "13900000077");
const THIEF: &str = "Thief-Harbour-2026";
/// Orders that are tried on each engine.
const ORDERS: u64 = 120;

#[derive(Clone, Copy, Debug)]
enum Step {
    Start(&'static str),
    Send,
    Prove,
    Password,
    SendForNew,
    Register,
}

/// What a connection asks for, in this order.
const OWN: &[Step] = &[Step::Start(NUMBER), Step::Send, Step::Prove, Step::Password];
const OTHERS: [&[Step]; 3] = [
    &[Step::Start(VICTIM.0), Step::Send, Step::Prove, Step::Password],
    &[Step::Start(VICTIM.0), Step::Prove, Step::Password, Step::Password],
    &[Step::SendForNew, Step::Register, Step::Start(VICTIM.0), Step::Password],
];

/// The body of a request arrives, long after its head. What comes of it is nobody's business but the accounts'.
async fn arrive(browser: &mut Browser<'_>, head: &Visit, step: Step) -> Result<(), Failure> {
    match step {
        Step::Start(number) => {
            let form = ResetStartForm { document_number: number.into(), captcha: browser.captcha().await };
            reset_start(head, &form).await.map(drop)
        }
        Step::Send | Step::SendForNew => {
            let (purpose, mobile) =
                if matches!(step, Step::Send) { ("password_reset", String::new()) } else { ("registration", MOBILE.to_owned()) };
            let captcha = browser.captcha().await;
            send_code(head, &SendCodeForm { purpose: purpose.into(), mobile, captcha, ..SendCodeForm::default() }).await.map(drop)
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

async fn hash_of(house: &House, number: &str) -> Vec<String> {
    let hash = house.services.vault.keyed_hash("document", number);
    let accounts = house.services.db.read().await.unwrap().list_accounts_of_document("hunan", &hash).await.unwrap();
    accounts.into_iter().map(|account| account.password_hash).collect()
}

async fn in_whatever_order_two_connections_arrive_a_code_opens_no_account_but_its_own(house: House) {
    Browser::registered(&house).await;
    let victim = Browser::new(&house, "203.0.113.3").await;
    victim.register(&victim.filled(VICTIM.0, VICTIM.1).await).await.unwrap();
    let (before, mut own) = (hash_of(&house, VICTIM.0).await, hash_of(&house, NUMBER).await);
    let mut changed = 0;
    for seed in 0..ORDERS {
        // Whatever limits were reached yesterday are over.
        house.clock.forward(Duration::hours(25));
        let mut random = StdRng::seed_from_u64(seed);
        let scripts = [OWN, OTHERS[random.random_range(0..OTHERS.len())]];
        let mut browser = Browser::new(&house, "203.0.113.8").await;
        let mut heads: [Option<Visit>; 2] = [None, None];
        let mut done = [0, 0];
        let mut order = Vec::new();
        while (0..2).any(|at| done[at] < scripts[at].len()) {
            let at = random.random_range(0..2);
            let Some(step) = scripts[at].get(done[at]).copied() else { continue };
            let Some(head) = heads[at].take() else {
                heads[at] = Some(browser.visit().await);
                continue;
            };
            order.push(step);
            if matches!(step, Step::Send | Step::SendForNew) {
                // A number gets one message a minute, a window one in ninety seconds.
                house.clock.forward(Duration::seconds(91));
            }
            let _ = arrive(&mut browser, &head, step).await;
            done[at] += 1;
        }
        assert_eq!(hash_of(&house, VICTIM.0).await, before, "order {seed}: {order:?}");
        let now = hash_of(&house, NUMBER).await;
        changed += usize::from(now != own);
        own = now;
    }
    assert!(changed > 5, "the own password was set in {changed} orders only: nothing was tried");
}
both!(in_whatever_order_two_connections_arrive_a_code_opens_no_account_but_its_own);
