//! The ledger of a province in the order in which it was booked, for a file.

use chrono::{DateTime, Utc};
use domain::id::AccountId;
use domain::learning::{SourceKind, Subject};

use crate::conn::{Reader, on, sql};
use crate::error::StoreError;

/// A row of the ledger with whom it is of: of accounts that were merged the one that stayed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct BookedRow {
    /// Id of the row.
    pub id: String,
    /// Whose it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// 姓名.
    pub name: String,
    /// 证件类型, as a code.
    pub document_kind: String,
    /// 证件号码, sealed.
    pub document_sealed: Vec<u8>,
    /// 继续教育年度.
    pub year: i64,
    /// 科目类别.
    #[sqlx(try_from = "String")]
    pub subject: Subject,
    /// In hundredths.
    pub amount: i64,
    /// 通过方式.
    #[sqlx(try_from = "String")]
    pub source_kind: SourceKind,
    /// When it was booked, in UTC.
    pub booked_at: DateTime<Utc>,
    /// The row that it takes back.
    pub reverses: Option<String>,
}

sql! {
    BOOKED = "SELECT c.id, a.id AS account_id, a.name, a.document_kind, a.document_sealed, c.year, c.subject, c.amount, c.source_kind,
            c.booked_at, c.reverses
        FROM credit_entry c
        LEFT JOIN account_merge m ON m.loser = c.account_id AND m.agreed_at IS NOT NULL AND m.ended_at IS NULL
        JOIN account a ON a.id = COALESCE(m.winner, c.account_id)
        WHERE c.province = $1 AND c.booked_at >= $2 AND c.booked_at < $3 ORDER BY c.booked_at, c.id LIMIT $4";
}

impl Reader {
    /// What was booked in a province from one time to before another, so many rows at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_booked(
        &mut self,
        province: &str,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
        most: i64,
    ) -> Result<Vec<BookedRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BOOKED).bind(province).bind(from).bind(until).bind(most).fetch_all(c))?)
    }
}
