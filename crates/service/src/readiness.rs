//! Whether people can be served: looked at, and on a disk that has room written to.

use store::session::SessionRow;
use tokio::sync::Semaphore;

use crate::{Failure, Services};

/// Bytes of what is written and taken away again: more than the pages that are begun have room for.
const SAMPLE: usize = 64 * 1024;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// People can look and write.
    Ready,
    /// People can look; nothing can be written, because the disk is full.
    ReadingOnly,
    /// Migrations are missing.
    Unmigrated,
    /// The database does not answer.
    Silent,
}

/// One writes at a time; whoever asks meanwhile hears what reading tells.
static TURN: Semaphore = Semaphore::const_new(1);

/// Whether people can be served.
pub async fn readiness(services: &Services) -> Readiness {
    match services.db.is_ready().await {
        Ok(true) => {}
        Ok(false) => return Readiness::Unmigrated,
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            return Readiness::Silent;
        }
    }
    let Ok(_turn) = TURN.try_acquire() else { return Readiness::Ready };
    match write(services).await {
        Err(Failure::DiskFull) => {
            tracing::error!("the disk is full: nothing can be written");
            Readiness::ReadingOnly
        }
        // Whoever is busy can write.
        Ok(()) | Err(Failure::Busy) => Readiness::Ready,
        Err(error) => {
            tracing::error!(%error, "nothing can be written");
            Readiness::Silent
        }
    }
}

/// Writes something and takes it away again: a session that nobody has the token of.
async fn write(services: &Services) -> Result<(), Failure> {
    let now = services.now();
    let row = SessionRow {
        id: services.ids.id(),
        token_hash: services.ids.secret().to_vec(),
        province: "readiness".into(),
        account_id: None,
        staff_id: None,
        opened_by: None,
        is_second_factor_done: false,
        address: String::new(),
        memo_sealed: Some(vec![0; SAMPLE]),
        created_at: now,
        seen_at: now,
    };
    let write = services.db.write(move |tx| {
        Box::pin(async move {
            tx.insert_session(&row).await?;
            tx.delete_session(&row.id).await?;
            Ok::<_, Failure>(())
        })
    });
    write.await
}
