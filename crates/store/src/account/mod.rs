//! Accounts of accountants.

pub mod alike;
pub mod freeze;
pub mod legacy;
pub mod merge;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use chrono::{DateTime, Utc};
use domain::id::AccountId;

/// An account; document and mobile are sealed, their hashes serve equality search.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AccountRow {
    /// Id of the account.
    #[sqlx(try_from = "String")]
    pub id: AccountId,
    /// Key of the province to which the account belongs.
    pub province: String,
    /// 证件类型, as a code.
    pub document_kind: String,
    /// Keyed hash of the normalised 证件号码; searches compare it.
    pub document_hash: Vec<u8>,
    /// 证件号码, sealed.
    pub document_sealed: Vec<u8>,
    /// 姓名 of the accountant, in clear.
    pub name: String,
    /// 用户名 in small letters; empty where the province has none.
    pub username: String,
    /// Keyed hash of the 手机号; searches compare it.
    pub mobile_hash: Vec<u8>,
    /// 手机号, sealed.
    pub mobile_sealed: Vec<u8>,
    /// 电子邮箱, sealed; `None` while there is none. An account begins without one.
    pub email_sealed: Option<Vec<u8>>,
    /// Hash of the password; empty while there is none.
    pub password_hash: String,
    /// Failed sign-ins in a row.
    pub failed_logins: i64,
    /// Begins with 1 and rises when the name, the mobile number or the password changes.
    pub version: i64,
    /// When the account was made, in UTC.
    pub created_at: DateTime<Utc>,
    /// When the name, the mobile number or the password last changed, in UTC.
    pub updated_at: DateTime<Utc>,
    /// When somebody last signed in, in UTC; before that, when the account was made.
    pub signed_in_at: DateTime<Utc>,
}

sql! {
    INSERT = "INSERT INTO account
        (id, province, document_kind, document_hash, document_sealed, name, username, mobile_hash, mobile_sealed,
         password_hash, failed_logins, version, created_at, updated_at, signed_in_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 1, $11, $12, $13)";
    FIND = "SELECT id, province, document_kind, document_hash, document_sealed, name, username, mobile_hash, mobile_sealed,
            email_sealed, password_hash, failed_logins, version, created_at, updated_at, signed_in_at
        FROM account WHERE id = $1";
    LOCK = "UPDATE account SET updated_at = updated_at WHERE id = $1
        RETURNING id, province, document_kind, document_hash, document_sealed, name, username, mobile_hash, mobile_sealed,
            email_sealed, password_hash, failed_logins, version, created_at, updated_at, signed_in_at";
    BY_DOCUMENT = "SELECT id, province, document_kind, document_hash, document_sealed, name, username, mobile_hash, mobile_sealed,
            email_sealed, password_hash, failed_logins, version, created_at, updated_at, signed_in_at
        FROM account WHERE province = $1 AND document_hash = $2 ORDER BY document_kind, id LIMIT 5";
    BY_MOBILE = "SELECT id, province, document_kind, document_hash, document_sealed, name, username, mobile_hash, mobile_sealed,
            email_sealed, password_hash, failed_logins, version, created_at, updated_at, signed_in_at
        FROM account WHERE province = $1 AND mobile_hash = $2";
    BY_USERNAME = "SELECT id, province, document_kind, document_hash, document_sealed, name, username, mobile_hash, mobile_sealed,
            email_sealed, password_hash, failed_logins, version, created_at, updated_at, signed_in_at
        FROM account WHERE province = $1 AND username = $2";
    GREETING = "SELECT name, (SELECT count(*) FROM message m WHERE m.account_id = account.id AND m.read_at IS NULL) AS unread
        FROM account WHERE id = $1";
    COUNT_DOCUMENT = "SELECT count(*) FROM account WHERE document_hash = $1 AND id <> $2";
    SET_PERSON = "UPDATE account SET name = $2, mobile_hash = $3, mobile_sealed = $4, version = version + 1, updated_at = $5
        WHERE id = $1";
    SET_PASSWORD = "UPDATE account SET password_hash = $2, failed_logins = 0, version = version + 1, updated_at = $3 WHERE id = $1";
    SET_MOBILE = "UPDATE account SET mobile_hash = $2, mobile_sealed = $3, version = version + 1, updated_at = $4 WHERE id = $1";
    SET_EMAIL = "UPDATE account SET email_sealed = $2 WHERE id = $1";
    SET_DOCUMENT = "UPDATE account SET document_kind = $2, document_hash = $3, document_sealed = $4, version = version + 1, updated_at = $5
        WHERE id = $1";
    SET_NAME = "UPDATE account SET name = $2, version = version + 1, updated_at = $3 WHERE id = $1";
    COUNT_FAILURE = "UPDATE account SET failed_logins = failed_logins + 1 WHERE id = $1 RETURNING failed_logins";
    SIGNED_IN = "UPDATE account SET failed_logins = 0, signed_in_at = $2 WHERE id = $1";
}

