//! The reviewer's desk: counts, the queue by due date, holds.

mod list;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use crate::ids::Given;
use chrono::{DateTime, NaiveDate, Utc};
use domain::case::{CaseKind, Status};
use domain::id::{BureauCode, CaseId, StaffId};
use serde::Deserialize;

/// A line of the queue.
#[derive(Clone, Debug, sqlx::FromRow, Deserialize)]
pub struct QueueRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub id: CaseId,
    /// 受理编号.
    pub number: String,
    /// What the case is about.
    #[sqlx(try_from = "String")]
    pub kind: CaseKind,
    /// 姓名 of the applicant, in clear.
    pub applicant: String,
    /// 财政局代码 of the bureau that has it.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
    /// Where the case stands.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// 轮次: counts the submissions, from 1.
    pub round: i64,
    /// How many pictures of papers came with the newest round.
    pub papers: i64,
    /// How many of the automatic checks found something, when it was handed in.
    pub doubts: i64,
    /// When it was last submitted, in UTC.
    pub submitted_at: DateTime<Utc>,
    /// Last day of 审核期限, in China.
    pub due_on: NaiveDate,
    /// Whether its person has not urged it.
    #[serde(deserialize_with = "list::is_one")]
    pub is_calm: bool,
    /// Id of the staff member who holds the case; `None` when nobody does.
    #[sqlx(try_from = "Given<StaffId>")]
    pub holder_id: Option<StaffId>,
    /// Name of whoever holds the case; `None` when nobody does.
    pub holder_name: Option<String>,
    /// When the hold ends, in UTC; `None` when nobody holds the case.
    pub held_until: Option<DateTime<Utc>>,
}

/// How many cases of a kind are in a status; for undecided ones also by due date.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CountRow {
    /// What the cases are about.
    #[sqlx(try_from = "String")]
    pub kind: CaseKind,
    /// Where the cases stand.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// Last day of 审核期限, in China; `None` for decided cases.
    pub due_on: Option<NaiveDate>,
    /// How many cases there are.
    pub cases: i64,
}

/// What to look for in the queue; `after` is the last line of the page before.
#[derive(Clone, Debug)]
pub struct QueueFilter<'a> {
    /// Key of the province.
    pub province: &'a str,
    /// Codes from the province down to the bureau, joined by `/`.
    pub bureau_path: &'a str,
    /// Whether cases of the bureaus below are listed too.
    pub include_below: bool,
    /// Where the listed cases stand: any of these.
    pub statuses: &'a [Status],
    /// Beginning of the applicant's name, however it is written; empty for any.
    pub applicant: &'a str,
    /// A 受理编号 or its end, with `%` for what comes before; empty for any.
    pub number: &'a str,
    /// The keyed hash of the number of a document or a telephone; `None` for any.
    pub hash: Option<&'a [u8]>,
    /// What the cases are about; `None` for anything.
    pub kind: Option<CaseKind>,
    /// The year that they are for; `None` for any and for none.
    pub year: Option<i32>,
    /// The school at which their people learn, in that year where one is named; empty for anybody.
    pub school: &'a str,
    /// The last due date that is listed.
    pub until: NaiveDate,
    /// Due date, whether nobody urged it, and id of the last line of the page before; `None` for the first page.
    pub after: Option<(NaiveDate, bool, &'a CaseId)>,
    /// Most rows that are answered.
    pub limit: i64,
}

/// Beyond every due date.
pub const NEVER: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(never) => never,
    None => NaiveDate::MAX,
};
/// Beyond every character of a name or a path.
pub(super) const LAST: &str = "\u{10FFFF}";

