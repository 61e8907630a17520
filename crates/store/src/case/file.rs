//! Cases and their history: one row each, changed only from a known status and version.

use crate::account::AccountRow;
use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use crate::ids::Given;
use chrono::{DateTime, NaiveDate, Utc};
use domain::case::{CaseKind, Status};
use domain::id::{AccountId, BureauCode, CaseId, StaffId};
use domain::identity::name::name_key;

/// A case. `bureau_path` is the codes from the province down to the bureau, joined by `/`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CaseRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub id: CaseId,
    /// 受理编号; `None` before the first submission.
    pub number: Option<String>,
    /// Key of the province where it was opened.
    pub province: String,
    /// What the case is about.
    #[sqlx(try_from = "String")]
    pub kind: CaseKind,
    /// Id of the account whose case it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Whether the person may have only one open case of the kind.
    pub is_single: bool,
    /// 姓名 of the applicant when the case was opened, in clear.
    pub applicant: String,
    /// 财政局代码 of the bureau that has it; `None` before the first submission.
    #[sqlx(try_from = "Given<BureauCode>")]
    pub bureau: Option<BureauCode>,
    /// Codes from the province down to the bureau, joined by `/`; empty before the first submission.
    pub bureau_path: String,
    /// Where the case stands.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// Begins with 1 and rises with every move; whoever moves it names the version that was seen.
    pub version: i64,
    /// 轮次: counts the submissions; 0 for a draft that was never submitted.
    pub round: i64,
    /// Which of the seats it waits for, from 0.
    pub seat: i64,
    /// Version of the questions of the form.
    pub form_version: i64,
    /// Version of the newest 本人承诺 for it; empty before.
    pub pledge_version: String,
    /// When it was last submitted, in UTC; `None` before the first submission.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Last day of 审核期限, in China; `None` before the first submission.
    pub due_on: Option<NaiveDate>,
    /// When a staff member decided on this round, in UTC; `None` where none did.
    pub decided_at: Option<DateTime<Utc>>,
    /// Id of the staff member who decided on this round; `None` where none did.
    #[sqlx(try_from = "Given<StaffId>")]
    pub decided_by: Option<StaffId>,
    /// Id of the staff member who holds the case; `None` when nobody does.
    #[sqlx(try_from = "Given<StaffId>")]
    pub holder_id: Option<StaffId>,
    /// Name of whoever holds the case; `None` when nobody does.
    pub holder_name: Option<String>,
    /// When the hold ends, in UTC; `None` when nobody holds the case.
    pub held_until: Option<DateTime<Utc>>,
    /// When it was opened, in UTC.
    pub created_at: DateTime<Utc>,
    /// When it was last moved, in UTC.
    pub updated_at: DateTime<Utc>,
}

impl CaseRow {
    /// A new draft of a person, not yet written.
    #[must_use]
    pub fn new(id: CaseId, kind: CaseKind, account: &AccountRow, form_version: i64, at: DateTime<Utc>) -> Self {
        Self {
            id,
            number: None,
            province: account.province.clone(),
            kind,
            account_id: account.id.clone(),
            is_single: kind.rules().is_single,
            applicant: account.name.clone(),
            bureau: None,
            bureau_path: String::new(),
            status: Status::Draft,
            version: 1,
            round: 0,
            seat: 0,
            form_version,
            pledge_version: String::new(),
            submitted_at: None,
            due_on: None,
            decided_at: None,
            decided_by: None,
            holder_id: None,
            holder_name: None,
            held_until: None,
            created_at: at,
            updated_at: at,
        }
    }
}

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
    REPLAY = "SELECT answer FROM idempotency WHERE scope = $1 AND request_key = $2";
    REMEMBER = "INSERT INTO idempotency (scope, request_key, answer, at) VALUES ($1, $2, $3, $4)";
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

    /// What was answered to a request that came before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_answer(&mut self, scope: &str, key: &str) -> Result<Option<String>, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(REPLAY).bind(scope).bind(key).fetch_optional(c))?)
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

    /// Remembers what was answered to a request, so that its repetition has no second effect.
    ///
    /// # Errors
    /// `Exists` when the same request was answered in between.
    pub async fn remember_answer(&mut self, scope: &str, key: &str, answer: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(REMEMBER).bind(scope).bind(key).bind(answer).bind(at).execute(c))
            .map_err(StoreError::exists_in("idempotency"))?;
        Ok(())
    }
}
