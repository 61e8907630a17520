//! Applications for another mobile number, and appeals: the number that is wanted, the link of the objection, and when it takes effect.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use chrono::{DateTime, Utc};
use domain::id::{AccountId, CaseId};

/// What a case of this kind is about. The number is sealed; the link is kept as its hash.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PhoneChangeRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// Id of the account whose number changes.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Whether the account goes to whoever applies: all that opened it before ends.
    pub hands_over: bool,
    /// Keyed hash of the new 手机号.
    pub mobile_hash: Vec<u8>,
    /// New 手机号, sealed.
    pub mobile_sealed: Vec<u8>,
    /// Hash of the link with which the old number objects.
    pub link_hash: Vec<u8>,
    /// When it takes effect, in UTC; `None` before the approval.
    pub effective_at: Option<DateTime<Utc>>,
    /// When it took effect or was stopped, in UTC; `None` before.
    pub settled_at: Option<DateTime<Utc>>,
}

sql! {
    FIND = "SELECT case_id, account_id, hands_over, mobile_hash, mobile_sealed, link_hash, effective_at, settled_at
        FROM phone_change WHERE case_id = $1";
    BY_LINK = "SELECT case_id, account_id, hands_over, mobile_hash, mobile_sealed, link_hash, effective_at, settled_at
        FROM phone_change WHERE link_hash = $1";
    DUE = "SELECT case_id FROM phone_change WHERE settled_at IS NULL AND effective_at <= $1 ORDER BY effective_at, case_id LIMIT $2";
    SAVE = "INSERT INTO phone_change (case_id, account_id, hands_over, mobile_hash, mobile_sealed, link_hash)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (case_id) DO UPDATE SET hands_over = excluded.hands_over, mobile_hash = excluded.mobile_hash, mobile_sealed = excluded.mobile_sealed,
            link_hash = excluded.link_hash, effective_at = NULL, settled_at = NULL";
    HANDED_OVER = "SELECT count(*) FROM phone_change
        WHERE account_id = $1 AND hands_over AND settled_at >= effective_at AND settled_at >= $2";
    SCHEDULE = "UPDATE phone_change SET effective_at = $2 WHERE case_id = $1 AND settled_at IS NULL AND effective_at IS NULL";
    SETTLE = "UPDATE phone_change SET settled_at = $2 WHERE case_id = $1 AND settled_at IS NULL";
}

impl Reader {
    /// What a case is about.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_phone_change(&mut self, case: &CaseId) -> Result<Option<PhoneChangeRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(case.as_str()).fetch_optional(c))?)
    }

    /// The same by the hash of its link.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_phone_change_of_link(&mut self, hash: &[u8]) -> Result<Option<PhoneChangeRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_LINK).bind(hash).fetch_optional(c))?)
    }

    /// How often an account was handed over from an instant on.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_hand_overs_since(&mut self, account: &AccountId, since: DateTime<Utc>) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(HANDED_OVER).bind(account.as_str()).bind(since).fetch_one(c))?)
    }

    /// The cases whose time has come, the oldest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_due_phone_changes(&mut self, now: DateTime<Utc>, limit: i64) -> Result<Vec<CaseId>, StoreError> {
        let due: Vec<String> = on!(self, |c| sqlx::query_scalar(DUE).bind(now).bind(limit).fetch_all(c))?;
        Ok(due.into_iter().map(CaseId::from).collect())
    }
}

impl Tx {
    /// Keeps what a round of a case is about; an earlier round's link is void from then on.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn save_phone_change(&mut self, row: &PhoneChangeRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SAVE)
            .bind(row.case_id.as_str())
            .bind(row.account_id.as_str())
            .bind(row.hands_over)
            .bind(&row.mobile_hash)
            .bind(&row.mobile_sealed)
            .bind(&row.link_hash)
            .execute(c))?;
        Ok(())
    }

    /// Says when it takes effect.
    ///
    /// # Errors
    /// `Stale` when that was said before, or it is settled.
    pub async fn schedule_phone_change(&mut self, case: &CaseId, at: DateTime<Utc>) -> Result<(), StoreError> {
        one_row("phone_change", change!(self, |c| sqlx::query(SCHEDULE).bind(case.as_str()).bind(at).execute(c))?)
    }

    /// Notes that it took effect or was stopped: once.
    ///
    /// # Errors
    /// `Stale` when it is settled.
    pub async fn settle_phone_change(&mut self, case: &CaseId, at: DateTime<Utc>) -> Result<(), StoreError> {
        one_row("phone_change", change!(self, |c| sqlx::query(SETTLE).bind(case.as_str()).bind(at).execute(c))?)
    }
}
