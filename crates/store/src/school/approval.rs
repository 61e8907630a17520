//! What one administrator asked for a school and another has to agree to.

use chrono::{DateTime, Utc};
use domain::id::StaffId;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ApprovalRow {
    /// Its id.
    pub id: String,
    /// The school.
    pub school_id: String,
    /// What is asked for, as a code.
    pub kind: String,
    /// 登录地址 or the networks that are asked for; empty for a token.
    pub wanted: String,
    /// Who asked.
    #[sqlx(try_from = "String")]
    pub asked_by: StaffId,
    /// When, in UTC.
    pub asked_at: DateTime<Utc>,
    /// Until when somebody else can agree, in UTC.
    pub expires_at: DateTime<Utc>,
    /// What became of it, as a code; empty while it waits.
    pub outcome: String,
    /// Id of the member of the staff who ended it.
    pub ended_by: Option<String>,
    /// When that was, in UTC.
    pub ended_at: Option<DateTime<Utc>>,
}

sql! {
    OF_SCHOOL = "SELECT id, school_id, kind, wanted, asked_by, asked_at, expires_at, outcome, ended_by, ended_at
        FROM school_approval WHERE school_id = $1 AND outcome = '' ORDER BY kind";
    BY_ID = "SELECT id, school_id, kind, wanted, asked_by, asked_at, expires_at, outcome, ended_by, ended_at
        FROM school_approval WHERE id = $1 AND school_id = $2";
    WAITING = "SELECT a.school_id FROM school s CROSS JOIN school_approval a
        WHERE s.province = $1 AND a.school_id = s.id AND a.outcome = '' AND a.expires_at > $2";
    ASK = "INSERT INTO school_approval (id, school_id, kind, wanted, asked_by, asked_at, expires_at, outcome, ended_by, ended_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, '', NULL, NULL)";
    END = "UPDATE school_approval SET outcome = $2, ended_by = $3, ended_at = $4 WHERE id = $1 AND outcome = ''";
    SET_ENTRY = "UPDATE school SET entry = $2, version = version + 1, updated_by = $3, updated_at = $4 WHERE id = $1";
    SET_RANGES = "UPDATE school SET ranges = $2, version = version + 1, updated_by = $3, updated_at = $4 WHERE id = $1";
}

impl Reader {
    /// What waits for a second administrator at a school, whether or not its time is over.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_approvals(&mut self, school: &str) -> Result<Vec<ApprovalRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_SCHOOL).bind(school).fetch_all(c))?)
    }

    /// What was asked for a school, whatever became of it.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_approval(&mut self, id: &str, school: &str) -> Result<Option<ApprovalRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_ID).bind(id).bind(school).fetch_optional(c))?)
    }

    /// The schools of a province at which something waits, each as often as that is so.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_waiting_schools(&mut self, province: &str, now: DateTime<Utc>) -> Result<Vec<String>, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(WAITING).bind(province).bind(now).fetch_all(c))?)
    }
}

impl Tx {
    /// Adds what is asked for; outcome and end are not of it.
    ///
    /// # Errors
    /// `Exists` while the same kind waits at the school.
    pub async fn ask_approval(&mut self, row: &ApprovalRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(ASK)
            .bind(&row.id)
            .bind(&row.school_id)
            .bind(&row.kind)
            .bind(&row.wanted)
            .bind(row.asked_by.as_str())
            .bind(row.asked_at)
            .bind(row.expires_at)
            .execute(c))
        .map_err(StoreError::exists_in("school_approval"))?;
        Ok(())
    }

    /// Notes what became of it.
    ///
    /// # Errors
    /// `Stale` when it waits no more.
    pub async fn end_approval(&mut self, id: &str, outcome: &str, (by, at): (&StaffId, DateTime<Utc>)) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(END).bind(id).bind(outcome).bind(by.as_str()).bind(at).execute(c))?;
        one_row("school_approval", changed)
    }

    /// Sets where tickets of a school are posted to; whoever wrote over the version of before is told.
    ///
    /// # Errors
    /// `Stale` when there is no such school.
    pub async fn set_school_entry(
        &mut self,
        school: &str,
        entry: &str,
        (by, at): (&StaffId, DateTime<Utc>),
    ) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(SET_ENTRY).bind(school).bind(entry).bind(by.as_str()).bind(at).execute(c))?;
        one_row("school", changed)
    }

    /// Sets the networks that programs of a school call from; whoever wrote over the version of before is told.
    ///
    /// # Errors
    /// `Stale` when there is no such school.
    pub async fn set_school_ranges(
        &mut self,
        school: &str,
        ranges: &str,
        (by, at): (&StaffId, DateTime<Utc>),
    ) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(SET_RANGES).bind(school).bind(ranges).bind(by.as_str()).bind(at).execute(c))?;
        one_row("school", changed)
    }
}
