//! Notes for the integrity record (诚信档案): what a bureau found to be false or missing. A note is written once and stays.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::id::{AccountId, CaseId, StaffId};

/// One note. There is one at most of a case.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct IntegrityNoteRow {
    /// Id of the row.
    pub id: String,
    /// Id of the account of whom it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Id of the case whose approval was taken back.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// Why, as the person reads it.
    pub reason: String,
    /// Id of the reviewer who found it.
    #[sqlx(try_from = "String")]
    pub staff_id: StaffId,
    /// When, in UTC.
    pub noted_at: DateTime<Utc>,
}

sql! {
    OF_ACCOUNT = "SELECT id, account_id, case_id, reason, staff_id, noted_at
        FROM integrity_note WHERE account_id = $1 ORDER BY noted_at DESC, id DESC";
    INSERT = "INSERT INTO integrity_note (id, account_id, case_id, reason, staff_id, noted_at) VALUES ($1, $2, $3, $4, $5, $6)";
}

impl Reader {
    /// The notes of a person, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_integrity_notes(&mut self, account: &AccountId) -> Result<Vec<IntegrityNoteRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?)
    }
}

impl Tx {
    /// Writes a note.
    ///
    /// # Errors
    /// `Exists` when there is one of the case.
    pub async fn insert_integrity_note(&mut self, row: &IntegrityNoteRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(row.account_id.as_str())
            .bind(row.case_id.as_str())
            .bind(&row.reason)
            .bind(row.staff_id.as_str())
            .bind(row.noted_at)
            .execute(c))
        .map_err(StoreError::exists_in("integrity_note"))?;
        Ok(())
    }
}
