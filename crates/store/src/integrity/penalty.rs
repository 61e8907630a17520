//! The penalties that bureaus enter.

use chrono::NaiveDate;
use domain::case::Status;
use domain::id::{AccountId, BureauCode, CaseId};
use domain::integrity::Penalty;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A penalty with whom it is about and where its case stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PenaltyRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// Whom it is about.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Their name, as it was when it was entered.
    pub name: String,
    /// The bureau that entered it.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
    /// 处罚决定机关.
    pub body: String,
    /// 处罚决定书文号.
    pub number: String,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// Codes of the kinds, joined by commas.
    pub kinds: String,
    /// 受理编号.
    pub case_number: Option<String>,
    /// Where the case stands.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// The last day on which it is to be recorded.
    pub due_on: Option<NaiveDate>,
}

sql! {
    OF_BUREAU = "SELECT p.case_id, p.account_id, f.applicant AS name, p.bureau, p.body, p.number, p.decided_on, p.kinds,
            f.number AS case_number, f.status, f.due_on
        FROM penalty p JOIN case_file f ON f.id = p.case_id
        WHERE p.province = $1 AND p.bureau = $2 ORDER BY f.created_at DESC, f.id DESC LIMIT $3";
    OF_ACCOUNT = "SELECT p.case_id, p.account_id, f.applicant AS name, p.bureau, p.body, p.number, p.decided_on, p.kinds,
            f.number AS case_number, f.status, f.due_on
        FROM penalty p JOIN case_file f ON f.id = p.case_id
        WHERE p.account_id = $1 ORDER BY f.created_at DESC, f.id DESC";
    OF_CASE = "SELECT p.case_id, p.account_id, f.applicant AS name, p.bureau, p.body, p.number, p.decided_on, p.kinds,
            f.number AS case_number, f.status, f.due_on
        FROM penalty p JOIN case_file f ON f.id = p.case_id WHERE p.case_id = $1";
    SAVE = "INSERT INTO penalty (case_id, account_id, province, bureau, body, number, decided_on, kinds)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (case_id) DO UPDATE SET body = excluded.body, number = excluded.number, decided_on = excluded.decided_on,
            kinds = excluded.kinds";
}

impl Reader {
    /// The penalties that a bureau entered, the newest first, so many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_penalties(
        &mut self,
        province: &str,
        bureau: &BureauCode,
        limit: i64,
    ) -> Result<Vec<PenaltyRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_BUREAU).bind(province).bind(bureau.as_str()).bind(limit).fetch_all(c))?)
    }

    /// What was entered of a person, confirmed or not.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_penalties_of(&mut self, account: &AccountId) -> Result<Vec<PenaltyRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?)
    }

    /// The penalty of a case.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_penalty(&mut self, case: &CaseId) -> Result<Option<PenaltyRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_CASE).bind(case.as_str()).fetch_optional(c))?)
    }
}

impl Tx {
    /// Notes the penalty of a case that a bureau enters, over what it was before; whose and which bureau's it is stays.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn save_penalty(
        &mut self,
        (case, account): (&CaseId, &AccountId),
        (province, bureau): (&str, &BureauCode),
        of: &Penalty,
    ) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SAVE)
            .bind(case.as_str())
            .bind(account.as_str())
            .bind(province)
            .bind(bureau.as_str())
            .bind(&of.body)
            .bind(&of.number)
            .bind(of.decided_on)
            .bind(of.kinds_codes())
            .execute(c))?;
        Ok(())
    }
}
