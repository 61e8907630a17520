//! Records of the national platform: each row of a file has the version that it would write, which all of them write at once.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::BureauCode;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// The version of a record that a row would write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordCopyRow {
    /// The batch.
    pub batch_id: String,
    /// Which row of it.
    pub place: i64,
    /// Id of the version, once it is written.
    pub record_id: String,
    /// The version that it was compared with; 0 for somebody who has no record.
    pub base_version: i64,
    /// 财政局 that has the record.
    pub bureau: BureauCode,
    /// As of when the platform says so.
    pub updated_on: NaiveDate,
    /// The record itself, sealed.
    pub body_sealed: Vec<u8>,
    /// Keyed hash of the code of the employer that it names.
    pub employer_hash: Option<Vec<u8>>,
}

sql! {
    INSERT = "INSERT INTO record_copy (batch_id, place, record_id, base_version, bureau, updated_on, body_sealed, employer_hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    DAY = "SELECT updated_on FROM record_copy WHERE record_id = $1";
    LINE = "SELECT line FROM import_row WHERE batch_id = $1 AND document_hash = $2 AND outcome IN ('ready', 'later') ORDER BY place LIMIT 1";
    // What was written on record since the rows were looked at stands.
    CHANGED = "UPDATE import_row SET outcome = 'refused' WHERE batch_id = $1 AND place >= $2 AND place < $3 AND outcome = 'ready'
        AND NOT EXISTS (SELECT 1 FROM record_copy c WHERE c.batch_id = import_row.batch_id AND c.place = import_row.place
            AND c.base_version = COALESCE((SELECT k.version FROM record k WHERE k.account_id = import_row.account_id AND k.is_current), 0))";
    RETIRE = "UPDATE record SET is_current = FALSE WHERE is_current AND account_id IN (SELECT r.account_id FROM import_row r
        WHERE r.batch_id = $1 AND r.place >= $2 AND r.place < $3 AND r.outcome = 'ready')";
    WRITE = "INSERT INTO record (id, account_id, province, bureau, version, is_current, case_id, body_sealed, employer_hash, created_at)
        SELECT c.record_id, r.account_id, b.province, c.bureau,
            COALESCE((SELECT MAX(k.version) FROM record k WHERE k.account_id = r.account_id), 0) + 1, TRUE, NULL, c.body_sealed, c.employer_hash, $4
        FROM import_row r JOIN record_copy c ON c.batch_id = r.batch_id AND c.place = r.place JOIN import_batch b ON b.id = r.batch_id
        WHERE r.batch_id = $1 AND r.place >= $2 AND r.place < $3 AND r.outcome = 'ready'";
    END_EXTRACTS = "UPDATE record_extract SET ended_at = $4 WHERE ended_at IS NULL AND account_id IN (SELECT r.account_id FROM import_row r
        WHERE r.batch_id = $1 AND r.place >= $2 AND r.place < $3 AND r.outcome = 'ready')";
    // What was written over a copy since stands.
    TAKE_BACK = "UPDATE record SET is_current = FALSE, taken_back_at = $2 WHERE is_current
        AND id IN (SELECT c.record_id FROM record_copy c WHERE c.batch_id = $1)";
    RESTORE = "UPDATE record SET is_current = TRUE WHERE taken_back_at IS NULL
        AND account_id IN (SELECT k.account_id FROM record k JOIN record_copy c ON c.record_id = k.id
            WHERE c.batch_id = $1 AND k.taken_back_at IS NOT NULL)
        AND version = (SELECT MAX(k.version) FROM record k WHERE k.account_id = record.account_id AND k.taken_back_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM record k WHERE k.account_id = record.account_id AND k.is_current)";
    END_TAKEN = "UPDATE record_extract SET ended_at = $2 WHERE ended_at IS NULL
        AND record_id IN (SELECT c.record_id FROM record_copy c WHERE c.batch_id = $1)";
}

impl Reader {
    /// As of when the platform said what a version of a record says; `None` for one that a case wrote.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_record_copy_day(&mut self, record: &str) -> Result<Option<NaiveDate>, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(DAY).bind(record).fetch_optional(c))?)
    }

    /// The first line of a batch that is about somebody with this document and was not left out.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_import_line_of(&mut self, batch: &str, document_hash: &[u8]) -> Result<Option<i64>, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(LINE).bind(batch).bind(document_hash).fetch_optional(c))?)
    }
}

impl Tx {
    /// Notes what rows would write.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_record_copies(&mut self, rows: &[RecordCopyRow]) -> Result<(), StoreError> {
        for row in rows {
            change!(self, |c| sqlx::query(INSERT)
                .bind(&row.batch_id)
                .bind(row.place)
                .bind(&row.record_id)
                .bind(row.base_version)
                .bind(row.bureau.as_str())
                .bind(row.updated_on)
                .bind(&row.body_sealed)
                .bind(&row.employer_hash)
                .execute(c))?;
        }
        Ok(())
    }

    /// Leaves out the rows, from one place to before another, whose record is no longer the version that they were compared with.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn leave_out_changed_records(&mut self, batch: &str, (from, to): (i64, i64)) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(CHANGED).bind(batch).bind(from).bind(to).execute(c))?)
    }

    /// Writes the versions of rows from one place to before another; what was signed of the versions before says no longer what holds.
    /// Answers how many were written.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn write_record_copies(
        &mut self,
        batch: &str,
        (from, to): (i64, i64),
        at: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        change!(self, |c| sqlx::query(RETIRE).bind(batch).bind(from).bind(to).execute(c))?;
        let written = change!(self, |c| sqlx::query(WRITE).bind(batch).bind(from).bind(to).bind(at).execute(c))
            .map_err(StoreError::exists_in("record"))?;
        change!(self, |c| sqlx::query(END_EXTRACTS).bind(batch).bind(from).bind(to).bind(at).execute(c))?;
        Ok(written)
    }

    /// Takes the versions of a batch back that are still the newest; the ones before them are the newest again. Answers how many were.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn take_record_copies_back(&mut self, batch: &str, at: DateTime<Utc>) -> Result<u64, StoreError> {
        let taken = change!(self, |c| sqlx::query(TAKE_BACK).bind(batch).bind(at).execute(c))?;
        change!(self, |c| sqlx::query(RESTORE).bind(batch).execute(c))?;
        change!(self, |c| sqlx::query(END_TAKEN).bind(batch).bind(at).execute(c))?;
        Ok(taken)
    }
}
