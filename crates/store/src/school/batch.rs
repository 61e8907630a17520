//! What schools reported at once, how far each batch is decided, and for how long its rows are told.

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
    /// What became of its rows.
    #[sqlx(flatten)]
    pub tally: Tally,
    /// The last day on which the outcome of every row is told.
    pub kept_until: NaiveDate,
}

/// How many rows have which outcome, and what is booked of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Tally {
    /// In the ledger.
    pub booked: i64,
    /// Booked before.
    pub repeated: i64,
    /// Wrong.
    pub refused: i64,
    /// Kept aside.
    pub quarantined: i64,
    /// What is booked, in hundredths.
    pub amount: i64,
}

sql! {
    INSERT = "INSERT INTO school_batch (id, school_id, request_key, body_hash, size, decided, received_at, received_on,
            booked, repeated, refused, quarantined, amount, kept_until, swept_on)
        VALUES ($1, $2, $3, $4, $5, 0, $6, $7, 0, 0, 0, 0, 0, $8, NULL) ON CONFLICT DO NOTHING";
    BY_KEY = "SELECT id, school_id, request_key, body_hash, size, decided, received_at, received_on,
            booked, repeated, refused, quarantined, amount, kept_until
        FROM school_batch WHERE school_id = $1 AND request_key = $2";
    BY_ID = "SELECT id, school_id, request_key, body_hash, size, decided, received_at, received_on,
            booked, repeated, refused, quarantined, amount, kept_until
        FROM school_batch WHERE id = $1 AND school_id = $2";
    LOCK = "UPDATE school_batch SET decided = decided WHERE id = $1 RETURNING decided";
    DECIDED = "UPDATE school_batch SET decided = $2 WHERE id = $1";
    COUNT = "UPDATE school_batch SET booked = booked + $2, repeated = repeated + $3, refused = refused + $4,
            quarantined = quarantined + $5, amount = amount + $6
        WHERE id = $1";
    OF_DAY = "SELECT id, school_id, request_key, body_hash, size, decided, received_at, received_on,
            booked, repeated, refused, quarantined, amount, kept_until
        FROM school_batch WHERE school_id = $1 AND received_on = $2 AND (received_at, id) > ($3, $4)
        ORDER BY received_at, id LIMIT $5";
    SUM_OF_DAY = "SELECT CAST(COALESCE(SUM(booked), 0) AS BIGINT) AS booked, CAST(COALESCE(SUM(repeated), 0) AS BIGINT) AS repeated,
            CAST(COALESCE(SUM(refused), 0) AS BIGINT) AS refused, CAST(COALESCE(SUM(quarantined), 0) AS BIGINT) AS quarantined,
            CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS amount
        FROM school_batch WHERE school_id = $1 AND received_on = $2";
    // The same batches are in both, because nothing else ends their time.
    FORGET = "DELETE FROM school_report WHERE outcome IN ('refused', 'repeated') AND batch_id IN (
            SELECT id FROM school_batch WHERE kept_until < $1 AND swept_on IS NULL ORDER BY kept_until, id LIMIT $2)";
    FORGOTTEN = "UPDATE school_batch SET swept_on = $1 WHERE id IN (
            SELECT id FROM school_batch WHERE kept_until < $1 AND swept_on IS NULL ORDER BY kept_until, id LIMIT $2)";
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

    /// The batches of a school that came on a day in China after another one, in that order; so many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_batches_of_day(
        &mut self,
        (school, on): (&str, NaiveDate),
        after: Option<&BatchRow>,
        limit: i64,
    ) -> Result<Vec<BatchRow>, StoreError> {
        let (at, id) = after.map_or((DateTime::UNIX_EPOCH, ""), |row| (row.received_at, row.id.as_str()));
        Ok(on!(self, |c| sqlx::query_as(OF_DAY).bind(school).bind(on).bind(at).bind(id).bind(limit).fetch_all(c))?)
    }

    /// What became of all rows that came from a school on a day in China.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn sum_of_day(&mut self, school: &str, on: NaiveDate) -> Result<Tally, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(SUM_OF_DAY).bind(school).bind(on).fetch_one(c))?)
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
            .bind(row.kept_until)
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

    /// Adds to what became of the rows of a batch.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_in_batch(&mut self, id: &str, more: Tally) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(COUNT)
            .bind(id)
            .bind(more.booked)
            .bind(more.repeated)
            .bind(more.refused)
            .bind(more.quarantined)
            .bind(more.amount)
            .execute(c))?;
        Ok(())
    }

    /// Forgets the rows that came to nothing of batches whose time was over before a day, of so many batches at most; answers how
    /// many rows.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn forget_reports(&mut self, today: NaiveDate, batches: i64) -> Result<u64, StoreError> {
        let rows = change!(self, |c| sqlx::query(FORGET).bind(today).bind(batches).execute(c))?;
        change!(self, |c| sqlx::query(FORGOTTEN).bind(today).bind(batches).execute(c))?;
        Ok(rows)
    }
}
