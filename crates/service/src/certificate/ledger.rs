//! What the ledger of somebody says of a learning year.

use domain::certificate::Facts;
use domain::id::AccountId;
use domain::learning::{CreditEntry, Standing, YearRules};
use domain::province::Profile;
use store::Reader;
use store::account::AccountRow;

use crate::Failure;

/// Where somebody stands in a learning year.
pub(super) struct Year<'a> {
    pub(super) rules: &'a YearRules,
    pub(super) entries: Vec<CreditEntry>,
    pub(super) standing: Standing,
}

/// Reads it; `None` where the province has no such learning year.
pub(super) async fn year_of<'a>(
    reader: &mut Reader,
    profile: &'a Profile,
    account: &AccountId,
    year: i32,
) -> Result<Option<Year<'a>>, Failure> {
    let Some(rules) = profile.learning.as_ref().and_then(|learning| learning.year(year)) else { return Ok(None) };
    let entries = reader.list_credits_of_year(account, year).await?;
    let standing = Standing::of(&entries, year, &rules.standard());
    Ok(Some(Year { rules, entries, standing }))
}

impl Year<'_> {
    /// What is certified of it; `None` while it is not complete.
    pub(super) fn facts(&self, profile: &Profile, account: &AccountRow, year: i32) -> Option<Facts> {
        let completed_on = self.standing.completed_on.filter(|_| self.standing.is_complete())?;
        Some(Facts {
            account: account.id.clone(),
            year,
            holder: account.name.clone(),
            issuer: profile.site.authority.clone(),
            sums: self.standing.sums,
            completed_on,
        })
    }
}
