//! The interface for schools: who calls and from where, their enrolments, and tickets that are asked about.

use std::net::IpAddr;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::case::{Actor, Machine, MachineKind, Power, Refusal, calling};
use domain::learning::Credits;
use domain::limit::Limited;
use domain::province::Province;
use domain::school::Ranges;
use serde::Serialize;
use serde_json::{Value, json};
use store::Tx;
use store::audit::Entry;
use store::school::SchoolRow;
use store::school::enrolment::EnrolmentRow;
use utoipa::ToSchema;

use super::{hash_of, year_of};
use crate::certificate::KeySet;
use crate::{Failure, Limit, Services, allow};

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
    from: Option<IpAddr>,
    request_id: String,
}

/// The id of the school whose token this is, as long as it is good where the call comes from. It counts nothing and is asked before
/// a body is read.
///
/// # Errors
/// `SignInAgain` for a token that is not good, `NotYours` for one that is shown from elsewhere, `Store`.
pub async fn school_of(services: &Services, token: &str, from: Option<IpAddr>) -> Result<String, Failure> {
    let school = services.db.read().await?.find_school_of_token(&hash_of(token)).await?.ok_or(Refusal::SignInAgain)?;
    comes_from(&school, from)?;
    Ok(school.id)
}

/// Whether a call comes from where the programs of the school are. The address is compared, and neither kept nor logged.
fn comes_from(school: &SchoolRow, from: Option<IpAddr>) -> Result<(), Failure> {
    let ranges = Ranges::parse(&school.ranges).map_err(|_| Failure::Broken("the networks of a school".into()))?;
    if ranges.take(from) {
        return Ok(());
    }
    tracing::warn!(school = school.code, "a good token was shown from outside of the networks of its school");
    Err(Refusal::NotYours.into())
}

impl Caller {
    /// Who calls with a token, from an address as it is, counted. What comes from elsewhere is not counted: whoever stole a token
    /// keeps its school from nothing.
    ///
    /// # Errors
    /// `SignInAgain` for a token that is not good, `NotYours` for one that is shown from elsewhere, `TooOften`, `Store`.
    pub async fn begin(services: &Services, token: &str, from: Option<IpAddr>, request_id: String) -> Result<Self, Failure> {
        let token = hash_of(token);
        let school = services.db.read().await?.find_school_of_token(&token).await?.ok_or(Refusal::SignInAgain)?;
        comes_from(&school, from)?;
        let province = services.province(&school.province).ok_or(Refusal::SignInAgain)?;
        let rules = province.profile.learning.as_ref().ok_or(Refusal::SignInAgain)?;
        let calls = Limit::new(Limited::Machines, rules.school_calls.into(), 60);
        let (id, now) = (services.ids.id(), services.now());
        let bucket = services.bucket(&school.province, "school", &school.id);
        let shown = token.clone();
        let counted = services.db.write(move |tx| {
            Box::pin(async move {
                allow(tx, &id, &bucket, &[calls], now).await?;
                Ok::<_, Failure>(tx.note_token_used(&shown, now).await?)
            })
        });
        counted.await?;
        let machine = Machine { kind: MachineKind::School, id: school.id.clone(), province: school.province.clone() };
        Ok(Self { services: services.clone(), school, province, actor: Actor::Machine(machine), token, from, request_id })
    }

    /// That the program may do this, by the table of powers (docs/powers.md).
    ///
    /// # Errors
    /// `NotYours`.
    pub(super) fn may(&self, power: Power) -> Result<(), Failure> {
        Ok(calling(&self.actor, power).map(drop)?)
    }

    /// To be asked in every write: whoever's token was ended meanwhile, or is not taken from there any more, does nothing more, and
    /// nobody what they have no power for.
    ///
    /// # Errors
    /// `SignInAgain`, `NotYours`, `Store`.
    pub(super) async fn may_still(&self, tx: &mut Tx, power: Power) -> Result<(), Failure> {
        self.may(power)?;
        let school = tx.find_school_of_token(&self.token).await?.filter(|school| school.id == self.school.id);
        comes_from(&school.ok_or(Refusal::SignInAgain)?, self.from)
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
