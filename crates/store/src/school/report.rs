//! The outcome of each row that schools reported, and the way of those that fit into the ledger.

use chrono::{DateTime, Utc};
use domain::id::AccountId;

use super::enrolment::packed;
use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

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
    /// The day on which it was learnt: `2026-09-30`; empty where it is none.
    pub completed_on: String,
    /// What became of it, as a code.
    pub outcome: String,
    /// The field that is wrong; may be empty.
    pub field: String,
    /// What is wrong with it, as a code; may be empty.
    pub cause: String,
    /// 学员编号 as it was sent, of what is kept aside; else empty.
    pub learner: String,
    /// A keyed hash of the name that was sent, of what is kept aside; else empty.
    pub name_mark: String,
    /// What the province says to the school about it; empty while it says nothing, and at first.
    pub answer: String,
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
    /// The day on which it was learnt.
    pub completed_on: String,
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
    /// What stands at each of them, before the day on which it was learnt.
    pub arithmetic: &'a str,
    /// When, in UTC.
    pub at: DateTime<Utc>,
}

sql! {
    // The packed list has a line of 278 characters for each row.
    NOTE = "WITH RECURSIVE one(line, rest) AS (SELECT substr($3, 1, 278), substr($3, 279)
            UNION ALL SELECT substr(rest, 1, 278), substr(rest, 279) FROM one WHERE rest <> '')
        INSERT INTO school_report
            (batch_id, place, school_id, row_id, entry_id, enrolment_id, year, subject, amount, outcome, field, cause, completed_on,
            learner, name_mark)
        SELECT $1, CAST(substr(line, 1, 8) AS BIGINT), $2, rtrim(substr(line, 9, 64)), rtrim(substr(line, 73, 36)),
            NULLIF(rtrim(substr(line, 109, 36)), ''), CAST(substr(line, 145, 8) AS BIGINT), rtrim(substr(line, 153, 16)),
            CAST(substr(line, 169, 12) AS BIGINT), rtrim(substr(line, 181, 12)), rtrim(substr(line, 193, 16)), rtrim(substr(line, 209, 16)),
            rtrim(substr(line, 225, 10)), rtrim(substr(line, 235, 22)), rtrim(substr(line, 257, 22))
        FROM one";
    REPORTS = "SELECT place, row_id, entry_id, enrolment_id, year, subject, amount, completed_on, outcome, field, cause, learner, name_mark, answer
        FROM school_report WHERE batch_id = $1 ORDER BY place";
    BOOKED = "WITH RECURSIVE one(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM one WHERE i + 1 < $3)
        SELECT r.row_id, e.learner, r.year, r.subject, r.amount, r.completed_on FROM one CROSS JOIN school_report r CROSS JOIN enrolment e
        WHERE r.school_id = $1 AND r.row_id = rtrim(substr($2, one.i * 64 + 1, 64)) AND r.outcome = 'booked' AND e.id = r.enrolment_id";
    BOOK = "INSERT INTO credit_entry
        (id, account_id, province, year, subject, amount, source_kind, source_id, rule, arithmetic, booked_by, booked_at, reverses, decided, bureau)
        SELECT r.entry_id, e.account_id, e.province, r.year, r.subject, r.amount, 'school', r.school_id || ':' || r.row_id, $5, $6 || r.completed_on,
            r.school_id, $7, NULL, '', (SELECT k.bureau FROM record k WHERE k.account_id = e.account_id AND k.is_current)
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

/// Adds the line of a row; `None` where something does not fit.
fn line(list: &mut String, row: &ReportRow) -> Option<()> {
    let (place, year, amount) = (row.place.to_string(), row.year.to_string(), row.amount.to_string());
    let parts = [
        (place.as_str(), 8),
        (&row.row_id, 64),
        (&row.entry_id, 36),
        (row.enrolment_id.as_deref().unwrap_or_default(), 36),
        (&year, 8),
        (&row.subject, 16),
        (&amount, 12),
        (&row.outcome, 12),
        (&row.field, 16),
        (&row.cause, 16),
        (&row.completed_on, 10),
        (&row.learner, 22),
        (&row.name_mark, 22),
    ];
    for (text, width) in parts {
        let blanks = usize::checked_sub(width, text.len()).filter(|_| text.is_ascii())?;
        list.push_str(text);
        list.extend(std::iter::repeat_n(' ', blanks));
    }
    Some(())
}

impl Reader {
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
    /// Notes the outcome of rows. Their texts are ASCII: a number of at most 64 characters, ids of 36, codes,
    /// a day, 学员编号 and mark of 22.
    ///
    /// # Errors
    /// `Inconsistent` for a text that is longer, `Driver`.
    pub async fn insert_reports(&mut self, (batch, school): (&str, &str), rows: &[ReportRow]) -> Result<(), StoreError> {
        let mut list = String::with_capacity(rows.len() * 278);
        for row in rows {
            line(&mut list, row).ok_or_else(|| StoreError::Inconsistent {
                table: "school_report",
                column: "row_id",
                row: row.place.to_string(),
            })?;
        }
        change!(self, |c| sqlx::query(NOTE).bind(batch).bind(school).bind(&list).execute(c))?;
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
