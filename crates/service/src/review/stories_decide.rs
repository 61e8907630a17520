//! Verdicts and decisions.

use domain::case::Judged;
use domain::case::{Change, Mark, Refusal, Status};
use domain::fault::Fault;
use domain::id::{AccountId, CaseId};
use domain::review::forms::{DecideForm, JudgeForm};
use domain::review::view::CaseView;
use futures::future::join_all;
use std::sync::Arc;

use super::stories::*;
use crate::intake::RecordBody;
use crate::intake::Submitted;
use crate::ports::OutgoingSms;
use crate::testing::{House, both};
use crate::{Failure, Visit};

async fn outbox(house: &House) -> Vec<OutgoingSms> {
    let now = house.services.now();
    let rows = house
        .services
        .db
        .write(move |tx| Box::pin(async move { tx.claim_outbox(now, now + chrono::Duration::minutes(1)).await }));
    let open = |row: store::notify::outbox::OutboxRow| {
        serde_json::from_slice(&house.services.vault.open("outbox.payload", &row.id, &row.payload_sealed).unwrap()).unwrap()
    };
    rows.await.unwrap().into_iter().map(open).collect()
}

async fn messages(house: &House, account: &AccountId) -> Vec<String> {
    let rows = house.services.db.read().await.unwrap().list_messages(account, "~", 50).await.unwrap();
    rows.into_iter().map(|message| format!("{} {}", message.title, message.body)).collect()
}

async fn case(visit: &Visit, id: &CaseId) -> CaseView {
    super::case(visit, id).await.unwrap()
}

async fn an_approval_writes_record_message_and_sms_together(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let id = submitted(&house, DISTRICT, 1).await;
    let view = case(&li, &id).await;
    assert_eq!((view.document.as_str(), view.mobile.as_str()), ("430102********0001", "139****0001"));
    assert!(view.files.iter().any(|(slot, file)| slot == "photo" && file.name == "photo.png") && !view.checks.is_empty());
    let answer = decide(&li, &id, view.case.version, "approve").await.unwrap();
    assert_eq!(answer.go.as_deref(), Some("/hunan/staff/queue"));
    let after = row(&house, &id).await;
    assert_eq!((after.status, after.decided_by, after.holder_id), (Status::Approved, Some(staff_id(&li)), None));
    let record = house.services.db.read().await.unwrap().find_record(&after.account_id).await.unwrap().unwrap();
    assert_eq!((record.version, record.bureau.as_str(), record.case_id.as_str()), (1, DISTRICT, id.as_str()));
    let body: RecordBody =
        serde_json::from_slice(&house.services.vault.open("record.body", &record.id, &record.body_sealed).unwrap()).unwrap();
    assert_eq!((Some(&body.case_number), &body.answers), (after.number.as_ref(), &answers(DISTRICT)));
    assert_eq!(body.application.unwrap().bureau, DISTRICT);
    assert_eq!(messages(&house, &after.account_id).await.len(), 1);
    let sent = outbox(&house).await;
    assert_eq!(sent.len(), 1);
    assert_eq!((sent[0].mobile.as_str(), sent[0].purpose.as_str()), ("13900000001", "approved"));
    assert!(sent[0].text.starts_with("【湖南财政厅】张1，您好") && sent[0].text.contains("审核通过"), "{}", sent[0].text);
    let view = case(&li, &id).await;
    assert_eq!(view.timeline.iter().map(|item| item.who.as_str()).collect::<Vec<_>>(), ["李审核"]);
    assert_eq!(audited(&house, &id, "approve").await.len(), 1);
    assert_audit_stands(&house).await;
}
both!(an_approval_writes_record_message_and_sms_together);

async fn on_what_was_handed_in_since_nobody_gives_a_verdict(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let id = submitted(&house, DISTRICT, 1).await;
    let seen = row(&house, &id).await.version;
    // Taken back and handed in again, while a page of the reviewer is still open.
    put(&house, &id, Status::Draft, None).await;
    put(&house, &id, Status::Submitted, None).await;
    for (verdict, version) in [("accept", seen.to_string()), ("reject", seen.to_string()), ("clear", String::new())] {
        let late = JudgeForm {
            case: id.to_string(),
            version,
            item: "attachment.photo".into(),
            verdict: verdict.into(),
            reason: "照片不清晰".into(),
            ..Default::default()
        };
        assert!(matches!(super::judge(&li, &late).await, Err(Failure::Stale)), "{verdict}");
    }
    let view = case(&li, &id).await;
    assert!(view.verdicts.is_empty() && view.hold.is_none(), "{:?}", view.verdicts);
    judge(&li, &id, "attachment.photo", "accept", "").await.unwrap();
    assert_eq!(case(&li, &id).await.verdicts.len(), 1);
}
both!(on_what_was_handed_in_since_nobody_gives_a_verdict);

