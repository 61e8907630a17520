//! Who may enter an annulment, of what, and what becomes of one that is not agreed to or was wrong.

use super::*;
use crate::integrity::stories::objections::object;
use crate::review::stories::assert_not_found;

async fn an_annulment_is_entered_by_the_bureau_of_the_person_of_what_was_approved_and_once(house: House) {
    let visit = person(&house).await;
    let of = number(&visit, CaseKind::Intake).await;
    let enter = async |by: &Visit, form: AnnulmentForm| enter_annulment(by, &form, paper(20)).await;
    assert_eq!(refusal(enter(&visit, form(&of, "k")).await), Refusal::NotYours);
    let beside = reviewer(&house, SIBLING, "周审核").await;
    let said = faults(enter(&beside, form(&of, "k")).await);
    assert_eq!(said.of("of"), Some(&Fault::NotInList), "not even that there is such a number");
    assert!(annulments_view(&beside, &of).await.unwrap().own.found.is_none(), "nor is it shown whose it is");
    let own = reviewer_with(&house, DISTRICT, "张三", NUMBER).await;
    assert_eq!(refusal(enter(&own, form(&of, "k")).await), Refusal::SelfReview);
    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert!(matches!(enter(&li, form(&of, "")).await, Err(Failure::Stale)));
    let unknown = domain::case::case_number("430000", domain::date::parse_date("2026-11-01").unwrap(), 77);
    assert_eq!(faults(enter(&li, form(&unknown, "k")).await).of("of"), Some(&Fault::NotInList));
    assert_eq!(faults(enter_annulment(&li, &form(&of, "k"), None).await).of("proof"), Some(&Fault::FileMissing));

    // The city is above the district; what it entered is its own, and nobody enters it a second time.
    let city = reviewer(&house, CITY, "赵审核").await;
    reviewer(&house, CITY, "钱审核").await;
    enter(&city, form(&of, "k1")).await.unwrap();
    assert_eq!(faults(enter(&li, form(&of, "k2")).await).of("of"), Some(&Fault::DuplicateRow));
    assert!(annulments_view(&li, "").await.unwrap().lines.is_empty(), "the city's own");
    let other = collected(&house, "430102199003071234", "13900005678").await;
    assert!(lines(&other).await.is_empty());
    let id = annulments_view(&city, "").await.unwrap().lines[0].case.clone();
    assert_not_found(answer_annulment(&other, &statement(&id, "a1"), None).await);
    assert_audit_stands(&house).await;
}
both!(an_annulment_is_entered_by_the_bureau_of_the_person_of_what_was_approved_and_once);

async fn what_the_second_person_does_not_agree_to_ends_and_the_person_is_told(house: House) {
    let visit = person(&house).await;
    let of = number(&visit, CaseKind::Intake).await;
    let id = entered(&house, &of).await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let version = row(&house, &id).await.version.to_string();
    let reason = "本人说明的情况属实，不予撤销。".to_owned();
    let form_of = DecideForm { case: id.to_string(), version, decision: "return".into(), reason };
    crate::review::decide(&wang, &form_of).await.unwrap();
    assert_eq!(row(&house, &id).await.status, Status::Closed);
    assert_eq!(titles(&visit).await[0], "没有撤销信息采集");
    assert_eq!((lines(&visit).await[0].state(), entries(&visit).await), ("核查后没有撤销", 0));
    assert!(crate::record::own_record(&visit).await.unwrap().closed.is_none());
    let li = reviewer(&house, DISTRICT, "李审核").await;
    enter_annulment(&li, &form(&of, "k9"), paper(40)).await.unwrap();
    assert_eq!(lines(&visit).await.len(), 2, "whoever finds more enters it anew");
    assert_audit_stands(&house).await;
}
both!(what_the_second_person_does_not_agree_to_ends_and_the_person_is_told);

async fn the_bureau_above_lifts_it_where_the_person_objects(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let id = annulled(&house, &visit).await;
    let visit = back(&house, &visit).await;
    let city = reviewer(&house, CITY, "孙审核").await;
    let objection = object(&visit, &id).await;
    approve(&house, &city, &objection).await.unwrap();
    assert!(crate::record::own_record(&visit).await.unwrap().closed.is_none(), "the record is open again");
    assert_eq!(row(&house, &id).await.status, Status::Closed);
    let seen = crate::integrity::integrity_view(&visit).await.unwrap();
    assert!(seen.entries.is_empty(), "what was wrong is shown no longer");
    assert!(titles(&visit).await.contains(&"异议已答复".to_owned()));
    assert_audit_stands(&house).await;
}
both!(the_bureau_above_lifts_it_where_the_person_objects);
