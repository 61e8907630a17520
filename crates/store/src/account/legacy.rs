//! Holders of the old certificate: which import made their account, and what the old system knew beside it.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use chrono::{DateTime, Utc};
use domain::id::{AccountId, BureauCode};

/// An import of a file.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LegacyBatchRow {
    /// Id of the 导入批次.
    pub id: String,
    /// Key of the province whose holders were imported.
    pub province: String,
    /// SHA-256 of the whole file, 32 bytes.
    pub file_sha256: Vec<u8>,
    /// When the import began, in UTC.
    pub imported_at: DateTime<Utc>,
    /// When the import was undone, in UTC; `None` while it stands.
    pub undone_at: Option<DateTime<Utc>>,
}

/// What the old system knew of an imported account; the certificate number is sealed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LegacyHolderRow {
    /// Id of the account that the import made.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Id of the 导入批次 that made it.
    pub batch_id: String,
    /// 原证书号, sealed.
    pub certificate_sealed: Vec<u8>,
    /// 财政局代码 of the bureau that the imported row names.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
}

sql! {
    BATCH = "SELECT id, province, file_sha256, imported_at, undone_at FROM legacy_batch WHERE id = $1";
    BATCH_OF_FILE = "SELECT id, province, file_sha256, imported_at, undone_at
        FROM legacy_batch WHERE province = $1 AND file_sha256 = $2 AND undone_at IS NULL";
    INSERT_BATCH = "INSERT INTO legacy_batch (id, province, file_sha256, imported_at) VALUES ($1, $2, $3, $4)";
    UNDO_BATCH = "UPDATE legacy_batch SET undone_at = coalesce(undone_at, $2) WHERE id = $1";
    HOLDER = "SELECT account_id, batch_id, certificate_sealed, bureau FROM legacy_holder WHERE account_id = $1";
    HOLDERS = "SELECT account_id FROM legacy_holder WHERE batch_id = $1 AND account_id > $2 ORDER BY account_id LIMIT $3";
    INSERT_HOLDER = "INSERT INTO legacy_holder (account_id, batch_id, certificate_sealed, bureau) VALUES ($1, $2, $3, $4)";
    IS_UNTOUCHED = "SELECT count(*) FROM account WHERE id = $1 AND password_hash = ''
            AND NOT EXISTS (SELECT 1 FROM session WHERE account_id = $1)
            AND NOT EXISTS (SELECT 1 FROM case_file WHERE account_id = $1)";
    DELETE_HOLDER = "DELETE FROM legacy_holder WHERE account_id = $1";
    DELETE_LINKS = "DELETE FROM freeze_link WHERE account_id = $1";
    DELETE_ACCOUNT = "DELETE FROM account WHERE id = $1 AND password_hash = ''";
}

impl Reader {
    /// An import.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_legacy_batch(&mut self, id: &str) -> Result<Option<LegacyBatchRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BATCH).bind(id).fetch_optional(c))?)
    }

    /// The import of a file that was not undone.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_legacy_batch_of_file(
        &mut self,
        province: &str,
        sha256: &[u8],
    ) -> Result<Option<LegacyBatchRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BATCH_OF_FILE).bind(province).bind(sha256).fetch_optional(c))?)
    }

    /// What the old system knew of an account.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_legacy_holder(&mut self, account: &AccountId) -> Result<Option<LegacyHolderRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(HOLDER).bind(account.as_str()).fetch_optional(c))?)
    }

    /// The accounts of an import, in the order of their ids, after one of them or from the first on.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_legacy_accounts(
        &mut self,
        batch: &str,
        after: Option<&AccountId>,
        most: i64,
    ) -> Result<Vec<AccountId>, StoreError> {
        let after = after.map_or("", AccountId::as_str);
        let found: Vec<String> = on!(self, |c| sqlx::query_scalar(HOLDERS).bind(batch).bind(after).bind(most).fetch_all(c))?;
        Ok(found.into_iter().map(AccountId::from).collect())
    }
}

impl Tx {
    /// Adds an import.
    ///
    /// # Errors
    /// `Exists` when the file is imported already.
    pub async fn insert_legacy_batch(&mut self, row: &LegacyBatchRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT_BATCH)
            .bind(&row.id)
            .bind(&row.province)
            .bind(&row.file_sha256)
            .bind(row.imported_at)
            .execute(c))
        .map_err(StoreError::exists_in("legacy_batch"))?;
        Ok(())
    }

    /// Notes that an import was undone; the first time counts.
    ///
    /// # Errors
    /// `Stale` when there is no such import.
    pub async fn undo_legacy_batch(&mut self, id: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        one_row("legacy_batch", change!(self, |c| sqlx::query(UNDO_BATCH).bind(id).bind(at).execute(c))?)
    }

    /// Notes what the old system knew of an account.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_legacy_holder(&mut self, row: &LegacyHolderRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT_HOLDER)
            .bind(row.account_id.as_str())
            .bind(&row.batch_id)
            .bind(&row.certificate_sealed)
            .bind(row.bureau.as_str())
            .execute(c))?;
        Ok(())
    }

    /// Removes an imported account that nobody has ever entered; answers whether it was one.
    ///
    /// # Errors
    /// `Driver`, also where something else still speaks of the account; the transaction is then of no use any more.
    pub async fn remove_legacy_account(&mut self, account: &AccountId) -> Result<bool, StoreError> {
        let untouched: i64 = on!(self, |c| sqlx::query_scalar(IS_UNTOUCHED).bind(account.as_str()).fetch_one(c))?;
        if untouched == 0 {
            return Ok(false);
        }
        change!(self, |c| sqlx::query(DELETE_HOLDER).bind(account.as_str()).execute(c))?;
        // A message may have told of somebody else who registered with the number.
        change!(self, |c| sqlx::query(DELETE_LINKS).bind(account.as_str()).execute(c))?;
        one_row("account", change!(self, |c| sqlx::query(DELETE_ACCOUNT).bind(account.as_str()).execute(c))?)?;
        Ok(true)
    }
}
