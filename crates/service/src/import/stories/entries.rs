//! Rewards and penalties by a file: the same data and the same effects as by hand, recorded by two, and taken back together.

use domain::case::{Refusal, Status};
use domain::integrity::Ban;
use domain::integrity::forms::{DropRewardForm, PenaltyForm};
use domain::integrity::view::{EntryLine, IntegrityView};
use domain::limit::Limited;
use futures::future::join;
use serde_json::json;

use super::persons::registered;
use super::*;
use crate::case::Proof;
use crate::employer::stories::collected;
use crate::intake::stories::picture;
use crate::integrity::stories::honest;
use crate::integrity::{delete_reward, enter_penalty, export_record, integrity_view, objections_view, penalties_view};
use crate::review::stories::{DISTRICT, assert_audit_stands, refusal, reviewer, reviewer_with};
use crate::testing::both;

const DECISION: &str = "长财监〔2026〕3号";

fn penalty(number: u64, name: &str, decision: &str) -> ImportLine {
    let cells = [
        name,
        "",
        NUMBER,
        "长沙市财政局",
        decision,
        "2026-11-10",
        "罚款、五年内不得从事会计工作",
        "第四十一条",
        "伪造会计凭证。",
    ];
    ImportLine::of(number, &cells)
}

fn reward(number: u64) -> ImportLine {
    let cells = ["张三", "", NUMBER, "全省先进会计工作者", "省部级", "省财政厅", "2025-09-30", "财会〔2025〕9号"];
    ImportLine::of(number, &cells)
}

async fn record(house: &House, visit: &Visit) -> IntegrityView {
    integrity_view(&house.again(visit).await).await.unwrap()
}

async fn entries(house: &House, visit: &Visit) -> Vec<EntryLine> {
    record(house, visit).await.entries
}

/// How many messages have a title.
async fn told(house: &House, visit: &Visit, title: &str) -> usize {
    let rows = house.services.db.read().await.unwrap().list_messages(visit.account().unwrap(), "~", 50).await.unwrap();
    rows.iter().filter(|row| row.title == title).count()
}

async fn warnings(house: &House, visit: &Visit) -> usize {
    crate::record::own_record(&house.again(visit).await).await.unwrap().warnings.len()
}

fn by_hand() -> PenaltyForm {
    PenaltyForm {
        document_kind: "resident_id".into(),
        document_number: NUMBER.into(),
        name: "张三".into(),
        body: "长沙市财政局".into(),
        number: DECISION.into(),
        decided_on: "2026-11-10".into(),
        kinds: "fine,ban_five".into(),
        articles: "2024-41".into(),
        facts: "伪造会计凭证。".into(),
        request_key: "k1".into(),
        ..PenaltyForm::default()
    }
}

async fn an_imported_penalty_has_the_effects_of_any_other_and_goes_with_its_batch(house: House) {
    let house = honest(house);
    let visit = collected(&house, NUMBER, "13900001234").await;
    let zhou = reviewer(&house, "430000", "周审核").await;
    let lines = [penalty(2, "张三", DECISION), penalty(3, "张三", "长财监 〔2026〕3号"), penalty(4, "李四", "长财监〔2026〕4号")];
    let batch = in_effect(&house, ImportKind::Penalty, &lines).await;
    let counts = seen(&house, &batch.id).await.counts;
    assert_eq!((counts.ready, counts.repeated, counts.refused), (1, 1, 1));
    let found = entries(&house, &visit).await;
    let [entry] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((entry.title.as_str(), entry.number.as_str()), ("罚款、五年内不得从事会计工作", DECISION));
    assert_eq!(entry.basis, "《中华人民共和国会计法》（2024年修正）第四十一条");
    let ban = Ban::Until("2031-11-10".parse().unwrap());
    assert_eq!((entry.ban, entry.may_object, warnings(&house, &visit).await), (Some((ban, true)), true, 1));
    assert_eq!(told(&house, &visit, "诚信档案有新的记录").await, 1);
    let rows = house.services.db.read().await.unwrap().list_integrity_entries(visit.account().unwrap()).await.unwrap();
    assert!(rows[0].entered_by.is_some() && rows[0].entered_by.as_ref() != Some(&rows[0].confirmed_by), "two persons");
    // The province recorded it, so that the province answers.
    let shown = objections_view(&house.again(&visit).await, entry.case.as_str()).await.unwrap();
    assert!(shown.of.is_some_and(|(_, bureau)| bureau.contains("湖南省")));
    let list = penalties_view(&house.again(&zhou).await, "").await.unwrap();
    assert_eq!((list.lines.len(), list.lines[0].status, list.lines[0].own.ban), (1, Status::Approved, Some((ban, true))));

    taken_back(&house, &batch.id).await;
    let entry = entries(&house, &visit).await.remove(0);
    assert!(entry.ended.is_some_and(|(reason, _)| reason.contains("已撤销")) && entry.ban == Some((ban, false)));
    assert_eq!((warnings(&house, &visit).await, told(&house, &visit, "诚信档案的记录已撤销").await), (0, 1));
    // What was taken back may be handed in anew.
    let zhao = administrator(&house).await;
    let again = handed(&zhao, ImportKind::Penalty, "again", "again").await.unwrap();
    noted(&house, &again, &lines[..1]).await;
    assert_eq!(seen(&house, &again.id).await.counts.ready, 1);
    assert_audit_stands(&house).await;
}
both!(an_imported_penalty_has_the_effects_of_any_other_and_goes_with_its_batch);

