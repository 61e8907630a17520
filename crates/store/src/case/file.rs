//! Cases and their history: one row each, changed only from a known status and version.

mod row;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use chrono::{DateTime, NaiveDate, Utc};
use domain::case::{CaseKind, Status};
use domain::id::{AccountId, BureauCode, CaseId, StaffId};
use domain::identity::name::name_key;

pub use row::CaseRow;

sql! {
    INSERT = "INSERT INTO case_file
        (id, number, province, kind, account_id, is_single, applicant, bureau, bureau_path, status, version, round, seat,
            form_version, pledge_version, created_at, updated_at, applicant_key)
        VALUES ($1, NULL, $2, $3, $4, $5, $6, '', '', 'draft', 1, 0, 0, $7, '', $8, $8, $9)";
    FIND = "SELECT id, number, province, kind, account_id, is_single, applicant, bureau, bureau_path, status, version, round, seat, form_version, pledge_version,
            submitted_at, due_on, decided_at, decided_by, holder_id, holder_name, held_until, created_at, updated_at
        FROM case_file WHERE id = $1";
    LATEST = "SELECT id, number, province, kind, account_id, is_single, applicant, bureau, bureau_path, status, version, round, seat, form_version, pledge_version,
            submitted_at, due_on, decided_at, decided_by, holder_id, holder_name, held_until, created_at, updated_at
        FROM case_file WHERE account_id = $1 AND kind = $2 ORDER BY created_at DESC, id DESC LIMIT 1";
    OF_KIND = "SELECT id, number, province, kind, account_id, is_single, applicant, bureau, bureau_path, status, version, round, seat, form_version, pledge_version,
            submitted_at, due_on, decided_at, decided_by, holder_id, holder_name, held_until, created_at, updated_at
        FROM case_file WHERE account_id = $1 AND kind = $2 ORDER BY created_at DESC, id DESC LIMIT 20";
    OF_ACCOUNT = "SELECT id, number, province, kind, account_id, is_single, applicant, bureau, bureau_path, status, version, round, seat, form_version, pledge_version,
            submitted_at, due_on, decided_at, decided_by, holder_id, holder_name, held_until, created_at, updated_at
        FROM case_file WHERE account_id = $1 ORDER BY created_at DESC, id DESC";
    LOCK = "UPDATE case_file SET updated_at = updated_at WHERE id = $1
        RETURNING id, number, province, kind, account_id, is_single, applicant, bureau, bureau_path, status, version, round, seat, form_version, pledge_version,
            submitted_at, due_on, decided_at, decided_by, holder_id, holder_name, held_until, created_at, updated_at";
    LOCK_LATEST = "UPDATE case_file SET updated_at = updated_at
        WHERE id = (SELECT id FROM case_file WHERE account_id = $1 AND kind = $2 ORDER BY created_at DESC, id DESC LIMIT 1)
        RETURNING id, number, province, kind, account_id, is_single, applicant, bureau, bureau_path, status, version, round, seat, form_version, pledge_version,
            submitted_at, due_on, decided_at, decided_by, holder_id, holder_name, held_until, created_at, updated_at";
    SUBMIT = "UPDATE case_file SET status = 'submitted', version = version + 1, round = round + 1, seat = 0,
            number = COALESCE(number, $4), bureau = $5, bureau_path = $6, form_version = $7, submitted_at = $8, due_on = $9, papers = $10, doubts = $11, year = $12,
            decided_at = NULL, decided_by = NULL, holder_id = NULL, holder_name = NULL, held_until = NULL, urged_at = NULL, is_calm = TRUE, updated_at = $8
        WHERE id = $1 AND status = $2 AND version = $3";
    MOVE = "UPDATE case_file SET status = $4, version = version + 1, decided_at = $5, decided_by = $6,
            holder_id = NULL, holder_name = NULL, held_until = NULL, urged_at = NULL, is_calm = TRUE, updated_at = $7
        WHERE id = $1 AND status = $2 AND version = $3";
    HAND_ON = "UPDATE case_file SET bureau = $4, bureau_path = $5, seat = $6, version = version + 1,
            holder_id = NULL, holder_name = NULL, held_until = NULL, updated_at = $7
        WHERE id = $1 AND status = $2 AND version = $3";
    SERIAL = "INSERT INTO serial (name, last) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET last = serial.last + 1 RETURNING last";
}

impl Reader {
    /// A case by id.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_case(&mut self, id: &CaseId) -> Result<Option<CaseRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(id.as_str()).fetch_optional(c))?)
    }

    /// The newest case of a kind that a person has.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_latest_case(&mut self, account: &AccountId, kind: CaseKind) -> Result<Option<CaseRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LATEST).bind(account.as_str()).bind(kind.code()).fetch_optional(c))?)
    }

    /// The cases of a kind that a person has, the newest first, twenty at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_cases(&mut self, account: &AccountId, kind: CaseKind) -> Result<Vec<CaseRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_KIND).bind(account.as_str()).bind(kind.code()).fetch_all(c))?)
    }

    /// Every case of a person, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_all_cases(&mut self, account: &AccountId) -> Result<Vec<CaseRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?)
    }
}

