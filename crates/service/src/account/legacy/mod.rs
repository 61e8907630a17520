//! Holders of the old certificate become accounts without a password (手册丙 2). Nobody enters such an account before a proof
//! that only its holder has; an import can be repeated and, as far as nobody has entered, undone.

mod file;
mod undo;

use std::sync::Arc;

use domain::account::legacy::{LegacyHolder, LegacyLine, LegacyOutcome, LegacyResult, LegacyWarning, NoMobile};
use domain::identity::Mobile;
use domain::province::Province;
use serde_json::json;
use store::account::legacy::{LegacyBatchRow, LegacyHolderRow};
use store::audit::Entry;
use store::{Reader, StoreError, Tx};

use super::person::{NewAccount, Number};
use crate::{Failure, Services};

pub use undo::{LegacyUndone, undo_legacy};

/// How many rows are written at once, so that the house stays open for everybody else.
const ROWS: usize = 500;

/// What became of a file: every line of it, and the import that it belongs to now.
#[derive(Clone, Debug, Default)]
pub struct LegacyReport {
    /// Id of the 导入批次; `None` where nothing was or would be imported.
    pub batch: Option<String>,
    /// What became of each line, in the order of the file.
    pub rows: Vec<LegacyResult>,
}

/// A line without a fault.
#[derive(Clone)]
struct Good {
    line: u64,
    holder: LegacyHolder,
    warnings: Vec<LegacyWarning>,
}

/// What the database says of a holder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Already,
    New,
    /// New, while the telephone serves somebody else.
    MobileTaken,
}

/// Imports the rows of a file. A number that has an account already is left alone, so that the same file changes nothing the
/// second time and goes on where it was interrupted. A trial run looks, and writes nothing.
///
/// # Errors
/// `NotFound` where the province is not served here or knows no such holders; `Busy`, `Store`.
pub async fn import_legacy(
    services: &Services,
    province: &str,
    sha256: &[u8],
    lines: &[LegacyLine],
    is_trial: bool,
) -> Result<LegacyReport, Failure> {
    let province = services.province(province).filter(|p| p.profile.account.has_legacy_holders).ok_or(Failure::NotFound)?;
    let mut report = LegacyReport::default();
    let (good, refused) = file::checked(&province, services.today(), lines);
    report.rows = refused;
    let known = services.db.read().await?.find_legacy_batch_of_file(&province.profile.key, sha256).await?;
    let import = Import { services: services.clone(), province, sha256: sha256.to_vec() };
    let mut batch = known.map(|batch| batch.id);
    for chunk in good.chunks(ROWS) {
        let seen = if is_trial {
            let mut reader = services.db.read().await?;
            import.look_all(&mut reader, chunk).await?
        } else {
            let (made, seen) = import.write(chunk, batch.clone()).await?;
            batch = made;
            seen
        };
        report.rows.extend(chunk.iter().zip(seen).map(|(good, seen)| good.result(seen)));
    }
    report.rows.sort_by_key(|row| row.line);
    report.batch = batch;
    Ok(report)
}

impl Good {
    fn result(&self, seen: Seen) -> LegacyResult {
        let (outcome, warnings) = match seen {
            // Nothing was taken from the row, so that nothing is to be said of it.
            Seen::Already => (LegacyOutcome::Already, Vec::new()),
            Seen::New => (LegacyOutcome::Imported, self.warnings.clone()),
            Seen::MobileTaken => {
                let taken = LegacyWarning::NoMobile(NoMobile::Taken);
                (LegacyOutcome::Imported, self.warnings.iter().cloned().chain([taken]).collect())
            }
        };
        LegacyResult { line: self.line, outcome, warnings }
    }
}

#[derive(Clone)]
struct Import {
    services: Services,
    province: Arc<Province>,
    sha256: Vec<u8>,
}

