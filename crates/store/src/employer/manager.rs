//! Who manages an employer.

use chrono::{DateTime, Utc};
use domain::id::{AccountId, BureauCode, CaseId};

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use crate::ids::Given;

/// 单位管理员 of an employer.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ManagerRow {
    /// Its id.
    pub id: String,
    /// Key of the province.
    pub province: String,
    /// 统一社会信用代码.
    pub code: String,
    /// Keyed hash of the code, as records have it.
    pub code_hash: Vec<u8>,
    /// Who manages it.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// The approved case; `None` where an identity service named them.
    #[sqlx(try_from = "Given<CaseId>")]
    pub case_id: Option<CaseId>,
    /// The bureau that reviews what they file.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
    /// When that was approved, in UTC.
    pub since: DateTime<Utc>,
    /// When it ended, in UTC; `None` while it stands.
    pub ended_at: Option<DateTime<Utc>>,
}

sql! {
    OF_ACCOUNT = "SELECT id, province, code, code_hash, account_id, case_id, bureau, since, ended_at FROM employer_manager
        WHERE account_id = $1 AND ended_at IS NULL ORDER BY since, id";
    OF_EMPLOYER = "SELECT id, province, code, code_hash, account_id, case_id, bureau, since, ended_at FROM employer_manager
        WHERE province = $1 AND code = $2 AND ended_at IS NULL";
    OF_CASE = "SELECT id, province, code, code_hash, account_id, case_id, bureau, since, ended_at FROM employer_manager WHERE case_id = $1";
    BY_ID = "SELECT id, province, code, code_hash, account_id, case_id, bureau, since, ended_at FROM employer_manager WHERE id = $1";
    INSERT = "INSERT INTO employer_manager (id, province, code, code_hash, account_id, case_id, bureau, since, asked_at, ended_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)";
    TO_ASK = "SELECT id FROM employer_manager WHERE ended_at IS NULL AND asked_at < $1 ORDER BY asked_at, id LIMIT $2";
    ASKED = "UPDATE employer_manager SET asked_at = $2 WHERE id = $1 AND ended_at IS NULL";
    END = "UPDATE employer_manager SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
}

impl Reader {
    /// The employers that somebody manages now.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_managed(&mut self, account: &AccountId) -> Result<Vec<ManagerRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?)
    }

    /// Who manages an employer now.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_manager_of(&mut self, province: &str, code: &str) -> Result<Option<ManagerRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_EMPLOYER).bind(province).bind(code).fetch_optional(c))?)
    }

    /// What a case made of its person, whether or not it stands.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_manager_of_case(&mut self, case: &CaseId) -> Result<Option<ManagerRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_CASE).bind(case.as_str()).fetch_optional(c))?)
    }

    /// The managers whose people were not looked for since a moment, whoever waits longest first, so many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_managers_to_ask(&mut self, before: DateTime<Utc>, limit: i64) -> Result<Vec<String>, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(TO_ASK).bind(before).bind(limit).fetch_all(c))?)
    }

    /// The manager of this id, whether or not they still are.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_manager(&mut self, id: &str) -> Result<Option<ManagerRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c))?)
    }
}

impl Tx {
    /// Makes somebody the manager of an employer.
    ///
    /// # Errors
    /// `Exists` while somebody is.
    pub async fn insert_manager(&mut self, row: &ManagerRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(&row.province)
            .bind(&row.code)
            .bind(&row.code_hash)
            .bind(row.account_id.as_str())
            .bind(row.case_id.as_ref().map(CaseId::as_str))
            .bind(row.bureau.as_str())
            .bind(row.since)
            .bind(DateTime::UNIX_EPOCH)
            .execute(c))
        .map_err(StoreError::exists_in("employer_manager"))?;
        Ok(())
    }

    /// Notes that everybody who works there has been asked by now.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn note_asked(&mut self, id: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(ASKED).bind(id).bind(at).execute(c))?;
        Ok(())
    }

    /// Ends it; answers whether it stood until then.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn end_manager(&mut self, id: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(END).bind(id).bind(at).execute(c))? == 1)
    }
}