impl Reader {
    /// An account by its id.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_account(&mut self, id: &AccountId) -> Result<Option<AccountRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(id.as_str()).fetch_optional(c))?)
    }

    /// The name of an account, and how many messages it has not read.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_greeting(&mut self, id: &AccountId) -> Result<Option<(String, i64)>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(GREETING).bind(id.as_str()).fetch_optional(c))?)
    }

    /// The accounts whose document has this number; more than one only when two kinds of documents share it.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_accounts_of_document(&mut self, province: &str, hash: &[u8]) -> Result<Vec<AccountRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_DOCUMENT).bind(province).bind(hash).fetch_all(c))?)
    }

    /// The account that a mobile number serves.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_account_of_mobile(&mut self, province: &str, hash: &[u8]) -> Result<Option<AccountRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_MOBILE).bind(province).bind(hash).fetch_optional(c))?)
    }

    /// The account with a 用户名, which is in small letters and not empty.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_account_of_username(&mut self, province: &str, username: &str) -> Result<Option<AccountRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_USERNAME).bind(province).bind(username).fetch_optional(c))?)
    }

    /// How many other accounts, in any province, have this document number.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_accounts_of_document(&mut self, hash: &[u8], but: &AccountId) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(COUNT_DOCUMENT).bind(hash).bind(but.as_str()).fetch_one(c))?)
    }
}

impl Tx {
    /// An account as it is now, which nobody else can change before this transaction ends.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn lock_account(&mut self, id: &AccountId) -> Result<Option<AccountRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LOCK).bind(id.as_str()).fetch_optional(c))?)
    }

    /// Adds an account, version 1.
    ///
    /// # Errors
    /// `Exists` when document, mobile or 用户名 already serve another account of the province.
    pub async fn insert_account(&mut self, a: &AccountRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(a.id.as_str())
            .bind(&a.province)
            .bind(&a.document_kind)
            .bind(&a.document_hash)
            .bind(&a.document_sealed)
            .bind(&a.name)
            .bind(&a.username)
            .bind(&a.mobile_hash)
            .bind(&a.mobile_sealed)
            .bind(&a.password_hash)
            .bind(a.created_at)
            .bind(a.updated_at)
            .bind(a.signed_in_at)
            .execute(c))
        .map_err(StoreError::exists_in("account"))?;
        Ok(())
    }

    /// Replaces name and mobile number.
    ///
    /// # Errors
    /// `Exists` when the mobile number serves another account of the province; `Stale` when the account is gone.
    pub async fn save_person(
        &mut self,
        account: &AccountId,
        name: &str,
        mobile: (&[u8], &[u8]),
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let query = change!(self, |c| sqlx::query(SET_PERSON)
            .bind(account.as_str())
            .bind(name)
            .bind(mobile.0)
            .bind(mobile.1)
            .bind(at)
            .execute(c));
        one_row("account", query.map_err(StoreError::exists_in("account"))?)
    }

    /// Replaces the password and forgets the failures.
    ///
    /// # Errors
    /// `Stale` when the account is gone.
    pub async fn save_password(&mut self, account: &AccountId, hash: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        one_row("account", change!(self, |c| sqlx::query(SET_PASSWORD).bind(account.as_str()).bind(hash).bind(at).execute(c))?)
    }

    /// Replaces the mobile number.
    ///
    /// # Errors
    /// `Exists` when it serves another account of the province, `Stale` when the account is gone.
    pub async fn save_mobile(
        &mut self,
        account: &AccountId,
        hash: &[u8],
        sealed: &[u8],
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let changed =
            change!(self, |c| sqlx::query(SET_MOBILE).bind(account.as_str()).bind(hash).bind(sealed).bind(at).execute(c))
                .map_err(StoreError::exists_in("account"))?;
        one_row("account", changed)
    }

    /// Replaces the 电子邮箱, or removes it.
    ///
    /// # Errors
    /// `Stale` when the account is gone.
    pub async fn save_email(&mut self, account: &AccountId, sealed: Option<&[u8]>) -> Result<(), StoreError> {
        one_row("account", change!(self, |c| sqlx::query(SET_EMAIL).bind(account.as_str()).bind(sealed).execute(c))?)
    }

    /// Corrects the document: its kind, the keyed hash and the sealed number.
    ///
    /// # Errors
    /// `Exists` when another account of the province has it, `Stale` when the account is gone.
    pub async fn save_document(
        &mut self,
        account: &AccountId,
        kind: &str,
        number: (&[u8], &[u8]),
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(SET_DOCUMENT)
            .bind(account.as_str())
            .bind(kind)
            .bind(number.0)
            .bind(number.1)
            .bind(at)
            .execute(c));
        one_row("account", changed.map_err(StoreError::exists_in("account"))?)
    }

    /// Corrects the name.
    ///
    /// # Errors
    /// `Stale` when the account is gone.
    pub async fn save_name(&mut self, account: &AccountId, name: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        one_row("account", change!(self, |c| sqlx::query(SET_NAME).bind(account.as_str()).bind(name).bind(at).execute(c))?)
    }

    /// Counts a failed login; answers how many there are in a row.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_failed_login(&mut self, account: &AccountId) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(COUNT_FAILURE).bind(account.as_str()).fetch_one(c))?)
    }

    /// Notes a login that worked, and forgets the failures before it.
    ///
    /// # Errors
    /// `Stale` when the account is gone.
    pub async fn note_sign_in(&mut self, account: &AccountId, at: DateTime<Utc>) -> Result<(), StoreError> {
        one_row("account", change!(self, |c| sqlx::query(SIGNED_IN).bind(account.as_str()).bind(at).execute(c))?)
    }
}
