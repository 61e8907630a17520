//! Effects outside the database, written in the transaction that causes them and carried out afterwards, at least once.

use crate::conn::{Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, Utc};

/// An effect that waits; the payload is sealed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OutboxRow {
    pub id: String,
    pub kind: String,
    pub dedupe_key: String,
    pub payload_sealed: Vec<u8>,
    pub attempts: i64,
    pub created_at: DateTime<Utc>,
}

sql! {
    INSERT = "INSERT INTO outbox (id, kind, dedupe_key, payload_sealed, state, attempts, run_after, created_at)
        VALUES ($1, $2, $3, $4, 'waiting', 0, $5, $5) ON CONFLICT (dedupe_key) DO NOTHING";
    CLAIM = "UPDATE outbox SET locked_until = $2, attempts = attempts + 1
        WHERE id IN (SELECT id FROM outbox
                     WHERE state = 'waiting' AND run_after <= $1 AND (locked_until IS NULL OR locked_until < $1)
                     ORDER BY run_after, id LIMIT 20)
          AND state = 'waiting' AND (locked_until IS NULL OR locked_until < $1)
        RETURNING id, kind, dedupe_key, payload_sealed, attempts, created_at";
    DONE = "UPDATE outbox SET state = 'done', done_at = $2, locked_until = NULL WHERE id = $1";
    LATER = "UPDATE outbox SET run_after = $2, locked_until = NULL WHERE id = $1";
    PARK = "UPDATE outbox SET state = 'parked', locked_until = NULL WHERE id = $1";
}

impl Tx {
    /// Adds an effect; one with the same key is not added twice.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn add_to_outbox(&mut self, row: &OutboxRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(&row.kind)
            .bind(&row.dedupe_key)
            .bind(&row.payload_sealed)
            .bind(row.created_at)
            .execute(c))?;
        Ok(())
    }

    /// Takes up to twenty effects that are due, until `until`.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn claim_outbox(&mut self, at: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<OutboxRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(CLAIM).bind(at).bind(until).fetch_all(c))?)
    }

    /// Notes that an effect took place.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn finish_outbox(&mut self, id: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(DONE).bind(id).bind(at).execute(c))?;
        Ok(())
    }

    /// Puts an effect off.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn postpone_outbox(&mut self, id: &str, until: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(LATER).bind(id).bind(until).execute(c))?;
        Ok(())
    }

    /// Gives an effect up, for a person to look at.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn park_outbox(&mut self, id: &str) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(PARK).bind(id).execute(c))?;
        Ok(())
    }
}
