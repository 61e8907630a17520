//! What a bureau still reads of a case that it decided on before another one got it: the case as it was then, and no later round.

use chrono::{DateTime, Utc};
use domain::case::{Action, Actor, Power, Role, Status};
use domain::id::StaffId;
use store::Reader;
use store::case::file::CaseRow;
use store::case::round::{EventRow, SubmissionRow};

use super::access::stands_to;
use crate::{Failure, Visit};

/// What the staff of a bureau decide.
const DECISIONS: [Action; 3] = [Action::Endorse, Action::Approve, Action::Return];

/// A case and what the visitor is to it: of what the own bureau, or one below it, decided and no longer has, it is the case as it was
/// when that was decided.
///
/// # Errors
/// `Store`.
pub(super) async fn as_left(reader: &mut Reader, visit: &Visit, row: CaseRow) -> Result<(CaseRow, Role), Failure> {
    let bureaus = &visit.province.bureaus;
    let role = stands_to(visit, &row);
    let Actor::Staff { member, .. } = &visit.actor else { return Ok((row, role)) };
    if role != Role::Stranger || member.province != row.province || member.may(Power::Review, bureaus).is_err() {
        return Ok((row, role));
    }
    let former = reader.list_former_desks(&row.id).await?;
    let own = former.iter().filter(|desk| bureaus.is_within(&desk.bureau, &member.bureau));
    let Some(until) = own.map(|desk| desk.until_at).max() else { return Ok((row, role)) };
    let events = reader.list_events(&row.id).await?;
    let Some(last) = last_decision(&events, until) else { return Ok((row, role)) };
    if last.round == row.round {
        return Ok((row, Role::Overseer));
    }
    let round = reader.list_submissions(&row.id).await?.into_iter().find(|round| round.round == last.round);
    Ok((as_it_was(row, &events, (last, round)), Role::Overseer))
}

/// The newest decision of the staff until a time.
pub(crate) fn last_decision(events: &[EventRow], until: DateTime<Utc>) -> Option<&EventRow> {
    let is_decision = |event: &&EventRow| {
        event.actor_kind == "staff" && Action::from_code(&event.action).is_some_and(|action| DECISIONS.contains(&action))
    };
    events.iter().filter(is_decision).rfind(|event| event.at <= until)
}

/// The case at the end of the round of a decision; by when the next one is due is nothing of it.
fn as_it_was(row: CaseRow, events: &[EventRow], (decision, round): (&EventRow, Option<SubmissionRow>)) -> CaseRow {
    let end = events.iter().rfind(|event| event.round <= decision.round);
    CaseRow {
        round: decision.round,
        seat: 0,
        status: end.and_then(|event| Status::from_code(&event.status_after)).unwrap_or(row.status),
        submitted_at: round.map(|round| round.submitted_at),
        due_on: None,
        decided_at: Some(decision.at),
        decided_by: Some(StaffId::from(decision.actor_id.as_str())),
        holder_id: None,
        holder_name: None,
        held_until: None,
        ..row
    }
}

/// The rounds of a case as [`super::find`] gives it, the first one first.
///
/// # Errors
/// `Store`.
pub(crate) async fn rounds(reader: &mut Reader, row: &CaseRow) -> Result<Vec<SubmissionRow>, Failure> {
    let mut rounds = reader.list_submissions(&row.id).await?;
    rounds.retain(|round| round.round <= row.round);
    Ok(rounds)
}
