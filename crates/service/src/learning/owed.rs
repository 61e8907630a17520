//! What somebody owes of a learning year, for whoever reminds them.

use domain::id::AccountId;
use domain::learning::{Standing, duty};
use store::Reader;

use super::{recorded, rules};
use crate::{Failure, Visit};

/// What is missing of a learning year, in words; `None` for whoever does not owe it, or has it complete.
///
/// # Errors
/// `NotFound` where the province has no 继续教育, `Store`, `Broken`.
pub(crate) async fn owed(visit: &Visit, reader: &mut Reader, account: &AccountId, year: i32) -> Result<Option<String>, Failure> {
    let rules = rules(visit)?;
    let Some(standard) = rules.year(year).map(|rules| rules.standard()) else { return Ok(None) };
    let entries = reader.list_credits_of_year(account, year).await?;
    let standing = Standing::of(&entries, year, &standard);
    // The ledger is asked before the record, which has to be opened.
    if standing.is_complete() || reader.find_closing(account).await?.is_some() {
        return Ok(None);
    }
    let recorded = recorded(visit, reader, account).await?;
    let duty = recorded.and_then(|recorded| duty(recorded.qualified, recorded.started));
    Ok(duty.filter(|duty| duty.from <= year).map(|_| standing.missing.words_of_missing(&rules.unit)))
}
