//! Where a code goes, by what it is for.

use chrono::{DateTime, Utc};
use domain::account::forms::{CodePurpose, SendCode};
use domain::id::AccountId;
use store::Tx;

use super::bound;
use crate::account::detach::has_no_mobile;
use crate::account::settings::Opened;
use crate::visit::Kept;
use crate::{Failure, Visit};

/// Where a code goes. Nobody may notice whether it is really sent.
pub(super) struct Target {
    pub purpose: CodePurpose,
    pub mobile: String,
    /// What the code is good for: the number, the number with a document, or an account.
    pub bound: String,
    pub is_sent: bool,
    /// The number is not typed but on file: nothing may tell which one it is, or that it is busy.
    pub is_on_file: bool,
    /// Whose code it is, where somebody is signed in, and when that opened it.
    pub owner: Option<(AccountId, Option<DateTime<Utc>>)>,
}

/// `None` when what comes before it was not done: a reset or an activation, or the proof of the old number.
pub(super) async fn find_target(tx: &mut Tx, visit: &Visit, kept: &Kept, asked: &SendCode) -> Result<Option<Target>, Failure> {
    let (vault, purpose) = (&visit.services.vault, asked.purpose);
    if purpose == CodePurpose::OldMobile {
        return own(tx, visit).await;
    }
    let Some(mobile) = &asked.mobile else { return on_file(tx, visit, kept, purpose).await };
    let mobile = mobile.as_str().to_owned();
    if purpose == CodePurpose::NewMobile {
        let account = tx.find_account(visit.account()?).await?.ok_or(Failure::Stale)?;
        let at = match Opened::by(kept.memo.process.as_ref(), visit) {
            Opened::Since(at) => at,
            _ if has_no_mobile(visit, &account)? => visit.now(),
            _ => return Ok(None),
        };
        let owner = Some((visit.account()?.clone(), Some(at)));
        return Ok(Some(Target { purpose, bound: mobile.clone(), mobile, is_sent: true, is_on_file: false, owner }));
    }
    let hash = vault.keyed_hash("mobile", &mobile);
    if let Some(number) = &asked.document_number {
        let document = vault.keyed_hash("document", number);
        let accounts = tx.list_accounts_of_document(visit.province_key(), &document).await?;
        let is_sent = accounts.iter().any(|account| account.mobile_hash == hash);
        return Ok(Some(Target { purpose, bound: bound(number, &mobile), mobile, is_sent, is_on_file: false, owner: None }));
    }
    let is_known = tx.find_account_of_mobile(visit.province_key(), &hash).await?.is_some();
    let is_sent = is_known || purpose != CodePurpose::Login;
    Ok(Some(Target { purpose, bound: mobile.clone(), mobile, is_sent, is_on_file: false, owner: None }))
}

/// The number of the account that is signed in; `None` for one that has none.
async fn own(tx: &mut Tx, visit: &Visit) -> Result<Option<Target>, Failure> {
    let account = tx.find_account(visit.account()?).await?.ok_or(Failure::Stale)?;
    let mobile = visit.services.vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed)?;
    let bound = format!("account:{}", account.id);
    let target = Target {
        purpose: CodePurpose::OldMobile,
        mobile,
        bound,
        is_sent: true,
        is_on_file: false,
        owner: Some((account.id, None)),
    };
    Ok((!target.mobile.is_empty()).then_some(target))
}

/// The number on file of the account whose password is on its way, or the one that stands for it.
async fn on_file(tx: &mut Tx, visit: &Visit, kept: &Kept, purpose: CodePurpose) -> Result<Option<Target>, Failure> {
    let begun = kept.memo.process.as_ref().filter(|process| process.purpose == purpose.code() && process.proven_at.is_none());
    let Some(process) = begun else { return Ok(None) };
    let account = match &process.account {
        Some(id) => tx.find_account(id).await?,
        None => None,
    };
    let open = |account: store::account::AccountRow| {
        visit.services.vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed)
    };
    let known = account.map(open).transpose()?.filter(|mobile| !mobile.is_empty());
    let (bound, is_sent) = (process.bound.clone(), known.is_some());
    let mobile = known.unwrap_or_else(|| process.mobile.clone());
    Ok(Some(Target { purpose, mobile, bound, is_sent, is_on_file: true, owner: None }))
}
