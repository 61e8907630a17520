//! 删除 of a conversion by its person (手册乙 7.3: 对于审核退回或待审核的继续教育记录，可进行删除操作，审核通过的不可删除).

use domain::answer::Answer;
use domain::case::{Action, Status};
use domain::id::CaseId;
use domain::learning::forms::DropForm;

use super::file::Claimed;
use super::path;
use crate::case::{take_back, version};
use crate::{Failure, Visit};

/// Takes a conversion away that is a draft, waits, or was returned; what was handed in stays known to the bureau. Repeating it
/// changes nothing.
///
/// # Errors
/// `NotAllowedIn` for an approved one, `Stale` when it changed since it was seen, `NotFound`.
pub async fn delete_conversion(visit: &Visit, form: &DropForm) -> Result<Answer, Failure> {
    visit.account()?;
    let (seen, id, work) = (version(&form.version)?, CaseId::from(form.case.as_str()), visit.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let claimed = Claimed::lock(&work, tx, &id).await?;
            let go = Answer::go(path(&work, "learning/conversions?done=deleted"));
            // A repetition; one that the bureau revoked has a decision.
            if claimed.case.status == Status::Closed && claimed.case.decided_at.is_none() {
                return Ok(go);
            }
            let action = if claimed.case.status == Status::Draft { Action::Delete } else { Action::Cancel };
            claimed.permit(&work, action)?;
            if claimed.case.version != seen {
                return Err(Failure::Stale);
            }
            tx.release_conversion(&id).await?;
            take_back(tx, &work, &claimed.case, action).await?;
            Ok(go)
        })
    });
    write.await
}
