//! Attachments: rows about files; the bytes lie with the `Files` port under their hash.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::id::{AccountId, CaseId};

/// An uploaded file. Sizes are bytes and pixels; `sha256` is of the kept file, `view_sha256` of what is shown.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AttachmentRow {
    /// Id of the attachment.
    pub id: String,
    /// Id of the case that it belongs to.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// Id of the account whose case it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Key of the slot of the 材料, such as `photo`.
    pub slot: String,
    /// Counts the pictures of the slot from 0; there may be gaps where some were removed.
    pub place: i64,
    /// SHA-256 of the kept file (the upload, or what was made of it), in hexadecimal digits.
    pub sha256: String,
    /// SHA-256 of what is shown, in hexadecimal digits; empty for a file that its person deleted.
    pub view_sha256: String,
    /// Length of the kept file in bytes.
    pub bytes: i64,
    /// Media type of the kept file: `image/jpeg` or `image/png`.
    pub media_type: String,
    /// Width of the kept file when upright, in pixels.
    pub width: i64,
    /// Height of the kept file when upright, in pixels.
    pub height: i64,
    /// Which part of the picture was not in the file, in hundredths, from below.
    pub missing: i64,
    /// Tidied name that the file had when it was uploaded.
    pub name: String,
    /// What the person wrote to the reviewer about it, sealed; `None` for nothing.
    pub remark_sealed: Option<Vec<u8>>,
    /// False for a file that was replaced or removed.
    pub is_current: bool,
    /// When it was uploaded, in UTC.
    pub uploaded_at: DateTime<Utc>,
}

/// Of each upload two files are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The kept file: the upload, or what was made of it.
    Original,
    /// The JPEG that is shown.
    View,
}

sql! {
    CURRENT = "SELECT id, case_id, account_id, slot, place, sha256, view_sha256, bytes, media_type, width, height, missing, name, remark_sealed,
        is_current, uploaded_at FROM attachment WHERE case_id = $1 AND is_current ORDER BY slot, place";
    FIND = "SELECT id, case_id, account_id, slot, place, sha256, view_sha256, bytes, media_type, width, height, missing, name, remark_sealed,
        is_current, uploaded_at FROM attachment WHERE id = $1 AND view_sha256 <> ''";
    SUPERSEDE = "UPDATE attachment SET is_current = FALSE WHERE case_id = $1 AND slot = $2 AND place = $3 AND is_current";
    REMOVE = "UPDATE attachment SET is_current = FALSE WHERE case_id = $1 AND id = $2 AND is_current";
    INSERT = "INSERT INTO attachment
        (id, case_id, account_id, slot, place, sha256, view_sha256, bytes, media_type, width, height, missing, name, remark_sealed,
         is_current, uploaded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, TRUE, $15)";
    CLEAR = "DELETE FROM attachment WHERE case_id = $1";
    OF_ORIGINAL = "SELECT count(*) FROM (SELECT 1 AS found FROM attachment WHERE sha256 = $1 AND view_sha256 <> '' LIMIT 1) AS one";
    OF_VIEW = "SELECT count(*) FROM (SELECT 1 AS found FROM attachment WHERE view_sha256 = $1 LIMIT 1) AS one";
    SINCE = "SELECT count(*) FROM attachment WHERE account_id = $1 AND uploaded_at > $2";
}

impl Reader {
    /// The current files of a case, by slot and place.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_attachments(&mut self, case: &CaseId) -> Result<Vec<AttachmentRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(CURRENT).bind(case.as_str()).fetch_all(c))?)
    }

    /// A file by id, current or replaced; none that its person deleted.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_attachment(&mut self, id: &str) -> Result<Option<AttachmentRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(id).fetch_optional(c))?)
    }

    /// Whether a row, current or replaced, belongs to a kept file by its hash in hexadecimal.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn knows_file(&mut self, part: Part, hash: &str) -> Result<bool, StoreError> {
        let statement = if part == Part::Original { OF_ORIGINAL } else { OF_VIEW };
        Ok(on!(self, |c| sqlx::query_scalar::<_, i64>(statement).bind(hash).fetch_one(c))? > 0)
    }

    /// How many files a person has uploaded since an instant.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_uploads(&mut self, account: &AccountId, since: DateTime<Utc>) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(SINCE).bind(account.as_str()).bind(since).fetch_one(c))?)
    }
}

impl Tx {
    /// Puts a file into its place in a slot; the one that was there stays as history.
    ///
    /// # Errors
    /// `Exists` when two uploads into one place meet; the second may simply be tried again.
    pub async fn replace_attachment(&mut self, a: &AttachmentRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SUPERSEDE).bind(a.case_id.as_str()).bind(&a.slot).bind(a.place).execute(c))?;
        change!(self, |c| sqlx::query(INSERT)
            .bind(&a.id)
            .bind(a.case_id.as_str())
            .bind(a.account_id.as_str())
            .bind(&a.slot)
            .bind(a.place)
            .bind(&a.sha256)
            .bind(&a.view_sha256)
            .bind(a.bytes)
            .bind(&a.media_type)
            .bind(a.width)
            .bind(a.height)
            .bind(a.missing)
            .bind(&a.name)
            .bind(a.remark_sealed.as_deref())
            .bind(a.uploaded_at)
            .execute(c))
        .map_err(StoreError::exists_in("attachment"))?;
        Ok(())
    }

    /// Forgets every file of a case that was never submitted.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn clear_attachments(&mut self, case: &CaseId) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(CLEAR).bind(case.as_str()).execute(c))?;
        Ok(())
    }

    /// Takes a file out of its slot; answers whether it was there.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn remove_attachment(&mut self, case: &CaseId, id: &str) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(REMOVE).bind(case.as_str()).bind(id).execute(c))? == 1)
    }
}
