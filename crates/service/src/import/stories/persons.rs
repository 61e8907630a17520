//! What each person has of imports: also who comes later, and under the own name alone.

use domain::case::Refusal;

use super::*;
use crate::account::stories::{Browser, MOBILE};
use crate::review::stories::reviewer;
use crate::testing::both;

/// 张三丰 will register with this document.
fn of_zhang(number: u64, subject: &str) -> ImportLine {
    let mut line = exam(number, NUMBER, subject);
    line.cells[0].text = "张三丰".into();
    line
}

pub(super) async fn registered(house: &House) -> Visit {
    let mut browser = Browser::new(house, "203.0.113.1").await;
    let form = browser.filled(NUMBER, MOBILE).await;
    let entered = browser.register(&form).await.unwrap();
    browser.took(entered);
    browser.visit().await
}

async fn whoever_registers_later_finds_what_was_imported_before(house: House) {
    let failed = ImportLine::of(3, &["张三丰", "", NUMBER, "会计专业技术资格考试", "中级", "经济法", "2026", "不合格", "", ""]);
    let batch = in_effect(&house, ImportKind::Exam, &[of_zhang(2, "中级会计实务"), failed, exam(4, NUMBER, "财务管理")]).await;
    assert_eq!(seen(&house, &batch.id).await.counts.later, 3);
    let visit = registered(&house).await;
    let view = exams(&visit).await.unwrap();
    let mut lines: Vec<_> =
        view.lines.iter().map(|line| (line.result.subject.as_str(), line.result.passed, line.credits)).collect();
    lines.sort_unstable();
    assert_eq!(lines, [("中级会计实务", true, Some((2026, Credits::whole(90)))), ("经济法", false, None)]);
    assert_eq!(view.lines.iter().find(|line| line.result.passed).unwrap().result.certificate, "20261234");
    assert!(view.links.iter().any(|link| link.name == "考试报名") && view.links.iter().any(|link| link.name == "成绩查询"));
    assert_eq!(sum(&ledger(&house, &visit).await), Credits::whole(90));
    let mut reader = house.services.db.read().await.unwrap();
    assert!(reader.find_standing_certificate(visit.account().unwrap(), 2026).await.unwrap().is_some());
    drop(reader);
    // The third names somebody else, and is theirs once the name of the account is corrected.
    assert_eq!(seen(&house, &batch.id).await.counts.later, 1);
    let (services, account) = (house.services.clone(), visit.account().unwrap().clone());
    let written = house.services.db.write(move |tx| {
        Box::pin(async move {
            tx.save_name(&account, "张三", services.now()).await?;
            link_again(tx, &services, &account).await
        })
    });
    written.await.unwrap();
    assert_eq!(exams(&visit).await.unwrap().lines.len(), 3);
    // What came later is taken back with the others.
    taken_back(&house, &batch.id).await;
    assert!(exams(&visit).await.unwrap().lines.is_empty());
    assert_eq!(sum(&ledger(&house, &visit).await), Credits::ZERO);
    assert!(house.services.db.verify_audit(&[]).await.unwrap().is_ok());
}
both!(whoever_registers_later_finds_what_was_imported_before);

async fn whoever_registers_between_the_look_and_the_effect_is_found(house: House) {
    let (zhao, qian) = (administrator(&house).await, second(&house).await);
    let batch = looked_at(&house, &zhao, ImportKind::Exam, &[of_zhang(2, "中级会计实务")]).await;
    assert_eq!(seen(&house, &batch.id).await.counts.later, 1);
    let visit = registered(&house).await;
    assert!(exams(&visit).await.unwrap().lines.is_empty() && ledger(&house, &visit).await.is_empty());
    acts(&house, &zhao, &batch.id, "apply").await.unwrap();
    acts(&house, &qian, &batch.id, "agree").await.unwrap();
    works(&house).await;
    assert_eq!(exams(&visit).await.unwrap().lines.len(), 1);
    assert_eq!(sum(&ledger(&house, &visit).await), Credits::whole(90));
}
both!(whoever_registers_between_the_look_and_the_effect_is_found);

async fn whoever_registers_while_a_batch_takes_effect_is_booked_once(house: House) {
    let (zhao, qian) = (administrator(&house).await, second(&house).await);
    let batch = looked_at(&house, &zhao, ImportKind::Exam, &[of_zhang(2, "中级会计实务")]).await;
    acts(&house, &zhao, &batch.id, "apply").await.unwrap();
    acts(&house, &qian, &batch.id, "agree").await.unwrap();
    let browser = Browser::new(&house, "203.0.113.1").await;
    let form = browser.filled(NUMBER, MOBILE).await;
    let (entered, applied) = futures::future::join(browser.register(&form), apply(&house.services, &batch.id, false)).await;
    let mut browser = browser;
    browser.took(entered.unwrap());
    applied.unwrap();
    works(&house).await;
    let visit = browser.visit().await;
    assert_eq!(ledger(&house, &visit).await.len(), 1);
    assert_eq!(exams(&visit).await.unwrap().lines.len(), 1);
}
both!(whoever_registers_while_a_batch_takes_effect_is_booked_once);

