//! What people say against penalties of theirs, and what became of it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::Status;
use domain::id::{AccountId, BureauCode, CaseId};
use domain::integrity::{EntryKind, Outcome};

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use crate::ids::Given;

/// An objection with the penalty that it is about and where its case stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ObjectionRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// The case that recorded the penalty.
    #[sqlx(try_from = "String")]
    pub of_case: CaseId,
    /// The word of an [`Outcome`]; empty while there is none.
    pub outcome: String,
    /// 答复; empty before.
    pub answer: String,
    /// What it is about.
    #[sqlx(try_from = "String")]
    pub kind: EntryKind,
    /// The kinds of the penalty.
    pub title: String,
    /// 处罚决定机关.
    pub body: String,
    /// 处罚决定书文号.
    pub number: String,
    /// Whose it is.
    pub name: String,
    /// 受理编号.
    pub case_number: Option<String>,
    /// Where the case stands.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// Version of the case.
    pub version: i64,
    /// The bureau that has it.
    #[sqlx(try_from = "Given<BureauCode>")]
    pub bureau: Option<BureauCode>,
    /// When it was handed in, in UTC.
    pub submitted_at: Option<DateTime<Utc>>,
    /// The last day for the answer.
    pub due_on: Option<NaiveDate>,
}

impl ObjectionRow {
    /// What became of it.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        Outcome::from_code(&self.outcome)
    }
}

sql! {
    OF_ACCOUNT = "SELECT o.case_id, o.of_case, o.outcome, o.answer, e.kind, e.title, e.body, e.number,
            f.applicant AS name, f.number AS case_number, f.status, f.version, f.bureau, f.submitted_at, f.due_on
        FROM objection o JOIN integrity_entry e ON e.case_id = o.of_case AND e.reverses IS NULL JOIN case_file f ON f.id = o.case_id
        WHERE o.account_id = $1 ORDER BY f.created_at DESC, f.id DESC";
    OF_CASE = "SELECT o.case_id, o.of_case, o.outcome, o.answer, e.kind, e.title, e.body, e.number,
            f.applicant AS name, f.number AS case_number, f.status, f.version, f.bureau, f.submitted_at, f.due_on
        FROM objection o JOIN integrity_entry e ON e.case_id = o.of_case AND e.reverses IS NULL JOIN case_file f ON f.id = o.case_id
        WHERE o.case_id = $1";
    OF_BUREAU = "SELECT o.case_id, o.of_case, o.outcome, o.answer, e.kind, e.title, e.body, e.number,
            f.applicant AS name, f.number AS case_number, f.status, f.version, f.bureau, f.submitted_at, f.due_on
        FROM penalty p JOIN objection o ON o.of_case = p.case_id
            JOIN integrity_entry e ON e.case_id = o.of_case AND e.reverses IS NULL JOIN case_file f ON f.id = o.case_id
        WHERE p.province = $1 AND p.bureau = $2 ORDER BY f.created_at DESC, f.id DESC LIMIT $3";
    AT_BUREAU = "SELECT o.case_id, o.of_case, o.outcome, o.answer, e.kind, e.title, e.body, e.number,
            f.applicant AS name, f.number AS case_number, f.status, f.version, f.bureau, f.submitted_at, f.due_on
        FROM case_file f JOIN objection o ON o.case_id = f.id
            JOIN integrity_entry e ON e.case_id = o.of_case AND e.reverses IS NULL
        WHERE f.province = $1 AND f.bureau = $2 AND f.status = 'submitted' ORDER BY f.due_on, f.id LIMIT $3";
    INSERT = "INSERT INTO objection (case_id, account_id, of_case, outcome, answer) VALUES ($1, $2, $3, '', '')";
    SETTLE = "UPDATE objection SET outcome = $2, answer = $3 WHERE case_id = $1";
}

impl Reader {
    /// What a person objected to, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_objections(&mut self, account: &AccountId) -> Result<Vec<ObjectionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?)
    }

    /// The objection of a case.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_objection(&mut self, case: &CaseId) -> Result<Option<ObjectionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_CASE).bind(case.as_str()).fetch_optional(c))?)
    }

    /// The objections to penalties that a bureau entered, the newest first, so many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_objections_to(
        &mut self,
        province: &str,
        bureau: &BureauCode,
        limit: i64,
    ) -> Result<Vec<ObjectionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_BUREAU).bind(province).bind(bureau.as_str()).bind(limit).fetch_all(c))?)
    }

    /// The objections that a bureau has to answer, those first that are due first, so many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_objections_at(
        &mut self,
        province: &str,
        bureau: &BureauCode,
        limit: i64,
    ) -> Result<Vec<ObjectionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(AT_BUREAU).bind(province).bind(bureau.as_str()).bind(limit).fetch_all(c))?)
    }
}

impl Tx {
    /// Notes which penalty a case objects to.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_objection(&mut self, (case, account): (&CaseId, &AccountId), of_case: &CaseId) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT).bind(case.as_str()).bind(account.as_str()).bind(of_case.as_str()).execute(c))?;
        Ok(())
    }

    /// Notes what became of it, with the answer.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn settle_objection(&mut self, case: &CaseId, outcome: Outcome, answer: &str) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SETTLE).bind(case.as_str()).bind(outcome.code()).bind(answer).execute(c))?;
        Ok(())
    }
}
