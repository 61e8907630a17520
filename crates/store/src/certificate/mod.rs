//! 完成证明: what was certified of a learning year, and whether it still stands.

pub mod extract;
pub mod share;

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::AccountId;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};

/// What was certified, as it was signed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CertificateRow {
    /// 证明编号.
    pub number: String,
    /// Whose it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Key of the province.
    pub province: String,
    /// 继续教育年度.
    pub year: i64,
    /// 姓名 as it was.
    pub holder: String,
    /// Who certified.
    pub issuer: String,
    /// 总学分, in hundredths.
    pub total: i64,
    /// 专业科目 thereof, in hundredths.
    pub professional: i64,
    /// 公需科目 thereof, in hundredths.
    pub public: i64,
    /// 通过时间, in China.
    pub completed_on: NaiveDate,
    /// Code of how much of the name the statement shows.
    pub name_shown: String,
    /// The signed statement.
    pub statement: String,
    /// When it was certified, in UTC.
    pub issued_at: DateTime<Utc>,
    /// `revoked` or `replaced`; empty while it stands.
    pub ended_by: String,
    /// When it ended, in UTC; `None` while it stands.
    pub ended_at: Option<DateTime<Utc>>,
    /// The number of the one that took its place.
    pub replaced_by: Option<String>,
    /// 总学分 that the standard asked by which it was issued, in hundredths.
    pub asked_total: i64,
    /// 专业科目 thereof, in hundredths; `None` where it asked none.
    pub asked_professional: Option<i64>,
    /// 公需科目 thereof, in hundredths; `None` where it asked none.
    pub asked_public: Option<i64>,
    /// The rule that asked it.
    pub asked_version: String,
}

/// How a certificate ends.
#[derive(Clone, Debug)]
pub struct End<'a> {
    /// `revoked` or `replaced`.
    pub by: &'static str,
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// The number of the one that takes its place.
    pub replaced_by: Option<&'a str>,
}

sql! {
    BY_NUMBER = "SELECT number, account_id, province, year, holder, issuer, total, professional, public, completed_on, name_shown, statement,
            issued_at, ended_by, ended_at, replaced_by, asked_total, asked_professional, asked_public, asked_version
        FROM completion_certificate WHERE number = $1";
    STANDING = "SELECT number, account_id, province, year, holder, issuer, total, professional, public, completed_on, name_shown, statement,
            issued_at, ended_by, ended_at, replaced_by, asked_total, asked_professional, asked_public, asked_version
        FROM completion_certificate WHERE account_id = $1 AND year = $2 AND ended_at IS NULL";
    OF_YEAR = "SELECT number, account_id, province, year, holder, issuer, total, professional, public, completed_on, name_shown, statement,
            issued_at, ended_by, ended_at, replaced_by, asked_total, asked_professional, asked_public, asked_version
        FROM completion_certificate WHERE account_id = $1 AND year = $2 ORDER BY issued_at DESC, number LIMIT 20";
    OF_ACCOUNT = "SELECT number, account_id, province, year, holder, issuer, total, professional, public, completed_on, name_shown, statement,
            issued_at, ended_by, ended_at, replaced_by, asked_total, asked_professional, asked_public, asked_version
        FROM completion_certificate WHERE account_id = $1 ORDER BY issued_at DESC, number";
    INSERT = "INSERT INTO completion_certificate
        (number, account_id, province, year, holder, issuer, total, professional, public, completed_on, name_shown, statement, issued_at,
         ended_by, ended_at, replaced_by, asked_total, asked_professional, asked_public, asked_version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', NULL, NULL, $14, $15, $16, $17)";
    YEARS = "SELECT year FROM completion_certificate WHERE account_id = $1 AND ended_at IS NULL ORDER BY year";
    SHOW = "UPDATE completion_certificate SET name_shown = $2, statement = $3 WHERE number = $1 AND ended_at IS NULL";
    END = "UPDATE completion_certificate SET ended_by = $2, ended_at = $3, replaced_by = $4 WHERE number = $1 AND ended_at IS NULL";
}

impl Reader {
    /// A certificate by its number, whether or not it stands.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_certificate(&mut self, number: &str) -> Result<Option<CertificateRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_NUMBER).bind(number).fetch_optional(c))?)
    }

    /// The one of somebody's learning year that stands.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_standing_certificate(
        &mut self,
        account: &AccountId,
        year: i32,
    ) -> Result<Option<CertificateRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(STANDING).bind(account.as_str()).bind(i64::from(year)).fetch_optional(c))?)
    }

    /// The learning years of somebody that have one that stands.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_certified_years(&mut self, account: &AccountId) -> Result<Vec<(i64,)>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(YEARS).bind(account.as_str()).fetch_all(c))?)
    }

    /// All of somebody, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_all_certificates(&mut self, account: &AccountId) -> Result<Vec<CertificateRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?)
    }

    /// All of somebody's learning year, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_certificates(&mut self, account: &AccountId, year: i32) -> Result<Vec<CertificateRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_YEAR).bind(account.as_str()).bind(i64::from(year)).fetch_all(c))?)
    }
}

impl Tx {
    /// Adds one that stands.
    ///
    /// # Errors
    /// `Exists` when the number is taken or the year has one that stands.
    pub async fn insert_certificate(&mut self, row: &CertificateRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.number)
            .bind(row.account_id.as_str())
            .bind(&row.province)
            .bind(row.year)
            .bind(&row.holder)
            .bind(&row.issuer)
            .bind(row.total)
            .bind(row.professional)
            .bind(row.public)
            .bind(row.completed_on)
            .bind(&row.name_shown)
            .bind(&row.statement)
            .bind(row.issued_at)
            .bind(row.asked_total)
            .bind(row.asked_professional)
            .bind(row.asked_public)
            .bind(&row.asked_version)
            .execute(c))
        .map_err(StoreError::exists_in("completion_certificate"))?;
        Ok(())
    }

    /// Another degree of the name, and the statement with it.
    ///
    /// # Errors
    /// `Stale` when it does not stand any more.
    pub async fn show_name_on_certificate(&mut self, number: &str, shown: &str, statement: &str) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(SHOW).bind(number).bind(shown).bind(statement).execute(c))?;
        one_row("completion_certificate", changed)
    }

    /// Ends one that stands.
    ///
    /// # Errors
    /// `Stale` when it has ended already.
    pub async fn end_certificate(&mut self, number: &str, end: &End<'_>) -> Result<(), StoreError> {
        let changed =
            change!(self, |c| sqlx::query(END).bind(number).bind(end.by).bind(end.at).bind(end.replaced_by).execute(c))?;
        one_row("completion_certificate", changed)
    }
}
