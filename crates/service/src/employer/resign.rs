//! Whoever manages an employer gives it up, so that somebody else can claim it.

use domain::answer::Answer;
use domain::employer::forms::ResignForm;
use serde_json::json;

use super::{page, rules};
use crate::{Failure, Visit};

/// Ends it for the person who asks; from then on they see nobody of the employer. Repeating it changes nothing.
///
/// # Errors
/// `NotFound` for what somebody else manages, `SignInAgain`, `Store`.
pub async fn resign(visit: &Visit, form: &ResignForm) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    rules(visit)?;
    let (work, id) = (visit.clone(), form.manager.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let manager = tx.find_manager(&id).await?.filter(|manager| manager.account_id == account);
            let manager = manager.ok_or(Failure::NotFound)?;
            if tx.end_manager(&manager.id, work.now()).await? {
                let detail = json!({ "employer": manager.code });
                tx.audit(&work.entry("resign", "employer_manager", &manager.id, detail)).await?;
            }
            Ok(Answer::go(page(&work)))
        })
    });
    write.await
}
