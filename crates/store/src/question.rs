//! 咨询: questions of people, their pictures, and the answers of the bureaus.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::{AccountId, BureauCode, StaffId};
use domain::question::AboutPage;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A question.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct QuestionRow {
    /// Id of the question; ids of later ones sort after it.
    pub id: String,
    /// Id of the account that asks.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Key of the province.
    pub province: String,
    /// 财政局代码 of the bureau that is asked.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
    /// The page that it concerns.
    #[sqlx(try_from = "String")]
    pub page: AboutPage,
    /// What is asked, sealed.
    pub text_sealed: Vec<u8>,
    /// How many pictures came with it.
    pub pictures: i64,
    /// When it was asked, in UTC.
    pub asked_at: DateTime<Utc>,
    /// The day by which it is answered, in China.
    pub due_on: NaiveDate,
    /// The answer, sealed; `None` while there is none.
    pub answer_sealed: Option<Vec<u8>>,
    /// When it was answered, in UTC.
    pub answered_at: Option<DateTime<Utc>>,
    /// The text that was made of it; `None` where none was.
    pub text_id: Option<String>,
}

sql! {
    INSERT = "INSERT INTO question (id, account_id, request_key, province, bureau, page, text_sealed, pictures, asked_at, due_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (account_id, request_key) DO NOTHING";
    PICTURE = "INSERT INTO question_picture (question_id, place, body_sealed) VALUES ($1, $2, $3)";
    BODY = "SELECT body_sealed FROM question_picture WHERE question_id = $1 AND place = $2";
    FIND = "SELECT id, account_id, province, bureau, page, text_sealed, pictures, asked_at, due_on, answer_sealed, answered_at, text_id
        FROM question WHERE id = $1";
    OF_ACCOUNT = "SELECT id, account_id, province, bureau, page, text_sealed, pictures, asked_at, due_on, answer_sealed, answered_at, text_id
        FROM question WHERE account_id = $1 ORDER BY asked_at DESC, id DESC LIMIT $2";
    OPEN = "SELECT id, account_id, province, bureau, page, text_sealed, pictures, asked_at, due_on, answer_sealed, answered_at, text_id
        FROM question WHERE province = $1 AND bureau = $2 AND answered_at IS NULL ORDER BY due_on, id LIMIT $3";
    ANSWERED = "SELECT id, account_id, province, bureau, page, text_sealed, pictures, asked_at, due_on, answer_sealed, answered_at, text_id
        FROM question WHERE province = $1 AND bureau = $2 AND answered_at IS NOT NULL ORDER BY answered_at DESC, id DESC LIMIT $3";
    SETTLED = "SELECT id, account_id, province, bureau, page, text_sealed, pictures, asked_at, due_on, answer_sealed, answered_at, text_id
        FROM question WHERE province = $1 AND answered_at IS NOT NULL ORDER BY answered_at DESC, id DESC LIMIT $2";
    MADE = "UPDATE question SET text_id = $2 WHERE id = $1 AND text_id IS NULL";
    ANSWER = "UPDATE question SET answer_sealed = $2, answered_by = $3, answered_at = $4 WHERE id = $1 AND answered_at IS NULL";
}

impl Reader {
    /// A question.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_question(&mut self, id: &str) -> Result<Option<QuestionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(id).fetch_optional(c))?)
    }

    /// The questions of a person, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_questions(&mut self, account: &AccountId, limit: i64) -> Result<Vec<QuestionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_ACCOUNT).bind(account.as_str()).bind(limit).fetch_all(c))?)
    }

    /// What a bureau was asked: what it has not answered, the first due first, or else what it answered last.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_asked(
        &mut self,
        (province, bureau): (&str, &BureauCode),
        is_answered: bool,
        limit: i64,
    ) -> Result<Vec<QuestionRow>, StoreError> {
        let statement = if is_answered { ANSWERED } else { OPEN };
        Ok(on!(self, |c| sqlx::query_as(statement).bind(province).bind(bureau.as_str()).bind(limit).fetch_all(c))?)
    }

    /// What was answered last in a province, whichever bureau did.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_settled(&mut self, province: &str, limit: i64) -> Result<Vec<QuestionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(SETTLED).bind(province).bind(limit).fetch_all(c))?)
    }

    /// A picture of a question, sealed.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_question_picture(&mut self, question: &str, place: i64) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(BODY).bind(question).bind(place).fetch_optional(c))?)
    }
}

impl Tx {
    /// Keeps a question; `false` where one with the key was kept before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_question(&mut self, row: &QuestionRow, key: &str) -> Result<bool, StoreError> {
        let new = change!(self, |c| sqlx::query(INSERT)
            .bind(&row.id)
            .bind(row.account_id.as_str())
            .bind(key)
            .bind(&row.province)
            .bind(row.bureau.as_str())
            .bind(row.page.code())
            .bind(&row.text_sealed)
            .bind(row.pictures)
            .bind(row.asked_at)
            .bind(row.due_on)
            .execute(c))?;
        Ok(new == 1)
    }

    /// Keeps a picture of a question.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_question_picture(&mut self, question: &str, place: i64, sealed: &[u8]) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(PICTURE).bind(question).bind(place).bind(sealed).execute(c))?;
        Ok(())
    }

    /// Notes the text that was made of a question; `false` where another was before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn set_question_text(&mut self, id: &str, text: &str) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(MADE).bind(id).bind(text).execute(c))? == 1)
    }

    /// Answers a question; `false` where somebody answered it before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn answer_question(
        &mut self,
        id: &str,
        sealed: &[u8],
        (by, at): (&StaffId, DateTime<Utc>),
    ) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(ANSWER).bind(id).bind(sealed).bind(by.as_str()).bind(at).execute(c))? == 1)
    }
}
