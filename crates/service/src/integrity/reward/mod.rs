//! 诚信录入 (手册乙 8): a reward as a kind of case.

mod delete;
mod kind;
mod show;
mod start;
mod submit;

pub use delete::delete_reward;
pub(crate) use kind::Reward;
pub use show::reward_view;
pub use start::start_reward;
pub use submit::submit_reward;

use domain::case::{CaseKind, Status};
use domain::id::{AccountId, CaseId};
use domain::integrity::{self, NotRewarded};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use store::Reader;
use store::integrity::RewardRow;

use super::{MOST, REWARD, rules};
use crate::case::{Sheet, SubmittedFile};
use crate::{Failure, Visit};

/// What was handed in, as it lies sealed in the submission; it is never edited.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct RewardBody {
    pub reward: integrity::Reward,
    /// The label of its level, as it was then.
    pub level: String,
    pub files: Vec<SubmittedFile>,
}

impl Sheet for RewardRow {
    const KIND: CaseKind = REWARD;

    fn find<'a>(reader: &'a mut Reader, case: &'a CaseId) -> BoxFuture<'a, Result<Option<Self>, Failure>> {
        async move { Ok(reader.find_reward(case).await?) }.boxed()
    }
}

/// Why somebody cannot enter a reward, beside the case that they do it by; `None` where they can.
///
/// # Errors
/// `NotFound` where the province has no such thing, `Store`.
pub(super) async fn obstacle(
    visit: &Visit,
    reader: &mut Reader,
    account: &AccountId,
    (reward, but): (Option<&integrity::Reward>, Option<&CaseId>),
) -> Result<Option<NotRewarded>, Failure> {
    if reader.find_record(account).await?.is_none() {
        return Ok(Some(NotRewarded::NotCollected));
    }
    if reader.find_closing(account).await?.is_some() {
        return Ok(Some(NotRewarded::Closed));
    }
    let rows = reader.list_rewards(account, MOST).await?;
    let others: Vec<_> = rows.iter().filter(|row| Some(&row.case_id) != but).collect();
    let is_same = |of: &integrity::Reward| {
        let mut counted = others.iter().filter(|row| !matches!(row.status, Status::Draft | Status::Closed));
        counted.any(|row| row.reward().is_same(of))
    };
    if reward.is_some_and(is_same) {
        return Ok(Some(NotRewarded::Same));
    }
    let open = others.iter().filter(|row| !matches!(row.status, Status::Approved | Status::Closed)).count();
    Ok((open >= rules(visit)?.most as usize).then_some(NotRewarded::TooMany))
}
