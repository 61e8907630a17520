//! The rows of a batch: noted in parts, read for whoever looks at them, found again by whoever registers later.

use domain::id::AccountId;

use super::text;
use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use crate::ids::Given;

/// A row, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ImportRowRow {
    /// The batch.
    pub batch_id: String,
    /// Which row of it, from 0.
    pub place: i64,
    /// The line of the file.
    pub line: i64,
    /// What becomes of it, as a code.
    pub outcome: String,
    /// Keyed hash of the document, as accounts have it; empty where there is none.
    pub document_hash: Vec<u8>,
    /// Whose it is.
    #[sqlx(try_from = "Given<AccountId>")]
    pub account_id: Option<AccountId>,
    /// Id of the row of the ledger, once it takes effect.
    pub entry_id: String,
    /// The enrolment at a school.
    pub enrolment_id: Option<String>,
    /// A keyed hash of what makes two rows the same; empty where it is wrong.
    pub same_mark: String,
    /// What makes it the same as a conversion.
    pub same_hash: Option<Vec<u8>>,
    /// 继续教育年度.
    pub year: i64,
    /// 科目类别, as a code.
    pub subject: String,
    /// In hundredths.
    pub amount: i64,
    /// The rule and its version.
    pub rule: String,
    /// The reckoning.
    pub arithmetic: String,
    /// Which date decided the learning year, in words; may be empty.
    pub decided: String,
    /// What it says of the person, sealed.
    pub detail_sealed: Vec<u8>,
}

/// An account, as far as a row is compared with it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DocumentRow {
    /// Its id.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// 证件类型, as a code.
    pub document_kind: String,
    /// Keyed hash of the document.
    pub document_hash: Vec<u8>,
    /// 姓名.
    pub name: String,
}

/// A row that has the same mark as another.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SameRow {
    /// The mark.
    pub same_mark: String,
    /// Its batch.
    pub batch_id: String,
    /// Its line there.
    pub line: i64,
    /// Whether that batch is in effect.
    pub is_effective: bool,
}

/// How many rows of a batch have an outcome.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ImportCountRow {
    /// As a code.
    pub outcome: String,
    /// How many.
    pub rows: i64,
}

/// Rows, and parts of lists, that one statement takes.
const AT_ONCE: usize = 50;
const HEAD: &str =
    "INSERT INTO import_row (batch_id, place, line, outcome, document_hash, account_id, entry_id, enrolment_id, same_mark,
    same_hash, year, subject, amount, rule, arithmetic, decided, detail_sealed) VALUES ";