async fn nobody_but_an_administrator_of_the_province_sees_a_batch_and_nobody_sees_the_results_of_others(house: House) {
    let (zhang, zhao) = (zhang_san(&house).await, administrator(&house).await);
    let other = intake::person_of(&house, "hunan", OTHER, "13900009999").await;
    let batch = in_effect(&house, ImportKind::Exam, &[exam(2, NUMBER, "中级会计实务")]).await;
    assert_eq!(exams(&zhang).await.unwrap().lines.len(), 1);
    assert!(exams(&other).await.unwrap().lines.is_empty());
    let li = reviewer(&house, "430000", "李审核").await;
    for who in [&zhang, &li] {
        assert!(matches!(batches(who).await, Err(Failure::Refused(Refusal::NotYours))));
        assert!(matches!(super::super::batch(who, &batch.id).await, Err(Failure::Refused(Refusal::NotYours))));
        assert!(matches!(of_page(who, &batch.id, 0).await, Err(Failure::Refused(Refusal::NotYours))));
        assert!(matches!(note_export(who, &batch.id).await, Err(Failure::Refused(Refusal::NotYours))));
        assert!(matches!(act(who, &batch.id, ("undo", "4")).await, Err(Failure::Refused(Refusal::NotYours))));
        let sent = handed(who, ImportKind::Exam, "", "x").await;
        assert!(matches!(sent, Err(Failure::Refused(Refusal::NotYours))));
    }
    assert_eq!(batches(&zhao).await.unwrap().len(), 1);
    // Whoever takes the names away is written down.
    note_export(&zhao, &batch.id).await.unwrap();
    let trail = house.services.db.read().await.unwrap().list_audit_of("import", &batch.id).await.unwrap();
    assert_eq!(trail.iter().filter(|row| row.action == "export_import").count(), 1);
    assert!(matches!(note_export(&zhao, "none").await, Err(Failure::NotFound)));
    assert!(matches!(super::super::batch(&zhao, "none").await, Err(Failure::NotFound)));
}
both!(nobody_but_an_administrator_of_the_province_sees_a_batch_and_nobody_sees_the_results_of_others);

async fn whoever_is_asked_to_agree_gets_the_file_as_it_came_and_each_time_is_written_down(house: House) {
    let (zhao, qian) = (administrator(&house).await, second(&house).await);
    let lines = [public(2, NUMBER, "30")];
    let batch = looked_at(&house, &zhao, ImportKind::Public, &lines).await;
    let has_file = async |who: &Visit| super::super::batch(&house.again(who).await, &batch.id).await.unwrap().has_file;
    let refused = async |who: &Visit| {
        let outcome = original(&house.again(who).await, &batch.id).await.map(drop);
        assert!(matches!(outcome, Err(Failure::Refused(Refusal::NotYours))), "{outcome:?}");
    };
    // Nothing is asked of the second one yet.
    assert!(!has_file(&qian).await);
    refused(&qian).await;
    acts(&house, &zhao, &batch.id, "apply").await.unwrap();
    assert!(has_file(&qian).await && has_file(&zhao).await);
    let (name, bytes) = original(&house.again(&qian).await, &batch.id).await.unwrap();
    assert_eq!((name.as_str(), bytes), ("名单.csv", format!("{lines:?}").into_bytes()), "as it was handed in");
    refused(&reviewer(&house, "430000", "李审核").await).await;
    let found = original(&house.again(&qian).await, "none").await.map(drop);
    assert!(matches!(found, Err(Failure::NotFound)), "{found:?}");
    acts(&house, &qian, &batch.id, "agree").await.unwrap();
    works(&house).await;
    // It is in effect: there is nothing to agree to any more.
    assert!(!has_file(&qian).await && has_file(&zhao).await);
    refused(&qian).await;
    let trail = house.services.db.read().await.unwrap().list_audit_of("import", &batch.id).await.unwrap();
    assert_eq!(trail.iter().filter(|row| row.action == "export_import_file").count(), 1);
}
both!(whoever_is_asked_to_agree_gets_the_file_as_it_came_and_each_time_is_written_down);
