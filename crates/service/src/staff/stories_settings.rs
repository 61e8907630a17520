//! What the staff change about their own accounts, on both engines.

use chrono::Duration;
use domain::account::settings::ChangePasswordForm;
use domain::fault::Fault;
use domain::limit::Limited;
use domain::staff::forms::RenewFactorForm;

use super::stories::*;
use super::*;
use crate::account::stories::{Browser, faults, is_fault, tries_left};
use crate::review::stories::assert_audit_stands;
use crate::testing::{House, both};

const NEXT: &str = "Quiet-Willow-2041";

/// A reviewer who has given both factors, at a browser of this address.
async fn signed_in<'a>(house: &'a House, address: &str) -> Browser<'a> {
    let mut browser = Browser::new(house, address).await;
    password(&mut browser, "yuhua", PASSWORD).await.unwrap();
    // Each code serves once.
    house.clock.forward(Duration::seconds(60));
    let code = code_of(house, SECRET);
    give(&mut browser, &code).await.unwrap();
    browser
}

fn changing(old: &str, new: &str) -> ChangePasswordForm {
    ChangePasswordForm { old_password: old.into(), password: new.into(), password_again: new.into() }
}

async fn a_staff_member_changes_the_own_password_by_the_present_one_and_is_told(house: House) {
    with_reviewer(&house).await;
    let (here, there) = (signed_in(&house, "203.0.113.1").await, signed_in(&house, "203.0.113.2").await);
    let wrong = change_own_password(&here.visit().await, &changing("Not-This-One-12", NEXT)).await;
    assert!(is_fault(&wrong, "old_password", &Fault::OldStaffPassword));
    let short = change_own_password(&here.visit().await, &changing(PASSWORD, "short")).await;
    assert!(is_fault(&short, "password", &Fault::PasswordShort(12)));
    assert!(require_staff(&there.visit().await).is_ok(), "nothing has happened");

    for _ in 0..2 {
        let done = change_own_password(&here.visit().await, &changing(PASSWORD, NEXT)).await.unwrap();
        assert_eq!(done.go.as_deref(), Some("/hunan/staff/settings?done=password"), "also when it is sent again");
    }
    assert!(require_staff(&here.visit().await).is_ok() && require_staff(&there.visit().await).is_err());
    crate::notify::deliver(&house.services).await.unwrap();
    let told = house.sms.0.lock().unwrap().iter().filter(|sms| sms.text.contains("登录密码已于")).count();
    assert_eq!(told, 1);

    let mut again = Browser::new(&house, "203.0.113.3").await;
    assert!(password(&mut again, "yuhua", PASSWORD).await.is_err());
    assert_eq!(password(&mut again, "yuhua", NEXT).await.unwrap(), "/hunan/staff/second-factor");
    assert_audit_stands(&house).await;
}
both!(a_staff_member_changes_the_own_password_by_the_present_one_and_is_told);

async fn wrong_guesses_of_the_own_password_are_announced_and_lock_for_a_quarter_of_an_hour(house: House) {
    with_reviewer(&house).await;
    let here = signed_in(&house, "203.0.113.1").await;
    for left in (0..5).rev() {
        let outcome = change_own_password(&here.visit().await, &changing("Not-This-One-12", NEXT)).await;
        assert!(is_fault(&outcome, "old_password", &Fault::OldStaffPassword));
        assert_eq!(tries_left(&faults(outcome)), (left <= 2).then_some(left));
    }
    let shut = change_own_password(&here.visit().await, &changing(PASSWORD, NEXT)).await;
    assert!(matches!(shut, Err(Failure::Refused(Refusal::Locked { of: Limited::StaffPasswords, .. }))), "{shut:?}");
    house.clock.forward(Duration::minutes(16));
    change_own_password(&here.visit().await, &changing(PASSWORD, NEXT)).await.unwrap();
}
both!(wrong_guesses_of_the_own_password_are_announced_and_lock_for_a_quarter_of_an_hour);

async fn an_authenticator_is_replaced_by_codes_of_both_and_the_old_one_serves_until_then(house: House) {
    with_reviewer(&house).await;
    let (here, there) = (signed_in(&house, "203.0.113.1").await, signed_in(&house, "203.0.113.2").await);
    let secret = renew_view(&here.visit().await).await.unwrap().secret.replace(' ', "");
    assert_eq!(renew_view(&here.visit().await).await.unwrap().secret.replace(' ', ""), secret, "the same after a reload");
    house.clock.forward(Duration::seconds(60));
    let (old, new) = (code_of(&house, SECRET).code, code_of(&house, &secret).code);
    let form = |present: &str, code: &str| RenewFactorForm { present: present.into(), code: code.into() };
    assert!(is_fault(&renew_factor(&here.visit().await, &form("", &new)).await, "present", &Fault::Missing));
    assert!(is_fault(&renew_factor(&here.visit().await, &form(&new, &new)).await, "present", &Fault::OneTimeCode));
    assert!(is_fault(&renew_factor(&here.visit().await, &form(&old, &old)).await, "code", &Fault::OneTimeCode));
    assert!(require_staff(&there.visit().await).is_ok(), "nothing has happened");

    renew_factor(&here.visit().await, &form(&old, &new)).await.unwrap();
    let view = enrol_view(&here.visit().await).await.unwrap();
    assert!(
        view.is_enrolled && i64::try_from(view.recovery_codes.len()).unwrap() == view.recovery_left && view.recovery_left > 0
    );
    acknowledge(&here.visit().await).await.unwrap();
    assert!(require_staff(&there.visit().await).is_err(), "the sessions elsewhere have ended");

    let mut again = Browser::new(&house, "203.0.113.3").await;
    password(&mut again, "yuhua", PASSWORD).await.unwrap();
    house.clock.forward(Duration::seconds(60));
    assert!(give(&mut again, &code_of(&house, SECRET)).await.is_err());
    assert_eq!(give(&mut again, &code_of(&house, &secret)).await.unwrap(), "/hunan/staff/desk");
    assert_audit_stands(&house).await;
}
both!(an_authenticator_is_replaced_by_codes_of_both_and_the_old_one_serves_until_then);

async fn the_staff_see_where_they_are_signed_in_and_end_it_elsewhere(house: House) {
    with_reviewer(&house).await;
    let (here, there) = (signed_in(&house, "203.0.113.1").await, signed_in(&house, "203.0.113.2").await);
    let view = own_settings(&here.visit().await).await.unwrap();
    assert_eq!((view.login.as_str(), view.mobile.as_str()), ("yuhua", "137****0001"));
    let places: Vec<(bool, &str)> = view.sessions.iter().map(|one| (one.is_this, one.address.as_str())).collect();
    assert_eq!(places, [(true, "203.0.113.1"), (false, "203.0.113.2")]);
    end_other_staff_sessions(&here.visit().await).await.unwrap();
    assert!(require_staff(&there.visit().await).is_err());
    assert_eq!(own_settings(&here.visit().await).await.unwrap().sessions.len(), 1);
    assert_audit_stands(&house).await;
}
both!(the_staff_see_where_they_are_signed_in_and_end_it_elsewhere);