/// What a submission changes in its case.
#[derive(Clone, Debug)]
pub struct Submit<'a> {
    /// 受理编号; a case that has one keeps it.
    pub number: &'a str,
    /// 财政局代码 of the bureau that gets it.
    pub bureau: &'a BureauCode,
    /// Codes from the province down to that bureau, joined by `/`.
    pub bureau_path: &'a str,
    /// Version of the questions that were answered.
    pub form_version: i64,
    /// When it is submitted, in UTC.
    pub at: DateTime<Utc>,
    /// Last day of 审核期限, in China.
    pub due_on: NaiveDate,
    /// How many pictures of papers came with it.
    pub papers: i64,
    /// How many of the automatic checks found something.
    pub doubts: i64,
    /// The year that it is for, where its kind knows one.
    pub year: Option<i32>,
}

/// Where an undecided case waits.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    /// 财政局代码 of the bureau that gets it.
    pub bureau: &'a BureauCode,
    /// Codes from the province down to that bureau, joined by `/`.
    pub bureau_path: &'a str,
    /// Which of the seats it waits for, from 0.
    pub seat: i64,
}

impl Tx {
    /// Opens a case in draft.
    ///
    /// # Errors
    /// `Exists` when the person has an open case of this kind.
    pub async fn insert_case(&mut self, row: &CaseRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(row.id.as_str())
            .bind(&row.province)
            .bind(row.kind.code())
            .bind(row.account_id.as_str())
            .bind(row.is_single)
            .bind(&row.applicant)
            .bind(row.form_version)
            .bind(row.created_at)
            .bind(name_key(&row.applicant))
            .execute(c))
        .map_err(StoreError::exists_in("case_file"))?;
        Ok(())
    }

    /// A case as it is now, which nobody else can change before this transaction ends.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn lock_case(&mut self, id: &CaseId) -> Result<Option<CaseRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LOCK).bind(id.as_str()).fetch_optional(c))?)
    }

    /// The newest case of a kind that a person has, locked as by [`Self::lock_case`].
    ///
    /// # Errors
    /// `Driver`.
    pub async fn lock_latest_case(&mut self, account: &AccountId, kind: CaseKind) -> Result<Option<CaseRow>, StoreError> {
        if self.is_alone() {
            return self.find_latest_case(account, kind).await;
        }
        Ok(on!(self, |c| sqlx::query_as(LOCK_LATEST).bind(account.as_str()).bind(kind.code()).fetch_optional(c))?)
    }

    /// Submits a case: the next round, in the queue of its bureau, nobody holding it.
    ///
    /// # Errors
    /// `Stale` when the case is no longer as `row` shows it.
    pub async fn submit_case(&mut self, row: &CaseRow, s: &Submit<'_>) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(SUBMIT)
            .bind(row.id.as_str())
            .bind(row.status.code())
            .bind(row.version)
            .bind(s.number)
            .bind(s.bureau.as_str())
            .bind(s.bureau_path)
            .bind(s.form_version)
            .bind(s.at)
            .bind(s.due_on)
            .bind(s.papers)
            .bind(s.doubts)
            .bind(s.year.map(i64::from))
            .execute(c))?;
        one_row("case_file", changed)
    }

    /// Moves a case to another status; `decided_by` is the staff member, or `None` for a withdrawal.
    ///
    /// # Errors
    /// `Stale` when the case is no longer as `row` shows it.
    pub async fn move_case(
        &mut self,
        row: &CaseRow,
        to: Status,
        decided_by: Option<&StaffId>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(MOVE)
            .bind(row.id.as_str())
            .bind(row.status.code())
            .bind(row.version)
            .bind(to.code())
            .bind(decided_by.map(|_| at))
            .bind(decided_by.map(StaffId::as_str))
            .bind(at)
            .execute(c))?;
        one_row("case_file", changed)
    }

    /// Hands an undecided case on, to another bureau or to the next seat; its due date stays.
    ///
    /// # Errors
    /// `Stale` when the case is no longer as `row` shows it.
    pub async fn hand_on_case(&mut self, row: &CaseRow, to: &Desk<'_>, at: DateTime<Utc>) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(HAND_ON)
            .bind(row.id.as_str())
            .bind(row.status.code())
            .bind(row.version)
            .bind(to.bureau.as_str())
            .bind(to.bureau_path)
            .bind(to.seat)
            .bind(at)
            .execute(c))?;
        one_row("case_file", changed)
    }

    /// The next number of a series, beginning with 1.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn next_serial(&mut self, name: &str) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(SERIAL).bind(name).fetch_one(c))?)
    }
}
