//! 删除 by the person, 撤销审核通过 by the bureau.

use domain::case::Action;
use domain::fault::Fault;
use domain::learning::{Credits, Sums};
use domain::review::forms::DecideForm;

use super::*;
use crate::review::stories::{SIBLING, assert_audit_stands, assert_not_found, audited, refusal, reviewer_with};
use crate::testing::both;

async fn what_is_open_can_be_deleted_and_what_is_approved_never(house: House) {
    let visit = collected(&house).await;
    let draft = ready(&visit, "paper", PAPER).await;
    drop(&house, &visit, &draft).await.unwrap();
    drop(&house, &visit, &draft).await.unwrap();
    assert!(states(&visit).await.is_empty());

    let waits = ready(&visit, "paper", PAPER).await;
    hand_in(&visit, &waits).await.unwrap();
    let stale = DropForm { case: waits.to_string(), version: "1".into() };
    assert!(matches!(crate::learning::delete_conversion(&visit, &stale).await, Err(Failure::Stale)));
    drop(&house, &visit, &waits).await.unwrap();
    assert_eq!((row(&house, &waits).await.status, states(&visit).await.len()), (Status::Closed, 0));

    // The same may be asked for again.
    let again = ready(&visit, "paper", PAPER).await;
    hand_in(&visit, &again).await.unwrap();
    approve(&house, &again).await.unwrap();
    let expected = Refusal::NotAllowedIn { status: Status::Approved, action: Action::Cancel };
    assert_eq!(refusal(drop(&house, &visit, &again).await), expected);
    assert_eq!(ledger(&house, &visit).await.len(), 1);
    let other = intake::person_of(&house, "hunan", "430102199003071234", "13900005678").await;
    assert_not_found(drop(&house, &other, &again).await);
}
both!(what_is_open_can_be_deleted_and_what_is_approved_never);

async fn the_bureau_revokes_an_approval_by_a_further_row_once(house: House) {
    let visit = collected(&house).await;
    let id = ready(&visit, "paper", PAPER).await;
    hand_in(&visit, &id).await.unwrap();
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let nothing_yet = Refusal::NotAllowedIn { status: Status::Submitted, action: Action::Revoke };
    assert_eq!(refusal(revoking(&house, &li, &id, "证明材料不实").await), nothing_yet);
    approve(&house, &id).await.unwrap();

    let errors = match revoking(&house, &li, &id, " ").await {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    };
    assert_eq!(errors.of("reason"), Some(&Fault::ReasonMissing));
    assert_not_found(revoking(&house, &reviewer(&house, SIBLING, "赵审核").await, &id, "证明材料不实").await);
    let own = reviewer_with(&house, DISTRICT, "张三", "430111199003079988").await;
    assert_eq!(refusal(revoking(&house, &own, &id, "证明材料不实").await), Refusal::SelfReview);

    let version = row(&house, &id).await.version.to_string();
    let form = RevokeForm { case: id.to_string(), version, reason: "证明材料不实".into() };
    crate::review::revoke(&li, &form).await.unwrap();
    crate::review::revoke(&li, &form).await.unwrap();
    let entries = ledger(&house, &visit).await;
    assert_eq!((entries.len(), Sums::of(&entries, 2026).total), (2, Credits::ZERO));
    let back = entries.iter().find(|entry| entry.reverses.is_some()).unwrap();
    assert_eq!((back.amount, back.arithmetic.as_str()), (Credits::of_hundredths(-3000), "证明材料不实"));
    assert_eq!(states(&visit).await, [(Status::Closed, "证明材料不实".to_owned())]);
    assert!(titles(&house, &visit).await.contains(&"继续教育学分折算已撤销".to_owned()));
    assert_eq!(audited(&house, &id, "revoke").await.len(), 1);
    let notes = house.services.db.read().await.unwrap().list_integrity_notes(visit.account().unwrap()).await.unwrap();
    let noted: Vec<_> = notes.iter().map(|note| (&note.case_id, note.reason.as_str(), note.noted_at)).collect();
    assert_eq!(noted, [(&id, "证明材料不实", back.booked_at)]);
    assert_eq!(Some(&notes[0].staff_id), row(&house, &id).await.decided_by.as_ref());

    // The same may be asked for again, and books under its own case.
    let again = ready(&visit, "paper", PAPER).await;
    hand_in(&visit, &again).await.unwrap();
    approve(&house, &again).await.unwrap();
    assert_eq!(Sums::of(&ledger(&house, &visit).await, 2026).total, Credits::whole(30));
    assert_audit_stands(&house).await;
}
both!(the_bureau_revokes_an_approval_by_a_further_row_once);

