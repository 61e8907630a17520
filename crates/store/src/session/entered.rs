//! What a session was made by, so that a sign-in whose answer was lost can be answered again. No token is stored but as a hash.

use chrono::{DateTime, Utc};

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};

/// A session that nobody has used yet, and where it leads.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct EnteredRow {
    /// Id of the session.
    pub id: String,
    /// Address of the page to which the sign-in led.
    pub entered_to: String,
}

sql! {
    NOTE = "UPDATE session SET entered_from = $2, entered_by = $3, entered_to = $4 WHERE id = $1";
    FIND = "SELECT id, entered_to FROM session
        WHERE entered_from = $1 AND entered_by = $2 AND created_at > $3 AND created_at <= $4 AND seen_at = created_at";
    RENEW = "UPDATE session SET token_hash = $2 WHERE id = $1 AND seen_at = created_at";
}

impl Reader {
    /// The session that replaced a token by the same that was sent, made after `since` and not after `now`, and not used yet.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_entered(
        &mut self,
        from: &[u8],
        by: &[u8],
        (since, now): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Option<EnteredRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(from).bind(by).bind(since).bind(now).fetch_optional(c))?)
    }
}

impl Tx {
    /// Notes which token a session replaced (`from`, its hash), by what that was sent (`by`, a keyed hash), and where it leads.
    ///
    /// # Errors
    /// `Stale` when the session has ended.
    pub async fn note_entered(&mut self, id: &str, from: &[u8], by: &[u8], to: &str) -> Result<(), StoreError> {
        one_row("session", change!(self, |c| sqlx::query(NOTE).bind(id).bind(from).bind(by).bind(to).execute(c))?)
    }

    /// Gives a session that nobody has used yet another token; the one before is worth nothing any more.
    ///
    /// # Errors
    /// `Stale` when it was used or has ended meanwhile.
    pub async fn renew_token(&mut self, id: &str, token_hash: &[u8]) -> Result<(), StoreError> {
        one_row("session", change!(self, |c| sqlx::query(RENEW).bind(id).bind(token_hash).execute(c))?)
    }
}
