//! 证照库: the files of a person across their cases, what they were handed in with, and the last day that was noted of a paper.

use crate::case::attachment::AttachmentRow;
use crate::case::round::{EventRow, SubmissionRow};
use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, NaiveDate, Utc};
use domain::id::{AccountId, CaseId};

sql! {
    FILES = "SELECT id, case_id, account_id, slot, place, sha256, view_sha256, bytes, media_type, width, height, missing, name, remark_sealed,
        is_current, uploaded_at FROM attachment WHERE account_id = $1 AND view_sha256 <> '' ORDER BY uploaded_at DESC, id DESC";
    // The row stays without anything of the file but its hash: what was audited of it goes on leading to its case, and the same file
    // handed in once more is still found to be the same.
    FORGET = "UPDATE attachment SET is_current = FALSE, view_sha256 = '', bytes = 0, name = '', remark_sealed = NULL
        WHERE id = $1 AND account_id = $2 AND view_sha256 <> ''";
    SUBMISSIONS = "SELECT s.case_id, s.round, s.body_sealed, s.submitted_at
        FROM submission s JOIN case_file c ON c.id = s.case_id WHERE c.account_id = $1 ORDER BY s.case_id, s.round";
    EVENTS = "SELECT e.id, e.case_id, e.round, e.action, e.status_before, e.status_after, e.actor_kind, e.actor_id, e.actor_name, e.note, e.at
        FROM case_event e JOIN case_file c ON c.id = e.case_id WHERE c.account_id = $1 ORDER BY e.at, e.id";
    EXPIRIES = "SELECT sha256, expires_on FROM paper_expiry WHERE account_id = $1";
    EXPIRE = "INSERT INTO paper_expiry (account_id, sha256, expires_on) VALUES ($1, $2, $3)
        ON CONFLICT (account_id, sha256) DO UPDATE SET expires_on = excluded.expires_on";
    UNEXPIRE = "DELETE FROM paper_expiry WHERE account_id = $1 AND sha256 = $2";
}

/// What was handed in with a round of some case of a person.
type SubmissionOf = (String, i64, Vec<u8>, DateTime<Utc>);

impl Reader {
    /// Every file of a person that was not deleted, the newest first, also those that were replaced.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_all_files(&mut self, account: &AccountId) -> Result<Vec<AttachmentRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FILES).bind(account.as_str()).fetch_all(c))?)
    }

    /// What a person handed in, whatever the case, round by round.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_all_submissions(&mut self, account: &AccountId) -> Result<Vec<(CaseId, SubmissionRow)>, StoreError> {
        let rows: Vec<SubmissionOf> = on!(self, |c| sqlx::query_as(SUBMISSIONS).bind(account.as_str()).fetch_all(c))?;
        let row =
            |(case, round, body_sealed, submitted_at)| (CaseId::from(case), SubmissionRow { round, body_sealed, submitted_at });
        Ok(rows.into_iter().map(row).collect())
    }

    /// The timelines of all cases of a person, the oldest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_all_events(&mut self, account: &AccountId) -> Result<Vec<EventRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(EVENTS).bind(account.as_str()).fetch_all(c))?)
    }

    /// The last days that a person noted of papers, by the SHA-256 of each.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_paper_expiries(&mut self, account: &AccountId) -> Result<Vec<(String, NaiveDate)>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(EXPIRIES).bind(account.as_str()).fetch_all(c))?)
    }
}

impl Tx {
    /// Forgets a file of a person; answers whether it was there.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn forget_file(&mut self, account: &AccountId, id: &str) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(FORGET).bind(id).bind(account.as_str()).execute(c))? == 1)
    }

    /// Notes the last day of a paper, by its SHA-256; `None` for one that does not end.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn note_paper_expiry(
        &mut self,
        account: &AccountId,
        sha256: &str,
        on: Option<NaiveDate>,
    ) -> Result<(), StoreError> {
        match on {
            Some(on) => change!(self, |c| sqlx::query(EXPIRE).bind(account.as_str()).bind(sha256).bind(on).execute(c))?,
            None => change!(self, |c| sqlx::query(UNEXPIRE).bind(account.as_str()).bind(sha256).execute(c))?,
        };
        Ok(())
    }
}