sql! {
    OWN = "SELECT id, number, kind, applicant, bureau, status, round, papers, doubts, submitted_at, due_on, is_calm, holder_id, holder_name, held_until
        FROM case_file
        WHERE bureau = $1 AND status = $2 AND (due_on, is_calm, id) > ($3, $14, $4) AND due_on <= $11
          AND (kind = $12 OR $12 = '') AND (year = $13 OR $13 = 0)
          AND ($5 = '' OR (applicant_key >= $5 AND applicant_key < $6)) AND ($7 = '' OR number LIKE $7) AND province = $9
          AND (account_id IN (SELECT a.id FROM account a WHERE a.province = $9 AND (a.document_hash = $10 OR a.mobile_hash = $10)) OR $10 IS NULL)
          AND (account_id IN (SELECT e.account_id FROM enrolment e WHERE e.school_id = $15 AND (e.year = $13 OR $13 = 0) AND e.ended_at IS NULL) OR $15 = '')
        ORDER BY due_on, is_calm, id LIMIT $8";
    BELOW = "SELECT id, number, kind, applicant, bureau, status, round, papers, doubts, submitted_at, due_on, is_calm, holder_id, holder_name, held_until
        FROM case_file
        WHERE province = $1 AND status = $2 AND (due_on, is_calm, id) > ($3, $15, $4) AND due_on <= $12
          AND (kind = $13 OR $13 = '') AND (year = $14 OR $14 = 0)
          AND ($5 = '' OR (applicant_key >= $5 AND applicant_key < $6)) AND ($7 = '' OR number LIKE $7)
          AND bureau_path >= $9 AND bureau_path < $10
          AND (account_id IN (SELECT a.id FROM account a WHERE a.province = $1 AND (a.document_hash = $11 OR a.mobile_hash = $11)) OR $11 IS NULL)
          AND (account_id IN (SELECT e.account_id FROM enrolment e WHERE e.school_id = $16 AND (e.year = $14 OR $14 = 0) AND e.ended_at IS NULL) OR $16 = '')
        ORDER BY due_on, is_calm, id LIMIT $8";
    WAITING = "SELECT kind, status, due_on, count(*) AS cases FROM case_file
        WHERE province = $1 AND status = 'submitted' AND bureau_path >= $2 AND bureau_path < $3
        GROUP BY kind, status, due_on ORDER BY kind, due_on";
    DECIDED = "SELECT kind, status, NULL AS due_on, count(*) AS cases FROM case_file
        WHERE province = $1 AND status IN ('returned', 'approved', 'closed') AND bureau_path >= $2 AND bureau_path < $3
        GROUP BY kind, status ORDER BY kind, status";
    HOLD = "UPDATE case_file SET holder_id = $2, holder_name = $3, held_until = $4
        WHERE id = $1 AND status = 'submitted' AND (holder_id IS NULL OR holder_id = $2 OR held_until < $5)
          AND NOT EXISTS (SELECT 1 FROM staged_decision d WHERE d.case_id = case_file.id AND d.lapsed_at IS NULL)";
    NEXT = "UPDATE case_file SET holder_id = $2, holder_name = $3, held_until = $4
        WHERE id = (SELECT id FROM case_file
                    WHERE bureau = $1 AND province = $7 AND status = 'submitted' AND id <> $6 AND (holder_id IS NULL OR holder_id = $2 OR held_until < $5)
                      AND (seat = 0 OR NOT EXISTS (SELECT 1 FROM case_event e WHERE e.case_id = case_file.id AND e.round = case_file.round
                                      AND e.action = 'endorse' AND e.actor_id = $2))
                      AND NOT EXISTS (SELECT 1 FROM case_event e WHERE e.case_id = case_file.id AND e.actor_kind = 'counter' AND e.actor_id = $2)
                      AND NOT EXISTS (SELECT 1 FROM account a JOIN staff s ON s.document_hash = a.document_hash
                                      WHERE a.id = case_file.account_id AND s.id = $2)
                      AND NOT EXISTS (SELECT 1 FROM staged_decision d WHERE d.case_id = case_file.id AND d.lapsed_at IS NULL)
                      AND NOT EXISTS (SELECT 1 FROM case_skip k WHERE k.staff_id = $2 AND k.case_id = case_file.id AND k.skipped_on = $8)
                    ORDER BY due_on, is_calm, id LIMIT 1)
          AND status = 'submitted' AND (holder_id IS NULL OR holder_id = $2 OR held_until < $5)
        RETURNING id";
    RELEASE = "UPDATE case_file SET holder_id = NULL, holder_name = NULL, held_until = NULL WHERE id = $1 AND holder_id = $2
          AND NOT EXISTS (SELECT 1 FROM staged_decision d WHERE d.case_id = case_file.id AND d.lapsed_at IS NULL)";
}

