//! Sessions of visitors, accountants and staff; the token itself is never stored, only its hash.

pub mod challenge;
pub mod entered;
pub mod left;
pub mod limit;
pub mod met;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use crate::ids::Given;
use chrono::{DateTime, Utc};
use domain::id::{AccountId, StaffId};

/// A session. Neither `account_id` nor `staff_id` is set for a visitor; both are where a clerk fills in for a person at a counter.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SessionRow {
    /// Id of the session.
    pub id: String,
    /// SHA-256 of the token; the token itself is not kept.
    pub token_hash: Vec<u8>,
    /// Key of the province that it was made at.
    pub province: String,
    /// Id of the account that signed in; `None` for visitors and the staff.
    #[sqlx(try_from = "Given<AccountId>")]
    pub account_id: Option<AccountId>,
    /// Id of the staff member who signed in; `None` for everybody else.
    #[sqlx(try_from = "Given<StaffId>")]
    pub staff_id: Option<StaffId>,
    /// Id of the session of the clerk by which this one was opened; `None` for every other one, and when it has ended.
    pub opened_by: Option<String>,
    /// Whether the 动态口令 was given in this session.
    pub is_second_factor_done: bool,
    /// Network address of the browser that made it; of IPv6 its /64 network.
    pub address: String,
    /// What the session remembers between two requests, sealed; `None` for nothing.
    pub memo_sealed: Option<Vec<u8>>,
    /// When it was made, in UTC.
    pub created_at: DateTime<Utc>,
    /// When its last use was noted, in UTC.
    pub seen_at: DateTime<Utc>,
}

impl SessionRow {
    /// Whether a clerk fills in for a person in it.
    #[must_use]
    pub const fn is_acting(&self) -> bool {
        self.account_id.is_some() && self.staff_id.is_some()
    }
}

sql! {
    INSERT = "INSERT INTO session
        (id, token_hash, province, account_id, staff_id, opened_by, is_second_factor_done, address, memo_sealed, created_at, seen_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)";
    BY_TOKEN = "SELECT id, token_hash, province, account_id, staff_id, opened_by, is_second_factor_done, address, memo_sealed, created_at, seen_at
        FROM session WHERE token_hash = $1";
    BY_ID = "SELECT id, token_hash, province, account_id, staff_id, opened_by, is_second_factor_done, address, memo_sealed, created_at, seen_at
        FROM session WHERE id = $1";
    LOCK = "UPDATE session SET address = address WHERE token_hash = $1
        RETURNING id, token_hash, province, account_id, staff_id, opened_by, is_second_factor_done, address, memo_sealed, created_at, seen_at";
    TOUCH = "UPDATE session SET seen_at = $2 WHERE id = $1";
    MEMO = "UPDATE session SET memo_sealed = $2 WHERE id = $1";
    DELETE = "DELETE FROM session WHERE id = $1";
    DELETE_OF_ACCOUNT = "DELETE FROM session WHERE account_id = $1";
    OF_ACCOUNT = "SELECT id, token_hash, province, account_id, staff_id, opened_by, is_second_factor_done, address, memo_sealed, created_at, seen_at
        FROM session WHERE account_id = $1 ORDER BY seen_at DESC, id LIMIT 50";
    DELETE_OTHERS = "DELETE FROM session WHERE account_id = $1 AND id <> $2";
    OF_STAFF = "SELECT id, token_hash, province, account_id, staff_id, opened_by, is_second_factor_done, address, memo_sealed, created_at, seen_at
        FROM session WHERE staff_id = $1 AND is_second_factor_done ORDER BY seen_at DESC, id LIMIT 50";
    DELETE_OTHERS_OF_STAFF = "DELETE FROM session WHERE staff_id = $1 AND id <> $2";
    DELETE_OF_STAFF = "DELETE FROM session WHERE staff_id = $1";
    END_ONE = "UPDATE session SET opened_by = NULL, entered_from = NULL WHERE id = $1 AND opened_by IS NOT NULL";
    END_OPENED = "UPDATE session SET opened_by = NULL, entered_from = NULL WHERE opened_by = $1";
    DELETE_OLD = "DELETE FROM session WHERE seen_at < $1 AND (seen_at < $2 OR (account_id IS NULL AND staff_id IS NULL))";
    DELETE_BARE = "DELETE FROM session WHERE account_id IS NULL AND staff_id IS NULL AND memo_sealed IS NULL AND created_at < $1";
}

