//! 打印申请表 at the counter: what two of the staff have agreed to print is fetched by either of them, for a day.

use chrono::Duration;
use domain::case::{Action, Member, Status};
use domain::counter::Correction;
use domain::id::{AccountId, CaseId};
use serde_json::json;
use store::Reader;
use store::case::file::CaseRow;

use super::seek::KIND;
use super::{APPLICATION, CounterBody};
use crate::case::{Printed, count_reveal, open_body, reviewer};
use crate::{Failure, Visit};

/// How long after the second person has agreed.
const FETCHED_FOR: Duration = Duration::hours(24);

/// The form of the person whom a print that was agreed to is about, with whole numbers, as it stands now. It counts as a look at them,
/// and each time is written down.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours` for everybody but reviewers; `NotFound` for what is no print, or is over, and for
/// whoever took no part in it; `TooOften`, `Busy`, `Store`, `Broken`.
pub async fn form(visit: &Visit, case: &CaseId) -> Result<Printed, Failure> {
    let who = reviewer(visit)?;
    let (work, case) = (visit.clone(), case.clone());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let row = tx.find_case(&case).await?.ok_or(Failure::NotFound)?;
            if !is_open_to(tx, &work, &who, &row).await? {
                return Err(Failure::NotFound);
            }
            count_reveal(tx, &work, &who).await?;
            let detail = json!({ "account": row.account_id });
            tx.audit(&work.entry("print_at_counter", "case", row.id.as_str(), detail)).await?;
            Ok::<_, Failure>(row.account_id)
        })
    });
    let account = written.await?;
    visit.services.kinds.of(APPLICATION).form(visit, &account).await
}

/// The print of an account that this member may fetch, when there is one.
///
/// # Errors
/// `Store`, `Broken`.
pub(super) async fn may_fetch(
    reader: &mut Reader,
    visit: &Visit,
    who: &Member,
    account: &AccountId,
) -> Result<Option<CaseId>, Failure> {
    let Some(row) = reader.find_latest_case(account, KIND).await? else { return Ok(None) };
    Ok(is_open_to(reader, visit, who, &row).await?.then_some(row.id))
}

/// Whether a case is a print that stands, and this member one of the two. The case may lie at the bureau above.
async fn is_open_to(reader: &mut Reader, visit: &Visit, who: &Member, row: &CaseRow) -> Result<bool, Failure> {
    let is_fresh = row.decided_at.is_some_and(|at| visit.now() < at + FETCHED_FOR);
    if row.kind != KIND || row.province != visit.province_key() || row.status != Status::Approved || !is_fresh {
        return Ok(false);
    }
    let Some(round) = reader.list_submissions(&row.id).await?.pop() else { return Ok(false) };
    if open_body::<CounterBody>(&visit.services, &row.id, &round)?.what != Correction::Print {
        return Ok(false);
    }
    let events = reader.list_events(&row.id).await?;
    let mut of_round = events.iter().filter(|event| event.round == row.round && who.id == *event.actor_id);
    Ok(of_round.any(|event| [Action::Endorse, Action::Approve].iter().any(|action| event.action == action.code())))
}
