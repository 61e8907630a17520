//! 诚信: rewards that people enter and their bureau reviews (手册乙 8), penalties that one of a bureau enters and another confirms, what
//! people say against them, and the record, of which nothing is ever taken away.

mod beside;
mod export;
mod imported;
mod moments;
mod objection;
mod penalty;
mod public;
mod record;
mod reward;
#[cfg(test)]
pub(crate) mod stories;

pub use export::{Exported, export_page, export_record};
pub(crate) use imported::{Recording, is_recorded, record_imported, take_imported_back};
pub(crate) use objection::Objection;
pub use objection::{correct_penalty, correction_view, objections_view, raise_objection, withdraw_objection};
pub(crate) use penalty::Penalty;
pub use penalty::{enter_penalty, penalties_view};
pub use public::public_penalties;
pub use record::integrity_view;
pub(crate) use record::take_back;
pub(crate) use reward::Reward;
pub use reward::{delete_reward, reward_view, start_reward, submit_reward};

use domain::case::CaseKind;
use domain::id::CaseId;
use domain::integrity::IntegrityRules;

use crate::{Failure, Visit};

const REWARD: CaseKind = CaseKind::Reward;
const PENALTY: CaseKind = CaseKind::Penalty;
const OBJECTION: CaseKind = CaseKind::Objection;
/// Of all that a person entered, and of all that a bureau did, so many are looked at.
const MOST: i64 = 200;

/// The rules of the province; where it has none there is no such thing.
fn rules(visit: &Visit) -> Result<&IntegrityRules, Failure> {
    visit.province.profile.integrity.as_ref().ok_or(Failure::NotFound)
}

/// 诚信信息查询, which has no address of its own, because every visitor would have to fetch it.
fn page(visit: &Visit) -> String {
    format!("/{}/learning?integrity=all", visit.province_key())
}

fn case_page(visit: &Visit, case: &CaseId) -> String {
    format!("/{}/learning/conversions/{case}?integrity=reward", visit.province_key())
}
