//! 删除 of a reward by its person (手册乙 8.3: 审核退回或待审核的记录个人可删除，审核通过的不可删除).

use domain::answer::Answer;
use domain::integrity::forms::DropRewardForm;
use store::integrity::RewardRow;

use super::super::page;
use crate::case::take_away;
use crate::{Failure, Visit};

/// Takes a reward away that is a draft, waits, or was returned; what was handed in stays known to the bureau. Repeating it changes
/// nothing.
///
/// # Errors
/// `NotAllowedIn` for an approved one, `Stale` when it changed since it was seen, `NotFound`.
pub async fn delete_reward(visit: &Visit, form: &DropRewardForm) -> Result<Answer, Failure> {
    take_away::<RewardRow>(visit, (&form.case, &form.version), page(visit)).await
}
