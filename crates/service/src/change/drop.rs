//! 撤销申请, 取消 and 删除 by the person.

use domain::answer::Answer;
use domain::case::{Action, Status};
use domain::change::forms::DropForm;

use super::{KIND, page, rules};
use crate::case::{take_back, version};
use crate::{Failure, Visit};

/// Takes a change back to a draft, or ends it without an effect. Repeating it changes nothing.
///
/// # Errors
/// `NotAllowedIn` for what the status or the province does not permit, `Stale` when it changed since it was seen, `NotFound`.
pub async fn drop_change(visit: &Visit, form: &DropForm) -> Result<Answer, Failure> {
    visit.account()?;
    rules(visit)?;
    let action = match form.act.as_str() {
        "withdraw" => Action::Withdraw,
        "cancel" => Action::Cancel,
        "delete" => Action::Delete,
        _ => return Err(Failure::NotFound),
    };
    let (seen, work) = (version(&form.version)?, visit.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let case = tx.lock_latest_case(work.account()?, KIND).await?.ok_or(Failure::NotFound)?;
            let go = Answer::go(page(&work, "all"));
            if case.status == Status::Closed && action != Action::Withdraw {
                return Ok(go);
            }
            if case.version != seen {
                return Err(Failure::Stale);
            }
            take_back(tx, &work, &case, action).await?;
            Ok(go)
        })
    });
    write.await
}
