//! What must hold of the ledger of credits on SQLite and on PostgreSQL alike.
#![expect(clippy::expect_used, reason = "a test whose ground gives way has failed")]

use chrono::{DateTime, Utc};
use domain::case::CaseKind;
use domain::id::{AccountId, EntryId};
use domain::learning::{CreditEntry, Credits, Source, SourceKind, Subject, Sums};
use store::account::AccountRow;
use store::archive::RecordRow;
use store::case::file::CaseRow;
use store::school::SchoolRow;
use store::school::batch::{BatchRow, Tally};
use store::school::enrolment::EnrolmentRow;
use store::school::report::{Booking, Part, ReportRow};
use store::{Db, StoreError, testing};

const PERSON: &str = "account-1";

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_764_000_000, 0).expect("an instant")
}

fn entry(id: &str, source: &str, year: i32, credits: u32) -> CreditEntry {
    CreditEntry {
        id: id.into(),
        year,
        subject: Subject::Professional,
        amount: Credits::whole(credits),
        source: Source { kind: SourceKind::Conversion, id: source.to_owned() },
        rule: "paper/2019".to_owned(),
        arithmetic: format!("论文折算：独立作者 {credits} 学分"),
        decided: "出版日期：2026年9月".to_owned(),
        booked_by: "staff-1".to_owned(),
        booked_at: at(),
        reverses: None,
    }
}

fn reversal(entries: &[CreditEntry], id: &str, new: &str) -> CreditEntry {
    let first = EntryId::from(id);
    CreditEntry::reversing(entries, &first, new.into(), ("staff-2", at(), "证明材料不实")).expect("a row to take back")
}

fn person() -> AccountRow {
    AccountRow {
        id: PERSON.into(),
        province: "hunan".into(),
        document_kind: "passport".into(),
        document_hash: vec![1; 32],
        document_sealed: vec![1],
        name: "张三丰".into(),
        username: String::new(),
        mobile_hash: vec![2; 32],
        mobile_sealed: vec![2],
        email_sealed: None,
        password_hash: String::new(),
        failed_logins: 0,
        version: 1,
        created_at: at(),
        updated_at: at(),
        signed_in_at: at(),
    }
}

async fn with_person(db: &Db) {
    let row = person();
    let written = db.write::<_, StoreError, _>(move |tx| Box::pin(async move { tx.insert_account(&row).await }));
    written.await.expect("an account");
}

async fn book(db: &Db, entry: CreditEntry) -> bool {
    let written =
        db.write::<_, StoreError, _>(move |tx| Box::pin(async move { tx.book_credit(&PERSON.into(), "hunan", &entry).await }));
    written.await.expect("a write")
}

/// The case that every version of the record of the person comes from here.
async fn with_case(db: &Db) {
    let case = CaseRow::new("record-case".into(), CaseKind::Intake, &person(), 1, at());
    let written = db.write::<_, StoreError, _>(move |tx| Box::pin(async move { tx.insert_case(&case).await }));
    written.await.expect("a case");
}

/// The record of the person goes to a bureau.
async fn record_at(db: &Db, bureau: &str) {
    let row = RecordRow {
        id: format!("record-{bureau}"),
        account_id: PERSON.into(),
        province: "hunan".into(),
        bureau: bureau.into(),
        version: 0,
        is_current: true,
        case_id: "record-case".into(),
        body_sealed: vec![1],
        employer_hash: None,
        created_at: at(),
    };
    let written = db.write::<_, StoreError, _>(move |tx| Box::pin(async move { tx.add_record(&row).await }));
    written.await.expect("a record");
}

