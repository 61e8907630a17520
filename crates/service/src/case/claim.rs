//! A reviewer takes a case, so that what a write decides on stays as it is until the commit.

use chrono::{DateTime, Utc};
use domain::case::{Action, HOLD, Member, Power, Refusal, Status, holder};
use domain::id::CaseId;
use store::case::file::CaseRow;
use store::case::queue::Hold;
use store::{Reader, Tx};

use super::{Body, find, may};
use crate::{Failure, Visit};

/// A member's hold from now on.
pub(crate) fn hold_of(who: &Member, at: DateTime<Utc>) -> Hold<'_> {
    Hold { staff: &who.id, name: &who.name, at, until: at + HOLD }
}

/// The reviewer who is asking; everybody else hears why not.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`.
pub(crate) fn reviewer(visit: &Visit) -> Result<Member, Failure> {
    Ok(holder(&visit.actor, Power::Review, &visit.province.bureaus)?.clone())
}

/// Takes or renews the hold and with it the row: without the lock a verdict could slip in between reading the verdicts and
/// approving. Nobody works on an application of their own, not even to hold it or to hand
/// it on.
///
/// # Errors
/// `NotFound`, `NotAllowedIn`, `NotYours`, `SelfReview`, `SecondPersonNeeded` for who filled or took it in at the
/// counter, `HeldByOther`, `Staged`, `DecidedByOther`, `Stale` when the case is no longer as it was `seen`.
pub(crate) async fn claim(
    tx: &mut Tx,
    visit: &Visit,
    who: &Member,
    case: &CaseId,
    action: Action,
    seen: Option<i64>,
) -> Result<CaseRow, Failure> {
    let is_held = tx.hold_case(case, hold_of(who, visit.now())).await?;
    let (row, role) = find(tx, visit, case).await?;
    // Now that the row is locked: a decision that was staged beside this one is seen, which the hold itself may have missed.
    let staged = tx.find_staged(case).await?.filter(|staged| staged.is_waiting() && staged.staff_id == who.id);
    if seen.is_some_and(|seen| seen != row.version) {
        may(visit, &CaseRow { status: Status::Submitted, ..row.clone() }, role, action)?;
        return Err(moved_on(tx, &row).await?);
    }
    may(visit, &row, role, action)?;
    if let Some(staged) = staged {
        return Err(Refusal::Staged { until: staged.due_at }.into());
    }
    if !is_held {
        return Err(held_by_other(&row));
    }
    if tx.is_same_person(&row.account_id, &who.id).await? {
        return Err(Refusal::SelfReview.into());
    }
    // Whoever filled or took it in at the counter may still hand it on.
    if action != Action::Forward && tx.has_taken_in(case, &who.id).await? {
        return Err(Refusal::SecondPersonNeeded.into());
    }
    Ok(row)
}

/// Whether a case is one's own: it is theirs, or its approval would give them something.
///
/// # Errors
/// `Store`.
pub(crate) async fn is_own(reader: &mut Reader, row: &CaseRow, body: &dyn Body, who: &Member) -> Result<bool, Failure> {
    if reader.is_same_person(&row.account_id, &who.id).await? {
        return Ok(true);
    }
    let people = body.people();
    if people.is_empty() {
        return Ok(false);
    }
    Ok(reader.list_own_accounts(&who.id).await?.iter().any(|own| people.contains(&own)))
}

/// Why a case is no longer as it was seen: who decided it and when, or that something else happened.
///
/// # Errors
/// `Store`.
pub(crate) async fn moved_on(reader: &mut Reader, row: &CaseRow) -> Result<Failure, Failure> {
    let (Some(by), Some(at)) = (&row.decided_by, row.decided_at) else { return Ok(Failure::Stale) };
    let name = reader.find_staff(by).await?.map(|staff| staff.name).unwrap_or_default();
    Ok(Refusal::DecidedByOther { name, at, status: row.status }.into())
}

fn held_by_other(row: &CaseRow) -> Failure {
    match (&row.holder_name, row.held_until) {
        (Some(name), Some(until)) => Refusal::HeldByOther { name: name.clone(), until }.into(),
        _ => Failure::Stale,
    }
}

/// The version that a form says was seen.
///
/// # Errors
/// `Stale` for what is none.
pub(crate) fn version(typed: &str) -> Result<i64, Failure> {
    typed.trim().parse().map_err(|_| Failure::Stale)
}
