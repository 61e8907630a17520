//! What schools reported that belongs to nobody: kept aside, or so wrong that no person is found by it.

use chrono::{DateTime, Utc};
use domain::id::StaffId;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A row that belongs to nobody.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AsideRow {
    /// The school.
    pub school_id: String,
    /// The batch.
    pub batch_id: String,
    /// Which row of the batch it is, from 0.
    pub place: i64,
    /// The school's number of it; may be empty.
    pub row_id: String,
    /// When its batch came, in UTC.
    pub received_at: DateTime<Utc>,
    /// 继续教育年度; 0 where none could be read.
    pub year: i64,
    /// 科目类别, as a code; may be empty.
    pub subject: String,
    /// In hundredths; 0 where it is no amount.
    pub amount: i64,
    /// The day on which it was learnt; may be empty.
    pub completed_on: String,
    /// What became of it, as a code.
    pub outcome: String,
    /// The field that is wrong.
    pub field: String,
    /// What is wrong with it, as a code.
    pub cause: String,
    /// 学员编号 as it was sent, of what is kept aside; else empty.
    pub learner: String,
    /// A keyed hash of the name that was sent; may be empty.
    pub name_mark: String,
    /// What the school was told; empty while it was not.
    pub answer: String,
    /// When that was, in UTC.
    pub answered_at: Option<DateTime<Utc>>,
}

/// Where a page of them goes on: after this row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsidePlace {
    /// When its batch came, in UTC.
    pub received_at: DateTime<Utc>,
    /// The batch.
    pub batch_id: String,
    /// Which row of the batch.
    pub place: i64,
}

/// Which of them are looked for.
#[derive(Clone, Copy, Debug)]
pub struct AsidePage<'a> {
    /// Key of the province.
    pub province: &'a str,
    /// A school; empty for any.
    pub school: &'a str,
    /// What is wrong, as a code; empty for anything.
    pub cause: &'a str,
    /// 继续教育年度; 0 for those without one, `None` for any.
    pub year: Option<i64>,
    /// The last row of the page before.
    pub after: Option<&'a AsidePlace>,
    /// The most rows.
    pub limit: i64,
}

/// What became of a row that was looked at again.
#[derive(Clone, Debug)]
pub struct Redecided<'a> {
    /// The outcome, as a code.
    pub outcome: &'a str,
    /// Id of the row of the ledger; empty where it is not booked.
    pub entry_id: &'a str,
    /// The enrolment that it fits.
    pub enrolment_id: Option<&'a str>,
    /// The field that is wrong; may be empty.
    pub field: &'a str,
    /// What is wrong with it, as a code; may be empty.
    pub cause: &'a str,
}

sql! {
    // Of a number that came again the newest row tells, and one that was booked meanwhile is over. A number that is itself wrong is
    // nobody's, and hides nothing.
    LIST = "SELECT r.school_id, r.batch_id, r.place, r.row_id, b.received_at, r.year, r.subject, r.amount, r.completed_on, r.outcome,
            r.field, r.cause, r.learner, r.name_mark, r.answer, r.answered_at
        FROM school s CROSS JOIN school_report r CROSS JOIN school_batch b
        WHERE s.province = $1 AND ($2 = '' OR s.id = $2) AND r.school_id = s.id
            AND (r.outcome = 'quarantined' OR (r.outcome = 'refused' AND r.enrolment_id IS NULL)) AND b.id = r.batch_id
            AND ($3 = '' OR r.cause = $3) AND (CAST($4 AS BIGINT) < 0 OR r.year = CAST($4 AS BIGINT))
            AND (r.field = 'id' OR (
                NOT EXISTS (SELECT 1 FROM school_report k
                    WHERE k.school_id = r.school_id AND k.row_id = r.row_id AND k.outcome = 'booked')
                AND NOT EXISTS (SELECT 1 FROM school_report k CROSS JOIN school_batch c
                    WHERE k.school_id = r.school_id AND k.row_id = r.row_id
                        AND (k.outcome = 'quarantined' OR (k.outcome = 'refused' AND k.enrolment_id IS NULL)) AND c.id = k.batch_id
                        AND (c.received_at, k.batch_id, k.place) > (b.received_at, r.batch_id, r.place))))
            AND (b.received_at, r.batch_id, r.place) < ($5, $6, $7)
        ORDER BY b.received_at DESC, r.batch_id DESC, r.place DESC LIMIT $8";
    ONE = "SELECT r.school_id, r.batch_id, r.place, r.row_id, b.received_at, r.year, r.subject, r.amount, r.completed_on, r.outcome,
            r.field, r.cause, r.learner, r.name_mark, r.answer, r.answered_at
        FROM school_report r JOIN school_batch b ON b.id = r.batch_id JOIN school s ON s.id = r.school_id
        WHERE r.batch_id = $1 AND r.place = $2 AND s.province = $3
            AND (r.outcome = 'quarantined' OR (r.outcome = 'refused' AND r.enrolment_id IS NULL))";
    ANSWER = "UPDATE school_report SET answer = $3, answered_by = $4, answered_at = $5
        WHERE batch_id = $1 AND place = $2 AND answer = ''
            AND (outcome = 'quarantined' OR (outcome = 'refused' AND enrolment_id IS NULL))";
    REDECIDE = "UPDATE school_report SET outcome = $3, entry_id = $4, enrolment_id = $5, field = $6, cause = $7
        WHERE batch_id = $1 AND place = $2 AND outcome = 'quarantined'";
}

impl Reader {
    /// What belongs to nobody, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_aside(&mut self, page: AsidePage<'_>) -> Result<Vec<AsideRow>, StoreError> {
        let far = DateTime::from_timestamp(253_402_300_799, 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
        let (at, batch, place) =
            page.after.map_or((far, "~", i64::MAX), |after| (after.received_at, after.batch_id.as_str(), after.place));
        Ok(on!(self, |c| sqlx::query_as(LIST)
            .bind(page.province)
            .bind(page.school)
            .bind(page.cause)
            .bind(page.year.unwrap_or(-1))
            .bind(at)
            .bind(batch)
            .bind(place)
            .bind(page.limit)
            .fetch_all(c))?)
    }

    /// One of them, where it belongs to nobody by now.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_aside(&mut self, (batch, place): (&str, i64), province: &str) -> Result<Option<AsideRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(ONE).bind(batch).bind(place).bind(province).fetch_optional(c))?)
    }
}

impl Tx {
    /// Notes what the school is told of a row, once; answers whether it was noted.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn answer_report(
        &mut self,
        (batch, place): (&str, i64),
        answer: &str,
        (by, at): (&StaffId, DateTime<Utc>),
    ) -> Result<bool, StoreError> {
        let answered =
            change!(self, |c| sqlx::query(ANSWER).bind(batch).bind(place).bind(answer).bind(by.as_str()).bind(at).execute(c));
        Ok(answered? == 1)
    }

    /// Notes what became of a row that was kept aside; answers whether it still was.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn redecide_report(&mut self, (batch, place): (&str, i64), now: Redecided<'_>) -> Result<bool, StoreError> {
        let changed = change!(self, |c| sqlx::query(REDECIDE)
            .bind(batch)
            .bind(place)
            .bind(now.outcome)
            .bind(now.entry_id)
            .bind(now.enrolment_id)
            .bind(now.field)
            .bind(now.cause)
            .execute(c));
        Ok(changed? == 1)
    }
}
