//! What a file does, and how it is taken back.

use domain::case::Refusal;
use domain::fault::Fault;
use domain::import::ImportOutcome;
use domain::learning::{Source, SourceKind, Subject};

use super::*;
use crate::account::stories::is_fault;
use crate::school::stories as schools;
use crate::testing::both;

fn four_rows() -> Vec<ImportLine> {
    // One of somebody who has an account, one of somebody who has none, one that stands twice, one that is wrong.
    vec![public(2, NUMBER, "30"), public(3, OTHER, "30"), public(4, NUMBER, "30"), public(5, NUMBER, "many")]
}

async fn a_file_takes_effect_when_another_administrator_agrees_and_not_a_row_of_it_before(house: House) {
    let (zhang, zhao, qian) = (zhang_san(&house).await, administrator(&house).await, second(&house).await);
    let batch = looked_at(&house, &zhao, ImportKind::Public, &four_rows()).await;
    let view = seen(&house, &batch.id).await;
    assert_eq!((view.line.stage, view.rows), (ImportStage::Checked, (4, 4)));
    let counts = view.counts;
    assert_eq!((counts.ready, counts.later, counts.repeated, counts.refused), (1, 1, 1, 1));
    let said: Vec<_> = view.said.iter().map(|row| (row.line, row.outcome, row.reasons.clone())).collect();
    let wrong = ImportReason::Fault { field: "credits".into(), fault: Fault::NotAnAmount };
    let expected =
        [(4, ImportOutcome::Repeated, vec![ImportReason::Twice { line: 2 }]), (5, ImportOutcome::Refused, vec![wrong])];
    assert_eq!(said, expected);
    assert!(view.said.iter().all(|row| row.number == "430111********9988"));
    acts(&house, &zhao, &batch.id, "apply").await.unwrap();
    assert!(matches!(acts(&house, &zhao, &batch.id, "agree").await, Err(Failure::Refused(Refusal::NotYours))));
    works(&house).await;
    assert!(ledger(&house, &zhang).await.is_empty(), "nothing before another one agrees");
    let stale = super::super::act(&house.again(&qian).await, &batch.id, ("agree", "1")).await;
    assert!(matches!(stale, Err(Failure::Stale)));
    acts(&house, &qian, &batch.id, "agree").await.unwrap();
    assert!(ledger(&house, &zhang).await.is_empty(), "agreed, and not yet done");
    works(&house).await;
    let entries = ledger(&house, &zhang).await;
    assert_eq!(entries.len(), 1);
    let entry = &entries[0];
    assert_eq!((entry.year, entry.subject, entry.amount), (2026, Subject::Public, Credits::whole(30)));
    assert_eq!(entry.source, Source { kind: SourceKind::Import, id: format!("{}:2", batch.id) });
    assert_eq!(
        (entry.rule.as_str(), entry.arithmetic.as_str()),
        ("public/2019", "公需科目：30 学分，完成日期 2026-06-01，公需课")
    );
    let view = seen(&house, &batch.id).await;
    assert_eq!(
        (view.line.stage, view.settled, view.acts.as_slice()),
        (ImportStage::Complete, 4, &[domain::import::ImportAct::Undo][..])
    );
    let told = house.sms.0.lock().unwrap().len();
    while crate::notify::deliver(&house.services).await.unwrap() > 0 {}
    assert!(house.sms.0.lock().unwrap().len() >= told);
    assert!(house.services.db.verify_audit(&[]).await.unwrap().is_ok());
}
both!(a_file_takes_effect_when_another_administrator_agrees_and_not_a_row_of_it_before);

async fn the_same_file_with_the_same_key_is_one_batch_and_its_rows_in_another_file_have_no_second_effect(house: House) {
    let (zhang, zhao) = (zhang_san(&house).await, administrator(&house).await);
    in_effect(&house, ImportKind::Public, &[public(2, NUMBER, "30")]).await;
    // The same row in a file of another name.
    let more = [public(2, OTHER, "10"), public(7, NUMBER, "30")];
    let second = looked_at(&house, &zhao, ImportKind::Public, &more).await;
    let view = seen(&house, &second.id).await;
    assert_eq!((view.counts.later, view.counts.repeated), (1, 1));
    assert_eq!(view.said[0].reasons, [ImportReason::Imported]);
    assert_eq!(sum(&ledger(&house, &zhang).await), Credits::whole(30));

    // What was handed in and is not read yet.
    let first = handed(&house.again(&zhao).await, ImportKind::Public, "2026-06", "a").await.unwrap();
    let again = handed(&house.again(&zhao).await, ImportKind::Public, " 2026-06 ", "a").await.unwrap();
    assert_eq!(first.id, again.id);
    assert_ne!(handed(&house.again(&zhao).await, ImportKind::History, "2026-06", "a").await.unwrap().id, first.id);
    let other = handed(&house.again(&zhao).await, ImportKind::Public, "2026-06", "b").await;
    assert!(is_fault(&other, "key", &Fault::DuplicateRow));
    assert!(is_fault(&handed(&house.again(&zhao).await, ImportKind::Public, "x", "").await, "file", &Fault::FileMissing));
}
both!(the_same_file_with_the_same_key_is_one_batch_and_its_rows_in_another_file_have_no_second_effect);

