//! What a province gives to the national platform of its integrity record.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::{AccountId, BureauCode};
use domain::integrity::{Ban, Ending, EntryKind};

use crate::conn::{Reader, on, sql};
use crate::error::StoreError;

/// An entry with whose it is and what ended it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ExportedRow {
    /// 受理编号 of the case that recorded it.
    pub case_number: Option<String>,
    /// What it is about.
    #[sqlx(try_from = "String")]
    pub kind: EntryKind,
    /// Whose it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Their name.
    pub name: String,
    /// 证件类型, as a code.
    pub document_kind: String,
    /// The number of their document, sealed.
    pub document_sealed: Vec<u8>,
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
    /// When it was recorded, in UTC.
    pub recorded_at: DateTime<Utc>,
    /// The word of an [`Ending`]; `None` while it stands.
    pub ending: Option<String>,
    /// When it ended, in UTC.
    pub ended_at: Option<DateTime<Utc>>,
}

impl ExportedRow {
    /// What it keeps the person from, whenever.
    #[must_use]
    pub fn ban(&self) -> Option<Ban> {
        Ban::read(&self.ban, self.ban_until)
    }

    /// What became of it; `None` while it stands.
    #[must_use]
    pub fn ending(&self) -> Option<Ending> {
        self.ending.as_deref().and_then(Ending::from_code)
    }
}

sql! {
    BETWEEN = "SELECT f.number AS case_number, e.kind, e.account_id, a.name, a.document_kind, a.document_sealed, e.title, e.level, e.body,
            e.number, e.decided_on, e.basis, e.ban, e.ban_until, e.bureau, e.recorded_at, r.ending, r.recorded_at AS ended_at
        FROM integrity_entry e JOIN account a ON a.id = e.account_id JOIN case_file f ON f.id = e.case_id
            LEFT JOIN integrity_entry r ON r.reverses = e.id
        WHERE e.province = $1 AND e.reverses IS NULL AND (e.kind = $2 OR e.kind = $3)
            AND ((e.recorded_at >= $4 AND e.recorded_at < $5) OR (r.recorded_at >= $4 AND r.recorded_at < $5))
        ORDER BY e.recorded_at, e.id LIMIT $6";
}

impl Reader {
    /// The entries of a province of these kinds that were recorded or ended from one instant to before another, the oldest first, so
    /// many at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_exported_entries(
        &mut self,
        province: &str,
        kinds: [EntryKind; 2],
        (from, to): (DateTime<Utc>, DateTime<Utc>),
        limit: i64,
    ) -> Result<Vec<ExportedRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BETWEEN)
            .bind(province)
            .bind(kinds[0].code())
            .bind(kinds[1].code())
            .bind(from)
            .bind(to)
            .bind(limit)
            .fetch_all(c))?)
    }
}
