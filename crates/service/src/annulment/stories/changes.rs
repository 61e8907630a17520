//! A change is annulled: the record is put back to what it said before, and forward again where that was wrong.

use domain::intake::StepKey;

use super::*;
use crate::change::stories::{answer_on_file, begin, newest, prove, save, submit};

const FIRST: &str = "长沙某某有限公司";
const SECOND: &str = "长沙另一有限公司";

pub(super) async fn name(visit: &Visit) -> String {
    answer_on_file(visit, "employment.employer_name").await
}

async fn versions(visit: &Visit) -> usize {
    crate::record::own_record(visit).await.unwrap().versions.len()
}

/// A change that the bureau approved.
pub(super) async fn change(house: &House, visit: &Visit, answers: &[(&str, &str)], shade: u8) {
    begin(visit).await;
    save(visit, StepKey::Employment, answers).await;
    prove(visit, shade).await;
    submit(visit).await.unwrap();
    let case = newest(visit).await;
    let zhao = reviewer(house, DISTRICT, "赵审核").await;
    decide(&zhao, &case.id, case.version, "approve").await.unwrap();
}

async fn a_change_is_put_back_as_a_new_version_and_forward_again_by_a_third(house: House) {
    let visit = person(&house).await;
    change(&house, &visit, &[("employer_name", SECOND)], 20).await;
    assert_eq!((name(&visit).await.as_str(), versions(&visit).await), (SECOND, 2));
    let id = entered(&house, &number(&visit, CaseKind::Change).await).await;
    wait(&house);
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    approve(&house, &wang, &id).await.unwrap();
    let visit = back(&house, &visit).await;
    assert_eq!((name(&visit).await.as_str(), versions(&visit).await), (FIRST, 3));
    let record = crate::record::own_record(&visit).await.unwrap();
    assert!(record.closed.is_none() && record.versions[0].kind_name == "撤销登记", "{:?}", record.versions[0]);
    assert_eq!(entries(&visit).await, 1);

    let version = row(&house, &id).await.version.to_string();
    let form = RevokeForm { case: id.to_string(), version, reason: "学校更正了复函".into() };
    assert_eq!(refusal(crate::review::revoke(&wang, &form).await), Refusal::SecondPersonNeeded);
    let zhao = reviewer(&house, DISTRICT, "赵审核").await;
    crate::review::revoke(&zhao, &form).await.unwrap();
    assert_eq!((name(&visit).await.as_str(), versions(&visit).await), (SECOND, 4));
    assert_eq!(titles(&visit).await[0], "撤销登记的决定已撤回");
    assert_eq!(lines(&visit).await[0].state(), "撤销登记的决定已经撤回");
    assert_audit_stands(&house).await;
}
both!(a_change_is_put_back_as_a_new_version_and_forward_again_by_a_third);

async fn what_was_changed_once_more_since_stays_as_it_is(house: House) {
    let visit = person(&house).await;
    change(&house, &visit, &[("employer_name", SECOND), ("joined_on", "2025-03-03")], 20).await;
    let first = number(&visit, CaseKind::Change).await;
    change(&house, &visit, &[("employer_name", "长沙第三有限公司")], 60).await;
    let id = entered(&house, &first).await;
    wait(&house);
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    approve(&house, &wang, &id).await.unwrap();
    let visit = back(&house, &visit).await;
    assert_eq!(name(&visit).await, "长沙第三有限公司");
    assert_ne!(answer_on_file(&visit, "employment.joined_on").await, "2025-03-03");
    assert_audit_stands(&house).await;
}
both!(what_was_changed_once_more_since_stays_as_it_is);

async fn while_one_is_decided_the_other_waits(house: House) {
    let visit = person(&house).await;
    let intake = number(&visit, CaseKind::Intake).await;
    begin(&visit).await;
    save(&visit, StepKey::Employment, &[("employer_name", SECOND)]).await;
    prove(&visit, 20).await;
    submit(&visit).await.unwrap();
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let waits = faults(enter_annulment(&li, &form(&intake, "k1"), paper(20)).await);
    assert_eq!(waits.of("of"), Some(&Fault::ChangedSince));
    let case = newest(&visit).await;
    let zhao = reviewer(&house, DISTRICT, "赵审核").await;
    decide(&zhao, &case.id, case.version, "approve").await.unwrap();

    let id = entered(&house, &intake).await;
    begin(&visit).await;
    let view = crate::change::change_view(&visit).await.unwrap();
    assert!(view.closed.is_some_and(|said| said.contains("撤销登记")), "nothing else of the record is handed in meanwhile");
    let second = faults(enter_annulment(&li, &form(&number(&visit, CaseKind::Change).await, "k2"), paper(20)).await);
    assert!(second.of("of").is_some(), "{second:?}");
    assert_eq!(row(&house, &id).await.status, Status::Submitted);
    assert_audit_stands(&house).await;
}
both!(while_one_is_decided_the_other_waits);
