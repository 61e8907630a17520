//! The interface for schools: who calls, their enrolments, tickets that are asked about, and what came in a day.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::{Actor, Machine, MachineKind, Power, Refusal, calling};
use domain::learning::Credits;
use domain::limit::Limited;
use domain::province::Province;
use domain::school::Outcome;
use serde::Serialize;
use serde_json::{Value, json};
use store::Tx;
use store::audit::Entry;
use store::school::SchoolRow;
use store::school::enrolment::EnrolmentRow;
use utoipa::ToSchema;

use super::outcome::Counts;
use super::{hash_of, year_of};
use crate::certificate::KeySet;
use crate::{Failure, Limit, Services, allow};

/// Calls of a school in a minute.
const CALLS: [Limit; 1] = [Limit::new(Limited::Machines, 120, 60)];
/// Enrolments that are told at once.
const PAGE: i64 = 1000;

/// A program of a school that calls.
#[derive(Clone)]
pub struct Caller {
    pub(super) services: Services,
    pub(super) school: SchoolRow,
    pub(super) province: Arc<Province>,
    actor: Actor,
    token: Vec<u8>,
    request_id: String,
}

/// The id of the school whose token this is, as long as it is good. It counts nothing and is asked before a body is read.
///
/// # Errors
/// `SignInAgain` for a token that is not good, `Store`.
pub async fn school_of(services: &Services, token: &str) -> Result<String, Failure> {
    let school = services.db.read().await?.find_school_of_token(&hash_of(token)).await?;
    Ok(school.ok_or(Refusal::SignInAgain)?.id)
}

impl Caller {
    /// Who calls with a token, counted.
    ///
    /// # Errors
    /// `SignInAgain` for a token that is not good, `TooOften`, `Store`.
    pub async fn begin(services: &Services, token: &str, request_id: String) -> Result<Self, Failure> {
        let token = hash_of(token);
        let school = services.db.read().await?.find_school_of_token(&token).await?.ok_or(Refusal::SignInAgain)?;
        let province = services.province(&school.province).ok_or(Refusal::SignInAgain)?;
        let (id, now) = (services.ids.id(), services.now());
        let bucket = services.bucket(&school.province, "school", &school.id);
        services.db.write(move |tx| Box::pin(async move { allow(tx, &id, &bucket, &CALLS, now).await })).await?;
        let machine = Machine { kind: MachineKind::School, id: school.id.clone(), province: school.province.clone() };
        Ok(Self { services: services.clone(), school, province, actor: Actor::Machine(machine), token, request_id })
    }

    /// That the program may do this, by the table of powers (docs/powers.md).
    ///
    /// # Errors
    /// `NotYours`.
    pub(super) fn may(&self, power: Power) -> Result<(), Failure> {
        Ok(calling(&self.actor, power).map(drop)?)
    }

    /// To be asked in every write: whoever's token was ended meanwhile does nothing more, and nobody what they have no power for.
    ///
    /// # Errors
    /// `SignInAgain`, `NotYours`, `Store`.
    pub(super) async fn may_still(&self, tx: &mut Tx, power: Power) -> Result<(), Failure> {
        self.may(power)?;
        let school = tx.find_school_of_token(&self.token).await?;
        school.filter(|school| school.id == self.school.id).map(drop).ok_or_else(|| Refusal::SignInAgain.into())
    }

    /// An audit entry of the school. `detail` names nobody.
    pub(super) fn entry(&self, action: &'static str, object_kind: &'static str, object_id: &str, detail: Value) -> Entry {
        Entry {
            at: self.services.now(),
            actor_kind: MachineKind::School.code(),
            actor_id: self.school.id.clone(),
            action,
            object_kind,
            object_id: object_id.to_owned(),
            detail: detail.to_string(),
            request_id: self.request_id.clone(),
        }
    }
}

