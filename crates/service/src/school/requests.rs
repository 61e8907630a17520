//! What people ask a school about missing credits, as its program reads and answers it.

use chrono::{DateTime, Utc};
use domain::case::Power;
use domain::fault::FieldErrors;
use domain::school::missing::answer_of;
use serde::Serialize;
use serde_json::json;
use store::Tx;
use store::school::request::RequestRow;
use utoipa::ToSchema;

use super::machine::Caller;
use super::year_of;
use crate::Failure;
use crate::notify::{News, tell};

/// Questions that are told at once.
const PAGE: i64 = 1000;

/// A question of somebody whose credits are missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Request)]
pub struct RequestView {
    /// Its id.
    pub id: String,
    /// The enrolment that it is about.
    pub enrolment: String,
    /// 学员编号.
    pub learner: String,
    /// 继续教育年度.
    pub year: i32,
    /// When it was asked, in UTC.
    pub asked_at: DateTime<Utc>,
    /// What the school answered; empty while it did not.
    pub answer: String,
    /// When that was, in UTC.
    pub answered_at: Option<DateTime<Utc>>,
}

/// Questions that changed after a cursor, in that order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Requests)]
pub struct RequestsView {
    /// At most a thousand.
    pub requests: Vec<RequestView>,
    /// Where to go on.
    pub cursor: i64,
    /// Whether there are more by now.
    pub more: bool,
}

fn view(row: RequestRow) -> RequestView {
    RequestView {
        id: row.id,
        enrolment: row.enrolment_id,
        learner: row.learner,
        year: year_of(row.year),
        asked_at: row.asked_at,
        answer: row.answer,
        answered_at: row.answered_at,
    }
}

/// The questions to the school that changed after a cursor; 0 for all of them.
///
/// # Errors
/// `Store`.
pub async fn requests(caller: &Caller, after: i64) -> Result<RequestsView, Failure> {
    caller.may(Power::AnswerLearners)?;
    let mut reader = caller.services.db.read().await?;
    let rows = reader.list_changed_requests(&caller.school.id, after, PAGE).await?;
    drop(reader);
    let more = rows.len() as i64 == PAGE;
    let cursor = rows.last().map_or(after, |row| row.change_no);
    Ok(RequestsView { requests: rows.into_iter().map(view).collect(), cursor, more })
}

/// Answers a question, once: the person reads it and is told. The same answer again has no further effect.
///
/// # Errors
/// `Invalid` at `answer`; `NotFound` for a question to another school; `Stale` where it was answered otherwise; `SignInAgain`,
/// `Store`.
pub async fn answer(caller: &Caller, id: &str, sent: &str) -> Result<RequestView, Failure> {
    let text = answer_of(sent).map_err(|fault| FieldErrors::one("answer", fault))?;
    let (work, id) = (caller.clone(), id.to_owned());
    let written = caller.services.db.write(move |tx| {
        Box::pin(async move {
            work.may_still(tx, Power::AnswerLearners).await?;
            let row = tx.find_request(&id, &work.school.id).await?.ok_or(Failure::NotFound)?;
            let (number, now) = (next_change(tx, &work.school.id).await?, work.services.now());
            if tx.answer_request(&id, &text, (number, now)).await? {
                told(tx, &work, &row, &text).await?;
                tx.audit(&work.entry("answer_request", "enrolment", &row.enrolment_id, json!({ "request": id }))).await?;
            }
            let now = tx.find_request(&id, &work.school.id).await?.ok_or(Failure::NotFound)?;
            if now.answer == text { Ok(view(now)) } else { Err(Failure::Stale) }
        })
    });
    written.await
}

async fn told(tx: &mut Tx, caller: &Caller, row: &RequestRow, text: &str) -> Result<(), Failure> {
    let Some(account) = tx.find_account(&row.account_id).await? else { return Ok(()) };
    let title = "网校答复了您的学分询问";
    let body = format!("{}对您 {} 年度学分的询问答复如下：\n{text}", caller.school.name, row.year);
    let key = format!("school_answered|{}", row.id);
    tell(tx, &caller.services, &account, News { case: None, title, body: &body, sms: None, dedupe_key: &key }).await
}

/// The next number of a change of a school's questions. It is held until the transaction ends, so that the numbers are seen in
/// their order.
pub(super) async fn next_change(tx: &mut Tx, school: &str) -> Result<i64, Failure> {
    Ok(tx.next_serial(&format!("school_request:{school}")).await?)
}
