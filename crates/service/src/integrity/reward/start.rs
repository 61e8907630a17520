//! A new reward: a draft of its own, which takes the proof.

use domain::answer::{Answer, Flash};
use domain::case::{Refusal, Status};
use domain::id::CaseId;
use domain::integrity::forms::RewardForm;
use domain::integrity::{NotRewarded, Reward};
use serde_json::json;
use store::Tx;
use store::case::file::CaseRow;

use super::super::{MOST, REWARD, case_page, page, rules};
use super::obstacle;
use crate::{Failure, Visit};

/// The questions are of one version.
const FORM: i64 = 1;

/// Begins a reward. The same once more leads to the same draft; what stands in the way is told on the page.
///
/// # Errors
/// The faults of the form; `NotFound` where the province has no such thing, `SignInAgain`, `Store`.
pub async fn start_reward(visit: &Visit, form: &RewardForm) -> Result<Answer, Failure> {
    visit.account()?;
    let wanted = form.check(rules(visit)?, visit.services.today())?;
    let work = visit.clone();
    match visit.write(move |tx| Box::pin(async move { open(tx, &work, &wanted).await })).await? {
        Ok(case) => Ok(Answer::go(case_page(visit, &case))),
        Err(why) => {
            // What was typed stands there again.
            visit.keep_flash(Flash::of("reward", form, Answer::default())).await?;
            Ok(Answer::go(format!("{}&not={}", page(visit), why.code())))
        }
    }
}

async fn open(tx: &mut Tx, visit: &Visit, wanted: &Reward) -> Result<Result<CaseId, NotRewarded>, Failure> {
    // Two windows that begin at once line up.
    let account = tx.lock_account(visit.account()?).await?.ok_or(Refusal::SignInAgain)?;
    let rows = tx.list_rewards(&account.id, MOST).await?;
    if let Some(draft) = rows.iter().find(|row| row.status == Status::Draft && row.reward().is_same(wanted)) {
        return Ok(Ok(draft.case_id.clone()));
    }
    if let Some(why) = obstacle(visit, tx, &account.id, (Some(wanted), None)).await? {
        return Ok(Err(why));
    }
    let case = CaseRow::new(visit.services.ids.id().into(), REWARD, &account, FORM, visit.now());
    crate::case::open(tx, visit, &case).await?;
    tx.save_reward((&case.id, &account.id), wanted).await?;
    tx.audit(&visit.entry("begin", "case", case.id.as_str(), json!({ "level": wanted.level }))).await?;
    Ok(Ok(case.id))
}
