//! The visible, expiring hold: who has a case open, and which one comes next.

use chrono::{DateTime, NaiveDate, Utc};
use domain::answer::{Answer, Notice};
use domain::case::{Action, Member, Status};
use domain::id::CaseId;
use domain::review::forms::{CaseForm, SkipForm};
use serde_json::json;
use store::Tx;
use store::case::file::CaseRow;
use store::case::queue::{NEVER, QueueFilter, QueueRow};
use store::case::skip::SkipRow;

use super::judge::checked_reason;
use super::seats::has_agreed;
use crate::case::{bureau_path, claim, find, hold_of, reviewer, version};
use crate::{Failure, Visit};

/// Tries to get a case: as many reviewers may ask in the same moment on PostgreSQL.
const TRIES: usize = 12;
/// Cases looked at in one step when one is skipped.
const PAGE: i64 = 50;

/// Takes or renews the hold of ten minutes on a case, also on one that was left for the day. Only taking it leaves an audit row.
///
/// # Errors
/// `NotFound`, `HeldByOther`, `NotAllowedIn`, `NotYours`.
pub async fn take_hold(visit: &Visit, form: &CaseForm) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    let (before, _) = find(&mut visit.services.db.read().await?, visit, &CaseId::from(form.case.as_str())).await?;
    let (asking, visit, case) = (visit, visit.clone(), before.id.clone());
    let is_renewed = is_mine(&before, &who, visit.now());
    asking
        .write(move |tx| {
            Box::pin(async move {
                let row = claim(tx, &visit, &who, &case, Action::Hold, None).await?;
                tx.take_up_case(&who.id, &case).await?;
                if !is_renewed {
                    tx.audit(&visit.entry("hold_case", "case", case.as_str(), json!({}))).await?;
                }
                Ok::<_, Failure>(Answer::say(Notice::Saved { version: row.version, at: visit.now() }))
            })
        })
        .await
}

/// Gives the hold back, if it is one's own, and goes to the queue.
///
/// # Errors
/// `NotFound`.
pub async fn release(visit: &Visit, form: &CaseForm) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    let (row, _) = find(&mut visit.services.db.read().await?, visit, &CaseId::from(form.case.as_str())).await?;
    let go = Answer::go(queue_path(visit));
    if row.holder_id.as_ref() != Some(&who.id) {
        return Ok(go);
    }
    let (asking, visit) = (visit, visit.clone());
    asking
        .write(move |tx| {
            Box::pin(async move {
                // What somebody else holds by now, or a staged decision keeps, was not given back.
                if tx.release_case(&row.id, &who.id).await? {
                    tx.audit(&visit.entry("release_case", "case", row.id.as_str(), json!({}))).await?;
                }
                Ok::<_, Failure>(go)
            })
        })
        .await
}

/// Takes the next case of the own bureau that nobody else holds and goes to it: the one due after `after`, so that a case
/// can be skipped, otherwise the oldest due. With nothing left it goes to the queue and says so.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`.
pub async fn next(visit: &Visit, after: Option<&CaseId>) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    match hold_next(visit, &who, after).await? {
        Some(row) => Ok(taken(visit, &row)),
        None => Ok(Answer { notice: Some(Notice::Done), ..Answer::go(queue_path(visit)) }),
    }
}

/// Where to go after a decision. What was decided stands, so that a fault in here only leads to the queue.
pub(super) async fn after_decision(visit: &Visit, who: &Member, case: &CaseId) -> Answer {
    match hold_next(visit, who, Some(case)).await {
        Ok(Some(row)) => taken(visit, &row),
        Ok(None) => Answer { notice: Some(Notice::Done), ..Answer::go(queue_path(visit)) },
        Err(failure) => {
            tracing::warn!(%failure, "no next case after a decision");
            Answer { notice: Some(Notice::Done), ..Answer::go(queue_path(visit)) }
        }
    }
}

/// To a case that was taken, with its version: a page that has it in memory needs to know whether it is still the same.
fn taken(visit: &Visit, row: &CaseRow) -> Answer {
    let notice = Notice::Saved { version: row.version, at: visit.now() };
    Answer { notice: Some(notice), ..Answer::go(case_path(visit, &row.id)) }
}

async fn hold_next(visit: &Visit, who: &Member, after: Option<&CaseId>) -> Result<Option<CaseRow>, Failure> {
    let (asking, visit, who, after) = (visit, visit.clone(), who.clone(), after.cloned());
    asking
        .write(move |tx| {
            Box::pin(async move {
                let Some(id) = take_next(tx, &visit, &who, after.as_ref()).await? else { return Ok(None) };
                if let Some(after) = &after {
                    tx.release_case(after, &who.id).await?;
                }
                tx.audit(&visit.entry("hold_case", "case", id.as_str(), json!({ "next": true }))).await?;
                Ok::<_, Failure>(tx.find_case(&id).await?)
            })
        })
        .await
}