async fn after_a_return_the_reviewer_sees_what_changed_since(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let id = submitted(&house, DISTRICT, 1).await;
    let view = case(&li, &id).await;
    judge(&li, &id, "person.residence_address", "reject", "地址与身份证 430102199003070001 不一致。").await.unwrap();
    let preset = view.reasons[1].clone();
    let photo = JudgeForm {
        case: id.to_string(),
        version: view.case.version.to_string(),
        item: "attachment.photo".into(),
        verdict: "reject".into(),
        preset,
        mark: "photo 0 100 200 300 400".into(),
        ..Default::default()
    };
    for wrong in ["photo 1 100 200 300 400", "nothing 0 100 200 300 400", "photo 0 900 200 300 400", "photo"] {
        let faulty = super::judge(&li, &JudgeForm { mark: wrong.into(), ..photo.clone() }).await;
        let Err(Failure::Invalid(errors)) = faulty else { panic!("{wrong}") };
        assert_eq!(errors.of("mark"), Some(&Fault::NotInList), "{wrong}");
    }
    super::judge(&li, &photo).await.unwrap();
    judge(&li, &id, "person.nationality", "accept", "").await.unwrap();
    let form = DecideForm {
        case: id.to_string(),
        version: view.case.version.to_string(),
        decision: "return".into(),
        reason: "请尽快修改。".into(),
    };
    super::decide(&li, &form).await.unwrap();
    let back = row(&house, &id).await;
    assert_eq!(back.status, Status::Returned);
    let told = messages(&house, &back.account_id).await.remove(0);
    assert!(told.contains("1. 详细地址：地址与身份证") && told.contains("2. 个人近期彩照：图片不清晰"), "{told}");
    let sms = outbox(&house).await.remove(0).text;
    assert!(sms.contains("有 2 项需要修改：地址与身份证***不一致。请登录") && !sms.contains("4301"), "{sms}");

    let last = house.services.db.read().await.unwrap().list_submissions(&id).await.unwrap().remove(0);
    let mut amended = Submitted::open(&house.services, &id, &last).unwrap();
    amended.answers.set("person.residence_address", "韶山中路 9 号".into());
    let before = amended.files[0].id.clone();
    amended.files[0] = upload(&house, &back, "photo", "bb").await;
    hand_in(&house, &back, DISTRICT, amended, 1).await;
    let view = case(&li, &id).await;
    assert_eq!((view.case.round, view.rounds.len(), view.verdicts.len()), (2, 1, 0));
    assert_eq!(view.rounds[0].rejected.len(), 2);
    let marked: Vec<_> = view.rounds[0].rejected.iter().filter_map(|verdict| verdict.mark.as_ref()).map(Mark::code).collect();
    assert_eq!(marked, ["photo 0 100 200 300 400"], "what was ringed round is there for the next look");
    let former: Vec<_> = view.former.iter().map(|(slot, file)| (slot.as_str(), file.id.as_str())).collect();
    assert_eq!(former, [("photo", before.as_str())], "the picture of the round before, beside the new one");
    let changed = Change {
        item: "person.residence_address".into(),
        label: "详细地址".into(),
        before: Some("韶山中路 1 号".into()),
        now: Some("韶山中路 9 号".into()),
    };
    assert_eq!(view.changes, [changed]);
    assert_eq!(view.file_changes.iter().map(|change| change.slot.as_str()).collect::<Vec<_>>(), ["photo"]);
    assert_eq!(view.timeline[0].note, "请尽快修改。");
    decide(&li, &id, view.case.version, "approve").await.unwrap();
    assert_audit_stands(&house).await;
}
both!(after_a_return_the_reviewer_sees_what_changed_since);

