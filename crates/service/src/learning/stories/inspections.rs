//! 备查: the bureau asks for originals, the person sends them, and the bureau says what came of it.

use chrono::Duration;
use domain::fault::Fault;
use domain::handover::LendForm;
use domain::handover::view::Stage;
use domain::inspection::{InspectForm, InspectedForm, Inspections, Outcome, seen as looked_at};
use domain::learning::Sums;
use domain::papers::ProofForm;

use super::*;
use crate::case::remove_proof;
use crate::handover::{lend, lent_view};
use crate::learning::{inspect, inspected};
use crate::review::case;
use crate::review::stories::{SIBLING, assert_audit_stands, assert_not_found, audited, refusal, reviewer_with};
use crate::testing::both;

const ASKED: &str = "请提供刊登论文的期刊原件";

fn asking(id: &CaseId, asked: usize, reason: &str) -> InspectForm {
    InspectForm { case: id.to_string(), asked: asked.to_string(), reason: reason.into() }
}

async fn approved(house: &House, visit: &Visit) -> CaseId {
    let id = ready(visit, "paper", PAPER).await;
    hand_in(visit, &id).await.unwrap();
    approve(house, &id).await.unwrap();
    id
}

async fn originals_are_asked_for_sent_and_found_in_order(house: House) {
    let visit = collected(&house).await;
    let id = approved(&house, &visit).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let kept = view(&visit, &id).await.inspections.unwrap();
    assert_eq!((kept.keep_until, kept.days, kept.may_ask), ("2028-11-18".parse().unwrap(), 15, true));
    let sent = |shade| upload_proof(&visit, &id, "originals", ("期刊.jpg", ""), intake::picture(shade));
    assert!(is_refused(&sent(3).await.unwrap()), "nobody has asked for them");

    let errors = match inspect(&li, &asking(&id, 0, " ")).await {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    };
    assert_eq!(errors.of("reason"), Some(&Fault::ReasonMissing));
    inspect(&li, &asking(&id, 0, ASKED)).await.unwrap();
    inspect(&li, &asking(&id, 0, ASKED)).await.unwrap();
    assert!(matches!(inspect(&li, &asking(&id, 1, "再来一次")).await, Err(Failure::Stale)), "one is open already");
    assert!(matches!(inspect(&li, &asking(&id, 0, "另一份原件")).await, Err(Failure::Stale)));
    assert_eq!(audited(&house, &id, "inspect").await.len(), 1);
    let told = body(&house, &visit, "继续教育学分折算：请提供原件").await;
    assert!(told.contains(ASKED) && told.contains("2026年12月3日 前"), "{told}");

    let asked = view(&visit, &id).await;
    let open = asked.inspections.as_ref().unwrap().open().unwrap().clone();
    assert_eq!((open.due_on, open.asked.as_str(), open.is_late), ("2026-12-03".parse().unwrap(), ASKED, false));
    let slot = asked.originals.unwrap();
    assert!(slot.is_open && slot.rules.slot == "originals" && asked.slots.iter().all(|slot| slot.rules.slot != "originals"));
    let other = intake::person_of(&house, "hunan", "430102199003071234", "13900005678").await;
    assert_not_found(upload_proof(&other, &id, "originals", ("a.jpg", ""), intake::picture(1)).await);
    for shade in [3, 4] {
        assert!(matches!(sent(shade).await.unwrap(), UploadAnswer::Kept(_)));
    }
    let late = upload_proof(&visit, &id, "paper", ("a.jpg", ""), intake::picture(1)).await.unwrap();
    assert!(is_refused(&late), "only the originals are asked for");
    let files = view(&visit, &id).await.originals.unwrap().files;
    let li_before = case(&li, &id).await.unwrap().inspections.unwrap();
    let form = ProofForm { case: id.to_string(), slot: "originals".into(), file: files[1].id.clone() };
    remove_proof(&visit, &form).await.unwrap();
    assert_not_found(crate::case::file_view(&li, &files[1].id).await.map(|_| ()));
    // The proofs of what was approved are not the person's to take.
    let current = async || house.services.db.read().await.unwrap().list_attachments(&id).await.unwrap();
    let there = current().await;
    let proof = there.iter().find(|file| file.slot != "originals").unwrap();
    let form = ProofForm { case: id.to_string(), slot: "originals".into(), file: proof.id.clone() };
    remove_proof(&visit, &form).await.unwrap();
    assert!(current().await.iter().any(|file| file.id == proof.id), "it lies in another slot");
    assert!(is_refused_to_remove(&visit, &id, &proof.slot, &proof.id).await);

    let bench = case(&li, &id).await.unwrap();
    let seen = bench.inspections.unwrap();
    assert_eq!((seen.files.len(), seen.may_ask), (1, false));
    assert!(crate::case::file_view(&li, &seen.files[0].id).await.is_ok());
    assert_not_found(crate::case::file_view(&reviewer(&house, SIBLING, "赵审核").await, &seen.files[0].id).await.map(|_| ()));
    let shown = |of: &Inspections| looked_at(of.files.iter().map(|file| file.id.as_str()));
    let form = InspectedForm { case: id.to_string(), inspection: open.id.clone(), seen: shown(&seen) };
    for other in [String::new(), shown(&li_before)] {
        let late = InspectedForm { seen: other.clone(), ..form.clone() };
        assert!(matches!(inspected(&li, &late).await, Err(Failure::Stale)), "{other:?} was not what lay there");
    }
    assert!(audited(&house, &id, "end_inspection").await.is_empty());
    inspected(&li, &form).await.unwrap();
    inspected(&li, &form).await.unwrap();
    let done = view(&visit, &id).await;
    assert!(done.originals.is_none() && done.inspections.unwrap().all[0].outcome == Some(Outcome::InOrder));
    assert!(is_refused(&sent(5).await.unwrap()));
    let told = titles(&house, &visit).await;
    assert_eq!(told.iter().filter(|title| *title == "继续教育学分折算：原件核对无误").count(), 1);
    let ended = audited(&house, &id, "end_inspection").await;
    assert!(ended.len() == 1 && ended[0].detail.contains(&seen.files[0].id), "{ended:?}");
    // Another time, with an empty slot, in which there is nothing to be in order.
    inspect(&li, &asking(&id, 1, "请提供稿费单原件")).await.unwrap();
    let again = view(&visit, &id).await;
    assert!(again.originals.unwrap().files.is_empty());
    let open = again.inspections.as_ref().unwrap().open().unwrap().id.clone();
    for seen in [String::new(), form.seen.clone()] {
        let empty = InspectedForm { inspection: open.clone(), seen, ..form.clone() };
        assert!(matches!(inspected(&li, &empty).await, Err(Failure::Stale)));
    }
    assert_not_found(crate::case::file_view(&li, &seen.files[0].id).await.map(|_| ()));
    assert_audit_stands(&house).await;
}
both!(originals_are_asked_for_sent_and_found_in_order);

