//! 单位内部培训: what employers filed, and the results of it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::Status;
use domain::id::{AccountId, CaseId};
use domain::learning::Subject;
use domain::learning::class::Audience;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A class with where its filing stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ClassRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// The manager of the employer who filed it.
    pub manager_id: String,
    /// 培训名称.
    pub title: String,
    /// 培训内容.
    pub programme: String,
    /// 授课教师.
    pub teacher: String,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// The learning year that it counts for.
    pub year: i64,
    /// 科目类别.
    #[sqlx(try_from = "String")]
    pub subject: Subject,
    /// What whoever passes gets, in hundredths.
    pub credits: i64,
    /// For whom it is.
    #[sqlx(try_from = "String")]
    pub audience: Audience,
    /// 受理编号.
    pub number: Option<String>,
    /// Where the case stands.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// What the next change must name.
    pub version: i64,
    /// When it was last decided, in UTC; `None` before.
    pub decided_at: Option<DateTime<Utc>>,
}

/// Results of a class with where their case stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ResultsRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// The class.
    #[sqlx(try_from = "String")]
    pub class_id: CaseId,
    /// How many people are in it.
    pub people: i64,
    /// How many of them passed.
    pub passed: i64,
    /// 受理编号.
    pub number: Option<String>,
    /// Where the case stands.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// What the next change must name.
    pub version: i64,
    /// When it was last decided, in UTC; `None` before.
    pub decided_at: Option<DateTime<Utc>>,
}

/// What is kept of a class beside its case.
#[derive(Clone, Copy, Debug)]
pub struct NewClass<'a> {
    /// 培训名称.
    pub title: &'a str,
    /// 培训内容.
    pub programme: &'a str,
    /// 授课教师.
    pub teacher: &'a str,
    /// The first and the last day.
    pub days: (NaiveDate, NaiveDate),
    /// The learning year that it counts for.
    pub year: i32,
    /// 科目类别.
    pub subject: Subject,
    /// In hundredths.
    pub credits: i64,
    /// For whom it is.
    pub audience: Audience,
}

/// Somebody by whose document a row of a sheet is found.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KnownRow {
    /// Whose it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Their name.
    pub name: String,
    /// Keyed hash of the number of their document.
    pub document_hash: Vec<u8>,
}

sql! {
    OF_MANAGER = "SELECT v.case_id, v.manager_id, v.title, v.programme, v.teacher, v.starts_on, v.ends_on, v.year, v.subject, v.credits, v.audience,
            f.number, f.status, f.version, f.decided_at
        FROM training_class v JOIN case_file f ON f.id = v.case_id
        WHERE v.manager_id = $1 AND (f.status <> 'closed' OR f.decided_at IS NOT NULL) ORDER BY f.created_at DESC, f.id DESC LIMIT $2";
    OF_CASE = "SELECT v.case_id, v.manager_id, v.title, v.programme, v.teacher, v.starts_on, v.ends_on, v.year, v.subject, v.credits, v.audience,
            f.number, f.status, f.version, f.decided_at
        FROM training_class v JOIN case_file f ON f.id = v.case_id WHERE v.case_id = $1";
    SAVE = "INSERT INTO training_class (case_id, manager_id, title, programme, teacher, starts_on, ends_on, year, subject, credits, audience)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (case_id) DO UPDATE SET title = excluded.title, programme = excluded.programme, teacher = excluded.teacher,
            starts_on = excluded.starts_on, ends_on = excluded.ends_on, year = excluded.year, subject = excluded.subject,
            credits = excluded.credits, audience = excluded.audience";
    RESULTS_OF_MANAGER = "SELECT r.case_id, r.class_id, r.people, r.passed, f.number, f.status, f.version, f.decided_at
        FROM training_class v JOIN class_results r ON r.class_id = v.case_id JOIN case_file f ON f.id = r.case_id
        WHERE v.manager_id = $1 AND (f.status <> 'closed' OR f.decided_at IS NOT NULL) ORDER BY f.created_at, f.id";
    RESULTS_OF_CLASS = "SELECT r.case_id, r.class_id, r.people, r.passed, f.number, f.status, f.version, f.decided_at
        FROM class_results r JOIN case_file f ON f.id = r.case_id WHERE r.class_id = $1 AND r.is_open";
    RESULTS_OF_CASE = "SELECT r.case_id, r.class_id, r.people, r.passed, f.number, f.status, f.version, f.decided_at
        FROM class_results r JOIN case_file f ON f.id = r.case_id WHERE r.case_id = $1";
    REPORT = "INSERT INTO class_results (case_id, class_id, is_open, people, passed) VALUES ($1, $2, TRUE, $3, $4)
        ON CONFLICT (case_id) DO UPDATE SET people = excluded.people, passed = excluded.passed";
    RELEASE = "UPDATE class_results SET is_open = FALSE WHERE case_id = $1";
    KNOWN = "SELECT t.account_id, a.name, a.document_hash
        FROM employment t JOIN employer_manager m ON m.id = t.manager_id
        JOIN record r ON r.account_id = t.account_id AND r.is_current AND r.employer_hash = m.code_hash
        JOIN account a ON a.id = t.account_id
        WHERE t.manager_id = $1 AND m.ended_at IS NULL AND t.answer = 'confirmed' AND t.word <> 'denied'
        UNION SELECT m.account_id, a.name, a.document_hash FROM employer_manager m
        JOIN record r ON r.account_id = m.account_id AND r.is_current AND r.employer_hash = m.code_hash
        JOIN account a ON a.id = m.account_id WHERE m.id = $1 AND m.ended_at IS NULL";
    RECORDED = "SELECT a.id AS account_id, a.name, a.document_hash FROM account a
        JOIN record r ON r.account_id = a.id AND r.is_current
        WHERE a.province = $1 AND a.document_hash = $2 ORDER BY a.id";
    REASONS = "SELECT e.case_id, e.note, e.at, e.id FROM training_class v JOIN class_results r ON r.class_id = v.case_id
            JOIN case_event e ON e.case_id = r.case_id WHERE v.manager_id = $1 AND e.action IN ('return', 'revoke')
        UNION ALL SELECT e.case_id, e.note, e.at, e.id FROM training_class v JOIN case_event e ON e.case_id = v.case_id
            WHERE v.manager_id = $1 AND e.action = 'return'
        ORDER BY 3, 4";
}

