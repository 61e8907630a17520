//! A case as it is kept.

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::{CaseKind, Status};
use domain::id::{AccountId, BureauCode, CaseId, StaffId};

use crate::account::AccountRow;
use crate::ids::Given;

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
