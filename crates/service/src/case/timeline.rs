//! What its person reads of a case: the timeline, and the reason of the bureau while it matters.

use chrono::{DateTime, Utc};
use domain::case::view::TimelineItem;
use domain::case::{Action, Status};
use domain::province::Province;
use store::Reader;
use store::case::file::CaseRow;
use store::case::former::FormerDeskRow;
use store::case::round::EventRow;

use super::bureau_name;
use crate::{Failure, Visit};

/// What the person reads of the timeline.
const TOLD: [Action; 8] = [
    Action::Submit,
    Action::Resubmit,
    Action::Approve,
    Action::Return,
    Action::Forward,
    Action::Cancel,
    Action::Delete,
    Action::Revoke,
];

/// The newest reason of the bureau, while it matters.
pub(crate) fn newest_reason(events: &[EventRow], status: Status) -> String {
    let action = match status {
        Status::Returned => Action::Return,
        Status::Closed => Action::Revoke,
        Status::Draft | Status::Submitted | Status::Approved => return String::new(),
    };
    events.iter().rev().find(|event| event.action == action.code()).map(|event| event.note.clone()).unwrap_or_default()
}

/// The name of the bureau that had a case at a time. `former` are those that had it before, the first one first.
pub(crate) fn name_at(province: &Province, case: &CaseRow, former: &[FormerDeskRow], at: DateTime<Utc>) -> String {
    let then = former.iter().find(|desk| desk.case_id == case.id && at <= desk.until_at).map(|desk| &desk.bureau);
    bureau_name(province, then.or(case.bureau.as_ref()))
}

/// The events of a case as its person reads them, each with the bureau that had it then.
///
/// # Errors
/// `Store`.
pub(crate) async fn timeline(
    reader: &mut Reader,
    visit: &Visit,
    case: &CaseRow,
    events: Vec<EventRow>,
) -> Result<Vec<TimelineItem>, Failure> {
    let former = reader.list_former_desks(&case.id).await?;
    let item = |event: EventRow| {
        let bureau = name_at(&visit.province, case, &former, event.at);
        timeline_item(event, &bureau)
    };
    Ok(events.into_iter().filter_map(item).collect())
}

/// An event as its person reads it, in whose eyes the bureau acts and not one of its people; `None` for what is not for them.
pub(crate) fn timeline_item(event: EventRow, bureau: &str) -> Option<TimelineItem> {
    let action = Action::from_code(&event.action).filter(|action| TOLD.contains(action))?;
    let who = if event.actor_kind == "staff" { bureau.to_owned() } else { event.actor_name };
    Some(TimelineItem {
        at: event.at,
        action,
        status: Status::from_code(&event.status_after)?,
        who,
        note: event.note,
        round: event.round,
    })
}
