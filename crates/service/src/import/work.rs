//! What the house does about batches without anybody asking: one server at a time, and the next one where it was killed.

use chrono::Duration;
use domain::import::ImportStage;
use store::import::ImportBatchRow;

use super::effect::{apply, undo};
use super::receive::file_name;
use super::settle::settle_part;
use super::stage_of;
use crate::{Failure, Services};

/// How long a server has its turn at a batch before another one takes it over; it is taken anew with every part.
const TURN: Duration = Duration::seconds(10);

/// What there was to do about a batch.
#[derive(Debug)]
pub enum Work {
    /// Nothing, or somebody else has the turn.
    None,
    /// A part of it was done; there may be more.
    Done,
    /// The rows of a file have to be read.
    Read(Box<ImportBatchRow>),
}

/// The batches at which the house has something to do, the oldest first.
///
/// # Errors
/// `Store`.
pub async fn at_work(services: &Services) -> Result<Vec<ImportBatchRow>, Failure> {
    Ok(services.db.read().await?.list_imports_at_work().await?)
}

/// Does the next part of what there is to do about a batch; reading its file is left to whoever can.
///
/// # Errors
/// `Store`, `Broken`, `Busy`.
pub async fn go_on(services: &Services, row: ImportBatchRow, holder: &str) -> Result<Work, Failure> {
    if !take(services, &row.id, holder).await? {
        return Ok(Work::None);
    }
    match stage_of(&row)? {
        ImportStage::Checking => return Ok(Work::Read(Box::new(row))),
        ImportStage::Applying => apply(services, &row.id, false).await?,
        ImportStage::Undoing => undo(services, &row.id, false).await?,
        _ => {
            settle_part(services, &row.id).await?;
        }
    }
    Ok(Work::Done)
}

/// Takes the turn at a batch, or keeps it.
async fn take(services: &Services, batch: &str, holder: &str) -> Result<bool, Failure> {
    let (id, holder, now) = (batch.to_owned(), holder.to_owned(), services.now());
    let taken = services
        .db
        .write(move |tx| Box::pin(async move { Ok::<_, Failure>(tx.take_import_turn(&id, &holder, (now, now + TURN)).await?) }));
    taken.await
}

/// Keeps the turn while the rows of a file are noted; answers whether it is still held.
///
/// # Errors
/// `Store`.
pub async fn keep(services: &Services, batch: &str, holder: &str) -> Result<bool, Failure> {
    take(services, batch, holder).await
}

/// Whether the file of this hash (hex) belongs to a batch that was not put aside.
///
/// # Errors
/// `Store`.
pub async fn knows_file(services: &Services, hash: &str) -> Result<bool, Failure> {
    match hex::decode(hash) {
        Ok(hash) => Ok(services.db.read().await?.knows_import_file(&hash).await?),
        // What the house did not name is none of its business.
        Err(_) => Ok(true),
    }
}

/// The file of a batch.
///
/// # Errors
/// `NotFound` when it is gone, `Store`, `Broken`.
pub async fn file(services: &Services, batch: &ImportBatchRow) -> Result<Vec<u8>, Failure> {
    let name = file_name(batch);
    let sealed = services.files.get(&name).await?.ok_or(Failure::NotFound)?;
    Ok(services.vault.open("file", &name, &sealed)?)
}
