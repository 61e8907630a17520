//! Files of the texts: pictures that were drawn anew, and documents to be kept by whoever reads.

use chrono::{DateTime, Utc};
use domain::id::StaffId;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};

/// A file of a text.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TextFileRow {
    /// Id of the file.
    pub id: String,
    /// Id of the text.
    pub text_id: String,
    /// The version with which it came.
    pub since_nth: i64,
    /// The version that has it no more.
    pub until_nth: Option<i64>,
    /// As it is given out, with its ending.
    pub name: String,
    /// What it is, as browsers call it.
    pub media_type: String,
    /// SHA-256 of what is kept, in hexadecimal digits.
    pub sha256: String,
    /// How large it is.
    pub bytes: i64,
    /// Who added it.
    #[sqlx(try_from = "String")]
    pub added_by: StaffId,
    /// When, in UTC.
    pub added_at: DateTime<Utc>,
}

sql! {
    INSERT = "INSERT INTO portal_file (id, text_id, since_nth, name, media_type, sha256, bytes, added_by, added_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    TAKE = "UPDATE portal_file SET until_nth = $3 WHERE id = $1 AND text_id = $2 AND until_nth IS NULL";
    FIND = "SELECT f.id, f.text_id, f.since_nth, f.until_nth, f.name, f.media_type, f.sha256, f.bytes, f.added_by, f.added_at
        FROM portal_file f JOIN portal_text t ON t.id = f.text_id WHERE t.province = $1 AND f.id = $2";
    OF_VERSION = "SELECT id, text_id, since_nth, until_nth, name, media_type, sha256, bytes, added_by, added_at FROM portal_file
        WHERE text_id = $1 AND since_nth <= $2 AND (until_nth IS NULL OR until_nth > $2) ORDER BY id";
    KNOWN = "SELECT COUNT(*) FROM portal_file WHERE sha256 = $1";
}

impl Reader {
    /// A file of a text of a province.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_text_file(&mut self, province: &str, id: &str) -> Result<Option<TextFileRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(province).bind(id).fetch_optional(c))?)
    }

    /// The files of a version of a text, as they were added.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_text_files(&mut self, text: &str, nth: i64) -> Result<Vec<TextFileRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_VERSION).bind(text).bind(nth).fetch_all(c))?)
    }

    /// Whether a file with this content belongs to a text.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn knows_text_file(&mut self, sha256: &str) -> Result<bool, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar::<_, i64>(KNOWN).bind(sha256).fetch_one(c))? > 0)
    }
}

impl Tx {
    /// Adds a file to a text.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_text_file(&mut self, f: &TextFileRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&f.id)
            .bind(&f.text_id)
            .bind(f.since_nth)
            .bind(&f.name)
            .bind(&f.media_type)
            .bind(&f.sha256)
            .bind(f.bytes)
            .bind(f.added_by.as_str())
            .bind(f.added_at)
            .execute(c))?;
        Ok(())
    }

    /// A version of a text, and those after it, have a file no more.
    ///
    /// # Errors
    /// `Stale` for one that the text does not have.
    pub async fn take_text_file(&mut self, text: &str, id: &str, nth: i64) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(TAKE).bind(id).bind(text).bind(nth).execute(c))?;
        one_row("portal_file", changed)
    }
}
