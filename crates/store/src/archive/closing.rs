//! 档案关闭: which records are closed, since when and why.

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::Status;
use domain::closing::{Closing, ClosingCause};
use domain::id::{AccountId, BureauCode, CaseId};

use crate::case::entered::entered_rows;
use crate::conn::{Reader, Tx, change, on};
use crate::error::StoreError;

/// A closing with whom it is about and where its case stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ClosingRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// Whose record it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Their name, as it was when it was entered.
    pub name: String,
    /// The bureau that entered it.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
    /// Why.
    #[sqlx(try_from = "String")]
    pub cause: ClosingCause,
    /// The day on which it happened.
    pub since_on: NaiveDate,
    /// 受理编号.
    pub case_number: Option<String>,
    /// Where the case stands.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// When the record was closed, in UTC; `None` before somebody confirmed it.
    pub closed_at: Option<DateTime<Utc>>,
    /// When it was opened again, in UTC.
    pub ended_at: Option<DateTime<Utc>>,
}

impl ClosingRow {
    /// Whether an annulment closed it, so that what is certified of the record does not hold.
    #[must_use]
    pub const fn is_annulled(&self) -> bool {
        matches!(self.cause, ClosingCause::Annulled)
    }
}

entered_rows! {
    ClosingRow of "record_closing" with "t.cause, t.since_on, t.closed_at, t.ended_at": list_closings, list_closings_of, find_closing_of;
    STANDING = "SELECT r.case_id, r.account_id, f.applicant AS name, r.bureau, r.cause, r.since_on, f.number AS case_number, f.status,
            r.closed_at, r.ended_at
        FROM record_closing r JOIN case_file f ON f.id = r.case_id
        WHERE r.account_id = $1 AND r.closed_at IS NOT NULL AND r.ended_at IS NULL";
    SAVE = "INSERT INTO record_closing (case_id, account_id, province, bureau, cause, since_on) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (case_id) DO UPDATE SET cause = excluded.cause, since_on = excluded.since_on";
    CLOSE = "UPDATE record_closing SET closed_at = $2 WHERE case_id = $1 AND closed_at IS NULL";
    REOPEN = "UPDATE record_closing SET ended_at = $2 WHERE account_id = $1 AND closed_at IS NOT NULL AND ended_at IS NULL";
}

impl Reader {
    /// By what the record of a person is closed now; `None` for almost everybody.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_closing(&mut self, account: &AccountId) -> Result<Option<ClosingRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(STANDING).bind(account.as_str()).fetch_optional(c))?)
    }
}

impl Tx {
    /// Notes the closing of a case that a bureau enters, over what it was before; whose and which bureau's it is stays.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn save_closing(
        &mut self,
        (case, account): (&CaseId, &AccountId),
        (province, bureau): (&str, &BureauCode),
        of: &Closing,
    ) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SAVE)
            .bind(case.as_str())
            .bind(account.as_str())
            .bind(province)
            .bind(bureau.as_str())
            .bind(of.cause.code())
            .bind(of.since)
            .execute(c))?;
        Ok(())
    }

    /// Closes a record by the closing of a case.
    ///
    /// # Errors
    /// `Exists` where it is closed by another one.
    pub async fn close_record(&mut self, case: &CaseId, at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(CLOSE).bind(case.as_str()).bind(at).execute(c))
            .map_err(StoreError::exists_in("record_closing"))?;
        Ok(())
    }

    /// Closes the record of a person because an annulment says so; whatever else closes it has been ended before.
    ///
    /// # Errors
    /// `Exists` where it is closed by another one.
    pub async fn suspend_record(
        &mut self,
        of: (&CaseId, &AccountId),
        at: (&str, &BureauCode),
        (since, now): (NaiveDate, DateTime<Utc>),
    ) -> Result<(), StoreError> {
        self.save_closing(of, at, &Closing { cause: ClosingCause::Annulled, since, note: String::new() }).await?;
        self.close_record(of.0, now).await
    }

    /// Opens the record of a person again; answers whether it was closed.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn reopen_record(&mut self, account: &AccountId, at: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(REOPEN).bind(account.as_str()).bind(at).execute(c))? > 0)
    }
}
