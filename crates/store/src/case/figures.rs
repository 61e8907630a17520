//! The figures of a reviewer's work.

use chrono::{DateTime, Utc};
use domain::id::{BureauCode, StaffId};

use crate::conn::{Reader, on, sql};
use crate::error::StoreError;

sql! {
    DECIDED_SINCE = "SELECT count(*) FROM case_file WHERE decided_by = $1 AND decided_at >= $2";
    OPEN = "SELECT count(*) FROM case_file WHERE province = $1 AND bureau = $2 AND status = 'submitted'";
}

impl Reader {
    /// How many cases a staff member decided since then, in UTC.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_decided(&mut self, staff: &StaffId, since: DateTime<Utc>) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(DECIDED_SINCE).bind(staff.as_str()).bind(since).fetch_one(c))?)
    }

    /// How many undecided cases a bureau has.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_open(&mut self, province: &str, bureau: &BureauCode) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(OPEN).bind(province).bind(bureau.as_str()).fetch_one(c))?)
    }
}
