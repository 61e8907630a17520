//! Whoever registers later gets what was imported before under the own document and name.

use domain::id::AccountId;
use domain::identity::name::is_same_name;
use domain::import::ImportOutcome;
use domain::learning::{CreditEntry, Credits, Source, Subject};
use serde_json::json;
use store::Tx;
use store::account::AccountRow;
use store::import::ImportBatchRow;
use store::import::row::ImportRowRow;

use super::copies::write_one;
use super::entries::record_one;
use super::{entry, kind_of, open};
use crate::certificate::{Noting, settle};
use crate::{Failure, Services};

/// For whoever makes an account, inside that write: rows that wait for the document become the account's,
/// and those of batches in effect are booked. One with another name stays nobody's.
///
/// # Errors
/// `Store`, `Broken`.
pub(crate) async fn link(tx: &mut Tx, services: &Services, account: &AccountRow) -> Result<(), Failure> {
    let waiting = tx.list_imports_waiting_for(&account.province, &account.document_hash).await?;
    let mut batch: Option<ImportBatchRow> = None;
    for row in waiting {
        if batch.as_ref().is_none_or(|batch| batch.id != row.batch_id) {
            // A batch that takes effect just now is waited for: either it sees this account, or this sees it in effect.
            batch = tx.lock_import(&row.batch_id).await?;
        }
        let Some(batch) = &batch else { continue };
        let is_effective = batch.effective_at.is_some() && batch.ended_at.is_none();
        // One that is not yet in effect looks for new accounts itself.
        if is_effective && let Some(mut row) = claimed(tx, services, (account, row)).await? {
            // Whoever had another name here may have asked for the same by a conversion meanwhile.
            if tx.yield_to_conversions(&row.batch_id, (row.place, row.place + 1)).await? > 0 {
                row.amount = 0;
            }
            if kind_of(batch)?.holds_entries() {
                record_one(tx, services, (batch, account), &row).await?;
            } else if kind_of(batch)?.copies_records() {
                write_one(tx, services, &row).await?;
            } else {
                book(tx, services, (batch, account), &row).await?;
            }
        }
    }
    Ok(())
}

/// The same for whoever corrects the name or the document of an account, after the change.
///
/// # Errors
/// `Store`, `Broken`.
pub(crate) async fn link_again(tx: &mut Tx, services: &Services, account: &AccountId) -> Result<(), Failure> {
    match tx.find_account(account).await? {
        Some(account) => link(tx, services, &account).await,
        None => Ok(()),
    }
}

/// The same for a batch that is about to take effect: the account that a row has waited for.
pub(super) async fn linked(tx: &mut Tx, services: &Services, (province, row): (&str, ImportRowRow)) -> Result<(), Failure> {
    let detail = open(services, &row)?;
    let accounts = tx.list_accounts_of_document(province, &row.document_hash).await?;
    if let Some(account) = accounts.into_iter().find(|account| account.document_kind == detail.kind) {
        claimed(tx, services, (&account, row)).await?;
    }
    Ok(())
}

/// Notes whose a row is; `None` where the document is of another kind or the name another one.
async fn claimed(
    tx: &mut Tx,
    services: &Services,
    (account, row): (&AccountRow, ImportRowRow),
) -> Result<Option<ImportRowRow>, Failure> {
    let detail = open(services, &row)?;
    // One with another name goes on waiting: the name of the account may be corrected.
    if detail.kind != account.document_kind || !is_same_name(&detail.name, &account.name) {
        return Ok(None);
    }
    let row = ImportRowRow { account_id: Some(account.id.clone()), outcome: ImportOutcome::Ready.code().to_owned(), ..row };
    tx.link_import_row(&row).await?;
    Ok(Some(row))
}

async fn book(
    tx: &mut Tx,
    services: &Services,
    (batch, account): (&ImportBatchRow, &AccountRow),
    row: &ImportRowRow,
) -> Result<(), Failure> {
    let province = services.province(&batch.province).ok_or(Failure::NotFound)?;
    let year = i32::try_from(row.year).unwrap_or_default();
    if row.amount > 0 {
        let subject = Subject::from_code(&row.subject).ok_or_else(|| Failure::Broken("a subject".into()))?;
        let credit = CreditEntry {
            id: row.entry_id.as_str().into(),
            year,
            subject,
            amount: Credits::of_hundredths(row.amount),
            source: Source { kind: kind_of(batch)?.source(), id: format!("{}:{}", row.batch_id, row.line) },
            rule: row.rule.clone(),
            arithmetic: row.arithmetic.clone(),
            decided: row.decided.clone(),
            booked_by: batch.received_by.clone(),
            booked_at: services.now(),
            reverses: None,
        };
        tx.book_credit(&account.id, &batch.province, &credit).await?;
        let noted = |action, number: &str, detail| entry(services, action, ("certificate", number), &detail);
        settle(tx, (services, &province.profile), (&account.id, year), &Noting::by(&noted)).await?;
    }
    let detail = json!({ "batch": batch.id, "line": row.line, "hundredths": row.amount });
    Ok(tx.audit(&entry(services, "link_import", ("account", account.id.as_str()), &detail)).await?)
}