const MANY: [u8; 6000] = text::rows(HEAD, AT_ONCE, 17);
const ONE: [u8; 6000] = text::rows(HEAD, 1, 17);
const OF_DOCUMENTS: [u8; 6000] = text::list(
    "SELECT id AS account_id, document_kind, document_hash, name FROM account WHERE province = $1 AND document_hash IN (",
    (2, AT_ONCE),
    ")",
);
const OF_MARKS: [u8; 6000] = text::list(
    "SELECT r.same_mark, r.batch_id, r.line, (b.effective_at IS NOT NULL AND b.ended_at IS NULL) AS is_effective
     FROM import_row r JOIN import_batch b ON b.id = r.batch_id
     WHERE r.same_mark <> '' AND r.outcome IN ('ready', 'later') AND (r.batch_id = $1 OR (b.effective_at IS NOT NULL AND b.ended_at IS NULL))
        AND r.same_mark IN (",
    (2, AT_ONCE),
    ") ORDER BY r.line",
);

sql! {
    INSERT_MANY = text::read(&MANY);
    INSERT_ONE = text::read(&ONE);
    DOCUMENTS = text::read(&OF_DOCUMENTS);
    MARKS = text::read(&OF_MARKS);
    COUNT = "SELECT outcome, count(*) AS rows FROM import_row WHERE batch_id = $1 GROUP BY outcome";
    PAGE = "SELECT batch_id, place, line, outcome, document_hash, account_id, entry_id, enrolment_id, same_mark, same_hash, year, subject,
            amount, rule, arithmetic, decided, detail_sealed
        FROM import_row WHERE batch_id = $1 AND place >= $2 ORDER BY place LIMIT $3";
    WRONG = "SELECT batch_id, place, line, outcome, document_hash, account_id, entry_id, enrolment_id, same_mark, same_hash, year, subject,
            amount, rule, arithmetic, decided, detail_sealed
        FROM import_row WHERE batch_id = $1 AND (outcome IN ('refused', 'repeated') OR rule = 'record/changed') ORDER BY place LIMIT $2";
    WAITING = "SELECT r.batch_id, r.place, r.line, r.outcome, r.document_hash, r.account_id, r.entry_id, r.enrolment_id, r.same_mark, r.same_hash,
            r.year, r.subject, r.amount, r.rule, r.arithmetic, r.decided, r.detail_sealed
        FROM import_row r JOIN import_batch b ON b.id = r.batch_id
        WHERE r.document_hash = $1 AND r.outcome = 'later' AND b.province = $2 AND b.ended_at IS NULL AND b.stage <> 'dropped' ORDER BY r.batch_id, r.place";
    COME_SINCE = "SELECT r.batch_id, r.place, r.line, r.outcome, r.document_hash, r.account_id, r.entry_id, r.enrolment_id, r.same_mark, r.same_hash,
            r.year, r.subject, r.amount, r.rule, r.arithmetic, r.decided, r.detail_sealed
        FROM import_row r WHERE r.batch_id = $1 AND r.outcome = 'later'
            AND EXISTS (SELECT 1 FROM account a WHERE a.document_hash = r.document_hash AND a.province = $2) ORDER BY r.place";
    LINK = "UPDATE import_row SET account_id = $3, outcome = $4 WHERE batch_id = $1 AND place = $2";
    EXAMS = "SELECT r.batch_id, r.place, r.line, r.outcome, r.document_hash, r.account_id, r.entry_id, r.enrolment_id, r.same_mark, r.same_hash,
            r.year, r.subject, r.amount, r.rule, r.arithmetic, r.decided, r.detail_sealed
        FROM import_row r JOIN import_batch b ON b.id = r.batch_id
        WHERE r.account_id = $1 AND r.outcome = 'ready' AND b.kind = 'exam' AND b.effective_at IS NOT NULL AND b.ended_at IS NULL
        ORDER BY r.year DESC, r.batch_id, r.place LIMIT $2";
    CONVERTED = "SELECT count(*) FROM import_row r JOIN import_batch b ON b.id = r.batch_id
        WHERE r.account_id = $1 AND r.same_hash = $2 AND r.outcome = 'ready' AND r.amount > 0
            AND b.effective_at IS NOT NULL AND b.ended_at IS NULL";
}

impl Reader {
    /// The accounts of a province with one of these documents.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_accounts_of_documents(
        &mut self,
        province: &str,
        hashes: &[Vec<u8>],
    ) -> Result<Vec<DocumentRow>, StoreError> {
        let (mut found, none) = (Vec::new(), Vec::new());
        for part in hashes.chunks(AT_ONCE) {
            let rows: Vec<DocumentRow> = on!(self, |c| {
                let query = sqlx::query_as(DOCUMENTS).bind(province);
                (0..AT_ONCE).fold(query, |query, at| query.bind(part.get(at).unwrap_or(&none))).fetch_all(c)
            })?;
            found.extend(rows);
        }
        Ok(found)
    }

    /// The rows with one of these marks that stand further up in a batch, or in one that is in effect; the first of each first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_same_imports(&mut self, batch: &str, marks: &[&str]) -> Result<Vec<SameRow>, StoreError> {
        let mut found = Vec::new();
        for part in marks.chunks(AT_ONCE) {
            let rows: Vec<SameRow> = on!(self, |c| {
                let query = sqlx::query_as(MARKS).bind(batch);
                (0..AT_ONCE).fold(query, |query, at| query.bind(*part.get(at).unwrap_or(&""))).fetch_all(c)
            })?;
            found.extend(rows);
        }
        Ok(found)
    }

    /// How many rows of a batch have which outcome.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_import_rows(&mut self, batch: &str) -> Result<Vec<ImportCountRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(COUNT).bind(batch).fetch_all(c))?)
    }

    /// Rows of a batch from a place on, so many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_import_rows(&mut self, batch: &str, from: i64, most: i64) -> Result<Vec<ImportRowRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(PAGE).bind(batch).bind(from).bind(most).fetch_all(c))?)
    }

    /// The first rows of a batch that are left out, or change what is on record.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_wrong_import_rows(&mut self, batch: &str, most: i64) -> Result<Vec<ImportRowRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(WRONG).bind(batch).bind(most).fetch_all(c))?)
    }

    /// The rows that wait for somebody with this document, in the order of their batches.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_imports_waiting_for(&mut self, province: &str, hash: &[u8]) -> Result<Vec<ImportRowRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(WAITING).bind(hash).bind(province).fetch_all(c))?)
    }

    /// The rows of a batch that wait for somebody who has an account by now.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_imports_come_since(&mut self, batch: &str, province: &str) -> Result<Vec<ImportRowRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(COME_SINCE).bind(batch).bind(province).fetch_all(c))?)
    }

    /// The results of exams of somebody that are in effect, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_exam_results(&mut self, account: &AccountId, most: i64) -> Result<Vec<ImportRowRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(EXAMS).bind(account.as_str()).bind(most).fetch_all(c))?)
    }

    /// Whether an import has booked what a conversion with this hash would book for somebody.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn is_imported(&mut self, account: &AccountId, same_hash: &[u8]) -> Result<bool, StoreError> {
        let count: i64 = on!(self, |c| sqlx::query_scalar(CONVERTED).bind(account.as_str()).bind(same_hash).fetch_one(c))?;
        Ok(count > 0)
    }
}

/// The parameters of a row, in the order of its columns.
macro_rules! bind_row {
    ($query:expr, $row:expr) => {
        $query
            .bind(&$row.batch_id)
            .bind($row.place)
            .bind($row.line)
            .bind(&$row.outcome)
            .bind(&$row.document_hash)
            .bind($row.account_id.as_ref().map(AccountId::as_str))
            .bind(&$row.entry_id)
            .bind(&$row.enrolment_id)
            .bind(&$row.same_mark)
            .bind(&$row.same_hash)
            .bind($row.year)
            .bind(&$row.subject)
            .bind($row.amount)
            .bind(&$row.rule)
            .bind(&$row.arithmetic)
            .bind(&$row.decided)
            .bind(&$row.detail_sealed)
    };
}

impl Tx {
    /// Notes rows of a batch.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_import_rows(&mut self, rows: &[ImportRowRow]) -> Result<(), StoreError> {
        let parts = rows.chunks_exact(AT_ONCE);
        for row in parts.remainder() {
            change!(self, |c| bind_row!(sqlx::query(INSERT_ONE), row).execute(c))?;
        }
        for part in parts {
            change!(self, |c| part.iter().fold(sqlx::query(INSERT_MANY), |query, row| bind_row!(query, row)).execute(c))?;
        }
        Ok(())
    }

    /// Notes whose a row is that waited.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn link_import_row(&mut self, row: &ImportRowRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(LINK)
            .bind(&row.batch_id)
            .bind(row.place)
            .bind(row.account_id.as_ref().map(AccountId::as_str))
            .bind(&row.outcome)
            .execute(c))?;
        Ok(())
    }
}
