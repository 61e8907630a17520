//! Whose turn it is: one person's writes follow each other, and the case is theirs until the commit.

use std::hash::{DefaultHasher, Hash, Hasher};

use domain::case::{Refusal, Status};
use domain::id::AccountId;
use store::case::begun::Begun;
use store::case::file::CaseRow;
use store::{Reader, Tx};
use tokio::sync::{Mutex, MutexGuard};

use super::load::{Folder, KIND};
use crate::{Failure, Visit};

static TURNS: [Mutex<()>; 64] = [const { Mutex::const_new(()) }; 64];

/// A person's writes take turns before they take a connection: whoever posts a hundred times at once waits alone, instead
/// of keeping every connection waiting for one case. Between servers the case itself is locked.
pub(super) async fn turn(visit: &Visit) -> Result<MutexGuard<'static, ()>, Failure> {
    let mut hasher = DefaultHasher::new();
    visit.filling_in()?.hash(&mut hasher);
    Ok(TURNS[(hasher.finish() % 64) as usize].lock().await)
}

/// Lines up everything that the person, or a clerk who fills in for them, does with the case, so that no save slips in
/// between a check and a submission.
pub(super) async fn lock(visit: &Visit, tx: &mut Tx) -> Result<Option<CaseRow>, Failure> {
    let case = tx.lock_latest_case(visit.filling_in()?, KIND).await?;
    standing(tx, case).await
}

/// The case by which 信息采集 stands. Of a record that was closed the next one begins, and the one before it is no longer it.
///
/// # Errors
/// `Store`.
pub(super) async fn standing(reader: &mut Reader, case: Option<CaseRow>) -> Result<Option<CaseRow>, Failure> {
    let Some(approved) = case.as_ref().filter(|case| case.status == Status::Approved) else { return Ok(case) };
    let closing = reader.find_closing(&approved.account_id).await?;
    Ok(if closing.is_some_and(|row| row.cause.may_return()) { None } else { case })
}

/// Whether somebody is in the register by a copy of the national platform alone: they need not apply for it.
///
/// # Errors
/// `Store`.
pub(super) async fn is_copied(reader: &mut Reader, account: &AccountId) -> Result<bool, Failure> {
    let Some(record) = reader.find_record(account).await? else { return Ok(false) };
    let is_open = reader.find_closing(account).await?.is_none() && reader.find_standing_departure(account).await?.is_none();
    Ok(record.case_id.as_str().is_empty() && is_open)
}

/// [`lock`], then everything as it is from then on.
pub(super) async fn lock_and_load(visit: &Visit, tx: &mut Tx) -> Result<Folder, Failure> {
    let case = lock(visit, tx).await?;
    let mut folder = Folder::of(visit, tx, case).await?;
    folder.read_files(tx).await?;
    Ok(folder)
}

/// Everything but the files, of what a save began with.
pub(super) async fn open_begun(visit: &Visit, tx: &mut Tx, begun: Begun) -> Result<Folder, Failure> {
    let (account, mut drafts) = begun.account.ok_or(Refusal::SignInAgain)?;
    let case = standing(tx, begun.case).await?;
    if case.is_none() {
        drafts.clear();
    }
    Folder::of_rows(visit, tx, case, (account, drafts)).await
}
