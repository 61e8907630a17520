//! Holders of the old certificate become accounts without a password (手册丙 2). Nobody enters such an account before a proof
//! that only its holder has; an import can be repeated and, as far as nobody has entered, undone.

use std::collections::HashMap;
use std::sync::Arc;

use domain::account::legacy::{LegacyHolder, LegacyOutcome, LegacyReason, LegacyRow};
use domain::id::AccountId;
use domain::province::Province;
use serde_json::json;
use store::account::AccountRow;
use store::account::legacy::{LegacyBatchRow, LegacyHolderRow};
use store::audit::Entry;
use store::{Reader, StoreError, Tx};

use crate::{Failure, Services};

/// How many rows are written at once, so that the house stays open for everybody else.
const ROWS: usize = 500;

/// What became of a file: every row with its number in the file, and the import that it belongs to now.
#[derive(Clone, Debug, Default)]
pub struct LegacyReport {
    /// Id of the 导入批次; `None` where nothing was or would be imported.
    pub batch: Option<String>,
    /// Number in the file and outcome of each row.
    pub rows: Vec<(u64, LegacyOutcome)>,
}

/// What became of an import that was undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LegacyUndone {
    /// How many accounts were removed, because nobody had entered them.
    pub removed: u64,
    /// The accounts that stay, because somebody has entered them.
    pub kept: Vec<AccountId>,
}

type Numbered = (u64, LegacyHolder);

/// Imports the rows of a file. A number that has an account already is left alone, so that the same file changes nothing the
/// second time and goes on where it was interrupted. A trial run looks, and writes nothing.
///
/// # Errors
/// `NotFound` where the province is not served here or knows no such holders; `Busy`, `Store`.
pub async fn import_legacy(
    services: &Services,
    province: &str,
    sha256: &[u8],
    rows: &[(u64, LegacyRow)],
    is_trial: bool,
) -> Result<LegacyReport, Failure> {
    let province = services.province(province).filter(|p| p.profile.account.has_legacy_holders).ok_or(Failure::NotFound)?;
    let mut report = LegacyReport::default();
    let mut good = Vec::new();
    for (number, outcome) in checked(services, &province, rows) {
        match outcome {
            Ok(holder) => good.push((number, holder)),
            Err(reasons) => report.rows.push((number, LegacyOutcome::Refused(reasons))),
        }
    }
    let known = services.db.read().await?.find_legacy_batch_of_file(&province.profile.key, sha256).await?;
    let import = Import { services: services.clone(), province, sha256: sha256.to_vec() };
    let mut batch = known.map(|batch| batch.id);
    for chunk in good.chunks(ROWS) {
        let outcomes = if is_trial {
            let mut reader = services.db.read().await?;
            import.look_all(&mut reader, chunk).await?
        } else {
            let (made, outcomes) = import.write(chunk, batch.clone()).await?;
            batch = made;
            outcomes
        };
        report.rows.extend(chunk.iter().map(|(number, _)| *number).zip(outcomes));
    }
    report.rows.sort_by_key(|(number, _)| *number);
    report.batch = batch;
    Ok(report)
}

/// Every row by itself and beside the others of the file.
fn checked(
    services: &Services,
    province: &Province,
    rows: &[(u64, LegacyRow)],
) -> Vec<(u64, Result<LegacyHolder, Vec<LegacyReason>>)> {
    let (mut numbers, mut mobiles) = (HashMap::<String, u64>::new(), HashMap::<String, u64>::new());
    let mut all = Vec::with_capacity(rows.len());
    for (number, row) in rows.iter().filter(|(_, row)| !row.is_empty()) {
        let outcome = match row.check(&province.bureaus, services.today()) {
            Err(errors) => {
                Err(errors.0.into_iter().map(|error| LegacyReason::Fault { field: error.field, fault: error.fault }).collect())
            }
            Ok(holder) => {
                let mut reasons = Vec::new();
                if let Some(row) = numbers.get(holder.document.number()) {
                    reasons.push(LegacyReason::NumberTwice { row: *row });
                }
                if let Some(row) = holder.mobile.as_ref().and_then(|mobile| mobiles.get(mobile.as_str())) {
                    reasons.push(LegacyReason::MobileTwice { row: *row });
                }
                if reasons.is_empty() {
                    numbers.insert(holder.document.number().to_owned(), *number);
                    if let Some(mobile) = &holder.mobile {
                        mobiles.insert(mobile.as_str().to_owned(), *number);
                    }
                    Ok(holder)
                } else {
                    Err(reasons)
                }
            }
        };
        all.push((*number, outcome));
    }
    all
}

#[derive(Clone)]
struct Import {
    services: Services,
    province: Arc<Province>,
    sha256: Vec<u8>,
}

