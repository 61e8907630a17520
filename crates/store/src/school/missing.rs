//! 学分显示不全: what schools reported that is about somebody, or may be.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::AccountId;

use crate::conn::{Reader, on, sql};
use crate::error::StoreError;

/// A row that a school reported, as far as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReportedRow {
    /// The school.
    pub school_id: String,
    /// The school's number of it.
    pub row_id: String,
    /// When its batch came, in UTC.
    pub received_at: DateTime<Utc>,
    /// That day, in China.
    pub received_on: NaiveDate,
    /// 继续教育年度.
    pub year: i64,
    /// 科目类别, as a code.
    pub subject: String,
    /// In hundredths.
    pub amount: i64,
    /// The day on which it was learnt.
    pub completed_on: String,
    /// What became of it, as a code.
    pub outcome: String,
    /// What is wrong with it, as a code; may be empty.
    pub cause: String,
    /// Mark of the name that the school wrote; empty for none.
    pub name_mark: String,
}

/// A day on which a school reported something under a name.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NamesakeRow {
    /// The school.
    pub school_id: String,
    /// The day, in China.
    pub received_on: NaiveDate,
}

/// A learning year: its number, and its first and last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearSpan {
    /// 继续教育年度.
    pub year: i64,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

sql! {
    // The newest of each number tells, and of what was mended the booked one. `of_me` is what was reported by the enrolments of the
    // person, and what is kept aside under their 学员编号 for a year for which they are not enrolled there. What was reported for the year
    // and what was reported for another one do not crowd each other out.
    OF_YEAR = "WITH of_me AS (
            SELECT r.school_id, r.row_id, b.received_at, b.received_on, r.batch_id, r.place, r.year, r.subject, r.amount, r.completed_on,
                r.outcome, r.cause, r.name_mark
            FROM enrolment e CROSS JOIN school_report r CROSS JOIN school_batch b
            WHERE e.account_id = $1 AND r.enrolment_id = e.id AND b.id = r.batch_id AND r.outcome <> 'repeated'
                AND (r.outcome = 'booked' OR NOT EXISTS (SELECT 1 FROM school_report k
                    WHERE k.school_id = r.school_id AND k.row_id = r.row_id AND k.outcome = 'booked' AND k.enrolment_id = r.enrolment_id))
            UNION ALL
            SELECT r.school_id, r.row_id, b.received_at, b.received_on, r.batch_id, r.place, r.year, r.subject, r.amount, r.completed_on,
                r.outcome, r.cause, r.name_mark
            FROM (SELECT DISTINCT school_id, learner FROM enrolment WHERE account_id = $1) one
            CROSS JOIN school_report r CROSS JOIN school_batch b
            WHERE r.school_id = one.school_id AND r.learner = one.learner AND r.outcome = 'quarantined' AND r.enrolment_id IS NULL
                AND b.id = r.batch_id AND NOT EXISTS (SELECT 1 FROM school_report k
                    WHERE k.school_id = r.school_id AND k.row_id = r.row_id AND k.outcome = 'booked')),
        told AS (SELECT school_id, row_id, received_at, received_on, batch_id, place, year, subject, amount, completed_on, outcome, cause,
                name_mark, ROW_NUMBER() OVER (PARTITION BY school_id, row_id ORDER BY received_at DESC, batch_id DESC, place DESC) AS turn
            FROM of_me),
        shown AS (SELECT school_id, row_id, received_at, received_on, batch_id, place, year, subject, amount, completed_on, outcome, cause,
                name_mark, ROW_NUMBER() OVER (PARTITION BY CASE WHEN year = $2 THEN 1 ELSE 0 END
                    ORDER BY received_at DESC, batch_id DESC, place DESC) AS nth
            FROM told
            WHERE (turn = 1 OR outcome = 'booked') AND (year = $2 OR (completed_on >= $3 AND completed_on <= $4)))
        SELECT school_id, row_id, received_at, received_on, year, subject, amount, completed_on, outcome, cause, name_mark
        FROM shown WHERE nth <= $5 ORDER BY received_at DESC, batch_id DESC, place DESC";
    NAMESAKES = "SELECT DISTINCT r.school_id, b.received_on
        FROM school_report r CROSS JOIN school_batch b
        WHERE r.name_mark = $2 AND r.outcome = 'quarantined' AND r.year = $3 AND b.id = r.batch_id
            AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.account_id = $1 AND e.school_id = r.school_id AND e.learner = r.learner)
            AND NOT EXISTS (SELECT 1 FROM school_report k
                WHERE k.school_id = r.school_id AND k.row_id = r.row_id AND k.outcome = 'booked')
        ORDER BY b.received_on DESC, r.school_id LIMIT $4";
}

impl Reader {
    /// What was reported of somebody for a year, or was learnt in it, by their enrolments or kept aside under a 学员编号 of theirs: the
    /// newest of each number of the school, so many for the year and so many for others, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_reported(
        &mut self,
        account: &AccountId,
        span: YearSpan,
        limit: i64,
    ) -> Result<Vec<ReportedRow>, StoreError> {
        let (of, from, to) = (account.as_str(), span.from.to_string(), span.to.to_string());
        Ok(on!(self, |c| sqlx::query_as(OF_YEAR).bind(of).bind(span.year).bind(&from).bind(&to).bind(limit).fetch_all(c))?)
    }

    /// On which days a school kept something aside for a year under a name, by its mark, and under no 学员编号 of somebody; so many,
    /// the newest first. Nothing of what was reported is told.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_namesakes(
        &mut self,
        account: &AccountId,
        (mark, year): (&str, i64),
        limit: i64,
    ) -> Result<Vec<NamesakeRow>, StoreError> {
        let of = account.as_str();
        Ok(on!(self, |c| sqlx::query_as(NAMESAKES).bind(of).bind(mark).bind(year).bind(limit).fetch_all(c))?)
    }
}
