//! 信息登记表（电子签名件）: one stands for the record of somebody, signed when it is printed first. Whatever makes it say what does
//! not hold any more ends it in the same write.

use domain::certificate::{Extract, Recorded, certificate_number};
use domain::id::AccountId;
use serde_json::json;
use store::account::AccountRow;
use store::archive::RecordRow;
use store::certificate::extract::ExtractRow;
use store::{Reader, Tx};

use chrono::Datelike;

use crate::{Failure, Visit, china_date};

/// The extract of the record of somebody as it is now, made where there is none. Called again it has no further effect.
///
/// # Errors
/// `NotFound` where nothing is approved, or the approval was annulled; `Store`, `Broken`.
pub async fn extract(tx: &mut Tx, visit: &Visit, account: &AccountId) -> Result<(ExtractRow, RecordRow), Failure> {
    // Two windows that print at once line up.
    let account = tx.lock_account(account).await?.ok_or_else(|| Failure::Broken("a record without account".into()))?;
    let record = tx.find_record(&account.id).await?.ok_or(Failure::NotFound)?;
    if is_annulled(tx, &account.id).await? {
        return Err(Failure::NotFound);
    }
    if let Some(row) = standing(tx, visit, &account, &record).await? {
        return Ok((row, record));
    }
    let row = signed(visit, &account, &record)?;
    tx.insert_extract(&row).await?;
    let detail = json!({ "version": row.version });
    tx.audit(&visit.entry("sign_extract", "record_extract", &row.number, detail)).await?;
    Ok((row, record))
}

/// Whoever changes the name, the document or the record of somebody ends what was signed of it, after the change and in the same
/// write.
///
/// # Errors
/// `Store`.
pub async fn amended(tx: &mut Tx, visit: &Visit, account: &AccountId) -> Result<(), Failure> {
    let found = (tx.find_account(account).await?, tx.find_record(account).await?);
    if let (Some(account), Some(record)) = found {
        standing(tx, visit, &account, &record).await?;
    }
    Ok(())
}

/// The one that stands; what says something else than what holds ends here.
async fn standing(tx: &mut Tx, visit: &Visit, account: &AccountRow, record: &RecordRow) -> Result<Option<ExtractRow>, Failure> {
    let Some(row) = tx.find_standing_extract(&account.id).await? else { return Ok(None) };
    let is_same = row.record_id == record.id && row.holder == account.name && row.document_hash == account.document_hash;
    if is_same && !is_annulled(tx, &account.id).await? {
        return Ok(Some(row));
    }
    tx.end_extract(&row.number, visit.now()).await?;
    tx.audit(&visit.entry("end_extract", "record_extract", &row.number, json!({ "version": row.version }))).await?;
    Ok(None)
}

/// Whether what the record says was found to be false.
async fn is_annulled(reader: &mut Reader, account: &AccountId) -> Result<bool, Failure> {
    Ok(reader.find_closing(account).await?.is_some_and(|row| row.is_annulled()))
}

fn signed(visit: &Visit, account: &AccountRow, record: &RecordRow) -> Result<ExtractRow, Failure> {
    let (profile, bureaus, now) = (&visit.province.profile, &visit.province.bureaus, visit.now());
    let approved_on = china_date(record.created_at);
    let row = ExtractRow {
        number: certificate_number(&profile.code, china_date(now).year(), visit.services.ids.number()),
        account_id: account.id.clone(),
        record_id: record.id.clone(),
        province: profile.key.clone(),
        holder: account.name.clone(),
        document_hash: account.document_hash.clone(),
        issuer: profile.site.authority.clone(),
        bureau_name: bureaus.get(&record.bureau).map(|bureau| bureau.name.clone()).unwrap_or_default(),
        version: record.version,
        approved_on,
        statement: String::new(),
        issued_at: now,
        ended_at: None,
    };
    let statement = visit.services.notary.sign(&profile.key, &extract_of(&row).into())?;
    Ok(ExtractRow { statement, ..row })
}

/// What a row says to whoever verifies it.
pub(super) fn extract_of(row: &ExtractRow) -> Extract {
    let recorded = Recorded {
        holder: &row.holder,
        issuer: &row.issuer,
        version: row.version,
        bureau_name: &row.bureau_name,
        approved_on: row.approved_on,
    };
    Extract::of(recorded, &row.number, row.issued_at)
}