impl Import {
    async fn write(&self, chunk: &[Numbered], batch: Option<String>) -> Result<(Option<String>, Vec<LegacyOutcome>), Failure> {
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

    async fn write_in(
        &self,
        tx: &mut Tx,
        chunk: &[Numbered],
        batch: Option<String>,
    ) -> Result<(Option<String>, Vec<LegacyOutcome>), Failure> {
        let outcomes = self.look_all(tx, chunk).await?;
        let new = chunk.iter().zip(&outcomes).filter(|(_, outcome)| **outcome == LegacyOutcome::Imported);
        let new: Vec<&Numbered> = new.map(|(row, _)| row).collect();
        let (Some(first), Some(last)) = (new.first(), new.last()) else { return Ok((batch, outcomes)) };
        let batch = match batch {
            Some(batch) => batch,
            None => self.begin(tx).await?,
        };
        for (_, holder) in &new {
            self.insert(tx, &batch, holder).await?;
        }
        let detail = json!({ "accounts": new.len(), "first_row": first.0, "last_row": last.0 });
        tx.audit(&entry(&self.services, "import_legacy", &batch, &detail)).await?;
        Ok((Some(batch), outcomes))
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

    async fn look_all(&self, reader: &mut Reader, chunk: &[Numbered]) -> Result<Vec<LegacyOutcome>, Failure> {
        let mut outcomes = Vec::with_capacity(chunk.len());
        for (_, holder) in chunk {
            outcomes.push(self.look(reader, holder).await?);
        }
        Ok(outcomes)
    }

    async fn look(&self, reader: &mut Reader, holder: &LegacyHolder) -> Result<LegacyOutcome, Failure> {
        let (vault, province) = (&self.services.vault, &self.province.profile.key);
        let number = vault.keyed_hash("document", holder.document.number());
        if !reader.list_accounts_of_document(province, &number).await?.is_empty() {
            return Ok(LegacyOutcome::Already);
        }
        if let Some(mobile) = &holder.mobile {
            let mobile = vault.keyed_hash("mobile", mobile.as_str());
            if reader.find_account_of_mobile(province, &mobile).await?.is_some() {
                return Ok(LegacyOutcome::Refused(vec![LegacyReason::MobileTaken]));
            }
        }
        Ok(LegacyOutcome::Imported)
    }

    async fn insert(&self, tx: &mut Tx, batch: &str, holder: &LegacyHolder) -> Result<(), Failure> {
        let (vault, now) = (&self.services.vault, self.services.now());
        let (id, number) = (AccountId::from(self.services.ids.id()), holder.document.number());
        let mobile = holder.mobile.as_ref().map(domain::identity::Mobile::as_str);
        let account = AccountRow {
            province: self.province.profile.key.clone(),
            document_kind: holder.document.kind().code().to_owned(),
            document_hash: vault.keyed_hash("document", number),
            document_sealed: vault.seal_text("account.document", id.as_str(), number),
            name: holder.name.0.clone(),
            // Nobody's number, and nobody else's.
            mobile_hash: mobile
                .map_or_else(|| vault.keyed_hash("mobile-none", id.as_str()), |mobile| vault.keyed_hash("mobile", mobile)),
            mobile_sealed: vault.seal_text("account.mobile", id.as_str(), mobile.unwrap_or_default()),
            password_hash: String::new(),
            failed_logins: 0,
            version: 1,
            created_at: now,
            updated_at: now,
            id: id.clone(),
        };
        tx.insert_account(&account).await?;
        let row = LegacyHolderRow {
            certificate_sealed: vault.seal_text("legacy.certificate", id.as_str(), &holder.certificate),
            account_id: id,
            batch_id: batch.to_owned(),
            bureau: holder.bureau.clone(),
        };
        Ok(tx.insert_legacy_holder(&row).await?)
    }
}

/// Removes the accounts of an import that nobody has entered: without password, session and case.
///
/// # Errors
/// `NotFound` when there is no such import; `Store`.
pub async fn undo_legacy(services: &Services, batch: &str) -> Result<LegacyUndone, Failure> {
    services.db.read().await?.find_legacy_batch(batch).await?.ok_or(Failure::NotFound)?;
    let mut undone = LegacyUndone::default();
    let mut after = None;
    loop {
        let most = i64::try_from(ROWS).unwrap_or(i64::MAX);
        let accounts = services.db.read().await?.list_legacy_accounts(batch, after.as_ref(), most).await?;
        let Some(last) = accounts.last().cloned() else { break };
        match remove(services, batch, accounts.clone()).await {
            Ok(kept) => undone.count(accounts.len(), kept),
            // Something else speaks of one of them: it stays, the others go.
            Err(Failure::Store(_) | Failure::Stale) => {
                for account in accounts {
                    let kept = match remove(services, batch, vec![account.clone()]).await {
                        Err(Failure::Store(_) | Failure::Stale) => vec![account],
                        outcome => outcome?,
                    };
                    undone.count(1, kept);
                }
            }
            Err(other) => return Err(other),
        }
        after = Some(last);
    }
    Ok(undone)
}

impl LegacyUndone {
    fn count(&mut self, all: usize, kept: Vec<AccountId>) {
        self.removed += u64::try_from(all - kept.len()).unwrap_or(0);
        self.kept.extend(kept);
    }
}

/// Removes what may go of some accounts in one transaction; answers what stays.
async fn remove(services: &Services, batch: &str, accounts: Vec<AccountId>) -> Result<Vec<AccountId>, Failure> {
    let (job, batch) = (services.clone(), batch.to_owned());
    let write = services.db.write(move |tx| {
        Box::pin(async move {
            let all = accounts.len();
            let mut kept = Vec::new();
            for account in accounts {
                if !tx.remove_legacy_account(&account).await? {
                    kept.push(account);
                }
            }
            tx.undo_legacy_batch(&batch, job.now()).await?;
            let detail = json!({ "removed": all - kept.len(), "kept": kept.len() });
            tx.audit(&entry(&job, "undo_legacy", &batch, &detail)).await?;
            Ok::<_, Failure>(kept)
        })
    });
    write.await
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
