//! Credits that a school reports: up to ten thousand rows at once, each with an answer of its own. Parts of a batch are decided in
//! transactions of their own, in the order of the rows; whoever sends the same batch again goes on where it stopped.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::Days;
use domain::case::Power;
use domain::fault::{Fault, FieldErrors};
use domain::learning::{Credits, LearningRules};
use domain::school::{Decision, MOST_ROWS, Outcome, Report, RowFault, SentRow};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::Tx;
use store::school::batch::{BatchRow, Tally};
use store::school::report::{Part, ReportRow};

use super::booking::Books;
use super::known::Known;
use super::machine::Caller;
use super::missing::name_mark;
use super::outcome::{BatchView, Counts};
use super::sent::{Row, Sent};
use crate::{Failure, china_date};

/// Rows of one transaction.
const PART: usize = 500;
/// How often a part is tried, when another school books for the same people at the same time.
const TRIES: u32 = 4;

/// Books what fits of a batch; `key` is the school's name of the attempt. The same sent again has one effect and one answer.
///
/// # Errors
/// `Invalid` at `Idempotency-Key` and `rows`; `Stale` for a key that was used for something else; `NotFound` where the province
/// has no 继续教育; `Store`, `Broken`.
pub async fn report(caller: &Caller, key: &str, body: &[u8]) -> Result<BatchView, Failure> {
    let rows: Arc<[Row]> = read(key, body)?.into();
    let rules = caller.province.profile.learning.as_ref().ok_or(Failure::NotFound)?;
    let (now, hash) = (caller.services.now(), Sha256::digest(body).to_vec());
    let new = BatchRow {
        id: caller.services.ids.id(),
        school_id: caller.school.id.clone(),
        request_key: key.to_owned(),
        body_hash: hash.clone(),
        size: rows.len() as i64,
        decided: 0,
        received_at: now,
        received_on: china_date(now),
        tally: Tally::default(),
        kept_until: china_date(now) + Days::new(rules.keep_reports_days.into()),
    };
    let (work, wanted) = (caller.clone(), key.to_owned());
    let batch = caller.services.db.write(move |tx| {
        Box::pin(async move {
            work.may_still(tx, Power::Report).await?;
            tx.insert_batch(&new).await?;
            tx.find_batch_of_key(&work.school.id, &wanted).await?.ok_or_else(|| Failure::Broken("a batch is gone".into()))
        })
    });
    let batch = batch.await?;
    if batch.body_hash != hash {
        return Err(Failure::Stale);
    }
    let mut decided = batch.decided;
    while decided < batch.size {
        decided = part(caller, &batch, &rows).await?;
    }
    super::outcome::batch(caller, &batch.id).await
}

fn read(key: &str, body: &[u8]) -> Result<Vec<Row>, Failure> {
    let mut errors = FieldErrors::default();
    let is_key = (1..=64).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_key {
        errors.push("Idempotency-Key", if key.is_empty() { Fault::Missing } else { Fault::TooLong(64) });
    }
    let sent: Option<Sent> = serde_json::from_slice(body).ok();
    match &sent {
        None => errors.push("rows", Fault::Missing),
        Some(sent) if sent.rows.kept.is_empty() => errors.push("rows", Fault::Missing),
        Some(sent) if sent.rows.are_too_many => errors.push("rows", Fault::TooManyRows(MOST_ROWS as u32)),
        Some(_) => {}
    }
    errors.or(())?;
    Ok(sent.map(|sent| sent.rows.kept).unwrap_or_default())
}

/// Decides the next rows of a batch; answers how many have their outcome then.
async fn part(caller: &Caller, batch: &BatchRow, rows: &Arc<[Row]>) -> Result<i64, Failure> {
    let _turn = caller.services.turns.part().await;
    let mut tries = 0;
    loop {
        let (work, id, sent) = (caller.clone(), batch.id.clone(), rows.clone());
        let written = caller.services.db.write(move |tx| Box::pin(async move { decide_part(tx, &work, &id, &sent).await })).await;
        tries += 1;
        match written {
            Err(failure) if is_contended(&failure) => {
                if tries == TRIES {
                    return Err(Failure::Busy);
                }
                tracing::warn!(%failure, "a part of a batch is tried again");
            }
            other => return other,
        }
    }
}

/// Whether somebody else was in the way; what was read is read anew.
fn is_contended(failure: &Failure) -> bool {
    match failure {
        Failure::Store(error) => error.is_contended(),
        other => matches!(other, Failure::Stale),
    }
}

