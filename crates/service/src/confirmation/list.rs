//! What a person asked of employers.

use domain::confirmation::Said;
use domain::confirmation::view::{ConfirmationLine, ConfirmationsView, Stands};
use store::confirmation::ConfirmationRow;

use super::{MOST, REASON, manager_name, rules};
use crate::{Failure, Visit, china_date};

/// What a person asked, and what the administrators said.
///
/// # Errors
/// `NotFound` where the province has no such thing, `SignInAgain`, `Store`, `Broken`.
pub async fn confirmations_view(visit: &Visit) -> Result<ConfirmationsView, Failure> {
    let (account, rules) = (visit.account()?, rules(visit)?);
    let mut reader = visit.services.db.read().await?;
    let is_collected = reader.find_record(account).await?.is_some() && reader.find_closing(account).await?.is_none();
    let rows = reader.list_confirmations(account, MOST).await?;
    drop(reader);
    Ok(ConfirmationsView {
        manager_name: manager_name(visit).to_owned(),
        is_collected,
        has_links: visit.services.origin.is_some(),
        link_days: rules.link_days,
        counts_days: rules.counts_days,
        lines: rows.into_iter().map(|row| line(visit, row)).collect::<Result<_, _>>()?,
    })
}

fn line(visit: &Visit, row: ConfirmationRow) -> Result<ConfirmationLine, Failure> {
    let reason =
        row.reason_sealed.as_deref().map(|sealed| visit.services.vault.open_text(REASON, &row.id, sealed)).transpose()?;
    let state = match (Said::from_code(&row.answer), row.answered_at) {
        (Some(said), Some(at)) => Stands::Said(said, china_date(at), reason.unwrap_or_default()),
        _ if row.expires_at > visit.now() => Stands::Waiting(row.expires_at),
        _ => Stands::Expired,
    };
    Ok(ConfirmationLine { id: row.id, employer_name: row.employer_name, asked_on: china_date(row.asked_at), state })
}
