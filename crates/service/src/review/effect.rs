//! What a timer does when a decision can no longer be undone: it takes effect as any other, or says why it does not.

use chrono::Duration;
use domain::case::Action;
use domain::correction::Credits;
use domain::id::CaseId;
use domain::review::Lapse;
use serde_json::json;
use store::audit::Entry;
use store::case::staged::StagedRow;
use store::{StoreError, Tx};

use super::decide::Decision;
use super::stage::TOLD;
use crate::case::reviewer;
use crate::{Failure, Services, Visit};

/// Longer than twenty decisions take, so that no other server begins the same ones.
const LEASE: Duration = Duration::seconds(60);

/// Makes the staged decisions whose time has come, twenty at most; answers how many there were. Any number of servers may do it at
/// once: each decision happens in one transaction, under the lock of its case. What the reviewer may no longer decide does not take
/// effect; the case goes back to the list, and the desk says why.
///
/// # Errors
/// `Store`.
pub async fn settle_decisions(services: &Services) -> Result<usize, Failure> {
    let now = services.now();
    if services.db.read().await?.count_due_staged(now).await? == 0 {
        return Ok(0);
    }
    let claim = services.db.write(move |tx| {
        Box::pin(async move {
            tx.forget_lapsed(now - TOLD).await?;
            tx.claim_staged(now, now + LEASE).await.map_err(Failure::from)
        })
    });
    let claimed = claim.await?;
    for case in &claimed {
        // One that is broken must not keep the others waiting.
        if let Err(failure) = settle(services, case).await {
            tracing::error!(%failure, %case, "a decision could not take effect");
        }
    }
    if !claimed.is_empty() {
        services.outbox.notify_one();
    }
    Ok(claimed.len())
}

async fn settle(services: &Services, case: &CaseId) -> Result<(), Failure> {
    let (job, id) = (services.clone(), case.clone());
    let outcome = services.db.write(move |tx| Box::pin(async move { take_effect(tx, &job, &id).await })).await;
    let why = match &outcome {
        Err(Failure::Refused(refusal)) => Lapse::from(refusal),
        Err(Failure::NotFound) => Lapse::OutOfScope,
        // Something of the person stands by now that there is once.
        Err(Failure::Stale | Failure::Store(StoreError::Exists { .. })) => Lapse::Changed,
        Err(Failure::Invalid(_)) => Lapse::Refused,
        Ok(()) | Err(_) => return outcome,
    };
    let (job, id) = (services.clone(), case.clone());
    services.db.write(move |tx| Box::pin(async move { lapse(tx, &job, &id, why).await })).await
}

/// Reviewer, scope and version are asked for again, as by every decision.
async fn take_effect(tx: &mut Tx, services: &Services, id: &CaseId) -> Result<(), Failure> {
    let Some(case) = tx.lock_case(id).await? else { return Ok(()) };
    // Another server, or an undo, may have been faster than the lock.
    let staged = tx.find_staged(id).await?.filter(|staged| staged.is_waiting() && staged.due_at <= services.now());
    let Some(staged) = staged else { return Ok(()) };
    tx.end_staged(id).await?;
    let visit = visit_of(tx, services, &case.province, &staged).await?;
    let who = reviewer(&visit)?;
    let round = tx.list_submissions(id).await?.pop().ok_or(Failure::Stale)?;
    let action = Action::from_code(&staged.action).ok_or_else(|| Failure::Broken("a staged decision without action".into()))?;
    let body = services.kinds.of(case.kind).open(services, id, &round)?;
    let amount = staged.amount.map(Credits::of_hundredths);
    let decision = Decision { visit, who, action, seen: staged.version, reason: staged.reason, amount, body };
    decision.make(tx, id).await
}

/// As if whoever decided asked now, with the request of then.
async fn visit_of(tx: &mut Tx, services: &Services, province: &str, staged: &StagedRow) -> Result<Visit, Failure> {
    let staff = tx.find_staff(&staged.staff_id).await?.ok_or_else(|| Failure::Broken("a staged decision of nobody".into()))?;
    let province = services.province(province).ok_or_else(|| Failure::Broken("a case without province".into()))?;
    Visit::of_staff(services, province, staff, staged.request_id.clone())
}

async fn lapse(tx: &mut Tx, services: &Services, id: &CaseId, why: Lapse) -> Result<(), Failure> {
    tx.lock_case(id).await?;
    let Some(staged) = tx.find_staged(id).await? else { return Ok(()) };
    if !tx.lapse_staged(id, why.code(), services.now()).await? {
        return Ok(());
    }
    tx.release_case(id, &staged.staff_id).await?;
    let detail = json!({ "decision": staged.action, "staff": staged.staff_id, "why": why.code() });
    Ok(tx.audit(&entry(services, id, &staged, &detail)).await?)
}

fn entry(services: &Services, id: &CaseId, staged: &StagedRow, detail: &serde_json::Value) -> Entry {
    Entry {
        at: services.now(),
        actor_kind: "system",
        actor_id: "staged_decision".into(),
        action: "lapse_decision",
        object_kind: "case",
        object_id: id.to_string(),
        detail: detail.to_string(),
        request_id: staged.request_id.clone(),
    }
}
