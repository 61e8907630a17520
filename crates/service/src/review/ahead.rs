//! The case that comes next is there beforehand: while one is judged, the one behind it and its pictures are fetched into the memory
//! of the page. That takes no hold, and is written down as what it is.

use domain::case::{Action, Refusal};
use domain::id::CaseId;
use domain::review::forms::CaseForm;
use domain::review::view::CaseView;
use serde_json::json;
use store::Tx;
use store::case::file::CaseRow;

use super::case::unopened;
use super::hold::peek;
use crate::case::{find, give, may, reviewer};
use crate::{Failure, Visit};

/// The case that would come after one; `None` where nothing waits, and once that one is decided: whoever is faster than the page that
/// asks has the next case already. It is drawn once it was taken and is still of the same version, and opened then, which is the look.
///
/// # Errors
/// `NotFound` for a case that does not concern the reviewer, `NotYours` where another bureau judges it; `SignInAgain`,
/// `SecondFactorNeeded`.
pub async fn ahead(visit: &Visit, form: &CaseForm) -> Result<Option<CaseView>, Failure> {
    let who = reviewer(visit)?;
    let (asking, before) = (visit.clone(), CaseId::from(form.case.as_str()));
    let given = visit.write(move |tx| Box::pin(async move { ahead_in(tx, &asking, &before).await })).await?;
    let Some(next) = given else { return Ok(None) };
    Ok(Some(unopened(&mut visit.services.db.read().await?, visit, &who, &next).await?))
}

async fn ahead_in(tx: &mut Tx, visit: &Visit, before: &CaseId) -> Result<Option<CaseRow>, Failure> {
    let who = reviewer(visit)?;
    let (before, role) = find(tx, visit, before).await?;
    match may(visit, &before, role, Action::Hold) {
        Err(Failure::Refused(Refusal::NotAllowedIn { .. })) => return Ok(None),
        other => other?,
    };
    let Some(next) = peek(tx, visit, &who, &before).await? else { return Ok(None) };
    if give(tx, visit, &who.id, &next.id).await? {
        tx.audit(&visit.entry("preload_case", "case", next.id.as_str(), json!({ "round": next.round }))).await?;
    }
    Ok(Some(next))
}
