//! 证明材料 of a conversion: which slots of the case take pictures now.

use domain::case::Action;
use domain::province::AttachmentRules;
use store::Reader;
use store::case::file::CaseRow;

use super::converting;
use super::file::Claimed;
use crate::{Failure, Visit};

/// The rules of a slot that may be filled or emptied now.
///
/// # Errors
/// `NotFound` for a slot that the kind does not ask for, `AlreadySubmitted`, `Store`, `Broken`.
pub(super) async fn slot_of(visit: &Visit, reader: &mut Reader, row: &CaseRow, slot: &str) -> Result<AttachmentRules, Failure> {
    let rules = converting(visit)?;
    let claimed = Claimed::of(visit, reader, row.clone()).await?;
    let inspection = rules.inspection.as_ref().filter(|inspection| claimed.is_inspected && inspection.proof == slot);
    if inspection.is_some() {
        return rules.proof(slot).cloned().ok_or(Failure::NotFound);
    }
    claimed.permit(visit, Action::Save)?;
    let is_asked = claimed.kind(rules)?.proofs.iter().any(|asked| asked == slot);
    rules.proof(slot).filter(|_| is_asked).cloned().ok_or(Failure::NotFound)
}
