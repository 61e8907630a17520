//! A pass that the province imported and one that is asked for by an application are the same, and are booked once.

use domain::import::{ImportKind, ImportLine};
use domain::learning::Credits;

use super::*;
use crate::import::stories::in_effect;
use crate::testing::both;

const EXAM: &[(&str, &str)] = &[("option", "intermediate"), ("subject", "中级会计实务"), ("published_on", "2026-10-25")];

fn pass() -> ImportLine {
    let cells =
        ["张三", "", "430111199003079988", "中级会计专业技术资格考试", "", "中级会计实务", "2026", "合格", "", "2026-10-25"];
    ImportLine::of(2, &cells)
}

async fn what_was_imported_is_not_converted_once_more(house: House) {
    let visit = collected(&house).await;
    let id = ready(&visit, "exam", EXAM).await;
    in_effect(&house, ImportKind::Exam, &[pass()]).await;
    let is_same = |why: &NotConverted| matches!(why, NotConverted::Same { case, .. } if case.as_str().is_empty());
    assert!(view(&visit, &id).await.obstacle.as_ref().is_some_and(is_same));
    match hand_in(&visit, &id).await {
        Err(Failure::Refused(Refusal::Conversion(why))) => assert!(is_same(&why), "{why:?}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(ledger(&house, &visit).await.iter().map(|entry| entry.amount).sum::<Credits>(), Credits::whole(90));
}
both!(what_was_imported_is_not_converted_once_more);

async fn an_import_books_nothing_for_what_waits_as_an_application(house: House) {
    let visit = collected(&house).await;
    let id = ready(&visit, "exam", EXAM).await;
    hand_in(&visit, &id).await.unwrap();
    in_effect(&house, ImportKind::Exam, &[pass()]).await;
    assert!(ledger(&house, &visit).await.is_empty());
    let shown = crate::import::exams(&visit).await.unwrap();
    assert_eq!((shown.lines.len(), shown.lines[0].credits), (1, None), "the result is shown all the same");
    approve(&house, &id).await.unwrap();
    assert_eq!(ledger(&house, &visit).await.len(), 1);
}
both!(an_import_books_nothing_for_what_waits_as_an_application);
