//! What one administrator asks for a school and another agrees to.

use chrono::Duration;
use domain::case::Refusal;
use domain::school::{ApprovalKind, NotEnrolled, Verdict};

use super::*;
use crate::review::stories::assert_audit_stands;
use crate::school::{leaving, schools_view};
use crate::testing::both;

async fn nobody_alone_has_a_token_of_a_school(house: House) {
    let zhao = administrator(&house).await;
    let id = school(&house, &zhao, "aa").await;
    ask(&house, &zhao, &id).await;
    let seen = kept_school(&house.again(&zhao).await, &id).await.unwrap();
    assert!(seen.tokens.is_empty() && seen.new_token.is_none());
    let line = &seen.waiting[0];
    assert_eq!((line.kind, line.is_mine, line.verdicts.as_slice()), (ApprovalKind::Token, true, [Verdict::Refuse].as_slice()));
    assert!(kept_schools(&house.again(&zhao).await).await.unwrap().lines[0].waits);
    let refused = decide_approval(&house.again(&zhao).await, &saying((&id, &seen.form.version), &line.id, "agree")).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::NotYours))), "{refused:?}");
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let refused = decide_approval(&li, &saying((&id, &seen.form.version), &line.id, "agree")).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::NotYours))), "{refused:?}");
    assert!(kept_school(&house.again(&zhao).await, &id).await.unwrap().tokens.is_empty());
    // 撤回, and nothing is left to agree to.
    say(&house, &zhao, &id, "refuse").await.unwrap();
    let late = decide_approval(&second(&house).await, &saying((&id, &seen.form.version), &line.id, "agree")).await;
    assert!(matches!(late, Err(Failure::Stale)), "{late:?}");
    assert!(!kept_schools(&house.again(&zhao).await).await.unwrap().lines[0].waits);
    assert_audit_stands(&house).await;
}
both!(nobody_alone_has_a_token_of_a_school);

async fn a_token_that_nobody_wrote_down_is_replaced_by_two_and_one_in_use_is_not(house: House) {
    let (zhao, qian) = (administrator(&house).await, second(&house).await);
    let id = school(&house, &zhao, "aa").await;
    // Agreed to, and the page is closed.
    let lost = token(&house, &zhao, &id).await;
    let line = kept_school(&house.again(&qian).await, &id).await.unwrap().tokens.remove(0);
    assert_eq!(line.used_at, None);
    let again = TokenForm { id: line.id.clone(), ..asking(&id, &line.id) };
    ask_token(&qian, &again).await.unwrap();
    ask_token(&qian, &again).await.unwrap();
    let seen = kept_school(&house.again(&qian).await, &id).await.unwrap();
    assert!(seen.tokens.is_empty() && seen.new_token.is_none(), "whoever says that it was lost is not shown another one");
    let begin = async |token: &str| Caller::begin(&house.services, token, None, "test".into()).await;
    assert!(begin(&lost).await.is_err(), "wherever it went");
    say(&house, &zhao, &id, "agree").await.unwrap();
    let new = kept_school(&house.again(&zhao).await, &id).await.unwrap().new_token.unwrap();
    begin(&new).await.unwrap();
    // One with which a program called was not lost.
    let line = kept_school(&house.again(&zhao).await, &id).await.unwrap().tokens.remove(0);
    assert!(line.used_at.is_some());
    let late = ask_token(&zhao, &TokenForm { id: line.id.clone(), ..asking(&id, &line.id) }).await;
    assert!(matches!(late, Err(Failure::Stale)), "{late:?}");
    begin(&new).await.unwrap();
    assert_audit_stands(&house).await;
}
both!(a_token_that_nobody_wrote_down_is_replaced_by_two_and_one_in_use_is_not);

async fn what_was_asked_too_long_ago_or_by_a_shut_account_is_agreed_to_by_nobody(house: House) {
    let (zhao, qian) = (administrator(&house).await, second(&house).await);
    let id = school(&house, &zhao, "aa").await;
    ask(&house, &zhao, &id).await;
    let seen = kept_school(&house.again(&qian).await, &id).await.unwrap();
    let first = &seen.waiting[0];
    house.clock.forward(Duration::hours(73));
    let (zhao, qian) = (administrator(&house).await, second(&house).await);
    let late = decide_approval(&qian, &saying((&id, &seen.form.version), &first.id, "agree")).await;
    assert!(matches!(late, Err(Failure::Stale)), "{late:?}");
    assert!(kept_school(&house.again(&qian).await, &id).await.unwrap().waiting.is_empty());
    ask(&house, &zhao, &id).await;
    let row = zhao.staff.clone().unwrap();
    let written = house.services.db.write(move |tx| {
        Box::pin(async move { Ok::<_, Failure>(tx.set_staff_active("hunan", &row.id, row.version, false).await?) })
    });
    written.await.unwrap();
    let seen = kept_school(&house.again(&qian).await, &id).await.unwrap();
    let waiting = &seen.waiting[0];
    assert_eq!(waiting.verdicts, [Verdict::Refuse]);
    let refused = decide_approval(&qian, &saying((&id, &seen.form.version), &waiting.id, "agree")).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::NotYours))), "{refused:?}");
}
both!(what_was_asked_too_long_ago_or_by_a_shut_account_is_agreed_to_by_nobody);

