//! Lines of the timeline.

use domain::case::{Action, Actor, Member, Refusal, Status, after};
use store::Tx;
use store::case::file::CaseRow;
use store::case::round::EventRow;

use crate::{Failure, Services, Visit};

/// What the timeline says where a clerk filled in for the person.
const FILLED_IN: &str = "窗口代为填写";

/// Who did something to a case.
#[derive(Clone, Copy)]
pub(crate) struct By<'a> {
    /// `accountant`, `staff`, `counter`, `visitor` or `system`.
    pub kind: &'a str,
    pub id: &'a str,
    pub name: &'a str,
}

impl<'a> By<'a> {
    /// A reviewer.
    pub fn staff(who: &'a Member) -> Self {
        Self { kind: "staff", id: who.id.as_str(), name: &who.name }
    }

    /// One of the staff who filled a case in, or took it in, for the person; they never decide it.
    pub fn counter(id: &'a str, name: &'a str) -> Self {
        Self { kind: "counter", id, name }
    }

    /// The person whose case it is.
    pub fn owner(case: &'a CaseRow, name: &'a str) -> Self {
        Self { kind: "accountant", id: case.account_id.as_str(), name }
    }
}

/// What an action makes of a case that stands as `row` shows it.
///
/// # Errors
/// `NotAllowedIn`.
pub(super) fn then(row: &CaseRow, action: Action) -> Result<Status, Failure> {
    Ok(after(row.status, action).ok_or(Refusal::NotAllowedIn { status: row.status, action })?)
}

/// The line that an action leaves in the timeline of a case, in its `round`.
///
/// # Errors
/// `NotAllowedIn` where the machine knows no such step.
pub(crate) fn line(services: &Services, row: &CaseRow, action: Action, by: By<'_>, note: &str) -> Result<EventRow, Failure> {
    Ok(EventRow {
        id: services.ids.id(),
        case_id: row.id.clone(),
        round: row.round,
        action: action.code().to_owned(),
        status_before: row.status.code().to_owned(),
        status_after: then(row, action)?.code().to_owned(),
        actor_kind: by.kind.to_owned(),
        actor_id: by.id.to_owned(),
        actor_name: by.name.to_owned(),
        note: note.to_owned(),
        at: services.now(),
    })
}

/// Notes with the case that a clerk filled in for its owner, once for each of them, so that they never decide it. For everybody else
/// it does nothing.
///
/// # Errors
/// `NotAllowedIn` where nothing can be filled in, `Store`.
pub(crate) async fn note_typing(tx: &mut Tx, visit: &Visit, case: &CaseRow) -> Result<(), Failure> {
    let Actor::Acting { member, .. } = &visit.actor else { return Ok(()) };
    if tx.has_taken_in(&case.id, &member.id).await? {
        return Ok(());
    }
    let by = By::counter(member.id.as_str(), &member.name);
    Ok(tx.add_event(&line(&visit.services, case, Action::Save, by, FILLED_IN)?).await?)
}
