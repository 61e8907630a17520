//! Decisions that can still be undone, and those that did not take effect.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use chrono::{DateTime, Utc};
use domain::id::{BureauCode, CaseId, StaffId};

/// A staged decision on a case; there is one at most for each.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StagedRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// Version of the case that was seen.
    pub version: i64,
    /// `approve` or `return`.
    pub action: String,
    /// The overall reason of a return, or of a corrected amount; may be empty.
    pub reason: String,
    /// What an approval books in the place of what is reckoned, in hundredths; `None` for what is reckoned.
    pub amount: Option<i64>,
    /// Id of the reviewer who decided.
    #[sqlx(try_from = "String")]
    pub staff_id: StaffId,
    /// Id of the request that it came with.
    pub request_id: String,
    /// When it was staged, in UTC.
    pub staged_at: DateTime<Utc>,
    /// When it takes effect, in UTC.
    pub due_at: DateTime<Utc>,
    /// Why it did not take effect, as a code, or that it was undone; `None` while it waits.
    pub lapse: Option<String>,
    /// When that turned out, in UTC.
    pub lapsed_at: Option<DateTime<Utc>>,
}

/// Stands where a reason stands otherwise: whoever decided took it back.
const UNDONE: &str = "undone";

impl StagedRow {
    /// Whether it waits for its time: the case is decided, as far as others are concerned.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.lapsed_at.is_none()
    }
}

/// A staged decision as a desk shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StagedLine {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// Version of the case that was seen.
    pub version: i64,
    /// `approve` or `return`.
    pub action: String,
    /// When it takes effect, in UTC.
    pub due_at: DateTime<Utc>,
    /// Why it did not take effect, as a code; `None` while it waits.
    pub lapse: Option<String>,
    /// 姓名 of the applicant, in clear.
    pub applicant: String,
}

/// Whose staged decisions a desk shows.
#[derive(Clone, Copy, Debug)]
pub struct StagedFilter<'a> {
    /// Key of the province.
    pub province: &'a str,
    /// The reviewer: all of theirs.
    pub staff: &'a StaffId,
    /// 财政局代码: of its undecided cases also what did not take effect, whoever decided.
    pub bureau: &'a BureauCode,
    /// What did not take effect is shown since then, in UTC.
    pub since: DateTime<Utc>,
}

sql! {
    STAGE = "INSERT INTO staged_decision (case_id, version, action, reason, amount, staff_id, request_id, staged_at, due_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (case_id) DO UPDATE SET version = excluded.version, action = excluded.action, reason = excluded.reason,
            amount = excluded.amount, staff_id = excluded.staff_id, request_id = excluded.request_id, staged_at = excluded.staged_at,
            due_at = excluded.due_at, locked_until = NULL, lapse = NULL, lapsed_at = NULL
        WHERE staged_decision.lapsed_at IS NOT NULL";
    FIND = "SELECT case_id, version, action, reason, amount, staff_id, request_id, staged_at, due_at, lapse, lapsed_at
        FROM staged_decision WHERE case_id = $1";
    LIST = "SELECT d.case_id, d.version, d.action, d.due_at, d.lapse, c.applicant
        FROM staged_decision d JOIN case_file c ON c.id = d.case_id
        WHERE c.province = $1 AND c.status IN ('submitted', 'draft')
          AND (d.staff_id = $2 OR (d.lapsed_at IS NOT NULL AND c.bureau = $3 AND c.status = 'submitted'))
          AND (d.lapsed_at IS NULL OR (d.lapsed_at > $4 AND d.lapse <> 'undone'))
        ORDER BY d.staged_at DESC, d.case_id LIMIT 20";
    COUNT_DUE = "SELECT count(*) FROM staged_decision WHERE lapsed_at IS NULL AND due_at <= $1";
    CLAIM = "UPDATE staged_decision SET locked_until = $2
        WHERE case_id IN (SELECT case_id FROM staged_decision
                          WHERE lapsed_at IS NULL AND due_at <= $1 AND (locked_until IS NULL OR locked_until < $1)
                          ORDER BY due_at, case_id LIMIT 20)
          AND lapsed_at IS NULL AND (locked_until IS NULL OR locked_until < $1)
        RETURNING case_id";
    END = "DELETE FROM staged_decision WHERE case_id = $1 AND lapsed_at IS NULL";
    LAPSE = "UPDATE staged_decision SET lapse = $2, lapsed_at = $3, locked_until = NULL WHERE case_id = $1 AND lapsed_at IS NULL";
    MOVE_ON = "UPDATE case_file SET version = version + 1, updated_at = $2 WHERE id = $1";
    FORGET = "DELETE FROM staged_decision WHERE lapsed_at < $1";
}

impl Reader {
    /// The staged decision on a case, also one that did not take effect.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_staged(&mut self, case: &CaseId) -> Result<Option<StagedRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(case.as_str()).fetch_optional(c))?)
    }

    /// What a desk shows, the newest first, twenty at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_staged(&mut self, f: StagedFilter<'_>) -> Result<Vec<StagedLine>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LIST)
            .bind(f.province)
            .bind(f.staff.as_str())
            .bind(f.bureau.as_str())
            .bind(f.since)
            .fetch_all(c))?)
    }

    /// How many are due.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_due_staged(&mut self, now: DateTime<Utc>) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(COUNT_DUE).bind(now).fetch_one(c))?)
    }
}

impl Tx {
    /// Stages a decision; it takes the place of one that did not take effect.
    ///
    /// # Errors
    /// `Stale` when one waits already.
    pub async fn stage_decision(&mut self, row: &StagedRow) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(STAGE)
            .bind(row.case_id.as_str())
            .bind(row.version)
            .bind(&row.action)
            .bind(&row.reason)
            .bind(row.amount)
            .bind(row.staff_id.as_str())
            .bind(&row.request_id)
            .bind(row.staged_at)
            .bind(row.due_at)
            .execute(c))?;
        one_row("staged_decision", changed)
    }

    /// Takes up to twenty that are due, until `until`: no other server begins the same ones before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn claim_staged(&mut self, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<CaseId>, StoreError> {
        let due: Vec<String> = on!(self, |c| sqlx::query_scalar(CLAIM).bind(now).bind(until).fetch_all(c))?;
        Ok(due.into_iter().map(CaseId::from).collect())
    }

    /// Takes a waiting decision away, as it takes effect.
    ///
    /// # Errors
    /// `Stale` when none waits.
    pub async fn end_staged(&mut self, case: &CaseId) -> Result<(), StoreError> {
        one_row("staged_decision", change!(self, |c| sqlx::query(END).bind(case.as_str()).execute(c))?)
    }

    /// Notes why a decision did not take effect; `false` when none waits.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn lapse_staged(&mut self, case: &CaseId, why: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(LAPSE).bind(case.as_str()).bind(why).bind(at).execute(c))? == 1)
    }

    /// Takes a waiting decision back. The case has another version from then on, so that the same decision, when its post comes a
    /// second time, is not taken for a new one; the row stays for a day, for whoever takes it back twice.
    ///
    /// # Errors
    /// `Stale` when none waits.
    pub async fn undo_staged(&mut self, case: &CaseId, at: DateTime<Utc>) -> Result<(), StoreError> {
        if !self.lapse_staged(case, UNDONE, at).await? {
            return one_row("staged_decision", 0);
        }
        one_row("case_file", change!(self, |c| sqlx::query(MOVE_ON).bind(case.as_str()).bind(at).execute(c))?)
    }

    /// Forgets what did not take effect before `before`.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn forget_lapsed(&mut self, before: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(FORGET).bind(before).execute(c))?;
        Ok(())
    }
}
