//! The seats of a case: who has agreed, and whether this reviewer may be the next.

use domain::case::view::SeatsView;
use domain::case::{Action, Member, Refusal};
use store::Reader;
use store::case::file::CaseRow;
use store::case::round::EventRow;

use crate::{Failure, Visit};

/// The opinions that stand: of this round, and since the case was last handed on to a bureau that begins anew.
pub(super) fn opinions<'a>(row: &CaseRow, events: &'a [EventRow]) -> Vec<&'a EventRow> {
    let of_round = events.iter().rev().filter(|event| event.round == row.round && event.action == Action::Endorse.code());
    // One for each seat before the one that it waits for; older ones were given before it was forwarded.
    let mut opinions: Vec<&EventRow> = of_round.take(usize::try_from(row.seat).unwrap_or(0)).collect();
    opinions.reverse();
    opinions
}

/// That this reviewer took no seat of the case yet.
///
/// # Errors
/// `SecondPersonNeeded`, `Store`.
pub(super) async fn is_free(reader: &mut Reader, row: &CaseRow, who: &Member) -> Result<(), Failure> {
    if has_agreed(reader, row, who).await? { Err(Refusal::SecondPersonNeeded.into()) } else { Ok(()) }
}

/// That the time has come to agree to it.
///
/// # Errors
/// `NotAllowedIn`, `Store`.
pub(super) async fn is_ripe(reader: &mut Reader, visit: &Visit, row: &CaseRow) -> Result<(), Failure> {
    match visit.services.kinds.of(row.kind).is_ripe(visit, reader, row).await? {
        true => Ok(()),
        false => Err(Refusal::NotAllowedIn { status: row.status, action: Action::Approve }.into()),
    }
}

/// Whether this reviewer has agreed to the case already, so that it waits for somebody else.
///
/// # Errors
/// `Store`.
pub(super) async fn has_agreed(reader: &mut Reader, row: &CaseRow, who: &Member) -> Result<bool, Failure> {
    if row.seat == 0 {
        return Ok(false);
    }
    let events = reader.list_events(&row.id).await?;
    Ok(opinions(row, &events).iter().any(|opinion| who.id == *opinion.actor_id))
}

/// What the page of a case says about its seats; `None` where one person decides. `first` is the first seat that is asked.
///
/// # Errors
/// `Store`.
pub(super) async fn view(
    reader: &mut Reader,
    visit: &Visit,
    row: &CaseRow,
    events: &[EventRow],
    (who, first): (&Member, usize),
) -> Result<Option<SeatsView>, Failure> {
    let rules = visit.kind_rules(row.kind);
    let count = rules.seats.len().saturating_sub(first);
    if count < 2 {
        return Ok(None);
    }
    let opinions = opinions(row, events);
    Ok(Some(SeatsView {
        seats: count,
        is_mine: opinions.iter().any(|opinion| who.id == *opinion.actor_id),
        agreed: opinions.iter().map(|opinion| opinion.actor_name.clone()).collect(),
        has_delay: rules.has_delay,
        effective_at: visit.services.kinds.of(row.kind).effective_at(reader, &row.id).await?,
    }))
}
