//! 学习进度 that schools told: of each enrolment the newest.

use chrono::{DateTime, Utc};
use domain::id::AccountId;

use super::enrolment::packed;
use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// How far somebody is.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ProgressRow {
    /// The enrolment.
    pub enrolment_id: String,
    /// In what it is told, as a code.
    pub measure: String,
    /// In hundredths.
    pub amount: i64,
    /// When somebody was so far, in seconds since 1970.
    pub as_of: i64,
    /// When the school told it, in UTC.
    pub reported_at: DateTime<Utc>,
}

sql! {
    OF_ACCOUNT = "SELECT p.enrolment_id, p.measure, p.amount, p.as_of, p.reported_at
        FROM enrolment e JOIN school_progress p ON p.enrolment_id = e.id WHERE e.account_id = $1 AND e.ended_at IS NULL";
    // The packed list has 22 characters for each; the order of the join is that of the list.
    OF_LEARNERS = "WITH RECURSIVE one(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM one WHERE i + 1 < $3)
        SELECT p.enrolment_id, p.measure, p.amount, p.as_of, p.reported_at
        FROM one CROSS JOIN enrolment e CROSS JOIN school_progress p
        WHERE e.school_id = $1 AND e.learner = substr($2, one.i * 22 + 1, 22) AND p.enrolment_id = e.id";
    // The packed list has a line of 68 characters for each.
    NOTE = "WITH RECURSIVE one(line, rest) AS (SELECT substr($1, 1, 68), substr($1, 69)
            UNION ALL SELECT substr(rest, 1, 68), substr(rest, 69) FROM one WHERE rest <> '')
        INSERT INTO school_progress (enrolment_id, measure, amount, as_of, reported_at)
        SELECT rtrim(substr(line, 1, 36)), rtrim(substr(line, 37, 8)), CAST(substr(line, 45, 12) AS BIGINT),
            CAST(substr(line, 57, 12) AS BIGINT), $2
        FROM one WHERE line <> ''
        ON CONFLICT (enrolment_id) DO UPDATE SET measure = excluded.measure, amount = excluded.amount, as_of = excluded.as_of,
            reported_at = excluded.reported_at
        WHERE excluded.as_of > school_progress.as_of";
}

impl Reader {
    /// How far somebody is in the enrolments that stand.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_progress(&mut self, account: &AccountId) -> Result<Vec<ProgressRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?)
    }

    /// The same of people whom a school knows by these 学员编号, of 22 characters each, in all of their enrolments there.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_progress_of_learners<'a>(
        &mut self,
        school: &str,
        learners: impl Iterator<Item = &'a str>,
    ) -> Result<Vec<ProgressRow>, StoreError> {
        let (list, count) = packed(learners, 22);
        Ok(on!(self, |c| sqlx::query_as(OF_LEARNERS).bind(school).bind(&list).bind(count).fetch_all(c))?)
    }
}

impl Tx {
    /// Notes how far people are, each enrolment once, where nothing newer stands. When it was told is the same for all of them.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn note_progress(&mut self, rows: &[ProgressRow], reported_at: DateTime<Utc>) -> Result<u64, StoreError> {
        let mut list = String::with_capacity(rows.len() * 68);
        for row in rows {
            let (amount, as_of) = (row.amount.to_string(), row.as_of.to_string());
            for (text, width) in [(row.enrolment_id.as_str(), 36), (&row.measure, 8), (&amount, 12), (&as_of, 12)] {
                list.push_str(&packed([text].into_iter(), width).0);
            }
        }
        Ok(change!(self, |c| sqlx::query(NOTE).bind(&list).bind(reported_at).execute(c))?)
    }
}
