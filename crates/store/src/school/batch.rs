//! What schools reported: batches, the outcome of each row, and the way of those that fit into the ledger.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::AccountId;

use super::enrolment::packed;
use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A batch.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BatchRow {
    /// Its id.
    pub id: String,
    /// The school that reported it.
    pub school_id: String,
    /// The school's name of the attempt.
    pub request_key: String,
    /// SHA-256 of what was sent.
    pub body_hash: Vec<u8>,
    /// How many rows it has.
    pub size: i64,
    /// How many of them have their outcome.
    pub decided: i64,
    /// When it came first, in UTC.
    pub received_at: DateTime<Utc>,
    /// That day, in China.
    pub received_on: NaiveDate,
}

/// The outcome of a row.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReportRow {
    /// Which row of the batch it is, from 0.
    pub place: i64,
    /// The school's number of it.
    pub row_id: String,
    /// Id of the row of the ledger, where it is booked.
    pub entry_id: String,
    /// The enrolment that it fits; `None` for none.
    pub enrolment_id: Option<String>,
    /// 继续教育年度; 0 where it is none.
    pub year: i64,
    /// 科目类别, as a code; may be empty.
    pub subject: String,
    /// In hundredths; 0 where it is no amount.
    pub amount: i64,
    /// What became of it, as a code.
    pub outcome: String,
    /// The field that is wrong; may be empty.
    pub field: String,
    /// What is wrong with it, as a code; may be empty.
    pub cause: String,
}

/// A row that was booked before.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BookedRow {
    /// The school's number of it.
    pub row_id: String,
    /// 学员编号.
    pub learner: String,
    /// 继续教育年度.
    pub year: i64,
    /// 科目类别, as a code.
    pub subject: String,
    /// In hundredths.
    pub amount: i64,
}

/// What the ledger holds for a learning year of somebody, by part.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PartRow {
    /// Whose it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// 继续教育年度.
    pub year: i64,
    /// 科目类别, as a code.
    pub subject: String,
    /// In hundredths.
    pub amount: i64,
    /// Whether the year is certified.
    pub is_certified: bool,
}

/// How many rows of a batch have an outcome, and what they amount to.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OutcomeRow {
    /// The batch.
    pub batch_id: String,
    /// The outcome, as a code.
    pub outcome: String,
    /// How many rows.
    pub size: i64,
    /// In hundredths.
    pub amount: i64,
}

/// Rows of a batch from one place to before another.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The batch.
    pub batch: &'a str,
    /// The first row.
    pub from: i64,
    /// The row after the last.
    pub to: i64,
}

/// How the rows of a year are booked.
#[derive(Clone, Copy, Debug)]
pub struct Booking<'a> {
    /// 继续教育年度.
    pub year: i64,
    /// The rule and its version.
    pub rule: &'a str,
    /// What stands at each of them.
    pub arithmetic: &'a str,
    /// When, in UTC.
    pub at: DateTime<Utc>,
}

sql! {
    INSERT = "INSERT INTO school_batch (id, school_id, request_key, body_hash, size, decided, received_at, received_on)
        VALUES ($1, $2, $3, $4, $5, 0, $6, $7) ON CONFLICT DO NOTHING";
    BY_KEY = "SELECT id, school_id, request_key, body_hash, size, decided, received_at, received_on
        FROM school_batch WHERE school_id = $1 AND request_key = $2";
    BY_ID = "SELECT id, school_id, request_key, body_hash, size, decided, received_at, received_on
        FROM school_batch WHERE id = $1 AND school_id = $2";
    LOCK = "UPDATE school_batch SET decided = decided WHERE id = $1 RETURNING decided";
    DECIDED = "UPDATE school_batch SET decided = $2 WHERE id = $1";
    OF_DAY = "SELECT id, school_id, request_key, body_hash, size, decided, received_at, received_on
        FROM school_batch WHERE school_id = $1 AND received_on = $2 ORDER BY received_at, id";
    NOTE = "INSERT INTO school_report
        (batch_id, place, school_id, row_id, entry_id, enrolment_id, year, subject, amount, outcome, field, cause)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    REPORTS = "SELECT place, row_id, entry_id, enrolment_id, year, subject, amount, outcome, field, cause
        FROM school_report WHERE batch_id = $1 ORDER BY place";
    OUTCOMES = "SELECT r.batch_id, r.outcome, count(*) AS size, CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) AS amount
        FROM school_batch b JOIN school_report r ON r.batch_id = b.id
        WHERE b.school_id = $1 AND b.received_on = $2 GROUP BY r.batch_id, r.outcome";
    BOOKED = "WITH RECURSIVE one(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM one WHERE i + 1 < $3)
        SELECT r.row_id, e.learner, r.year, r.subject, r.amount FROM one CROSS JOIN school_report r CROSS JOIN enrolment e
        WHERE r.school_id = $1 AND r.row_id = rtrim(substr($2, one.i * 64 + 1, 64)) AND r.outcome = 'booked' AND e.id = r.enrolment_id";
    BOOK = "INSERT INTO credit_entry
        (id, account_id, province, year, subject, amount, source_kind, source_id, rule, arithmetic, booked_by, booked_at, reverses)
        SELECT r.entry_id, e.account_id, e.province, r.year, r.subject, r.amount, 'school', r.school_id || ':' || r.row_id, $5, $6,
            r.school_id, $7, NULL
        FROM school_report r JOIN enrolment e ON e.id = r.enrolment_id
        WHERE r.batch_id = $1 AND r.place >= $2 AND r.place < $3 AND r.outcome = 'booked' AND r.year = $4
        ON CONFLICT DO NOTHING";
    PARTS = "SELECT e.account_id, e.year, c.subject, CAST(SUM(c.amount) AS BIGINT) AS amount,
            EXISTS (SELECT 1 FROM completion_certificate k
                WHERE k.account_id = e.account_id AND k.year = e.year AND k.ended_at IS NULL) AS is_certified
        FROM (SELECT DISTINCT enrolment_id FROM school_report
            WHERE batch_id = $1 AND place >= $2 AND place < $3 AND outcome = 'booked') one
        CROSS JOIN enrolment e CROSS JOIN credit_entry c
        WHERE e.id = one.enrolment_id AND c.account_id = e.account_id AND c.year = e.year
        GROUP BY e.account_id, e.year, c.subject";
}

