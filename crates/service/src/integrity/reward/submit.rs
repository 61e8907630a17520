//! 提交 of a reward: what it is goes along with it, and is checked once more on what is stored.

use domain::answer::Answer;
use domain::id::CaseId;
use domain::integrity::forms::HandRewardForm;
use serde_json::json;
use store::Tx;
use store::integrity::RewardRow;

use super::super::{case_page, rules};
use super::{RewardBody, obstacle};
use crate::case::{Held, bureau_of_person, hand_in_sheet, once};
use crate::{Failure, Visit};

/// Hands a reward in, or hands it in again after a return. A repetition with the same key gets the same answer; what stands in the way is
/// told on the page, which keeps what was typed.
///
/// # Errors
/// `Invalid` with the faults of the form, `FileMissing` at the slots and `NotAgreed`; `AlreadySubmitted`, `NotFound`, `Stale` for a key
/// that no page gave out.
pub async fn submit_reward(visit: &Visit, form: &HandRewardForm) -> Result<Answer, Failure> {
    visit.account()?;
    rules(visit)?;
    let (work, form, id) = (visit.clone(), form.clone(), CaseId::from(form.case.as_str()));
    let (key, case) = (form.request_key.clone(), id.clone());
    let handed_in = once(visit, ("reward", &key), &case, move |tx| {
        Box::pin(async move {
            let held = Held::<RewardRow>::lock(&work, tx, &id).await?;
            hand_over(tx, &work, &held, &form).await?;
            Ok(Answer::go(case_page(&work, &id)))
        })
    });
    handed_in.await
}

async fn hand_over(tx: &mut Tx, visit: &Visit, held: &Held<RewardRow>, form: &HandRewardForm) -> Result<(), Failure> {
    let (case, rules) = (&held.case, rules(visit)?);
    held.to_hand_in(visit, tx).await?;
    let reward = held.complete(visit, form.reward().check(rules, visit.services.today()), &form.agreed)?;
    // What was typed is kept, whatever stands in the way: the page shows both.
    tx.save_reward((&case.id, &case.account_id), &reward).await?;
    let noted = json!({ "level": reward.level });
    if obstacle(visit, tx, &case.account_id, (Some(&reward), Some(&case.id))).await?.is_some() {
        return Ok(tx.audit(&visit.entry("save_draft", "case", case.id.as_str(), noted)).await?);
    }
    let bureau = bureau_of_person(tx, visit, &case.account_id).await?;
    let level = rules.level(&reward.level).map(|level| level.label.clone()).unwrap_or_default();
    let body = RewardBody { reward, level, files: held.papers() };
    hand_in_sheet(tx, visit, (&held.account, case), (&bureau, &body), noted).await
}
