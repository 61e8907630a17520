//! Credits that a school reports: up to ten thousand rows at once, each with an answer of its own. Parts of a batch are decided in
//! transactions of their own, in the order of the rows; whoever sends the same batch again goes on where it stopped.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::fault::{Fault, FieldErrors};
use domain::learning::{Credits, LearningRules, Subject, Sums};
use domain::school::{Cause, Decision, Earlier, Enrolled, MOST_ROWS, Outcome, Report, RowFault, SentRow, decide};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::Tx;
use store::school::batch::{BatchRow, Booking, Part, ReportRow};
use store::school::enrolment::EnrolmentRow;

use super::machine::Caller;
use super::year_of;
use crate::certificate::{Noting, settle};
use crate::{Failure, china_date};

/// Rows of one transaction.
const PART: usize = 500;
/// How often a part is tried, when another school books for the same people at the same time.
const TRIES: u32 = 4;

/// How many rows have which outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// In the ledger.
    pub booked: i64,
    /// Booked before.
    pub repeated: i64,
    /// Wrong.
    pub refused: i64,
    /// Kept aside.
    pub quarantined: i64,
}

impl Counts {
    pub(super) fn add(&mut self, outcome: Outcome, rows: i64) {
        match outcome {
            Outcome::Booked => self.booked += rows,
            Outcome::Repeated => self.repeated += rows,
            Outcome::Refused => self.refused += rows,
            Outcome::Quarantined => self.quarantined += rows,
        }
    }
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowView {
    /// Which row of the batch it is, from 0.
    pub row: i64,
    /// The school's number of it.
    pub id: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The field that is wrong.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub field: String,
    /// What is wrong with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
}

/// A batch with the outcome of its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BatchView {
    /// Its id.
    pub id: String,
    /// `done`, or `open` where it stopped: the same batch sent again goes on.
    pub state: &'static str,
    /// When it came first, in UTC.
    pub received_at: DateTime<Utc>,
    /// How many rows it has.
    pub size: i64,
    /// How many rows have which outcome.
    pub counts: Counts,
    /// In the order of the batch.
    pub rows: Vec<RowView>,
}

#[derive(Deserialize)]
struct Sent {
    rows: Vec<Value>,
}

