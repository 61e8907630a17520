//! What its person reads of a case: the timeline, and the reason of the bureau while it matters.

use domain::case::view::TimelineItem;
use domain::case::{Action, Status};
use store::case::round::EventRow;

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
