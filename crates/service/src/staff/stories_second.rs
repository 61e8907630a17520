//! One person alone becomes nobody else: what a second person has to agree to, on both engines.

use chrono::Duration;
use domain::account::forms::BootstrapForm;
use domain::case::Refusal;
use domain::fault::Fault;
use domain::id::StaffId;
use domain::staff::forms::{ActForm, PersonForm};
use domain::staff::view::PersonState;
use domain::staff::{Act, Second};

use super::stories_people::*;
use super::*;
use crate::account::stories::is_fault;
use crate::review::stories::{assert_audit_stands, refusal, staff};
use crate::testing::{House, both};

async fn an_administrator_alone_gets_no_token_and_becomes_nobody(house: House) {
    let (zhao, qian) = pair(&house).await;
    let li = staff(&house, "430111", "李审核", "reviewer", true).await;
    let id = id_of(&li);
    let ask = ActForm { person: id.to_string(), version: "1".into(), act: "reset".into(), mobile: String::new() };
    assert!(is_fault(&act_on_person(&zhao, &ask).await, "mobile", &Fault::Missing), "there is no telephone on file");
    act_on_person(&zhao, &ActForm { mobile: MOBILE.into(), ..ask }).await.unwrap();
    assert_eq!(token(&house).await, None, "nobody has agreed");
    assert!(require_staff(&house.again(&li).await).is_ok(), "and nothing has happened");
    let asked = seen(&house, &zhao, &id).await;
    let view = asked.asked.unwrap();
    assert_eq!((view.is_mine, view.second, view.mobile.as_deref()), (true, Second::Administrator, Some("138****5678")));
    assert!(!asked.acts.contains(&Act::Agree));
    assert!(matches!(act(&house, &zhao, &id, Act::Agree).await, Err(Failure::Stale)), "not by whoever asked");
    assert!(matches!(act(&house, &qian, &id, Act::Reset).await, Err(Failure::Stale)), "it is asked for already");
    assert!(matches!(approve_staff(&house.services, &id).await, Err(Failure::NotFound)), "two administrators are there");

    act(&house, &qian, &id, Act::Agree).await.unwrap();
    assert!(matches!(act(&house, &qian, &id, Act::Agree).await, Err(Failure::Stale)), "once");
    let told = token(&house).await.unwrap();
    assert!(require_staff(&house.again(&li).await).is_err());
    let page = format!("{:?}", seen(&house, &zhao, &id).await.line);
    assert!(!page.contains(&told));
    let mine = house.again(&zhao).await;
    assert!(is_fault(&give(&mine, &told).await, "token", &Fault::NotByAsker), "not in the window that asked");
    give(&house.visit(None).await, &told.to_lowercase().replace('-', " ")).await.unwrap();
    let rows = house.services.db.read().await.unwrap().list_audit_of("staff", id.as_str()).await.unwrap();
    let trail = &rows.iter().find(|row| row.action == "activate_staff").unwrap().detail;
    assert!([id_of(&zhao).as_str(), id_of(&qian).as_str(), "same_address"].iter().all(|part| trail.contains(part)), "{trail}");
    assert_audit_stands(&house).await;
}
both!(an_administrator_alone_gets_no_token_and_becomes_nobody);

async fn while_one_administrator_is_alone_the_operator_is_the_second_person(house: House) {
    let zhao = administrator(&house, "赵管理").await;
    let mobile = |mobile: &str| mobile.to_owned();
    let administrator = |login| form(login, "430000", "administrator");
    let second = added(&zhao, &PersonForm { mobile: mobile("13700000011"), ..administrator("qian") }).await;
    assert_eq!(token(&house).await, None, "whoever had both accounts could agree to everything");
    approve_staff(&house.services, &second).await.unwrap();
    assert!(token(&house).await.is_some());
    let id = added(&zhao, &form("li.yuhua", "430111", "reviewer")).await;
    assert_eq!(seen(&house, &zhao, &id).await.asked.unwrap().second, Second::Operator);
    let before = token(&house).await;
    act(&house, &zhao, &second, Act::Disable).await.unwrap();
    let third = added(&zhao, &PersonForm { mobile: mobile("13700000012"), ..administrator("sun") }).await;
    assert_eq!(token(&house).await, before, "nor does the next one");
    for person in [&id, &third] {
        approve_staff(&house.services, person).await.unwrap();
        assert!(matches!(approve_staff(&house.services, person).await, Err(Failure::NotFound)), "once");
    }
    assert_ne!(token(&house).await, before);
    assert!(matches!(approve_staff(&house.services, &StaffId::from("nobody")).await, Err(Failure::NotFound)));
    assert_audit_stands(&house).await;
}
both!(while_one_administrator_is_alone_the_operator_is_the_second_person);

