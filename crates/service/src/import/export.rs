//! The rows of a batch leave the house as a file that names people: it is written down who took it.

use serde_json::json;

use super::keeper;
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
