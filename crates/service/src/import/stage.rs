//! The rows of a file are noted in parts, each with how far it got, so that whoever comes after a server that was killed goes on.

use std::sync::Arc;

use domain::import::{ImportLine, ImportStage};
use serde_json::json;
use store::Tx;
use store::import::ImportBatchRow;

use super::check::{Checked, Desk};
use super::known::Seen;
use super::{entry, kind_of, stage_of};
use crate::{Failure, Services};

/// Notes how many rows a file has; answers the batch as it is now.
///
/// # Errors
/// `NotFound` when there is no such batch, `Store`.
pub async fn sized(services: &Services, batch: &str, size: usize) -> Result<ImportBatchRow, Failure> {
    let (id, size) = (batch.to_owned(), i64::try_from(size).unwrap_or(i64::MAX));
    let written = services.db.write(move |tx| {
        Box::pin(async move {
            tx.set_import_size(&id, size).await?;
            Ok::<_, Failure>(tx.find_import(&id).await?)
        })
    });
    written.await?.ok_or(Failure::NotFound)
}

/// Looks at the lines from `from` on and notes what becomes of them; answers how many are noted by then, which is another number
/// where somebody else was there before.
///
/// # Errors
/// `NotFound` when there is no such batch, `Store`.
pub async fn stage(services: &Services, batch: &ImportBatchRow, from: i64, lines: Vec<ImportLine>) -> Result<i64, Failure> {
    let province = services.province(&batch.province).ok_or(Failure::NotFound)?;
    let kind = kind_of(batch)?;
    let desk = Desk { services, province: &province, kind, batch: &batch.id };
    // Before the write: nobody waits for what needs no database.
    let (checked, lines) = (desk.check(&lines)?, Arc::new(lines));
    let (work, province, id) = (services.clone(), province.clone(), batch.id.clone());
    let written = services.db.write(move |tx| {
        Box::pin(async move {
            let desk = Desk { services: &work, province: &province, kind, batch: &id };
            note(tx, &desk, from, (&lines, checked)).await
        })
    });
    written.await
}

async fn note(tx: &mut Tx, desk: &Desk<'_>, from: i64, (lines, checked): (&[ImportLine], Checked)) -> Result<i64, Failure> {
    let batch = tx.lock_import(desk.batch).await?.ok_or(Failure::NotFound)?;
    if batch.decided != from || stage_of(&batch)? != ImportStage::Checking {
        return Ok(batch.decided);
    }
    // What stood further up is noted by now.
    let (rows, copies) = desk.compared(tx, from, (lines, checked), &mut Seen::default()).await?;
    let to = from + i64::try_from(rows.len()).unwrap_or_default();
    tx.insert_import_rows(&rows).await?;
    tx.insert_record_copies(&copies).await?;
    tx.set_import_decided(desk.batch, to).await?;
    tx.audit(&entry(desk.services, "check_import", ("import", desk.batch), &json!({ "from": from, "to": to }))).await?;
    Ok(to)
}

/// Notes that all rows were looked at, once they were.
///
/// # Errors
/// `NotFound` when there is no such batch, `Store`.
pub async fn checked(services: &Services, batch: &str) -> Result<(), Failure> {
    moved(services, batch, ImportStage::Checked, String::new()).await
}

/// Notes that a file is no such table, and why, in words.
///
/// # Errors
/// `NotFound` when there is no such batch, `Store`.
pub async fn unreadable(services: &Services, batch: &str, why: &str) -> Result<(), Failure> {
    moved(services, batch, ImportStage::Unreadable, why.chars().take(500).collect()).await
}

async fn moved(services: &Services, batch: &str, to: ImportStage, note: String) -> Result<(), Failure> {
    let (work, id) = (services.clone(), batch.to_owned());
    let written = services.db.write(move |tx| {
        Box::pin(async move {
            let batch = tx.lock_import(&id).await?.ok_or(Failure::NotFound)?;
            let is_there = to == ImportStage::Unreadable || batch.decided == batch.size;
            if stage_of(&batch)? != ImportStage::Checking || !is_there {
                return Ok(());
            }
            tx.set_import_note(&id, &note).await?;
            tx.move_import(&batch, to.code(), None).await?;
            tx.end_import_turn(&id).await?;
            let detail = json!({ "stage": to.code(), "rows": batch.size });
            Ok::<_, Failure>(tx.audit(&entry(&work, "checked_import", ("import", &id), &detail)).await?)
        })
    });
    written.await
}