async fn take_next(tx: &mut Tx, visit: &Visit, who: &Member, after: Option<&CaseId>) -> Result<Option<CaseId>, Failure> {
    let now = visit.now();
    let skipped = match after {
        None => None,
        Some(id) => {
            tx.find_case(id).await?.filter(|row| row.bureau.as_ref() == Some(&who.bureau) && row.status == Status::Submitted)
        }
    };
    if let Some((due_on, id)) = skipped.and_then(|row| Some((row.due_on?, row.id)))
        && let Some(found) = take_behind(tx, visit, who, due_on, &id).await?
    {
        return Ok(Some(found));
    }
    for _ in 0..TRIES {
        // Another reviewer may take the same case in this moment; the next try then sees their hold.
        if let Some(id) =
            tx.hold_next_case((visit.province_key(), &who.bureau), after, visit.services.today(), hold_of(who, now)).await?
        {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

async fn take_behind(
    tx: &mut Tx,
    visit: &Visit,
    who: &Member,
    due_on: NaiveDate,
    id: &CaseId,
) -> Result<Option<CaseId>, Failure> {
    for row in behind(tx, visit, who, Some((due_on, id))).await? {
        if is_open_to(tx, visit, who, &row).await? && tx.hold_case(&row.id, hold_of(who, visit.now())).await? {
            return Ok(Some(row.id));
        }
    }
    Ok(None)
}

/// The case that would come after one, as it looks now; nothing is held. Where a decision takes effect at once the oldest comes.
pub(super) async fn peek(tx: &mut Tx, visit: &Visit, who: &Member, before: &CaseRow) -> Result<Option<CaseRow>, Failure> {
    let waits = visit.province.profile.review.undo().is_some();
    let after = before.due_on.filter(|_| waits).map(|due_on| (due_on, &before.id));
    let mut rows = behind(tx, visit, who, after).await?;
    if after.is_some() {
        rows.extend(behind(tx, visit, who, None).await?);
    }
    for row in rows.iter().filter(|row| row.id != before.id) {
        if is_open_to(tx, visit, who, row).await? {
            return Ok(tx.find_case(&row.id).await?);
        }
    }
    Ok(None)
}

/// What waits at the own bureau, behind a place in the queue.
async fn behind(tx: &mut Tx, visit: &Visit, who: &Member, after: Option<(NaiveDate, &CaseId)>) -> Result<Vec<QueueRow>, Failure> {
    let path = bureau_path(&visit.province.bureaus, &who.bureau);
    let after = match after {
        Some((due_on, id)) => Some((due_on, tx.find_urged(id).await?.is_none(), id)),
        None => None,
    };
    let filter = QueueFilter {
        province: visit.province_key(),
        bureau_path: &path,
        include_below: false,
        statuses: &[Status::Submitted],
        applicant: "",
        number: "",
        hash: None,
        kind: None,
        year: None,
        school: "",
        until: NEVER,
        after,
        limit: PAGE,
    };
    Ok(tx.list_queue(&filter).await?)
}

/// Whether a reviewer could take a case of the queue now.
async fn is_open_to(tx: &mut Tx, visit: &Visit, who: &Member, row: &QueueRow) -> Result<bool, Failure> {
    let is_free = row.held_until.is_none_or(|until| until < visit.now()) || row.holder_id.as_ref() == Some(&who.id);
    let Some(case) = tx.find_case(&row.id).await?.filter(|_| is_free) else { return Ok(false) };
    Ok(!has_agreed(tx, &case, who).await?
        && !tx.has_taken_in(&case.id, &who.id).await?
        && !tx.is_skipped(&who.id, &case.id, visit.services.today()).await?
        && !tx.is_same_person(&case.account_id, &who.id).await?)
}

/// Whether a reviewer's hold is alive.
pub(super) fn is_mine(row: &CaseRow, who: &Member, now: DateTime<Utc>) -> bool {
    row.holder_id.as_ref() == Some(&who.id) && row.held_until.is_some_and(|until| until >= now)
}

/// 跳过: leaves a case for the day as it was seen, with a reason, and takes the next. It comes back the day after, or when its hold is
/// taken.
///
/// # Errors
/// Faults at `reason`; `NotFound`, `HeldByOther`, `Staged`, `NotAllowedIn`, `NotYours`, `Stale`.
pub async fn skip(visit: &Visit, form: &SkipForm) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    let reason = checked_reason(&form.reason)?;
    let seen = version(&form.version)?;
    let (row, _) = find(&mut visit.services.db.read().await?, visit, &CaseId::from(form.case.as_str())).await?;
    let (asking, case) = (visit.clone(), row.id.clone());
    let skipped = visit.write(move |tx| {
        Box::pin(async move {
            let row = claim(tx, &asking, &who, &row.id, Action::Hold, Some(seen)).await?;
            let skip = SkipRow { staff: &who.id, case: &row.id, reason: &reason, on: asking.services.today(), at: asking.now() };
            tx.skip_case(skip).await?;
            tx.release_case(&row.id, &who.id).await?;
            tx.audit(&asking.entry("skip_case", "case", row.id.as_str(), json!({ "round": row.round }))).await?;
            Ok::<_, Failure>(())
        })
    });
    skipped.await?;
    next(visit, Some(&case)).await
}

pub(super) fn case_path(visit: &Visit, id: &CaseId) -> String {
    format!("/{}/staff/cases/{id}", visit.province_key())
}

pub(super) fn queue_path(visit: &Visit) -> String {
    format!("/{}/staff/queue", visit.province_key())
}
