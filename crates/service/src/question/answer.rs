//! An answer of the bureau, which the person reads in 站内信.

use domain::answer::Answer;
use domain::question::AnswerForm;
use serde_json::json;

use super::answering;
use crate::notify::{News, tell};
use crate::{Failure, Visit};

/// Characters of a question that stand above its answer.
const QUOTED: usize = 30;

/// Answers a question to the own bureau, once.
///
/// # Errors
/// A fault at `text`; `Stale` where somebody answered it before, `NotFound` for a question to another bureau, `SignInAgain`,
/// `SecondFactorNeeded`, `NotYours`, `Store`, `Broken`.
pub async fn answer_question(visit: &Visit, form: &AnswerForm) -> Result<Answer, Failure> {
    let who = answering(visit)?;
    let text = form.check()?;
    let (work, id) = (visit.clone(), form.question.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let row = tx.find_question(&id).await?;
            let is_ours = |row: &store::question::QuestionRow| row.province == work.province_key() && row.bureau == who.bureau;
            let row = row.filter(is_ours).ok_or(Failure::NotFound)?;
            let vault = &work.services.vault;
            let sealed = vault.seal("question.answer", &row.id, text.as_bytes());
            if !tx.answer_question(&row.id, &sealed, (&who.id, work.now())).await? {
                return Err(Failure::Stale);
            }
            let asked = vault.open_text("question.text", &row.id, &row.text_sealed)?;
            let account = tx.find_account(&row.account_id).await?.ok_or(Failure::NotFound)?;
            let body = format!("您咨询的“{}”，财政局答复如下：\n{text}", quoted(&asked));
            let news = News { case: None, title: "咨询已经答复", body: &body, sms: None, dedupe_key: &row.id };
            tell(tx, &work.services, &account, news).await?;
            let entry = work.entry("answer_question", "question", &row.id, json!({ "bureau": row.bureau }));
            Ok::<_, Failure>(tx.audit(&entry).await?)
        })
    });
    write.await?;
    Ok(Answer::go(format!("/{}/staff/questions?done=1", visit.province_key())))
}

/// The beginning of a question, in one line.
fn quoted(text: &str) -> String {
    let line = text.replace('\n', " ");
    let beginning: String = line.chars().take(QUOTED).collect();
    if beginning.len() < line.len() { format!("{beginning}……") } else { beginning }
}
