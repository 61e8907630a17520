use chrono::Duration;
use domain::account::forms::{RegistrationForm, StaffLoginForm};
use domain::case::Refusal;
use domain::fault::Fault;
use domain::review::forms::CaseForm;

use super::*;
use crate::account::stories::{Browser, NUMBER, is_fault, sent};
use crate::review::stories::{assert_audit_stands, reviewer, row, submitted};
use crate::testing::{House, both};
use crate::{account, review, second_factor, staff};

const MOBILE: &str = "13912345678";

/// The clock runs two hours ahead while something is done, and is set right.
async fn ahead<T>(house: &House, work: impl Future<Output = T>) -> T {
    house.clock.forward(Duration::hours(2));
    let done = work.await;
    house.clock.forward(Duration::hours(-2));
    done
}

fn is_too_often<T>(outcome: &Result<T, Failure>) -> bool {
    matches!(outcome, Err(Failure::Refused(Refusal::TooOften { .. })))
}

async fn a_code_of_a_clock_that_ran_ahead_is_worth_nothing_and_its_limits_are_forgotten(house: House) {
    let browser = Browser::new(&house, "203.0.113.1").await;
    ahead(&house, async {
        browser.send("registration", MOBILE).await.unwrap();
        sent(&house, MOBILE).await;
    })
    .await;
    let code = browser.code(MOBILE).await.unwrap();
    let form = RegistrationForm {
        document_kind: "resident_id".into(),
        document_number: NUMBER.into(),
        name: "张三".into(),
        password: "Qing7-Shan8#Lv".into(),
        password_again: "Qing7-Shan8#Lv".into(),
        mobile: MOBILE.into(),
        sms_code: code,
        ..RegistrationForm::default()
    };
    let outcome = account::register(&browser.visit().await, &form).await;
    assert!(is_fault(&outcome, "sms_code", &Fault::CodeExpired));
    assert!(is_too_often(&browser.send("registration", MOBILE).await));
    assert!(set_right(&house.services).await.unwrap() > 0);
    browser.send("registration", MOBILE).await.unwrap();
    assert_eq!(sent(&house, MOBILE).await.len(), 2);
    assert_audit_stands(&house).await;
}
both!(a_code_of_a_clock_that_ran_ahead_is_worth_nothing_and_its_limits_are_forgotten);

async fn a_hold_of_a_clock_that_ran_ahead_keeps_nobody_out(house: House) {
    let (li, wang) = (reviewer(&house, "430111", "李审核").await, reviewer(&house, "430111", "王审核").await);
    let id = submitted(&house, "430111", 1).await;
    let form = CaseForm { case: id.to_string() };
    ahead(&house, async {
        let wrote = house.services.db.write({
            let (id, now, until) = (id.clone(), house.services.now(), house.services.now() + HOLD);
            let who = staff::require_staff(&li).unwrap();
            move |tx| {
                Box::pin(async move {
                    let hold = store::case::queue::Hold { staff: &who.id, name: &who.name, at: now, until };
                    Ok::<_, Failure>(tx.hold_case(&id, hold).await?)
                })
            }
        });
        assert!(wrote.await.unwrap());
    })
    .await;
    let held = review::take_hold(&wang, &form).await;
    assert!(matches!(held, Err(Failure::Refused(Refusal::HeldByOther { .. }))), "{held:?}");
    jumped(&house.services, Duration::hours(-2)).await.unwrap();
    review::take_hold(&wang, &form).await.unwrap();
    assert_eq!(row(&house, &id).await.holder_name.as_deref(), Some("王审核"));
    let told = house.services.db.read().await.unwrap().list_audit_of("clock", "clock").await.unwrap();
    let mut told: Vec<_> = told.iter().map(|row| (row.action.as_str(), row.detail.as_str())).collect();
    told.sort_unstable();
    assert_eq!(told, [("clock_jumped", "{\"seconds\":-7200}"), ("forget_future", "{\"rows\":1}")]);
}
both!(a_hold_of_a_clock_that_ran_ahead_keeps_nobody_out);

async fn a_step_of_the_future_blocks_no_authenticator_of_the_present_and_nothing_serves_twice(house: House) {
    let li = reviewer(&house, "430111", "李审核").await;
    let id = staff::require_staff(&li).unwrap().id;
    let take = async |step: i64| {
        let id = id.clone();
        let took =
            house.services.db.write(move |tx| Box::pin(async move { Ok::<_, Failure>(tx.use_totp_step(&id, step).await?) }));
        took.await.unwrap()
    };
    let now = second_factor::step(house.services.now());
    assert!(take(now + 240).await && !take(now).await);
    assert_eq!(set_right(&house.services).await.unwrap(), 1);
    assert!(take(now).await && !take(now).await);
    assert_eq!(set_right(&house.services).await.unwrap(), 0, "a clock that is right leaves nothing");
    assert!(take(now + 1).await);
    assert_eq!(set_right(&house.services).await.unwrap(), 0, "authenticators may run half a minute ahead");
    // A session does not live longer for it either.
    let browser = Browser::new(&house, "203.0.113.1").await;
    ahead(&house, async { browser.captcha().await }).await;
    set_right(&house.services).await.unwrap();
    let form = StaffLoginForm { login: "nobody".into(), password: "x".into(), captcha: String::new() };
    assert!(staff::sign_in(&browser.visit().await, &form).await.is_err());
    house.clock.forward(Duration::minutes(31));
    assert!(house.visit(Some(&browser.token)).await.session.is_none());
}
both!(a_step_of_the_future_blocks_no_authenticator_of_the_present_and_nothing_serves_twice);

async fn a_clock_that_is_set_back_voids_every_code_however_little_it_was(house: House) {
    let browser = Browser::new(&house, "203.0.113.1").await;
    let form = browser.filled(NUMBER, MOBILE).await;
    house.clock.forward(Duration::seconds(-20));
    jumped(&house.services, Duration::seconds(-20)).await.unwrap();
    assert!(is_fault(&browser.register(&form).await, "sms_code", &Fault::CodeExpired));
    // One that ran forward shortens lives and voids nothing.
    house.clock.forward(Duration::minutes(3));
    let form = browser.filled(NUMBER, MOBILE).await;
    jumped(&house.services, Duration::seconds(20)).await.unwrap();
    browser.register(&form).await.unwrap();
}
both!(a_clock_that_is_set_back_voids_every_code_however_little_it_was);
