//! 学分折算: what each case of it asks for. The same is asked for once by a person, as long as it is not over.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::case::Status;
use domain::id::{AccountId, CaseId};

/// What a case asks to have converted, and where it stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ConversionRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// The learning year.
    pub year: i64,
    /// Code of the kind of conversion.
    pub kind: String,
    /// Code of the 子选项; empty for none.
    pub choice: String,
    /// In hundredths, as it was reckoned when it was handed in, then as it was booked; 0 before.
    pub amount: i64,
    /// What its approval found it worth before the cap of the year, in hundredths; 0 before.
    pub worth: i64,
    /// 受理编号; `None` before the first submission.
    pub number: Option<String>,
    /// Where the case stands.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// 轮次: counts the submissions.
    pub round: i64,
    /// What the next change must name.
    pub version: i64,
    /// When it was last submitted, in UTC; `None` before.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was last decided, in UTC; `None` before.
    pub decided_at: Option<DateTime<Utc>>,
}

sql! {
    OF_ACCOUNT = "SELECT f.id AS case_id, v.year, v.kind, v.choice, v.amount, v.worth, f.number, f.status, f.round, f.version, f.submitted_at, f.decided_at
        FROM case_file f JOIN conversion v ON v.case_id = f.id
        WHERE f.account_id = $1 AND f.kind = 'conversion' AND (f.status <> 'closed' OR f.decided_at IS NOT NULL) ORDER BY f.created_at DESC, f.id DESC LIMIT $2";
    OF_CASE = "SELECT f.id AS case_id, v.year, v.kind, v.choice, v.amount, v.worth, f.number, f.status, f.round, f.version, f.submitted_at, f.decided_at
        FROM conversion v JOIN case_file f ON f.id = v.case_id WHERE v.case_id = $1";
    SAME = "SELECT f.id AS case_id, v.year, v.kind, v.choice, v.amount, v.worth, f.number, f.status, f.round, f.version, f.submitted_at, f.decided_at
        FROM conversion v JOIN case_file f ON f.id = v.case_id WHERE v.account_id = $1 AND v.same_hash = $2";
    INSERT = "INSERT INTO conversion (case_id, account_id, year, kind, choice, amount) VALUES ($1, $2, $3, $4, $5, 0)";
    CHOOSE = "UPDATE conversion SET year = $2, kind = $3, choice = $4 WHERE case_id = $1";
    ASK = "UPDATE conversion SET amount = $2, same_hash = $3 WHERE case_id = $1";
    SETTLE = "UPDATE conversion SET amount = $2, worth = $3 WHERE case_id = $1";
    OF_KIND = "SELECT f.id AS case_id, v.year, v.kind, v.choice, v.amount, v.worth, f.number, f.status, f.round, f.version, f.submitted_at, f.decided_at
        FROM conversion v JOIN case_file f ON f.id = v.case_id WHERE v.account_id = $1 AND v.year = $2 AND v.kind = $3";
    PROOFS = "SELECT a.case_id, a.id, a.slot FROM conversion v JOIN attachment a ON a.case_id = v.case_id
        WHERE v.account_id = $1 AND a.is_current ORDER BY a.case_id, a.slot, a.place";
    REASONS = "SELECT e.case_id, e.note FROM conversion v JOIN case_event e ON e.case_id = v.case_id
        WHERE v.account_id = $1 AND e.action IN ('return', 'revoke') ORDER BY e.at, e.id";
    ELSEWHERE = "SELECT count(*) FROM attachment a JOIN case_file f ON f.id = a.case_id
        WHERE a.sha256 = $1 AND a.case_id <> $2
        AND NOT (f.status = 'closed' AND f.decided_at IS NULL AND f.account_id = (SELECT own.account_id FROM case_file own WHERE own.id = $2))";
    OVER = "UPDATE conversion SET same_hash = NULL WHERE case_id = $1";
}

impl Reader {
    /// The conversions of a person, the newest first, so many at most; without those that they deleted.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_conversions(&mut self, account: &AccountId, limit: i64) -> Result<Vec<ConversionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).bind(limit).fetch_all(c))?)
    }

    /// The files of all conversions of a person: case, id and slot.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_proofs(&mut self, account: &AccountId) -> Result<Vec<(String, String, String)>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(PROOFS).bind(account.as_str()).fetch_all(c))?)
    }

    /// Why conversions of a person were returned or revoked: the case and what was written, the oldest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_reasons(&mut self, account: &AccountId) -> Result<Vec<(String, String)>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(REASONS).bind(account.as_str()).fetch_all(c))?)
    }

    /// How often a file was uploaded for other cases, by its SHA-256; those do not count that the same person deleted.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_file_elsewhere(&mut self, sha256: &str, case: &CaseId) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(ELSEWHERE).bind(sha256).bind(case.as_str()).fetch_one(c))?)
    }

    /// What a case asks for.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_conversion(&mut self, case: &CaseId) -> Result<Option<ConversionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_CASE).bind(case.as_str()).fetch_optional(c))?)
    }

    /// The conversions of a person of one kind for one learning year, whatever became of them.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_conversions_of(
        &mut self,
        account: &AccountId,
        year: i32,
        kind: &str,
    ) -> Result<Vec<ConversionRow>, StoreError> {
        let year = i64::from(year);
        Ok(on!(self, |c| sqlx::query_as(OF_KIND).bind(account.as_str()).bind(year).bind(kind).fetch_all(c))?)
    }

    /// The conversion of a person that asks for the same and is not over, by the keyed hash of what makes them the same.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_same_conversion(&mut self, account: &AccountId, hash: &[u8]) -> Result<Option<ConversionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(SAME).bind(account.as_str()).bind(hash).fetch_optional(c))?)
    }
}

impl Tx {
    /// Notes what a new case asks for.
    ///
    /// # Errors
    /// `Exists` when the case has been noted before.
    pub async fn insert_conversion(
        &mut self,
        (case, account): (&CaseId, &AccountId),
        (year, kind, choice): (i32, &str, &str),
    ) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(case.as_str())
            .bind(account.as_str())
            .bind(i64::from(year))
            .bind(kind)
            .bind(choice)
            .execute(c))
        .map_err(StoreError::exists_in("conversion"))?;
        Ok(())
    }

    /// Notes another year, kind or 子选项.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn save_conversion(&mut self, case: &CaseId, (year, kind, choice): (i32, &str, &str)) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(CHOOSE).bind(case.as_str()).bind(i64::from(year)).bind(kind).bind(choice).execute(c))?;
        Ok(())
    }

    /// Notes how much it is, and that nobody can ask for the same while it is not over.
    ///
    /// # Errors
    /// `Exists` when another case of the person asks for the same.
    pub async fn ask_conversion(&mut self, case: &CaseId, amount: i64, same_hash: &[u8]) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(ASK).bind(case.as_str()).bind(amount).bind(same_hash).execute(c))
            .map_err(StoreError::exists_in("conversion"))?;
        Ok(())
    }

    /// Notes how much was booked, and what it is worth before the cap of the year.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn settle_conversion(&mut self, case: &CaseId, (amount, worth): (i64, i64)) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SETTLE).bind(case.as_str()).bind(amount).bind(worth).execute(c))?;
        Ok(())
    }

    /// Lets the person ask for the same again: the case was deleted or cancelled.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn release_conversion(&mut self, case: &CaseId) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(OVER).bind(case.as_str()).execute(c))?;
        Ok(())
    }
}
