//! 重复账号: the machine finds two accounts of one human, the province looks at them, one asks for their merging and another agrees
//! (docs/adr/0052).

mod decide;
mod find;
mod list;

pub use decide::act_on_accounts;
pub(crate) use find::{born, find_alike};
pub use list::merges_view;

use domain::case::{Member, Power, holder};
use store::Reader;
use store::account::AccountRow;

use crate::{Failure, Visit};

/// Who of the staff is asking and may merge accounts.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`.
fn keeper(visit: &Visit) -> Result<Member, Failure> {
    Ok(holder(&visit.actor, Power::MergeAccounts, &visit.province.bureaus)?.clone())
}

/// The account that one signs in to with this one.
///
/// # Errors
/// `Store`.
pub(crate) async fn leads_to(reader: &mut Reader, account: &AccountRow) -> Result<AccountRow, Failure> {
    let winner = match reader.find_leads_to(&account.id).await? {
        Some(winner) => reader.find_account(&winner).await?,
        None => None,
    };
    Ok(winner.unwrap_or_else(|| account.clone()))
}
