//! 分享链接 of a certified learning year, and how often each was opened.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::AccountId;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A link. The token of its address is kept as its hash.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ShareRow {
    /// Id of the link.
    pub id: String,
    /// SHA-256 of the token; the token itself is not kept.
    pub token_hash: Vec<u8>,
    /// Whose it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// 继续教育年度.
    pub year: i64,
    /// Code of how much of the name it shows.
    pub name_shown: String,
    /// Whether it shows the number of the document, masked.
    pub shows_document: bool,
    /// Whether it shows the credits.
    pub shows_credits: bool,
    /// When it was made, in UTC.
    pub created_at: DateTime<Utc>,
    /// When it is good for nothing any more, in UTC.
    pub until_at: DateTime<Utc>,
    /// When its holder ended it, in UTC; `None` while they have not.
    pub ended_at: Option<DateTime<Utc>>,
}

sql! {
    INSERT = "INSERT INTO certificate_share
        (id, token_hash, account_id, year, name_shown, shows_document, shows_credits, created_at, until_at, ended_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)";
    BY_TOKEN = "SELECT id, token_hash, account_id, year, name_shown, shows_document, shows_credits, created_at, until_at, ended_at
        FROM certificate_share WHERE token_hash = $1";
    OPEN = "SELECT id, token_hash, account_id, year, name_shown, shows_document, shows_credits, created_at, until_at, ended_at
        FROM certificate_share WHERE account_id = $1 AND year = $2 AND ended_at IS NULL AND until_at > $3
        ORDER BY created_at DESC, id DESC LIMIT 50";
    END = "UPDATE certificate_share SET ended_at = $4 WHERE id = $1 AND account_id = $2 AND year = $3 AND ended_at IS NULL";
    DAYS = "SELECT opened_on, times FROM certificate_share_day WHERE share_id = $1 ORDER BY opened_on DESC LIMIT 100";
    COUNT = "INSERT INTO certificate_share_day (share_id, opened_on, times) VALUES ($1, $2, $3)
        ON CONFLICT (share_id, opened_on) DO UPDATE SET times = certificate_share_day.times + excluded.times";
}

impl Reader {
    /// A link by the hash of its token, whether or not it is still good.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_share(&mut self, token_hash: &[u8]) -> Result<Option<ShareRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_TOKEN).bind(token_hash).fetch_optional(c))?)
    }

    /// The links of somebody's learning year that are good at an instant, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_open_shares(
        &mut self,
        account: &AccountId,
        year: i32,
        now: DateTime<Utc>,
    ) -> Result<Vec<ShareRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OPEN).bind(account.as_str()).bind(i64::from(year)).bind(now).fetch_all(c))?)
    }

    /// How often a link was opened, by day in China, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_share_days(&mut self, id: &str) -> Result<Vec<(NaiveDate, i64)>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(DAYS).bind(id).fetch_all(c))?)
    }
}

impl Tx {
    /// Adds a link.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_share(&mut self, row: &ShareRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(&row.token_hash)
            .bind(row.account_id.as_str())
            .bind(row.year)
            .bind(&row.name_shown)
            .bind(row.shows_document)
            .bind(row.shows_credits)
            .bind(row.created_at)
            .bind(row.until_at)
            .execute(c))?;
        Ok(())
    }

    /// Ends a link of somebody's learning year; answers whether it was open.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn end_share(
        &mut self,
        id: &str,
        (account, year): (&AccountId, i32),
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let ended =
            change!(self, |c| sqlx::query(END).bind(id).bind(account.as_str()).bind(i64::from(year)).bind(at).execute(c))?;
        Ok(ended == 1)
    }

    /// Counts that a link was opened so often on a day in China.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_share(&mut self, id: &str, on: NaiveDate, times: i64) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(COUNT).bind(id).bind(on).bind(times).execute(c))?;
        Ok(())
    }
}
