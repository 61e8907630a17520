//! 备查: when the bureau asked for the originals of a conversion, until when, and what came of it.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use chrono::{DateTime, NaiveDate, Utc};
use domain::id::{CaseId, StaffId};

/// One request of the bureau. There is one open one at most for a case.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct InspectionRow {
    /// Id of the row.
    pub id: String,
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// Id of the reviewer who asked.
    #[sqlx(try_from = "String")]
    pub staff_id: StaffId,
    /// What was asked for.
    pub asked: String,
    /// When, in UTC.
    pub asked_at: DateTime<Utc>,
    /// The last day to send it, in China.
    pub due_on: NaiveDate,
    /// What came of it, as a code; empty while it is open.
    pub outcome: String,
    /// When, in UTC; `None` while it is open.
    pub ended_at: Option<DateTime<Utc>>,
}

sql! {
    OF_CASE = "SELECT id, case_id, staff_id, asked, asked_at, due_on, outcome, ended_at
        FROM inspection WHERE case_id = $1 ORDER BY asked_at DESC, id DESC";
    INSERT = "INSERT INTO inspection (id, case_id, staff_id, asked, asked_at, due_on, outcome) VALUES ($1, $2, $3, $4, $5, $6, '')";
    END = "UPDATE inspection SET outcome = $2, ended_at = $3 WHERE id = $1 AND outcome = ''";
}

impl Reader {
    /// The requests for the originals of a case, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_inspections(&mut self, case: &CaseId) -> Result<Vec<InspectionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_CASE).bind(case.as_str()).fetch_all(c))?)
    }
}

impl Tx {
    /// Asks for the originals of a case.
    ///
    /// # Errors
    /// `Exists` when they are asked for already.
    pub async fn insert_inspection(&mut self, row: &InspectionRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(row.case_id.as_str())
            .bind(row.staff_id.as_str())
            .bind(&row.asked)
            .bind(row.asked_at)
            .bind(row.due_on)
            .execute(c))
        .map_err(StoreError::exists_in("inspection"))?;
        Ok(())
    }

    /// Notes what came of it.
    ///
    /// # Errors
    /// `Stale` when something came of it before.
    pub async fn end_inspection(&mut self, id: &str, outcome: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        one_row("inspection", change!(self, |c| sqlx::query(END).bind(id).bind(outcome).bind(at).execute(c))?)
    }
}
