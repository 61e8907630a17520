//! Employers that a bureau has approved, or that the operator has loaded: the local directory of 获取单位信息.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, Utc};

sql! {
    FIND = "SELECT name FROM employer WHERE code = $1";
    SAVE = "INSERT INTO employer (code, name, confirmed_at) VALUES ($1, $2, $3)
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, confirmed_at = excluded.confirmed_at";
}

impl Reader {
    /// The name of the employer with this code.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_employer(&mut self, code: &str) -> Result<Option<String>, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(FIND).bind(code).fetch_optional(c))?)
    }
}

impl Tx {
    /// Keeps an employer; the newest name stands.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn save_employer(&mut self, code: &str, name: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SAVE).bind(code).bind(name).bind(at).execute(c))?;
        Ok(())
    }
}
