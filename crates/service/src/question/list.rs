//! Questions and their pictures, as whoever asked and the bureau that was asked see them.

use domain::case::Actor;
use domain::question::{AskedView, QuestionLine, QuestionsView};
use store::question::QuestionRow;

use super::{MOST, answering, picture_name};
use crate::case::{bureau_name, bureau_of_person};
use crate::{Failure, Visit, portal};

/// The questions of a person, and who answers the next one.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn questions_view(visit: &Visit) -> Result<QuestionsView, Failure> {
    let account = visit.account()?;
    let mut reader = visit.services.db.read().await?;
    let code = bureau_of_person(&mut reader, visit, account).await?;
    let bureau = portal::bureau(&mut reader, &visit.province, &code).await?.ok_or(Failure::NotFound)?;
    let rows = reader.list_questions(account, MOST).await?;
    drop(reader);
    let lines = rows.into_iter().map(|row| line(visit, row, String::new())).collect::<Result<_, _>>()?;
    let hours = if bureau.hours.is_empty() { visit.province.profile.site.hours.clone() } else { bureau.hours };
    Ok(QuestionsView {
        bureau_name: bureau.name,
        phone: bureau.phone,
        hours,
        answer_working_days: visit.province.profile.questions.answer_working_days,
        request_key: visit.services.ids.id(),
        lines,
    })
}

/// What the own bureau was asked.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`, `Broken`.
pub async fn asked_view(visit: &Visit) -> Result<AskedView, Failure> {
    let who = answering(visit)?;
    let mut reader = visit.services.db.read().await?;
    let mut lists = [Vec::new(), Vec::new()];
    for (list, is_answered) in lists.iter_mut().zip([false, true]) {
        for row in reader.list_asked((visit.province_key(), &who.bureau), is_answered, MOST).await? {
            let name = reader.find_account(&row.account_id).await?.map(|account| account.name).unwrap_or_default();
            list.push(line(visit, row, name)?);
        }
    }
    let [open, answered] = lists;
    Ok(AskedView { bureau_name: bureau_name(&visit.province, &who.bureau), today: visit.services.today(), open, answered })
}

fn line(visit: &Visit, row: QuestionRow, name: String) -> Result<QuestionLine, Failure> {
    let vault = &visit.services.vault;
    let answer = match (&row.answer_sealed, row.answered_at) {
        (Some(sealed), Some(at)) => Some((vault.open_text("question.answer", &row.id, sealed)?, at)),
        _ => None,
    };
    Ok(QuestionLine {
        text: vault.open_text("question.text", &row.id, &row.text_sealed)?,
        page: row.page,
        name,
        pictures: (0..row.pictures).collect(),
        asked_at: row.asked_at,
        due_on: row.due_on,
        answer,
        id: row.id,
    })
}

/// A picture of a question (JPEG), for whoever asked and for the bureau that was asked.
///
/// # Errors
/// `NotFound` for everybody else, `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`, `Broken`.
pub async fn question_picture(visit: &Visit, question: &str, place: i64) -> Result<Vec<u8>, Failure> {
    let row = match &visit.actor {
        Actor::Staff { .. } => {
            let who = answering(visit)?;
            let row = visit.services.db.read().await?.find_question(question).await?;
            row.filter(|row| row.bureau == who.bureau)
        }
        _ => {
            let account = visit.account()?;
            let row = visit.services.db.read().await?.find_question(question).await?;
            row.filter(|row| row.account_id == *account)
        }
    };
    let row = row.filter(|row| row.province == visit.province_key()).ok_or(Failure::NotFound)?;
    let sealed = visit.services.db.read().await?.find_question_picture(&row.id, place).await?.ok_or(Failure::NotFound)?;
    visit.services.vault.open("question.picture", &picture_name(&row.id, place), &sealed).map_err(Failure::from)
}