async fn verdicts_bind_the_decision(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let id = submitted(&house, DISTRICT, 1).await;
    let version = row(&house, &id).await.version;
    assert_eq!(refusal(decide(&li, &id, version, "return").await), Refusal::NothingRejected);
    for (item, verdict, reason, field, fault) in [
        ("person.email2", "accept", "", "item", Fault::NotInList),
        ("person.nationality", "maybe", "", "verdict", Fault::NotInList),
        ("person.nationality", "reject", " ", "reason", Fault::ReasonMissing),
        ("person.nationality", "reject", "错", "reason", Fault::TooShort(2)),
        ("person.nationality", "reject", &"错".repeat(201), "reason", Fault::TooLong(200)),
    ] {
        let Err(Failure::Invalid(errors)) = judge(&li, &id, item, verdict, reason).await else { panic!("{item} {verdict}") };
        assert_eq!(errors.of(field), Some(&fault));
    }
    judge(&li, &id, "person.nationality", "reject", "与材料不一致").await.unwrap();
    assert_eq!(refusal(decide(&li, &id, version, "approve").await), Refusal::RejectedItems);
    judge(&li, &id, "person.nationality", "clear", "").await.unwrap();
    assert_eq!(refusal(decide(&li, &id, version, "return").await), Refusal::NothingRejected);
    assert!(matches!(decide(&li, &id, version, "perhaps").await, Err(Failure::Invalid(_))));
    assert!(matches!(decide(&li, &id, version - 1, "approve").await, Err(Failure::Stale)));
    let row = row(&house, &id).await;
    assert_eq!((row.status, row.version), (Status::Submitted, version));
    assert!(outbox(&house).await.is_empty() && messages(&house, &row.account_id).await.is_empty());
    decide(&li, &id, version, "approve").await.unwrap();
}
both!(verdicts_bind_the_decision);

/// Where the whole is returned, approval and return are both possible at once, so that only the lock keeps them apart.
fn returning_the_whole(visit: &Visit) -> Visit {
    let mut province = (*visit.province).clone();
    province.profile.lines.get_mut(&domain::case::CaseKind::Intake).unwrap().returns = Judged::Whole;
    Visit { province: Arc::new(province), ..visit.clone() }
}

async fn of_fifty_decisions_at_once_one_counts_and_the_others_hear_whose(house: House) {
    let names = ["李审核", "王审核"];
    let li = returning_the_whole(&reviewer(&house, DISTRICT, names[0]).await);
    let wang = returning_the_whole(&reviewer(&house, DISTRICT, names[1]).await);
    let id = submitted(&house, DISTRICT, 1).await;
    let version = row(&house, &id).await.version;
    let tries = (0..50).map(|nth| {
        let (visit, decision) = if nth % 2 == 0 { (li.clone(), "approve") } else { (wang.clone(), "return") };
        let form =
            DecideForm {
                case: id.to_string(), version: version.to_string(), decision: decision.into(), reason: "请修改".into()
            };
        tokio::spawn(async move { super::decide(&visit, &form).await })
    });
    let answers: Vec<_> = join_all(tries).await.into_iter().map(Result::unwrap).collect();
    let after = row(&house, &id).await;
    let winner = names[usize::from(after.status == Status::Returned)];
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    let told = Refusal::DecidedByOther { name: winner.into(), at: after.decided_at.unwrap(), status: after.status };
    for answer in answers.into_iter().filter(Result::is_err) {
        assert_eq!(refusal(answer), told);
    }
    let mut reader = house.services.db.read().await.unwrap();
    assert_eq!(reader.list_events(&id).await.unwrap().len(), 1);
    assert_eq!(reader.find_record(&after.account_id).await.unwrap().is_some(), after.status == Status::Approved);
    assert_eq!((messages(&house, &after.account_id).await.len(), outbox(&house).await.len()), (1, 1));
    assert_audit_stands(&house).await;
}
both!(of_fifty_decisions_at_once_one_counts_and_the_others_hear_whose);

async fn a_verdict_and_an_approval_at_once_never_contradict_each_other(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let ids = join_all((1..=20).map(|nth| submitted(&house, DISTRICT, nth))).await;
    for id in &ids {
        let version = row(&house, id).await.version;
        let rejecting = judge(&li, id, "person.nationality", "reject", "与材料不一致");
        let (rejected, approved) = futures::future::join(rejecting, decide(&li, id, version, "approve")).await;
        assert!(rejected.is_ok() != approved.is_ok(), "{rejected:?} {approved:?}");
    }
}
both!(a_verdict_and_an_approval_at_once_never_contradict_each_other);
