//! 合并账号: which account leads to which, and what was moved with it (docs/adr/0052).

mod moves;

pub(crate) use moves::STATEMENTS as MOVES;

use chrono::{DateTime, Utc};
use domain::id::{AccountId, StaffId};

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use crate::ids::Given;

/// A merging of two accounts, asked for, in force or ended.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MergeRow {
    /// Its id.
    pub id: String,
    /// What the machine found.
    pub alike_id: String,
    /// Key of the province.
    pub province: String,
    /// The account that stays.
    #[sqlx(try_from = "String")]
    pub winner: AccountId,
    /// The account that leads to it.
    #[sqlx(try_from = "String")]
    pub loser: AccountId,
    /// Why, as whoever asked wrote it.
    pub reason: String,
    /// Who asked.
    #[sqlx(try_from = "String")]
    pub asked_by: StaffId,
    /// When, in UTC.
    pub asked_at: DateTime<Utc>,
    /// Who agreed.
    #[sqlx(try_from = "Given<StaffId>")]
    pub agreed_by: Option<StaffId>,
    /// Since when it is in force, in UTC.
    pub agreed_at: Option<DateTime<Utc>>,
    /// When it was refused or undone, in UTC.
    pub ended_at: Option<DateTime<Utc>>,
}

/// What an account has, as far as a merging moves it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct HeldRow {
    /// Applications, of whatever kind.
    pub cases: i64,
    /// Versions of the record.
    pub records: i64,
    /// Rows of the ledger of credits.
    pub credits: i64,
    /// 完成证明.
    pub certificates: i64,
    /// 网络培训报名.
    pub enrolments: i64,
    /// Rows of the integrity record.
    pub integrity: i64,
    /// 站内信.
    pub messages: i64,
    /// Sessions.
    pub sessions: i64,
}

sql! {
    LIST = "SELECT id, alike_id, province, winner, loser, reason, asked_by, asked_at, agreed_by, agreed_at, ended_at FROM account_merge
        WHERE province = $1 ORDER BY asked_at DESC, id DESC LIMIT $2";
    FIND = "SELECT id, alike_id, province, winner, loser, reason, asked_by, asked_at, agreed_by, agreed_at, ended_at FROM account_merge
        WHERE id = $1";
    OF_ACCOUNT = "SELECT id, alike_id, province, winner, loser, reason, asked_by, asked_at, agreed_by, agreed_at, ended_at FROM account_merge
        WHERE loser = $1 AND ended_at IS NULL
        UNION ALL
        SELECT id, alike_id, province, winner, loser, reason, asked_by, asked_at, agreed_by, agreed_at, ended_at FROM account_merge
        WHERE winner = $1 AND ended_at IS NULL";
    LEADS_TO = "SELECT winner FROM account_merge WHERE loser = $1 AND agreed_at IS NOT NULL AND ended_at IS NULL";
    INSERT = "INSERT INTO account_merge (id, alike_id, province, winner, loser, reason, asked_by, asked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    AGREE = "UPDATE account_merge SET agreed_by = $2, agreed_at = $3 WHERE id = $1 AND agreed_at IS NULL AND ended_at IS NULL";
    END = "UPDATE account_merge SET ended_by = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL";
    HELD = "SELECT (SELECT count(*) FROM case_file WHERE account_id = $1) AS cases,
            (SELECT count(*) FROM record WHERE account_id = $1) AS records,
            (SELECT count(*) FROM credit_entry WHERE account_id = $1) AS credits,
            (SELECT count(*) FROM completion_certificate WHERE account_id = $1) AS certificates,
            (SELECT count(*) FROM enrolment WHERE account_id = $1 AND ended_at IS NULL) AS enrolments,
            (SELECT count(*) FROM integrity_entry WHERE account_id = $1) AS integrity,
            (SELECT count(*) FROM message WHERE account_id = $1) AS messages,
            (SELECT count(*) FROM session WHERE account_id = $1) AS sessions";
    BOTH_OPEN = "SELECT count(*) FROM case_file f JOIN case_file g ON g.kind = f.kind AND g.account_id = $2
        WHERE f.account_id = $1 AND f.is_single AND f.status NOT IN ('approved', 'closed') AND g.is_single
            AND g.status NOT IN ('approved', 'closed')";
    UNSETTLED = "SELECT count(*) FROM phone_change p JOIN case_file f ON f.id = p.case_id
        WHERE p.account_id IN ($1, $2) AND p.settled_at IS NULL AND f.status IN ('submitted', 'approved')";
    SAME_CONVERSION = "SELECT count(*) FROM conversion f JOIN conversion g ON g.same_hash = f.same_hash AND g.account_id = $2
        WHERE f.account_id = $1 AND f.same_hash IS NOT NULL";
    GREW = "SELECT (SELECT count(*) FROM record r JOIN account_merge m ON m.winner = r.account_id WHERE m.id = $1 AND r.created_at > m.agreed_at
            AND (EXISTS (SELECT 1 FROM merge_move v WHERE v.merge_id = m.id AND v.what = 'record')
                OR EXISTS (SELECT 1 FROM merge_move w WHERE w.merge_id = m.id AND w.what = 'case' AND w.row_id = r.case_id)))
          + (SELECT count(*) FROM record_closing c JOIN account_merge n ON n.winner = c.account_id WHERE n.id = $1 AND c.closed_at > n.agreed_at
            AND (EXISTS (SELECT 1 FROM merge_move x WHERE x.merge_id = n.id AND x.what = 'record')
                OR EXISTS (SELECT 1 FROM annulment a JOIN merge_move y ON y.row_id = a.of_case
                    WHERE a.case_id = c.case_id AND y.merge_id = n.id AND y.what = 'case')))";
}

