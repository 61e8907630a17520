//! 诚信: the rewards that cases ask to have recorded. Penalties and the record itself stand beside.

pub mod entry;
pub mod export;
pub mod objection;
pub mod penalty;

use chrono::NaiveDate;
use domain::case::Status;
use domain::id::{AccountId, CaseId};
use domain::integrity::Reward;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A reward with where its case stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RewardRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// 奖励名称.
    pub name: String,
    /// The code of its level.
    pub level: String,
    /// 授予单位.
    pub body: String,
    /// 授予日期.
    pub granted_on: NaiveDate,
    /// 文号; empty for none.
    pub number: String,
    /// 受理编号; `None` before the first submission.
    pub case_number: Option<String>,
    /// Where the case stands.
    #[sqlx(try_from = "String")]
    pub status: Status,
}

impl RewardRow {
    /// The reward.
    #[must_use]
    pub fn reward(&self) -> Reward {
        Reward {
            name: self.name.clone(),
            level: self.level.clone(),
            body: self.body.clone(),
            granted_on: self.granted_on,
            number: self.number.clone(),
        }
    }
}

sql! {
    OF_ACCOUNT = "SELECT r.case_id, r.name, r.level, r.body, r.granted_on, r.number, f.number AS case_number, f.status
        FROM reward r JOIN case_file f ON f.id = r.case_id
        WHERE r.account_id = $1 AND (f.status <> 'closed' OR f.decided_at IS NOT NULL) ORDER BY f.created_at DESC, f.id DESC LIMIT $2";
    OF_CASE = "SELECT r.case_id, r.name, r.level, r.body, r.granted_on, r.number, f.number AS case_number, f.status
        FROM reward r JOIN case_file f ON f.id = r.case_id WHERE r.case_id = $1";
    SAVE = "INSERT INTO reward (case_id, account_id, name, level, body, granted_on, number) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (case_id) DO UPDATE SET name = excluded.name, level = excluded.level, body = excluded.body,
            granted_on = excluded.granted_on, number = excluded.number";
}

impl Reader {
    /// The rewards that a person entered, the newest first, so many at most; without those that they deleted or cancelled.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_rewards(&mut self, account: &AccountId, limit: i64) -> Result<Vec<RewardRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).bind(limit).fetch_all(c))?)
    }

    /// The reward of a case.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_reward(&mut self, case: &CaseId) -> Result<Option<RewardRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_CASE).bind(case.as_str()).fetch_optional(c))?)
    }
}

impl Tx {
    /// Notes the reward of a case, over what it was before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn save_reward(&mut self, (case, account): (&CaseId, &AccountId), of: &Reward) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SAVE)
            .bind(case.as_str())
            .bind(account.as_str())
            .bind(&of.name)
            .bind(&of.level)
            .bind(&of.body)
            .bind(of.granted_on)
            .bind(&of.number)
            .execute(c))?;
        Ok(())
    }
}
