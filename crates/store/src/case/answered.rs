//! What was answered to a request, so that its repetition gets the same.

use chrono::{DateTime, Utc};

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

sql! {
    REPLAY = "SELECT answer FROM idempotency WHERE scope = $1 AND request_key = $2";
    REMEMBER = "INSERT INTO idempotency (scope, request_key, answer, at) VALUES ($1, $2, $3, $4)";
}

impl Reader {
    /// What was answered to a request that came before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_answer(&mut self, scope: &str, key: &str) -> Result<Option<String>, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(REPLAY).bind(scope).bind(key).fetch_optional(c))?)
    }
}

impl Tx {
    /// Remembers what was answered to a request, so that its repetition has no second effect.
    ///
    /// # Errors
    /// `Exists` when the same request was answered in between.
    pub async fn remember_answer(&mut self, scope: &str, key: &str, answer: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(REMEMBER).bind(scope).bind(key).bind(answer).bind(at).execute(c))
            .map_err(StoreError::exists_in("idempotency"))?;
        Ok(())
    }
}
