//! Before a sheet is read: the house takes one apart for whoever may report the class, and not without end.

use domain::id::CaseId;
use domain::limit::Limited;

use super::{Managed, class_rules};
use crate::account::count;
use crate::{Failure, Limit, Visit};

/// Sheets that a manager may send in a day.
const SHEETS: Limit = Limit::new(Limited::Uploads, 60, 86_400);

/// Whether somebody may have the house read a sheet of a class, which is counted.
///
/// # Errors
/// `NotFound` for a class of an employer that somebody else manages, `TooOften`, `SignInAgain`, `Store`.
pub async fn may_report(visit: &Visit, class: &CaseId) -> Result<(), Failure> {
    let account = visit.account()?.clone();
    class_rules(visit)?;
    let (work, id) = (visit.clone(), class.clone());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            tx.find_case(&id).await?.filter(|case| case.account_id == account).ok_or(Failure::NotFound)?;
            let filed = tx.find_class(&id).await?.ok_or(Failure::NotFound)?;
            Managed::of(&work, tx, &filed.manager_id).await?;
            let bucket = work.bucket("class:sheet", account.as_str());
            count(tx, &work, &bucket, &[SHEETS]).await.map(drop)
        })
    });
    written.await
}
