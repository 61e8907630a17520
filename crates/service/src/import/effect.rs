//! A batch takes effect, and is taken back, each in one transaction: whoever kills the server finds it whole or not at all.

use domain::import::{ImportKind, ImportStage};
use serde_json::json;
use store::Tx;
use store::import::ImportBatchRow;
use store::import::effect::ImportBooking;

use super::entries::{record_all, take_all_back};
use super::link::linked;
use super::{OPERATOR, entry, kind_of, stage_of};
use crate::{Failure, Services};

/// How often it is tried, when somebody else books for the same people at the same time.
const TRIES: u32 = 4;

/// Lets a batch take effect that two administrators agreed on. `by_operator`, one that whoever runs the server handed in, right after
/// it was looked at; not one that holds entries, which two administrators always record. Repeated, it has one effect.
///
/// # Errors
/// `Stale` for one that is not so far, `NotFound`, `Busy`, `Store`.
pub async fn apply(services: &Services, batch: &str, by_operator: bool) -> Result<(), Failure> {
    in_turn(services, batch, move |services, id| Box::pin(apply_in(services, id, by_operator))).await
}

/// Takes a batch back by reversals. `by_operator`, without another one who agrees, where it holds no entries.
///
/// # Errors
/// As [`apply`].
pub async fn undo(services: &Services, batch: &str, by_operator: bool) -> Result<(), Failure> {
    in_turn(services, batch, move |services, id| Box::pin(undo_in(services, id, by_operator))).await
}

type Done<'a> = futures::future::BoxFuture<'a, Result<(), Failure>>;

/// Tries what collides with somebody else's write once more.
async fn in_turn<'a>(
    services: &'a Services,
    batch: &'a str,
    work: impl Fn(&'a Services, &'a str) -> Done<'a>,
) -> Result<(), Failure> {
    for _ in 1..TRIES {
        match work(services, batch).await {
            Err(Failure::Store(error)) if error.is_contended() => tracing::warn!(%error, "an import is tried again"),
            other => return other,
        }
    }
    work(services, batch).await
}

async fn apply_in(services: &Services, batch: &str, by_operator: bool) -> Result<(), Failure> {
    let (work, id) = (services.clone(), batch.to_owned());
    let written = services.db.write(move |tx| {
        Box::pin(async move {
            let row = tx.lock_import(&id).await?.ok_or(Failure::NotFound)?;
            match stage_of(&row)? {
                ImportStage::Applying => {}
                ImportStage::Checked if by_operator && row.received_by == OPERATOR && !kind_of(&row)?.is_of_two() => {}
                ImportStage::Complete => return Ok(()),
                _ => return Err(Failure::Stale),
            }
            book(tx, &work, &row).await
        })
    });
    written.await
}

async fn book(tx: &mut Tx, services: &Services, row: &ImportBatchRow) -> Result<(), Failure> {
    // Batches of a province line up, and what one has brought the next one sees.
    tx.next_serial(&format!("import:{}", row.province)).await?;
    let (id, kind, all) = (row.id.as_str(), kind_of(row)?, (0, row.size));
    for waiting in tx.list_imports_come_since(id, &row.province).await? {
        linked(tx, services, (&row.province, waiting)).await?;
    }
    let repeated = tx.leave_out_repeated(id).await?;
    let mut beside = 0;
    match kind {
        ImportKind::Exam => {
            tx.hold_imported(id).await?;
            beside = tx.yield_to_conversions(id, all).await?;
        }
        ImportKind::School => {
            // As the interface of schools does, so that both count what the other has booked.
            tx.next_serial(&format!("school_reports:{}", row.province)).await?;
            tx.hold_imported(id).await?;
            beside = tx.leave_out_above_enrolled(id).await?;
        }
        ImportKind::Reward | ImportKind::Penalty => tx.hold_imported(id).await?,
        ImportKind::Record => {
            tx.hold_imported(id).await?;
            beside = tx.leave_out_changed_records(id, all).await?;
        }
        ImportKind::Public | ImportKind::History => {}
    }
    let now = services.now();
    let booked = if kind.holds_entries() {
        let counts = record_all(tx, services, row).await?;
        beside = counts.left_out;
        counts.recorded
    } else if kind.copies_records() {
        tx.write_record_copies(id, all, now).await?
    } else {
        let how = ImportBooking { batch: id, source: kind.source().code(), by: &row.received_by, at: now };
        tx.book_import(how, all).await?
    };
    tx.begin_import(id, now).await?;
    if kind.holds_entries() {
        // No certificate hangs on it.
        tx.set_import_settled(id, row.size).await?;
        tx.end_import_turn(id).await?;
    }
    tx.move_import(row, ImportStage::Complete.code(), row.asked_by.as_ref()).await?;
    let detail = json!({ "rows": row.size, "booked": booked, "repeated": repeated, "beside": beside, "asked_by": row.asked_by });
    Ok(tx.audit(&entry(services, "apply_import", ("import", id), &detail)).await?)
}

async fn undo_in(services: &Services, batch: &str, by_operator: bool) -> Result<(), Failure> {
    let (work, id) = (services.clone(), batch.to_owned());
    let written = services.db.write(move |tx| {
        Box::pin(async move {
            let row = tx.lock_import(&id).await?.ok_or(Failure::NotFound)?;
            match stage_of(&row)? {
                ImportStage::Undoing => {}
                ImportStage::Complete if by_operator && !kind_of(&row)?.is_of_two() => {}
                ImportStage::Undone => return Ok(()),
                _ => return Err(Failure::Stale),
            }
            tx.next_serial(&format!("import:{}", row.province)).await?;
            let (now, kind) = (work.now(), kind_of(&row)?);
            let reason = format!("{}批次“{}”已撤销", kind.label(), row.request_key);
            let taken = if kind.holds_entries() {
                take_all_back(tx, &work, &row, &reason).await?
            } else if kind.copies_records() {
                tx.take_record_copies_back(&id, now).await?
            } else {
                let how = ImportBooking { batch: &id, source: kind.source().code(), by: &row.received_by, at: now };
                tx.take_import_back(how, &reason).await?
            };
            tx.end_import(&id, now).await?;
            if kind.holds_entries() {
                tx.set_import_settled(&id, row.size).await?;
                tx.end_import_turn(&id).await?;
            }
            tx.move_import(&row, ImportStage::Undone.code(), row.asked_by.as_ref()).await?;
            let detail = json!({ "taken_back": taken, "asked_by": row.asked_by });
            Ok::<_, Failure>(tx.audit(&entry(&work, "undo_import", ("import", &id), &detail)).await?)
        })
    });
    written.await
}
