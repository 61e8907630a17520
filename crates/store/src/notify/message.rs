//! 站内信.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use crate::ids::Given;
use chrono::{DateTime, Utc};
use domain::id::{AccountId, CaseId};

/// A message to an accountant.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MessageRow {
    /// Id of the 站内信; ids of later messages sort after it.
    pub id: String,
    /// Id of the account that receives it.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Id of the case that it is about; `None` for none.
    #[sqlx(try_from = "Given<CaseId>")]
    pub case_id: Option<CaseId>,
    /// Title in one line, in clear.
    pub title: String,
    /// Whole text, in clear.
    pub body: String,
    /// When it was written, in UTC.
    pub at: DateTime<Utc>,
    /// When it was read, in UTC; `None` while it is unread.
    pub read_at: Option<DateTime<Utc>>,
}

sql! {
    INSERT = "INSERT INTO message (id, account_id, case_id, title, body, at, read_at) VALUES ($1, $2, $3, $4, $5, $6, NULL)";
    LIST = "SELECT id, account_id, case_id, title, body, at, read_at FROM message
        WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    READ = "UPDATE message SET read_at = $2 WHERE account_id = $1 AND read_at IS NULL";
}

impl Reader {
    /// A page of messages, newest first; `before` is the id of the last one of the page before, or `~`.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_messages(&mut self, account: &AccountId, before: &str, limit: i64) -> Result<Vec<MessageRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LIST).bind(account.as_str()).bind(before).bind(limit).fetch_all(c))?)
    }
}

impl Tx {
    /// Adds a message.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_message(&mut self, m: &MessageRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&m.id)
            .bind(m.account_id.as_str())
            .bind(m.case_id.as_ref().map(CaseId::as_str))
            .bind(&m.title)
            .bind(&m.body)
            .bind(m.at)
            .execute(c))?;
        Ok(())
    }

    /// Notes that everything has been read.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn read_messages(&mut self, account: &AccountId, at: DateTime<Utc>) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(READ).bind(account.as_str()).bind(at).execute(c))?)
    }
}
