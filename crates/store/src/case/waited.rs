//! How long the bureaus take: what is read of their decisions once a day, and the figures that are told.

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::{CaseKind, Status, Waits};
use domain::id::{BureauCode, CaseId};

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A case came to the bureau, or left it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MoveRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// Where the case stood afterwards.
    #[sqlx(try_from = "String")]
    pub status_after: Status,
}

/// What people waited for a bureau.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct WaitRow {
    /// 财政局代码 of the bureau.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
    /// Of how many cases; 0 where there were too few to say anything.
    pub cases: i64,
    /// Working days within which half of them were approved.
    pub half_days: i64,
    /// Working days within which nine tenths of them were approved.
    pub most_days: i64,
}

impl WaitRow {
    /// Of a bureau; without figures where there are none.
    #[must_use]
    pub fn of(bureau: BureauCode, waits: Option<Waits>) -> Self {
        let [cases, half_days, most_days] = waits.map_or([0; 3], |waits| [waits.cases, waits.half, waits.most].map(i64::from));
        Self { bureau, cases, half_days, most_days }
    }

    /// The figures; `None` where there are none.
    #[must_use]
    pub fn waits(&self) -> Option<Waits> {
        let of = |number| u32::try_from(number).unwrap_or(u32::MAX);
        (self.cases > 0).then(|| Waits { cases: of(self.cases), half: of(self.half_days), most: of(self.most_days) })
    }
}

sql! {
    MOVES = "SELECT e.case_id, e.at, e.status_after FROM case_file c JOIN case_event e ON e.case_id = c.id
        WHERE c.province = $1 AND c.bureau = $2 AND c.status = 'approved' AND c.decided_at >= $4 AND c.decided_at < $5 AND c.kind = $3
          AND e.status_before <> e.status_after AND (e.status_before = 'submitted' OR e.status_after = 'submitted')
        ORDER BY e.case_id, e.at, e.id";
    WAITING = "SELECT count(*) FROM case_file WHERE province = $1 AND status = 'submitted'";
    COUNTED = "SELECT count(*) FROM bureau_wait WHERE province = $1 AND counted_on = $2";
    LIST = "SELECT bureau, cases, half_days, most_days FROM bureau_wait
        WHERE province = $1 AND counted_on >= $2 AND counted_on <= $3 AND cases > 0 ORDER BY bureau";
    KEEP = "INSERT INTO bureau_wait (province, bureau, counted_on, cases, half_days, most_days) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (province, bureau) DO UPDATE
        SET counted_on = excluded.counted_on, cases = excluded.cases, half_days = excluded.half_days, most_days = excluded.most_days";
}

impl Reader {
    /// How the cases of a kind that a bureau approved in a while came to it and left it, case by case, the oldest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_moves(
        &mut self,
        (province, bureau): (&str, &BureauCode),
        kind: CaseKind,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Vec<MoveRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(MOVES)
            .bind(province)
            .bind(bureau.as_str())
            .bind(kind.code())
            .bind(from)
            .bind(until)
            .fetch_all(c))?)
    }

    /// How many cases of a province wait for a bureau.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_waiting(&mut self, province: &str) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(WAITING).bind(province).fetch_one(c))?)
    }

    /// Whether the figures of a province are those of this day.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn has_waits_of(&mut self, province: &str, day: NaiveDate) -> Result<bool, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar::<_, i64>(COUNTED).bind(province).bind(day).fetch_one(c))? > 0)
    }

    /// The bureaus of a province of which there are figures of these days.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_waits(&mut self, province: &str, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<WaitRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LIST).bind(province).bind(from).bind(to).fetch_all(c))?)
    }
}

impl Tx {
    /// Keeps the figures of a bureau over those of another day.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn keep_wait(&mut self, province: &str, day: NaiveDate, row: &WaitRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(KEEP)
            .bind(province)
            .bind(row.bureau.as_str())
            .bind(day)
            .bind(row.cases)
            .bind(row.half_days)
            .bind(row.most_days)
            .execute(c))?;
        Ok(())
    }
}
