//! 查询办理进度 of somebody who does not sign in: by the number and the end of the document, with one answer for whatever does not
//! belong together.

use domain::account::forms::DOCUMENT_END;
use domain::limit::Limited;
use domain::portal::forms::{LookUp, LookUpForm};
use domain::portal::view::LookedUp;
use serde_json::json;
use store::case::figures::NumberedRow;

use crate::account::{FAILURES, admit, captcha_proof};
use crate::vault::same;
use crate::{Failure, Limit, Visit};

/// Misses of one number within a day, from wherever they come: ten thousand ends would be guessed.
const MISSED: Limit = Limit::new(Limited::DocumentEnds, 20, 86_400);

/// Where a case stands, for whoever has its number and the end of the document; `None` for everything else, whether the number is
/// unknown, another province's or somebody else's.
///
/// # Errors
/// `Invalid` (`Captcha` and what [`LookUpForm::check`] finds), `Locked` after misses, `TooOften` for the address, `Store`.
pub async fn look_up(visit: &Visit, form: &LookUpForm) -> Result<Option<LookedUp>, Failure> {
    let asked = form.check()?;
    let proof = captcha_proof(visit, &asked.captcha).await?;
    let failures = visit.bucket_over_all("look_up:failed", &format!("{}|{}", asked.number, visit.address));
    let missed = visit.bucket_over_all("look_up:missed", &asked.number);
    // Every attempt counts as a miss until it is taken back, so that parallel guesses count too.
    let tickets = admit(visit, Some(proof), "look_up:address", vec![(failures, FAILURES), (missed, MISSED)]).await?;
    let found = find(visit, &asked).await?;
    let entry = match &found {
        Some(row) => visit.entry("look_up", "case", row.id.as_str(), json!({})),
        None => visit.entry("look_up_failed", "session", visit.actor.session(), json!({})),
    };
    let is_found = found.is_some();
    let noted = visit.write(move |tx| {
        Box::pin(async move {
            for ticket in tickets.iter().filter(|_| is_found) {
                tx.remove_rate(ticket).await?;
            }
            tx.audit(&entry).await?;
            Ok::<_, Failure>(())
        })
    });
    noted.await?;
    Ok(found.map(|row| LookedUp { line: visit.line(row.kind).name.clone(), status: row.status }))
}

async fn find(visit: &Visit, asked: &LookUp) -> Result<Option<NumberedRow>, Failure> {
    let mut reader = visit.services.db.read().await?;
    let Some(row) = reader.find_numbered_case(visit.province_key(), &asked.number).await? else { return Ok(None) };
    let document = visit.services.vault.open_text("account.document", row.account_id.as_str(), &row.document_sealed)?;
    let from = document.char_indices().rev().nth(DOCUMENT_END as usize - 1).map_or(0, |(at, _)| at);
    let is_same = same(&document.as_bytes()[from..], asked.document_end.as_bytes());
    // What a bureau prepares about somebody is nothing that they ask about.
    Ok((is_same && visit.services.kinds.of(row.kind).is_told()).then_some(row))
}
