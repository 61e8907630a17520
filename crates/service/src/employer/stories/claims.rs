//! A claim from its beginning to what becomes of it.

use domain::case::{CheckRule, Level, Refusal};
use domain::fault::Fault;
use domain::papers::ProofForm;

use super::*;
use crate::case::remove_proof;
use crate::review::stories::{assert_audit_stands, assert_not_found, audited, refusal, reviewer_with};
use crate::testing::both;

async fn a_claim_goes_through_a_return_and_makes_a_manager(house: House) {
    let visit = manager_to_be(&house).await;
    let errors = faults(start_claim(&visit, &ClaimForm { code: "91350100M000100Y44".into(), name: String::new() }).await);
    assert_eq!((errors.of("code"), errors.of("name")), (Some(&Fault::CreditCodeCheck), Some(&Fault::Missing)));
    let id = led_to(&start(&visit, "91350100-m000100y43").await);
    assert_eq!(led_to(&start(&visit, CODE).await), id, "the same once more is the same draft");

    let key = view(&visit, &id).await.request_key;
    let errors = faults(submit_claim(&visit, &HandInForm { agreed: String::new(), ..agreed(&id, CODE, &key) }).await);
    assert_eq!(
        ["licence", "mandate", "agreed"].map(|field| errors.of(field)),
        [Some(&Fault::FileMissing), Some(&Fault::FileMissing), Some(&Fault::NotAgreed)]
    );
    prove(&visit, &id).await;
    let form = agreed(&id, CODE, &key);
    let answer = submit_claim(&visit, &form).await.unwrap();
    assert_eq!(submit_claim(&visit, &form).await.unwrap(), answer, "a repetition has no second effect");
    let waits = row(&house, &id).await;
    // The division of the code is none of the province: the bureau of the record has it.
    assert_eq!((waits.status, waits.round, waits.bureau.unwrap().as_str()), (Status::Submitted, 1, DISTRICT));
    assert!(view(&visit, &id).await.actions.iter().all(|action| *action != domain::case::Action::Save));

    give_back(&house, &id).await;
    let seen = view(&visit, &id).await;
    assert_eq!((seen.case.status, seen.reason.as_str()), (Status::Returned, "授权书没有加盖单位公章，请重新上传。"));
    let file = seen.slots.iter().find(|slot| slot.rules.slot == "mandate").unwrap().files[0].id.clone();
    let form = ProofForm { case: id.to_string(), slot: "mandate".into(), file };
    let go = remove_proof(&visit, &form).await.unwrap().go.unwrap();
    assert_eq!(go, format!("/hunan/learning/conversions/{id}?employer=claim#slot-mandate"));
    assert_eq!(faults(hand_in_of(&visit, &id, CODE).await).of("mandate"), Some(&Fault::FileMissing));
    upload_proof(&visit, &id, "mandate", ("授权书.jpg", ""), intake::picture(77)).await.unwrap();
    hand_in_of(&visit, &id, CODE).await.unwrap();

    let li = reviewer(&house, DISTRICT, "李审核").await;
    let shown = crate::review::case(&li, &id).await.unwrap();
    let levels: Vec<_> = shown.checks.iter().map(|check| (check.rule, check.level)).collect();
    assert!(levels.contains(&(CheckRule::EmployerFree, Level::Fine)), "{levels:?}");
    assert!(levels.contains(&(CheckRule::EmployerOfRecord, Level::Fine)), "{levels:?}");
    assert!(page_of(&visit).await.managed.is_empty());
    approve_at(&house, DISTRICT, &id).await.unwrap();
    let made = manager(&house, CODE).await.unwrap();
    assert_eq!((&made.account_id, made.case_id.as_ref(), made.bureau.as_str()), (visit.account().unwrap(), Some(&id), DISTRICT));
    let page = page_of(&visit).await;
    assert_eq!((page.managed[0].name.as_str(), page.managed[0].people.len()), (NAME, 0));
    assert_eq!(page.claims.iter().map(|claim| claim.status).collect::<Vec<_>>(), [Status::Approved]);
    assert!(titles(&house, &visit).await.contains(&"单位管理员认证审核通过".to_owned()));
    assert_eq!(why_not(&start(&visit, CODE).await), Some(NotClaimed::Own));
    assert_eq!(audited(&house, &id, "approve").await.len(), 1);
    assert_audit_stands(&house).await;
}
both!(a_claim_goes_through_a_return_and_makes_a_manager);

