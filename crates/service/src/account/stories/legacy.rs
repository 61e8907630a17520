//! `import-legacy`: what becomes of the rows of a file, a second time, in a trial run, and when it is undone.

use chrono::Duration;
use domain::account::legacy::{
    LegacyBreak, LegacyLine, LegacyOutcome, LegacyReason, LegacyResult, LegacyRow, LegacyWarning, NoMobile,
};
use domain::fault::Fault;
use domain::identity::DocumentKind;
use store::account::AccountRow;

use super::people::*;
use super::ways::PASSWORD_AFTER;
use crate::Failure;
use crate::account::{LegacyReport, import_legacy, undo_legacy};
use crate::testing::{House, both};

const LI: &str = "430111199003079980";

fn row(values: [&str; 5]) -> LegacyRow {
    let [name, document_number, mobile, certificate, bureau] = values.map(str::to_owned);
    LegacyRow { name, document_number, mobile, certificate, bureau, ..LegacyRow::default() }
}

/// The rows below the headings.
fn lines(rows: impl IntoIterator<Item = LegacyRow>) -> Vec<LegacyLine> {
    (2..).zip(rows).map(|(number, row)| LegacyLine::of(number, row)).collect()
}

fn imported(line: u64, warnings: &[LegacyWarning]) -> LegacyResult {
    LegacyResult { line, outcome: LegacyOutcome::Imported, warnings: warnings.to_vec() }
}

fn already(line: u64) -> LegacyResult {
    LegacyResult { line, outcome: LegacyOutcome::Already, warnings: Vec::new() }
}

fn refused(line: u64, reasons: Vec<LegacyReason>) -> LegacyResult {
    LegacyResult { line, outcome: LegacyOutcome::Refused(reasons), warnings: Vec::new() }
}

fn no_mobile(why: NoMobile) -> LegacyWarning {
    LegacyWarning::NoMobile(why)
}

fn number(n: u32) -> String {
    format!("430111900101{n:03}")
}

fn file() -> Vec<LegacyLine> {
    let mut file = lines([
        row(["张三丰", NUMBER, MOBILE, "2101-0088", "长沙市雨花区财政局"]),
        row(["李四", "430111900101001", "", "", "430111"]),
        row(["", "", " ", "", ""]),
        row(["王", "430111199003079989", "123", "", "沈阳市财政局"]),
        row(["赵六", NUMBER, "13800000009", "", "430111"]),
        row(["钱七", "430111900101002", "13800000002", "", "430111"]),
        row(["孙八", "430111900101003", "13800000002", "", "430111"]),
        row(["周九", "E12345678", "024-22704418", "", "430111"]),
        row(["", "", "", "", ""]),
    ]);
    file[8].broken = Some(LegacyBreak::Quote);
    file
}

async fn run(house: &House, rows: &[LegacyLine], is_trial: bool) -> LegacyReport {
    import_legacy(&house.services, "liaoning", b"the file", rows, is_trial).await.unwrap()
}

async fn of_number(house: &House, number: &str) -> Option<AccountRow> {
    let hash = house.services.vault.keyed_hash("document", number);
    house.services.db.read().await.unwrap().list_accounts_of_document("liaoning", &hash).await.unwrap().pop()
}

/// What becomes of [`file`], with what is said of a line that is good.
fn expected(good: impl Fn(u64, &[LegacyWarning]) -> LegacyResult) -> Vec<LegacyResult> {
    let at = |field: &str, fault| LegacyReason::Fault { field: field.into(), fault };
    let bad = vec![at("name", Fault::TooShort(2)), at("document_number", Fault::IdCheckDigit), at("bureau", Fault::NotInList)];
    let upgraded = LegacyWarning::Upgraded;
    vec![
        good(2, &[]),
        good(3, &[upgraded.clone(), no_mobile(NoMobile::Empty)]),
        refused(5, bad),
        refused(6, vec![LegacyReason::NumberTwice { row: 2 }]),
        good(7, &[upgraded.clone(), no_mobile(NoMobile::Shared { row: 8 })]),
        good(8, &[upgraded, no_mobile(NoMobile::Shared { row: 7 })]),
        good(9, &[LegacyWarning::KindOfShape(DocumentKind::Passport), no_mobile(NoMobile::Landline)]),
        refused(10, vec![LegacyReason::Line(LegacyBreak::Quote)]),
    ]
}

