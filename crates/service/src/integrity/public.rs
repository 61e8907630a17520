//! 行政处罚公示, for everybody: what stands and is still public.

use domain::integrity::Ban;
use domain::integrity::public::{PublicForm, PublicLine, document_end};
use domain::limit::Limited;
use store::integrity::entry::StandingPenaltyRow;

use super::rules;
use crate::account::count_address;
use crate::{Failure, Limit, Visit};

const PER_ADDRESS: [Limit; 1] = [Limit::new(Limited::Requests, 120, 3_600)];

/// So many are looked at, the newest first.
const MOST: i64 = 5_000;
/// And so many shown.
const SHOWN: usize = 100;

/// The penalties that are public today: those of one person by name and the end of the document, or the newest of everybody.
///
/// # Errors
/// The faults of the form; `NotFound` where the province publishes none, `TooOften` for who searches, `Store`, `Broken`.
pub async fn public_penalties(visit: &Visit, form: &PublicForm) -> Result<Vec<PublicLine>, Failure> {
    if rules(visit)?.public_months.is_none() {
        return Err(Failure::NotFound);
    }
    let sought = form.check()?;
    if sought.is_some() {
        let work = visit.clone();
        let counted = visit
            .write(move |tx| Box::pin(async move { count_address(tx, &work, "public_penalties:address", &PER_ADDRESS).await }));
        counted.await?;
    }
    let rows = visit.services.db.read().await?.list_standing_penalties(visit.province_key(), MOST).await?;
    let mut lines = Vec::new();
    for row in rows {
        let line = line(visit, row)?.filter(|line| sought.as_ref().is_none_or(|sought| sought.is(line)));
        lines.extend(line);
        if lines.len() == SHOWN {
            break;
        }
    }
    Ok(lines)
}

/// What is shown of it while it is public.
fn line(visit: &Visit, row: StandingPenaltyRow) -> Result<Option<PublicLine>, Failure> {
    let ban = Ban::read(&row.ban, row.ban_until);
    let until = rules(visit)?.public_until(ban, row.decided_on);
    let Some(until) = until.filter(|until| until.is_active(visit.services.today())) else { return Ok(None) };
    let document = visit.services.vault.open_text("account.document", row.account_id.as_str(), &row.document_sealed)?;
    Ok(Some(PublicLine {
        name: row.name,
        document_end: document_end(&document),
        kinds: row.title,
        body: row.body,
        number: row.number,
        decided_on: row.decided_on,
        basis: row.basis,
        ban,
        until,
    }))
}
