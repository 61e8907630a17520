//! 取消申请 of a departure by the person.

use domain::answer::Answer;
use domain::case::{Action, Status};
use domain::relocation::forms::DropDepartureForm;

use super::{KIND, page, places};
use crate::case::{take_back, version};
use crate::{Failure, Visit};

/// Ends a departure that waits or was given back. Repeating it changes nothing.
///
/// # Errors
/// `NotAllowedIn` once it was decided, `Stale` when it changed since it was seen, `NotFound`, `SignInAgain`.
pub async fn cancel_departure(visit: &Visit, form: &DropDepartureForm) -> Result<Answer, Failure> {
    visit.account()?;
    places(visit)?;
    let (seen, work) = (version(&form.version)?, visit.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let case = tx.lock_latest_case(work.account()?, KIND).await?.ok_or(Failure::NotFound)?;
            if case.status != Status::Closed {
                if case.version != seen {
                    return Err(Failure::Stale);
                }
                take_back(tx, &work, &case, Action::Cancel).await?;
            }
            Ok(Answer::go(page(&work)))
        })
    });
    write.await
}
