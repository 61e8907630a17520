//! Drafts: one sealed body for each step, as typed, with a version against silent overwriting.

use crate::account::AccountRow;
use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::id::{AccountId, CaseId};

/// A saved step.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DraftRow {
    /// 步骤, as a code.
    pub step: String,
    /// The answers of the step as typed, sealed.
    pub body_sealed: Vec<u8>,
    /// Counts the saves of the step, from 1.
    pub version: i64,
    /// When the step was last saved, in UTC.
    pub updated_at: DateTime<Utc>,
    /// Which page saved it last; empty for one without scripts.
    pub tab: String,
    /// Which of the saves of that page it was, from 1.
    pub sequence: i64,
    /// When a save of the step was last written into the audit trail, in UTC.
    pub noted_at: DateTime<Utc>,
    /// Whose save that was: an account, or a member of the staff.
    pub noted_by: String,
}

/// An account, and one of the saved steps of its case, or none.
#[derive(sqlx::FromRow)]
pub(super) struct Line {
    #[sqlx(flatten)]
    account: AccountRow,
    step: Option<String>,
    body_sealed: Option<Vec<u8>>,
    draft_version: Option<i64>,
    draft_updated_at: Option<DateTime<Utc>>,
    tab: Option<String>,
    sequence: Option<i64>,
    noted_at: Option<DateTime<Utc>>,
    noted_by: Option<String>,
}

impl Line {
    fn draft(self) -> (AccountRow, Option<DraftRow>) {
        let Self { account, step, body_sealed, draft_version, draft_updated_at, tab, sequence, noted_at, noted_by } = self;
        let draft = || {
            Some(DraftRow {
                step: step?,
                body_sealed: body_sealed?,
                version: draft_version?,
                updated_at: draft_updated_at?,
                tab: tab?,
                sequence: sequence?,
                noted_at: noted_at?,
                noted_by: noted_by?,
            })
        };
        (account, draft())
    }

    /// The account that all of them name, with its steps.
    pub(super) fn gather(lines: Vec<Self>) -> Option<(AccountRow, Vec<DraftRow>)> {
        let mut found: Option<(AccountRow, Vec<DraftRow>)> = None;
        for (account, draft) in lines.into_iter().map(Self::draft) {
            found.get_or_insert_with(|| (account, Vec::new())).1.extend(draft);
        }
        found
    }
}

/// A step that is to be saved.
#[derive(Clone, Copy, Debug)]
pub struct NewDraft<'a> {
    /// The answers of the step as typed, sealed.
    pub sealed: &'a [u8],
    /// The page that saves; empty for one without scripts.
    pub tab: &'a str,
    /// Which of its saves this is.
    pub sequence: i64,
    /// When a save of the step was last written into the audit trail, in UTC.
    pub noted_at: DateTime<Utc>,
    /// Whose save that was; empty where the next one is noted whoever it comes from.
    pub noted_by: &'a str,
}

/// What a person promised, and to which text.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PledgeRow {
    /// Version of the 本人承诺 that was promised.
    pub version: String,
    /// SHA-256 of its text, in hexadecimal digits.
    pub text_hash: String,
    /// When the person agreed, in UTC.
    pub agreed_at: DateTime<Utc>,
}

sql! {
    LIST = "SELECT step, body_sealed, version, updated_at, tab, sequence, noted_at, noted_by FROM draft WHERE case_id = $1 ORDER BY step";
    OF_ACCOUNT = "SELECT a.id, a.province, a.document_kind, a.document_hash, a.document_sealed, a.name, a.username, a.mobile_hash,
            a.mobile_sealed, a.email_sealed, a.password_hash, a.failed_logins, a.version, a.created_at, a.updated_at, a.signed_in_at,
            d.step, d.body_sealed, d.version AS draft_version, d.updated_at AS draft_updated_at, d.tab, d.sequence, d.noted_at, d.noted_by
        FROM account a LEFT JOIN draft d ON d.case_id = $2 WHERE a.id = $1 ORDER BY d.step";
    INSERT = "INSERT INTO draft (case_id, step, body_sealed, version, updated_at, tab, sequence, noted_at, noted_by)
        VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8)
        ON CONFLICT (case_id, step) DO NOTHING RETURNING version";
    UPDATE = "UPDATE draft SET body_sealed = $3, version = version + 1, updated_at = $4, tab = $5, sequence = $6, noted_at = $7, noted_by = $8
        WHERE case_id = $1 AND step = $2 AND version = $9 RETURNING version";
    CLEAR = "DELETE FROM draft WHERE case_id = $1";
    CLEAR_PLEDGES = "DELETE FROM pledge WHERE case_id = $1";
    PLEDGE = "INSERT INTO pledge (case_id, version, text_hash, address, agreed_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (case_id, version) DO NOTHING";
    PLEDGED = "UPDATE case_file SET pledge_version = $2 WHERE id = $1";
    FIND_PLEDGE = "SELECT version, text_hash, agreed_at FROM pledge WHERE case_id = $1 AND version = $2";
}

