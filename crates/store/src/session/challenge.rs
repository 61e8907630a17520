//! Pictures to read, pieces to put in place, and codes sent by SMS; each is bound to one session and used once.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, Utc};

/// The open challenge of a session, one of each kind; the picture and its answer follow from the seed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ChallengeRow {
    /// Id of the session that it is bound to.
    pub session_id: String,
    /// `captcha`, `slider` or `work`.
    pub kind: String,
    /// Number from which the picture and its answer follow.
    pub seed: i64,
    /// How often an answer was tried.
    pub tries: i64,
    /// When it was made, in UTC.
    pub created_at: DateTime<Utc>,
    /// When it is good for nothing any more, in UTC.
    pub expires_at: DateTime<Utc>,
    /// When it was used up, in UTC; `None` while it is open.
    pub used_at: Option<DateTime<Utc>>,
}

/// A code that was sent, or that looks as if it had been. It is good for one process alone.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SmsCodeRow {
    /// Id of the code.
    pub id: String,
    /// Id of the one process that it is good for.
    pub process_id: String,
    /// Keyed hash over the process, what it is about, and the code; random where nothing was sent.
    pub code_hash: Vec<u8>,
    /// When it was sent, or looks as if it had been, in UTC.
    pub sent_at: DateTime<Utc>,
    /// When it is good for nothing any more, in UTC.
    pub expires_at: DateTime<Utc>,
}

sql! {
    RENEW = "INSERT INTO challenge (session_id, kind, seed, tries, created_at, expires_at, used_at)
        VALUES ($1, $2, $3, 0, $4, $5, NULL)
        ON CONFLICT (session_id, kind) DO UPDATE
        SET seed = excluded.seed, tries = 0, created_at = excluded.created_at, expires_at = excluded.expires_at, used_at = NULL";
    FIND = "SELECT session_id, kind, seed, tries, created_at, expires_at, used_at FROM challenge WHERE session_id = $1 AND kind = $2";
    TRY = "UPDATE challenge SET tries = tries + 1
        WHERE session_id = $1 AND kind = $2 AND seed = $3 AND used_at IS NULL AND tries < $4 AND expires_at > $5";
    USE = "UPDATE challenge SET used_at = $4 WHERE session_id = $1 AND kind = $2 AND seed = $3 AND used_at IS NULL";
    INSERT_CODE = "INSERT INTO sms_code (id, process_id, code_hash, sent_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
    OPEN_CODES = "SELECT id, process_id, code_hash, sent_at, expires_at FROM sms_code
        WHERE process_id = $1 AND expires_at > $2 ORDER BY sent_at DESC, id DESC";
    VOID_CODES = "DELETE FROM sms_code WHERE process_id = $1";
    DELETE_OLD = "DELETE FROM challenge WHERE expires_at < $1";
    DELETE_OLD_CODES = "DELETE FROM sms_code WHERE expires_at < $1";
}

impl Reader {
    /// The open challenge of a kind.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_challenge(&mut self, session: &str, kind: &str) -> Result<Option<ChallengeRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(session).bind(kind).fetch_optional(c))?)
    }

    /// The codes of a process that have not expired, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_open_codes(&mut self, process: &str, at: DateTime<Utc>) -> Result<Vec<SmsCodeRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OPEN_CODES).bind(process).bind(at).fetch_all(c))?)
    }
}

impl Tx {
    /// Replaces the challenge of a kind by a new one.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn renew_challenge(
        &mut self,
        session: &str,
        kind: &str,
        seed: i64,
        at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(RENEW).bind(session).bind(kind).bind(seed).bind(at).bind(expires_at).execute(c))?;
        Ok(())
    }

    /// Spends one of `max` tries; `false` when none is left, or the challenge is used or too old.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn try_challenge(&mut self, row: &ChallengeRow, max: i64, at: DateTime<Utc>) -> Result<bool, StoreError> {
        let changed = change!(self, |c| sqlx::query(TRY)
            .bind(&row.session_id)
            .bind(&row.kind)
            .bind(row.seed)
            .bind(max)
            .bind(at)
            .execute(c))?;
        Ok(changed == 1)
    }

    /// Uses a challenge up; `false` when somebody did before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn use_challenge(&mut self, row: &ChallengeRow, at: DateTime<Utc>) -> Result<bool, StoreError> {
        let changed =
            change!(self, |c| sqlx::query(USE).bind(&row.session_id).bind(&row.kind).bind(row.seed).bind(at).execute(c))?;
        Ok(changed == 1)
    }

    /// Adds a code.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_sms_code(&mut self, row: &SmsCodeRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT_CODE)
            .bind(&row.id)
            .bind(&row.process_id)
            .bind(&row.code_hash)
            .bind(row.sent_at)
            .bind(row.expires_at)
            .execute(c))?;
        Ok(())
    }

    /// Makes every code of a process worthless.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn void_codes(&mut self, process: &str) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(VOID_CODES).bind(process).execute(c))?;
        Ok(())
    }

    /// Forgets challenges and codes that expired before `before`.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn delete_expired_challenges(&mut self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let pictures = change!(self, |c| sqlx::query(DELETE_OLD).bind(before).execute(c))?;
        let codes = change!(self, |c| sqlx::query(DELETE_OLD_CODES).bind(before).execute(c))?;
        Ok(pictures + codes)
    }
}
