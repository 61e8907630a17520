//! One claim as its person sees it: the form while it is theirs, what was handed in afterwards.

use domain::employer::view::ClaimView;
use domain::id::CaseId;
use store::employer::ClaimRow;

use super::{KIND, obstacle, rules};
use crate::case::show;
use crate::{Failure, Visit};

/// A claim with its papers, what stands in its way, and everything that was said about it.
///
/// # Errors
/// `NotFound` for that of somebody else, `SignInAgain`, `Store`, `Broken`.
pub async fn claim_view(visit: &Visit, case: &CaseId) -> Result<ClaimView, Failure> {
    visit.account()?;
    let rules = rules(visit)?;
    let (held, is_open, shown) = show::<ClaimRow>(visit, case, "claim").await?;
    let obstacle = match is_open {
        true => {
            let mut reader = visit.services.db.read().await?;
            obstacle(visit, &mut reader, &held.account.id, (&held.row.code, Some(case))).await?
        }
        false => None,
    };
    Ok(ClaimView {
        rules: rules.clone(),
        claim_name: visit.line(KIND).name.clone(),
        code: held.row.code,
        name: held.row.name,
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
