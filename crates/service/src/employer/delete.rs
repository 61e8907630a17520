//! 删除 of a claim by its person.

use domain::answer::Answer;
use domain::employer::forms::DropClaimForm;
use store::employer::ClaimRow;

use super::page;
use crate::case::take_away;
use crate::{Failure, Visit};

/// Takes a claim away that is a draft, waits, or was returned; what was handed in stays known to the bureau. Repeating it changes nothing.
///
/// # Errors
/// `NotAllowedIn` for an approved one, `Stale` when it changed since it was seen, `NotFound`.
pub async fn delete_claim(visit: &Visit, form: &DropClaimForm) -> Result<Answer, Failure> {
    take_away::<ClaimRow>(visit, (&form.case, &form.version), page(visit)).await
}