async fn what_somebody_entered_by_hand_is_not_recorded_once_more(house: House) {
    let house = honest(house);
    let visit = collected(&house, NUMBER, "13900001234").await;
    let (zhao, qian) = (administrator(&house).await, second(&house).await);
    let batch = looked_at(&house, &zhao, ImportKind::Penalty, &[penalty(2, "张三", DECISION)]).await;
    assert_eq!(seen(&house, &batch.id).await.counts.ready, 1);
    acts(&house, &zhao, &batch.id, "apply").await.unwrap();
    // Between the look and the effect.
    let li = reviewer(&house, DISTRICT, "李审核").await;
    reviewer(&house, DISTRICT, "王审核").await;
    let proof = Some(Proof { name: "决定书.jpg".into(), bytes: Ok(picture(20)) });
    enter_penalty(&li, &by_hand(), proof).await.unwrap();
    acts(&house, &qian, &batch.id, "agree").await.unwrap();
    works(&house).await;
    let view = seen(&house, &batch.id).await;
    assert_eq!((view.line.stage, view.counts.ready, view.counts.repeated), (ImportStage::Complete, 0, 1));
    assert!(entries(&house, &visit).await.is_empty(), "the one by hand still waits for a second person");
    // And it is told before, where it is known before.
    let other = handed(&house.again(&zhao).await, ImportKind::Penalty, "other", "other").await.unwrap();
    noted(&house, &other, &[penalty(2, "张三", DECISION)]).await;
    assert_eq!(seen(&house, &other.id).await.said[0].reasons, [ImportReason::Imported]);
    assert_audit_stands(&house).await;
}
both!(what_somebody_entered_by_hand_is_not_recorded_once_more);

async fn whoever_registers_later_is_told_then_and_who_agreed_stays_who_did(house: House) {
    let house = honest(house);
    let batch = in_effect(&house, ImportKind::Penalty, &[penalty(2, "张三丰", DECISION)]).await;
    assert_eq!(seen(&house, &batch.id).await.counts.later, 1);
    let applied = house.services.db.read().await.unwrap().find_import(&batch.id).await.unwrap().unwrap();
    let (wu, zheng) = (second(&house).await, administrator(&house).await);
    acts(&house, &wu, &batch.id, "undo").await.unwrap();
    let visit = registered(&house).await;
    acts(&house, &zheng, &batch.id, "refuse").await.unwrap();
    let rows = house.services.db.read().await.unwrap().list_integrity_entries(visit.account().unwrap()).await.unwrap();
    assert_eq!(
        (rows.len(), &rows[0].entered_by, Some(&rows[0].confirmed_by)),
        (1, &applied.applied_by, applied.confirmed_by.as_ref())
    );
    assert_eq!(told(&house, &visit, "诚信档案有新的记录").await, 1);
    taken_back(&house, &batch.id).await;
    assert!(entries(&house, &visit).await[0].ended.is_some());
    assert_audit_stands(&house).await;
}
both!(whoever_registers_later_is_told_then_and_who_agreed_stays_who_did);

