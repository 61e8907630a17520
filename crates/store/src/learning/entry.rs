//! 学分: rows that are only added, by one function; sums are reckoned from them (docs/adr/0036).

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use crate::ids::Given;
use chrono::{DateTime, Utc};
use domain::id::{AccountId, EntryId};
use domain::learning::{CreditEntry, Credits, Source, SourceKind, Subject};

#[derive(Debug, sqlx::FromRow)]
struct EntryRow {
    #[sqlx(try_from = "String")]
    id: EntryId,
    year: i64,
    #[sqlx(try_from = "String")]
    subject: Subject,
    amount: i64,
    #[sqlx(try_from = "String")]
    source_kind: SourceKind,
    source_id: String,
    rule: String,
    arithmetic: String,
    decided: String,
    booked_by: String,
    booked_at: DateTime<Utc>,
    #[sqlx(try_from = "Given<EntryId>")]
    reverses: Option<EntryId>,
}

impl From<EntryRow> for CreditEntry {
    fn from(row: EntryRow) -> Self {
        Self {
            id: row.id,
            year: i32::try_from(row.year).unwrap_or_default(),
            subject: row.subject,
            amount: Credits::of_hundredths(row.amount),
            source: Source { kind: row.source_kind, id: row.source_id },
            rule: row.rule,
            arithmetic: row.arithmetic,
            decided: row.decided,
            booked_by: row.booked_by,
            booked_at: row.booked_at,
            reverses: row.reverses,
        }
    }
}

sql! {
    // Of accounts that were merged the rows stay with the one that they were booked for (docs/adr/0052).
    OF_ACCOUNT = "SELECT id, year, subject, amount, source_kind, source_id, rule, arithmetic, decided, booked_by, booked_at, reverses
        FROM credit_entry WHERE account_id IN (SELECT CAST($1 AS TEXT) UNION ALL SELECT m.loser FROM account_merge m
            WHERE m.winner = $1 AND m.agreed_at IS NOT NULL AND m.ended_at IS NULL)
        ORDER BY year DESC, booked_at, id";
    OF_YEAR = "SELECT id, year, subject, amount, source_kind, source_id, rule, arithmetic, decided, booked_by, booked_at, reverses
        FROM credit_entry WHERE year = $2 AND account_id IN (SELECT CAST($1 AS TEXT) UNION ALL SELECT m.loser FROM account_merge m
            WHERE m.winner = $1 AND m.agreed_at IS NOT NULL AND m.ended_at IS NULL)
        ORDER BY booked_at, id";
    OF_SOURCE = "SELECT id, year, subject, amount, source_kind, source_id, rule, arithmetic, decided, booked_by, booked_at, reverses
        FROM credit_entry WHERE source_kind = $1 AND source_id = $2 AND reverses IS NULL";
    // What is taken back is taken back where it was counted, wherever the record is by then.
    BOOK = "INSERT INTO credit_entry
        (id, account_id, province, year, subject, amount, source_kind, source_id, rule, arithmetic, booked_by, booked_at, reverses, decided, bureau)
        VALUES ($1, COALESCE((SELECT c.account_id FROM credit_entry c WHERE c.id = $13), $2), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
            $14, CASE WHEN EXISTS (SELECT 1 FROM credit_entry c WHERE c.id = $13) THEN (SELECT c.bureau FROM credit_entry c WHERE c.id = $13)
                ELSE (SELECT k.bureau FROM record k WHERE k.account_id = $2 AND k.is_current) END)
        ON CONFLICT DO NOTHING";
}

impl Reader {
    /// All rows of a person, the newest learning year first and within it as they were booked.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_credits(&mut self, account: &AccountId) -> Result<Vec<CreditEntry>, StoreError> {
        let rows: Vec<EntryRow> = on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?;
        Ok(rows.into_iter().map(CreditEntry::from).collect())
    }

    /// The rows of a person for a learning year, as they were booked. `Sums::of` and `Standing::of` reckon with them.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_credits_of_year(&mut self, account: &AccountId, year: i32) -> Result<Vec<CreditEntry>, StoreError> {
        let rows: Vec<EntryRow> =
            on!(self, |c| sqlx::query_as(OF_YEAR).bind(account.as_str()).bind(i64::from(year)).fetch_all(c))?;
        Ok(rows.into_iter().map(CreditEntry::from).collect())
    }

    /// The row by which a source was booked, whether or not it was taken back since.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_credit_of_source(&mut self, source: &Source) -> Result<Option<CreditEntry>, StoreError> {
        let row: Option<EntryRow> =
            on!(self, |c| sqlx::query_as(OF_SOURCE).bind(source.kind.code()).bind(&source.id).fetch_optional(c))?;
        Ok(row.map(CreditEntry::from))
    }
}

impl Tx {
    /// Adds a row to the ledger of a person. Answers whether it was added: a source that has booked before, and a row that has
    /// been taken back before, add nothing, however many come at once. Whoever compares a sum with a cap holds the account.
    /// With it is written which bureau had the record of the person then, for the statistics.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn book_credit(&mut self, account: &AccountId, province: &str, entry: &CreditEntry) -> Result<bool, StoreError> {
        let added = change!(self, |c| sqlx::query(BOOK)
            .bind(entry.id.as_str())
            .bind(account.as_str())
            .bind(province)
            .bind(i64::from(entry.year))
            .bind(entry.subject.code())
            .bind(entry.amount.hundredths())
            .bind(entry.source.kind.code())
            .bind(&entry.source.id)
            .bind(&entry.rule)
            .bind(&entry.arithmetic)
            .bind(&entry.booked_by)
            .bind(entry.booked_at)
            .bind(entry.reverses.as_ref().map(EntryId::as_str))
            .bind(&entry.decided)
            .execute(c))?;
        Ok(added == 1)
    }
}
