//! 对账: what came from a school on a day, to compare with its books.

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::Power;
use domain::learning::Credits;
use serde::Serialize;
use store::school::batch::BatchRow;
use utoipa::ToSchema;

use super::machine::Caller;
use super::outcome::Counts;
use crate::Failure;

/// Batches that are told at once.
const PAGE: usize = 1000;

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
    /// In the order in which they came, at most a thousand.
    pub batches: Vec<DayBatch>,
    /// Where to go on: the last of them; empty where none is told.
    pub cursor: String,
    /// Whether there are more by now.
    pub more: bool,
    /// How many rows of the whole day have which outcome.
    pub counts: Counts,
    /// What is booked of the whole day.
    #[schema(schema_with = super::wire::amount)]
    pub booked_credits: Credits,
}

/// What came from the school on a day in China, and what became of it, from after a batch of that day; empty for the beginning.
///
/// # Errors
/// `NotFound` for what is no batch of the day, `Store`.
pub async fn day(caller: &Caller, day: NaiveDate, after: &str) -> Result<DayView, Failure> {
    caller.may(Power::Report)?;
    let (school, mut reader) = (&caller.school.id, caller.services.db.read().await?);
    let last = match after {
        "" => None,
        id => {
            let of_day = reader.find_batch(id, school).await?.filter(|batch| batch.received_on == day);
            Some(of_day.ok_or(Failure::NotFound)?)
        }
    };
    let mut rows = reader.list_batches_of_day((school, day), last.as_ref(), PAGE as i64 + 1).await?;
    let sum = reader.sum_of_day(school, day).await?;
    drop(reader);
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let cursor = rows.last().map_or_else(|| after.to_owned(), |row| row.id.clone());
    let batches = rows.into_iter().map(line).collect();
    Ok(DayView { day, batches, cursor, more, counts: sum.into(), booked_credits: Credits::of_hundredths(sum.amount) })
}

fn line(row: BatchRow) -> DayBatch {
    DayBatch {
        id: row.id,
        idempotency_key: row.request_key,
        received_at: row.received_at,
        size: row.size,
        decided: row.decided,
        counts: row.tally.into(),
        booked_credits: Credits::of_hundredths(row.tally.amount),
    }
}
