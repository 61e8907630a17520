//! 撤销登记: which approvals are taken back, and what their person says before.

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::{CaseKind, Status};
use domain::id::{AccountId, BureauCode, CaseId};

use crate::case::entered::entered_rows;
use crate::conn::{Reader, Tx, change, on};
use crate::error::StoreError;

/// An annulment with whom it is about, what it takes back, and where its case stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AnnulmentRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// Whose it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Their name, as it was when it was entered.
    pub name: String,
    /// The bureau that entered it.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
    /// 受理编号.
    pub case_number: Option<String>,
    /// Where the case stands.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// Its round.
    pub round: i64,
    /// The approved case.
    #[sqlx(try_from = "String")]
    pub of_case: CaseId,
    /// Of which kind that is.
    #[sqlx(try_from = "String")]
    pub of_kind: CaseKind,
    /// 受理编号 of that.
    pub of_number: Option<String>,
    /// When the person was told, in UTC.
    pub told_at: DateTime<Utc>,
    /// The last day on which they are heard, in China.
    pub heard_until: NaiveDate,
}

/// What a person said in a round of an annulment; sealed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StatementRow {
    /// The round.
    pub round: i64,
    /// What they said, sealed.
    pub said_sealed: Vec<u8>,
    /// When, in UTC.
    pub said_at: DateTime<Utc>,
}

/// What an annulment is about, and until when its person is heard.
#[derive(Clone, Copy, Debug)]
pub struct NewAnnulment<'a> {
    /// The case.
    pub case: &'a CaseId,
    /// Whose it is.
    pub account: &'a AccountId,
    /// Key of the province.
    pub province: &'a str,
    /// The bureau that enters it.
    pub bureau: &'a BureauCode,
    /// The approved case.
    pub of: &'a CaseId,
    /// When the person is told, in UTC.
    pub told_at: DateTime<Utc>,
    /// The last day on which they are heard, in China.
    pub heard_until: NaiveDate,
}

entered_rows! {
    AnnulmentRow of "annulment" with "f.round, t.of_case, t.told_at, t.heard_until,
        (SELECT c.kind FROM case_file c WHERE c.id = t.of_case) AS of_kind,
        (SELECT c.number FROM case_file c WHERE c.id = t.of_case) AS of_number":
        list_annulments, list_annulments_of, find_annulment;
    BY_NUMBER = "SELECT id FROM case_file WHERE province = $1 AND number = $2";
    STATEMENTS_OF = "SELECT round, said_sealed, said_at FROM annulment_statement WHERE case_id = $1 ORDER BY round DESC";
    SAVE = "INSERT INTO annulment (case_id, account_id, province, bureau, of_case, told_at, heard_until)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (case_id) DO UPDATE SET of_case = excluded.of_case, told_at = excluded.told_at, heard_until = excluded.heard_until";
    SAY = "INSERT INTO annulment_statement (case_id, round, said_sealed, said_at) VALUES ($1, $2, $3, $4)";
}

impl Reader {
    /// The case of a 受理编号.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_case_of_number(&mut self, province: &str, number: &str) -> Result<Option<CaseId>, StoreError> {
        let id: Option<String> = on!(self, |c| sqlx::query_scalar(BY_NUMBER).bind(province).bind(number).fetch_optional(c))?;
        Ok(id.map(CaseId::from))
    }

    /// What the person said in each round of an annulment, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_statements(&mut self, case: &CaseId) -> Result<Vec<StatementRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(STATEMENTS_OF).bind(case.as_str()).fetch_all(c))?)
    }
}

impl Tx {
    /// Notes the annulment of a case that a bureau enters, over what it was before; whose and which bureau's it is stays.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn save_annulment(&mut self, new: NewAnnulment<'_>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SAVE)
            .bind(new.case.as_str())
            .bind(new.account.as_str())
            .bind(new.province)
            .bind(new.bureau.as_str())
            .bind(new.of.as_str())
            .bind(new.told_at)
            .bind(new.heard_until)
            .execute(c))?;
        Ok(())
    }

    /// Notes what the person says in a round of an annulment.
    ///
    /// # Errors
    /// `Exists` for a second time in one round.
    pub async fn add_statement(&mut self, case: &CaseId, row: &StatementRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SAY)
            .bind(case.as_str())
            .bind(row.round)
            .bind(&row.said_sealed)
            .bind(row.said_at)
            .execute(c))
        .map_err(StoreError::exists_in("annulment_statement"))?;
        Ok(())
    }
}
