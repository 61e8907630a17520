//! What a batch does, all at once: its rows go into the ledger by one statement, and are taken back by one.

use chrono::{DateTime, Utc};

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use crate::school::report::PartRow;

/// How a batch is booked or taken back.
#[derive(Clone, Copy, Debug)]
pub struct ImportBooking<'a> {
    /// The batch.
    pub batch: &'a str,
    /// What books it, as a code.
    pub source: &'a str,
    /// Who booked it.
    pub by: &'a str,
    /// When, in UTC.
    pub at: DateTime<Utc>,
}

sql! {
    // What was imported since the rows were looked at is not booked twice.
    REPEATED = "UPDATE import_row SET outcome = 'repeated' WHERE batch_id = $1 AND outcome IN ('ready', 'later') AND same_mark <> ''
        AND EXISTS (SELECT 1 FROM import_row o JOIN import_batch b ON b.id = o.batch_id
            WHERE o.same_mark = import_row.same_mark AND o.same_mark <> '' AND o.batch_id <> import_row.batch_id
                AND o.outcome IN ('ready', 'later') AND b.effective_at IS NOT NULL AND b.ended_at IS NULL)";
    HOLD = "UPDATE account SET updated_at = updated_at
        WHERE id IN (SELECT r.account_id FROM import_row r WHERE r.batch_id = $1 AND r.outcome = 'ready')";
    CONVERTED = "UPDATE import_row SET amount = 0 WHERE batch_id = $1 AND place >= $2 AND place < $3 AND same_hash IS NOT NULL AND amount > 0
        AND EXISTS (SELECT 1 FROM conversion c WHERE c.account_id = import_row.account_id AND c.same_hash = import_row.same_hash)";
    ABOVE = "UPDATE import_row SET outcome = 'refused' WHERE batch_id = $1 AND outcome = 'ready' AND enrolment_id IN (
        SELECT i.enrolment_id FROM import_row i JOIN enrolment e ON e.id = i.enrolment_id
        WHERE i.batch_id = $1 AND i.outcome = 'ready' GROUP BY i.enrolment_id, e.credits
        HAVING SUM(i.amount) > e.credits
            - (SELECT COALESCE(SUM(r.amount), 0) FROM school_report r WHERE r.enrolment_id = i.enrolment_id AND r.outcome = 'booked')
            - (SELECT COALESCE(SUM(o.amount), 0) FROM import_row o JOIN import_batch b ON b.id = o.batch_id
                WHERE o.enrolment_id = i.enrolment_id AND o.outcome = 'ready' AND b.effective_at IS NOT NULL AND b.ended_at IS NULL))";
    BOOK = "INSERT INTO credit_entry
        (id, account_id, province, year, subject, amount, source_kind, source_id, rule, arithmetic, booked_by, booked_at, reverses, decided, bureau)
        SELECT r.entry_id, r.account_id, b.province, r.year, r.subject, r.amount, $2, r.batch_id || ':' || r.line, r.rule, r.arithmetic,
            $3, $4, NULL, r.decided, (SELECT k.bureau FROM record k WHERE k.account_id = r.account_id AND k.is_current)
        FROM import_row r JOIN import_batch b ON b.id = r.batch_id
        WHERE r.batch_id = $1 AND r.place >= $5 AND r.place < $6 AND r.outcome = 'ready' AND r.amount > 0 ON CONFLICT DO NOTHING";
    TAKE_BACK = "INSERT INTO credit_entry
        (id, account_id, province, year, subject, amount, source_kind, source_id, rule, arithmetic, booked_by, booked_at, reverses, decided, bureau)
        SELECT e.id || '-undone', e.account_id, e.province, e.year, e.subject, -e.amount, e.source_kind, e.source_id, e.rule, $2, $3, $4, e.id,
            e.decided, e.bureau
        FROM import_row r JOIN credit_entry e ON e.id = r.entry_id
        WHERE r.batch_id = $1 AND r.outcome = 'ready' AND r.amount > 0 ON CONFLICT DO NOTHING";
    PARTS = "SELECT one.account_id, one.year, c.subject, CAST(SUM(c.amount) AS BIGINT) AS amount,
            EXISTS (SELECT 1 FROM completion_certificate k
                WHERE k.account_id = one.account_id AND k.year = one.year AND k.ended_at IS NULL) AS is_certified
        FROM (SELECT DISTINCT r.account_id, r.year FROM import_row r
            WHERE r.batch_id = $1 AND r.place >= $2 AND r.place < $3 AND r.outcome = 'ready' AND r.amount > 0) one
        CROSS JOIN credit_entry c WHERE c.account_id = one.account_id AND c.year = one.year
        GROUP BY one.account_id, one.year, c.subject";
}

impl Reader {
    /// What the ledger holds for the people and years of some rows of a batch.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_parts_of_import(&mut self, batch: &str, (from, to): (i64, i64)) -> Result<Vec<PartRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(PARTS).bind(batch).bind(from).bind(to).fetch_all(c))?)
    }
}

impl Tx {
    /// Leaves out what another batch has brought meanwhile.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn leave_out_repeated(&mut self, batch: &str) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(REPEATED).bind(batch).execute(c))?)
    }

    /// Holds the accounts of a batch, so that nothing else is compared with what is booked for them.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn hold_imported(&mut self, batch: &str) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(HOLD).bind(batch).execute(c))?;
        Ok(())
    }

    /// Lets rows from one place to before another give nothing whose person has asked for the same by a conversion that stands.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn yield_to_conversions(&mut self, batch: &str, (from, to): (i64, i64)) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(CONVERTED).bind(batch).bind(from).bind(to).execute(c))?)
    }

    /// Leaves out the rows of enrolments that would get more than they have left.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn leave_out_above_enrolled(&mut self, batch: &str) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(ABOVE).bind(batch).execute(c))?)
    }

    /// Adds the rows of a batch, from one place to before another, to the ledger: the same as [`Tx::book_credit`] adds, many at once.
    /// Answers how many were added.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn book_import(&mut self, how: ImportBooking<'_>, (from, to): (i64, i64)) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(BOOK)
            .bind(how.batch)
            .bind(how.source)
            .bind(how.by)
            .bind(how.at)
            .bind(from)
            .bind(to)
            .execute(c))?)
    }

    /// Adds a reversal for each row of the ledger that a batch has booked and that stands. Answers how many were added.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn take_import_back(&mut self, how: ImportBooking<'_>, reason: &str) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(TAKE_BACK).bind(how.batch).bind(reason).bind(how.by).bind(how.at).execute(c))?)
    }
}