async fn tickets_go_where_two_administrators_agreed_and_a_new_school_is_shut_until_then(house: House) {
    let (zhao, qian) = (administrator(&house).await, second(&house).await);
    let visit = collected(&house).await;
    save_school(&zhao, &school_form("aa")).await.unwrap();
    let id = kept_schools(&house.again(&zhao).await).await.unwrap().lines[0].id.clone();
    assert!(schools_view(&visit).await.unwrap().schools.is_empty(), "nobody agreed to where tickets go");
    let shut = enrol(&visit, &EnrolForm { year: "2026".into(), school: id.clone() }).await.unwrap();
    assert_eq!(led(&shut), format!("not={}", NotEnrolled::Closed.code()));
    let seen = kept_school(&house.again(&zhao).await, &id).await.unwrap();
    assert_eq!((seen.entry.as_str(), seen.form.entry.as_str()), ("", "https://aa.example.com/login"));
    // Written once more as it is, it waits as before.
    save_school(&zhao, &seen.form).await.unwrap();
    assert_eq!(kept_school(&house.again(&zhao).await, &id).await.unwrap().waiting, seen.waiting);
    say(&house, &qian, &id, "agree").await.unwrap();
    let enrolment = enrolled(&visit, &id, "2026").await.replace("done=", "");
    let goes = async || leaving(&house.again(&visit).await, &enrolment).await.unwrap().origin;
    assert_eq!(goes().await, "https://aa.example.com");

    let form = kept_school(&house.again(&zhao).await, &id).await.unwrap().form;
    let other = SchoolForm { entry: "https://elsewhere.example.com/in".into(), fees: "每个年度 50 元。".into(), ..form };
    save_school(&zhao, &other).await.unwrap();
    let seen = kept_school(&house.again(&qian).await, &id).await.unwrap();
    assert_eq!((seen.form.fees.as_str(), seen.entry.as_str()), ("每个年度 50 元。", "https://aa.example.com/login"));
    assert_eq!(seen.waiting[0].wanted, "https://elsewhere.example.com/in");
    assert_eq!(goes().await, "https://aa.example.com", "as long as nobody agreed");
    say(&house, &qian, &id, "refuse").await.unwrap();
    let form = kept_school(&house.again(&zhao).await, &id).await.unwrap().form;
    save_school(&zhao, &SchoolForm { entry: other.entry.clone(), ..form }).await.unwrap();
    say(&house, &qian, &id, "agree").await.unwrap();
    assert_eq!(goes().await, "https://elsewhere.example.com");
    assert_audit_stands(&house).await;
}
both!(tickets_go_where_two_administrators_agreed_and_a_new_school_is_shut_until_then);

async fn nobody_asks_in_the_name_of_another_or_agrees_to_a_school_that_was_not_shown(house: House) {
    let (zhao, qian) = (administrator(&house).await, second(&house).await);
    save_school(&zhao, &school_form("aa")).await.unwrap();
    let id = kept_schools(&house.again(&zhao).await).await.unwrap().lines[0].id.clone();
    let seen = kept_school(&house.again(&qian).await, &id).await.unwrap();
    assert_eq!(seen.form.entry, "", "what somebody else asked for is in nobody's form");
    // 撤回 between look and press: the form of before asks for nothing.
    say(&house, &zhao, &id, "refuse").await.unwrap();
    let late =
        save_school(&house.again(&qian).await, &SchoolForm { entry: "https://aa.example.com/login".into(), ..seen.form }).await;
    assert!(matches!(late, Err(Failure::Stale)), "{late:?}");
    // Another name between look and press: it is shown anew.
    ask(&house, &zhao, &id).await;
    let seen = kept_school(&house.again(&qian).await, &id).await.unwrap();
    let form = kept_school(&house.again(&zhao).await, &id).await.unwrap().form;
    save_school(&zhao, &SchoolForm { name: "测试网校".into(), entry: "https://aa.example.com/login".into(), ..form })
        .await
        .unwrap();
    let late = decide_approval(&qian, &saying((&id, &seen.form.version), &seen.waiting[0].id, "agree")).await;
    assert!(matches!(late, Err(Failure::Stale)), "{late:?}");
    assert!(kept_school(&house.again(&qian).await, &id).await.unwrap().tokens.is_empty());
}
both!(nobody_asks_in_the_name_of_another_or_agrees_to_a_school_that_was_not_shown);
