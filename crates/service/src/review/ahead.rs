//! The case that comes next is there beforehand: while one is judged, the pictures of the one behind it are fetched into the memory
//! of the page. That takes no hold, and is written down as what it is.

use domain::case::{Action, Refusal};
use domain::id::CaseId;
use domain::review::forms::CaseForm;
use serde_json::json;
use store::Tx;

use super::hold::peek;
use crate::case::{find, give, may, reviewer};
use crate::{Failure, Visit};

/// The ids of the pictures of the case that would come after one; none where nothing waits, and once that one is decided: whoever
/// is faster than the page that asks has the next case already. Which case it is is said when it is taken.
///
/// # Errors
/// `NotFound` for a case that does not concern the reviewer, `NotYours` where another bureau judges it; `SignInAgain`,
/// `SecondFactorNeeded`.
pub async fn ahead(visit: &Visit, form: &CaseForm) -> Result<Vec<String>, Failure> {
    reviewer(visit)?;
    let (asking, before) = (visit.clone(), CaseId::from(form.case.as_str()));
    visit.write(move |tx| Box::pin(async move { ahead_in(tx, &asking, &before).await })).await
}

async fn ahead_in(tx: &mut Tx, visit: &Visit, before: &CaseId) -> Result<Vec<String>, Failure> {
    let who = reviewer(visit)?;
    let (before, role) = find(tx, visit, before).await?;
    match may(visit, &before, role, Action::Hold) {
        Err(Failure::Refused(Refusal::NotAllowedIn { .. })) => return Ok(Vec::new()),
        other => other?,
    };
    let Some(next) = peek(tx, visit, &who, &before).await? else { return Ok(Vec::new()) };
    let Some(round) = tx.list_submissions(&next.id).await?.pop() else { return Ok(Vec::new()) };
    let body = visit.services.kinds.of(next.kind).open(&visit.services, &next.id, &round)?;
    if give(tx, visit, &who.id, &next.id).await? {
        tx.audit(&visit.entry("preload_case", "case", next.id.as_str(), json!({ "round": next.round }))).await?;
    }
    Ok(body.files().iter().map(|file| file.id.clone()).collect())
}