async fn what_is_refused_or_withdrawn_or_waits_too_long_does_not_happen(house: House) {
    let (zhao, qian) = pair(&house).await;
    let new = form("li.yuhua", "430111", "reviewer");
    for by in [&zhao, &qian] {
        let id = added(&zhao, &new).await;
        assert_eq!(act(&house, by, &id, Act::Refuse).await.unwrap().go.as_deref(), Some("/hunan/staff/people"));
        assert!(matches!(person(&zhao, &id).await, Err(Failure::NotFound)), "the name is free again");
    }
    let (id, told) = made(&house, (&zhao, &qian), &new).await;
    give(&house.visit(None).await, &told).await.unwrap();
    act(&house, &zhao, &id, Act::Reset).await.unwrap();
    act(&house, &qian, &id, Act::Refuse).await.unwrap();
    assert_eq!(seen(&house, &zhao, &id).await.line.state, PersonState::Active);
    act(&house, &zhao, &id, Act::Reset).await.unwrap();
    house.clock.forward(Duration::hours(72));
    let (sun, _) = pair(&house).await;
    assert_eq!(seen(&house, &sun, &id).await.line.state, PersonState::Active);
    assert!(matches!(act(&house, &sun, &id, Act::Agree).await, Err(Failure::Stale)));
    assert_eq!(token(&house).await, Some(told), "no other token left");
    assert_audit_stands(&house).await;
}
both!(what_is_refused_or_withdrawn_or_waits_too_long_does_not_happen);

async fn nobody_agrees_to_the_reset_of_the_own_account_or_takes_a_token_on_the_own_telephone(house: House) {
    let (zhao, qian) = pair(&house).await;
    let sun = administrator(&house, "孙管理").await;
    let form_of =
        |mobile: &str| ActForm { person: id_of(&qian).into(), version: "1".into(), act: "reset".into(), mobile: mobile.into() };
    act_on_person(&zhao, &form_of("13700000007")).await.unwrap();
    assert_eq!(refusal(act(&house, &qian, &id_of(&qian), Act::Agree).await), Refusal::OwnAccount);
    act(&house, &sun, &id_of(&qian), Act::Agree).await.unwrap();
    give(&house.visit(None).await, &token(&house).await.unwrap()).await.unwrap();
    let own = PersonForm { mobile: "137 0000 0007".into(), ..form("li.yuhua", "430111", "reviewer") };
    assert!(is_fault(&add_person(&zhao, &own).await, "mobile", &Fault::MobileOfAdministrator));
}
both!(nobody_agrees_to_the_reset_of_the_own_account_or_takes_a_token_on_the_own_telephone);

async fn of_two_bootstrap_tokens_used_at_once_one_makes_an_administrator(house: House) {
    let (mut tokens, mut tries) = (Vec::new(), Vec::new());
    for _ in 0..4 {
        tokens.push(bootstrap_token(&house.services, "hunan").await.unwrap());
    }
    for (nth, token) in tokens.into_iter().enumerate() {
        let form = BootstrapForm {
            token,
            login: format!("admin{nth}"),
            name: "赵管理".into(),
            mobile: format!("1370000001{nth}"),
            password: "Lotus-Harbour-71".into(),
            password_again: "Lotus-Harbour-71".into(),
        };
        let visit = house.visit(None).await;
        tries.push(tokio::spawn(async move { bootstrap(&visit, &form).await }));
    }
    let done = futures::future::join_all(tries).await.into_iter().map(Result::unwrap);
    assert_eq!(done.filter(Result::is_ok).count(), 1);
    assert_eq!(house.services.db.read().await.unwrap().count_staff("hunan").await.unwrap(), 1);
}
both!(of_two_bootstrap_tokens_used_at_once_one_makes_an_administrator);

async fn an_administrator_asks_for_two_hundred_accounts_a_day_and_no_more(house: House) {
    let (zhao, _) = pair(&house).await;
    for nth in 0..200 {
        let zhao = house.again(&zhao).await;
        add_person(&zhao, &form(&format!("person{nth:03}"), "430111", "reviewer")).await.unwrap();
    }
    let refused = refusal(add_person(&zhao, &form("one-more", "430111", "reviewer")).await);
    assert!(matches!(refused, Refusal::TooOften { .. }));
}
both!(an_administrator_asks_for_two_hundred_accounts_a_day_and_no_more);