async fn decide_part(tx: &mut Tx, caller: &Caller, batch: &str, rows: &[Row]) -> Result<i64, Failure> {
    let rules = caller.province.profile.learning.as_ref().ok_or(Failure::NotFound)?;
    // Batches of one school line up; whoever comes second goes on where the first one stopped.
    tx.lock_school(&caller.school.id).await?;
    // Whoever ends the token holds the school as well.
    caller.may_still(tx, Power::Report).await?;
    // And so do those of a province: two schools may know the same people, and would hold them in different orders.
    tx.next_serial(&format!("school_reports:{}", caller.school.province)).await?;
    let from = tx.lock_batch(batch).await?;
    let start = usize::try_from(from).unwrap_or_default();
    let of_part: Vec<&Row> = rows.iter().skip(start).take(PART).collect();
    if of_part.is_empty() {
        return Ok(from);
    }
    let to = from + of_part.len() as i64;
    let today = caller.services.today();
    let checked: Vec<(SentRow, Result<Report, RowFault>)> = of_part.into_iter().map(|row| check(row, rules, today)).collect();
    let mut known = Known::read(tx, &caller.school.id, &checked).await?;
    let mut counts = Counts::default();
    let (mut years, mut notes, mut amount) = (BTreeSet::new(), Vec::new(), Credits::ZERO);
    for (place, (sent, checked)) in (from..).zip(&checked) {
        let (decision, enrolment) = match checked {
            Err(fault) => (Decision { outcome: Outcome::Refused, fault: Some(*fault) }, None),
            Ok(report) => known.decide(report),
        };
        counts.add(decision.outcome, 1);
        if let (Ok(report), Outcome::Booked) = (checked, decision.outcome) {
            years.insert(report.year);
            amount = amount + report.credits;
        }
        let row = noted(caller, place, (sent, checked.as_ref().ok()), decision, enrolment);
        notes.push(row);
    }
    tx.insert_reports((batch, &caller.school.id), &notes).await?;
    let part = Part { batch, from, to };
    let entry = |action, number: &str, detail| caller.entry(action, "certificate", number, detail);
    let books = Books { services: &caller.services, province: &caller.province, school: &caller.school, entry: &entry };
    books.book(tx, part, (&years, counts.booked)).await?;
    tx.count_in_batch(batch, counts.tally(amount)).await?;
    tx.set_batch_decided(batch, to).await?;
    let detail = json!({ "from": from, "to": to, "booked": counts.booked, "quarantined": counts.quarantined });
    tx.audit(&caller.entry("report_credits", "school_batch", batch, detail)).await?;
    Ok(to)
}

/// A row as its texts, and whether it is in itself as it must be.
fn check(row: &Row, rules: &LearningRules, today: chrono::NaiveDate) -> (SentRow, Result<Report, RowFault>) {
    let checked = row.wrong.map_or_else(|| row.sent.check(rules, today), Err);
    (row.sent.clone(), checked)
}

/// Of a row that is wrong nothing is kept but its number and what is wrong.
fn noted(
    caller: &Caller,
    place: i64,
    (sent, report): (&SentRow, Option<&Report>),
    decision: Decision,
    enrolment_id: Option<String>,
) -> ReportRow {
    let is_booked = decision.outcome == Outcome::Booked;
    // What is kept aside is found by whoever it may be about.
    let aside = report.filter(|_| decision.outcome == Outcome::Quarantined);
    let shortened = || sent.id.chars().filter(char::is_ascii_graphic).take(64).collect();
    ReportRow {
        place,
        row_id: report.map_or_else(shortened, |report| report.id.clone()),
        entry_id: if is_booked { caller.services.ids.id() } else { String::new() },
        enrolment_id,
        year: report.map_or(0, |report| report.year.into()),
        subject: report.map(|report| report.subject.code().to_owned()).unwrap_or_default(),
        amount: report.map_or(0, |report| report.credits.hundredths()),
        completed_on: report.map(|report| report.completed_on.to_string()).unwrap_or_default(),
        outcome: decision.outcome.code().to_owned(),
        field: decision.fault.map(|fault| fault.field.to_owned()).unwrap_or_default(),
        learner: aside.map(|report| report.learner.clone()).unwrap_or_default(),
        name_mark: aside.map(|report| name_mark(&caller.services, &caller.province, &report.name)).unwrap_or_default(),
        cause: decision.fault.map(|fault| fault.cause.code().to_owned()).unwrap_or_default(),
        answer: String::new(),
    }
}
