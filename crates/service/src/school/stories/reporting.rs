//! Credits that schools report.

use domain::learning::{Source, SourceKind};
use domain::school::{Cause, Outcome};

use super::*;
use crate::review::stories::assert_not_found;
use crate::school::{batch, day, report};
use crate::testing::both;

async fn every_row_gets_its_own_answer_and_what_fits_is_booked(house: House) {
    let zhao = administrator(&house).await;
    let a = school(&house, &zhao, "aa").await;
    let token = token(&house, &zhao, &a).await;
    let visit = collected(&house).await;
    enrolled(&visit, &a, "2026").await;
    let caller = caller(&house, &token).await;
    let me = learner(&house.services, &a, visit.account().unwrap());
    let named = |name: &str| {
        let mut row = row("r-7", &me, "public", 1);
        row["name"] = name.into();
        row
    };
    let on = |id: &str, day: &str| {
        let mut row = row(id, &me, "public", 0.25);
        row["completed_on"] = day.into();
        row
    };
    let rows = [
        row("r-1", &me, "professional", 60),
        row("r-2", &me, "public", "29.5"),
        row("r-1", &me, "professional", 60),
        row("r-2", &me, "public", 30),
        row("r-3", &me, "public", 0.75),
        row("r-4", "BBBBBBBBBBBBBBBBBBBBBB", "public", 1),
        row("r-5", &me, "both", 1),
        json!({ "id": "r-6", "learner": [] }),
        named("李四"),
        on("r-8", "2026-11-17"),
        on("r-9", "2026-11-19"),
        on("r-10", "2026-01-01"),
        json!("nothing"),
    ];
    let said = report(&caller, "first", &body(&rows)).await.unwrap();
    let found: Vec<_> = said.rows.iter().map(|row| (row.outcome, row.field.as_str(), row.cause)).collect();
    let expected = [
        (Outcome::Booked, "", None),
        (Outcome::Booked, "", None),
        (Outcome::Repeated, "", None),
        (Outcome::Refused, "id", Some(Cause::OtherContents)),
        (Outcome::Refused, "credits", Some(Cause::AboveEnrolled)),
        (Outcome::Quarantined, "learner", Some(Cause::NoEnrolment)),
        (Outcome::Refused, "subject", Some(Cause::Malformed)),
        (Outcome::Refused, "learner", Some(Cause::Malformed)),
        (Outcome::Quarantined, "name", Some(Cause::OtherName)),
        (Outcome::Refused, "completed_on", Some(Cause::BeforeEnrolment)),
        (Outcome::Refused, "completed_on", Some(Cause::InTheFuture)),
        (Outcome::Refused, "completed_on", Some(Cause::OutsideWindow)),
        (Outcome::Refused, "id", Some(Cause::Missing)),
    ];
    assert_eq!(found, expected);
    assert_eq!((said.state, said.size), ("done", 13));
    let entries = ledger(&house, &visit).await;
    assert_eq!(entries.iter().map(|entry| entry.amount).sum::<Credits>(), Credits::of_hundredths(8950));
    let first = entries.iter().find(|entry| entry.amount == Credits::whole(60)).unwrap();
    assert_eq!(first.source, Source { kind: SourceKind::School, id: format!("{a}:r-1") });
    assert_eq!(first.arithmetic, "网络培训：aa网校报送，学完日期 2026-11-18");
    assert_eq!((first.rule.as_str(), first.booked_by.as_str()), ("school/2019", a.as_str()));
    // The same again has the same answer, the rows in another batch one effect.
    assert_eq!(report(&caller, "first", &body(&rows)).await.unwrap(), said);
    let again = report(&caller, "second", &body(&rows[..2])).await.unwrap();
    assert_eq!((again.counts.repeated, again.counts.booked), (2, 0));
    assert!(matches!(report(&caller, "first", &body(&rows[..2])).await, Err(Failure::Stale)));
    assert_eq!(ledger(&house, &visit).await.len(), 2);
    assert_eq!(batch(&caller, &said.id).await.unwrap(), said);
    let sums = day(&caller, house.services.today(), "").await.unwrap();
    assert_eq!((sums.batches.len(), sums.counts.booked, sums.booked_credits), (2, 2, Credits::of_hundredths(8950)));
}
both!(every_row_gets_its_own_answer_and_what_fits_is_booked);

