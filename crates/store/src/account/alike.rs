//! Accounts that may be of one human: what the machine found, for the province to look at.

use chrono::{DateTime, Utc};
use domain::id::AccountId;

use super::AccountRow;
use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// Two accounts that may be of one human.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AlikeRow {
    /// Its id.
    pub id: String,
    /// Key of the province.
    pub province: String,
    /// The account whose id comes first.
    #[sqlx(try_from = "String")]
    pub one: AccountId,
    /// The other account.
    #[sqlx(try_from = "String")]
    pub other: AccountId,
    /// Why they look alike: codes joined by commas.
    pub why: String,
    /// When the machine found them, in UTC.
    pub found_at: DateTime<Utc>,
    /// When somebody of the province said that they are two humans, in UTC.
    pub dismissed_at: Option<DateTime<Utc>>,
}

sql! {
    NAMED = "SELECT id, province, document_kind, document_hash, document_sealed, name, username, mobile_hash, mobile_sealed,
            email_sealed, password_hash, failed_logins, version, created_at, updated_at, signed_in_at
        FROM account WHERE province = $1 AND name = $2 ORDER BY id LIMIT 50";
    SAME_NUMBER = "SELECT DISTINCT g.account_id FROM case_file f JOIN certificate c ON c.case_id = f.id
            JOIN certificate d ON d.number_hash = c.number_hash JOIN case_file g ON g.id = d.case_id
        WHERE f.account_id = $1 AND g.account_id <> $1 AND g.province = f.province ORDER BY g.account_id LIMIT 20";
    LIST = "SELECT id, province, one, other, why, found_at, dismissed_at FROM account_alike
        WHERE province = $1 AND dismissed_at IS NULL ORDER BY found_at DESC, id DESC LIMIT $2";
    FIND = "SELECT id, province, one, other, why, found_at, dismissed_at FROM account_alike WHERE id = $1";
    NOTE = "INSERT INTO account_alike (id, province, one, other, why, found_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (one, other) DO NOTHING";
    DISMISS = "UPDATE account_alike SET dismissed_at = $2, dismissed_by = $3 WHERE id = $1 AND dismissed_at IS NULL";
}

impl Reader {
    /// The accounts of a province under a name, so many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_accounts_named(&mut self, province: &str, name: &str) -> Result<Vec<AccountRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(NAMED).bind(province).bind(name).fetch_all(c))?)
    }

    /// Other accounts that named the same number of a certificate in an application.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_accounts_of_same_certificates(&mut self, account: &AccountId) -> Result<Vec<AccountId>, StoreError> {
        let ids: Vec<String> = on!(self, |c| sqlx::query_scalar(SAME_NUMBER).bind(account.as_str()).fetch_all(c))?;
        Ok(ids.into_iter().map(AccountId::from).collect())
    }

    /// What was found in a province and nobody has dismissed, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_alike(&mut self, province: &str, limit: i64) -> Result<Vec<AlikeRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LIST).bind(province).bind(limit).fetch_all(c))?)
    }

    /// Two accounts that were found.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_alike(&mut self, id: &str) -> Result<Option<AlikeRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(id).fetch_optional(c))?)
    }
}

impl Tx {
    /// Notes two accounts that look alike; once, also after somebody dismissed them.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn note_alike(&mut self, row: &AlikeRow) -> Result<bool, StoreError> {
        let added = change!(self, |c| sqlx::query(NOTE)
            .bind(&row.id)
            .bind(&row.province)
            .bind(row.one.as_str())
            .bind(row.other.as_str())
            .bind(&row.why)
            .bind(row.found_at)
            .execute(c))?;
        Ok(added == 1)
    }

    /// Notes that two accounts are of two humans, and who said so; answers whether nobody had before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn dismiss_alike(&mut self, id: &str, by: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(DISMISS).bind(id).bind(at).bind(by).execute(c))? == 1)
    }
}
