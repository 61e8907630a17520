//! Employers that a bureau has approved, or that the operator has loaded: the local directory of 获取单位信息.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, Utc};

sql! {
    FIND = "SELECT name FROM employer WHERE province = $1 AND code = $2";
    SAVE = "INSERT INTO employer (province, code, name, other_name, confirmed_at) VALUES ($1, $2, $3, NULL, $4)
        ON CONFLICT (province, code) DO UPDATE SET
            name = CASE WHEN employer.other_name = excluded.name THEN excluded.name ELSE employer.name END,
            other_name = CASE WHEN excluded.name = employer.name OR excluded.name = employer.other_name THEN NULL
                ELSE excluded.name END,
            confirmed_at = excluded.confirmed_at";
}

impl Reader {
    /// The name of the employer with this code, as the bureaus of a province know it.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_employer(&mut self, province: &str, code: &str) -> Result<Option<String>, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(FIND).bind(province).bind(code).fetch_optional(c))?)
    }
}

impl Tx {
    /// Keeps an employer as it was approved in a province. Another name than the one that stands is noted, and stands when it
    /// is approved a second time in a row.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn save_employer(&mut self, province: &str, code: &str, name: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SAVE).bind(province).bind(code).bind(name).bind(at).execute(c))?;
        Ok(())
    }
}