async fn two_files_with_one_row_that_were_looked_at_before_either_took_effect_book_it_once(house: House) {
    let (zhang, zhao, qian) = (zhang_san(&house).await, administrator(&house).await, second(&house).await);
    let one = looked_at(&house, &zhao, ImportKind::Public, &[public(2, NUMBER, "30")]).await;
    let other = looked_at(&house, &zhao, ImportKind::Public, &[public(9, NUMBER, "30")]).await;
    for batch in [&one, &other] {
        acts(&house, &zhao, &batch.id, "apply").await.unwrap();
        acts(&house, &qian, &batch.id, "agree").await.unwrap();
    }
    works(&house).await;
    assert_eq!(sum(&ledger(&house, &zhang).await), Credits::whole(30));
    assert_eq!(seen(&house, &other.id).await.counts.repeated, 1);
}
both!(two_files_with_one_row_that_were_looked_at_before_either_took_effect_book_it_once);

async fn a_batch_is_taken_back_by_reversals_and_its_rows_may_come_again(house: House) {
    let zhang = zhang_san(&house).await;
    let batch = in_effect(&house, ImportKind::Public, &[public(2, NUMBER, "30"), public(3, OTHER, "30")]).await;
    taken_back(&house, &batch.id).await;
    let entries = ledger(&house, &zhang).await;
    assert_eq!((entries.len(), sum(&entries)), (2, Credits::ZERO));
    let reversal = entries.iter().find(|entry| entry.reverses.is_some()).unwrap();
    assert_eq!(reversal.arithmetic, format!("公需科目学分批次“{}”已撤销", seen(&house, &batch.id).await.line.key));
    assert_eq!(seen(&house, &batch.id).await.line.stage, ImportStage::Undone);
    // Nothing is taken back twice, and who comes later gets nothing of it.
    undo(&house.services, &batch.id, true).await.unwrap();
    assert_eq!(ledger(&house, &zhang).await.len(), 2);
    let corrected = in_effect(&house, ImportKind::Public, &[public(2, NUMBER, "20"), public(3, OTHER, "20")]).await;
    assert_eq!(seen(&house, &corrected.id).await.counts.ready, 1);
    assert_eq!(sum(&ledger(&house, &zhang).await), Credits::whole(20));
    assert!(house.services.db.verify_audit(&[]).await.unwrap().is_ok());
}
both!(a_batch_is_taken_back_by_reversals_and_its_rows_may_come_again);

async fn a_year_that_an_import_completes_is_certified_and_the_certificate_goes_with_it(house: House) {
    let zhang = zhang_san(&house).await;
    let standing = async || {
        let mut reader = house.services.db.read().await.unwrap();
        reader.find_standing_certificate(zhang.account().unwrap(), 2026).await.unwrap()
    };
    let batch = in_effect(&house, ImportKind::Exam, &[exam(2, NUMBER, "中级会计实务")]).await;
    assert_eq!(ledger(&house, &zhang).await[0].arithmetic, "考试折算：中级会计专业技术资格考试 90 学分");
    assert_eq!(standing().await.unwrap().total, 9000);
    taken_back(&house, &batch.id).await;
    assert!(standing().await.is_none());
}
both!(a_year_that_an_import_completes_is_certified_and_the_certificate_goes_with_it);

async fn credits_of_a_school_fit_an_enrolment_and_are_no_more_than_it_has_left(house: House) {
    let zhao = schools::administrator(&house).await;
    let school = schools::school(&house, &zhao, "aa").await;
    let visit = schools::collected(&house).await;
    schools::enrolled(&visit, &school, "2026").await;
    let row = |number: u64, school: &str, credits: &str, on: &str, id: &str| {
        ImportLine::of(number, &["张三", "", NUMBER, school, "2026", "专业科目", credits, on, id])
    };
    let lines = [
        row(2, "aa网校", "60", "2026-11-18", "1"),
        row(3, "AA", "20", "2026-11-18", "2"),
        row(4, "aa", "20", "2026-11-18", "3"),
        row(5, "bb", "1", "2026-11-18", "4"),
        row(6, "aa", "1", "2026-06-01", "5"),
        row(7, "aa", "60", "2026-11-18", "1"),
    ];
    let batch = in_effect(&house, ImportKind::School, &lines).await;
    let view = seen(&house, &batch.id).await;
    for (line, reason) in [
        (4, ImportReason::AboveEnrolled),
        (5, ImportReason::NoSchool),
        (6, ImportReason::BeforeEnrolment),
        (7, ImportReason::Twice { line: 2 }),
    ] {
        let row = view.said.iter().find(|row| row.line == line).unwrap();
        assert!(row.reasons.contains(&reason), "{line}: {:?}", row.reasons);
    }
    assert_eq!(view.said.len(), 4);
    let entries = ledger(&house, &visit).await;
    assert_eq!(sum(&entries), Credits::whole(80));
    assert!(entries.iter().all(|entry| entry.arithmetic == "网络培训：aa网校报送，学完日期 2026-11-18"));
    // What is imported counts at the enrolment, for the interface as well.
    let mut reader = house.services.db.read().await.unwrap();
    assert_eq!(reader.list_enrolments(visit.account().unwrap()).await.unwrap()[0].booked, 8000);
    drop(reader);
    // Of a file in which nothing fits nothing is applied.
    let more = [row(2, "aa", "11", "2026-11-18", "9")];
    let more = looked_at(&house, &administrator(&house).await, ImportKind::School, &more).await;
    assert_eq!(seen(&house, &more.id).await.said[0].reasons, [ImportReason::AboveEnrolled]);
    assert_eq!(sum(&ledger(&house, &visit).await), Credits::whole(80));
}
both!(credits_of_a_school_fit_an_enrolment_and_are_no_more_than_it_has_left);