impl Reader {
    /// A page of the queue, sorted by due date, what was urged before the rest of its day. Each status is asked for by itself: so every statement reads its rows in the
    /// order of the index and stops after the page, however many there are.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_queue(&mut self, f: &QueueFilter<'_>) -> Result<Vec<QueueRow>, StoreError> {
        let mut rows = Vec::new();
        for status in f.statuses {
            rows.extend(self.list_status(f, *status).await?);
        }
        rows.sort_by(|one, other| (one.due_on, one.is_calm, &one.id).cmp(&(other.due_on, other.is_calm, &other.id)));
        rows.truncate(usize::try_from(f.limit).unwrap_or_default());
        Ok(rows)
    }

    /// The counts of the workbench: undecided cases by due date, decided ones by status.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_counts(&mut self, province: &str, path: &str, include_below: bool) -> Result<Vec<CountRow>, StoreError> {
        let end = if include_below { format!("{path}{LAST}") } else { format!("{path}\u{1}") };
        let mut counts: Vec<CountRow> = on!(self, |c| sqlx::query_as(WAITING).bind(province).bind(path).bind(&end).fetch_all(c))?;
        let decided: Vec<CountRow> = on!(self, |c| sqlx::query_as(DECIDED).bind(province).bind(path).bind(&end).fetch_all(c))?;
        counts.extend(decided);
        Ok(counts)
    }
}

/// Who takes a hold, and until when.
#[derive(Clone, Copy, Debug)]
pub struct Hold<'a> {
    /// Id of the reviewer who takes it.
    pub staff: &'a StaffId,
    /// Name of the reviewer as others see it.
    pub name: &'a str,
    /// When it is taken, in UTC.
    pub at: DateTime<Utc>,
    /// When it ends, in UTC.
    pub until: DateTime<Utc>,
}

impl Tx {
    /// Takes or prolongs the hold of an undecided case; `false` when somebody else holds it, or a decision on it is staged.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn hold_case(&mut self, case: &CaseId, h: Hold<'_>) -> Result<bool, StoreError> {
        let changed = change!(self, |c| sqlx::query(HOLD)
            .bind(case.as_str())
            .bind(h.staff.as_str())
            .bind(h.name)
            .bind(h.until)
            .bind(h.at)
            .execute(c))?;
        Ok(changed == 1)
    }

    /// Takes the hold of the oldest due case of a bureau that nobody holds and on which no decision is staged, other than
    /// `but`, those to which this one has agreed already, those that this one filled in, took in or left for `today`, and their own.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn hold_next_case(
        &mut self,
        (province, bureau): (&str, &BureauCode),
        but: Option<&CaseId>,
        today: NaiveDate,
        h: Hold<'_>,
    ) -> Result<Option<CaseId>, StoreError> {
        let taken: Option<String> = on!(self, |c| sqlx::query_scalar(NEXT)
            .bind(bureau.as_str())
            .bind(h.staff.as_str())
            .bind(h.name)
            .bind(h.until)
            .bind(h.at)
            .bind(but.map_or("", CaseId::as_str))
            .bind(province)
            .bind(today)
            .fetch_optional(c))?;
        Ok(taken.map(CaseId::from))
    }

    /// Gives a hold back; while a decision is staged it stays. Answers whether there was one to give back.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn release_case(&mut self, case: &CaseId, staff: &StaffId) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(RELEASE).bind(case.as_str()).bind(staff.as_str()).execute(c))? == 1)
    }
}
