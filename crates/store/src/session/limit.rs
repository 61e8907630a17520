//! Counters for "at most n in this time", shared by all servers and surviving a restart.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, Utc};

sql! {
    ADD = "INSERT INTO rate_event (id, bucket, at) VALUES ($1, $2, $3)";
    COUNT = "SELECT count(*) FROM rate_event WHERE bucket = $1 AND at > $2";
    OLDEST = "SELECT at FROM rate_event WHERE bucket = $1 AND at > $2 ORDER BY at LIMIT 1";
    LOCK = "INSERT INTO lease (name, holder, until_at) VALUES ($1, '', $2)
        ON CONFLICT (name) DO UPDATE SET until_at = excluded.until_at";
    DELETE_OLD_LOCKS = "DELETE FROM lease WHERE name LIKE 'rate:%' AND until_at < $1";
    REMOVE = "DELETE FROM rate_event WHERE id = $1";
    CLEAR = "DELETE FROM rate_event WHERE bucket = $1";
    DELETE_OLD = "DELETE FROM rate_event WHERE at < $1";
}

impl Reader {
    /// How often something happened since an instant (exclusive).
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_rate(&mut self, bucket: &str, since: DateTime<Utc>) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(COUNT).bind(bucket).bind(since).fetch_one(c))?)
    }

    /// When the oldest of them happened: the window opens again one window after it.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_oldest_rate(&mut self, bucket: &str, since: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(OLDEST).bind(bucket).bind(since).fetch_optional(c))?)
    }
}

impl Tx {
    /// Makes everybody else who counts in this bucket wait until this transaction ends; what is counted afterwards includes
    /// what they counted before. Several buckets are locked in the same order everywhere.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn lock_rate(&mut self, bucket: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        let name = format!("rate:{bucket}");
        change!(self, |c| sqlx::query(LOCK).bind(&name).bind(at).execute(c))?;
        Ok(())
    }

    /// Notes that it happened.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn add_rate(&mut self, id: &str, bucket: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(ADD).bind(id).bind(bucket).bind(at).execute(c))?;
        Ok(())
    }

    /// Takes one event back, when what was counted did not take place.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn remove_rate(&mut self, id: &str) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(REMOVE).bind(id).execute(c))?;
        Ok(())
    }

    /// Forgets a bucket, as after a login that worked.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn clear_rate(&mut self, bucket: &str) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(CLEAR).bind(bucket).execute(c))?;
        Ok(())
    }

    /// Forgets what happened before an instant.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn delete_rates_before(&mut self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let locks = change!(self, |c| sqlx::query(DELETE_OLD_LOCKS).bind(before).execute(c))?;
        Ok(locks + change!(self, |c| sqlx::query(DELETE_OLD).bind(before).execute(c))?)
    }
}
