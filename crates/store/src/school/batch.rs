//! What schools reported at once, and how far each batch is decided.

use chrono::{DateTime, NaiveDate, Utc};

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A batch.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BatchRow {
    /// Its id.
    pub id: String,
    /// The school that reported it.
    pub school_id: String,
    /// The school's name of the attempt.
    pub request_key: String,
    /// SHA-256 of what was sent.
    pub body_hash: Vec<u8>,
    /// How many rows it has.
    pub size: i64,
    /// How many of them have their outcome.
    pub decided: i64,
    /// When it came first, in UTC.
    pub received_at: DateTime<Utc>,
    /// That day, in China.
    pub received_on: NaiveDate,
}

/// How many rows of a batch have an outcome, and what they amount to.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OutcomeRow {
    /// The batch.
    pub batch_id: String,
    /// The outcome, as a code.
    pub outcome: String,
    /// How many rows.
    pub size: i64,
    /// In hundredths.
    pub amount: i64,
}

sql! {
    INSERT = "INSERT INTO school_batch (id, school_id, request_key, body_hash, size, decided, received_at, received_on)
        VALUES ($1, $2, $3, $4, $5, 0, $6, $7) ON CONFLICT DO NOTHING";
    BY_KEY = "SELECT id, school_id, request_key, body_hash, size, decided, received_at, received_on
        FROM school_batch WHERE school_id = $1 AND request_key = $2";
    BY_ID = "SELECT id, school_id, request_key, body_hash, size, decided, received_at, received_on
        FROM school_batch WHERE id = $1 AND school_id = $2";
    LOCK = "UPDATE school_batch SET decided = decided WHERE id = $1 RETURNING decided";
    DECIDED = "UPDATE school_batch SET decided = $2 WHERE id = $1";
    OF_DAY = "SELECT id, school_id, request_key, body_hash, size, decided, received_at, received_on
        FROM school_batch WHERE school_id = $1 AND received_on = $2 ORDER BY received_at, id";
    OUTCOMES = "SELECT r.batch_id, r.outcome, count(*) AS size, CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) AS amount
        FROM school_batch b JOIN school_report r ON r.batch_id = b.id
        WHERE b.school_id = $1 AND b.received_on = $2 GROUP BY r.batch_id, r.outcome";
}

impl Reader {
    /// The batch of a school by its own name of the attempt.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_batch_of_key(&mut self, school: &str, key: &str) -> Result<Option<BatchRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_KEY).bind(school).bind(key).fetch_optional(c))?)
    }

    /// A batch of a school.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_batch(&mut self, id: &str, school: &str) -> Result<Option<BatchRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_ID).bind(id).bind(school).fetch_optional(c))?)
    }

    /// The batches of a school that came on a day in China, in that order.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_batches_of_day(&mut self, school: &str, on: NaiveDate) -> Result<Vec<BatchRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_DAY).bind(school).bind(on).fetch_all(c))?)
    }

    /// How many rows of those have which outcome, and what they amount to.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_outcomes_of_day(&mut self, school: &str, on: NaiveDate) -> Result<Vec<OutcomeRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OUTCOMES).bind(school).bind(on).fetch_all(c))?)
    }
}

impl Tx {
    /// Notes a batch that came; one that came before is left as it is.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_batch(&mut self, row: &BatchRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(&row.school_id)
            .bind(&row.request_key)
            .bind(&row.body_hash)
            .bind(row.size)
            .bind(row.received_at)
            .bind(row.received_on)
            .execute(c))?;
        Ok(())
    }

    /// How many rows of a batch have their outcome; nobody else decides more before this transaction ends.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn lock_batch(&mut self, id: &str) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(LOCK).bind(id).fetch_one(c))?)
    }

    /// Notes how many rows have their outcome.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn set_batch_decided(&mut self, id: &str, decided: i64) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(DECIDED).bind(id).bind(decided).execute(c))?;
        Ok(())
    }
}
