//! 信息登记表（电子签名件）: what was signed of a version of a record, and whether it still says what holds.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::AccountId;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};

/// An extract as it was signed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ExtractRow {
    /// 证明编号.
    pub number: String,
    /// Whose it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// The version of the record.
    pub record_id: String,
    /// Key of the province.
    pub province: String,
    /// 姓名 as it was.
    pub holder: String,
    /// The keyed hash of the number of the document as it was.
    pub document_hash: Vec<u8>,
    /// Who keeps the records.
    pub issuer: String,
    /// Name of the bureau that approved the version.
    pub bureau_name: String,
    /// 档案版本, from 1.
    pub version: i64,
    /// When it was approved, in China.
    pub approved_on: NaiveDate,
    /// The signed statement.
    pub statement: String,
    /// When it was signed, in UTC.
    pub issued_at: DateTime<Utc>,
    /// Since when it does not say what holds, in UTC; `None` while it does.
    pub ended_at: Option<DateTime<Utc>>,
}

sql! {
    BY_NUMBER = "SELECT number, account_id, record_id, province, holder, document_hash, issuer, bureau_name, version, approved_on, statement,
            issued_at, ended_at FROM record_extract WHERE number = $1";
    STANDING = "SELECT number, account_id, record_id, province, holder, document_hash, issuer, bureau_name, version, approved_on, statement,
            issued_at, ended_at FROM record_extract WHERE account_id = $1 AND ended_at IS NULL";
    INSERT = "INSERT INTO record_extract (number, account_id, record_id, province, holder, document_hash, issuer, bureau_name, version,
            approved_on, statement, issued_at, ended_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL)";
    END = "UPDATE record_extract SET ended_at = $2 WHERE number = $1 AND ended_at IS NULL";
}

impl Reader {
    /// An extract by its number, whether or not it stands.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_extract(&mut self, number: &str) -> Result<Option<ExtractRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_NUMBER).bind(number).fetch_optional(c))?)
    }

    /// The one of somebody that stands.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_standing_extract(&mut self, account: &AccountId) -> Result<Option<ExtractRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(STANDING).bind(account.as_str()).fetch_optional(c))?)
    }
}

impl Tx {
    /// Adds one that stands.
    ///
    /// # Errors
    /// `Exists` when the number is taken or the person has one that stands.
    pub async fn insert_extract(&mut self, row: &ExtractRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.number)
            .bind(row.account_id.as_str())
            .bind(&row.record_id)
            .bind(&row.province)
            .bind(&row.holder)
            .bind(&row.document_hash)
            .bind(&row.issuer)
            .bind(&row.bureau_name)
            .bind(row.version)
            .bind(row.approved_on)
            .bind(&row.statement)
            .bind(row.issued_at)
            .execute(c))
        .map_err(StoreError::exists_in("record_extract"))?;
        Ok(())
    }

    /// Ends one that stands.
    ///
    /// # Errors
    /// `Stale` when it has ended already.
    pub async fn end_extract(&mut self, number: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        one_row("record_extract", change!(self, |c| sqlx::query(END).bind(number).bind(at).execute(c))?)
    }
}
