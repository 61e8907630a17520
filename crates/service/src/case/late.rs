//! 催办: a case past its day is urged by its person, once in so many working days of the profile.

use domain::case::{Late, Status};
use serde_json::json;
use store::case::file::CaseRow;
use store::{Reader, Tx};

use crate::{Failure, Visit};

/// Whether a case waits past its day, and when it may be urged.
///
/// # Errors
/// `Store`.
pub(crate) async fn late(reader: &mut Reader, visit: &Visit, case: &CaseRow) -> Result<Option<Late>, Failure> {
    let today = visit.services.today();
    let due_on = case.due_on.filter(|on| case.status == Status::Submitted && *on < today);
    let Some(due_on) = due_on else { return Ok(None) };
    // A clock that ran ahead when it was urged keeps nobody waiting.
    let urged_at = reader.find_urged(&case.id).await?.filter(|at| *at <= visit.now());
    Ok(Late::of(due_on, urged_at, today, visit.province.profile.review.urge_working_days, &visit.province.calendar))
}

/// Urges a case that is locked, where that may be now; whatever is too early, comes twice or is decided changes nothing.
///
/// # Errors
/// `Store`.
pub(crate) async fn urge(tx: &mut Tx, visit: &Visit, case: &CaseRow) -> Result<(), Failure> {
    if late(tx, visit, case).await?.is_some_and(Late::may_be_urged) {
        tx.urge_case(&case.id, visit.now()).await?;
        let detail = json!({ "round": case.round, "due_on": case.due_on, "bureau": case.bureau });
        tx.audit(&visit.entry("urge_case", "case", case.id.as_str(), detail)).await?;
    }
    Ok(())
}
