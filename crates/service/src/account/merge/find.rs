//! The machine looks for other accounts of the same human when an application is approved.

use domain::id::AccountId;
use domain::identity::DocumentKind;
use domain::merge::{Likeness, birth};
use serde_json::json;
use store::Tx;
use store::account::AccountRow;
use store::account::alike::AlikeRow;

use crate::{Failure, Services, Visit};

/// Notes the accounts that look as if they were of whoever has this one: under the same name and born on the same day, or with the
/// number of the same certificate. A telephone serves one account of a province, so that none is found by it.
///
/// # Errors
/// `Store`, `Broken`.
pub(crate) async fn find_alike(tx: &mut Tx, visit: &Visit, account: &AccountId) -> Result<(), Failure> {
    let Some(of) = tx.find_account(account).await? else { return Ok(()) };
    let mut found: Vec<(AccountId, Vec<Likeness>)> = Vec::new();
    if let Some(born) = born(&visit.services, &of)? {
        for other in tx.list_accounts_named(&of.province, &of.name).await? {
            if other.id != of.id && self::born(&visit.services, &other)? == Some(born) {
                found.push((other.id, vec![Likeness::SameBirth]));
            }
        }
    }
    for other in tx.list_accounts_of_same_certificates(&of.id).await? {
        match found.iter_mut().find(|(id, _)| *id == other) {
            Some((_, why)) => why.push(Likeness::SameCertificate),
            None => found.push((other, vec![Likeness::SameCertificate])),
        }
    }
    for (other, why) in found {
        note(tx, visit, (&of, other), &why).await?;
    }
    Ok(())
}

async fn note(tx: &mut Tx, visit: &Visit, (of, other): (&AccountRow, AccountId), why: &[Likeness]) -> Result<(), Failure> {
    let (one, other) = if of.id.as_str() < other.as_str() { (of.id.clone(), other) } else { (other, of.id.clone()) };
    let row = AlikeRow {
        id: visit.services.ids.id(),
        province: of.province.clone(),
        one,
        other,
        why: Likeness::codes(why),
        found_at: visit.now(),
        dismissed_at: None,
    };
    if tx.note_alike(&row).await? {
        let detail = json!({ "other": row.other, "why": row.why });
        tx.audit(&visit.entry("find_alike", "account", row.one.as_str(), detail)).await?;
    }
    Ok(())
}

/// The birth date that the document of an account tells.
///
/// # Errors
/// `Broken` for a document that cannot be opened.
pub(crate) fn born(services: &Services, of: &AccountRow) -> Result<Option<chrono::NaiveDate>, Failure> {
    let Some(kind) = DocumentKind::from_code(&of.document_kind) else { return Ok(None) };
    let number = services.vault.open_text("account.document", of.id.as_str(), &of.document_sealed)?;
    Ok(birth(kind, &number, services.today()))
}
