//! What nobody reviews takes effect with 提交: alone it ends the case, beside something else it does not wait for it.

use super::*;
use crate::review::stories::audited;

async fn an_address_alone_takes_effect_at_once_and_nobody_reviews_it(house: House) {
    let visit = approved(&house).await;
    begin(&visit).await;
    save(&visit, StepKey::Person, &[("residence_address", "芙蓉中路 9 号"), ("email", "zhang@example.com")]).await;
    let page = view(&visit).await;
    assert!(page.slots.is_empty() && page.changed.iter().all(|changed| changed.is_at_once));
    submit(&visit).await.unwrap();
    let case = newest(&visit).await;
    assert_eq!((case.status, case.decided_by), (Status::Approved, None));
    let (version, body) = on_file(&visit).await;
    assert_eq!((version, body.answers.get("person.residence_address")), (2, Some("芙蓉中路 9 号")));
    assert_eq!(body.answers.get("employment.employer_name"), Some("长沙某某有限公司"));
    let noted = audited(&house, &case.id, "submit").await;
    assert!(noted[0].detail.contains("person.email") && !noted[0].detail.contains("zhang@"), "{}", noted[0].detail);
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let seen = crate::review::case(&li, &case.id).await.unwrap();
    assert_eq!(seen.changes.len(), 2, "the bureau may read it afterwards");
    assert!(decide(&li, &case.id, case.version, "return").await.is_err());
    assert_audit_stands(&house).await;
}
both!(an_address_alone_takes_effect_at_once_and_nobody_reviews_it);

async fn beside_what_is_reviewed_it_does_not_wait(house: House) {
    let visit = approved(&house).await;
    begin(&visit).await;
    save(&visit, StepKey::Person, &[("email", "zhang@example.com"), ("political_status", "01")]).await;
    submit(&visit).await.unwrap();
    let case = newest(&visit).await;
    assert_eq!(case.status, Status::Submitted);
    assert_eq!((on_file(&visit).await.0, answer_on_file(&visit, "person.email").await), (2, "zhang@example.com".into()));
    assert_eq!(answer_on_file(&visit, "person.political_status").await, "13");
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let seen = crate::review::case(&li, &case.id).await.unwrap();
    assert_eq!(seen.changes.iter().map(|change| change.item.as_str()).collect::<Vec<_>>(), ["person.political_status"]);
    decide(&li, &case.id, case.version, "approve").await.unwrap();
    assert_eq!((on_file(&visit).await.0, answer_on_file(&visit, "person.political_status").await), (3, "01".into()));
    assert_eq!(answer_on_file(&visit, "person.email").await, "zhang@example.com");
}
both!(beside_what_is_reviewed_it_does_not_wait);

async fn the_same_press_twice_has_one_effect(house: House) {
    let visit = approved(&house).await;
    begin(&visit).await;
    save(&visit, StepKey::Person, &[("email", "zhang@example.com")]).await;
    let request_key = view(&visit).await.request_key;
    let form = SubmitForm { agreed: "yes".into(), request_key, ..SubmitForm::default() };
    let (first, again) = (submit_change(&visit, &form).await.unwrap(), submit_change(&visit, &form).await.unwrap());
    assert_eq!((first, on_file(&visit).await.0), (again, 2));
    let unticked = SubmitForm { request_key: "other".into(), ..SubmitForm::default() };
    begin(&visit).await;
    save(&visit, StepKey::Person, &[("email", "li@example.com")]).await;
    assert_eq!(faults(submit_change(&visit, &unticked).await).of("agreed"), Some(&Fault::NotAgreed));
}
both!(the_same_press_twice_has_one_effect);