/// Books what fits of a batch; `key` is the school's name of the attempt. The same sent again has one effect and one answer.
///
/// # Errors
/// `Invalid` at `Idempotency-Key` and `rows`; `Stale` for a key that was used for something else; `NotFound` where the province
/// has no 继续教育; `Store`, `Broken`.
pub async fn report(caller: &Caller, key: &str, body: &[u8]) -> Result<BatchView, Failure> {
    let rows: Arc<[Value]> = read(key, body)?.into();
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
    };
    let (school, wanted) = (caller.school.id.clone(), key.to_owned());
    let batch = caller.services.db.write(move |tx| {
        Box::pin(async move {
            tx.insert_batch(&new).await?;
            tx.find_batch_of_key(&school, &wanted).await?.ok_or_else(|| Failure::Broken("a batch is gone".into()))
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
    self::batch(caller, &batch.id).await
}

fn read(key: &str, body: &[u8]) -> Result<Vec<Value>, Failure> {
    let mut errors = FieldErrors::default();
    let is_key = (1..=64).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_key {
        errors.push("Idempotency-Key", if key.is_empty() { Fault::Missing } else { Fault::TooLong { max: 64 } });
    }
    let sent: Option<Sent> = serde_json::from_slice(body).ok();
    match &sent {
        None => errors.push("rows", Fault::Missing),
        Some(sent) if sent.rows.is_empty() => errors.push("rows", Fault::Missing),
        Some(sent) if sent.rows.len() > MOST_ROWS => errors.push("rows", Fault::TooManyRows { max: MOST_ROWS as u32 }),
        Some(_) => {}
    }
    errors.or(())?;
    Ok(sent.map(|sent| sent.rows).unwrap_or_default())
}

/// Decides the next rows of a batch; answers how many have their outcome then.
async fn part(caller: &Caller, batch: &BatchRow, rows: &Arc<[Value]>) -> Result<i64, Failure> {
    let mut tries = 0;
    loop {
        let (work, id, sent) = (caller.clone(), batch.id.clone(), rows.clone());
        let written = caller.services.db.write(move |tx| Box::pin(async move { decide_part(tx, &work, &id, &sent).await })).await;
        tries += 1;
        match written {
            Err(Failure::Store(error)) if tries < TRIES => tracing::warn!(%error, "a part of a batch is tried again"),
            other => return other,
        }
    }
}

async fn decide_part(tx: &mut Tx, caller: &Caller, batch: &str, rows: &[Value]) -> Result<i64, Failure> {
    let rules = caller.province.profile.learning.as_ref().ok_or(Failure::NotFound)?;
    // Batches of one school line up; whoever comes second goes on where the first one stopped.
    tx.lock_school(&caller.school.id).await?;
    let from = tx.lock_batch(batch).await?;
    let start = usize::try_from(from).unwrap_or_default();
    let of_part: Vec<&Value> = rows.iter().skip(start).take(PART).collect();
    let to = from + of_part.len() as i64;
    let today = caller.services.today();
    let checked: Vec<(SentRow, Result<Report, RowFault>)> = of_part.into_iter().map(|row| check(row, rules, today)).collect();
    let mut known = Known::read(tx, caller, &checked).await?;
    let mut counts = Counts::default();
    let mut years = BTreeSet::new();
    for (place, (sent, checked)) in (from..).zip(&checked) {
        let (decision, enrolment) = match checked {
            Err(fault) => (Decision { outcome: Outcome::Refused, fault: Some(*fault) }, None),
            Ok(report) => known.decide(report),
        };
        counts.add(decision.outcome, 1);
        if let (Ok(report), Outcome::Booked) = (checked, decision.outcome) {
            years.insert(report.year);
        }
        let row = noted(caller, place, (sent, checked.as_ref().ok()), decision, enrolment);
        tx.insert_report((batch, &caller.school.id), &row).await?;
    }
    let part = Part { batch, from, to };
    book(tx, caller, (part, rules), (&years, counts.booked)).await?;
    tx.set_batch_decided(batch, to).await?;
    certify(tx, caller, (part, rules)).await?;
    let detail = json!({ "from": from, "to": to, "booked": counts.booked, "quarantined": counts.quarantined });
    tx.audit(&caller.entry("report_credits", "school_batch", batch, detail)).await?;
    Ok(to)
}

/// A row as its texts, and whether it is in itself as it must be.
fn check(row: &Value, rules: &LearningRules, today: chrono::NaiveDate) -> (SentRow, Result<Report, RowFault>) {
    let mut sent = SentRow::default();
    let mut wrong = None;
    let fields: [(&'static str, &mut String); 7] = [
        ("id", &mut sent.id),
        ("learner", &mut sent.learner),
        ("year", &mut sent.year),
        ("subject", &mut sent.subject),
        ("credits", &mut sent.credits),
        ("completed_on", &mut sent.completed_on),
        ("name", &mut sent.name),
    ];
    for (field, text) in fields {
        match row.get(field) {
            None | Some(Value::Null) => {}
            Some(Value::String(given)) => given.trim().clone_into(text),
            Some(Value::Number(given)) => *text = given.to_string(),
            Some(_) => wrong = wrong.or(Some(RowFault { field, cause: Cause::Malformed })),
        }
    }
    let checked = match wrong {
        Some(fault) => Err(fault),
        None => sent.check(rules, today),
    };
    (sent, checked)
}

/// What is known of the people and numbers of a part.
struct Known {
    /// By 学员编号 and year; the one that stands before those that have ended.
    enrolments: BTreeMap<(String, i32), (String, Enrolled)>,
    earlier: BTreeMap<String, Earlier>,
}

impl Known {
    async fn read(tx: &mut Tx, caller: &Caller, checked: &[(SentRow, Result<Report, RowFault>)]) -> Result<Self, Failure> {
        let reports = || checked.iter().filter_map(|(_, checked)| checked.as_ref().ok());
        let learners: BTreeSet<&str> = reports().map(|report| report.learner.as_str()).collect();
        let numbers: BTreeSet<&str> = reports().map(|report| report.id.as_str()).collect();
        let mut known = Self { enrolments: BTreeMap::new(), earlier: BTreeMap::new() };
        if learners.is_empty() {
            return Ok(known);
        }
        let school = &caller.school.id;
        tx.lock_learners(school, learners.iter().copied()).await?;
        for row in tx.list_enrolments_of_learners(school, learners.into_iter()).await? {
            known.add(row);
        }
        for row in tx.list_booked_rows(school, numbers.into_iter()).await? {
            let Some(subject) = Subject::from_code(&row.subject) else { continue };
            let earlier =
                Earlier { learner: row.learner, year: year_of(row.year), subject, credits: Credits::of_hundredths(row.amount) };
            known.earlier.insert(row.row_id, earlier);
        }
        Ok(known)
    }

    fn add(&mut self, row: EnrolmentRow) {
        let enrolled = Enrolled {
            holder: row.name,
            credits: Credits::of_hundredths(row.credits),
            booked: Credits::of_hundredths(row.booked),
            is_ended: row.ended_at.is_some(),
        };
        let key = (row.learner, year_of(row.year));
        if !enrolled.is_ended || !self.enrolments.contains_key(&key) {
            self.enrolments.insert(key, (row.id, enrolled));
        }
    }

    /// What becomes of a row, and the enrolment that it is about.
    fn decide(&mut self, report: &Report) -> (Decision, Option<String>) {
        let found = self.enrolments.get_mut(&(report.learner.clone(), report.year));
        let decision = decide(report, self.earlier.get(&report.id), found.as_ref().map(|(_, enrolled)| enrolled));
        let enrolment = found.map(|(id, enrolled)| {
            if decision.outcome == Outcome::Booked {
                enrolled.booked = enrolled.booked + report.credits;
            }
            id.clone()
        });
        if decision.outcome == Outcome::Booked {
            let (learner, year) = (report.learner.clone(), report.year);
            let earlier = Earlier { learner, year, subject: report.subject, credits: report.credits };
            self.earlier.insert(report.id.clone(), earlier);
        }
        (decision, enrolment)
    }
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
    let shortened = || sent.id.chars().filter(|c| !c.is_control()).take(64).collect();
    ReportRow {
        place,
        row_id: report.map_or_else(shortened, |report| report.id.clone()),
        entry_id: if is_booked { caller.services.ids.id() } else { String::new() },
        enrolment_id,
        year: report.map_or(0, |report| report.year.into()),
        subject: report.map(|report| report.subject.code().to_owned()).unwrap_or_default(),
        amount: report.map_or(0, |report| report.credits.hundredths()),
        outcome: decision.outcome.code().to_owned(),
        field: decision.fault.map(|fault| fault.field.to_owned()).unwrap_or_default(),
        cause: decision.fault.map(|fault| fault.cause.code().to_owned()).unwrap_or_default(),
    }
}

async fn book(
    tx: &mut Tx,
    caller: &Caller,
    (part, rules): (Part<'_>, &LearningRules),
    (years, expected): (&BTreeSet<i32>, i64),
) -> Result<(), Failure> {
    let arithmetic = format!("网络培训：{}报送", caller.school.name);
    let mut added = 0;
    for year in years {
        let version = rules.year(*year).map(|year| year.version.as_str()).unwrap_or_default();
        let rule = format!("school/{version}");
        let how = Booking { year: (*year).into(), rule: &rule, arithmetic: &arithmetic, at: caller.services.now() };
        added += tx.book_reported_credits(part, how).await?;
    }
    if i64::try_from(added) != Ok(expected) {
        return Err(Failure::Broken("the ledger passed over a row that was decided to be booked".into()));
    }
    Ok(())
}

/// Certificates follow the ledger: of the people of this part only those whose year is complete, or was certified, are looked at.
async fn certify(tx: &mut Tx, caller: &Caller, (part, rules): (Part<'_>, &LearningRules)) -> Result<(), Failure> {
    let mut sums = BTreeMap::new();
    for row in tx.list_parts_of_booked(part).await? {
        let Some(subject) = Subject::from_code(&row.subject) else { continue };
        let (sum, is_certified) = sums.entry((row.account_id, year_of(row.year))).or_insert((Sums::default(), false));
        *sum = sum.with(subject, Credits::of_hundredths(row.amount));
        *is_certified |= row.is_certified;
    }
    let entry = |action, number: &str, detail| caller.entry(action, "certificate", number, detail);
    let noting = Noting::by(&entry);
    for ((account, year), (sum, is_certified)) in sums {
        let is_complete = rules.year(year).is_some_and(|rules| sum.completes(&rules.standard()));
        if is_complete || is_certified {
            settle(tx, (&caller.services, &caller.province.profile), (&account, year), &noting).await?;
        }
    }
    Ok(())
}

/// A batch of the school, with the outcome of each row that has one.
///
/// # Errors
/// `NotFound` for that of another school, `Store`.
pub async fn batch(caller: &Caller, id: &str) -> Result<BatchView, Failure> {
    let mut reader = caller.services.db.read().await?;
    let batch = reader.find_batch(id, &caller.school.id).await?.ok_or(Failure::NotFound)?;
    let reports = reader.list_reports(&batch.id).await?;
    drop(reader);
    let mut counts = Counts::default();
    let mut rows = Vec::with_capacity(reports.len());
    for row in reports {
        let outcome = Outcome::from_code(&row.outcome).ok_or_else(|| Failure::Broken("an outcome".into()))?;
        counts.add(outcome, 1);
        rows.push(RowView { row: row.place, id: row.row_id, outcome, field: row.field, cause: Cause::from_code(&row.cause) });
    }
    let state = if batch.decided < batch.size { "open" } else { "done" };
    Ok(BatchView { id: batch.id, state, received_at: batch.received_at, size: batch.size, counts, rows })
}
