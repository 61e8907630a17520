//! The record (档案) of an accountant: one version for each approval, the newest is current.

pub mod annulment;
pub mod closing;
pub mod look;
pub mod paper;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::id::{AccountId, BureauCode, CaseId};

/// A version of a record; the body is sealed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RecordRow {
    /// Id of this version of the record.
    pub id: String,
    /// Id of the account whose 档案 it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Key of the province of the case.
    pub province: String,
    /// 财政局代码 of the bureau that had the case.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
    /// Counts the approvals of the person, from 1.
    pub version: i64,
    /// False for a version that a newer one replaced.
    pub is_current: bool,
    /// Id of the approved case; empty where a file of the national platform wrote the version.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// The record itself, sealed.
    pub body_sealed: Vec<u8>,
    /// Keyed hash of the code of the employer that it names; `None` where it names none.
    pub employer_hash: Option<Vec<u8>>,
    /// When the case was approved, in UTC.
    pub created_at: DateTime<Utc>,
}

sql! {
    CURRENT = "SELECT id, account_id, province, bureau, version, is_current, COALESCE(case_id, '') AS case_id, body_sealed, employer_hash, created_at
        FROM record WHERE account_id = $1 AND is_current";
    VERSIONS = "SELECT id, account_id, province, bureau, version, is_current, COALESCE(case_id, '') AS case_id, body_sealed, employer_hash, created_at
        FROM record WHERE account_id = $1 AND taken_back_at IS NULL ORDER BY version DESC";
    SURE = "SELECT sure_at FROM record_check WHERE account_id = $1";
    BE_SURE = "INSERT INTO record_check (account_id, version, sure_at) VALUES ($1, $2, $3)
        ON CONFLICT (account_id) DO UPDATE SET version = excluded.version, sure_at = excluded.sure_at";
    SUPERSEDE = "UPDATE record SET is_current = FALSE WHERE account_id = $1 AND is_current";
    // What was taken back keeps its number.
    INSERT = "INSERT INTO record (id, account_id, province, bureau, version, is_current, case_id, body_sealed, employer_hash, created_at)
        VALUES ($1, $2, $3, $4, (SELECT COALESCE(MAX(k.version), 0) + 1 FROM record k WHERE k.account_id = $2), TRUE, $5, $6, $7, $8)
        RETURNING version";
}

impl Reader {
    /// The current version of a person's record.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_record(&mut self, account: &AccountId) -> Result<Option<RecordRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(CURRENT).bind(account.as_str()).fetch_optional(c))?)
    }

    /// All versions of a person's record, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_records(&mut self, account: &AccountId) -> Result<Vec<RecordRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(VERSIONS).bind(account.as_str()).fetch_all(c))?)
    }
}

impl Reader {
    /// When a person last said that their record is right; `None` for never.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_record_check(&mut self, account: &AccountId) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(SURE).bind(account.as_str()).fetch_optional(c))?)
    }
}

impl Tx {
    /// Notes that a person finds a version of their record right.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn note_record_check(&mut self, account: &AccountId, version: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(BE_SURE).bind(account.as_str()).bind(version).bind(at).execute(c))?;
        Ok(())
    }

    /// Adds the next version; the one before stays as history. `row.version` is ignored.
    ///
    /// # Errors
    /// `Exists` when two approvals meet.
    pub async fn add_record(&mut self, row: &RecordRow) -> Result<i64, StoreError> {
        change!(self, |c| sqlx::query(SUPERSEDE).bind(row.account_id.as_str()).execute(c))?;
        let version: i64 = on!(self, |c| sqlx::query_scalar(INSERT)
            .bind(&row.id)
            .bind(row.account_id.as_str())
            .bind(&row.province)
            .bind(row.bureau.as_str())
            .bind(row.case_id.as_str())
            .bind(&row.body_sealed)
            .bind(&row.employer_hash)
            .bind(row.created_at)
            .fetch_one(c))
        .map_err(StoreError::exists_in("record"))?;
        Ok(version)
    }
}
