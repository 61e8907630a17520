//! 单位管理: a claim of an employer as a kind of case, who is asked by its manager, and whom the manager sees (docs/adr/0041).

mod ask;
mod delete;
mod employment;
mod kind;
mod list;
mod resign;
mod show;
mod start;
#[cfg(test)]
pub(crate) mod stories;
mod submit;
mod vouched;

pub use ask::ask_employees;
pub use delete::delete_claim;
pub use employment::{answer_employment, vouch_employment};
pub(crate) use kind::EmployerClaim;
pub use list::employers_view;
pub use resign::resign;
pub use show::claim_view;
pub use start::start_claim;
pub use submit::submit_claim;

use domain::case::{CaseKind, Status};
use domain::employer::{EmployerRules, NotClaimed};
use domain::id::{AccountId, CaseId};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use store::Reader;
use store::employer::ClaimRow;

use crate::case::{Sheet, SubmittedFile};
use crate::{Failure, Visit};

const KIND: CaseKind = CaseKind::Employer;
/// Of all claims of a person so many are looked at.
const MOST: i64 = 200;

/// What was handed in, as it lies sealed in the submission; it is never edited.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct ClaimBody {
    /// 统一社会信用代码.
    pub code: String,
    /// 单位名称.
    pub name: String,
    pub files: Vec<SubmittedFile>,
}

impl Sheet for ClaimRow {
    const KIND: CaseKind = KIND;

    fn find<'a>(reader: &'a mut Reader, case: &'a CaseId) -> BoxFuture<'a, Result<Option<Self>, Failure>> {
        async move { Ok(reader.find_employer_claim(case).await?) }.boxed()
    }
}

/// The rules of the province; where it has none there is no such thing.
fn rules(visit: &Visit) -> Result<&EmployerRules, Failure> {
    visit.province.profile.employers.as_ref().ok_or(Failure::NotFound)
}

/// 单位管理, which has no address of its own, because every visitor would have to fetch it.
fn page(visit: &Visit) -> String {
    format!("/{}/learning?employers=all", visit.province_key())
}

fn case_page(visit: &Visit, case: &CaseId) -> String {
    format!("/{}/learning/conversions/{case}?employer=claim", visit.province_key())
}

/// Why somebody cannot claim an employer, beside the case that they do it by; `None` where they can.
///
/// # Errors
/// `NotFound` where the province has no such thing, `Store`.
async fn obstacle(
    visit: &Visit,
    reader: &mut Reader,
    account: &AccountId,
    (code, but): (&str, Option<&CaseId>),
) -> Result<Option<NotClaimed>, Failure> {
    // Whoever's record was closed comes back by 信息采集.
    if reader.find_record(account).await?.is_none() || reader.find_closing(account).await?.is_some() {
        return Ok(Some(NotClaimed::NotCollected));
    }
    if let Some(manager) = reader.find_manager_of(visit.province_key(), code).await? {
        let why = if manager.account_id == *account { NotClaimed::Own } else { NotClaimed::Taken };
        return Ok(Some(why));
    }
    let claims = reader.list_employer_claims(account, MOST).await?;
    let is_open = |status| !matches!(status, Status::Approved | Status::Closed);
    let mut open = claims.iter().filter(|claim| is_open(claim.status) && Some(&claim.case_id) != but);
    if open.any(|claim| claim.code == code) {
        return Ok(Some(NotClaimed::Open));
    }
    let held = claims.iter().filter(|claim| is_open(claim.status) && Some(&claim.case_id) != but).count()
        + reader.list_managed(account).await?.len();
    Ok((held >= rules(visit)?.most as usize).then_some(NotClaimed::TooMany))
}
