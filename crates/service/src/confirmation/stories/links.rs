//! Whom the link reaches, what it shows, and when it serves nothing.

use std::collections::BTreeSet;

use domain::employer::forms::ResignForm;

use super::*;
use crate::Token;

async fn an_employer_is_asked_by_a_link_that_shows_a_name_and_serves_once(house: House) {
    let house = linking(house);
    let (boss, person) = two(&house).await;
    let secret = asked(&house, &person).await;
    let text = told(&house, BOSS).await;
    for hidden in ["张三", "430102199003071234", "13900005678", "not-me"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    assert!(titles(&house, &boss).await.contains(&"请确认会计人员的工作单位".to_owned()));
    assert!(matches!(newest(&person).await.state, Stands::Waiting(_)));
    assert_eq!(refusal(ask(&person, CODE).await), Refusal::AlreadySubmitted, "one at a time");

    let shown = asked_view(&anybody(&house).await, &secret).await.unwrap();
    assert_eq!((shown.name.as_str(), shown.employer_name.as_str()), ("张三", NAME));
    assert_eq!(shown.until, house.services.now() + Duration::days(7));
    assert!(asked_view(&anybody(&house).await, &secret).await.is_ok(), "looking does nothing");
    let nobodys = asked_view(&anybody(&house).await, "AAAAAAAAAAAAAAAAAAAAAA").await;
    assert_eq!(refusal(nobodys), Refusal::LinkVoid);

    assert_eq!(faults(say(&house, &secret, "refused", "").await).of("reason"), Some(&Fault::Missing));
    assert_eq!(faults(say(&house, &secret, "withdrawn", "").await).of("answer"), Some(&Fault::NotInList));
    assert_eq!(say(&house, &secret, "confirmed", "").await.unwrap(), Said::Confirmed);
    assert_eq!(refusal(say(&house, &secret, "refused", "不是本单位的人").await), Refusal::LinkVoid, "once");
    assert_eq!(refusal(asked_view(&anybody(&house).await, &secret).await), Refusal::LinkVoid);
    let line = newest(&person).await;
    assert_eq!(line.state, Stands::Said(Said::Confirmed, house.services.today(), String::new()));
    assert!(titles(&house, &person).await.contains(&"单位已确认".to_owned()));
    let trail = house.services.db.read().await.unwrap().list_audit_of("employer_confirmation", &line.id).await.unwrap();
    // Both happen in one moment of the clock, in whichever chain.
    let noted: BTreeSet<&str> = trail.iter().map(|row| row.action.as_str()).collect();
    assert_eq!((trail.len(), noted), (2, BTreeSet::from(["answer_confirmation", "ask_employer"])));
    assert!(trail.iter().all(|row| !row.detail.contains(&secret)), "the secret is nowhere");
    assert_audit_stands(&house).await;
}
both!(an_employer_is_asked_by_a_link_that_shows_a_name_and_serves_once);

async fn a_refusal_is_told_with_its_reason_and_kept_sealed(house: House) {
    let house = linking(house);
    let (_, person) = two(&house).await;
    let secret = asked(&house, &person).await;
    assert_eq!(say(&house, &secret, "refused", "已于上月离职").await.unwrap(), Said::Refused);
    let state = newest(&person).await.state;
    assert_eq!(state, Stands::Said(Said::Refused, house.services.today(), "已于上月离职".to_owned()));
    assert!(titles(&house, &person).await.contains(&"单位没有确认".to_owned()));
    let text = told(&house, "13900005678").await;
    assert!(text.contains("没有确认您在该单位工作：已于上月离职。"), "{text}");
    let row = house.services.db.read().await.unwrap().list_confirmations(person.account().unwrap(), 9).await.unwrap().remove(0);
    let sealed = row.reason_sealed.unwrap();
    assert!(!sealed.windows(6).any(|part| part == "离职".as_bytes()), "what is said of somebody lies sealed");
    let mut reader = house.services.db.read().await.unwrap();
    assert!(confirmed(&mut reader, &person, person.account().unwrap()).await.unwrap().is_empty(), "it stands in for nothing");
    drop(reader);
    ask(&person, CODE).await.unwrap();
}
both!(a_refusal_is_told_with_its_reason_and_kept_sealed);

async fn a_link_ends_with_its_time_the_question_the_telephone_and_the_office(house: House) {
    let house = linking(house);
    let (boss, person) = two(&house).await;
    let void = async |secret: &str, why: &str| {
        assert_eq!(refusal(asked_view(&anybody(&house).await, secret).await), Refusal::LinkVoid, "{why}");
        assert_eq!(refusal(say(&house, secret, "confirmed", "").await), Refusal::LinkVoid, "{why}");
    };
    let late = asked(&house, &person).await;
    let person = house.wait_awake(&person, Duration::days(7)).await;
    void(&late, "its days are over").await;
    assert_eq!(newest(&person).await.state, Stands::Expired);

    let taken_back = asked(&house, &person).await;
    let form = WithdrawForm { confirmation: newest(&person).await.id };
    assert_not_found(withdraw_question(&manager_again(&house, &boss).await, &form).await);
    withdraw_question(&person, &form).await.unwrap();
    assert!(matches!(withdraw_question(&person, &form).await, Err(Failure::Stale)));
    void(&taken_back, "the person took it back").await;

    let elsewhere = asked(&house, &person).await;
    let id = boss_id(&house).await;
    let (hash, now) = (house.services.vault.keyed_hash("mobile", "13700000001"), house.services.now());
    let sealed = house.services.vault.seal_text("account.mobile", id.as_str(), "13700000001");
    let write = house.services.db.write(move |tx| Box::pin(async move { tx.save_mobile(&id, &hash, &sealed, now).await }));
    write.await.unwrap();
    void(&elsewhere, "the administrator has another telephone").await;
    let form = WithdrawForm { confirmation: newest(&person).await.id };
    withdraw_question(&person, &form).await.unwrap();

    ask(&person, CODE).await.unwrap();
    let secret = link(&house, "13700000001").await;
    let manager = house.services.db.read().await.unwrap().find_manager_of("hunan", CODE).await.unwrap().unwrap();
    crate::employer::resign(&manager_again(&house, &boss).await, &ResignForm { manager: manager.id }).await.unwrap();
    void(&secret, "nobody manages the employer any more").await;
    assert_audit_stands(&house).await;
}
both!(a_link_ends_with_its_time_the_question_the_telephone_and_the_office);

async fn boss_id(house: &House) -> domain::id::AccountId {
    house.services.db.read().await.unwrap().find_manager_of("hunan", CODE).await.unwrap().unwrap().account_id
}

/// The administrator in a session of now.
async fn manager_again(house: &House, boss: &Visit) -> Visit {
    let (id, token) = (boss.account().unwrap().clone(), Token::new(&house.services));
    let session = boss.new_session(&token, Some(&id), None);
    let write = house.services.db.write(move |tx| Box::pin(async move { Ok::<_, Failure>(tx.insert_session(&session).await?) }));
    write.await.unwrap();
    house.visit(Some(token.as_str())).await
}

async fn whoever_has_no_record_or_asks_nobody_or_themselves_is_told_so(house: House) {
    let silent = colleague(&house).await;
    assert_not_found(ask(&silent, CODE).await);
    assert!(!confirmations_view(&silent).await.unwrap().has_links, "a house that does not know its address sends no links");
    let house = linking(house);
    let person = house.again(&silent).await;
    assert_eq!(faults(ask(&person, CODE).await).of("code"), Some(&Fault::NotInList), "nobody manages it");
    assert!(faults(ask(&person, "91350100M000100Y44").await).of("code").is_some());
    let boss = manager_to_be(&house).await;
    managing(&house, &boss).await;
    let boss = house.again(&boss).await;
    assert_eq!(faults(ask(&boss, CODE).await).of("code"), Some(&Fault::Unchanged), "nobody confirms themselves");
    let new = intake::person_of(&house, "hunan", "430111199505051235", "13900007777").await;
    assert_eq!(refusal(ask(&new, CODE).await), Refusal::NotComplete);
    assert!(!confirmations_view(&new).await.unwrap().is_collected);
    for _ in 0..9 {
        assert!(ask(&person, "91430111MA4L1N2E0X").await.is_err());
    }
    assert!(matches!(refusal(ask(&person, CODE).await), Refusal::TooOften { .. }), "tries are counted, found or not");
}
both!(whoever_has_no_record_or_asks_nobody_or_themselves_is_told_so);
