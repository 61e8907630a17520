//! 学分显示不全: what people ask the managers of their employers about classes, and what these answer. A question counts while the record of
//! the person names the employer, and is shown to the manager while the person lets it be seen.

use chrono::{DateTime, Utc};
use domain::id::AccountId;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// An employer that somebody's record names and somebody manages.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EmployerOfRow {
    /// The employment.
    pub employment_id: String,
    /// The manager.
    pub manager_id: String,
    /// 统一社会信用代码.
    pub code: String,
    /// The account of the manager.
    #[sqlx(try_from = "String")]
    pub manager_account: AccountId,
    /// Their name.
    pub manager_name: String,
    /// `confirmed` where the person lets the manager see them.
    pub answer: String,
}

impl EmployerOfRow {
    /// Whether the person lets the manager see them.
    #[must_use]
    pub fn has_agreed(&self) -> bool {
        self.answer == "confirmed"
    }
}

/// A question to the manager of an employer.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ClassRequestRow {
    /// Its id.
    pub id: String,
    /// The employment that it is about.
    pub employment_id: String,
    /// The manager.
    pub manager_id: String,
    /// Who asks.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Their name.
    pub name: String,
    /// 继续教育年度.
    pub year: i64,
    /// When it was asked, in UTC.
    pub asked_at: DateTime<Utc>,
    /// What was answered; empty before.
    pub answer: String,
    /// When that was, in UTC.
    pub answered_at: Option<DateTime<Utc>>,
}

sql! {
    EMPLOYERS = "SELECT t.id AS employment_id, t.manager_id, m.code, m.account_id AS manager_account, b.name AS manager_name, t.answer
        FROM employment t JOIN employer_manager m ON m.id = t.manager_id
        JOIN record r ON r.account_id = t.account_id AND r.is_current AND r.employer_hash = m.code_hash
        JOIN account b ON b.id = m.account_id
        WHERE t.account_id = $1 AND m.ended_at IS NULL ORDER BY t.asked_at DESC, t.id";
    OF_EMPLOYMENT = "SELECT q.id, q.employment_id, t.manager_id, t.account_id, a.name, q.year, q.asked_at, q.answer, q.answered_at
        FROM class_request q JOIN employment t ON t.id = q.employment_id JOIN account a ON a.id = t.account_id
        WHERE q.employment_id = $1 AND q.year = $2 ORDER BY q.asked_at DESC, q.id DESC";
    OF_MANAGER = "SELECT q.id, q.employment_id, t.manager_id, t.account_id, a.name, q.year, q.asked_at, q.answer, q.answered_at
        FROM class_request q JOIN employment t ON t.id = q.employment_id JOIN employer_manager m ON m.id = t.manager_id
        JOIN record r ON r.account_id = t.account_id AND r.is_current AND r.employer_hash = m.code_hash
        JOIN account a ON a.id = t.account_id
        WHERE t.manager_id = $1 AND m.ended_at IS NULL AND t.answer = 'confirmed'
        ORDER BY CASE WHEN q.answered_at IS NULL THEN 0 ELSE 1 END, q.asked_at DESC, q.id DESC LIMIT $2";
    BY_ID = "SELECT q.id, q.employment_id, t.manager_id, t.account_id, a.name, q.year, q.asked_at, q.answer, q.answered_at
        FROM class_request q JOIN employment t ON t.id = q.employment_id JOIN employer_manager m ON m.id = t.manager_id
        JOIN record r ON r.account_id = t.account_id AND r.is_current AND r.employer_hash = m.code_hash
        JOIN account a ON a.id = t.account_id
        WHERE q.id = $1 AND m.ended_at IS NULL AND t.answer = 'confirmed'";
    ASK = "INSERT INTO class_request (id, employment_id, year, asked_at, answer, answered_at) VALUES ($1, $2, $3, $4, '', NULL)
        ON CONFLICT (employment_id, year) WHERE answered_at IS NULL DO NOTHING";
    ANSWER = "UPDATE class_request SET answer = $2, answered_at = $3 WHERE id = $1 AND answered_at IS NULL";
}

impl Reader {
    /// The employers that the record of somebody names and somebody else manages.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_employers_of(&mut self, account: &AccountId) -> Result<Vec<EmployerOfRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(EMPLOYERS).bind(account.as_str()).fetch_all(c))?)
    }

    /// What somebody asked about an employment and a year, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_class_requests(&mut self, employment: &str, year: i32) -> Result<Vec<ClassRequestRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_EMPLOYMENT).bind(employment).bind(i64::from(year)).fetch_all(c))?)
    }

    /// What a manager was asked by those they may see, what waits first, so many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_requests_to_manager(&mut self, manager: &str, limit: i64) -> Result<Vec<ClassRequestRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_MANAGER).bind(manager).bind(limit).fetch_all(c))?)
    }

    /// A question whose manager may see who asks.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_class_request(&mut self, id: &str) -> Result<Option<ClassRequestRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c))?)
    }
}

impl Tx {
    /// Asks about a year; answers whether nothing was asked about it that still waits.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn ask_employer(&mut self, id: &str, of: (&str, i32), at: DateTime<Utc>) -> Result<bool, StoreError> {
        let (employment, year) = (of.0, i64::from(of.1));
        Ok(change!(self, |c| sqlx::query(ASK).bind(id).bind(employment).bind(year).bind(at).execute(c))? == 1)
    }

    /// Answers a question; answers whether it waited until then.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn answer_class_request(&mut self, id: &str, answer: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(ANSWER).bind(id).bind(answer).bind(at).execute(c))? == 1)
    }
}