impl Import {
    async fn write(&self, chunk: &[Good], batch: Option<String>) -> Result<(Option<String>, Vec<Seen>), Failure> {
        for _ in 0..3 {
            let (job, chunk, batch) = (self.clone(), chunk.to_vec(), batch.clone());
            let written = self.services.db.write(move |tx| Box::pin(async move { job.write_in(tx, &chunk, batch).await }));
            match written.await {
                // Somebody registered one of the numbers in the same moment: look again.
                Err(Failure::Store(StoreError::Exists { .. })) => {}
                other => return other,
            }
        }
        Err(Failure::Busy)
    }

    async fn write_in(&self, tx: &mut Tx, chunk: &[Good], batch: Option<String>) -> Result<(Option<String>, Vec<Seen>), Failure> {
        let seen = self.look_all(tx, chunk).await?;
        let new: Vec<_> = chunk.iter().zip(&seen).filter(|(_, seen)| **seen != Seen::Already).collect();
        let (Some((first, _)), Some((last, _))) = (new.first(), new.last()) else { return Ok((batch, seen)) };
        let batch = match batch {
            Some(batch) => batch,
            None => self.begin(tx).await?,
        };
        for (good, seen) in &new {
            let mobile = good.holder.mobile.as_ref().filter(|_| **seen == Seen::New);
            self.insert(tx, &batch, &good.holder, mobile).await?;
        }
        let detail = json!({ "accounts": new.len(), "first_row": first.line, "last_row": last.line });
        tx.audit(&entry(&self.services, "import_legacy", &batch, &detail)).await?;
        Ok((Some(batch), seen))
    }

    async fn begin(&self, tx: &mut Tx) -> Result<String, Failure> {
        // Two imports of one file at once are one import.
        if let Some(row) = tx.find_legacy_batch_of_file(&self.province.profile.key, &self.sha256).await? {
            return Ok(row.id);
        }
        let row = LegacyBatchRow {
            id: self.services.ids.id(),
            province: self.province.profile.key.clone(),
            file_sha256: self.sha256.clone(),
            imported_at: self.services.now(),
            undone_at: None,
        };
        tx.insert_legacy_batch(&row).await?;
        Ok(row.id)
    }

    async fn look_all(&self, reader: &mut Reader, chunk: &[Good]) -> Result<Vec<Seen>, Failure> {
        let mut seen = Vec::with_capacity(chunk.len());
        for good in chunk {
            seen.push(self.look(reader, &good.holder).await?);
        }
        Ok(seen)
    }

    async fn look(&self, reader: &mut Reader, holder: &LegacyHolder) -> Result<Seen, Failure> {
        let (vault, province) = (&self.services.vault, &self.province.profile.key);
        let number = vault.keyed_hash("document", holder.document.number());
        if !reader.list_accounts_of_document(province, &number).await?.is_empty() {
            return Ok(Seen::Already);
        }
        if let Some(mobile) = &holder.mobile {
            let mobile = vault.keyed_hash("mobile", mobile.as_str());
            if reader.find_account_of_mobile(province, &mobile).await?.is_some() {
                return Ok(Seen::MobileTaken);
            }
        }
        Ok(Seen::New)
    }

    async fn insert(&self, tx: &mut Tx, batch: &str, holder: &LegacyHolder, mobile: Option<&Mobile>) -> Result<(), Failure> {
        let (province, number) = (&self.province.profile.key, Number::told(mobile));
        let account = NewAccount { province, document: &holder.document, name: &holder.name.0, number }.row(&self.services);
        tx.insert_account(&account).await?;
        crate::import::link(tx, &self.services, &account).await?;
        let certificate_sealed = self.services.vault.seal_text("legacy.certificate", account.id.as_str(), &holder.certificate);
        let row = LegacyHolderRow {
            certificate_sealed,
            account_id: account.id,
            batch_id: batch.to_owned(),
            bureau: holder.bureau.clone(),
        };
        Ok(tx.insert_legacy_holder(&row).await?)
    }
}

fn entry(services: &Services, action: &'static str, batch: &str, detail: &serde_json::Value) -> Entry {
    Entry {
        at: services.now(),
        actor_kind: "system",
        actor_id: "import-legacy".into(),
        action,
        object_kind: "legacy_batch",
        object_id: batch.to_owned(),
        detail: detail.to_string(),
        request_id: String::new(),
    }
}
