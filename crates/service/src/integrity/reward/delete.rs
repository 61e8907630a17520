//! 删除 of a reward by its person (手册乙 8.3: 审核退回或待审核的记录个人可删除，审核通过的不可删除).

use domain::answer::Answer;
use domain::case::{Action, Status};
use domain::id::CaseId;
use domain::integrity::forms::DropRewardForm;

use super::super::page;
use super::file::Held;
use crate::case::{take_back, version};
use crate::{Failure, Visit};

/// Takes a reward away that is a draft, waits, or was returned; what was handed in stays known to the bureau. Repeating it changes
/// nothing.
///
/// # Errors
/// `NotAllowedIn` for an approved one, `Stale` when it changed since it was seen, `NotFound`.
pub async fn delete_reward(visit: &Visit, form: &DropRewardForm) -> Result<Answer, Failure> {
    visit.account()?;
    let (seen, id, work) = (version(&form.version)?, CaseId::from(form.case.as_str()), visit.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let held = Held::lock(&work, tx, &id).await?;
            let go = Answer::go(page(&work));
            // A repetition; one that the bureau revoked has a decision.
            if held.case.status == Status::Closed && held.case.decided_at.is_none() {
                return Ok(go);
            }
            let action = if held.case.status == Status::Draft { Action::Delete } else { Action::Cancel };
            held.permit(&work, action)?;
            if held.case.version != seen {
                return Err(Failure::Stale);
            }
            take_back(tx, &work, &held.case, action).await?;
            Ok(go)
        })
    });
    write.await
}