/// A row that a school reports of the person is noted, and booked.
async fn report(db: &Db) {
    let school = SchoolRow {
        id: "school-1".into(),
        province: "hunan".into(),
        code: "aa".into(),
        name: "甲网校".into(),
        intro: String::new(),
        fees: String::new(),
        site: "https://aa.example.com/".into(),
        entry: "https://aa.example.com/login".into(),
        phone: "0731-85000001".into(),
        years: "2026".into(),
        ranges: String::new(),
        version: 1,
        updated_by: "staff-1".into(),
        updated_at: at(),
    };
    let enrolment = EnrolmentRow {
        id: "enrolment-1".into(),
        account_id: PERSON.into(),
        province: "hunan".into(),
        school_id: school.id.clone(),
        year: 2026,
        place: 0,
        learner: "LLLLLLLLLLLLLLLLLLLLLL".into(),
        credits: 9000,
        change_no: 1,
        enrolled_at: at(),
        ended_at: None,
        name: String::new(),
        booked: 0,
    };
    let batch = BatchRow {
        id: "batch-1".into(),
        school_id: school.id.clone(),
        request_key: "first".into(),
        body_hash: vec![1],
        size: 1,
        decided: 0,
        received_at: at(),
        received_on: at().date_naive(),
        tally: Tally::default(),
        kept_until: at().date_naive(),
    };
    let row = ReportRow {
        place: 0,
        row_id: "r-1".into(),
        entry_id: "e-school".into(),
        enrolment_id: Some(enrolment.id.clone()),
        year: 2026,
        subject: "professional".into(),
        amount: 3000,
        completed_on: "2026-09-30".into(),
        outcome: "booked".into(),
        field: String::new(),
        cause: String::new(),
        learner: String::new(),
        name_mark: String::new(),
        answer: String::new(),
    };
    let written = db.write::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            tx.insert_school(&school).await?;
            tx.insert_enrolment(&enrolment).await?;
            tx.insert_batch(&batch).await?;
            tx.insert_reports((&batch.id, &school.id), &[row]).await?;
            let how = Booking { year: 2026, rule: "school/2019", arithmetic: "学完日期 ", at: at() };
            tx.book_reported_credits(Part { batch: &batch.id, from: 0, to: 1 }, how).await
        })
    });
    assert_eq!(written.await.expect("a write"), 1);
}

async fn entries(db: &Db) -> Vec<CreditEntry> {
    db.read().await.expect("a reader").list_credits(&AccountId::from(PERSON)).await.expect("the rows")
}

async fn a_source_books_once_and_what_is_read_is_what_was_booked(db: Db) {
    with_person(&db).await;
    let first = CreditEntry { amount: Credits::of_hundredths(750), ..entry("e1", "case-1", 2026, 0) };
    assert!(book(&db, first.clone()).await);
    assert!(!book(&db, entry("e2", "case-1", 2025, 90)).await, "the same source, whatever it says now");
    let school = CreditEntry { source: Source { kind: SourceKind::School, id: "case-1".into() }, ..entry("e3", "", 2025, 30) };
    assert!(book(&db, school.clone()).await, "the same word of another kind of source");
    assert_eq!(entries(&db).await, [first.clone(), school.clone()]);
    let mut reader = db.read().await.expect("a reader");
    let of_year = reader.list_credits_of_year(&PERSON.into(), 2025).await.expect("the rows");
    assert_eq!(of_year, [school]);
    assert_eq!(reader.find_credit_of_source(&first.source).await.expect("a row"), Some(first));
}

async fn what_is_taken_back_is_taken_back_once_and_its_source_books_nothing_any_more(db: Db) {
    with_person(&db).await;
    book(&db, entry("e1", "case-1", 2026, 30)).await;
    let back = reversal(&entries(&db).await, "e1", "e2");
    assert!(book(&db, back.clone()).await);
    assert!(!book(&db, CreditEntry { id: "e3".into(), ..back }).await, "a second time");
    assert!(!book(&db, entry("e4", "case-1", 2026, 30)).await, "its source has booked");
    let rows = entries(&db).await;
    assert_eq!((rows.len(), Sums::of(&rows, 2026)), (2, Sums::default()));
}

async fn fifty_bookings_and_reversals_at_once_have_one_effect(db: Db) {
    with_person(&db).await;
    let at_once = async |of: Vec<CreditEntry>| {
        let tasks: Vec<_> = of
            .into_iter()
            .map(|entry| {
                let db = db.clone();
                tokio::spawn(async move { book(&db, entry).await })
            })
            .collect();
        let mut added = 0;
        for task in tasks {
            added += u32::from(task.await.expect("a task"));
        }
        added
    };
    assert_eq!(at_once((0..50).map(|n| entry(&format!("e{n}"), "case-1", 2026, 30)).collect()).await, 1);
    let rows = entries(&db).await;
    assert_eq!(Sums::of(&rows, 2026).total, Credits::whole(30));
    let id = rows.first().expect("a row").id.to_string();
    assert_eq!(at_once((0..50).map(|n| reversal(&rows, &id, &format!("r{n}"))).collect()).await, 1);
    assert_eq!(Sums::of(&entries(&db).await, 2026), Sums::default());
}

