//! 有效期至 of a paper, as its person notes it.

use domain::answer::Answer;
use domain::record::{ExpiryForm, check_expiry};
use serde_json::json;

use super::papers_path;
use crate::{Failure, Visit};

/// Notes the last day of a paper, or that it has none.
///
/// # Errors
/// Faults at `expires_on`; `NotFound` for a paper that is not there, `SignInAgain`, `Store`.
pub async fn note_expiry(visit: &Visit, form: &ExpiryForm) -> Result<Answer, Failure> {
    let (account, work, paper) = (visit.account()?.clone(), visit.clone(), form.paper.clone());
    let until = check_expiry(&form.expires_on)?;
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let file = tx.find_attachment(&paper).await?.filter(|file| file.account_id == account).ok_or(Failure::NotFound)?;
            tx.note_paper_expiry(&account, &file.sha256, until).await?;
            let entry = work.entry("note_paper_expiry", "attachment", &file.id, json!({ "until": until }));
            Ok::<_, Failure>(tx.audit(&entry).await?)
        })
    });
    write.await?;
    Ok(Answer::go(papers_path(visit)))
}
