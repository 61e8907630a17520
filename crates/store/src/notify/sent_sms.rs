//! What the demonstration would have sent; nothing is written here outside it.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, Utc};

/// A message that would have been sent; the payload is sealed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SentSmsRow {
    /// Id of the short message.
    pub id: String,
    /// Key of the province that sends it.
    pub province: String,
    /// What it is for, as a word such as `login`.
    pub purpose: String,
    /// The whole message with its number, sealed.
    pub payload_sealed: Vec<u8>,
    /// When it would have been sent, in UTC.
    pub at: DateTime<Utc>,
}

sql! {
    INSERT = "INSERT INTO sent_sms (id, province, purpose, payload_sealed, at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO NOTHING";
    LIST = "SELECT id, province, purpose, payload_sealed, at FROM sent_sms ORDER BY at DESC, id DESC LIMIT $1";
}

impl Reader {
    /// The newest messages first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_sent_sms(&mut self, limit: i64) -> Result<Vec<SentSmsRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LIST).bind(limit).fetch_all(c))?)
    }
}

impl Tx {
    /// Keeps a message; the same one is kept once.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_sent_sms(&mut self, row: &SentSmsRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(&row.province)
            .bind(&row.purpose)
            .bind(&row.payload_sealed)
            .bind(row.at)
            .execute(c))?;
        Ok(())
    }
}
