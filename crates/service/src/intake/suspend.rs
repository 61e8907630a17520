//! 撤销登记 of 信息采集: the record is closed, everything of it stays, and 信息采集 opens it again.

use serde_json::{Value, json};
use store::Tx;

use crate::Failure;
use crate::case::Annulled;
use crate::certificate::amended;

/// Closes the record, in the place of what else it may be closed by.
///
/// # Errors
/// `Stale` for somebody without a record, `Store`.
pub(super) async fn suspend(tx: &mut Tx, of: &Annulled<'_>) -> Result<Value, Failure> {
    let (visit, row) = (of.visit, of.row);
    tx.find_record(&of.account.id).await?.ok_or(Failure::Stale)?;
    let was_closed = tx.reopen_record(&of.account.id, visit.now()).await?;
    let at = (visit.services.today(), visit.now());
    tx.suspend_record((&row.id, &of.account.id), (&row.province, of.bureau), at).await?;
    // What was signed of the record holds no longer.
    amended(tx, visit, &of.account.id).await?;
    Ok(json!({ "suspended": true, "was_closed": was_closed }))
}

/// Opens the record again, unless 信息采集 did so since.
///
/// # Errors
/// `Store`.
pub(super) async fn resume(tx: &mut Tx, of: &Annulled<'_>) -> Result<Value, Failure> {
    let stands = tx.find_closing(&of.account.id).await?.is_some_and(|closing| closing.case_id == of.row.id);
    if stands {
        tx.reopen_record(&of.account.id, of.visit.now()).await?;
    }
    Ok(json!({ "resumed": stands }))
}
