//! 催办 (一直审核中): whoever waits past the day that was promised says so to the bureau.

use domain::answer::Answer;

use super::load::path;
use super::turn::{lock, turn};
use crate::{Failure, Visit, case};

/// Urges the application, where it is past its day and was not urged within the working days of the profile. In every case it
/// leads to 申报进度, which says how it stands and from when it may be urged: a repetition has one effect and one answer.
///
/// # Errors
/// `SignInAgain`, `NotWhileActing`, `Store`.
pub async fn urge(visit: &Visit) -> Result<Answer, Failure> {
    visit.account()?;
    let (work, _turn) = (visit.clone(), turn(visit).await?);
    visit
        .write(move |tx| {
            Box::pin(async move {
                if let Some(file) = lock(&work, tx).await? {
                    case::urge(tx, &work, &file).await?;
                }
                Ok(Answer::go(path(&work, "intake/progress")))
            })
        })
        .await
}
