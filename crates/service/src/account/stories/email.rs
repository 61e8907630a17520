use chrono::Duration;
use domain::account::settings::{ChangePasswordForm, EmailForm};
use domain::case::Refusal;
use domain::fault::Fault;
use domain::limit::Limited;
use futures::future::join_all;

use super::people::*;
use crate::account::{change_email, change_password, email_view, messages, settings};
use crate::testing::{House, both};
use crate::{Failure, Visit};

fn to(email: &str, password: &str) -> EmailForm {
    EmailForm { email: email.into(), old_password: password.into(), act: String::new() }
}

fn removed(password: &str) -> EmailForm {
    EmailForm { act: "remove".into(), ..to("", password) }
}

async fn shown(visit: &Visit) -> Option<String> {
    settings(visit).await.unwrap().email
}

async fn told(visit: &Visit) -> Vec<String> {
    let news = messages(visit).await.unwrap().into_iter().filter(|message| message.title.starts_with("电子邮箱"));
    news.map(|message| message.body).collect()
}

async fn signed_in(house: &House) -> Browser<'_> {
    Browser::registered(house).await;
    house.clock.forward(Duration::minutes(2));
    let mut browser = Browser::new(house, "203.0.113.7").await;
    browser.sign_in(NUMBER, PASSWORD).await.unwrap();
    browser
}

async fn an_email_address_is_set_changed_and_removed_by_the_password_and_shown_masked(house: House) {
    let browser = signed_in(&house).await;
    let visit = browser.visit().await;
    assert_eq!(shown(&visit).await.as_deref(), Some(""));
    for (form, field, fault) in [
        (to("", PASSWORD), "email", Fault::Missing),
        (to("nobody", PASSWORD), "email", Fault::Email),
        (to("zhang@example.com", ""), "old_password", Fault::Missing),
        (to("zhang@example.com", "Wrong!123"), "old_password", Fault::OldPassword),
    ] {
        assert!(is_fault(&change_email(&visit, &form).await, field, &fault), "{field} {fault:?}");
    }
    assert_eq!(shown(&visit).await.as_deref(), Some(""));
    assert!(told(&visit).await.is_empty());

    // Pressed twice in one moment it is done once, and told once.
    let form = to("zhang@Example.com", PASSWORD);
    for answer in join_all((0..2).map(|_| change_email(&visit, &form))).await {
        assert_eq!(answer.unwrap().go.as_deref(), Some("/hunan/settings?done=email"));
    }
    assert_eq!(shown(&visit).await.as_deref(), Some("z***@example.com"));
    let view = email_view(&visit).await.unwrap();
    assert_eq!((view.email.as_str(), view.asks_password), ("z***@example.com", true));
    let news = told(&visit).await;
    assert_eq!(news.len(), 1);
    assert!(news[0].contains("改为 z***@example.com") && !news[0].contains("zhang"), "{news:?}");
    let account = visit.account().unwrap();
    let row = house.services.db.read().await.unwrap().find_account(account).await.unwrap().unwrap();
    let sealed = row.email_sealed.unwrap();
    assert!(!sealed.windows(5).any(|window| window == b"zhang"), "it is sealed");

    house.clock.forward(Duration::minutes(1));
    assert!(is_fault(&change_email(&visit, &removed("Wrong!123")).await, "old_password", &Fault::OldPassword));
    let answer = change_email(&visit, &removed(PASSWORD)).await.unwrap();
    assert_eq!(answer.go.as_deref(), Some("/hunan/settings?done=no-email"));
    assert_eq!(shown(&visit).await.as_deref(), Some(""));
    assert_eq!(told(&visit).await.len(), 2);
    let audit = house.services.db.read().await.unwrap().list_audit_of("account", account.as_str()).await.unwrap();
    let count = |action: &str| audit.iter().filter(|row| row.action == action).count();
    assert_eq!((count("change_email"), count("change_password_failed")), (2, 2));
}
both!(an_email_address_is_set_changed_and_removed_by_the_password_and_shown_masked);

async fn wrong_passwords_at_the_email_address_and_at_the_password_are_counted_together(house: House) {
    let browser = signed_in(&house).await;
    let visit = browser.visit().await;
    let first = house.services.now();
    for left in (0..5).rev() {
        let outcome = change_email(&visit, &to("zhang@example.com", "Wrong!123")).await;
        assert!(is_fault(&outcome, "old_password", &Fault::OldPassword));
        let errors = faults(outcome);
        assert_eq!(tries_left(&errors), (left <= 2).then_some(left));
        // The window slides: after the last it is the first wrong one that leaves it next.
        let again = errors.0.iter().find_map(|error| match &error.fault {
            Fault::TriesLeft(left) => left.again,
            _ => None,
        });
        assert_eq!(again, (left == 0).then(|| first + Duration::minutes(15)));
        house.clock.forward(Duration::minutes(1));
    }
    let locked = |outcome| matches!(outcome, Err(Failure::Refused(Refusal::Locked { of: Limited::Passwords, .. })));
    assert!(locked(change_email(&visit, &to("zhang@example.com", PASSWORD)).await));
    let new = "Qm4$rtzW".to_owned();
    let form = ChangePasswordForm { old_password: PASSWORD.into(), password: new.clone(), password_again: new };
    assert!(locked(change_password(&visit, &form).await));
    assert_eq!(shown(&visit).await.as_deref(), Some(""));
    house.clock.forward(Duration::minutes(16));
    change_email(&visit, &to("zhang@example.com", PASSWORD)).await.unwrap();
}
both!(wrong_passwords_at_the_email_address_and_at_the_password_are_counted_together);

async fn where_no_form_asks_for_an_email_address_none_is_kept(house: House) {
    let visit = crate::intake::stories::person_of(&house, "zhejiang", "330102199003077379", "13900001235").await;
    assert_eq!(shown(&visit).await, None);
    assert!(matches!(email_view(&visit).await, Err(Failure::NotFound)));
    assert!(matches!(change_email(&visit, &to("zhang@example.com", "")).await, Err(Failure::NotFound)));
    let stranger = Browser::new(&house, "203.0.113.9").await;
    let refused = change_email(&stranger.visit().await, &to("zhang@example.com", "")).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::SignInAgain))), "{refused:?}");
}
both!(where_no_form_asks_for_an_email_address_none_is_kept);
