//! The closings that a bureau entered, and the form of another one.

use domain::case::{Power, holder};
use domain::closing::Closing;
use domain::closing::forms::ClosingForm;
use domain::closing::view::{ClosingLine, ClosingsView, MayMerge};

use crate::case::{MOST, entered_line, entered_view, keeper, refused};
use crate::{Failure, Visit};

/// What the own bureau entered; with `again` the form of one of them that a second person refused.
///
/// # Errors
/// `NotFound` where the province has no such thing and for a closing of another bureau, `SignInAgain`, `SecondFactorNeeded`,
/// `NotYours`, `Store`, `Broken`.
pub async fn closings_view(visit: &Visit, again: &str) -> Result<ClosingsView, Failure> {
    let who = keeper::<Closing>(visit)?;
    let mut reader = visit.services.db.read().await?;
    let mut lines = Vec::new();
    let rows = reader.list_closings(visit.province_key(), &who.bureau, MOST).await?;
    // What an annulment closes stands in the list of annulments.
    for row in rows.into_iter().filter(|row| row.cause.is_entered()) {
        let own = ClosingLine { cause: row.cause, since: row.since_on, is_over: row.ended_at.is_some() };
        lines.push(entered_line(&mut reader, (row.case_id, row.case_number, row.name, row.status), own).await?);
    }
    let refused = refused::<Closing>(&mut reader, visit, &who, again).await?;
    drop(reader);
    let request_key = visit.services.ids.id();
    let (of, form) = match refused {
        None => (None, ClosingForm { request_key, ..ClosingForm::default() }),
        Some((row, body)) => {
            let Closing { cause, since, note } = body.closing;
            let (cause, since) = (cause.code().to_owned(), since.to_string());
            let form = ClosingForm { case: row.id.to_string(), cause, since, note, request_key, ..ClosingForm::default() };
            (Some(row.applicant), form)
        }
    };
    let may_merge = MayMerge(holder(&visit.actor, Power::MergeAccounts, &visit.province.bureaus).is_ok());
    entered_view::<Closing, _, _, _>(visit, &who, lines, (of, form), may_merge)
}