impl Reader {
    /// The classes that a manager filed, the newest first, so many at most; without those that were cancelled.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_classes(&mut self, manager: &str, limit: i64) -> Result<Vec<ClassRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_MANAGER).bind(manager).bind(limit).fetch_all(c))?)
    }

    /// What a case files.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_class(&mut self, case: &CaseId) -> Result<Option<ClassRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_CASE).bind(case.as_str()).fetch_optional(c))?)
    }

    /// The results of all classes of a manager, the oldest first; without those that were cancelled.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_results(&mut self, manager: &str) -> Result<Vec<ResultsRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(RESULTS_OF_MANAGER).bind(manager).fetch_all(c))?)
    }

    /// The results of a class that wait, were returned or approved.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_results_of(&mut self, class: &CaseId) -> Result<Option<ResultsRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(RESULTS_OF_CLASS).bind(class.as_str()).fetch_optional(c))?)
    }

    /// The results that a case is about.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_results(&mut self, case: &CaseId) -> Result<Option<ResultsRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(RESULTS_OF_CASE).bind(case.as_str()).fetch_optional(c))?)
    }

    /// Those of an employer who agreed and whom the manager did not deny, and the manager where their record names it too.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_known(&mut self, manager: &str) -> Result<Vec<KnownRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(KNOWN).bind(manager).fetch_all(c))?)
    }

    /// Everybody of a province who has a record and one of these documents.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_recorded(&mut self, province: &str, hashes: &[Vec<u8>]) -> Result<Vec<KnownRow>, StoreError> {
        let mut found = Vec::new();
        for hash in hashes {
            let rows: Vec<KnownRow> = on!(self, |c| sqlx::query_as(RECORDED).bind(province).bind(hash.as_slice()).fetch_all(c))?;
            found.extend(rows);
        }
        Ok(found)
    }

    /// Why classes and results of a manager were returned or revoked: the case and what was written, the oldest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_class_reasons(&mut self, manager: &str) -> Result<Vec<(String, String)>, StoreError> {
        let rows: Vec<(String, String, DateTime<Utc>, String)> =
            on!(self, |c| sqlx::query_as(REASONS).bind(manager).fetch_all(c))?;
        Ok(rows.into_iter().map(|(case, note, ..)| (case, note)).collect())
    }
}

impl Tx {
    /// Keeps what a case files, over what it filed before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn save_class(&mut self, case: &CaseId, manager: &str, class: NewClass<'_>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SAVE)
            .bind(case.as_str())
            .bind(manager)
            .bind(class.title)
            .bind(class.programme)
            .bind(class.teacher)
            .bind(class.days.0)
            .bind(class.days.1)
            .bind(i64::from(class.year))
            .bind(class.subject.code())
            .bind(class.credits)
            .bind(class.audience.code())
            .execute(c))?;
        Ok(())
    }

    /// Keeps how many people the results of a class have, and how many of them passed.
    ///
    /// # Errors
    /// `Exists` while other results of the class wait or stand.
    pub async fn report_results(
        &mut self,
        (case, class): (&CaseId, &CaseId),
        (people, passed): (i64, i64),
    ) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(REPORT).bind(case.as_str()).bind(class.as_str()).bind(people).bind(passed).execute(c))
            .map_err(StoreError::exists_in("class_results"))?;
        Ok(())
    }

    /// Lets other results of the class be reported: these were cancelled or revoked.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn release_results(&mut self, case: &CaseId) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(RELEASE).bind(case.as_str()).execute(c))?;
        Ok(())
    }
}