impl Reader {
    /// The mergings of a province, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_merges(&mut self, province: &str, limit: i64) -> Result<Vec<MergeRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LIST).bind(province).bind(limit).fetch_all(c))?)
    }

    /// A merging.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_merge(&mut self, id: &str) -> Result<Option<MergeRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(id).fetch_optional(c))?)
    }

    /// The mergings of an account that wait or are in force, on either side.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_merges_of(&mut self, account: &AccountId) -> Result<Vec<MergeRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?)
    }

    /// The account that this one leads to; `None` for almost everybody.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_leads_to(&mut self, account: &AccountId) -> Result<Option<AccountId>, StoreError> {
        let id: Option<String> = on!(self, |c| sqlx::query_scalar(LEADS_TO).bind(account.as_str()).fetch_optional(c))?;
        Ok(id.map(AccountId::from))
    }

    /// What an account has.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_held(&mut self, account: &AccountId) -> Result<HeldRow, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(HELD).bind(account.as_str()).fetch_one(c))?)
    }

    /// How many kinds of case both accounts have open of which a person may have but one.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_both_open(&mut self, [one, other]: [&AccountId; 2]) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(BOTH_OPEN).bind(one.as_str()).bind(other.as_str()).fetch_one(c))?)
    }

    /// How many changes of the telephone and appeals of either account wait for a decision or for their day.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_unsettled_phone_changes(&mut self, [one, other]: [&AccountId; 2]) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(UNSETTLED).bind(one.as_str()).bind(other.as_str()).fetch_one(c))?)
    }

    /// How many conversions of the same both accounts have.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_same_conversions(&mut self, [one, other]: [&AccountId; 2]) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(SAME_CONVERSION).bind(one.as_str()).bind(other.as_str()).fetch_one(c))?)
    }

    /// Whether a record that was moved has had another version since, or a case that was moved has written one.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn has_merged_record_grown(&mut self, merge: &str) -> Result<bool, StoreError> {
        let count: i64 = on!(self, |c| sqlx::query_scalar(GREW).bind(merge).fetch_one(c))?;
        Ok(count > 0)
    }
}

impl Tx {
    /// Notes a merging that somebody asks for.
    ///
    /// # Errors
    /// `Exists` where the account is being merged already.
    pub async fn insert_merge(&mut self, row: &MergeRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(&row.alike_id)
            .bind(&row.province)
            .bind(row.winner.as_str())
            .bind(row.loser.as_str())
            .bind(&row.reason)
            .bind(row.asked_by.as_str())
            .bind(row.asked_at)
            .execute(c))
        .map_err(StoreError::exists_in("account_merge"))?;
        Ok(())
    }

    /// Puts it into force; answers whether it waited.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn agree_merge(&mut self, id: &str, by: &StaffId, at: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(AGREE).bind(id).bind(by.as_str()).bind(at).execute(c))? == 1)
    }

    /// Ends it; answers whether it had not ended.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn end_merge(&mut self, id: &str, by: &StaffId, at: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(END).bind(id).bind(by.as_str()).bind(at).execute(c))? == 1)
    }
}
