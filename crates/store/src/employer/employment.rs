//! Whether somebody lets the manager of their employer see them, and what the manager says to it. Both count only while the record of
//! the person names the employer.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::AccountId;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// Somebody whose record names an employer, and who was not asked yet.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct UnaskedRow {
    /// Whom to ask.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// The manager that asks.
    pub manager_id: String,
    /// 统一社会信用代码.
    pub code: String,
    /// Key of the province.
    pub province: String,
}

/// An employment, with whose it is and who manages the employer.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EmploymentRow {
    /// Its id.
    pub id: String,
    /// The manager.
    pub manager_id: String,
    /// Whose it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Their name.
    pub name: String,
    /// 统一社会信用代码.
    pub code: String,
    /// The name of the manager.
    pub manager_name: String,
    /// When they were asked, in UTC.
    pub asked_at: DateTime<Utc>,
    /// `confirmed` or `refused`; empty before.
    pub answer: String,
    /// When they answered, in UTC.
    pub answered_at: Option<DateTime<Utc>>,
    /// Of the manager: `confirmed` or `denied`; empty before.
    pub word: String,
    /// When the manager said so, in UTC.
    pub word_at: Option<DateTime<Utc>>,
}

sql! {
    UNASKED = "SELECT r.account_id, m.id AS manager_id, m.code, m.province
        FROM employer_manager m JOIN record r ON r.province = m.province AND r.employer_hash = m.code_hash AND r.is_current
        WHERE m.id = $1 AND m.ended_at IS NULL AND r.employer_hash IS NOT NULL AND r.account_id <> m.account_id
        AND NOT EXISTS (SELECT 1 FROM employment t WHERE t.manager_id = m.id AND t.account_id = r.account_id)
        ORDER BY r.account_id LIMIT $2";
    ASK = "INSERT INTO employment (id, manager_id, account_id, asked_at, answer, answered_at, word, word_at)
        VALUES ($1, $2, $3, $4, '', NULL, '', NULL) ON CONFLICT (manager_id, account_id) DO NOTHING";
    OF_ACCOUNT = "SELECT t.id, t.manager_id, t.account_id, a.name, m.code, b.name AS manager_name, t.asked_at, t.answer, t.answered_at, t.word, t.word_at
        FROM employment t JOIN employer_manager m ON m.id = t.manager_id
        JOIN record r ON r.account_id = t.account_id AND r.is_current AND r.employer_hash = m.code_hash
        JOIN account a ON a.id = t.account_id JOIN account b ON b.id = m.account_id
        WHERE t.account_id = $1 AND m.ended_at IS NULL ORDER BY t.asked_at DESC, t.id";
    OF_MANAGER = "SELECT t.id, t.manager_id, t.account_id, a.name, m.code, b.name AS manager_name, t.asked_at, t.answer, t.answered_at, t.word, t.word_at
        FROM employment t JOIN employer_manager m ON m.id = t.manager_id
        JOIN record r ON r.account_id = t.account_id AND r.is_current AND r.employer_hash = m.code_hash
        JOIN account a ON a.id = t.account_id JOIN account b ON b.id = m.account_id
        WHERE t.manager_id = $1 AND m.ended_at IS NULL AND t.answer = 'confirmed' ORDER BY a.name, t.id LIMIT $2";
    BY_ID = "SELECT t.id, t.manager_id, t.account_id, a.name, m.code, b.name AS manager_name, t.asked_at, t.answer, t.answered_at, t.word, t.word_at
        FROM employment t JOIN employer_manager m ON m.id = t.manager_id
        JOIN record r ON r.account_id = t.account_id AND r.is_current AND r.employer_hash = m.code_hash
        JOIN account a ON a.id = t.account_id JOIN account b ON b.id = m.account_id
        WHERE t.id = $1 AND m.ended_at IS NULL";
    BANS = "SELECT t.id, e.ban, e.ban_until FROM employment t JOIN integrity_entry e ON e.account_id IN (SELECT t.account_id
            UNION ALL SELECT m.loser FROM account_merge m
            WHERE m.winner = t.account_id AND m.agreed_at IS NOT NULL AND m.ended_at IS NULL)
        WHERE t.manager_id = $1 AND t.answer = 'confirmed' AND e.ban <> '' AND e.reverses IS NULL
            AND NOT EXISTS (SELECT 1 FROM integrity_entry r WHERE r.reverses = e.id)";
    ANSWER = "UPDATE employment SET answer = $2, answered_at = $3, word = '', word_at = NULL WHERE id = $1 AND answer <> $2";
    WORD = "UPDATE employment SET word = $2, word_at = $3 WHERE id = $1 AND answer = 'confirmed' AND word <> $2";
}

impl Reader {
    /// Whose record names the employer of a manager and who was not asked, so many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_unasked(&mut self, manager: &str, limit: i64) -> Result<Vec<UnaskedRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(UNASKED).bind(manager).bind(limit).fetch_all(c))?)
    }

    /// What somebody was asked about the employer that their record names.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_employments(&mut self, account: &AccountId) -> Result<Vec<EmploymentRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?)
    }

    /// Whom a manager may see, so many at most: those who confirmed, as long as their record names the employer.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_employed(&mut self, manager: &str, limit: i64) -> Result<Vec<EmploymentRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_MANAGER).bind(manager).bind(limit).fetch_all(c))?)
    }

    /// The bans of those who confirmed to a manager that nothing took back, whenever they end: of which employment, and the ban as it is
    /// kept.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_bans_of_employed(&mut self, manager: &str) -> Result<Vec<(String, String, Option<NaiveDate>)>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BANS).bind(manager).fetch_all(c))?)
    }

    /// One of them, while the record names the employer and somebody manages it.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_employment(&mut self, id: &str) -> Result<Option<EmploymentRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c))?)
    }
}

impl Tx {
    /// Notes that somebody is asked; answers whether they were not before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn ask_employment(&mut self, id: &str, of: &UnaskedRow, at: DateTime<Utc>) -> Result<bool, StoreError> {
        let asked =
            change!(self, |c| sqlx::query(ASK).bind(id).bind(&of.manager_id).bind(of.account_id.as_str()).bind(at).execute(c))?;
        Ok(asked == 1)
    }

    /// Notes what the person says, which takes back what the manager said before; answers whether that is new.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn answer_employment(&mut self, id: &str, answer: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(ANSWER).bind(id).bind(answer).bind(at).execute(c))? == 1)
    }

    /// Notes what the manager says of somebody who confirmed; answers whether that is new.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn vouch_employment(&mut self, id: &str, word: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(WORD).bind(id).bind(word).bind(at).execute(c))? == 1)
    }
}
