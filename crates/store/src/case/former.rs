//! Bureaus that decided on a case before it went to another one.

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::CaseKind;
use domain::id::{AccountId, BureauCode, CaseId};

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A bureau that had a case.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FormerDeskRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// 财政局代码.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
    /// Until when it had the case, in UTC.
    pub until_at: DateTime<Utc>,
}

/// A case that left a bureau.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LeftCaseRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// 受理编号.
    pub number: String,
    /// What it is about.
    #[sqlx(try_from = "String")]
    pub kind: CaseKind,
    /// 姓名 of the applicant.
    pub applicant: String,
    /// The bureau that has it now.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
    /// When it left, in UTC.
    pub until_at: DateTime<Utc>,
}

sql! {
    OF_CASE = "SELECT case_id, bureau, until_at FROM former_desk WHERE case_id = $1 ORDER BY until_at, bureau";
    OF_ACCOUNT = "SELECT d.case_id, d.bureau, d.until_at FROM case_file f JOIN former_desk d ON d.case_id = f.id
        WHERE f.account_id = $1 ORDER BY d.until_at, d.bureau";
    LEFT = "SELECT d.case_id, f.number, f.kind, f.applicant, f.bureau, d.until_at FROM former_desk d JOIN case_file f ON f.id = d.case_id
        WHERE d.province = $1 AND d.bureau = $2 AND f.bureau <> $2 ORDER BY d.until_at DESC, d.case_id DESC LIMIT $3";
    ADD = "INSERT INTO former_desk (case_id, province, bureau, until_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (case_id, until_at, bureau) DO NOTHING";
    RENEW = "UPDATE case_file SET due_on = $2, urged_at = NULL, is_calm = TRUE WHERE id = $1 AND status = 'submitted'";
}

impl Reader {
    /// The bureaus that decided on a case before it went elsewhere, the first one first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_former_desks(&mut self, case: &CaseId) -> Result<Vec<FormerDeskRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_CASE).bind(case.as_str()).fetch_all(c))?)
    }

    /// The same of every case of a person.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_former_desks_of(&mut self, account: &AccountId) -> Result<Vec<FormerDeskRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?)
    }

    /// What a bureau decided and another one has by now, the newest first, so many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_left_cases(
        &mut self,
        province: &str,
        bureau: &BureauCode,
        limit: i64,
    ) -> Result<Vec<LeftCaseRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LEFT).bind(province).bind(bureau.as_str()).bind(limit).fetch_all(c))?)
    }
}

impl Tx {
    /// Notes that a bureau had a case until now and decided on it.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn add_former_desk(
        &mut self,
        (province, bureau): (&str, &BureauCode),
        case: &CaseId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(ADD).bind(case.as_str()).bind(province).bind(bureau.as_str()).bind(at).execute(c))?;
        Ok(())
    }

    /// Gives a case that waits another last day: whoever waits urges the bureau that has it now.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn renew_due(&mut self, case: &CaseId, due_on: NaiveDate) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(RENEW).bind(case.as_str()).bind(due_on).execute(c))?;
        Ok(())
    }
}
