//! 手机传图: slots that a session lends to a telephone, and what came by them. A row goes with its session.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::id::{AccountId, CaseId};

/// A slot that is lent. The token of the address is kept as its hash.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HandoverRow {
    /// Id of the hand-over.
    pub id: String,
    /// SHA-256 of the token; the token itself is not kept.
    pub token_hash: Vec<u8>,
    /// Id of the session that lends it.
    pub session_id: String,
    /// Id of the account that had signed in there.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Id of the case that the slot belongs to.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// Key of the slot, such as `photo`.
    pub slot: String,
    /// Keyed hash of the telephone that brought the first picture; `None` before.
    pub device_hash: Option<Vec<u8>>,
    /// When it was made, in UTC.
    pub created_at: DateTime<Utc>,
    /// When it is good for nothing any more, in UTC.
    pub expires_at: DateTime<Utc>,
    /// When another one took its place, in UTC; `None` while none has.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A picture that came by a hand-over.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HandoverFileRow {
    /// Id of the attachment that it became.
    pub attachment_id: String,
    /// SHA-256 of what was sent, in hexadecimal digits; the pages of a document have the same.
    pub sent_sha256: String,
}

sql! {
    INSERT = "INSERT INTO handover (id, token_hash, session_id, account_id, case_id, slot, device_hash, created_at, expires_at, ended_at)
        VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, $8, NULL)";
    BY_TOKEN = "SELECT id, token_hash, session_id, account_id, case_id, slot, device_hash, created_at, expires_at, ended_at
        FROM handover WHERE token_hash = $1";
    NEWEST = "SELECT id, token_hash, session_id, account_id, case_id, slot, device_hash, created_at, expires_at, ended_at
        FROM handover WHERE session_id = $1 AND case_id = $2 AND slot = $3 ORDER BY created_at DESC, id DESC LIMIT 1";
    LOCK = "UPDATE handover SET slot = slot WHERE id = $1
        RETURNING id, token_hash, session_id, account_id, case_id, slot, device_hash, created_at, expires_at, ended_at";
    END = "UPDATE handover SET ended_at = $4 WHERE session_id = $1 AND case_id = $2 AND slot = $3 AND ended_at IS NULL";
    BIND = "UPDATE handover SET device_hash = $2 WHERE id = $1 AND device_hash IS NULL";
    FILES = "SELECT attachment_id, sent_sha256 FROM handover_file WHERE handover_id = $1 ORDER BY attachment_id";
    ADD_FILE = "INSERT INTO handover_file (handover_id, attachment_id, sent_sha256) VALUES ($1, $2, $3)";
    DELETE_OLD = "DELETE FROM handover WHERE expires_at < $1";
}

impl Reader {
    /// A hand-over by the hash of its token, whether or not it is still good for something.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_handover(&mut self, token_hash: &[u8]) -> Result<Option<HandoverRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_TOKEN).bind(token_hash).fetch_optional(c))?)
    }

    /// The newest hand-over of a slot of a case by a session, whether or not it is still good for something.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_newest_handover(
        &mut self,
        session: &str,
        (case, slot): (&CaseId, &str),
    ) -> Result<Option<HandoverRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(NEWEST).bind(session).bind(case.as_str()).bind(slot).fetch_optional(c))?)
    }

    /// What came by a hand-over, in no order that means something.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_handover_files(&mut self, id: &str) -> Result<Vec<HandoverFileRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FILES).bind(id).fetch_all(c))?)
    }
}

impl Tx {
    /// Adds a hand-over, to no telephone yet.
    ///
    /// # Errors
    /// `Exists` when the session has an open one for the slot.
    pub async fn insert_handover(&mut self, row: &HandoverRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(&row.token_hash)
            .bind(&row.session_id)
            .bind(row.account_id.as_str())
            .bind(row.case_id.as_str())
            .bind(&row.slot)
            .bind(row.created_at)
            .bind(row.expires_at)
            .execute(c))
        .map_err(StoreError::exists_in("handover"))?;
        Ok(())
    }

    /// Ends the open hand-over of a slot of a case by a session, if there is one.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn end_handover(
        &mut self,
        session: &str,
        (case, slot): (&CaseId, &str),
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(END).bind(session).bind(case.as_str()).bind(slot).bind(at).execute(c))?;
        Ok(())
    }

    /// A hand-over as it is now; whoever else locks it, and whoever ends its session, waits until this transaction ends.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn lock_handover(&mut self, id: &str) -> Result<Option<HandoverRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LOCK).bind(id).fetch_optional(c))?)
    }

    /// Gives it to a telephone, unless one has it.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn bind_handover(&mut self, id: &str, device_hash: &[u8]) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(BIND).bind(id).bind(device_hash).execute(c))?;
        Ok(())
    }

    /// Notes a picture that came by it.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn add_handover_file(&mut self, id: &str, file: &HandoverFileRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(ADD_FILE).bind(id).bind(&file.attachment_id).bind(&file.sent_sha256).execute(c))?;
        Ok(())
    }

    /// Forgets the hand-overs that ended before an instant; answers how many.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn delete_expired_handovers(&mut self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(DELETE_OLD).bind(before).execute(c))?)
    }
}