async fn an_imported_reward_is_an_approved_one_of_its_person(house: House) {
    let house = honest(house);
    let visit = collected(&house, NUMBER, "13900001234").await;
    let batch = in_effect(&house, ImportKind::Reward, &[reward(2)]).await;
    let shown = record(&house, &visit).await;
    assert_eq!((shown.entries.len(), shown.entries[0].level.as_str()), (1, "省部级"));
    assert_eq!((shown.rewards.len(), shown.rewards[0].status), (1, Status::Approved));
    let case = shown.rewards[0].case.clone();
    let version = crate::review::stories::row(&house, &case).await.version.to_string();
    let form = DropRewardForm { case: case.to_string(), version };
    assert!(matches!(refusal(delete_reward(&house.again(&visit).await, &form).await), Refusal::NotAllowedIn { .. }));
    taken_back(&house, &batch.id).await;
    let shown = record(&house, &visit).await;
    assert!(shown.entries[0].ended.is_some() && shown.rewards[0].status == Status::Closed);
    assert_audit_stands(&house).await;
}
both!(an_imported_reward_is_an_approved_one_of_its_person);

async fn two_servers_record_a_batch_once_and_nobody_records_it_alone(house: House) {
    let house = honest(house);
    let visit = collected(&house, NUMBER, "13900001234").await;
    let handed = Handed { kind: "penalty", key: "", name: "x.csv", bytes: b"x".to_vec() };
    let batch = by_operator(&house.services, "hunan", handed).await.unwrap();
    noted(&house, &batch, &[penalty(2, "张三", DECISION)]).await;
    assert!(matches!(apply(&house.services, &batch.id, true).await, Err(Failure::Stale)), "not whoever runs the server either");
    let (zhao, qian) = (administrator(&house).await, second(&house).await);
    acts(&house, &zhao, &batch.id, "apply").await.unwrap();
    assert_eq!(refusal(acts(&house, &zhao, &batch.id, "agree").await), Refusal::NotYours);
    acts(&house, &qian, &batch.id, "agree").await.unwrap();
    let (one, other) = join(apply(&house.services, &batch.id, false), apply(&house.services, &batch.id, false)).await;
    one.unwrap();
    other.unwrap();
    assert_eq!((entries(&house, &visit).await.len(), told(&house, &visit, "诚信档案有新的记录").await), (1, 1));
    assert!(matches!(undo(&house.services, &batch.id, true).await, Err(Failure::Stale)));
    assert_audit_stands(&house).await;
}
both!(two_servers_record_a_batch_once_and_nobody_records_it_alone);

async fn what_is_about_one_of_the_two_they_do_not_record(house: House) {
    let house = honest(house);
    let visit = collected(&house, NUMBER, "13900001234").await;
    let (zhao, qian) = (administrator(&house).await, second(&house).await);
    let batch = looked_at(&house, &zhao, ImportKind::Penalty, &[penalty(2, "张三", DECISION)]).await;
    acts(&house, &zhao, &batch.id, "apply").await.unwrap();
    acts(&house, &qian, &batch.id, "agree").await.unwrap();
    // Somebody of the staff with that document: as if it had been theirs who agreed.
    let own = reviewer_with(&house, DISTRICT, "张三", NUMBER).await;
    let (id, by) = (batch.id.clone(), own.staff.as_ref().unwrap().id.clone());
    house.services.db.write(move |tx| Box::pin(async move { tx.agree_to_import(&id, &by).await })).await.unwrap();
    works(&house).await;
    let counts = seen(&house, &batch.id).await.counts;
    assert_eq!((counts.ready, counts.refused), (0, 1));
    assert!(entries(&house, &visit).await.is_empty());
}
both!(what_is_about_one_of_the_two_they_do_not_record);

async fn where_there_is_no_such_record_no_such_file_is_taken(house: House) {
    let zhao = administrator(&house).await;
    let refused = handed(&zhao, ImportKind::Penalty, "", "x").await;
    assert!(matches!(refused, Err(Failure::Invalid(errors)) if errors.of("kind").is_some()));
}
both!(where_there_is_no_such_record_no_such_file_is_taken);

fn asked(what: &str) -> domain::integrity::export::ExportForm {
    domain::integrity::export::ExportForm { from: "2026-11-01".into(), to: "2026-11-18".into(), what: what.into() }
}

