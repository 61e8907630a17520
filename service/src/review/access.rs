//! Who may do what to a case, asked anew inside the write that does it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::intake::Context;
use domain::province::{Bureaus, Province};
use domain::review::{Action, Actor, CaseKind, HOLD, Refusal, Role, Rules, Sla, Status, Urgency, permitted, role_in, scope};
use store::review::case::CaseRow;
use store::review::desk::Hold;
use store::{Reader, Tx};

use crate::intake::Submitted;
use crate::{Failure, Visit, china_date};

/// A reviewer with the second factor, of a bureau that exists.
#[derive(Clone)]
pub(super) struct Reviewer {
    pub id: String,
    pub name: String,
    pub bureau: String,
}

impl Reviewer {
    pub fn hold(&self, at: DateTime<Utc>) -> Hold<'_> {
        Hold { staff: &self.id, name: &self.name, at, until: at + HOLD }
    }
}

/// The reviewer who is asking; everybody else hears why not.
pub(super) fn reviewer(visit: &Visit) -> Result<Reviewer, Failure> {
    scope(&visit.actor, &visit.province.bureaus, false)?;
    match &visit.actor {
        Actor::Staff { staff, name, bureau, .. } => {
            Ok(Reviewer { id: staff.clone(), name: name.clone(), bureau: bureau.clone() })
        }
        Actor::Visitor { .. } | Actor::Accountant { .. } => Err(Refusal::NotYours.into()),
    }
}

pub(super) fn rules(visit: &Visit, kind: CaseKind) -> Rules {
    Rules::of(kind, visit.province.profile.intake.may_withdraw)
}

/// A case and what the visitor is to it. What they may not look at does not exist for them.
pub(super) async fn find(reader: &mut Reader, visit: &Visit, id: &str) -> Result<(CaseRow, Role), Failure> {
    let row = reader.find_case(id).await?.ok_or(Failure::NotFound)?;
    let role = role_in(&visit.actor, &row.province, &row.account_id, &row.bureau, &visit.province.bureaus);
    match may(visit, &row, role, Action::Look) {
        Ok(()) => Ok((row, role)),
        Err(_) => Err(Failure::NotFound),
    }
}

pub(super) fn may(visit: &Visit, row: &CaseRow, role: Role, action: Action) -> Result<(), Failure> {
    Ok(permitted(row.status, role, action, &rules(visit, row.kind))?)
}

/// Takes or renews the hold and with it the row, so that what this write decides on stays as it is until the commit:
/// without the lock a verdict could slip in between reading the verdicts and approving.
pub(super) async fn claim(
    tx: &mut Tx,
    visit: &Visit,
    who: &Reviewer,
    case: &str,
    action: Action,
    seen: Option<i64>,
) -> Result<CaseRow, Failure> {
    let is_held = tx.hold_case(case, who.hold(visit.now())).await?;
    let (row, role) = find(tx, visit, case).await?;
    if seen.is_some_and(|seen| seen != row.version) {
        may(visit, &CaseRow { status: Status::Submitted, ..row.clone() }, role, action)?;
        return Err(moved_on(tx, &row).await?);
    }
    may(visit, &row, role, action)?;
    if is_held { Ok(row) } else { Err(held_by_other(&row)) }
}

/// Why a case is no longer as it was seen: who decided it and when, or that something else happened.
pub(super) async fn moved_on(reader: &mut Reader, row: &CaseRow) -> Result<Failure, Failure> {
    let (Some(by), Some(at)) = (&row.decided_by, row.decided_at) else { return Ok(Failure::Stale) };
    let name = reader.find_staff(by).await?.map(|staff| staff.name).unwrap_or_default();
    Ok(Refusal::DecidedByOther { name, at, status: row.status }.into())
}

pub(super) fn held_by_other(row: &CaseRow) -> Failure {
    match (&row.holder_name, row.held_until) {
        (Some(name), Some(until)) => Refusal::HeldByOther { name: name.clone(), until }.into(),
        _ => Failure::Stale,
    }
}

/// The version that a form says was seen.
pub(super) fn version(typed: &str) -> Result<i64, Failure> {
    typed.trim().parse().map_err(|_| Failure::Stale)
}

/// The codes from the province down to a bureau, joined by `/`, as the queue sorts them.
pub(super) fn bureau_path(bureaus: &Bureaus, code: &str) -> String {
    let above = bureaus.ancestors(code).into_iter().rev().map(|bureau| bureau.code.as_str());
    above.chain([code]).collect::<Vec<_>>().join("/")
}

pub(super) fn bureau_name(province: &Province, code: &str) -> String {
    province.bureaus.get(code).map(|bureau| bureau.name.clone()).unwrap_or_default()
}

/// The rules' view of a submission.
pub(super) fn context<'a>(province: &'a Province, submitted: &'a Submitted, today: NaiveDate) -> Context<'a> {
    Context {
        profile: &province.profile,
        lists: &province.lists,
        divisions: &province.divisions,
        bureaus: &province.bureaus,
        holder: &submitted.holder,
        answers: &submitted.answers,
        today,
    }
}

/// Working days until the due date (negative when it has passed), and the age and urgency that follow from them.
pub(super) fn waiting(visit: &Visit, kind: CaseKind, due_on: NaiveDate) -> (i64, i64, Urgency) {
    let left = visit.province.calendar.working_days_between(china_date(visit.now()), due_on);
    let profile = &visit.province.profile;
    let (days, sla) = match (kind, profile.account.phone_change) {
        (CaseKind::PhoneChange, Some(rules)) => (rules.review_working_days, Sla::of(rules.review_working_days)),
        (CaseKind::Intake | CaseKind::PhoneChange, _) => (profile.intake.review_working_days, Sla::default()),
    };
    let age = (i64::from(days) - left).max(0);
    (left, age, Urgency::of(u32::try_from(age).unwrap_or(u32::MAX), &sla))
}