async fn a_row_cannot_be_changed_replaced_or_deleted((db, url): (Db, String)) {
    with_person(&db).await;
    book(&db, entry("e1", "case-1", 2026, 30)).await;
    for harm in ["UPDATE credit_entry SET amount = 9000", "DELETE FROM credit_entry"] {
        assert!(testing::tamper(&url, harm).await.is_err(), "{harm}");
    }
    if url.starts_with("sqlite:") {
        const REPLACE: &str =
            "INSERT OR REPLACE INTO credit_entry SELECT id, account_id, province, year, subject, 9000, source_kind,
            source_id, rule, arithmetic, booked_by, booked_at, reverses, decided, bureau FROM credit_entry";
        const BY_SOURCE: &str = "INSERT OR REPLACE INTO credit_entry SELECT 'e2', account_id, province, year, subject, 9000,
            source_kind, source_id, rule, arithmetic, booked_by, booked_at, reverses, decided, bureau FROM credit_entry";
        // Refused, or passed over, by whichever of the triggers comes first.
        let _ = testing::tamper(&url, REPLACE).await;
        testing::tamper(&url, BY_SOURCE).await.expect("it is passed over");
    }
    assert_eq!(entries(&db).await, [entry("e1", "case-1", 2026, 30)]);
}

/// The bureau of each row, by its id.
const BUREAUS: &str = "SELECT id || ' ' || COALESCE(bureau, '-') FROM credit_entry ORDER BY id";

async fn a_row_names_the_bureau_of_the_record_as_it_was_when_it_was_booked((db, url): (Db, String)) {
    with_person(&db).await;
    with_case(&db).await;
    book(&db, entry("e1", "case-1", 2026, 30)).await;
    record_at(&db, "430111").await;
    book(&db, entry("e2", "case-2", 2026, 30)).await;
    report(&db).await;
    record_at(&db, "430102").await;
    book(&db, entry("e3", "case-3", 2026, 30)).await;
    // What is taken back is taken back where it was counted, also where it was counted nowhere.
    let rows = entries(&db).await;
    book(&db, reversal(&rows, "e1", "r1")).await;
    book(&db, reversal(&rows, "e2", "r2")).await;
    let written = testing::texts(&url, BUREAUS).await.expect("the bureaus");
    let written: Vec<&str> = written.iter().flatten().map(String::as_str).collect();
    assert_eq!(written, ["e-school 430111", "e1 -", "e2 430111", "e3 430102", "r1 -", "r2 430111"]);
}

#[tokio::test]
async fn a_row_names_the_bureau_of_the_record_as_it_was_when_it_was_booked_on_both_engines() {
    a_row_names_the_bureau_of_the_record_as_it_was_when_it_was_booked(testing::sqlite().await).await;
    a_row_names_the_bureau_of_the_record_as_it_was_when_it_was_booked(testing::postgres().await).await;
}

#[tokio::test]
async fn a_source_books_once_and_what_is_read_is_what_was_booked_on_both_engines() {
    a_source_books_once_and_what_is_read_is_what_was_booked(testing::sqlite().await.0).await;
    a_source_books_once_and_what_is_read_is_what_was_booked(testing::postgres().await.0).await;
}

#[tokio::test]
async fn what_is_taken_back_is_taken_back_once_and_its_source_books_nothing_any_more_on_both_engines() {
    what_is_taken_back_is_taken_back_once_and_its_source_books_nothing_any_more(testing::sqlite().await.0).await;
    what_is_taken_back_is_taken_back_once_and_its_source_books_nothing_any_more(testing::postgres().await.0).await;
}

#[tokio::test]
async fn fifty_bookings_and_reversals_at_once_have_one_effect_on_both_engines() {
    fifty_bookings_and_reversals_at_once_have_one_effect(testing::sqlite().await.0).await;
    fifty_bookings_and_reversals_at_once_have_one_effect(testing::postgres().await.0).await;
}

#[tokio::test]
async fn a_row_cannot_be_changed_replaced_or_deleted_on_both_engines() {
    a_row_cannot_be_changed_replaced_or_deleted(testing::sqlite().await).await;
    a_row_cannot_be_changed_replaced_or_deleted(testing::postgres().await).await;
}