impl Reader {
    /// The saved steps of the form of a case.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_drafts(&mut self, case: &CaseId) -> Result<Vec<DraftRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LIST).bind(case.as_str()).fetch_all(c))?)
    }

    /// An account with the saved steps of the form of its case, in one question; `None` when there is no such account.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_account_with_drafts(
        &mut self,
        account: &AccountId,
        case: Option<&CaseId>,
    ) -> Result<Option<(AccountRow, Vec<DraftRow>)>, StoreError> {
        let case = case.map_or("", CaseId::as_str);
        let lines = on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).bind(case).fetch_all(c))?;
        Ok(Line::gather(lines))
    }

    /// The promise that was made for a case to a version of the text.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_pledge(&mut self, case: &CaseId, version: &str) -> Result<Option<PledgeRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND_PLEDGE).bind(case.as_str()).bind(version).fetch_optional(c))?)
    }
}

/// Where a draft belongs.
#[derive(Clone, Copy, Debug)]
pub struct DraftPlace<'a> {
    /// Id of the case.
    pub case: &'a CaseId,
    /// 步骤, as a code.
    pub step: &'a str,
}

impl Tx {
    /// Saves a step over the version that its writer had seen (0 when it was new); answers the new version.
    ///
    /// # Errors
    /// `Stale` when another window saved in between.
    pub async fn save_draft(
        &mut self,
        place: DraftPlace<'_>,
        new: NewDraft<'_>,
        seen: i64,
        at: DateTime<Utc>,
    ) -> Result<i64, StoreError> {
        let DraftPlace { case, step } = place;
        let NewDraft { sealed, tab, sequence, noted_at, noted_by } = new;
        // A version, and not a count: with a row the thread of SQLite has done, behind a count it tells its end as well.
        let version: Option<i64> = if seen == 0 {
            on!(self, |c| sqlx::query_scalar(INSERT)
                .bind(case.as_str())
                .bind(step)
                .bind(sealed)
                .bind(at)
                .bind(tab)
                .bind(sequence)
                .bind(noted_at)
                .bind(noted_by)
                .fetch_optional(c))?
        } else {
            on!(self, |c| sqlx::query_scalar(UPDATE)
                .bind(case.as_str())
                .bind(step)
                .bind(sealed)
                .bind(at)
                .bind(tab)
                .bind(sequence)
                .bind(noted_at)
                .bind(noted_by)
                .bind(seen)
                .fetch_optional(c))?
        };
        version.ok_or(StoreError::Stale { table: "draft" })
    }

    /// Forgets what was typed and promised for a case.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn clear_drafts(&mut self, case: &CaseId) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(CLEAR).bind(case.as_str()).execute(c))?;
        change!(self, |c| sqlx::query(CLEAR_PLEDGES).bind(case.as_str()).execute(c))?;
        Ok(())
    }

    /// Keeps the promise; the first time counts. The case knows from then on to which text it was made.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn save_pledge(&mut self, case: &CaseId, pledge: &PledgeRow, address: &str) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(PLEDGE)
            .bind(case.as_str())
            .bind(&pledge.version)
            .bind(&pledge.text_hash)
            .bind(address)
            .bind(pledge.agreed_at)
            .execute(c))?;
        change!(self, |c| sqlx::query(PLEDGED).bind(case.as_str()).bind(&pledge.version).execute(c))?;
        Ok(())
    }
}