impl Reader {
    /// The batch of a school by its own name of the attempt.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_batch_of_key(&mut self, school: &str, key: &str) -> Result<Option<BatchRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_KEY).bind(school).bind(key).fetch_optional(c))?)
    }

    /// A batch of a school.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_batch(&mut self, id: &str, school: &str) -> Result<Option<BatchRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_ID).bind(id).bind(school).fetch_optional(c))?)
    }

    /// The batches of a school that came on a day in China, in that order.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_batches_of_day(&mut self, school: &str, on: NaiveDate) -> Result<Vec<BatchRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_DAY).bind(school).bind(on).fetch_all(c))?)
    }

    /// How many rows of those have which outcome, and what they amount to.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_outcomes_of_day(&mut self, school: &str, on: NaiveDate) -> Result<Vec<OutcomeRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OUTCOMES).bind(school).bind(on).fetch_all(c))?)
    }

    /// The outcomes of a batch, in the order of its rows.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_reports(&mut self, batch: &str) -> Result<Vec<ReportRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(REPORTS).bind(batch).fetch_all(c))?)
    }

    /// Those of a school's numbers, of at most 64 characters, that were booked before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_booked_rows<'a>(
        &mut self,
        school: &str,
        numbers: impl Iterator<Item = &'a str>,
    ) -> Result<Vec<BookedRow>, StoreError> {
        let (list, count) = packed(numbers, 64);
        Ok(on!(self, |c| sqlx::query_as(BOOKED).bind(school).bind(&list).bind(count).fetch_all(c))?)
    }

    /// What the ledger holds for the people and years of rows that were booked.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_parts_of_booked(&mut self, part: Part<'_>) -> Result<Vec<PartRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(PARTS).bind(part.batch).bind(part.from).bind(part.to).fetch_all(c))?)
    }
}

impl Tx {
    /// Notes a batch that came; one that came before is left as it is.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_batch(&mut self, row: &BatchRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(&row.school_id)
            .bind(&row.request_key)
            .bind(&row.body_hash)
            .bind(row.size)
            .bind(row.received_at)
            .bind(row.received_on)
            .execute(c))?;
        Ok(())
    }

    /// How many rows of a batch have their outcome; nobody else decides more before this transaction ends.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn lock_batch(&mut self, id: &str) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(LOCK).bind(id).fetch_one(c))?)
    }

    /// Notes how many rows have their outcome.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn set_batch_decided(&mut self, id: &str, decided: i64) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(DECIDED).bind(id).bind(decided).execute(c))?;
        Ok(())
    }

    /// Notes the outcome of a row.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_report(&mut self, (batch, school): (&str, &str), row: &ReportRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(NOTE)
            .bind(batch)
            .bind(row.place)
            .bind(school)
            .bind(&row.row_id)
            .bind(&row.entry_id)
            .bind(row.enrolment_id.as_deref())
            .bind(row.year)
            .bind(&row.subject)
            .bind(row.amount)
            .bind(&row.outcome)
            .bind(&row.field)
            .bind(&row.cause)
            .execute(c))?;
        Ok(())
    }

    /// Adds to the ledger what is noted as booked of a year: the same rows as [`Tx::book_credit`] adds, many at once. Answers how
    /// many were added. Whoever compares with what is booked holds the accounts.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn book_reported_credits(&mut self, part: Part<'_>, how: Booking<'_>) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(BOOK)
            .bind(part.batch)
            .bind(part.from)
            .bind(part.to)
            .bind(how.year)
            .bind(how.rule)
            .bind(how.arithmetic)
            .bind(how.at)
            .execute(c))?)
    }
}
