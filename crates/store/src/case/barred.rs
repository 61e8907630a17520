//! Who does not decide on a case: whose own it is, and who had a part in it at the counter.

use domain::id::{AccountId, BureauCode, CaseId, StaffId};

use crate::conn::{Reader, on, sql};
use crate::error::StoreError;

sql! {
    TAKEN_IN = "SELECT count(*) FROM case_event WHERE case_id = $1 AND actor_kind = 'counter' AND actor_id = $2";
    TAKERS = "SELECT count(*) FROM case_event WHERE case_id = $1 AND actor_kind = 'counter'";
    BESIDE_TAKERS = "SELECT count(*) FROM staff s WHERE s.province = $1 AND s.bureau = $2 AND s.role = 'reviewer' AND s.is_active
          AND NOT EXISTS (SELECT 1 FROM case_event e WHERE e.case_id = $3 AND e.actor_kind = 'counter' AND e.actor_id = s.id)
          AND s.id <> $4 AND s.id <> $5";
    OWN_CASE = "SELECT count(*) FROM account a JOIN staff s ON s.document_hash = a.document_hash WHERE a.id = $1 AND s.id = $2";
    OWN_ACCOUNTS = "SELECT a.id FROM staff s JOIN account a ON a.document_hash = s.document_hash AND a.province = s.province WHERE s.id = $1";
}

impl Reader {
    /// Whether an account and a staff member are the same person, by the number of the document.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn is_same_person(&mut self, account: &AccountId, staff: &StaffId) -> Result<bool, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar::<_, i64>(OWN_CASE).bind(account.as_str()).bind(staff.as_str()).fetch_one(c))? > 0)
    }

    /// The accounts of a staff member, by the number of the document.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_own_accounts(&mut self, staff: &StaffId) -> Result<Vec<AccountId>, StoreError> {
        let found: Vec<String> = on!(self, |c| sqlx::query_scalar(OWN_ACCOUNTS).bind(staff.as_str()).fetch_all(c))?;
        Ok(found.into_iter().map(AccountId::from).collect())
    }

    /// Whether a staff member filled in for the person at the counter, or was one of the two who took the case in, in whatever round.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn has_taken_in(&mut self, case: &CaseId, staff: &StaffId) -> Result<bool, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar::<_, i64>(TAKEN_IN).bind(case.as_str()).bind(staff.as_str()).fetch_one(c))? > 0)
    }

    /// Whether a case was ever filled in or taken in at a counter.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn was_taken_in(&mut self, case: &CaseId) -> Result<bool, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar::<_, i64>(TAKERS).bind(case.as_str()).fetch_one(c))? > 0)
    }

    /// How many active reviewers of a bureau, beside two (empty for nobody), had no part in filling or taking a case in.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_beside_takers(
        &mut self,
        province: &str,
        bureau: &BureauCode,
        case: &CaseId,
        but: [&str; 2],
    ) -> Result<i64, StoreError> {
        let count = on!(self, |c| sqlx::query_scalar(BESIDE_TAKERS)
            .bind(province)
            .bind(bureau.as_str())
            .bind(case.as_str())
            .bind(but[0])
            .bind(but[1])
            .fetch_one(c));
        Ok(count?)
    }
}
