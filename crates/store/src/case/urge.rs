//! 催办: when a case past its day was urged.

use chrono::{DateTime, Utc};
use domain::id::CaseId;

use super::queue::LAST;
use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};

sql! {
    URGED = "SELECT urged_at FROM case_file WHERE id = $1";
    URGED_BELOW = "SELECT count(*) FROM case_file
        WHERE province = $1 AND status = 'submitted' AND urged_at IS NOT NULL AND bureau_path >= $2 AND bureau_path < $3";
    URGE = "UPDATE case_file SET urged_at = $2, is_calm = FALSE WHERE id = $1 AND status = 'submitted'";
}

impl Reader {
    /// When the person urged a case since it was last submitted, in UTC; `None` when they did not.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_urged(&mut self, case: &CaseId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let found: Option<Option<DateTime<Utc>>> =
            on!(self, |c| sqlx::query_scalar(URGED).bind(case.as_str()).fetch_optional(c))?;
        Ok(found.flatten())
    }

    /// How many cases that wait at the bureaus below a path were urged since they were last submitted.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_urged_below(&mut self, province: &str, path: &str) -> Result<i64, StoreError> {
        let (from, end) = (format!("{path}/"), format!("{path}/{LAST}"));
        Ok(on!(self, |c| sqlx::query_scalar(URGED_BELOW).bind(province).bind(&from).bind(&end).fetch_one(c))?)
    }
}

impl Tx {
    /// Notes that the person urged a case that waits, and lifts it before the others of its day. Its version stays: whoever
    /// reviews it in this moment goes on.
    ///
    /// # Errors
    /// `Stale` when it does not wait any more.
    pub async fn urge_case(&mut self, case: &CaseId, at: DateTime<Utc>) -> Result<(), StoreError> {
        one_row("case_file", change!(self, |c| sqlx::query(URGE).bind(case.as_str()).bind(at).execute(c))?)
    }
}
