//! How the province keeps its schools and their tokens.

use domain::case::Refusal;
use domain::fault::Fault;
use domain::id::StaffId;
use store::staff::StaffRow;

use super::*;
use crate::review::stories::assert_not_found;
use crate::school::{day, end_token, report};
use crate::testing::both;

async fn administrators_alone_keep_schools_and_nobody_overwrites_another(house: House) {
    let zhao = administrator(&house).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert!(matches!(save_school(&li, &school_form("aa")).await, Err(Failure::Refused(Refusal::NotYours))));
    assert!(matches!(kept_schools(&li).await, Err(Failure::Refused(Refusal::NotYours))));
    let id = school(&house, &zhao, "aa").await;
    let errors = match save_school(&zhao, &school_form("aa")).await {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    };
    assert_eq!(errors.of("code"), Some(&Fault::LoginTaken));
    let local = SchoolForm { entry: "http://localhost:4000/".into(), ..school_form("bb") };
    assert!(matches!(save_school(&zhao, &local).await, Err(Failure::Invalid(_))), "in the demonstration only");
    let seen = kept_school(&zhao, &id).await.unwrap().form;
    assert_eq!((seen.version.as_str(), seen.years.as_str()), ("2", "2026、2025"));
    save_school(&zhao, &SchoolForm { name: "新名字".into(), ..seen.clone() }).await.unwrap();
    let late = SchoolForm { name: "旧名字".into(), code: "other".into(), ..seen };
    assert!(matches!(save_school(&zhao, &late).await, Err(Failure::Stale)));
    let shown = kept_school(&house.again(&zhao).await, &id).await.unwrap();
    assert!(shown.is_stale);
    assert_eq!((shown.form.name.as_str(), shown.form.code.as_str(), shown.form.version.as_str()), ("旧名字", "aa", "3"));
    assert_not_found(kept_school(&zhao, "nowhere").await);
}
both!(administrators_alone_keep_schools_and_nobody_overwrites_another);

async fn a_token_is_shown_once_kept_as_a_hash_and_two_are_good_at_once(house: House) {
    let zhao = administrator(&house).await;
    let id = school(&house, &zhao, "aa").await;
    let first = token(&house, &zhao, &id).await;
    assert!(kept_school(&house.again(&zhao).await, &id).await.unwrap().new_token.is_none(), "shown once");
    let (second, third) = (token(&house, &zhao, &id).await, token(&house, &zhao, &id).await);
    let begin = async |token: &str| Caller::begin(&house.services, token, None, "test".into()).await;
    assert!(matches!(begin(&first).await, Err(Failure::Refused(Refusal::SignInAgain))), "a third ends the oldest");
    assert!(begin(&second).await.is_ok() && begin(&third).await.is_ok());
    let lines = kept_school(&house.again(&zhao).await, &id).await.unwrap().tokens;
    assert_eq!(lines.len(), 2);
    let form = TokenForm { school: id.clone(), id: lines[0].id.clone(), ..TokenForm::default() };
    end_token(&zhao, &form).await.unwrap();
    end_token(&zhao, &form).await.unwrap();
    assert!(begin(&third).await.is_err());
    assert!(begin(&second).await.is_ok());
}
both!(a_token_is_shown_once_kept_as_a_hash_and_two_are_good_at_once);

/// Another administrator, who has a telephone.
async fn on_call(house: &House, mobile: &str) {
    let services = &house.services;
    let id = StaffId::from(services.ids.id());
    let row = StaffRow {
        province: "hunan".into(),
        bureau: "430000".into(),
        login: id.to_string(),
        name: "孙管理".into(),
        role: "administrator".into(),
        mobile_sealed: services.vault.seal("staff.mobile", id.as_str(), mobile.as_bytes()),
        document_hash: None,
        password_hash: String::new(),
        totp_sealed: None,
        totp_step: 0,
        is_active: true,
        version: 1,
        created_at: services.now(),
        id,
    };
    services.db.write(move |tx| Box::pin(async move { Ok::<_, Failure>(tx.insert_staff(&row).await?) })).await.unwrap();
}

