//! 跨省调入: a package fills the application of whoever it is about, once.

use domain::case::{CaseKind, Refusal, Status};
use domain::id::CaseId;
use domain::limit::Limited;
use domain::national::Doing;
use domain::relocation::{LARGEST, NotReceived, fill, tidy_passphrase};
use serde_json::json;
use store::account::AccountRow;
use store::relocation::ReceivedRow;
use store::{StoreError, Tx};

use super::lock::{identities, unlocked};
use super::pack::pack;
use super::places;
use super::verify::{Verified, verified};
use crate::account::count;
use crate::case::done_here;
use crate::intake::{begin_with, holder};
use crate::{Failure, Limit, Visit};

/// Files that somebody may bring: opening one takes memory and time.
const TRIES: Limit = Limit::new(Limited::Requests, 20, 86_400);

/// Takes a package that somebody brought: fills their application with what the form knows, and keeps the whole of it. Answers why
/// not, where it is not taken; then nothing of it is kept.
///
/// # Errors
/// `NotFound` where the province has no such thing, `SignInAgain`, `TooOften`, `Store`, `Broken`.
pub async fn receive(visit: &Visit, file: Vec<u8>, passphrase: &str) -> Result<Result<(), NotReceived>, Failure> {
    let account = asking(visit).await?;
    if file.is_empty() || file.len() > LARGEST {
        return Ok(Err(NotReceived::NotAPackage));
    }
    let (work, bucket) = (visit.clone(), visit.bucket("package", account.id.as_str()));
    visit.write(move |tx| Box::pin(async move { count(tx, &work, &bucket, &[TRIES]).await })).await?;
    let (keys, typed) = (identities(&visit.services, visit.province_key())?, tidy_passphrase(passphrase));
    let opened = tokio::task::spawn_blocking(move || unlocked(&file, &keys, &typed)).await;
    let plain = match opened.map_err(|_| Failure::Broken("a package that broke what opens it".into()))? {
        Ok(plain) => plain,
        Err(why) => return Ok(Err(why)),
    };
    match std::str::from_utf8(&plain) {
        Ok(signed) => take(visit, &account, signed).await,
        Err(_) => Ok(Err(NotReceived::NotAPackage)),
    }
}

/// The same without a file, where the province of the departure is served here: the package is made, signed and verified all the same.
///
/// # Errors
/// As [`receive`]; `NotFound` for a departure that is none of theirs.
pub async fn take_over(visit: &Visit, departure: &CaseId) -> Result<Result<(), NotReceived>, Failure> {
    let account = asking(visit).await?;
    let mut reader = visit.services.db.read().await?;
    let offers = reader.list_departures_for(visit.province_key(), &account.document_hash).await?;
    let row = offers.into_iter().find(|row| row.case_id == *departure).ok_or(Failure::NotFound)?;
    let origin = visit.services.province(&row.province).ok_or(Failure::NotFound)?;
    let package = pack(&visit.services, &origin, &mut reader, &row).await?;
    drop(reader);
    let signed = visit.services.notary.package(&row.province, &serde_json::to_value(&package)?)?;
    take(visit, &account, &signed).await
}

async fn asking(visit: &Visit) -> Result<AccountRow, Failure> {
    places(visit)?;
    let mut reader = visit.services.db.read().await?;
    Ok(reader.find_account(visit.account()?).await?.ok_or(Refusal::SignInAgain)?)
}

async fn take(visit: &Visit, account: &AccountRow, signed: &str) -> Result<Result<(), NotReceived>, Failure> {
    let of = match verified(visit, account, signed)? {
        Ok(of) => of,
        Err(why) => return Ok(Err(why)),
    };
    let work = visit.clone();
    let taken = visit.write(move |tx| {
        Box::pin(async move {
            match may_take(tx, &work, &of).await? {
                None => write(tx, &work, &of).await.map(Ok),
                Some(why) => Ok(Err(why)),
            }
        })
    });
    match taken.await {
        // Two windows brought the same one at once.
        Err(Failure::Store(StoreError::Exists { table: "received_package" })) => Ok(Err(NotReceived::UsedBefore)),
        taken => taken,
    }
}

/// Why it is not taken, by what is on record here; asked inside the write.
async fn may_take(tx: &mut Tx, visit: &Visit, of: &Verified) -> Result<Option<NotReceived>, Failure> {
    let account = visit.account()?;
    let latest = tx.lock_latest_case(account, CaseKind::Intake).await?;
    tx.lock_account(account).await?.ok_or(Refusal::SignInAgain)?;
    if tx.find_received(&of.package.id).await?.is_some() {
        return Ok(Some(NotReceived::UsedBefore));
    }
    if tx.find_record(account).await?.is_some() && tx.find_standing_departure(account).await?.is_none() {
        return Ok(Some(NotReceived::HasRecord));
    }
    let is_reviewed = latest.is_some_and(|case| matches!(case.status, Status::Submitted | Status::Returned));
    Ok(is_reviewed.then_some(NotReceived::UnderReview))
}

async fn write(tx: &mut Tx, visit: &Visit, of: &Verified) -> Result<(), Failure> {
    let account = tx.find_account(visit.account()?).await?.ok_or(Refusal::SignInAgain)?;
    // It would lie in a form that nobody hands in here.
    done_here(visit, CaseKind::Intake, Doing::HandIn)?;
    let (_, holder) = holder(&visit.services, &account)?;
    let package = &of.package;
    let filled = fill(&visit.province, &holder, &package.record.answers, visit.services.today());
    let case = begin_with(tx, visit, &filled.answers).await?;
    let row = ReceivedRow {
        package_id: package.id.clone(),
        province: visit.province_key().to_owned(),
        account_id: account.id.clone(),
        case_id: case.id.clone(),
        origin: package.origin.key.clone(),
        key_id: of.key_id.clone(),
        body_sealed: visit.services.vault.seal("received_package.body", &package.id, &serde_json::to_vec(package)?),
        received_at: visit.now(),
    };
    tx.receive_package(&row).await?;
    let detail = json!({ "package": package.id, "origin": package.origin.key, "kept": filled.kept.len() });
    Ok(tx.audit(&visit.entry("receive_package", "case", case.id.as_str(), detail)).await?)
}
