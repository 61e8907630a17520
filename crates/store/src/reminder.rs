//! Of what people were reminded, of what they may be, and whether they want it by SMS too.

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::CaseKind;
use domain::id::{AccountId, CaseId};
use domain::reminder::ReminderKind;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A reminder: each is there once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReminderRow {
    /// Id of the account that is reminded.
    pub account_id: AccountId,
    /// Of what.
    pub what: ReminderKind,
    /// Of which: the id of a case, a learning year, the SHA-256 of a paper.
    pub about: String,
    /// The mark before the deadline, in China.
    pub mark_on: NaiveDate,
}

/// A case that was returned.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ReturnedRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub id: CaseId,
    /// Id of the account whose case it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// What the case is about.
    #[sqlx(try_from = "String")]
    pub kind: CaseKind,
    /// When it was returned, in UTC.
    pub decided_at: DateTime<Utc>,
}

/// The last day of a paper, as its person noted it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ExpiringRow {
    /// Id of the account whose paper it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// SHA-256 of the paper.
    pub sha256: String,
    /// Its last day.
    pub expires_on: NaiveDate,
}

/// Where a walk over all records has ended: after every id.
pub const WALKED: &str = "~";

sql! {
    HAS = "SELECT count(*) FROM reminder WHERE account_id = $1 AND what = $2 AND about = $3 AND mark_on = $4";
    NOTE = "INSERT INTO reminder (account_id, what, about, mark_on, told_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (account_id, what, about, mark_on) DO NOTHING";
    RETURNED = "SELECT id, account_id, kind, decided_at FROM case_file
        WHERE province = $1 AND status = 'returned' AND (decided_at, id) > ($2, $3) AND decided_at < $4 ORDER BY decided_at, id LIMIT $5";
    EXPIRING = "SELECT account_id, sha256, expires_on FROM paper_expiry
        WHERE (expires_on, account_id, sha256) > ($1, $2, $3) AND expires_on <= $4 ORDER BY expires_on, account_id, sha256 LIMIT $5";
    RECORDED = "SELECT account_id FROM record WHERE is_current AND account_id > $2 AND province = $1 ORDER BY account_id LIMIT $3";
    WALKED_TO = "SELECT after_id FROM reminder_walk WHERE name = $1";
    WALK = "INSERT INTO reminder_walk (name, after_id) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET after_id = excluded.after_id WHERE reminder_walk.after_id < excluded.after_id";
    WANTS_SMS = "SELECT by_sms FROM reminder_choice WHERE account_id = $1";
    CHOOSE = "INSERT INTO reminder_choice (account_id, by_sms, chosen_at) VALUES ($1, $2, $3)
        ON CONFLICT (account_id) DO UPDATE SET by_sms = excluded.by_sms, chosen_at = excluded.chosen_at";
}

impl Reader {
    /// Whether somebody was reminded.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn has_reminder(&mut self, row: &ReminderRow) -> Result<bool, StoreError> {
        let count = on!(self, |c| sqlx::query_scalar::<_, i64>(HAS)
            .bind(row.account_id.as_str())
            .bind(row.what.code())
            .bind(&row.about)
            .bind(row.mark_on)
            .fetch_one(c))?;
        Ok(count > 0)
    }

    /// Cases of a province that were returned before an instant, and still are, the oldest first; `after` is the instant and the id of
    /// the last one of the page before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_returned(
        &mut self,
        province: &str,
        after: (DateTime<Utc>, &str),
        before: DateTime<Utc>,
        limit: i64,
    ) -> Result<Vec<ReturnedRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(RETURNED)
            .bind(province)
            .bind(after.0)
            .bind(after.1)
            .bind(before)
            .bind(limit)
            .fetch_all(c))?)
    }

    /// Papers of all provinces whose last day is not after `until`; `after` are last day, account and SHA-256 of the last one of the
    /// page before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_expiring(
        &mut self,
        after: (NaiveDate, &str, &str),
        until: NaiveDate,
        limit: i64,
    ) -> Result<Vec<ExpiringRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(EXPIRING)
            .bind(after.0)
            .bind(after.1)
            .bind(after.2)
            .bind(until)
            .bind(limit)
            .fetch_all(c))?)
    }

    /// Accounts of a province that have a record, by their ids.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_with_record(&mut self, province: &str, after: &str, limit: i64) -> Result<Vec<AccountId>, StoreError> {
        let ids: Vec<String> = on!(self, |c| sqlx::query_scalar(RECORDED).bind(province).bind(after).bind(limit).fetch_all(c))?;
        Ok(ids.into_iter().map(AccountId::from).collect())
    }

    /// How far a walk over all records has come: the id of the last account, [`WALKED`] at its end, empty before it began.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn walked_to(&mut self, name: &str) -> Result<String, StoreError> {
        let after: Option<String> = on!(self, |c| sqlx::query_scalar(WALKED_TO).bind(name).fetch_optional(c))?;
        Ok(after.unwrap_or_default())
    }

    /// Whether somebody wants reminders by SMS too.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn wants_reminder_sms(&mut self, account: &AccountId) -> Result<bool, StoreError> {
        let wants: Option<bool> = on!(self, |c| sqlx::query_scalar(WANTS_SMS).bind(account.as_str()).fetch_optional(c))?;
        Ok(wants.unwrap_or_default())
    }
}

impl Tx {
    /// Notes a reminder; `false` where it was noted before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn note_reminder(&mut self, row: &ReminderRow, at: DateTime<Utc>) -> Result<bool, StoreError> {
        let new = change!(self, |c| sqlx::query(NOTE)
            .bind(row.account_id.as_str())
            .bind(row.what.code())
            .bind(&row.about)
            .bind(row.mark_on)
            .bind(at)
            .execute(c))?;
        Ok(new == 1)
    }

    /// Notes how far a walk has come; it never goes back.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn walk_on(&mut self, name: &str, after: &str) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(WALK).bind(name).bind(after).execute(c))?;
        Ok(())
    }

    /// Notes whether somebody wants reminders by SMS too.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn choose_reminder_sms(&mut self, account: &AccountId, by_sms: bool, at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(CHOOSE).bind(account.as_str()).bind(by_sms).bind(at).execute(c))?;
        Ok(())
    }
}
