//! Whom a manager sees, and who decides that.

use domain::employer::{Consent, Vouched};
use store::archive::RecordRow;

use super::*;
use crate::review::stories::{assert_audit_stands, assert_not_found};
use crate::testing::both;

async fn say(visit: &Visit, id: &str, act: &str) -> Result<Answer, Failure> {
    answer_employment(visit, &EmploymentForm { employment: id.into(), act: act.into() }).await
}

async fn vouch(visit: &Visit, id: &str, act: &str) -> Result<Answer, Failure> {
    vouch_employment(visit, &EmploymentForm { employment: id.into(), act: act.into() }).await
}

/// What somebody was asked.
async fn asked(visit: &Visit) -> domain::employer::view::EmploymentLine {
    page_of(visit).await.employments.remove(0)
}

async fn seen(visit: &Visit) -> Vec<(String, Option<Vouched>)> {
    let mut managed = page_of(visit).await.managed;
    managed.remove(0).people.into_iter().map(|person| (person.name, person.word)).collect()
}

async fn a_manager_sees_whoever_confirmed_and_nobody_else(house: House) {
    let (boss, person) = (manager_to_be(&house).await, colleague(&house).await);
    assert_eq!(ask_employees(&house.services).await.unwrap(), 0, "nobody manages the employer");
    managing(&house, &boss).await;
    assert_eq!(ask_employees(&house.services).await.unwrap(), 1, "not the manager themselves");
    house.clock.forward(chrono::Duration::minutes(11));
    assert_eq!(ask_employees(&house.services).await.unwrap(), 0, "nobody is asked twice");
    assert!(titles(&house, &person).await.contains(&"请确认您的工作单位".to_owned()));
    assert!(seen(&boss).await.is_empty(), "nothing is seen before the answer");
    let line = asked(&person).await;
    assert_eq!((line.name.as_str(), line.manager.as_str(), line.answer), (NAME, "张三", None));
    assert_not_found(vouch(&boss, &line.id, "confirmed").await);
    assert_not_found(say(&boss, &line.id, "confirmed").await);
    assert!(matches!(say(&person, &line.id, "perhaps").await, Err(Failure::Stale)));

    say(&person, &line.id, "confirmed").await.unwrap();
    say(&person, &line.id, "confirmed").await.unwrap();
    assert_eq!(seen(&boss).await, [("张三".to_owned(), None)]);
    assert_eq!(asked(&person).await.answer.map(|(answer, _)| answer), Some(Consent::Confirmed));
    assert_not_found(vouch(&person, &line.id, "confirmed").await);
    vouch(&boss, &line.id, "denied").await.unwrap();
    vouch(&boss, &line.id, "denied").await.unwrap();
    let told = titles(&house, &person).await.into_iter().filter(|title| title == "单位否认您的工作单位").count();
    assert_eq!((told, seen(&boss).await), (1, vec![("张三".to_owned(), Some(Vouched::Denied))]));
    assert_eq!(asked(&person).await.word.map(|(word, _)| word), Some(Vouched::Denied));
    vouch(&boss, &line.id, "confirmed").await.unwrap();
    vouch(&boss, &line.id, "denied").await.unwrap();
    vouch(&boss, &line.id, "confirmed").await.unwrap();
    assert_eq!(seen(&boss).await, [("张三".to_owned(), Some(Vouched::Confirmed))]);
    let told = titles(&house, &person).await.into_iter().filter(|title| title == "单位否认您的工作单位").count();
    assert_eq!(told, 1, "who changes their mind does not fill the messages of the person");
    let shown = serde_json::to_string(&page_of(&boss).await.managed).unwrap();
    for secret in ["430102199003071234", "13900005678", "19430001", person.account().unwrap().as_str()] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    assert_audit_stands(&house).await;
}
both!(a_manager_sees_whoever_confirmed_and_nobody_else);

async fn whoever_comes_to_the_employer_later_is_asked_then(house: House) {
    let boss = manager_to_be(&house).await;
    managing(&house, &boss).await;
    assert_eq!(ask_employees(&house.services).await.unwrap(), 0);
    let person = colleague(&house).await;
    assert_eq!(ask_employees(&house.services).await.unwrap(), 0, "they are looked for every ten minutes");
    house.clock.forward(chrono::Duration::minutes(11));
    assert_eq!(ask_employees(&house.services).await.unwrap(), 1);
    assert_eq!(page_of(&person).await.employments.len(), 1);
}
both!(whoever_comes_to_the_employer_later_is_asked_then);

async fn whoever_refuses_is_not_seen_and_may_say_so_later_too(house: House) {
    let (boss, person) = (manager_to_be(&house).await, colleague(&house).await);
    managing(&house, &boss).await;
    ask_employees(&house.services).await.unwrap();
    let line = asked(&person).await;
    say(&person, &line.id, "refused").await.unwrap();
    assert!(seen(&boss).await.is_empty());
    assert_not_found(vouch(&boss, &line.id, "denied").await);
    house.clock.forward(chrono::Duration::minutes(11));
    assert_eq!(ask_employees(&house.services).await.unwrap(), 0, "who refused is left alone");

    say(&person, &line.id, "confirmed").await.unwrap();
    vouch(&boss, &line.id, "confirmed").await.unwrap();
    say(&person, &line.id, "refused").await.unwrap();
    assert!(seen(&boss).await.is_empty());
    assert_eq!(asked(&person).await.word, None, "what the manager said goes with the consent");
}
both!(whoever_refuses_is_not_seen_and_may_say_so_later_too);

async fn whoever_left_the_employer_or_has_another_manager_is_not_seen(house: House) {
    let (boss, person) = (manager_to_be(&house).await, colleague(&house).await);
    let case = managing(&house, &boss).await;
    ask_employees(&house.services).await.unwrap();
    let line = asked(&person).await;
    say(&person, &line.id, "confirmed").await.unwrap();

    // Another manager is somebody else, and asks anew.
    let of = ResignForm { manager: manager(&house, CODE).await.unwrap().id };
    resign(&boss, &of).await.unwrap();
    assert!(page_of(&person).await.employments.is_empty());
    assert_not_found(vouch(&boss, &line.id, "confirmed").await);
    assert_not_found(say(&person, &line.id, "refused").await);
    let again = managing(&house, &boss).await;
    assert_ne!(case, again);
    assert!(seen(&boss).await.is_empty());
    assert_eq!(ask_employees(&house.services).await.unwrap(), 1);
    let line = asked(&person).await;
    say(&person, &line.id, "confirmed").await.unwrap();
    assert_eq!(seen(&boss).await.len(), 1);

    // The record names another employer by now.
    let before = house.services.db.read().await.unwrap().find_record(person.account().unwrap()).await.unwrap().unwrap();
    let moved = RecordRow {
        id: house.services.ids.id(),
        employer_hash: Some(house.services.vault.keyed_hash("employer", OF_CITY)),
        ..before
    };
    house.services.db.write(move |tx| Box::pin(async move { tx.add_record(&moved).await })).await.unwrap();
    assert!(seen(&boss).await.is_empty() && page_of(&person).await.employments.is_empty());
    assert_not_found(vouch(&boss, &line.id, "confirmed").await);
}
both!(whoever_left_the_employer_or_has_another_manager_is_not_seen);
