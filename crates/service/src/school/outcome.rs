//! What became of a batch, as the school reads it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::Power;
use domain::learning::Credits;
use domain::school::{Cause, Outcome};
use serde::Serialize;
use store::school::batch::Tally;
use utoipa::ToSchema;

use super::machine::Caller;
use crate::Failure;

/// How many rows have which outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
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

    /// As it is kept, with what is booked.
    pub(super) fn tally(self, amount: Credits) -> Tally {
        let Self { booked, repeated, refused, quarantined } = self;
        Tally { booked, repeated, refused, quarantined, amount: amount.hundredths() }
    }
}

impl From<Tally> for Counts {
    fn from(tally: Tally) -> Self {
        let Tally { booked, repeated, refused, quarantined, .. } = tally;
        Self { booked, repeated, refused, quarantined }
    }
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Row)]
pub struct RowView {
    /// Which row of the batch it is, from 0.
    pub row: i64,
    /// The school's number of it.
    pub id: String,
    /// What became of it.
    #[schema(schema_with = super::wire::outcome)]
    pub outcome: Outcome,
    /// The field that is wrong.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false)]
    pub field: String,
    /// What is wrong with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = super::wire::cause, required = false)]
    pub cause: Option<Cause>,
    /// What the province says about a row that fits nobody.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false)]
    pub answer: String,
}

/// A batch with the outcome of its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Batch)]
pub struct BatchView {
    /// Its id.
    pub id: String,
    /// `done`, or `open` where it stopped: the same batch sent again goes on.
    #[schema(schema_with = super::wire::state)]
    pub state: &'static str,
    /// When it came first, in UTC.
    pub received_at: DateTime<Utc>,
    /// How many rows it has.
    pub size: i64,
    /// How many rows have which outcome.
    pub counts: Counts,
    /// The last day, in China, on which every row is told; those that came to nothing are forgotten after it.
    pub rows_until: NaiveDate,
    /// In the order of the batch.
    pub rows: Vec<RowView>,
}

/// A batch of the school, with the outcome of each row that has one.
///
/// # Errors
/// `NotFound` for that of another school, `Store`.
pub async fn batch(caller: &Caller, id: &str) -> Result<BatchView, Failure> {
    caller.may(Power::Report)?;
    let mut reader = caller.services.db.read().await?;
    let batch = reader.find_batch(id, &caller.school.id).await?.ok_or(Failure::NotFound)?;
    let reports = reader.list_reports(&batch.id).await?;
    drop(reader);
    let mut rows = Vec::with_capacity(reports.len());
    for row in reports {
        let outcome = Outcome::from_code(&row.outcome).ok_or_else(|| Failure::Broken("an outcome".into()))?;
        let cause = Cause::from_code(&row.cause);
        rows.push(RowView { row: row.place, id: row.row_id, outcome, field: row.field, cause, answer: row.answer });
    }
    let state = if batch.decided < batch.size { "open" } else { "done" };
    let (counts, rows_until) = (batch.tally.into(), batch.kept_until);
    Ok(BatchView { id: batch.id, state, received_at: batch.received_at, size: batch.size, counts, rows_until, rows })
}
