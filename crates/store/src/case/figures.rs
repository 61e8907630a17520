//! The figures of a reviewer's work, and what the portal says of a case by its number.

use chrono::{DateTime, Utc};
use domain::case::{CaseKind, Status};
use domain::id::{AccountId, BureauCode, CaseId, StaffId};

use crate::conn::{Reader, on, sql};
use crate::error::StoreError;

/// What is known of a case to whoever has its number.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct NumberedRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub id: CaseId,
    /// What the case is about.
    #[sqlx(try_from = "String")]
    pub kind: CaseKind,
    /// Where the case stands.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// Id of the account whose case it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// 证件号码 of that account, sealed.
    pub document_sealed: Vec<u8>,
}

sql! {
    DECIDED_SINCE = "SELECT count(*) FROM case_file WHERE decided_by = $1 AND decided_at >= $2";
    OPEN = "SELECT count(*) FROM case_file WHERE province = $1 AND bureau = $2 AND status = 'submitted'";
    SETTLED = "SELECT count(*) FROM case_file WHERE province = $1 AND status = 'approved' AND decided_at >= $2";
    NUMBERED = "SELECT c.id, c.kind, c.status, c.account_id, a.document_sealed
        FROM case_file c JOIN account a ON a.id = c.account_id WHERE c.number = $1 AND c.province = $2";
}

impl Reader {
    /// How many cases a staff member decided since then, in UTC.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_decided(&mut self, staff: &StaffId, since: DateTime<Utc>) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(DECIDED_SINCE).bind(staff.as_str()).bind(since).fetch_one(c))?)
    }

    /// How many undecided cases a bureau has.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_open(&mut self, province: &str, bureau: &BureauCode) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(OPEN).bind(province).bind(bureau.as_str()).fetch_one(c))?)
    }

    /// How many cases of a province were approved since then, in UTC.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_settled(&mut self, province: &str, since: DateTime<Utc>) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(SETTLED).bind(province).bind(since).fetch_one(c))?)
    }

    /// The case of a 受理编号 in a province.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_numbered_case(&mut self, province: &str, number: &str) -> Result<Option<NumberedRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(NUMBERED).bind(number).bind(province).fetch_optional(c))?)
    }
}
