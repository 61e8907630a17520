//! Who may do what to a case, asked anew inside the write that does it.

use chrono::NaiveDate;
use domain::case::{Action, CaseKind, Member, Refusal, Role, Status, Urgency, permitted, role_in};
use domain::id::{AccountId, BureauCode, CaseId};
use domain::limit::{Left, Limited};
use domain::province::Province;
use store::case::file::CaseRow;
use store::{Reader, Tx};

use super::left::as_left;
use crate::{Failure, Limit, Visit, allow, china_date, left};

/// A case and what the visitor is to it. What they may not look at does not exist for them. A bureau that decided on it before it went
/// to another one looks at what it decided still, as do those above ([`super::left`]).
///
/// # Errors
/// `NotFound`; `Withdrawn` for the bureau where the applicant took it back; `Store`.
pub(crate) async fn find(reader: &mut Reader, visit: &Visit, id: &CaseId) -> Result<(CaseRow, Role), Failure> {
    let row = reader.find_case(id).await?.ok_or(Failure::NotFound)?;
    let (row, role) = as_left(reader, visit, row).await?;
    match may(visit, &row, role, Action::Look) {
        Ok(()) => Ok((row, role)),
        // The bureau has seen it before.
        Err(_) if row.status == Status::Draft && row.round > 0 && matches!(role, Role::Reviewer | Role::Overseer) => {
            Err(Refusal::Withdrawn.into())
        }
        Err(_) => Err(Failure::NotFound),
    }
}

/// What the visitor is to a case as it is now.
pub(crate) fn stands_to(visit: &Visit, row: &CaseRow) -> Role {
    role_in(&visit.actor, &row.province, &row.account_id, row.bureau.as_ref(), &visit.province.bureaus)
}

/// What else is open of a person that decides what stands on record: with a bureau, or with the person to be amended.
///
/// # Errors
/// `Store`.
pub(crate) async fn open_beside(reader: &mut Reader, account: &AccountId, kind: CaseKind) -> Result<Option<CaseRow>, Failure> {
    for other in CaseKind::ALL.iter().filter(|other| other.is_of_record() && **other != kind) {
        let case = reader.find_latest_case(account, *other).await?;
        if let Some(case) = case.filter(|case| matches!(case.status, Status::Submitted | Status::Returned)) {
            return Ok(Some(case));
        }
    }
    Ok(None)
}

/// Whether a role may do this to a case, by the machine, its kind and the province.
///
/// # Errors
/// Why not.
pub(crate) fn may(visit: &Visit, row: &CaseRow, role: Role, action: Action) -> Result<(), Failure> {
    Ok(permitted(row.status, role, action, &visit.kind_rules(row.kind))?)
}

/// Whole numbers that one member of the staff may look at in an hour, on the page or on paper (security 1.7).
const REVEALS: Limit = Limit::new(Limited::Reveals, 60, 3600);

/// Counts a look at whole numbers, and answers how many are left when few are. Requests of one session line up, so that
/// parallel ones cannot pass the limit together.
///
/// # Errors
/// `TooOften`, `Store`.
pub(crate) async fn count_reveal(tx: &mut Tx, visit: &Visit, who: &Member) -> Result<Option<Left>, Failure> {
    tx.touch_session(visit.actor.session(), visit.now()).await?;
    let bucket = format!("{}:reveal:{}", visit.province_key(), who.id);
    allow(tx, &visit.services.ids.id(), &bucket, &[REVEALS], visit.now()).await?;
    Ok(left(tx, &bucket, &[REVEALS], visit.now()).await?)
}

/// Whole numbers that one member of the staff may look for: the desk serves people who are there or have applied, and is no way
/// to read out a register.
const LOOKUPS: [Limit; 2] = [Limit::new(Limited::Searches, 60, 3_600), Limit::new(Limited::Searches, 300, 86_400)];

/// Counts that somebody looks for a whole number of a document or a telephone; as with looks at them, requests of one session line up.
///
/// # Errors
/// `TooOften`, `Store`.
pub(crate) async fn count_lookup(tx: &mut Tx, visit: &Visit, who: &Member) -> Result<(), Failure> {
    tx.touch_session(visit.actor.session(), visit.now()).await?;
    let bucket = format!("{}:lookup:{}", visit.province_key(), who.id);
    allow(tx, &visit.services.ids.id(), &bucket, &LOOKUPS, visit.now()).await
}

/// Counts and writes down, under `action`, that a number was typed of which the answer tells whether somebody has it: by a write of
/// its own, which a refusal does not take back.
///
/// # Errors
/// `TooOften`, `SignInAgain`, `Store`.
pub(crate) async fn note_lookup(visit: &Visit, who: &Member, action: &'static str) -> Result<(), Failure> {
    let (work, who) = (visit.clone(), who.clone());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            count_lookup(tx, &work, &who).await?;
            let entry = work.entry(action, "session", work.actor.session(), serde_json::json!({}));
            Ok::<_, Failure>(tx.audit(&entry).await?)
        })
    });
    written.await
}

/// The name of a bureau, with its city before it; empty for none.
pub(crate) fn bureau_name<'a>(province: &Province, code: impl Into<Option<&'a BureauCode>>) -> String {
    code.into().and_then(|code| province.bureaus.get(code)).map(|bureau| bureau.name.clone()).unwrap_or_default()
}

/// Working days until the due date (negative when it has passed), and the age and urgency that follow from them.
pub(crate) fn waiting(visit: &Visit, kind: CaseKind, due_on: NaiveDate) -> (i64, i64, Urgency) {
    let left = visit.province.calendar.working_days_between(china_date(visit.now()), due_on);
    let line = visit.line(kind);
    let age = (i64::from(line.review_working_days) - left).max(0);
    (left, age, Urgency::of(u32::try_from(age).unwrap_or(u32::MAX), &line.sla()))
}

/// The bureau that has a person's record, or else their newest application, or that the old system knew; what others asked for about them settles nothing.
///
/// # Errors
/// `Store`.
pub(crate) async fn known_bureau(reader: &mut Reader, visit: &Visit, account: &AccountId) -> Result<Option<BureauCode>, Failure> {
    let of_record = reader.find_record(account).await?.map(|record| record.bureau);
    let mut of_case = None;
    for kind in CaseKind::ALL.iter().filter(|kind| kind.rules().has_draft) {
        let case = reader.find_latest_case(account, *kind).await?.filter(|case| case.bureau.is_some());
        of_case = of_case.into_iter().chain(case).max_by_key(|case: &CaseRow| case.created_at);
    }
    let of_case = of_case.and_then(|case| case.bureau);
    let of_import = reader.find_legacy_holder(account).await?.map(|holder| holder.bureau);
    Ok([of_record, of_case, of_import].into_iter().flatten().find(|code| visit.province.bureaus.get(code).is_some()))
}

/// The same, or else the bureau of the province.
///
/// # Errors
/// `Store`; `Broken` for a province without bureaus.
pub(crate) async fn bureau_of_person(reader: &mut Reader, visit: &Visit, account: &AccountId) -> Result<BureauCode, Failure> {
    let bureaus = &visit.province.bureaus;
    if let Some(known) = known_bureau(reader, visit, account).await? {
        return Ok(known);
    }
    let top = bureaus.for_division(&visit.province.profile.code).or_else(|| bureaus.0.values().find(|b| b.level == 1));
    top.map(|bureau| bureau.code.clone()).ok_or_else(|| Failure::Broken("a province without bureau".into()))
}
