//! 数据导入: batches and where they stand (docs/adr/0040).

pub mod copy;
pub mod effect;
pub mod row;
mod text;

use chrono::{DateTime, Utc};
use domain::id::StaffId;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use crate::ids::Given;

/// A file that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ImportBatchRow {
    /// Its id.
    pub id: String,
    /// Key of the province.
    pub province: String,
    /// What it holds, as a code.
    pub kind: String,
    /// 批次编号 by whoever handed it in.
    pub request_key: String,
    /// What the file was called.
    pub file_name: String,
    /// SHA-256 of the whole file.
    pub file_sha256: Vec<u8>,
    /// Where it stands, as a code.
    pub stage: String,
    /// Begins with 1 and rises with each change of the stage.
    pub version: i64,
    /// Rows of the file; 0 before it was read.
    pub size: i64,
    /// How many of them are noted.
    pub decided: i64,
    /// How many of them are settled with the certificates.
    pub settled: i64,
    /// Why the file cannot be read; may be empty.
    pub note: String,
    /// Id of the member of the staff who handed it in, or `operator`.
    pub received_by: String,
    /// When it came, in UTC.
    pub received_at: DateTime<Utc>,
    /// Who asks for what waits.
    #[sqlx(try_from = "Given<StaffId>")]
    pub asked_by: Option<StaffId>,
    /// Who agreed last.
    #[sqlx(try_from = "Given<StaffId>")]
    pub agreed_by: Option<StaffId>,
    /// Who asked for what took effect; `None` where whoever runs the server did.
    #[sqlx(try_from = "Given<StaffId>")]
    pub applied_by: Option<StaffId>,
    /// Who agreed to what took effect.
    #[sqlx(try_from = "Given<StaffId>")]
    pub confirmed_by: Option<StaffId>,
    /// When it took effect, in UTC.
    pub effective_at: Option<DateTime<Utc>>,
    /// When it was taken back, in UTC.
    pub ended_at: Option<DateTime<Utc>>,
}

sql! {
    INSERT = "INSERT INTO import_batch (id, province, kind, request_key, file_name, file_sha256, stage, version, size, decided, settled,
            note, received_by, received_at, asked_by, agreed_by, applied_by, confirmed_by, effective_at, ended_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 1, 0, 0, 0, '', $8, $9, NULL, NULL, NULL, NULL, NULL, NULL) ON CONFLICT DO NOTHING";
    BY_ID = "SELECT id, province, kind, request_key, file_name, file_sha256, stage, version, size, decided, settled, note, received_by,
            received_at, asked_by, agreed_by, applied_by, confirmed_by, effective_at, ended_at
        FROM import_batch WHERE id = $1";
    BY_KEY = "SELECT id, province, kind, request_key, file_name, file_sha256, stage, version, size, decided, settled, note, received_by,
            received_at, asked_by, agreed_by, applied_by, confirmed_by, effective_at, ended_at
        FROM import_batch WHERE province = $1 AND kind = $2 AND request_key = $3";
    LOCK = "UPDATE import_batch SET version = version WHERE id = $1
        RETURNING id, province, kind, request_key, file_name, file_sha256, stage, version, size, decided, settled, note, received_by,
            received_at, asked_by, agreed_by, applied_by, confirmed_by, effective_at, ended_at";
    LIST = "SELECT id, province, kind, request_key, file_name, file_sha256, stage, version, size, decided, settled, note, received_by,
            received_at, asked_by, agreed_by, applied_by, confirmed_by, effective_at, ended_at
        FROM import_batch WHERE province = $1 ORDER BY received_at DESC, id DESC LIMIT $2";
    OF_FILE = "SELECT count(*) FROM (SELECT 1 AS found FROM import_batch WHERE file_sha256 = $1 AND stage <> 'dropped' LIMIT 1) AS one";
    WORK = "SELECT id, province, kind, request_key, file_name, file_sha256, stage, version, size, decided, settled, note, received_by,
            received_at, asked_by, agreed_by, applied_by, confirmed_by, effective_at, ended_at
        FROM import_batch WHERE stage IN ('checking', 'applying', 'undoing') OR (stage IN ('complete', 'undo_asked', 'undone') AND settled < size)
        ORDER BY received_at, id";
    MOVE = "UPDATE import_batch SET stage = $2, asked_by = $3, version = version + 1 WHERE id = $1 AND version = $4";
    READ = "UPDATE import_batch SET size = $2 WHERE id = $1";
    NOTE = "UPDATE import_batch SET note = $2 WHERE id = $1";
    DECIDED = "UPDATE import_batch SET decided = $2 WHERE id = $1";
    SETTLED = "UPDATE import_batch SET settled = $2 WHERE id = $1";
    AGREE = "UPDATE import_batch SET agreed_by = $2 WHERE id = $1";
    BEGIN = "UPDATE import_batch SET effective_at = $2, settled = 0, applied_by = asked_by, confirmed_by = agreed_by WHERE id = $1";
    END = "UPDATE import_batch SET ended_at = $2, settled = 0 WHERE id = $1";
    TURN = "INSERT INTO lease (name, holder, until_at) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at
        WHERE lease.until_at < $4 OR lease.holder = excluded.holder";
    END_TURN = "DELETE FROM lease WHERE name = $1";
}

