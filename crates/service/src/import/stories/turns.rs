//! Servers that are killed in the middle, and two of them at once.

use chrono::Duration;
use domain::case::Refusal;
use futures::future::join;

use super::*;
use crate::testing::both;

/// So many rows about so many people, of whom none has an account.
fn many(count: u64) -> Vec<ImportLine> {
    let line = |nth: u64| {
        let mut number = format!("11010519491231{nth:03}");
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let sum: u32 = number.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        number.push(char::from(b"10X98765432"[(sum % 11) as usize]));
        public(nth + 2, &number, "30")
    };
    (0..count).map(line).collect()
}

async fn a_server_that_is_killed_in_the_middle_is_followed_by_one_that_goes_on(house: House) {
    let zhao = administrator(&house).await;
    let lines = many(990);
    let batch = handed(&zhao, ImportKind::Public, "", "many").await.unwrap();
    let sized = sized(&house.services, &batch.id, lines.len()).await.unwrap();
    // The first one notes one part, and is gone.
    assert_eq!(stage(&house.services, &sized, 0, lines[..PART].to_vec()).await.unwrap(), 500);
    checked(&house.services, &batch.id).await.unwrap();
    assert_eq!(seen(&house, &batch.id).await.line.stage, ImportStage::Checking, "half of it is not all of it");
    // What it had in hand when it died changes nothing.
    assert_eq!(stage(&house.services, &sized, 0, lines[..PART].to_vec()).await.unwrap(), 500);
    noted(&house, &batch, &lines).await;
    let view = seen(&house, &batch.id).await;
    assert_eq!((view.line.stage, view.rows, view.counts.later), (ImportStage::Checked, (990, 990), 990));
    let rows = house.services.db.read().await.unwrap().list_import_rows(&batch.id, 0, 2000).await.unwrap();
    let places: Vec<_> = rows.iter().map(|row| (row.place, row.line)).collect();
    assert_eq!(places, (0..990).map(|place| (place, place + 2)).collect::<Vec<_>>());
}
both!(a_server_that_is_killed_in_the_middle_is_followed_by_one_that_goes_on);

async fn two_servers_at_once_note_each_row_once_and_let_a_batch_take_effect_once(house: House) {
    let (zhang, zhao, qian) = (zhang_san(&house).await, administrator(&house).await, second(&house).await);
    let mut lines = many(700);
    lines.push(public(900, NUMBER, "30"));
    let batch = handed(&zhao, ImportKind::Public, "", "many").await.unwrap();
    join(noted(&house, &batch, &lines), noted(&house, &batch, &lines)).await;
    let view = seen(&house, &batch.id).await;
    assert_eq!((view.rows, view.counts.later, view.counts.ready), ((701, 701), 700, 1));
    acts(&house, &zhao, &batch.id, "apply").await.unwrap();
    acts(&house, &qian, &batch.id, "agree").await.unwrap();
    let (one, other) = join(apply(&house.services, &batch.id, false), apply(&house.services, &batch.id, false)).await;
    one.unwrap();
    other.unwrap();
    assert_eq!(ledger(&house, &zhang).await.len(), 1);
    works(&house).await;
    acts(&house, &qian, &batch.id, "undo").await.unwrap();
    acts(&house, &zhao, &batch.id, "agree").await.unwrap();
    let (one, other) = join(undo(&house.services, &batch.id, false), undo(&house.services, &batch.id, false)).await;
    one.unwrap();
    other.unwrap();
    assert_eq!(ledger(&house, &zhang).await.len(), 2);
    assert!(house.services.db.verify_audit(&[]).await.unwrap().is_ok());
}
both!(two_servers_at_once_note_each_row_once_and_let_a_batch_take_effect_once);

async fn one_server_has_the_turn_until_it_is_gone(house: House) {
    let zhao = administrator(&house).await;
    let batch = handed(&zhao, ImportKind::Public, "", "x").await.unwrap();
    let work = async |holder: &str| go_on(&house.services, batch.clone(), holder).await.unwrap();
    assert!(matches!(work("one").await, Work::Read(row) if row.id == batch.id));
    assert!(matches!(work("two").await, Work::None));
    house.clock.forward(Duration::seconds(6));
    assert!(keep(&house.services, &batch.id, "one").await.unwrap());
    house.clock.forward(Duration::seconds(6));
    assert!(matches!(work("two").await, Work::None), "the first one is still at it");
    house.clock.forward(Duration::seconds(11));
    assert!(matches!(work("two").await, Work::Read(_)));
    assert!(!keep(&house.services, &batch.id, "one").await.unwrap());
    let bytes = file(&house.services, &batch).await.unwrap();
    assert_eq!(bytes, b"x", "what was handed in is there for whoever goes on");
}
both!(one_server_has_the_turn_until_it_is_gone);

