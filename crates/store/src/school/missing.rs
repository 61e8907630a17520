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

sql! {
    // Of what was sent again the first row tells, and of what was mended the booked one.
    OF_ENROLMENTS = "SELECT r.school_id, r.row_id, b.received_at, b.received_on, r.year, r.subject, r.amount, r.completed_on, r.outcome, r.cause, r.name_mark
        FROM enrolment e CROSS JOIN school_report r CROSS JOIN school_batch b
        WHERE e.account_id = $1 AND r.enrolment_id = e.id AND b.id = r.batch_id AND r.outcome <> 'repeated'
            AND (r.outcome = 'booked' OR NOT EXISTS (SELECT 1 FROM school_report k
                WHERE k.school_id = r.school_id AND k.row_id = r.row_id AND k.outcome = 'booked' AND k.enrolment_id = r.enrolment_id))
        ORDER BY b.received_at DESC, r.place DESC LIMIT $2";
    // 学员编号 of the person, and a year for which they are not enrolled there.
    OF_LEARNER = "SELECT r.school_id, r.row_id, b.received_at, b.received_on, r.year, r.subject, r.amount, r.completed_on, r.outcome, r.cause, r.name_mark
        FROM (SELECT DISTINCT school_id, learner FROM enrolment WHERE account_id = $1) one
        CROSS JOIN school_report r CROSS JOIN school_batch b
        WHERE r.school_id = one.school_id AND r.learner = one.learner AND r.outcome = 'quarantined' AND r.enrolment_id IS NULL
            AND b.id = r.batch_id AND NOT EXISTS (SELECT 1 FROM school_report k
                WHERE k.school_id = r.school_id AND k.row_id = r.row_id AND k.outcome = 'booked')
        ORDER BY b.received_at DESC, r.place DESC LIMIT $2";
    NAMESAKES = "SELECT r.school_id, r.row_id, b.received_at, b.received_on, r.year, '' AS subject, CAST(0 AS BIGINT) AS amount,
            '' AS completed_on, r.outcome, '' AS cause, r.name_mark
        FROM school_report r CROSS JOIN school_batch b
        WHERE r.name_mark = $2 AND r.outcome = 'quarantined' AND r.year = $3 AND b.id = r.batch_id
            AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.account_id = $1 AND e.school_id = r.school_id AND e.learner = r.learner)
            AND NOT EXISTS (SELECT 1 FROM school_report k
                WHERE k.school_id = r.school_id AND k.row_id = r.row_id AND k.outcome = 'booked')
        ORDER BY b.received_at DESC, r.place DESC LIMIT $4";
}

impl Reader {
    /// What was reported of somebody by their enrolments, and what is kept aside under a 学员编号 of theirs; so many of each, the
    /// newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_reported(&mut self, account: &AccountId, limit: i64) -> Result<Vec<ReportedRow>, StoreError> {
        let mut rows: Vec<ReportedRow> =
            on!(self, |c| sqlx::query_as(OF_ENROLMENTS).bind(account.as_str()).bind(limit).fetch_all(c))?;
        let aside: Vec<ReportedRow> = on!(self, |c| sqlx::query_as(OF_LEARNER).bind(account.as_str()).bind(limit).fetch_all(c))?;
        rows.extend(aside);
        rows.sort_by_key(|row| std::cmp::Reverse(row.received_at));
        Ok(rows)
    }

    /// What is kept aside for a year under a name, by its mark, and under no 学员编号 of somebody; so many, the newest first. What was
    /// reported is left out.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_namesakes(
        &mut self,
        account: &AccountId,
        (mark, year): (&str, i64),
        limit: i64,
    ) -> Result<Vec<ReportedRow>, StoreError> {
        let of = account.as_str();
        Ok(on!(self, |c| sqlx::query_as(NAMESAKES).bind(of).bind(mark).bind(year).bind(limit).fetch_all(c))?)
    }
}