impl Reader {
    /// A batch.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_import(&mut self, id: &str) -> Result<Option<ImportBatchRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c))?)
    }

    /// The batch of a kind with a key.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_import_of_key(
        &mut self,
        province: &str,
        kind: &str,
        key: &str,
    ) -> Result<Option<ImportBatchRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_KEY).bind(province).bind(kind).bind(key).fetch_optional(c))?)
    }

    /// The batches of a province, the newest first, so many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_imports(&mut self, province: &str, most: i64) -> Result<Vec<ImportBatchRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LIST).bind(province).bind(most).fetch_all(c))?)
    }

    /// Whether a batch has this file and was not put aside.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn knows_import_file(&mut self, sha256: &[u8]) -> Result<bool, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar::<_, i64>(OF_FILE).bind(sha256).fetch_one(c))? > 0)
    }

    /// The batches at which the house has something to do, the oldest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_imports_at_work(&mut self) -> Result<Vec<ImportBatchRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(WORK).fetch_all(c))?)
    }
}

impl Tx {
    /// Notes a file that was handed in; one with the same key is left as it is.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_import(&mut self, row: &ImportBatchRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(&row.province)
            .bind(&row.kind)
            .bind(&row.request_key)
            .bind(&row.file_name)
            .bind(&row.file_sha256)
            .bind(&row.stage)
            .bind(&row.received_by)
            .bind(row.received_at)
            .execute(c))?;
        Ok(())
    }

    /// A batch as it is now, which nobody else can change before this transaction ends.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn lock_import(&mut self, id: &str) -> Result<Option<ImportBatchRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LOCK).bind(id).fetch_optional(c))?)
    }

    /// Moves a batch on, and notes who asks for what waits then.
    ///
    /// # Errors
    /// `Stale` when it was moved since.
    pub async fn move_import(&mut self, row: &ImportBatchRow, stage: &str, asked_by: Option<&StaffId>) -> Result<(), StoreError> {
        let asked_by = asked_by.map(StaffId::as_str);
        let changed = change!(self, |c| sqlx::query(MOVE).bind(&row.id).bind(stage).bind(asked_by).bind(row.version).execute(c))?;
        one_row("import_batch", changed)
    }

    /// Notes who agrees to what waits.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn agree_to_import(&mut self, id: &str, by: &StaffId) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(AGREE).bind(id).bind(by.as_str()).execute(c))?;
        Ok(())
    }

    /// Notes how many rows the file has.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn set_import_size(&mut self, id: &str, size: i64) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(READ).bind(id).bind(size).execute(c))?;
        Ok(())
    }

    /// Notes why the file cannot be read.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn set_import_note(&mut self, id: &str, note: &str) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(NOTE).bind(id).bind(note).execute(c))?;
        Ok(())
    }

    /// Notes how many rows are noted.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn set_import_decided(&mut self, id: &str, decided: i64) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(DECIDED).bind(id).bind(decided).execute(c))?;
        Ok(())
    }

    /// Notes how many rows are settled with the certificates.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn set_import_settled(&mut self, id: &str, settled: i64) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SETTLED).bind(id).bind(settled).execute(c))?;
        Ok(())
    }

    /// Notes that a batch takes effect, and whose doing that is.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn begin_import(&mut self, id: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(BEGIN).bind(id).bind(at).execute(c))?;
        Ok(())
    }

    /// Notes that a batch is taken back.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn end_import(&mut self, id: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(END).bind(id).bind(at).execute(c))?;
        Ok(())
    }

    /// Takes the turn at a batch until an instant, or holds it longer; answers whether nobody else has it.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn take_import_turn(
        &mut self,
        id: &str,
        holder: &str,
        (now, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<bool, StoreError> {
        let name = format!("import:{id}");
        Ok(change!(self, |c| sqlx::query(TURN).bind(&name).bind(holder).bind(until).bind(now).execute(c))? == 1)
    }

    /// Gives the turn at a batch back, once there is nothing more to do.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn end_import_turn(&mut self, id: &str) -> Result<(), StoreError> {
        let name = format!("import:{id}");
        change!(self, |c| sqlx::query(END_TURN).bind(&name).execute(c))?;
        Ok(())
    }
}