impl Reader {
    /// A session by the hash of its token.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_session(&mut self, token_hash: &[u8]) -> Result<Option<SessionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_TOKEN).bind(token_hash).fetch_optional(c))?)
    }

    /// A session by its id.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_session_of_id(&mut self, id: &str) -> Result<Option<SessionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c))?)
    }

    /// Where an account is or was signed in, the last used first, fifty at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_sessions_of_account(&mut self, account: &AccountId) -> Result<Vec<SessionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?)
    }
}

impl Reader {
    /// Where a staff member is or was signed in with both factors, the last used first, fifty at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_sessions_of_staff(&mut self, staff: &StaffId) -> Result<Vec<SessionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_STAFF).bind(staff.as_str()).fetch_all(c))?)
    }
}

impl Tx {
    /// Adds a session.
    ///
    /// # Errors
    /// `Exists` when there is one of the same token, made by another request at the same moment.
    pub async fn insert_session(&mut self, s: &SessionRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&s.id)
            .bind(&s.token_hash)
            .bind(&s.province)
            .bind(s.account_id.as_ref().map(AccountId::as_str))
            .bind(s.staff_id.as_ref().map(StaffId::as_str))
            .bind(&s.opened_by)
            .bind(s.is_second_factor_done)
            .bind(&s.address)
            .bind(&s.memo_sealed)
            .bind(s.created_at)
            .execute(c))
        .map_err(StoreError::exists_in("session"))?;
        Ok(())
    }

    /// A session by the hash of its token, as it is now; every other transaction that locks it waits until this one ends.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn lock_session(&mut self, token_hash: &[u8]) -> Result<Option<SessionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LOCK).bind(token_hash).fetch_optional(c))?)
    }

    /// Notes that the session was used.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn touch_session(&mut self, id: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(TOUCH).bind(id).bind(at).execute(c))?;
        Ok(())
    }

    /// Replaces what the session remembers between two requests.
    ///
    /// # Errors
    /// `Stale` when the session has ended.
    pub async fn save_memo(&mut self, id: &str, memo_sealed: Option<&[u8]>) -> Result<(), StoreError> {
        one_row("session", change!(self, |c| sqlx::query(MEMO).bind(id).bind(memo_sealed).execute(c))?)
    }

    /// Ends a session; ending one that has ended changes nothing.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn delete_session(&mut self, id: &str) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(DELETE).bind(id).execute(c))?;
        Ok(())
    }

    /// Ends every session of an account; answers how many.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn delete_sessions_of_account(&mut self, account: &AccountId) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(DELETE_OF_ACCOUNT).bind(account.as_str()).execute(c))?)
    }

    /// Ends every session of an account but one; answers how many.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn delete_other_sessions(&mut self, account: &AccountId, but: &str) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(DELETE_OTHERS).bind(account.as_str()).bind(but).execute(c))?)
    }

    /// Ends every session of a staff member but one; answers how many.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn delete_other_sessions_of_staff(&mut self, staff: &StaffId, but: &str) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(DELETE_OTHERS_OF_STAFF).bind(staff.as_str()).bind(but).execute(c))?)
    }

    /// Ends every session of a staff member; answers how many.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn delete_sessions_of_staff(&mut self, staff: &StaffId) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(DELETE_OF_STAFF).bind(staff.as_str()).execute(c))?)
    }

    /// Ends a session that another one opened; its row stays, and tells for a while what it was. 0 when it has ended.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn end_opened_session(&mut self, id: &str) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(END_ONE).bind(id).execute(c))?)
    }

    /// Ends the sessions that another one opened; their rows stay, and tell for a while what they were. Answers how many.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn end_opened_sessions(&mut self, by: &str) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(END_OPENED).bind(by).execute(c))?)
    }

    /// Deletes the sessions that nobody has used since `before`; those of people who had signed in since `long_before`.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn delete_sessions_unused_since(
        &mut self,
        before: DateTime<Utc>,
        long_before: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(DELETE_OLD).bind(before).bind(long_before).execute(c))?)
    }

    /// Deletes the sessions of visitors who never solved a challenge, made before `before`; answers how many.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn delete_bare_sessions(&mut self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(DELETE_BARE).bind(before).execute(c))?)
    }
}
