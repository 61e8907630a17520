//! Looking at the whole identity number and mobile number, once, for a stated purpose.

use domain::case::Action;
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use domain::review::forms::RevealForm;
use domain::review::view::RevealView;
use domain::text;
use serde_json::json;

use crate::case::{count_reveal, find, may, reviewer, without_numbers};
use crate::{Failure, Visit};

const SHORTEST_PURPOSE: u32 = 2;
const LONGEST_PURPOSE: u32 = 100;

/// Shows the identity number and the mobile number unmasked to a reviewer of the bureau that has the case. Every look is
/// audited with its purpose, before anything is opened.
///
/// # Errors
/// Faults at `purpose`; `NotFound`, `NotYours`, `NotAllowedIn`, `TooOften` after 60 in an hour.
pub async fn reveal(visit: &Visit, form: &RevealForm) -> Result<RevealView, Failure> {
    let who = reviewer(visit)?;
    let (row, role) = find(&mut visit.services.db.read().await?, visit, &CaseId::from(form.case.as_str())).await?;
    may(visit, &row, role, Action::Reveal)?;
    let purpose = checked_purpose(&form.purpose)?;
    let (id, kind) = (row.id.clone(), row.kind);
    let asking = visit.clone();
    let (account, left) = visit
        .write(move |tx| {
            Box::pin(async move {
                let (row, role) = find(tx, &asking, &row.id).await?;
                may(&asking, &row, role, Action::Reveal)?;
                let left = count_reveal(tx, &asking, &who).await?;
                let account = tx.find_account(&row.account_id).await?;
                let account = account.ok_or_else(|| Failure::Broken("a case without account".into()))?;
                let detail = json!({ "purpose": without_numbers(&purpose) });
                tx.audit(&asking.entry("reveal", "case", row.id.as_str(), detail)).await?;
                Ok::<_, Failure>((account, left))
            })
        })
        .await?;
    let vault = &visit.services.vault;
    let mut mobile = vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed)?;
    let newest = visit.services.db.read().await?.list_submissions(&id).await?.pop();
    let body = newest.map(|round| visit.services.kinds.of(kind).open(&visit.services, &id, &round)).transpose()?;
    if let Some(further) = body.and_then(|body| body.further_mobile()) {
        mobile = format!("{mobile}（{further}）");
    }
    let document = vault.open_text("account.document", account.id.as_str(), &account.document_sealed)?;
    Ok(RevealView { document, mobile, left })
}

fn checked_purpose(typed: &str) -> Result<String, FieldErrors> {
    let purpose = text::tidy(typed);
    match text::length(&purpose) {
        0 => Err(FieldErrors::one("purpose", Fault::Missing)),
        length if length < SHORTEST_PURPOSE => Err(FieldErrors::one("purpose", Fault::TooShort(SHORTEST_PURPOSE))),
        length if length > LONGEST_PURPOSE => Err(FieldErrors::one("purpose", Fault::TooLong(LONGEST_PURPOSE))),
        _ => Ok(purpose),
    }
}
