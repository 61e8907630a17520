//! 诚信档案: rewards and penalties as they were recorded. Rows are only added; what is taken back is a further row.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::{AccountId, BureauCode, CaseId, StaffId};
use domain::integrity::{Ban, Ending, EntryKind};

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use crate::ids::Given;

/// An entry, or what takes one back.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct IntegrityEntryRow {
    /// Its id.
    pub id: String,
    /// Whose it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Key of the province.
    pub province: String,
    /// What it is about.
    #[sqlx(try_from = "String")]
    pub kind: EntryKind,
    /// The approved case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// The name of a reward, the kinds of a penalty.
    pub title: String,
    /// The code of the level of a reward; empty for a penalty.
    pub level: String,
    /// 授予单位, 处罚决定机关.
    pub body: String,
    /// 文号; empty for none.
    pub number: String,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// The law of a penalty with its articles; empty for a reward.
    pub basis: String,
    /// The word of a [`Ban`]; empty for none.
    pub ban: String,
    /// The last day of a ban that ends.
    pub ban_until: Option<NaiveDate>,
    /// The bureau that recorded it.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
    /// Who of the staff entered it; `None` where the person did.
    #[sqlx(try_from = "Given<StaffId>")]
    pub entered_by: Option<StaffId>,
    /// Who of the staff approved or confirmed it, or took it back.
    #[sqlx(try_from = "String")]
    pub confirmed_by: StaffId,
    /// When, in UTC.
    pub recorded_at: DateTime<Utc>,
    /// The entry that it takes back.
    pub reverses: Option<String>,
    /// The word of an [`Ending`]: what becomes of that one; empty where it takes none back.
    pub ending: String,
    /// Why it does; empty where it takes none back.
    pub reason: String,
}

impl IntegrityEntryRow {
    /// What it keeps the person from, whenever.
    #[must_use]
    pub fn ban(&self) -> Option<Ban> {
        Ban::read(&self.ban, self.ban_until)
    }

    /// What becomes of the entry that it takes back.
    #[must_use]
    pub fn ending(&self) -> Option<Ending> {
        Ending::from_code(&self.ending)
    }
}

/// A penalty that stands, with whose it is.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StandingPenaltyRow {
    /// Whose it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Their name.
    pub name: String,
    /// The number of their document, sealed.
    pub document_sealed: Vec<u8>,
    /// The kinds.
    pub title: String,
    /// 处罚决定机关.
    pub body: String,
    /// 处罚决定书文号.
    pub number: String,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// The law with its articles.
    pub basis: String,
    /// The word of a [`Ban`]; empty for none.
    pub ban: String,
    /// The last day of a ban that ends.
    pub ban_until: Option<NaiveDate>,
}

sql! {
    OF_ACCOUNT = "SELECT id, account_id, province, kind, case_id, title, level, body, number, decided_on, basis, ban, ban_until, bureau,
            entered_by, confirmed_by, recorded_at, reverses, ending, reason
        FROM integrity_entry WHERE account_id IN (SELECT CAST($1 AS TEXT) UNION ALL SELECT m.loser FROM account_merge m
            WHERE m.winner = $1 AND m.agreed_at IS NOT NULL AND m.ended_at IS NULL)
        ORDER BY recorded_at DESC, id DESC";
    OF_CASE = "SELECT id, account_id, province, kind, case_id, title, level, body, number, decided_on, basis, ban, ban_until, bureau,
            entered_by, confirmed_by, recorded_at, reverses, ending, reason
        FROM integrity_entry WHERE case_id = $1 AND reverses IS NULL";
    STANDING = "SELECT e.account_id, a.name, a.document_sealed, e.title, e.body, e.number, e.decided_on, e.basis, e.ban, e.ban_until
        FROM integrity_entry e JOIN account a ON a.id = e.account_id
        WHERE e.province = $1 AND e.kind = 'penalty' AND e.reverses IS NULL
            AND NOT EXISTS (SELECT 1 FROM integrity_entry r WHERE r.reverses = e.id)
        ORDER BY e.decided_on DESC, e.id DESC LIMIT $2";
    INSERT = "INSERT INTO integrity_entry
        (id, account_id, province, kind, case_id, title, level, body, number, decided_on, basis, ban, ban_until, bureau, entered_by,
         confirmed_by, recorded_at, reverses, ending, reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
}

impl Reader {
    /// Everything that is recorded of a person, with what takes something back, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_integrity_entries(&mut self, account: &AccountId) -> Result<Vec<IntegrityEntryRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?)
    }

    /// The penalties of a province that stand, those that were decided last first, so many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_standing_penalties(&mut self, province: &str, limit: i64) -> Result<Vec<StandingPenaltyRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(STANDING).bind(province).bind(limit).fetch_all(c))?)
    }

    /// What the approval of a case recorded.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_integrity_entry_of(&mut self, case: &CaseId) -> Result<Option<IntegrityEntryRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_CASE).bind(case.as_str()).fetch_optional(c))?)
    }
}

impl Tx {
    /// Records it.
    ///
    /// # Errors
    /// `Exists` on PostgreSQL, `Driver` on SQLite, for a second one of a case and a second one that takes the same back.
    pub async fn insert_integrity_entry(&mut self, row: &IntegrityEntryRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(row.account_id.as_str())
            .bind(&row.province)
            .bind(row.kind.code())
            .bind(row.case_id.as_str())
            .bind(&row.title)
            .bind(&row.level)
            .bind(&row.body)
            .bind(&row.number)
            .bind(row.decided_on)
            .bind(&row.basis)
            .bind(&row.ban)
            .bind(row.ban_until)
            .bind(row.bureau.as_str())
            .bind(row.entered_by.as_ref().map(StaffId::as_str))
            .bind(row.confirmed_by.as_str())
            .bind(row.recorded_at)
            .bind(row.reverses.as_deref())
            .bind(&row.ending)
            .bind(&row.reason)
            .execute(c))
        .map_err(StoreError::exists_in("integrity_entry"))?;
        Ok(())
    }
}
