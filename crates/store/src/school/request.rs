//! What people ask their schools about credits that are missing, and what the schools answer.

use chrono::{DateTime, Utc};
use domain::id::AccountId;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A question to a school.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RequestRow {
    /// Its id.
    pub id: String,
    /// The school.
    pub school_id: String,
    /// The enrolment that it is about.
    pub enrolment_id: String,
    /// Whose that is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// 学员编号 of the enrolment.
    pub learner: String,
    /// 继续教育年度 of the enrolment.
    pub year: i64,
    /// Counts the changes of all questions to the school.
    pub change_no: i64,
    /// When it was asked, in UTC.
    pub asked_at: DateTime<Utc>,
    /// What the school answered; empty while it did not.
    pub answer: String,
    /// When that was, in UTC.
    pub answered_at: Option<DateTime<Utc>>,
}

sql! {
    OF_ACCOUNT = "SELECT q.id, q.school_id, q.enrolment_id, e.account_id, e.learner, e.year, q.change_no, q.asked_at, q.answer, q.answered_at
        FROM enrolment e CROSS JOIN school_request q
        WHERE e.account_id = $1 AND q.enrolment_id = e.id ORDER BY q.asked_at DESC, q.id DESC";
    CHANGED = "SELECT q.id, q.school_id, q.enrolment_id, e.account_id, e.learner, e.year, q.change_no, q.asked_at, q.answer, q.answered_at
        FROM school_request q CROSS JOIN enrolment e
        WHERE q.school_id = $1 AND q.change_no > $2 AND e.id = q.enrolment_id ORDER BY q.change_no LIMIT $3";
    BY_ID = "SELECT q.id, q.school_id, q.enrolment_id, e.account_id, e.learner, e.year, q.change_no, q.asked_at, q.answer, q.answered_at
        FROM school_request q CROSS JOIN enrolment e WHERE q.id = $1 AND q.school_id = $2 AND e.id = q.enrolment_id";
    ASK = "INSERT INTO school_request (id, school_id, enrolment_id, change_no, asked_at, answer, answered_at)
        VALUES ($1, $2, $3, $4, $5, '', NULL)";
    ANSWER = "UPDATE school_request SET answer = $2, answered_at = $3, change_no = $4 WHERE id = $1 AND answered_at IS NULL";
}

impl Reader {
    /// What somebody asked, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_requests(&mut self, account: &AccountId) -> Result<Vec<RequestRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?)
    }

    /// The questions to a school that changed after a cursor, in that order, so many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_changed_requests(&mut self, school: &str, after: i64, limit: i64) -> Result<Vec<RequestRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(CHANGED).bind(school).bind(after).bind(limit).fetch_all(c))?)
    }

    /// A question to a school.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_request(&mut self, id: &str, school: &str) -> Result<Option<RequestRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_ID).bind(id).bind(school).fetch_optional(c))?)
    }
}

impl Tx {
    /// Adds a question: its id, the school, the enrolment.
    ///
    /// # Errors
    /// `Exists` while the school owes an answer about the enrolment.
    pub async fn ask_school(
        &mut self,
        (id, school, enrolment): (&str, &str, &str),
        (change_no, at): (i64, DateTime<Utc>),
    ) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(ASK).bind(id).bind(school).bind(enrolment).bind(change_no).bind(at).execute(c))
            .map_err(StoreError::exists_in("school_request"))?;
        Ok(())
    }

    /// Notes an answer; answers whether there was none before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn answer_request(
        &mut self,
        id: &str,
        answer: &str,
        (change_no, at): (i64, DateTime<Utc>),
    ) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(ANSWER).bind(id).bind(answer).bind(at).bind(change_no).execute(c))? == 1)
    }
}