async fn the_year_is_certified_by_the_row_that_completes_it(house: House) {
    let zhao = administrator(&house).await;
    let a = school(&house, &zhao, "aa").await;
    let token = token(&house, &zhao, &a).await;
    let visit = collected(&house).await;
    enrolled(&visit, &a, "2026").await;
    let caller = caller(&house, &token).await;
    let me = learner(&house.services, &a, visit.account().unwrap());
    let standing = async || {
        let mut reader = house.services.db.read().await.unwrap();
        reader.find_standing_certificate(visit.account().unwrap(), 2026).await.unwrap()
    };
    report(&caller, "k-1", &body(&[row("r-1", &me, "professional", 60)])).await.unwrap();
    assert!(standing().await.is_none());
    report(&caller, "k-2", &body(&[row("r-2", &me, "public", 30)])).await.unwrap();
    assert_eq!(standing().await.unwrap().total, 9000);
    assert!(house.services.db.verify_audit(&[]).await.unwrap().is_ok());
}
both!(the_year_is_certified_by_the_row_that_completes_it);

async fn a_school_sees_its_own_batches_alone_and_a_request_that_is_none_is_refused_whole(house: House) {
    let zhao = administrator(&house).await;
    let (a, b) = (school(&house, &zhao, "aa").await, school(&house, &zhao, "bb").await);
    let (ta, tb) = (token(&house, &zhao, &a).await, token(&house, &zhao, &b).await);
    let (ca, cb) = (caller(&house, &ta).await, caller(&house, &tb).await);
    let said = report(&ca, "k", &body(&[row("r-1", "BBBBBBBBBBBBBBBBBBBBBB", "public", 1)])).await.unwrap();
    assert_not_found(batch(&cb, &said.id).await);
    assert_eq!(report(&cb, "k", &body(&[json!({})])).await.unwrap().size, 1, "keys are of each school");
    for (key, sent) in [("", body(&[json!({})])), ("k-2", Vec::new()), ("k-2", b"[]".to_vec()), ("k-2", body(&[]))] {
        assert!(matches!(report(&ca, key, &sent).await, Err(Failure::Invalid(_))), "{key}");
    }
    let many = vec![json!({}); 10_001];
    assert!(matches!(report(&ca, "k-3", &body(&many)).await, Err(Failure::Invalid(_))));
}
both!(a_school_sees_its_own_batches_alone_and_a_request_that_is_none_is_refused_whole);

async fn a_large_batch_sent_again_before_its_answer_is_booked_once_in_few_statements(house: House) {
    let zhao = administrator(&house).await;
    let a = school(&house, &zhao, "aa").await;
    let token = token(&house, &zhao, &a).await;
    let known = learners(&house, &a, 1200).await;
    // Three in a hundred have a fault.
    let mut rows: Vec<Value> =
        known.iter().enumerate().map(|(n, learner)| row(&format!("r-{n}"), learner, "professional", 60)).collect();
    for (n, row) in rows.iter_mut().enumerate().filter(|(n, _)| n % 33 == 0) {
        row["credits"] = if n % 2 == 0 { 900.into() } else { "many".into() };
    }
    let (sent, caller) = (body(&rows), caller(&house, &token).await);
    let before = house.services.db.traffic().statements();
    let (one, other) = futures::future::join(report(&caller, "k", &sent), report(&caller, "k", &sent)).await;
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_eq!(one, other);
    assert_eq!((one.state, one.counts.booked, one.counts.refused), ("done", 1163, 37));
    let statements = house.services.db.traffic().statements() - before;
    assert!(statements < 150, "{statements} statements for 1200 rows");
    let after = day(&caller, house.services.today(), "").await.unwrap();
    assert_eq!(after.booked_credits, Credits::whole(1163 * 60));
}
both!(a_large_batch_sent_again_before_its_answer_is_booked_once_in_few_statements);
