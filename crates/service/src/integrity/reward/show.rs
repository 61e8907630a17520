//! One reward as its person sees it: the form while it is theirs, what was handed in afterwards.

use domain::id::CaseId;
use domain::integrity::forms::RewardForm;
use domain::integrity::view::RewardView;
use store::integrity::RewardRow;

use super::super::{REWARD, rules};
use super::obstacle;
use crate::case::show;
use crate::{Failure, Visit};

/// A reward with its proof, what stands in its way, and everything that was said about it.
///
/// # Errors
/// `NotFound` for that of somebody else, `SignInAgain`, `Store`, `Broken`.
pub async fn reward_view(visit: &Visit, case: &CaseId) -> Result<RewardView, Failure> {
    visit.account()?;
    let rules = rules(visit)?;
    let (held, is_open, shown) = show::<RewardRow>(visit, case, "reward-case").await?;
    let reward = held.row.reward();
    let obstacle = match is_open {
        true => {
            let mut reader = visit.services.db.read().await?;
            obstacle(visit, &mut reader, &held.account.id, (Some(&reward), Some(case))).await?
        }
        false => None,
    };
    Ok(RewardView {
        rules: rules.clone(),
        reward_name: visit.line(REWARD).name.clone(),
        reward: RewardForm::of(&reward),
        obstacle,
        case: shown.case,
        slots: shown.slots,
        uploads_left: shown.uploads_left,
        sections: shown.sections,
        reason: shown.reason,
        timeline: shown.timeline,
        actions: shown.actions,
        promise: shown.promise,
        flash: shown.flash,
        request_key: shown.request_key,
    })
}
