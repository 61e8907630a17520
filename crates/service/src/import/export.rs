//! The rows of a batch leave the house as a file that names people: it is written down who took it.

use domain::case::Refusal;
use domain::id::StaffId;
use domain::import::{ImportAct, ImportStage};
use serde_json::json;
use store::import::ImportBatchRow;

use super::view::offers;
use super::{file, keeper};
use crate::{Failure, Visit};

/// Writes down that an administrator takes the rows of a batch away.
///
/// # Errors
/// `NotFound` for a batch of another province; `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn note_export(visit: &Visit, batch: &str) -> Result<(), Failure> {
    keeper(visit)?;
    let (work, id) = (visit.clone(), batch.to_owned());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let row = tx.find_import(&id).await?.filter(|row| row.province == work.province_key()).ok_or(Failure::NotFound)?;
            Ok::<_, Failure>(tx.audit(&work.entry("export_import", "import", &id, json!({ "rows": row.decided }))).await?)
        })
    });
    written.await
}

/// The file of a batch as it came, with its name: for whoever handed it in, and for whoever is asked to agree to what it would do. Its
/// numbers are whole, so that each time is written down.
///
/// # Errors
/// `NotFound` for a batch of another province and a file that is gone; `NotYours` for everybody else; `SignInAgain`,
/// `SecondFactorNeeded`, `Store`, `Broken`.
pub async fn original(visit: &Visit, batch: &str) -> Result<(String, Vec<u8>), Failure> {
    let who = keeper(visit)?;
    let (work, id) = (visit.clone(), batch.to_owned());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let row = tx.find_import(&id).await?.filter(|row| row.province == work.province_key()).ok_or(Failure::NotFound)?;
            let acts = offers(tx, &row, &who.id).await?;
            if !shows_file(&row, &who.id, &acts) {
                return Err(Refusal::NotYours.into());
            }
            tx.audit(&work.entry("export_import_file", "import", &id, json!({ "name": row.file_name }))).await?;
            Ok::<_, Failure>(row)
        })
    });
    let row = written.await?;
    let bytes = file(&visit.services, &row).await?;
    Ok((row.file_name, bytes))
}

/// Whether somebody gets the file of a batch, by what they can do about it.
pub(super) fn shows_file(row: &ImportBatchRow, me: &StaffId, acts: &[ImportAct]) -> bool {
    row.stage != ImportStage::Dropped.code() && (acts.contains(&ImportAct::Agree) || row.received_by == me.as_str())
}