async fn good_rows_become_accounts_and_every_bad_row_is_told_with_all_its_reasons(house: House) {
    let house = house.of("liaoning", PASSWORD_AFTER);
    let report = run(&house, &file(), false).await;
    assert_eq!(report.rows, expected(imported));
    let (vault, zhang) = (&house.services.vault, of_number(&house, NUMBER).await.unwrap());
    assert_eq!((zhang.name.as_str(), zhang.password_hash.as_str(), zhang.document_kind.as_str()), ("张三丰", "", "resident_id"));
    assert_eq!(vault.open_text("account.mobile", zhang.id.as_str(), &zhang.mobile_sealed).unwrap(), MOBILE);
    let holder = house.services.db.read().await.unwrap().find_legacy_holder(&zhang.id).await.unwrap().unwrap();
    assert_eq!((Some(&holder.batch_id), holder.bureau.as_str()), (report.batch.as_ref(), "430111"));
    assert_eq!(vault.open_text("legacy.certificate", zhang.id.as_str(), &holder.certificate_sealed).unwrap(), "2101-0088");
    let li = of_number(&house, "430111199001010012").await.unwrap();
    assert_eq!(vault.open_text("account.mobile", li.id.as_str(), &li.mobile_sealed).unwrap(), "");
    assert!(house.services.db.verify_audit(&[]).await.unwrap().is_ok_and(|rows| rows >= 1));
}
both!(good_rows_become_accounts_and_every_bad_row_is_told_with_all_its_reasons);

async fn the_same_file_changes_nothing_the_second_time_and_a_trial_run_nothing_at_all(house: House) {
    let house = house.of("liaoning", PASSWORD_AFTER);
    let trial = run(&house, &file(), true).await;
    assert_eq!((trial.rows, trial.batch), (expected(imported), None));
    assert!(of_number(&house, NUMBER).await.is_none());
    let first = run(&house, &file(), false).await;
    let before = of_number(&house, NUMBER).await.unwrap();
    house.clock.forward(Duration::hours(1));
    let second = run(&house, &file(), false).await;
    assert_eq!((second.rows, second.batch), (expected(|line, _| already(line)), first.batch.clone()));
    // The same number in another file, with other words.
    let other = lines([row(["张三封", NUMBER, "13800000001", "x", "430102"])]);
    let third = import_legacy(&house.services, "liaoning", b"another file", &other, false).await.unwrap();
    assert_eq!((third.rows, third.batch), (vec![already(2)], None));
    assert_eq!(format!("{before:?}"), format!("{:?}", of_number(&house, NUMBER).await.unwrap()));
}
both!(the_same_file_changes_nothing_the_second_time_and_a_trial_run_nothing_at_all);

async fn an_import_that_was_interrupted_goes_on_in_pieces_of_five_hundred(house: House) {
    let house = house.of("liaoning", PASSWORD_AFTER);
    let rows = lines((1..=620).map(|n| row(["张三", &number(n), "", "", "430111"])));
    let first = run(&house, &rows[..510], false).await;
    let whole = run(&house, &rows, false).await;
    assert_eq!(first.batch, whole.batch);
    let count = |wanted: LegacyOutcome| whole.rows.iter().filter(|row| row.outcome == wanted).count();
    assert_eq!((count(LegacyOutcome::Already), count(LegacyOutcome::Imported)), (510, 110));
    let undone = undo_legacy(&house.services, &whole.batch.unwrap()).await.unwrap();
    assert_eq!((undone.removed, undone.kept.len()), (620, 0));
}
both!(an_import_that_was_interrupted_goes_on_in_pieces_of_five_hundred);

