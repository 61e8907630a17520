//! 报名: who learns at which school, and the tickets with which they go there.

use chrono::{DateTime, Utc};
use domain::id::AccountId;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// An enrolment, with what is booked by it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EnrolmentRow {
    /// Its id.
    pub id: String,
    /// Whose it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Key of the province.
    pub province: String,
    /// The school.
    pub school_id: String,
    /// 继续教育年度.
    pub year: i64,
    /// Which of the schools of the year it is, from 1.
    pub place: i64,
    /// 学员编号: who it is, by a name that no other school knows.
    pub learner: String,
    /// The most that can be booked by it, in hundredths.
    pub credits: i64,
    /// Counts the changes of all enrolments of the school.
    pub change_no: i64,
    /// When it began, in UTC.
    pub enrolled_at: DateTime<Utc>,
    /// When it was given up for another school, in UTC; `None` while it stands.
    pub ended_at: Option<DateTime<Utc>>,
    /// 姓名 of the account.
    pub name: String,
    /// What is booked by it, in hundredths.
    pub booked: i64,
}

/// A ticket that was given.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TicketRow {
    /// The enrolment.
    pub enrolment_id: String,
    /// When it was used, in UTC; just now for whoever is answered.
    pub used_at: Option<DateTime<Utc>>,
}

sql! {
    OF_ACCOUNT = "SELECT e.id, e.account_id, e.province, e.school_id, e.year, e.place, e.learner, e.credits, e.change_no, e.enrolled_at,
            e.ended_at, a.name, (SELECT CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) FROM school_report r
                WHERE r.enrolment_id = e.id AND r.outcome = 'booked')
            + (SELECT CAST(COALESCE(SUM(i.amount), 0) AS BIGINT) FROM import_row i JOIN import_batch b ON b.id = i.batch_id
                WHERE i.enrolment_id = e.id AND i.outcome = 'ready' AND b.effective_at IS NOT NULL AND b.ended_at IS NULL) AS booked
        FROM enrolment e JOIN account a ON a.id = e.account_id
        WHERE e.account_id = $1 AND e.ended_at IS NULL ORDER BY e.enrolled_at DESC, e.id DESC";
    BY_ID = "SELECT e.id, e.account_id, e.province, e.school_id, e.year, e.place, e.learner, e.credits, e.change_no, e.enrolled_at,
            e.ended_at, a.name, (SELECT CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) FROM school_report r
                WHERE r.enrolment_id = e.id AND r.outcome = 'booked')
            + (SELECT CAST(COALESCE(SUM(i.amount), 0) AS BIGINT) FROM import_row i JOIN import_batch b ON b.id = i.batch_id
                WHERE i.enrolment_id = e.id AND i.outcome = 'ready' AND b.effective_at IS NOT NULL AND b.ended_at IS NULL) AS booked
        FROM enrolment e JOIN account a ON a.id = e.account_id WHERE e.id = $1";
    // A school that was left learns no name any more, whatever the person is called by then.
    CHANGED = "SELECT e.id, e.account_id, e.province, e.school_id, e.year, e.place, e.learner, e.credits, e.change_no, e.enrolled_at,
            e.ended_at, CASE WHEN e.ended_at IS NULL THEN a.name ELSE '' END AS name, (SELECT CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) FROM school_report r
                WHERE r.enrolment_id = e.id AND r.outcome = 'booked')
            + (SELECT CAST(COALESCE(SUM(i.amount), 0) AS BIGINT) FROM import_row i JOIN import_batch b ON b.id = i.batch_id
                WHERE i.enrolment_id = e.id AND i.outcome = 'ready' AND b.effective_at IS NOT NULL AND b.ended_at IS NULL) AS booked
        FROM enrolment e JOIN account a ON a.id = e.account_id
        WHERE e.school_id = $1 AND e.change_no > $2 ORDER BY e.change_no LIMIT $3";
    // The packed list has 22 characters for each; the order of the join is that of the list.
    OF_LEARNERS = "WITH RECURSIVE one(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM one WHERE i + 1 < $3)
        SELECT e.id, e.account_id, e.province, e.school_id, e.year, e.place, e.learner, e.credits, e.change_no, e.enrolled_at,
            e.ended_at, a.name, (SELECT CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) FROM school_report r
                WHERE r.enrolment_id = e.id AND r.outcome = 'booked')
            + (SELECT CAST(COALESCE(SUM(i.amount), 0) AS BIGINT) FROM import_row i JOIN import_batch b ON b.id = i.batch_id
                WHERE i.enrolment_id = e.id AND i.outcome = 'ready' AND b.effective_at IS NOT NULL AND b.ended_at IS NULL) AS booked
        FROM one CROSS JOIN enrolment e CROSS JOIN account a
        WHERE e.school_id = $1 AND e.learner = substr($2, one.i * 22 + 1, 22) AND a.id = e.account_id";
    LOCK_LEARNERS = "UPDATE account SET updated_at = updated_at WHERE id IN (
        WITH RECURSIVE one(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM one WHERE i + 1 < $3)
        SELECT e.account_id FROM one CROSS JOIN enrolment e
        WHERE e.school_id = $1 AND e.learner = substr($2, one.i * 22 + 1, 22))";
    INSERT = "INSERT INTO enrolment (id, account_id, province, school_id, year, place, learner, credits, change_no, enrolled_at, ended_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL)";
    END = "UPDATE enrolment SET ended_at = $2, change_no = $3 WHERE id = $1 AND ended_at IS NULL";
    GIVE = "INSERT INTO school_ticket (id, enrolment_id, expires_at, used_at) VALUES ($1, $2, $3, NULL)";
    USE = "UPDATE school_ticket SET used_at = $3 WHERE id = $1 AND used_at IS NULL AND expires_at > $3
            AND EXISTS (SELECT 1 FROM enrolment e WHERE e.id = school_ticket.enrolment_id AND e.school_id = $2 AND e.ended_at IS NULL)
        RETURNING enrolment_id, used_at";
    DELETE_OLD = "DELETE FROM school_ticket WHERE expires_at < $1";
}