async fn an_employer_has_one_manager_whoever_is_approved_first(house: House) {
    let (one, two) = (manager_to_be(&house).await, colleague(&house).await);
    let (first, second) = (waiting(&one, CODE).await, waiting(&two, CODE).await);
    approve_at(&house, DISTRICT, &first).await.unwrap();
    // The next one was opened for whoever approved the first, for ten minutes.
    house.clock.forward(chrono::Duration::minutes(11));
    let outcome = approve_at(&house, DISTRICT, &second).await;
    assert!(matches!(outcome, Err(Failure::Stale)), "{outcome:?}");
    assert_eq!(row(&house, &second).await.status, Status::Submitted);
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let checks = crate::review::case(&li, &second).await.unwrap().checks;
    assert!(checks.iter().any(|check| check.rule == CheckRule::EmployerFree && check.level == Level::Wrong));
    assert_eq!(manager(&house, CODE).await.unwrap().case_id, Some(first));

    // The person reads it, keeps what was typed, and may claim it once it is free.
    give_back(&house, &second).await;
    assert_eq!(view(&two, &second).await.obstacle, Some(NotClaimed::Taken));
    hand_in_of(&two, &second, CODE).await.unwrap();
    assert_eq!(row(&house, &second).await.status, Status::Returned, "nothing was handed in");
    let drop = DropClaimForm { case: second.to_string(), version: row(&house, &second).await.version.to_string() };
    delete_claim(&two, &drop).await.unwrap();
    delete_claim(&two, &drop).await.unwrap();
    assert_eq!(why_not(&start(&two, CODE).await), Some(NotClaimed::Taken));
    let flash = page_of(&house.again(&two).await).await.flash.unwrap();
    assert_eq!(flash.values.get("code").map(String::as_str), Some(CODE), "what was typed stands there again");

    let of = ResignForm { manager: manager(&house, CODE).await.unwrap().id };
    assert_not_found(resign(&two, &of).await);
    resign(&one, &of).await.unwrap();
    resign(&one, &of).await.unwrap();
    assert_eq!(manager(&house, CODE).await, None);
    let third = waiting(&two, CODE).await;
    approve_at(&house, DISTRICT, &third).await.unwrap();
    assert_eq!(manager(&house, CODE).await.unwrap().case_id, Some(third));
    assert_audit_stands(&house).await;
}
both!(an_employer_has_one_manager_whoever_is_approved_first);

async fn a_claim_goes_to_the_bureau_of_the_division_that_registered_the_employer(house: House) {
    let visit = manager_to_be(&house).await;
    let city = waiting(&visit, OF_CITY).await;
    assert_eq!(row(&house, &city).await.bureau.unwrap().as_str(), CITY);
    let shown = crate::review::case(&reviewer(&house, CITY, "赵审核").await, &city).await.unwrap();
    assert!(shown.checks.iter().any(|check| check.rule == CheckRule::EmployerOfRecord && check.level == Level::Look));
    let district = waiting(&visit, OF_DISTRICT).await;
    assert_eq!(row(&house, &district).await.bureau.unwrap().as_str(), DISTRICT);
    // Another code by the second form is another employer; of one employer there is one claim.
    give_back(&house, &district).await;
    hand_in_of(&visit, &district, OF_CITY).await.unwrap();
    assert_eq!(view(&visit, &district).await.obstacle, Some(NotClaimed::Open));
    assert_eq!(row(&house, &district).await.status, Status::Returned);
}
both!(a_claim_goes_to_the_bureau_of_the_division_that_registered_the_employer);

async fn the_bureau_revokes_a_manager_and_the_employer_is_free(house: House) {
    let visit = manager_to_be(&house).await;
    let id = managing(&house, &visit).await;
    let own = reviewer_with(&house, DISTRICT, "张三", "430111199003079988").await;
    assert_eq!(refusal(revoking(&house, &own, &id).await), Refusal::SelfReview);
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let version = row(&house, &id).await.version.to_string();
    let form = RevokeForm { case: id.to_string(), version, reason: "授权书不实".into() };
    crate::review::revoke(&li, &form).await.unwrap();
    crate::review::revoke(&li, &form).await.unwrap();
    assert_eq!(manager(&house, CODE).await, None);
    let page = page_of(&visit).await;
    assert!(page.managed.is_empty() && page.claims[0].status == Status::Closed);
    assert_eq!(view(&visit, &id).await.reason, "授权书不实");
    assert!(titles(&house, &visit).await.contains(&"单位管理员认证已撤销".to_owned()));
    assert_eq!(audited(&house, &id, "revoke").await.len(), 1);
    let again = managing(&house, &visit).await;
    assert_eq!(manager(&house, CODE).await.unwrap().case_id, Some(again));
}
both!(the_bureau_revokes_a_manager_and_the_employer_is_free);

async fn a_claim_is_of_somebody_with_a_record_and_nobody_elses(house: House) {
    let new = intake::zhang_san(&house).await;
    assert_eq!(why_not(&start(&new, CODE).await), Some(NotClaimed::NotCollected));
    let visit = colleague(&house).await;
    let id = led_to(&start(&visit, CODE).await);
    assert_not_found(claim_view(&new, &id).await);
    assert_not_found(submit_claim(&new, &agreed(&id, CODE, "k")).await);
    assert_not_found(upload_proof(&new, &id, "licence", ("a.jpg", ""), intake::picture(3)).await);
    assert_not_found(upload_proof(&visit, &id, "photo", ("a.jpg", ""), intake::picture(3)).await);
    assert_not_found(crate::learning::conversion_view(&visit, &id).await);
    // So many at once, and no more.
    for code in [OF_DISTRICT, OF_CITY] {
        assert_eq!(why_not(&start(&visit, code).await), None);
    }
    assert!(!page_of(&visit).await.may_claim);
    assert_eq!(why_not(&start(&visit, "91430111MA4L7P2F54").await), Some(NotClaimed::TooMany));
    let cases = house.services.db.read().await.unwrap().list_cases(visit.account().unwrap(), CaseKind::Employer).await.unwrap();
    assert_eq!(cases.len(), 3);
}
both!(a_claim_is_of_somebody_with_a_record_and_nobody_elses);
