//! A pass that the province imported and one that is asked for by an application are the same, and are booked once.

use domain::import::{ImportCell, ImportKind, ImportLine};
use domain::learning::Credits;

use super::*;
use crate::import::link_again;
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

async fn what_was_converted_under_another_name_is_not_booked_once_more_when_the_name_is_corrected(house: House) {
    // Of the pass nobody has an account, when it is imported.
    in_effect(&house, ImportKind::Exam, &[ImportLine { cells: named("张三丰", &pass()), ..pass() }]).await;
    let visit = collected(&house).await;
    assert!(ledger(&house, &visit).await.is_empty(), "it is another name");
    let id = ready(&visit, "exam", EXAM).await;
    hand_in(&visit, &id).await.unwrap();
    approve(&house, &id).await.unwrap();
    let (services, account) = (house.services.clone(), visit.account().unwrap().clone());
    let written = house.services.db.write(move |tx| {
        Box::pin(async move {
            tx.save_name(&account, "张三丰", services.now()).await?;
            link_again(tx, &services, &account).await
        })
    });
    written.await.unwrap();
    assert_eq!(ledger(&house, &visit).await.iter().map(|entry| entry.amount).sum::<Credits>(), Credits::whole(90));
    assert_eq!(crate::import::exams(&visit).await.unwrap().lines.len(), 1, "the result is theirs all the same");
}
both!(what_was_converted_under_another_name_is_not_booked_once_more_when_the_name_is_corrected);

/// The same cells with another 姓名.
fn named(name: &str, line: &ImportLine) -> Vec<ImportCell> {
    let mut cells = line.cells.clone();
    cells[0].text = name.into();
    cells
}
