//! 单位管理: which employers cases claim, who manages them, and whom these may see.

pub mod employment;
pub mod manager;

use chrono::{DateTime, Utc};
use domain::case::Status;
use domain::id::{AccountId, CaseId};

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A claim with where its case stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ClaimRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// 统一社会信用代码.
    pub code: String,
    /// 单位名称, as it was typed.
    pub name: String,
    /// 受理编号; `None` before the first submission.
    pub number: Option<String>,
    /// Where the case stands.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// What the next change must name.
    pub version: i64,
    /// When it was last decided, in UTC; `None` before.
    pub decided_at: Option<DateTime<Utc>>,
}

sql! {
    OF_ACCOUNT = "SELECT f.id AS case_id, v.code, v.name, f.number, f.status, f.version, f.decided_at
        FROM employer_claim v JOIN case_file f ON f.id = v.case_id
        WHERE v.account_id = $1 AND (f.status <> 'closed' OR f.decided_at IS NOT NULL) ORDER BY f.created_at DESC, f.id DESC LIMIT $2";
    OF_CASE = "SELECT f.id AS case_id, v.code, v.name, f.number, f.status, f.version, f.decided_at
        FROM employer_claim v JOIN case_file f ON f.id = v.case_id WHERE v.case_id = $1";
    SAVE = "INSERT INTO employer_claim (case_id, account_id, code, name) VALUES ($1, $2, $3, $4)
        ON CONFLICT (case_id) DO UPDATE SET code = excluded.code, name = excluded.name";
}

impl Reader {
    /// The claims of a person, the newest first, so many at most; without those that they deleted or cancelled.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_employer_claims(&mut self, account: &AccountId, limit: i64) -> Result<Vec<ClaimRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).bind(limit).fetch_all(c))?)
    }

    /// What a case claims.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_employer_claim(&mut self, case: &CaseId) -> Result<Option<ClaimRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_CASE).bind(case.as_str()).fetch_optional(c))?)
    }
}

impl Tx {
    /// Notes what a case claims, over what it claimed before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn save_employer_claim(
        &mut self,
        (case, account): (&CaseId, &AccountId),
        (code, name): (&str, &str),
    ) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SAVE).bind(case.as_str()).bind(account.as_str()).bind(code).bind(name).execute(c))?;
        Ok(())
    }
}
