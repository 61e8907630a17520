//! What was answered, for whoever keeps the texts: a 常见问题 is made of it by one button, as a draft that is published as every other
//! text is. They see no name, no number and no picture.

use domain::answer::Answer;
use domain::case::{Power, holder};
use domain::portal::{Audience, Subject, TextForm, TextKind};
use domain::question::{SettledLine, SettledView};
use domain::text::{length, tidy};
use serde_json::json;
use store::question::QuestionRow;
use store::{Reader, Tx};

use super::MOST;
use crate::case::{bureau_name, without_numbers};
use crate::{Failure, Visit, portal};

/// Characters of a question that make a title; what is longer stands in the text too.
const TITLE: u32 = 60;

/// What the bureaus of the province answered last.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`, `Broken`.
pub async fn settled_view(visit: &Visit) -> Result<SettledView, Failure> {
    holder(&visit.actor, Power::KeepPortal, &visit.province.bureaus)?;
    let mut reader = visit.services.db.read().await?;
    let mut lines = Vec::new();
    for row in reader.list_settled(visit.province_key(), MOST).await? {
        lines.extend(line(visit, &mut reader, row).await?);
    }
    Ok(SettledView { lines })
}

/// A question without what names a person; `None` while it is not answered.
async fn line(visit: &Visit, reader: &mut Reader, row: QuestionRow) -> Result<Option<SettledLine>, Failure> {
    let (Some(sealed), Some(answered_at)) = (&row.answer_sealed, row.answered_at) else { return Ok(None) };
    let vault = &visit.services.vault;
    let name = reader.find_account(&row.account_id).await?.map(|account| account.name).unwrap_or_default();
    Ok(Some(SettledLine {
        text: nameless(&vault.open_text("question.text", &row.id, &row.text_sealed)?, &name),
        answer: nameless(&vault.open_text("question.answer", &row.id, sealed)?, &name),
        bureau_name: bureau_name(&visit.province, &row.bureau),
        page: row.page,
        answered_at,
        draft: row.text_id.unwrap_or_default(),
        id: row.id,
    }))
}

fn nameless(text: &str, name: &str) -> String {
    let text = if length(name) < 2 { text.to_owned() } else { text.replace(name, "本人") };
    without_numbers(&text)
}

/// Makes a draft of a 常见问题 of an answered question, and leads to it. Pressed again, it leads to the same.
///
/// # Errors
/// `Stale` where another made it in this moment; `NotFound` for a question that is not answered or of another province;
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`, `Broken`.
pub async fn draft_of_question(visit: &Visit, question: &str) -> Result<Answer, Failure> {
    holder(&visit.actor, Power::KeepPortal, &visit.province.bureaus)?;
    let (work, id) = (visit.clone(), question.to_owned());
    let text = visit.write(move |tx| Box::pin(async move { make(tx, &work, &id).await })).await?;
    Ok(Answer::go(format!("/{}/staff/texts/{text}", visit.province_key())))
}

async fn make(tx: &mut Tx, visit: &Visit, id: &str) -> Result<String, Failure> {
    let row = tx.find_question(id).await?.filter(|row| row.province == visit.province_key()).ok_or(Failure::NotFound)?;
    if let Some(text) = &row.text_id {
        return Ok(text.clone());
    }
    let line = line(visit, tx, row).await?.ok_or(Failure::NotFound)?;
    let text = portal::draft(tx, visit, TextKind::Question, &form(visit, &line)).await?;
    if !tx.set_question_text(id, &text).await? {
        return Err(Failure::Stale);
    }
    tx.audit(&visit.entry("draft_of_question", "question", id, json!({ "text": text }))).await?;
    Ok(text)
}

fn form(visit: &Visit, line: &SettledLine) -> TextForm {
    let whole = tidy(&line.text);
    let is_long = length(&whole) > TITLE;
    let title: String = if is_long { whole.chars().take(TITLE as usize - 1).chain(['…']).collect() } else { whole };
    // A line of its own is a paragraph, as it was for whoever read it.
    let paragraphs = |text: &str, mark: &str| {
        let lines = text.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("{mark}{}", line.trim()));
        lines.collect::<Vec<_>>().join(&format!("\n{}\n", mark.trim()))
    };
    let asked = if is_long { format!("{}\n\n", paragraphs(&line.text, "> ")) } else { String::new() };
    TextForm {
        version: "0".to_owned(),
        title,
        subject: Subject::from(line.page).code().to_owned(),
        audience: Audience::Everyone.code().to_owned(),
        shown_from: visit.services.today().to_string(),
        body: format!("{asked}{}", paragraphs(&line.answer, "")),
        ..TextForm::default()
    }
}
