//! 取消申请 by the person.

use domain::answer::Answer;
use domain::case::{Action, Status};
use domain::transfer::forms::DropTransferForm;

use super::{KIND, page, rules};
use crate::case::{take_back, version};
use crate::{Failure, Visit};

/// Ends a transfer that waits or was returned, without an effect. Repeating it changes nothing.
///
/// # Errors
/// `NotAllowedIn` for what was decided, `Stale` when it changed since it was seen, `NotFound`.
pub async fn drop_transfer(visit: &Visit, form: &DropTransferForm) -> Result<Answer, Failure> {
    visit.account()?;
    rules(visit)?;
    let (seen, work) = (version(&form.version)?, visit.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let case = tx.lock_latest_case(work.account()?, KIND).await?.ok_or(Failure::NotFound)?;
            let go = Answer::go(page(&work));
            if case.status == Status::Closed {
                return Ok(go);
            }
            if case.version != seen {
                return Err(Failure::Stale);
            }
            take_back(tx, &work, &case, Action::Cancel).await?;
            Ok(go)
        })
    });
    write.await
}