/// A list as one text, each of as many characters.
pub(super) fn packed<'a>(parts: impl Iterator<Item = &'a str>, width: usize) -> (String, i64) {
    let (mut text, mut count) = (String::new(), 0);
    for part in parts {
        text.push_str(part);
        text.extend(std::iter::repeat_n(' ', width.saturating_sub(part.len())));
        count += 1;
    }
    (text, count)
}

impl Reader {
    /// The enrolments of somebody that stand, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_enrolments(&mut self, account: &AccountId) -> Result<Vec<EnrolmentRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).fetch_all(c))?)
    }

    /// An enrolment by its id, whether or not it stands.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_enrolment(&mut self, id: &str) -> Result<Option<EnrolmentRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c))?)
    }

    /// The enrolments of a school that changed after a cursor, in that order, so many at most; of one that has ended the name is
    /// empty.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_changed_enrolments(
        &mut self,
        school: &str,
        after: i64,
        limit: i64,
    ) -> Result<Vec<EnrolmentRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(CHANGED).bind(school).bind(after).bind(limit).fetch_all(c))?)
    }

    /// The enrolments at a school of people whom it knows by these 学员编号, of 22 characters each.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_enrolments_of_learners<'a>(
        &mut self,
        school: &str,
        learners: impl Iterator<Item = &'a str>,
    ) -> Result<Vec<EnrolmentRow>, StoreError> {
        let (list, count) = packed(learners, 22);
        Ok(on!(self, |c| sqlx::query_as(OF_LEARNERS).bind(school).bind(&list).bind(count).fetch_all(c))?)
    }
}

impl Tx {
    /// Holds the accounts of the same, so that nothing else is compared with what is booked for them.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn lock_learners<'a>(&mut self, school: &str, learners: impl Iterator<Item = &'a str>) -> Result<(), StoreError> {
        let (list, count) = packed(learners, 22);
        change!(self, |c| sqlx::query(LOCK_LEARNERS).bind(school).bind(&list).bind(count).execute(c))?;
        Ok(())
    }

    /// Adds an enrolment. Name and what is booked are not of it.
    ///
    /// # Errors
    /// `Exists` when the place or the school is taken for the year.
    pub async fn insert_enrolment(&mut self, row: &EnrolmentRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(row.account_id.as_str())
            .bind(&row.province)
            .bind(&row.school_id)
            .bind(row.year)
            .bind(row.place)
            .bind(&row.learner)
            .bind(row.credits)
            .bind(row.change_no)
            .bind(row.enrolled_at)
            .execute(c))
        .map_err(StoreError::exists_in("enrolment"))?;
        Ok(())
    }

    /// Ends an enrolment; answers whether it stood.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn end_enrolment(&mut self, id: &str, at: DateTime<Utc>, change_no: i64) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(END).bind(id).bind(at).bind(change_no).execute(c))? == 1)
    }

    /// Notes a ticket that is given.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_ticket(&mut self, id: &str, enrolment: &str, expires_at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(GIVE).bind(id).bind(enrolment).bind(expires_at).execute(c))?;
        Ok(())
    }

    /// Uses a ticket to a school up; `None` for one that was used, has expired, was never given, or whose holder has gone over to
    /// another school.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn use_ticket(&mut self, id: &str, school: &str, at: DateTime<Utc>) -> Result<Option<TicketRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(USE).bind(id).bind(school).bind(at).fetch_optional(c))?)
    }

    /// Forgets tickets that have ended before; answers how many.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn delete_expired_tickets(&mut self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(DELETE_OLD).bind(before).execute(c))?)
    }
}
