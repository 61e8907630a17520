//! 单位确认: what people asked of employers, and what the administrators of these said.

use chrono::{DateTime, Utc};
use domain::id::AccountId;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A question to an employer. The secret in its link is kept as its hash.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ConfirmationRow {
    /// Its id.
    pub id: String,
    /// Whom it is about.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Key of the province.
    pub province: String,
    /// 统一社会信用代码.
    pub code: String,
    /// 单位名称, as it was when it was asked.
    pub employer_name: String,
    /// Who is asked.
    pub manager_id: String,
    /// Hash of the secret in the link.
    pub link_hash: Vec<u8>,
    /// Keyed hash of the 手机号 to which the message went.
    pub mobile_hash: Vec<u8>,
    /// When it was asked, in UTC.
    pub asked_at: DateTime<Utc>,
    /// Until when the link serves, in UTC.
    pub expires_at: DateTime<Utc>,
    /// `confirmed`, `refused` or `withdrawn`; empty before.
    pub answer: String,
    /// Why it was refused, sealed; `None` otherwise.
    pub reason_sealed: Option<Vec<u8>>,
    /// When it was answered, in UTC.
    pub answered_at: Option<DateTime<Utc>>,
}

sql! {
    OF_ACCOUNT = "SELECT id, account_id, province, code, employer_name, manager_id, link_hash, mobile_hash, asked_at, expires_at, answer,
            reason_sealed, answered_at
        FROM employer_confirmation WHERE account_id = $1 ORDER BY asked_at DESC, id DESC LIMIT $2";
    OF_LINK = "SELECT id, account_id, province, code, employer_name, manager_id, link_hash, mobile_hash, asked_at, expires_at, answer,
            reason_sealed, answered_at
        FROM employer_confirmation WHERE link_hash = $1";
    CONFIRMED = "SELECT id, account_id, province, code, employer_name, manager_id, link_hash, mobile_hash, asked_at, expires_at, answer,
            reason_sealed, answered_at
        FROM employer_confirmation WHERE account_id = $1 AND answer = 'confirmed'
          AND NOT EXISTS (SELECT 1 FROM employer_manager m JOIN case_event e ON e.case_id = m.case_id
              WHERE m.id = employer_confirmation.manager_id AND e.action = 'revoke')
        ORDER BY answered_at DESC, id DESC LIMIT $2";
    INSERT = "INSERT INTO employer_confirmation
            (id, account_id, province, code, employer_name, manager_id, link_hash, mobile_hash, asked_at, expires_at, answer)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '')";
    ANSWER = "UPDATE employer_confirmation SET answer = $2, reason_sealed = $3, answered_at = $4 WHERE id = $1 AND answer = ''";
}

impl Reader {
    /// What a person asked of employers, the newest first, so many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_confirmations(&mut self, account: &AccountId, limit: i64) -> Result<Vec<ConfirmationRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).bind(limit).fetch_all(c))?)
    }

    /// What employers have confirmed of a person, the newest first, so many at most; nothing by somebody whose claim was approved on
    /// something false and revoked.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_confirmed(&mut self, account: &AccountId, limit: i64) -> Result<Vec<ConfirmationRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(CONFIRMED).bind(account.as_str()).bind(limit).fetch_all(c))?)
    }

    /// The question with the link of this hash.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_confirmation(&mut self, hash: &[u8]) -> Result<Option<ConfirmationRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_LINK).bind(hash).fetch_optional(c))?)
    }
}

impl Tx {
    /// Keeps a question.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_confirmation(&mut self, row: &ConfirmationRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(row.account_id.as_str())
            .bind(&row.province)
            .bind(&row.code)
            .bind(&row.employer_name)
            .bind(&row.manager_id)
            .bind(&row.link_hash)
            .bind(&row.mobile_hash)
            .bind(row.asked_at)
            .bind(row.expires_at)
            .execute(c))?;
        Ok(())
    }

    /// Notes the answer, once; answers whether there was none before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn answer_confirmation(
        &mut self,
        id: &str,
        (answer, reason_sealed): (&str, Option<&[u8]>),
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(ANSWER).bind(id).bind(answer).bind(reason_sealed).bind(at).execute(c))? == 1)
    }
}
