//! 这不是我本人: the links in messages by which whoever got one freezes the account, and how long it is frozen.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use chrono::{DateTime, Utc};
use domain::id::AccountId;

/// The link of one message. The secret in it is kept as its hash.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FreezeLinkRow {
    /// Hash of the secret in the link.
    pub link_hash: Vec<u8>,
    /// Id of the account that the message was about.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Keyed hash of the 手机号 to which the message went.
    pub mobile_hash: Vec<u8>,
    /// Until when it serves, in UTC.
    pub expires_at: DateTime<Utc>,
    /// Until when the account was frozen by it, in UTC; `None` while nobody used it.
    pub frozen_until: Option<DateTime<Utc>>,
}

sql! {
    INSERT = "INSERT INTO freeze_link (link_hash, account_id, mobile_hash, expires_at) VALUES ($1, $2, $3, $4)";
    FIND = "SELECT link_hash, account_id, mobile_hash, expires_at, frozen_until FROM freeze_link WHERE link_hash = $1";
    FROZEN = "SELECT frozen_until FROM freeze_link WHERE account_id = $1 AND frozen_until > $2
        ORDER BY frozen_until DESC LIMIT 1";
    USE = "UPDATE freeze_link SET frozen_until = $2 WHERE link_hash = $1 AND frozen_until IS NULL";
    THAW = "UPDATE freeze_link SET frozen_until = $2 WHERE account_id = $1 AND frozen_until > $2";
    DELETE_OLD = "DELETE FROM freeze_link WHERE expires_at < $1 AND (frozen_until IS NULL OR frozen_until < $1)";
}

impl Reader {
    /// The link with this hash.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_freeze_link(&mut self, hash: &[u8]) -> Result<Option<FreezeLinkRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(hash).fetch_optional(c))?)
    }

    /// Until when an account is frozen; `None` for one that is not.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_frozen_until(
        &mut self,
        account: &AccountId,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(FROZEN).bind(account.as_str()).bind(now).fetch_optional(c))?)
    }
}

impl Tx {
    /// Keeps the link of a message that leaves.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_freeze_link(&mut self, row: &FreezeLinkRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.link_hash)
            .bind(row.account_id.as_str())
            .bind(&row.mobile_hash)
            .bind(row.expires_at)
            .execute(c))?;
        Ok(())
    }

    /// Freezes the account of a link: once.
    ///
    /// # Errors
    /// `Stale` when it was used.
    pub async fn use_freeze_link(&mut self, hash: &[u8], until: DateTime<Utc>) -> Result<(), StoreError> {
        one_row("freeze_link", change!(self, |c| sqlx::query(USE).bind(hash).bind(until).execute(c))?)
    }

    /// Ends whatever freezes an account; answers whether something did.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn thaw_account(&mut self, account: &AccountId, now: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(THAW).bind(account.as_str()).bind(now).execute(c))? > 0)
    }

    /// Deletes links whose time is over and that freeze nothing any more; answers how many there were.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn delete_old_freeze_links(&mut self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(DELETE_OLD).bind(now).execute(c))?)
    }
}
