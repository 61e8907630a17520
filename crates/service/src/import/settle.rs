//! After a batch took effect or was taken back the certificates of its people follow, in parts. Until then whoever asks for their own
//! gets it right, because that settles too.

use std::collections::BTreeMap;

use domain::learning::{Credits, Subject, Sums};
use serde_json::json;
use store::Tx;
use store::import::ImportBatchRow;

use super::{PART, entry, learning};
use crate::certificate::{Noting, settle};
use crate::{Failure, Services};

/// Settles the next rows of a batch; answers whether there are more.
///
/// # Errors
/// `NotFound` when there is no such batch, `Store`, `Broken`.
pub async fn settle_part(services: &Services, batch: &str) -> Result<bool, Failure> {
    let (work, id) = (services.clone(), batch.to_owned());
    let written = services.db.write(move |tx| {
        Box::pin(async move {
            let row = tx.lock_import(&id).await?.ok_or(Failure::NotFound)?;
            if row.effective_at.is_none() || row.settled >= row.size {
                return Ok(false);
            }
            let to = (row.settled + i64::try_from(PART).unwrap_or(i64::MAX)).min(row.size);
            certify(tx, &work, &row, (row.settled, to)).await?;
            tx.set_import_settled(&id, to).await?;
            if to == row.size {
                tx.end_import_turn(&id).await?;
            }
            let detail = json!({ "from": row.settled, "to": to });
            tx.audit(&entry(&work, "settle_import", ("import", &id), &detail)).await?;
            Ok::<_, Failure>(to < row.size)
        })
    });
    written.await
}

/// Only those whose year is complete, or was certified, are looked at.
async fn certify(tx: &mut Tx, services: &Services, row: &ImportBatchRow, places: (i64, i64)) -> Result<(), Failure> {
    let province = services.province(&row.province).ok_or(Failure::NotFound)?;
    let rules = learning(&province)?;
    let mut sums = BTreeMap::new();
    for part in tx.list_parts_of_import(&row.id, places).await? {
        let Some(subject) = Subject::from_code(&part.subject) else { continue };
        let year = i32::try_from(part.year).unwrap_or_default();
        let (sum, is_certified) = sums.entry((part.account_id, year)).or_insert((Sums::default(), false));
        *sum = sum.with(subject, Credits::of_hundredths(part.amount));
        *is_certified |= part.is_certified;
    }
    let noted = |action, number: &str, detail| entry(services, action, ("certificate", number), &detail);
    let noting = Noting::by(&noted);
    for ((account, year), (sum, is_certified)) in sums {
        let is_complete = rules.year(year).is_some_and(|rules| sum.completes(&rules.standard()));
        if is_complete || is_certified {
            settle(tx, (services, &province.profile), (&account, year), &noting).await?;
        }
    }
    Ok(())
}