async fn an_administrator_hands_in_sixty_files_a_day_and_not_more(house: House) {
    let zhao = administrator(&house).await;
    for nth in 0..60 {
        handed(&house.again(&zhao).await, ImportKind::Public, "", &format!("{nth}")).await.unwrap();
    }
    let more = handed(&house.again(&zhao).await, ImportKind::Public, "", "more").await;
    assert!(matches!(more, Err(Failure::Refused(Refusal::TooOften { .. }))), "{more:?}");
    // What is wrong with a form is told all the same, and nothing of it is kept.
    let wrong = handed(&house.again(&zhao).await, ImportKind::Public, "", "").await;
    assert!(matches!(wrong, Err(Failure::Invalid(_))), "{wrong:?}");
    handed(&second(&house).await, ImportKind::Public, "", "of another one").await.unwrap();
}
both!(an_administrator_hands_in_sixty_files_a_day_and_not_more);

async fn a_file_that_is_no_table_says_why_and_is_put_aside(house: House) {
    let zhao = administrator(&house).await;
    let batch = handed(&zhao, ImportKind::Public, "", "x").await.unwrap();
    unreadable(&house.services, &batch.id, "这是图片，不是表格").await.unwrap();
    let view = seen(&house, &batch.id).await;
    assert_eq!((view.line.stage, view.note.as_str()), (ImportStage::Unreadable, "这是图片，不是表格"));
    assert!(matches!(acts(&house, &zhao, &batch.id, "apply").await, Err(Failure::Stale)));
    acts(&house, &zhao, &batch.id, "drop").await.unwrap();
    assert_eq!(seen(&house, &batch.id).await.line.stage, ImportStage::Dropped);
}
both!(a_file_that_is_no_table_says_why_and_is_put_aside);

async fn a_thousand_rows_take_few_statements_and_what_the_operator_imports_needs_nobody_else(house: House) {
    let lines = many(990);
    let handed = Handed { kind: "public", key: "", name: "x.csv", bytes: b"many".to_vec() };
    let batch = by_operator(&house.services, "hunan", handed).await.unwrap();
    let before = house.services.db.traffic().statements();
    noted(&house, &batch, &lines).await;
    apply(&house.services, &batch.id, true).await.unwrap();
    let statements = house.services.db.traffic().statements() - before;
    assert!(statements < 300, "{statements} statements for 990 rows");
    assert_eq!(seen(&house, &batch.id).await.line.stage, ImportStage::Complete);
    // What an administrator handed in waits for another one, whoever runs the server.
    let zhao = administrator(&house).await;
    let own = looked_at(&house, &zhao, ImportKind::Public, &many(3)).await;
    assert!(matches!(apply(&house.services, &own.id, true).await, Err(Failure::Stale)));
}
both!(a_thousand_rows_take_few_statements_and_what_the_operator_imports_needs_nobody_else);

async fn a_trial_tells_what_would_become_of_every_row_and_writes_nothing(house: House) {
    let zhang = zhang_san(&house).await;
    let mut lines = vec![public(2, NUMBER, "30")];
    lines.extend(many(PART as u64).into_iter().map(|line| ImportLine { number: line.number + 1, ..line }));
    lines.push(public(900, NUMBER, "30"));
    let (mut rows, mut seen) = (Vec::new(), Seen::default());
    let writes = house.services.db.traffic().writes();
    for part in lines.chunks(PART) {
        rows.extend(look(&house.services, ("hunan", ImportKind::Public), part, &mut seen).await.unwrap());
    }
    assert_eq!(house.services.db.traffic().writes(), writes);
    let count = |outcome| rows.iter().filter(|row| row.outcome == outcome).count();
    use domain::import::ImportOutcome::{Later, Ready, Repeated};
    assert_eq!((count(Ready), count(Later), count(Repeated)), (1, PART, 1));
    assert_eq!(rows.last().unwrap().reasons, [ImportReason::Twice { line: 2 }], "also when it stands in another part");
    assert!(ledger(&house, &zhang).await.is_empty());
}
both!(a_trial_tells_what_would_become_of_every_row_and_writes_nothing);
