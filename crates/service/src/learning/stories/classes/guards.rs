//! Who decides on results, and how much of a bureau's and of the house's work somebody can ask for.

use domain::case::Action;
use domain::employer::forms::ResignForm;

use super::*;
use crate::employer::resign;
use crate::learning::may_report;
use crate::review::stories::reviewer_with;

async fn nobody_decides_on_results_that_book_credits_for_themselves(house: House) {
    let (boss, manager, person) = town(&house).await;
    let case = approved(&house, &boss, &manager).await;
    let (boss, person) = (after_the_class(&house, &boss).await, after_the_class(&house, &person).await);
    report_results(&boss, &case, Ok(both_passed())).await.unwrap();
    let results = results_of(&boss, &manager).await;
    // One of those who passed works at the bureau; it is the other one's case.
    let oneself = reviewer_with(&house, DISTRICT, "张三", NUMBERS[1]).await;
    let is_refused = |outcome: Result<Answer, Failure>| assert!(matches!(outcome, Err(Failure::Refused(Refusal::SelfReview))));
    let seen = crate::review::case(&oneself, &results).await.unwrap();
    assert!(seen.is_own && !seen.actions.contains(&Action::Approve) && !seen.actions.contains(&Action::Return));
    for decision in ["approve", "return"] {
        let version = row(&house, &results).await.version.to_string();
        let form =
            DecideForm {
                case: results.to_string(), version, decision: decision.into(), reason: "请补充课程安排。".into()
            };
        is_refused(crate::review::decide(&house.again(&oneself).await, &form).await);
    }
    assert!(ledger(&house, &person).await.is_empty());
    approve(&house, &results).await.unwrap();
    let version = row(&house, &results).await.version.to_string();
    let form = RevokeForm { case: results.to_string(), version, reason: "名单不实".into() };
    is_refused(crate::review::revoke(&house.again(&oneself).await, &form).await);
    assert_eq!(ledger(&house, &person).await.len(), 1);
}
both!(nobody_decides_on_results_that_book_credits_for_themselves);

async fn the_house_takes_a_sheet_apart_for_its_manager_alone_and_not_without_end(house: House) {
    let (boss, manager, person) = town(&house).await;
    let case = approved(&house, &boss, &manager).await;
    assert_not_found(may_report(&person, &case).await);
    assert_not_found(may_report(&boss, &CaseId::from("none")).await);
    for _ in 0..60 {
        may_report(&house.again(&boss).await, &case).await.unwrap();
    }
    let more = may_report(&house.again(&boss).await, &case).await;
    assert!(matches!(more, Err(Failure::Refused(Refusal::TooOften { .. }))), "{more:?}");
}
both!(the_house_takes_a_sheet_apart_for_its_manager_alone_and_not_without_end);

async fn nobody_fills_the_list_of_a_bureau_with_classes(house: House) {
    let (boss, manager, _) = town(&house).await;
    for nth in 0..40 {
        let form = ClassForm { request_key: format!("key-{nth}"), ..class(&manager, "2026-11-25") };
        file_class(&house.again(&boss).await, &form).await.unwrap();
    }
    let more = ClassForm { request_key: "key-40".into(), ..class(&manager, "2026-11-25") };
    let refused = file_class(&house.again(&boss).await, &more).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::TooOften { .. }))), "{refused:?}");
    // The same once more, whose answer was lost, is no other.
    let again = ClassForm { request_key: "key-0".into(), ..class(&manager, "2026-11-25") };
    file_class(&house.again(&boss).await, &again).await.unwrap();
    assert_eq!(view_of(&boss, &manager).await.classes.len(), 40);
}
both!(nobody_fills_the_list_of_a_bureau_with_classes);

async fn a_bureau_is_warned_of_what_waits_from_somebody_who_manages_the_employer_no_more(house: House) {
    let (boss, manager, _) = town(&house).await;
    let case = approved(&house, &boss, &manager).await;
    let boss = after_the_class(&house, &boss).await;
    file(&boss, ClassForm { starts_on: "2026-12-21".into(), ends_on: "2026-12-22".into(), ..class(&manager, "") }).await.unwrap();
    report_results(&boss, &case, Ok(both_passed())).await.unwrap();
    let lines = view_of(&boss, &manager).await.classes;
    let waiting = [
        lines.iter().find_map(|line| line.results.as_ref().map(|(results, ..)| results.case.clone())).unwrap(),
        lines.iter().find(|line| line.filing.case != case).unwrap().filing.case.clone(),
    ];
    let li = reviewer(&house, DISTRICT, "李审核").await;
    for id in &waiting {
        assert!(crate::review::case(&li, id).await.unwrap().beside.is_empty());
    }
    resign(&house.again(&boss).await, &ResignForm { manager: manager.clone() }).await.unwrap();
    for id in &waiting {
        let beside = crate::review::case(&li, id).await.unwrap().beside;
        assert!(beside.len() == 1 && beside[0].title.contains("已有变动") && beside[0].columns.is_empty(), "{beside:?}");
    }
    // What is decided says no more of it.
    approve(&house, &waiting[0]).await.unwrap();
    assert!(crate::review::case(&li, &waiting[0]).await.unwrap().beside.is_empty());
}
both!(a_bureau_is_warned_of_what_waits_from_somebody_who_manages_the_employer_no_more);