async fn exported(visit: &Visit, what: &str) -> serde_json::Value {
    serde_json::from_slice(&export_record(visit, &asked(what)).await.unwrap().bytes).unwrap()
}

async fn the_file_for_the_national_platform_says_what_stands_and_takes_down_what_does_not(house: House) {
    let house = honest(house);
    let visit = collected(&house, NUMBER, "13900001234").await;
    let batch = in_effect(&house, ImportKind::Penalty, &[penalty(2, "张三", DECISION)]).await;
    in_effect(&house, ImportKind::Reward, &[reward(2)]).await;
    let zhao = administrator(&house).await;
    let all = exported(&zhao, "all").await;
    assert_eq!((&all["format"], &all["version"]), (&json!("suanpan-integrity-record"), &json!(1)));
    let of = |file: &serde_json::Value, kind: &str| {
        let found = file["entries"].as_array().unwrap().iter().find(|entry| entry["kind"] == kind).cloned();
        found.unwrap_or_default()
    };
    let (given, prize) = (of(&all, "penalty"), of(&all, "reward"));
    assert_eq!(given["record"]["person"]["document_number"], NUMBER);
    assert_eq!(given["record"]["ban"], json!({ "is_for_life": false, "until": "2031-11-10", "is_active": true }));
    assert_eq!((&given["record"]["is_public"], &given["record"]["public_until"]), (&json!(true), &json!("2031-11-10")));
    assert_eq!((&prize["record"]["level"], &prize["record"]["is_public"]), (&json!("省部级"), &json!(false)));
    assert!(!all.to_string().contains("伪造会计凭证"), "never more than is asked");
    // One kind is one kind, and days are days.
    assert_eq!(exported(&house.again(&zhao).await, "reward").await["entries"].as_array().unwrap().len(), 1);
    let before = domain::integrity::export::ExportForm { to: "2026-11-17".into(), ..asked("all") };
    let file = export_record(&house.again(&zhao).await, &before).await.unwrap();
    assert!(!String::from_utf8(file.bytes).unwrap().contains(NUMBER) && !file.name.contains(NUMBER));

    taken_back(&house, &batch.id).await;
    let gone = of(&exported(&house.again(&zhao).await, "penalty").await, "penalty");
    assert_eq!((&gone["id"], &gone["state"], &gone["ended_on"]), (&given["id"], &json!("revoked"), &json!("2026-11-18")));
    assert!(gone.get("record").is_none(), "only what takes it down");
    assert_eq!(refusal(export_record(&visit, &asked("all")).await), Refusal::NotYours);
    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert_eq!(refusal(export_record(&li, &asked("all")).await), Refusal::NotYours);
    for _ in 0..16 {
        export_record(&house.again(&zhao).await, &asked("all")).await.unwrap();
    }
    let more = export_record(&house.again(&zhao).await, &asked("all")).await;
    assert!(matches!(refusal(more), Refusal::TooOften { of: Limited::Requests, .. }));
    assert_audit_stands(&house).await;
}
both!(the_file_for_the_national_platform_says_what_stands_and_takes_down_what_does_not);

async fn what_is_public_no_longer_is_told_as_such(house: House) {
    let house = honest(house);
    collected(&house, NUMBER, "13900001234").await;
    // A ban that ended, and a fine of more than a year ago.
    let mut old = penalty(2, "张三", "长财监〔2021〕9号");
    for (at, text) in [(5, "2021-11-17"), (6, "五年内不得从事会计工作"), (7, "第四十三条")] {
        old.cells[at].text = text.into();
    }
    let mut fine = penalty(3, "张三", "长财监〔2025〕1号");
    for (at, text) in [(5, "2025-11-17"), (6, "罚款")] {
        fine.cells[at].text = text.into();
    }
    in_effect(&house, ImportKind::Penalty, &[old, fine]).await;
    let zhao = administrator(&house).await;
    let file = exported(&zhao, "penalty").await;
    let entries = file["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 2);
    assert!(entries.iter().all(|entry| entry["state"] == "standing" && entry["record"]["is_public"] == false), "{file}");
    assert!(entries.iter().any(|entry| entry["record"]["ban"]["is_active"] == false));
}
both!(what_is_public_no_longer_is_told_as_such);