async fn a_repeated_press_asks_once_and_another_school_takes_nothing_of_it(house: House) {
    let zhao = administrator(&house).await;
    let (id, other) = (school(&house, &zhao, "aa").await, school(&house, &zhao, "bb").await);
    let first = token(&house, &zhao, &id).await;
    let newest = kept_school(&house.again(&zhao).await, &id).await.unwrap().tokens[0].id.clone();
    let (press, qian) = (asking(&id, &newest), second(&house).await);
    on_call(&house, "13700000009").await;
    ask_token(&zhao, &press).await.unwrap();
    ask_token(&zhao, &press).await.unwrap();
    assert!(matches!(ask_token(&qian, &press).await, Err(Failure::Stale)), "somebody asked already");
    let seen = kept_school(&house.again(&qian).await, &id).await.unwrap();
    assert_eq!(seen.waiting.len(), 1);
    let agreed = saying((&id, &seen.form.version), &seen.waiting[0].id, "agree");
    decide_approval(&qian, &agreed).await.unwrap();
    decide_approval(&qian, &agreed).await.unwrap();
    assert!(kept_school(&house.again(&qian).await, &other).await.unwrap().new_token.is_none());
    assert!(kept_school(&house.again(&zhao).await, &id).await.unwrap().new_token.is_none(), "whoever asked never sees it");
    let shown = kept_school(&house.again(&qian).await, &id).await.unwrap();
    let new = shown.new_token.unwrap();
    let begin = async |token: &str| Caller::begin(&house.services, token, None, "test".into()).await;
    assert!(begin(&first).await.is_ok() && begin(&new).await.is_ok(), "both go on working");
    // What was seen before is not what is there.
    for seen in ["", newest.as_str()] {
        assert!(matches!(ask_token(&zhao, &asking(&id, seen)).await, Err(Failure::Stale)), "{seen:?}");
    }
    let there = kept_school(&house.again(&zhao).await, &id).await.unwrap().tokens;
    assert!(there.iter().map(|token| &token.id).eq(shown.tokens.iter().map(|token| &token.id)));
    assert!(there.iter().all(|token| token.used_at.is_some()), "both were used");
    while crate::notify::deliver(&house.services).await.unwrap() > 0 {
        house.clock.forward(chrono::Duration::minutes(2));
    }
    let told: Vec<_> = house.sms.0.lock().unwrap().iter().map(|sms| (sms.mobile.clone(), sms.text.clone())).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].0 == "13700000009" && told[0].1.contains("管理员赵管理申请生成网校“aa网校”的接口口令"), "{told:?}");
    assert!(told[1].1.contains("管理员钱管理同意生成网校“aa网校”的接口口令"), "{told:?}");
    // What was typed for one school is shown at that one.
    let late = SchoolForm { version: "0".into(), name: "旧名字".into(), ..shown.form };
    assert!(matches!(save_school(&zhao, &late).await, Err(Failure::Stale)));
    assert!(!kept_school(&house.again(&zhao).await, &other).await.unwrap().is_stale);
    assert!(kept_school(&house.again(&zhao).await, &id).await.unwrap().is_stale);
}
both!(a_repeated_press_asks_once_and_another_school_takes_nothing_of_it);

async fn a_program_that_calls_too_often_is_told_when_to_go_on(house: House) {
    let zhao = administrator(&house).await;
    let id = school(&house, &zhao, "aa").await;
    let token = token(&house, &zhao, &id).await;
    for _ in 0..120 {
        caller(&house, &token).await;
    }
    let begin = async || Caller::begin(&house.services, &token, None, "test".into()).await;
    assert!(matches!(begin().await, Err(Failure::Refused(Refusal::TooOften { .. }))));
    house.clock.forward(chrono::Duration::seconds(61));
    assert!(begin().await.is_ok());
}
both!(a_program_that_calls_too_often_is_told_when_to_go_on);

async fn whoever_called_before_the_token_was_ended_does_nothing_more_with_it(house: House) {
    let zhao = administrator(&house).await;
    let id = school(&house, &zhao, "aa").await;
    let token = token(&house, &zhao, &id).await;
    let known = learners(&house, &id, 1).await;
    // The head of the request is there, and its body comes hours later.
    let calling = caller(&house, &token).await;
    let line = kept_school(&house.again(&zhao).await, &id).await.unwrap().tokens.remove(0);
    end_token(&zhao, &TokenForm { school: id.clone(), id: line.id, ..TokenForm::default() }).await.unwrap();
    let sent = body(&[row("r-1", &known[0], "professional", 10)]);
    let refused = report(&calling, "k-1", &sent).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::SignInAgain))), "{refused:?}");
    let new = caller(&house, &super::token(&house, &zhao, &id).await).await;
    assert!(day(&new, house.services.today(), "").await.unwrap().batches.is_empty());
    assert_eq!(report(&new, "k-1", &sent).await.unwrap().counts.booked, 1);
}
both!(whoever_called_before_the_token_was_ended_does_nothing_more_with_it);
