//! Effects outside the database, written in the transaction that causes them and carried out afterwards, at least once.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, Utc};

/// An effect that waits; the payload is sealed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OutboxRow {
    /// Id of the effect.
    pub id: String,
    /// What is to be done, as a word such as `sms`.
    pub kind: String,
    /// Names the effect; a second one of the same key is not kept.
    pub dedupe_key: String,
    /// What the effect needs, sealed.
    pub payload_sealed: Vec<u8>,
    /// How often it was taken up.
    pub attempts: i64,
    /// When it was put into the outbox, in UTC.
    pub created_at: DateTime<Utc>,
    /// When it may be carried out, or tried again, in UTC.
    pub run_after: DateTime<Utc>,
    /// When it loses its meaning and is not carried out any more, in UTC; `None` for never.
    pub expires_at: Option<DateTime<Utc>>,
}

/// An effect that waits for too long or was given up: nothing in it tells of a person.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StuckRow {
    /// Id of the effect.
    pub id: String,
    /// What is to be done, as a word such as `sms`.
    pub kind: String,
    /// `waiting`, or `parked` when it was given up.
    pub state: String,
    /// How often it was taken up.
    pub attempts: i64,
    /// When it was put into the outbox, in UTC.
    pub created_at: DateTime<Utc>,
}

sql! {
    INSERT = "INSERT INTO outbox (id, kind, dedupe_key, payload_sealed, state, attempts, run_after, created_at, expires_at)
        VALUES ($1, $2, $3, $4, 'waiting', 0, $7, $5, $6) ON CONFLICT (dedupe_key) DO NOTHING";
    CLAIM = "UPDATE outbox SET locked_until = $2, attempts = attempts + 1
        WHERE id IN (SELECT id FROM outbox
                     WHERE state = 'waiting' AND run_after <= $1 AND (locked_until IS NULL OR locked_until < $1)
                     ORDER BY run_after, id LIMIT 20)
          AND state = 'waiting' AND (locked_until IS NULL OR locked_until < $1)
        RETURNING id, kind, dedupe_key, payload_sealed, attempts, created_at, run_after, expires_at";
    END = "UPDATE outbox SET state = $4, done_at = $2, payload_sealed = $3, locked_until = NULL WHERE id = $1";
    LATER = "UPDATE outbox SET run_after = $2, locked_until = NULL WHERE id = $1";
    PARK = "UPDATE outbox SET state = 'parked', locked_until = NULL WHERE id = $1";
    COUNTS = "SELECT state, count(*) FROM outbox GROUP BY state ORDER BY state";
    KEPT = "SELECT count(*) FROM outbox WHERE state IN ('done', 'expired') AND length(payload_sealed) > 0";
    COUNT_STUCK = "SELECT count(*) FROM outbox WHERE state = 'parked' OR (state = 'waiting' AND created_at < $1)";
    STUCK = "SELECT id, kind, state, attempts, created_at FROM outbox
        WHERE state = 'parked' OR (state = 'waiting' AND created_at < $1) ORDER BY created_at, id LIMIT $2";
    RELEASE = "UPDATE outbox SET state = 'waiting', attempts = 0, run_after = $1, locked_until = NULL WHERE state = 'parked'";
}

impl Reader {
    /// How many effects there are in each state.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_outbox(&mut self) -> Result<Vec<(String, i64)>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(COUNTS).fetch_all(c))?)
    }

    /// How many effects that are over keep what they were; none does.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_kept_payloads(&mut self) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(KEPT).fetch_one(c))?)
    }

    /// How many effects were given up, or have waited since before `since`.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_stuck(&mut self, since: DateTime<Utc>) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(COUNT_STUCK).bind(since).fetch_one(c))?)
    }

    /// The oldest of those that [`Reader::count_stuck`] counts.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_stuck(&mut self, since: DateTime<Utc>, limit: i64) -> Result<Vec<StuckRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(STUCK).bind(since).bind(limit).fetch_all(c))?)
    }
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
            .bind(row.expires_at)
            .bind(row.run_after)
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

    /// Notes that an effect took place, and forgets what it was.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn finish_outbox(&mut self, id: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.end_outbox(id, at, "done").await
    }

    /// Notes that an effect lost its meaning before it took place, and forgets what it was.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn expire_outbox(&mut self, id: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.end_outbox(id, at, "expired").await
    }

    async fn end_outbox(&mut self, id: &str, at: DateTime<Utc>, state: &str) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(END).bind(id).bind(at).bind(Vec::<u8>::new()).bind(state).execute(c))?;
        Ok(())
    }

    /// Takes up again what was given up; answers how many.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn release_outbox(&mut self, at: DateTime<Utc>) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(RELEASE).bind(at).execute(c))?)
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
