//! 取消 of a class, or of results, that wait or were returned.

use domain::answer::Answer;
use domain::case::{Action, Status};
use domain::id::CaseId;
use domain::learning::class::forms::CancelForm;

use super::{Managed, class_rules, page};
use crate::case::{take_back, version};
use crate::{Failure, Visit};

/// Ends it without an effect. Repeating it changes nothing.
///
/// # Errors
/// `NotAllowedIn` for what was approved, `Stale` when it changed since it was seen, `NotFound`, `SignInAgain`.
pub async fn cancel_class(visit: &Visit, form: &CancelForm) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    class_rules(visit)?;
    let (seen, id, work) = (version(&form.version)?, CaseId::from(form.case.as_str()), visit.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let case = tx.lock_case(&id).await?.filter(|case| case.account_id == account).ok_or(Failure::NotFound)?;
            let results = tx.find_results(&id).await?;
            let class = results.as_ref().map_or(&id, |results| &results.class_id);
            let filed = tx.find_class(class).await?.ok_or(Failure::NotFound)?;
            let employer = Managed::of(&work, tx, &filed.manager_id).await?;
            let go = Answer::go(page(&work, &employer.id));
            if case.status == Status::Closed && case.decided_at.is_none() {
                return Ok(go);
            }
            if case.version != seen {
                return Err(Failure::Stale);
            }
            if results.is_some() {
                tx.release_results(&id).await?;
            }
            take_back(tx, &work, &case, Action::Cancel).await?;
            Ok(go)
        })
    });
    write.await
}