async fn a_telephone_of_somebody_else_is_left_out_and_a_registered_person_is_left_alone(house: House) {
    let house = house.of("liaoning", PASSWORD_AFTER);
    let browser = Browser::new(&house, "203.0.113.1").await;
    let mut form = browser.filled(NUMBER, MOBILE).await;
    (form.password, form.password_again) = (String::new(), String::new());
    crate::account::register_before_password(&browser.visit().await, &form).await.unwrap();
    let rows =
        lines([row(["张三丰", NUMBER, "13800000001", "", "430111"]), row(["李四", "430111199001010012", MOBILE, "", "430111"])]);
    let trial = run(&house, &rows, true).await;
    let report = run(&house, &rows, false).await;
    assert_eq!(report.rows, [already(2), imported(3, &[no_mobile(NoMobile::Taken)])]);
    assert_eq!(trial.rows, report.rows);
    let (vault, li) = (&house.services.vault, of_number(&house, "430111199001010012").await.unwrap());
    assert_eq!(vault.open_text("account.mobile", li.id.as_str(), &li.mobile_sealed).unwrap(), "");
}
both!(a_telephone_of_somebody_else_is_left_out_and_a_registered_person_is_left_alone);

async fn an_import_is_undone_but_for_those_who_have_entered(house: House) {
    let house = house.of("liaoning", PASSWORD_AFTER);
    let rows = lines([
        row(["张三丰", NUMBER, MOBILE, "", "430111"]),
        row(["李四", "430111900101001", "", "", "430111"]),
        row(["王五", "430111900101002", "13800000001", "", "430111"]),
    ]);
    let batch = run(&house, &rows, false).await.batch.unwrap();
    let zhang = of_number(&house, NUMBER).await.unwrap().id;
    let account = zhang.clone();
    let now = house.services.now();
    let write = house
        .services
        .db
        .write(move |tx| Box::pin(async move { tx.save_password(&account, "$argon2id$", now).await.map_err(Failure::from) }));
    write.await.unwrap();
    let undone = undo_legacy(&house.services, &batch).await.unwrap();
    assert_eq!((undone.removed, undone.kept), (2, vec![zhang.clone()]));
    assert!(of_number(&house, "430111199001010012").await.is_none() && of_number(&house, NUMBER).await.is_some());
    let again = undo_legacy(&house.services, &batch).await.unwrap();
    assert_eq!((again.removed, again.kept), (0, vec![zhang]));
    // The file can be imported once more, as an import of its own.
    let anew = run(&house, &rows, false).await;
    let outcomes: Vec<_> = anew.rows.into_iter().map(|row| row.outcome).collect();
    assert_eq!(outcomes, [LegacyOutcome::Already, LegacyOutcome::Imported, LegacyOutcome::Imported]);
    assert_ne!(anew.batch.unwrap(), batch);
}
both!(an_import_is_undone_but_for_those_who_have_entered);

async fn an_account_that_something_else_speaks_of_stays_and_the_others_go(house: House) {
    let house = house.of("liaoning", PASSWORD_AFTER);
    let rows = lines((1..=3).map(|n| row(["张三", &number(n), "", "", "430111"])));
    let batch = run(&house, &rows, false).await.batch.unwrap();
    let told = of_number(&house, "430111199001010012").await.unwrap().id;
    let message = store::notify::message::MessageRow {
        id: "m".into(),
        account_id: told.clone(),
        case_id: None,
        title: "x".into(),
        body: "x".into(),
        at: house.services.now(),
        read_at: None,
    };
    let write =
        house.services.db.write(move |tx| Box::pin(async move { tx.insert_message(&message).await.map_err(Failure::from) }));
    write.await.unwrap();
    let undone = undo_legacy(&house.services, &batch).await.unwrap();
    assert_eq!((undone.removed, undone.kept), (2, vec![told]));
}
both!(an_account_that_something_else_speaks_of_stays_and_the_others_go);

async fn a_province_without_such_holders_and_an_unknown_import_are_not_there(house: House) {
    let rows = file();
    assert!(matches!(import_legacy(&house.services, "hunan", b"f", &rows, false).await, Err(Failure::NotFound)));
    assert!(matches!(import_legacy(&house.services, "atlantis", b"f", &rows, false).await, Err(Failure::NotFound)));
    assert!(matches!(undo_legacy(&house.services, "x").await, Err(Failure::NotFound)));
    let house = house.of("liaoning", PASSWORD_AFTER);
    assert!(of_number(&house, LI).await.is_none());
}
both!(a_province_without_such_holders_and_an_unknown_import_are_not_there);
