//! 网校: what a province says of its schools, and the tokens of their programs (docs/adr/0039).

pub mod approval;
pub mod aside;
pub mod batch;
pub mod enrolment;
pub mod logo;
pub mod missing;
pub mod progress;
pub mod report;
pub mod request;

use chrono::{DateTime, Utc};
use domain::id::StaffId;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};

/// A school.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SchoolRow {
    /// Its id.
    pub id: String,
    /// Key of the province.
    pub province: String,
    /// 网校代码: names it in tickets; never changed.
    pub code: String,
    /// 网校名称.
    pub name: String,
    /// 简介; may be empty.
    pub intro: String,
    /// 收费说明; may be empty.
    pub fees: String,
    /// 网址.
    pub site: String,
    /// Where tickets are posted to.
    pub entry: String,
    /// 咨询电话.
    pub phone: String,
    /// 开放年度, the newest first, joined by commas; may be empty.
    pub years: String,
    /// The networks that its programs call from, joined by commas; empty for any.
    pub ranges: String,
    /// Begins with 1 and rises with each change.
    pub version: i64,
    /// Id of the member of the staff who wrote it last.
    #[sqlx(try_from = "String")]
    pub updated_by: StaffId,
    /// When that was, in UTC.
    pub updated_at: DateTime<Utc>,
}

/// A token of a school.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TokenRow {
    /// Its id.
    pub id: String,
    /// The school.
    pub school_id: String,
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// Id of the member of the staff who issued it.
    pub created_by: String,
    /// When that was, in UTC.
    pub created_at: DateTime<Utc>,
    /// When it was ended, in UTC; `None` while it is good.
    pub ended_at: Option<DateTime<Utc>>,
    /// When a program called with it first, in UTC.
    pub used_at: Option<DateTime<Utc>>,
}

sql! {
    OF_PROVINCE = "SELECT id, province, code, name, intro, fees, site, entry, phone, years, ranges, version, updated_by, updated_at
        FROM school WHERE province = $1 ORDER BY code";
    BY_ID = "SELECT id, province, code, name, intro, fees, site, entry, phone, years, ranges, version, updated_by, updated_at
        FROM school WHERE id = $1";
    LOCK = "UPDATE school SET version = version WHERE id = $1
        RETURNING id, province, code, name, intro, fees, site, entry, phone, years, ranges, version, updated_by, updated_at";
    INSERT = "INSERT INTO school (id, province, code, name, intro, fees, site, entry, phone, years, ranges, version, updated_by, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $13)";
    SAVE = "UPDATE school SET name = $4, intro = $5, fees = $6, site = $7, entry = $8, phone = $9, years = $10,
            version = version + 1, updated_by = $11, updated_at = $12
        WHERE id = $1 AND province = $2 AND version = $3";
    TOKENS = "SELECT id, school_id, token_hash, created_by, created_at, ended_at, used_at
        FROM school_token WHERE school_id = $1 AND ended_at IS NULL ORDER BY created_at DESC, id DESC";
    BY_TOKEN = "SELECT s.id, s.province, s.code, s.name, s.intro, s.fees, s.site, s.entry, s.phone, s.years, s.ranges, s.version,
            s.updated_by, s.updated_at
        FROM school_token t JOIN school s ON s.id = t.school_id WHERE t.token_hash = $1 AND t.ended_at IS NULL";
    ISSUE = "INSERT INTO school_token (id, school_id, token_hash, created_by, created_at, ended_at, used_at)
        VALUES ($1, $2, $3, $4, $5, NULL, NULL)";
    USED = "UPDATE school_token SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL";
    END = "UPDATE school_token SET ended_at = $3 WHERE id = $1 AND school_id = $2 AND ended_at IS NULL";
}

impl Reader {
    /// The schools of a province, by code.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_schools(&mut self, province: &str) -> Result<Vec<SchoolRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_PROVINCE).bind(province).fetch_all(c))?)
    }

    /// A school by its id.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_school(&mut self, id: &str) -> Result<Option<SchoolRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c))?)
    }

    /// The school whose token this is, by the hash of the token, while it is good.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_school_of_token(&mut self, token_hash: &[u8]) -> Result<Option<SchoolRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_TOKEN).bind(token_hash).fetch_optional(c))?)
    }

    /// The tokens of a school that are good, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_school_tokens(&mut self, school: &str) -> Result<Vec<TokenRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(TOKENS).bind(school).fetch_all(c))?)
    }
}

impl Tx {
    /// A school as it is now, which nobody else can change before this transaction ends.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn lock_school(&mut self, id: &str) -> Result<Option<SchoolRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LOCK).bind(id).fetch_optional(c))?)
    }

    /// Adds a school, version 1.
    ///
    /// # Errors
    /// `Exists` when the province has a school of this code.
    pub async fn insert_school(&mut self, row: &SchoolRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(&row.province)
            .bind(&row.code)
            .bind(&row.name)
            .bind(&row.intro)
            .bind(&row.fees)
            .bind(&row.site)
            .bind(&row.entry)
            .bind(&row.phone)
            .bind(&row.years)
            .bind(&row.ranges)
            .bind(row.updated_by.as_str())
            .bind(row.updated_at)
            .execute(c))
        .map_err(StoreError::exists_in("school"))?;
        Ok(())
    }

    /// Writes a school over the version that was seen; its code stays as it is.
    ///
    /// # Errors
    /// `Stale` when somebody was faster.
    pub async fn save_school(&mut self, row: &SchoolRow) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(SAVE)
            .bind(&row.id)
            .bind(&row.province)
            .bind(row.version)
            .bind(&row.name)
            .bind(&row.intro)
            .bind(&row.fees)
            .bind(&row.site)
            .bind(&row.entry)
            .bind(&row.phone)
            .bind(&row.years)
            .bind(row.updated_by.as_str())
            .bind(row.updated_at)
            .execute(c))?;
        one_row("school", changed)
    }

    /// Adds a token.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_school_token(&mut self, row: &TokenRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(ISSUE)
            .bind(&row.id)
            .bind(&row.school_id)
            .bind(&row.token_hash)
            .bind(&row.created_by)
            .bind(row.created_at)
            .execute(c))?;
        Ok(())
    }

    /// Ends a token of a school; answers whether it was good.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn end_school_token(&mut self, id: &str, school: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(END).bind(id).bind(school).bind(at).execute(c))? == 1)
    }

    /// Notes that a program called with a token, the first time.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn note_token_used(&mut self, token_hash: &[u8], at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(USED).bind(token_hash).bind(at).execute(c))?;
        Ok(())
    }
}
