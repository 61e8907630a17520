//! A file is handed in: kept, sealed, and noted by its key, so that the same once more is the same batch.

use domain::answer::Answer;
use domain::fault::{Fault, FieldErrors};
use domain::import::{ImportKind, ImportStage};
use domain::limit::Limited;
use domain::national::has_copies;
use domain::text::{length, tidy};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::Tx;
use store::audit::Entry;
use store::import::ImportBatchRow;

use super::{OPERATOR, entry, keeper, learning};
use crate::account::{count, path};
use crate::{Failure, Limit, Services, Visit};

/// Files that an administrator may hand in in a day: each is kept, and read from one end to the other.
const RECEIVED: Limit = Limit::new(Limited::Uploads, 60, 86_400);
/// The longest 批次编号.
const LONGEST_KEY: u32 = 60;

/// A file, and what is said of it.
pub struct Handed<'a> {
    /// What it holds, as a code.
    pub kind: &'a str,
    /// 批次编号; empty for the one that the file itself gives.
    pub key: &'a str,
    /// What the file is called.
    pub name: &'a str,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// Takes a file from an administrator; it is looked at afterwards, and nothing takes effect. The same file with the same key is
/// the same batch.
///
/// # Errors
/// Faults at `kind`, `key` and `file`, `DuplicateRow` at `key` where it names another file; `SignInAgain`, `SecondFactorNeeded`,
/// `NotYours`, `NotFound` where the province has no 继续教育; `TooOften`, `Store`, `DiskFull`.
pub async fn receive(visit: &Visit, handed: Handed<'_>) -> Result<Answer, Failure> {
    let who = keeper(visit)?;
    let (services, work) = (&visit.services, visit.clone());
    let row = row_of(services, visit.province_key(), who.id.as_str(), &handed)?;
    let (job, bucket) = (visit.clone(), visit.bucket("import:receive", who.id.as_str()));
    let counted = visit.write(move |tx| Box::pin(async move { count(tx, &job, &bucket, &[RECEIVED]).await }));
    counted.await?;
    keep(services, &row, &handed.bytes).await?;
    let new = row.clone();
    let found = visit.write(move |tx| {
        Box::pin(async move {
            let entry = work.entry("receive_import", "import", &new.id, json!({ "kind": new.kind }));
            insert(tx, &new, entry).await
        })
    });
    let found = same_file(found.await?, &row)?;
    Ok(Answer::go(path(visit, &format!("/staff/imports/{}", found.id))))
}

/// The same for whoever runs the server.
///
/// # Errors
/// As [`receive`].
pub async fn by_operator(services: &Services, province: &str, handed: Handed<'_>) -> Result<ImportBatchRow, Failure> {
    let of = services.province(province).ok_or(Failure::NotFound)?;
    learning(&of)?;
    let row = row_of(services, province, OPERATOR, &handed)?;
    keep(services, &row, &handed.bytes).await?;
    let (new, work) = (row.clone(), services.clone());
    let found = services.db.write(move |tx| {
        Box::pin(async move {
            let entry = entry(&work, "receive_import", ("import", &new.id), &json!({ "kind": new.kind }));
            insert(tx, &new, entry).await
        })
    });
    same_file(found.await?, &row)
}

/// The batch that a file makes.
fn row_of(services: &Services, province: &str, by: &str, handed: &Handed<'_>) -> Result<ImportBatchRow, FieldErrors> {
    let mut errors = FieldErrors::default();
    let has_integrity = services.province(province).is_some_and(|of| of.profile.integrity.is_some());
    let copies = services.province(province).is_some_and(|of| has_copies(&of.profile));
    let kind = ImportKind::offered(has_integrity).find(|kind| kind.code() == handed.kind);
    let kind = kind.filter(|kind| copies || !kind.copies_records());
    if kind.is_none() {
        errors.push("kind", if handed.kind.is_empty() { Fault::Missing } else { Fault::NotInList });
    }
    if handed.bytes.is_empty() {
        errors.push("file", Fault::FileMissing);
    }
    let typed = tidy(handed.key);
    if length(&typed) > LONGEST_KEY {
        errors.push("key", Fault::TooLong(LONGEST_KEY));
    }
    let kind = kind.filter(|_| errors.is_empty()).ok_or(errors)?;
    let hash = Sha256::digest(&handed.bytes).to_vec();
    let name: String = tidy(handed.name).chars().filter(|c| !c.is_control()).take(100).collect();
    Ok(ImportBatchRow {
        id: services.ids.id(),
        province: province.to_owned(),
        kind: kind.code().to_owned(),
        request_key: if typed.is_empty() { hex::encode(&hash[..8]) } else { typed },
        file_name: name,
        stage: ImportStage::Checking.code().to_owned(),
        version: 1,
        size: 0,
        decided: 0,
        settled: 0,
        note: String::new(),
        received_by: by.to_owned(),
        received_at: services.now(),
        asked_by: None,
        agreed_by: None,
        applied_by: None,
        confirmed_by: None,
        effective_at: None,
        ended_at: None,
        file_sha256: hash,
    })
}

/// The file first, then its row: one without a row is set aside by the house.
async fn keep(services: &Services, row: &ImportBatchRow, bytes: &[u8]) -> Result<(), Failure> {
    let file = file_name(row);
    Ok(services.files.put(&file, services.vault.seal("file", &file, bytes)).await?)
}

/// What the file of a batch is kept as.
pub(super) fn file_name(row: &ImportBatchRow) -> String {
    format!("i-{}", hex::encode(&row.file_sha256))
}

async fn insert(tx: &mut Tx, new: &ImportBatchRow, entry: Entry) -> Result<ImportBatchRow, Failure> {
    tx.insert_import(new).await?;
    let found = tx.find_import_of_key(&new.province, &new.kind, &new.request_key).await?;
    let found = found.ok_or_else(|| Failure::Broken("an import is gone".into()))?;
    if found.id == new.id {
        tx.audit(&entry).await?;
    }
    Ok(found)
}

fn same_file(found: ImportBatchRow, sent: &ImportBatchRow) -> Result<ImportBatchRow, Failure> {
    if found.file_sha256 == sent.file_sha256 { Ok(found) } else { Err(FieldErrors::one("key", Fault::DuplicateRow).into()) }
}
