//! An import is taken back, as far as nobody has entered.

use domain::id::AccountId;
use serde_json::json;

use super::{ROWS, entry};
use crate::{Failure, Services};

/// What became of an import that was undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LegacyUndone {
    /// How many accounts were removed, because nobody had entered them.
    pub removed: u64,
    /// The accounts that stay, because somebody has entered them.
    pub kept: Vec<AccountId>,
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