/// An enrolment, as the school learns of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Enrolment)]
pub struct EnrolmentView {
    /// Its id.
    pub id: String,
    /// 学员编号: who it is, to this school.
    pub learner: String,
    /// 姓名; empty once it has ended.
    pub name: String,
    /// 继续教育年度.
    pub year: i32,
    /// The most that can be booked by it.
    #[schema(schema_with = super::wire::amount)]
    pub credits: Credits,
    /// What is booked by it.
    #[schema(schema_with = super::wire::amount)]
    pub booked: Credits,
    /// When it began, in UTC.
    pub enrolled_at: DateTime<Utc>,
    /// When it was given up for another school, in UTC.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Enrolments that changed after a cursor, in that order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Enrolments)]
pub struct EnrolmentsView {
    /// At most a thousand.
    pub enrolments: Vec<EnrolmentView>,
    /// Where to go on.
    pub cursor: i64,
    /// Whether there are more by now.
    pub more: bool,
}

/// The enrolments of the school that changed after a cursor; 0 for all of them.
///
/// # Errors
/// `Store`.
pub async fn enrolments(caller: &Caller, after: i64) -> Result<EnrolmentsView, Failure> {
    caller.may(Power::SeeLearners)?;
    let mut reader = caller.services.db.read().await?;
    let rows = reader.list_changed_enrolments(&caller.school.id, after, PAGE).await?;
    let more = rows.len() as i64 == PAGE;
    let cursor = rows.last().map_or(after, |row| row.change_no);
    let view = |row: EnrolmentRow| EnrolmentView {
        id: row.id,
        learner: row.learner,
        name: row.name,
        year: year_of(row.year),
        credits: Credits::of_hundredths(row.credits),
        booked: Credits::of_hundredths(row.booked),
        enrolled_at: row.enrolled_at,
        ended_at: row.ended_at,
    };
    Ok(EnrolmentsView { enrolments: rows.into_iter().map(view).collect(), cursor, more })
}

/// What a ticket says, to the school that asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Ticket)]
pub struct TicketView {
    /// Whether somebody comes with it now, for the first time.
    pub valid: bool,
    /// 学员编号; the rest is of a valid ticket too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learner: Option<String>,
    /// 姓名.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The enrolment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrolment: Option<String>,
    /// 继续教育年度.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

/// Uses a ticket up: whoever asks first is told whose it is, and nobody after them.
///
/// # Errors
/// `Store`, `Broken`.
pub async fn verify_ticket(caller: &Caller, code: &str) -> Result<TicketView, Failure> {
    let nobody = TicketView { valid: false, learner: None, name: None, enrolment: None, year: None };
    let keys = KeySet { keys: caller.services.notary.public_keys(&caller.school.province)? };
    let Some(ticket) = keys.open_ticket(code, &caller.school.code) else { return Ok(nobody) };
    let now = caller.services.now();
    let (id, entry) = (ticket.jti.clone(), caller.entry("use_ticket", "enrolment", &ticket.enrolment, json!({})));
    let work = caller.clone();
    let used = caller.services.db.write(move |tx| {
        Box::pin(async move {
            work.may_still(tx, Power::SeeLearners).await?;
            let used = tx.use_ticket(&id, &work.school.id, now).await?;
            if used.is_some() {
                tx.audit(&entry).await?;
            }
            Ok::<_, Failure>(used)
        })
    });
    Ok(match used.await? {
        Some(used) if used.enrolment_id == ticket.enrolment => TicketView {
            valid: true,
            learner: Some(ticket.sub),
            name: Some(ticket.name),
            enrolment: Some(ticket.enrolment),
            year: Some(ticket.year),
        },
        _ => nobody,
    })
}

/// A batch in the reconciliation of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DayBatch {
    /// The batch.
    pub id: String,
    /// The school's name of the attempt.
    pub idempotency_key: String,
    /// When it came first, in UTC.
    pub received_at: DateTime<Utc>,
    /// How many rows it has.
    pub size: i64,
    /// How many of them have their outcome.
    pub decided: i64,
    /// How many rows have which outcome.
    pub counts: Counts,
    /// What is booked of it.
    #[schema(schema_with = super::wire::amount)]
    pub booked_credits: Credits,
}

/// What came from the school in a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Day)]
pub struct DayView {
    /// The day, in China.
    pub day: NaiveDate,
    /// In the order in which they came.
    pub batches: Vec<DayBatch>,
    /// How many rows have which outcome.
    pub counts: Counts,
    /// What is booked.
    #[schema(schema_with = super::wire::amount)]
    pub booked_credits: Credits,
}

/// 对账: what came from the school on a day in China, and what became of it.
///
/// # Errors
/// `Store`.
pub async fn day(caller: &Caller, day: NaiveDate) -> Result<DayView, Failure> {
    caller.may(Power::Report)?;
    let mut reader = caller.services.db.read().await?;
    let rows = reader.list_batches_of_day(&caller.school.id, day).await?;
    let outcomes = reader.count_outcomes_of_day(&caller.school.id, day).await?;
    drop(reader);
    let mut of = BTreeMap::<String, (Counts, Credits)>::new();
    let (mut counts, mut booked_credits) = (Counts::default(), Credits::ZERO);
    for row in outcomes {
        let Some(outcome) = Outcome::from_code(&row.outcome) else { continue };
        let amount = if outcome == Outcome::Booked { Credits::of_hundredths(row.amount) } else { Credits::ZERO };
        let one = of.entry(row.batch_id).or_default();
        one.0.add(outcome, row.size);
        one.1 = one.1 + amount;
        counts.add(outcome, row.size);
        booked_credits = booked_credits + amount;
    }
    let batches = rows.into_iter().map(|row| {
        let (counts, booked_credits) = of.remove(&row.id).unwrap_or_default();
        let (id, idempotency_key) = (row.id, row.request_key);
        DayBatch {
            id,
            idempotency_key,
            received_at: row.received_at,
            size: row.size,
            decided: row.decided,
            counts,
            booked_credits,
        }
    });
    Ok(DayView { day, batches: batches.collect(), counts, booked_credits })
}