async fn an_approval_that_completes_a_year_certifies_it_and_its_revocation_takes_that_back(house: House) {
    let visit = collected(&house).await;
    let id = ready(&visit, "degree", DEGREE).await;
    hand_in(&visit, &id).await.unwrap();
    let account = visit.account().unwrap();
    let certified = async || house.services.db.read().await.unwrap().find_standing_certificate(account, 2026).await.unwrap();
    assert!(certified().await.is_none());
    approve(&house, &id).await.unwrap();
    assert!(certified().await.is_some());
    crate::certificate::printed(&visit, 2026, None, "https://example.test").await.unwrap();
    let li = reviewer(&house, DISTRICT, "李审核").await;
    revoking(&house, &li, &id, "证明材料不实").await.unwrap();
    assert!(certified().await.is_none());
    assert_not_found(crate::certificate::printed(&visit, 2026, None, "https://example.test").await.map(|_| ()));
    assert_audit_stands(&house).await;
}
both!(an_approval_that_completes_a_year_certifies_it_and_its_revocation_takes_that_back);

async fn what_was_returned_can_be_deleted_and_the_same_asked_for_again(house: House) {
    let visit = collected(&house).await;
    let id = ready(&visit, "paper", PAPER).await;
    hand_in(&visit, &id).await.unwrap();
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let version = row(&house, &id).await.version.to_string();
    let reason = "证明材料不清晰，请重新上传。".into();
    let form = DecideForm { case: id.to_string(), version, decision: "return".into(), reason };
    crate::review::decide(&li, &form).await.unwrap();
    let line = crate::learning::conversions_view(&visit).await.unwrap().lines.remove(0);
    assert_eq!((line.status, line.may_delete), (Status::Returned, true));
    drop(&house, &visit, &id).await.unwrap();
    drop(&house, &visit, &id).await.unwrap();
    assert_eq!((row(&house, &id).await.status, states(&visit).await.len()), (Status::Closed, 0));
    assert_eq!(audited(&house, &id, "cancel").await.len(), 1);
    let again = ready(&visit, "paper", PAPER).await;
    hand_in(&visit, &again).await.unwrap();
    assert_audit_stands(&house).await;
}
both!(what_was_returned_can_be_deleted_and_the_same_asked_for_again);

async fn the_list_tells_of_each_its_year_amount_and_proofs(house: House) {
    let visit = collected(&house).await;
    let only = async || {
        let mut lines = crate::learning::conversions_view(&visit).await.unwrap().lines;
        assert_eq!(lines.len(), 1);
        lines.remove(0)
    };
    let id = ready(&visit, "paper", PAPER).await;
    let draft = only().await;
    assert_eq!((&draft.case, draft.year, draft.amount, draft.number.as_str()), (&id, 2026, Credits::ZERO, ""));
    let file = view(&visit, &id).await.slots[0].files[0].id.clone();
    assert_eq!(draft.proofs, [(file, "论文封面、目录和正文首页".to_owned())]);
    hand_in(&visit, &id).await.unwrap();
    let asked = only().await;
    assert_eq!((asked.amount, asked.number), (Credits::whole(30), row(&house, &id).await.number.unwrap()));
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let version = row(&house, &id).await.version.to_string();
    let (amount, reason) = ("10".to_owned(), "实际为第三作者".to_owned());
    let form = domain::correction::CorrectForm { case: id.to_string(), version, amount, reason };
    crate::review::correct(&li, &form).await.unwrap();
    let booked = only().await;
    assert_eq!(
        (booked.amount, booked.status, booked.proofs, booked.may_delete),
        (Credits::whole(10), Status::Approved, draft.proofs, false)
    );
}
both!(the_list_tells_of_each_its_year_amount_and_proofs);
