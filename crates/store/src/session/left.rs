//! Forms that came after their session had ended: sealed, for the person of that session, until they sign in again.

use chrono::{DateTime, Utc};

use crate::conn::{Tx, change, on, sql};
use crate::error::StoreError;

/// A form that waits for its person.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LeftFormRow {
    /// Which form it is.
    pub form: String,
    /// What was typed, and on which page, sealed.
    pub sealed: Vec<u8>,
    /// When it came, in UTC.
    pub left_at: DateTime<Utc>,
}

sql! {
    LEAVE = "INSERT INTO left_form (person, form, sealed, left_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (person, form) DO UPDATE SET sealed = excluded.sealed, left_at = excluded.left_at";
    TAKE = "DELETE FROM left_form WHERE person = $1 RETURNING form, sealed, left_at";
    DELETE_OLD = "DELETE FROM left_form WHERE left_at < $1";
}

impl Tx {
    /// Keeps a form for its person (`account:…` or `staff:…`) in place of the one of the same name before it.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn leave_form(&mut self, owner: &str, row: &LeftFormRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(LEAVE).bind(owner).bind(&row.form).bind(&row.sealed).bind(row.left_at).execute(c))?;
        Ok(())
    }

    /// Takes all forms of a person out, in no order.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn take_left_forms(&mut self, owner: &str) -> Result<Vec<LeftFormRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(TAKE).bind(owner).fetch_all(c))?)
    }

    /// Forgets what nobody came back for; answers how many.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn forget_left_forms(&mut self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(DELETE_OLD).bind(before).execute(c))?)
    }
}
