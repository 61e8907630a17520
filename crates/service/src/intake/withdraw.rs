//! 撤销申请 (手册甲 二（二）): the case is a draft again until it is submitted once more.

use domain::answer::Answer;
use domain::case::{Action, Refusal, Status};
use domain::intake::forms::WithdrawForm;

use super::load::{Folder, path};
use super::turn::{lock_and_load, turn};
use crate::case::{bureau_name, take_back};
use crate::{Failure, Visit};

/// Takes the application back, as long as nobody has decided. The repetition of a withdrawal gets the same answer.
///
/// # Errors
/// `DecidedByOther` with the bureau when it was faster, `NotAllowedIn`, `Stale` when the case changed since it was seen.
pub async fn withdraw(visit: &Visit, form: &WithdrawForm) -> Result<Answer, Failure> {
    visit.account()?;
    let seen: i64 = form.version.trim().parse().map_err(|_| Failure::Stale)?;
    let (work, _turn) = (visit.clone(), turn(visit).await?);
    visit
        .write(move |tx| {
            Box::pin(async move {
                let folder = lock_and_load(&work, tx).await?;
                let file = folder.case.as_ref().ok_or(Failure::NotFound)?;
                let answer = Answer::go(path(&work, "intake"));
                if file.status == Status::Draft && file.version == seen + 1 {
                    return Ok(answer);
                }
                decided_by_other(&folder)?;
                folder.permit(Action::Withdraw)?;
                if file.version != seen {
                    return Err(Failure::Stale);
                }
                take_back(tx, &work, file, Action::Withdraw).await?;
                Ok(answer)
            })
        })
        .await
}

/// The person learns which bureau decided, not which reviewer.
fn decided_by_other(folder: &Folder) -> Result<(), Refusal> {
    let decided = folder.case.as_ref().filter(|case| matches!(case.status, Status::Returned | Status::Approved));
    let Some((case, at)) = decided.and_then(|case| Some((case, case.decided_at?))) else { return Ok(()) };
    let name = bureau_name(folder.province(), case.bureau.as_ref());
    Err(Refusal::DecidedByOther { name, at, status: case.status })
}
