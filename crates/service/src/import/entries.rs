//! Rewards and penalties of a batch: each is recorded as a case of its own that begins approved (docs/adr/0058).

use domain::id::CaseId;
use domain::import::ImportOutcome;
use serde_json::json;
use store::Tx;
use store::account::AccountRow;
use store::import::ImportBatchRow;
use store::import::row::ImportRowRow;
use store::staff::StaffRow;

use super::{PART, entry, open};
use crate::integrity::{Recording, record_imported, take_imported_back};
use crate::{Failure, Services};

/// What became of the rows of a batch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Recorded {
    pub recorded: u64,
    /// Those that somebody entered meanwhile, or that are about one of the two who agreed.
    pub left_out: u64,
}

/// Who asked for a batch to take effect, and who agreed.
async fn two(tx: &mut Tx, asked: [Option<&domain::id::StaffId>; 2]) -> Result<(StaffRow, StaffRow), Failure> {
    let missing = || Failure::Broken("entries that nobody agreed to".into());
    let [Some(asked_by), Some(agreed_by)] = asked else { return Err(missing()) };
    let asked_by = tx.find_staff(asked_by).await?.ok_or_else(missing)?;
    let agreed_by = tx.find_staff(agreed_by).await?.ok_or_else(missing)?;
    Ok((asked_by, agreed_by))
}

/// Records every row of a batch whose person has an account. The accounts are held.
///
/// # Errors
/// `Broken` where two have not agreed, `Store`.
pub(super) async fn record_all(tx: &mut Tx, services: &Services, batch: &ImportBatchRow) -> Result<Recorded, Failure> {
    let two = two(tx, [batch.asked_by.as_ref(), batch.agreed_by.as_ref()]).await?;
    let (mut counts, mut from) = (Recorded::default(), 0);
    loop {
        let rows = tx.list_import_rows(&batch.id, from, i64::try_from(PART).unwrap_or(i64::MAX)).await?;
        let Some(last) = rows.last() else { return Ok(counts) };
        from = last.place + 1;
        for row in rows.iter().filter(|row| row.outcome == ImportOutcome::Ready.code()) {
            let account = row.account_id.as_ref().ok_or_else(|| Failure::Broken("a row of nobody".into()))?;
            let account = tx.find_account(account).await?.ok_or_else(|| Failure::Broken("an account that is gone".into()))?;
            if record(tx, services, (batch, &two), (&account, row)).await? {
                counts.recorded += 1;
            } else {
                counts.left_out += 1;
            }
        }
    }
}

/// Records the row of somebody who has come since the batch took effect.
///
/// # Errors
/// As [`record_all`].
pub(super) async fn record_one(
    tx: &mut Tx,
    services: &Services,
    (batch, account): (&ImportBatchRow, &AccountRow),
    row: &ImportRowRow,
) -> Result<(), Failure> {
    let two = two(tx, [batch.applied_by.as_ref(), batch.confirmed_by.as_ref()]).await?;
    let is_recorded = record(tx, services, (batch, &two), (account, row)).await?;
    let detail = json!({ "batch": batch.id, "line": row.line, "is_recorded": is_recorded });
    Ok(tx.audit(&entry(services, "link_import", ("account", account.id.as_str()), &detail)).await?)
}

/// Records a row; `false` where it is left out.
async fn record(
    tx: &mut Tx,
    services: &Services,
    (batch, two): (&ImportBatchRow, &(StaffRow, StaffRow)),
    (account, row): (&AccountRow, &ImportRowRow),
) -> Result<bool, Failure> {
    let what = open(services, row)?.entry.ok_or_else(|| Failure::Broken("a row without its entry".into()))?;
    let province = services.province(&batch.province).ok_or(Failure::NotFound)?;
    let id = CaseId::from(row.entry_id.as_str());
    let of = Recording { services, province: &province, account, id: &id, entered_by: &two.0, confirmed_by: &two.1 };
    let left_out = match record_imported(tx, &of, &what).await? {
        Ok(()) => {
            let detail = json!({ "batch": batch.id, "line": row.line, "account": account.id });
            tx.audit(&entry(services, "import_entry", ("case", id.as_str()), &detail)).await?;
            return Ok(true);
        }
        Err(outcome) => outcome,
    };
    tx.link_import_row(&ImportRowRow { outcome: left_out.code().to_owned(), ..row.clone() }).await?;
    Ok(false)
}

/// Takes back what a batch recorded and what stands of it; answers how many.
///
/// # Errors
/// As [`record_all`].
pub(super) async fn take_all_back(
    tx: &mut Tx,
    services: &Services,
    batch: &ImportBatchRow,
    reason: &str,
) -> Result<u64, Failure> {
    let (_, agreed_by) = two(tx, [batch.asked_by.as_ref(), batch.agreed_by.as_ref()]).await?;
    let (mut taken, mut from) = (0, 0);
    loop {
        let rows = tx.list_import_rows(&batch.id, from, i64::try_from(PART).unwrap_or(i64::MAX)).await?;
        let Some(last) = rows.last() else { return Ok(taken) };
        from = last.place + 1;
        for row in rows.iter().filter(|row| row.outcome == ImportOutcome::Ready.code()) {
            let id = CaseId::from(row.entry_id.as_str());
            if take_imported_back(tx, services, &id, (&agreed_by, reason)).await? {
                let detail = json!({ "batch": batch.id, "line": row.line });
                tx.audit(&entry(services, "undo_import_entry", ("case", id.as_str()), &detail)).await?;
                taken += 1;
            }
        }
    }
}
