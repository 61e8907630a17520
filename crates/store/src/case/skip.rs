//! Cases that a reviewer leaves for the day.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::{BureauCode, CaseId, StaffId};

use super::queue::QueueRow;
use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A case that a reviewer left for the day.
#[derive(Clone, Debug)]
pub struct SkipRow<'a> {
    /// Id of the reviewer.
    pub staff: &'a StaffId,
    /// Id of the case.
    pub case: &'a CaseId,
    /// As the reviewer wrote it.
    pub reason: &'a str,
    /// The day, in China.
    pub on: NaiveDate,
    /// When, in UTC.
    pub at: DateTime<Utc>,
}

sql! {
    SKIP = "INSERT INTO case_skip (staff_id, case_id, reason, skipped_on, skipped_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (staff_id, case_id) DO UPDATE SET reason = excluded.reason, skipped_on = excluded.skipped_on,
            skipped_at = excluded.skipped_at";
    TAKE_UP = "DELETE FROM case_skip WHERE staff_id = $1 AND case_id = $2";
    FORGET = "DELETE FROM case_skip WHERE staff_id = $1 AND skipped_on < $2";
    IS_SKIPPED = "SELECT count(*) FROM case_skip WHERE staff_id = $1 AND case_id = $2 AND skipped_on = $3";
    LIST = "SELECT c.id, c.number, c.kind, c.applicant, c.bureau, c.status, c.round, c.papers, c.doubts, c.submitted_at, c.due_on, c.is_calm, c.holder_id,
            c.holder_name, c.held_until
        FROM case_skip k JOIN case_file c ON c.id = k.case_id
        WHERE k.staff_id = $1 AND k.skipped_on = $2 AND c.status = 'submitted' AND c.bureau = $3 AND c.province = $4
        ORDER BY c.due_on, c.is_calm, c.id LIMIT $5";
}

impl Reader {
    /// Whether a reviewer left a case for this day.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn is_skipped(&mut self, staff: &StaffId, case: &CaseId, on: NaiveDate) -> Result<bool, StoreError> {
        let found: i64 =
            on!(self, |c| sqlx::query_scalar(IS_SKIPPED).bind(staff.as_str()).bind(case.as_str()).bind(on).fetch_one(c))?;
        Ok(found > 0)
    }

    /// The undecided cases of a bureau that a reviewer left for this day, by due date.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_skipped(
        &mut self,
        (province, bureau): (&str, &BureauCode),
        staff: &StaffId,
        on: NaiveDate,
        limit: i64,
    ) -> Result<Vec<QueueRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LIST)
            .bind(staff.as_str())
            .bind(on)
            .bind(bureau.as_str())
            .bind(province)
            .bind(limit)
            .fetch_all(c))?)
    }
}

impl Tx {
    /// Notes that a reviewer leaves a case for the day, and forgets those of earlier days.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn skip_case(&mut self, row: SkipRow<'_>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(FORGET).bind(row.staff.as_str()).bind(row.on).execute(c))?;
        change!(self, |c| sqlx::query(SKIP)
            .bind(row.staff.as_str())
            .bind(row.case.as_str())
            .bind(row.reason)
            .bind(row.on)
            .bind(row.at)
            .execute(c))?;
        Ok(())
    }

    /// The reviewer takes it up again.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn take_up_case(&mut self, staff: &StaffId, case: &CaseId) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(TAKE_UP).bind(staff.as_str()).bind(case.as_str()).execute(c))?;
        Ok(())
    }
}