async fn is_refused_to_remove(visit: &Visit, id: &CaseId, slot: &str, file: &str) -> bool {
    let form = ProofForm { case: id.to_string(), slot: slot.into(), file: file.into() };
    matches!(remove_proof(visit, &form).await, Err(Failure::Refused(_)))
}

fn is_refused(answer: &UploadAnswer) -> bool {
    matches!(answer, UploadAnswer::Refused(_))
}

async fn what_is_missing_or_false_leads_to_the_revocation(house: House) {
    let visit = collected(&house).await;
    let id = approved(&house, &visit).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    inspect(&li, &asking(&id, 0, ASKED)).await.unwrap();
    house.clock.forward(Duration::days(20));
    let li = reviewer(&house, DISTRICT, "王审核").await;
    let seen = case(&li, &id).await.unwrap().inspections.unwrap();
    assert!(seen.open().unwrap().is_late && seen.files.is_empty());
    revoking(&house, &li, &id, "未在期限内提供原件").await.unwrap();
    let entries = ledger(&house, &visit).await;
    assert_eq!((entries.len(), Sums::of(&entries, 2026).total.is_some()), (2, false));
    let mut reader = house.services.db.read().await.unwrap();
    let rows = reader.list_inspections(&id).await.unwrap();
    assert_eq!((rows.len(), rows[0].outcome.as_str(), rows[0].ended_at.is_some()), (1, "failed", true));
    assert_eq!(audited(&house, &id, "end_inspection").await.len(), 1);
    assert!(inspect(&li, &asking(&id, 1, ASKED)).await.is_err());
    assert_audit_stands(&house).await;
}
both!(what_is_missing_or_false_leads_to_the_revocation);

async fn only_the_bureau_asks_and_only_as_long_as_originals_are_kept(house: House) {
    let visit = collected(&house).await;
    let id = ready(&visit, "paper", PAPER).await;
    hand_in(&visit, &id).await.unwrap();
    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert!(matches!(inspect(&li, &asking(&id, 0, ASKED)).await, Err(Failure::Refused(Refusal::NotAllowedIn { .. }))));
    approve(&house, &id).await.unwrap();
    assert_not_found(inspect(&reviewer(&house, SIBLING, "赵审核").await, &asking(&id, 0, ASKED)).await);
    let own = reviewer_with(&house, DISTRICT, "张三", "430111199003079988").await;
    assert_eq!(refusal(inspect(&own, &asking(&id, 0, ASKED)).await), Refusal::SelfReview);
    house.clock.forward(Duration::days(732));
    let li = reviewer(&house, DISTRICT, "孙审核").await;
    let seen = case(&li, &id).await.unwrap().inspections.unwrap();
    assert!(!seen.may_ask && seen.all.is_empty());
    assert!(matches!(inspect(&li, &asking(&id, 0, ASKED)).await, Err(Failure::Stale)));
    let mut reader = house.services.db.read().await.unwrap();
    assert!(reader.list_inspections(&id).await.unwrap().is_empty());
}
both!(only_the_bureau_asks_and_only_as_long_as_originals_are_kept);

async fn originals_come_from_a_telephone_while_they_are_asked_for(house: House) {
    let visit = collected(&house).await;
    let id = approved(&house, &visit).await;
    let form = LendForm { case: id.to_string(), slot: "originals".into() };
    assert!(matches!(lend(&visit, &form).await, Err(Failure::Refused(_))), "nobody has asked for them");
    let li = reviewer(&house, DISTRICT, "李审核").await;
    inspect(&li, &asking(&id, 0, ASKED)).await.unwrap();
    lend(&house.again(&visit).await, &form).await.unwrap();
    let page = lent_view(&house.again(&visit).await, &id, "originals", "").await.unwrap();
    let Stage::Open(code) = page.stage else { panic!("nothing is lent") };
    let phone = house.visit(Some(crate::Token::new(&house.services).as_str())).await;
    let token = code.address.rsplit('/').next().unwrap();
    let kept = crate::handover::upload(&phone, token, ("期刊.jpg", ""), intake::picture(5)).await.unwrap();
    assert!(matches!(kept, UploadAnswer::Kept(_)), "{kept:?}");
    let there = view(&visit, &id).await.originals.unwrap().files;
    assert_eq!(there.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["期刊.jpg"]);
}
both!(originals_come_from_a_telephone_while_they_are_asked_for);
