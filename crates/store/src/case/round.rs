//! The rounds of a case: what was submitted, what was said about it, and the timeline.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::id::{CaseId, StaffId};

/// A line of the timeline.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct EventRow {
    /// Id of the line.
    pub id: String,
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// 轮次 in which it was done; 0 before the first submission.
    pub round: i64,
    /// What was done, as a code.
    pub action: String,
    /// Status before it, as a code.
    pub status_before: String,
    /// Status after it, as a code.
    pub status_after: String,
    /// Who did it: `accountant`, `staff`, `counter` (staff, for the person), `visitor` or `system`.
    pub actor_kind: String,
    /// Id of whoever did it.
    pub actor_id: String,
    /// Name of whoever did it.
    pub actor_name: String,
    /// What was written with it; may be empty.
    pub note: String,
    /// When it was done, in UTC.
    pub at: DateTime<Utc>,
}

/// What was submitted in one round, sealed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SubmissionRow {
    /// 轮次, from 1.
    pub round: i64,
    /// What was submitted, sealed.
    pub body_sealed: Vec<u8>,
    /// When it was submitted, in UTC.
    pub submitted_at: DateTime<Utc>,
}

/// What a reviewer said about one item in one round.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct VerdictRow {
    /// 轮次 that was judged, from 1.
    pub round: i64,
    /// 项目 that was judged, such as `person.email`.
    pub item: String,
    /// False for a rejected item.
    pub is_accepted: bool,
    /// Reason that the person reads; empty for an accepted item.
    pub reason: String,
    /// A rectangle on a picture, as `Mark::code` writes it; empty for none.
    pub mark: String,
    /// Id of the reviewer who judged.
    #[sqlx(try_from = "String")]
    pub staff_id: StaffId,
    /// When it was judged, in UTC.
    pub judged_at: DateTime<Utc>,
}

sql! {
    EVENT = "INSERT INTO case_event
        (id, case_id, round, action, status_before, status_after, actor_kind, actor_id, actor_name, note, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    EVENTS = "SELECT id, case_id, round, action, status_before, status_after, actor_kind, actor_id, actor_name, note, at
        FROM case_event WHERE case_id = $1 ORDER BY at, id";
    SUBMISSION = "INSERT INTO submission (case_id, round, body_sealed, submitted_at) VALUES ($1, $2, $3, $4)";
    SUBMISSIONS = "SELECT round, body_sealed, submitted_at FROM submission WHERE case_id = $1 ORDER BY round";
    VERDICT = "INSERT INTO verdict (case_id, round, item, is_accepted, reason, staff_id, judged_at, mark) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (case_id, round, item) DO UPDATE
        SET is_accepted = excluded.is_accepted, reason = excluded.reason, mark = excluded.mark, staff_id = excluded.staff_id, judged_at = excluded.judged_at";
    UNJUDGE = "DELETE FROM verdict WHERE case_id = $1 AND round = $2 AND item = $3";
    VERDICTS = "SELECT round, item, is_accepted, reason, mark, staff_id, judged_at FROM verdict WHERE case_id = $1 ORDER BY round, item";
}

impl Reader {
    /// The timeline, oldest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_events(&mut self, case: &CaseId) -> Result<Vec<EventRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(EVENTS).bind(case.as_str()).fetch_all(c))?)
    }

    /// What was submitted, round by round.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_submissions(&mut self, case: &CaseId) -> Result<Vec<SubmissionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(SUBMISSIONS).bind(case.as_str()).fetch_all(c))?)
    }

    /// Every verdict of every round.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_verdicts(&mut self, case: &CaseId) -> Result<Vec<VerdictRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(VERDICTS).bind(case.as_str()).fetch_all(c))?)
    }
}

impl Tx {
    /// Adds a line to the timeline.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn add_event(&mut self, e: &EventRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(EVENT)
            .bind(&e.id)
            .bind(e.case_id.as_str())
            .bind(e.round)
            .bind(&e.action)
            .bind(&e.status_before)
            .bind(&e.status_after)
            .bind(&e.actor_kind)
            .bind(&e.actor_id)
            .bind(&e.actor_name)
            .bind(&e.note)
            .bind(e.at)
            .execute(c))?;
        Ok(())
    }

    /// Keeps what was submitted; it is never edited.
    ///
    /// # Errors
    /// `Exists` when the round was submitted before.
    pub async fn insert_submission(&mut self, case: &CaseId, row: &SubmissionRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SUBMISSION)
            .bind(case.as_str())
            .bind(row.round)
            .bind(&row.body_sealed)
            .bind(row.submitted_at)
            .execute(c))
        .map_err(StoreError::exists_in("submission"))?;
        Ok(())
    }

    /// Saves a verdict over an earlier one of the same round.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn save_verdict(&mut self, case: &CaseId, v: &VerdictRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(VERDICT)
            .bind(case.as_str())
            .bind(v.round)
            .bind(&v.item)
            .bind(v.is_accepted)
            .bind(&v.reason)
            .bind(v.staff_id.as_str())
            .bind(v.judged_at)
            .bind(&v.mark)
            .execute(c))?;
        Ok(())
    }

    /// Takes a verdict of the current round back.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn delete_verdict(&mut self, case: &CaseId, round: i64, item: &str) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(UNJUDGE).bind(case.as_str()).bind(round).bind(item).execute(c))?;
        Ok(())
    }
}
