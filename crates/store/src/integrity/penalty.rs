//! The penalties that bureaus enter.

use chrono::NaiveDate;
use domain::case::Status;
use domain::id::{AccountId, BureauCode, CaseId};
use domain::integrity::Penalty;

use crate::case::entered::entered_rows;
use crate::conn::{Tx, change};
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

entered_rows! {
    PenaltyRow of "penalty" with "t.body, t.number, t.decided_on, t.kinds": list_penalties, list_penalties_of, find_penalty;
    SAVE = "INSERT INTO penalty (case_id, account_id, province, bureau, body, number, decided_on, kinds)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (case_id) DO UPDATE SET body = excluded.body, number = excluded.number, decided_on = excluded.decided_on,
            kinds = excluded.kinds";
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
