//! A telephone number is no person: it is given to another one in time. Whoever proves it has it, and the account that had it
//! before loses it.

use chrono::{DateTime, Duration, Utc};
use domain::identity::mask;
use domain::province::Province;
use serde_json::json;
use store::Tx;
use store::account::AccountRow;

use crate::clock::is_recent;
use crate::notify::{self, News};
use crate::vault::Vault;
use crate::{Failure, Services, Visit};

/// An account that got or changed anything so lately is in use: its number is not taken from it. So a number changes hands once
/// in this time at most.
const SETTLED: Duration = Duration::days(30);

/// The action in the audit trail.
pub(crate) const DETACHED: &str = "detach_mobile";

/// What stands for the number of an account that has none: nobody's number, and nobody else's.
pub(crate) fn no_mobile(vault: &Vault, account: &str) -> (Vec<u8>, Vec<u8>) {
    (vault.keyed_hash("mobile-none", account), vault.seal_text("account.mobile", account, ""))
}

/// Whether an account has no number on file.
///
/// # Errors
/// `Broken` when it cannot be opened.
pub(crate) fn has_no_mobile(visit: &Visit, account: &AccountRow) -> Result<bool, Failure> {
    let mobile = visit.services.vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed)?;
    Ok(mobile.is_empty())
}

/// Whether the number may be taken from the account that has it.
pub(crate) fn is_settled(owner: &AccountRow, now: DateTime<Utc>) -> bool {
    !is_recent(owner.updated_at, now, SETTLED)
}

/// Takes the number from the account that has it, on behalf of whoever visits.
///
/// # Errors
/// `Store`, `Broken`.
pub(super) async fn detach(tx: &mut Tx, visit: &Visit, owner: &AccountRow, way: &str) -> Result<(), Failure> {
    let ended = take_number(tx, &visit.services, &visit.province, owner).await?;
    let detail = json!({ "way": way, "sessions_ended": ended });
    Ok(tx.audit(&visit.entry(DETACHED, "account", owner.id.as_str(), detail)).await?)
}

/// The number leaves the account that has it: its sessions end, and it is told by 站内信, because the number is not theirs. The
/// caller writes the audit row [`DETACHED`]. Answers how many sessions ended.
///
/// # Errors
/// `Store`, `Broken`.
pub(crate) async fn take_number(
    tx: &mut Tx,
    services: &Services,
    province: &Province,
    owner: &AccountRow,
) -> Result<u64, Failure> {
    let (vault, now) = (&services.vault, services.now());
    let mobile = vault.open_text("account.mobile", owner.id.as_str(), &owner.mobile_sealed)?;
    let (hash, sealed) = no_mobile(vault, owner.id.as_str());
    tx.save_mobile(&owner.id, &hash, &sealed, now).await?;
    let ended = tx.delete_sessions_of_account(&owner.id).await?;
    let way_out = match &province.profile.account.identity_service {
        Some(service) => format!("下次登录时，以您在{}登记的手机号码为准。", service.name),
        None => "请在“账号设置”中登记您现在使用的手机号码。".to_owned(),
    };
    let body = format!(
        "您登记的手机号码 {} 已由现在使用这个号码的人验证，不再属于您的账号。{way_out}您的账号和申请没有其他变化。",
        mask::mobile(&mobile)
    );
    let key = format!("mobile_detached:{}:{}", owner.id, now.timestamp_micros());
    let news = News { case: None, title: "手机号码已不属于您的账号", body: &body, sms: None, dedupe_key: &key };
    notify::tell(tx, services, owner, news).await?;
    Ok(ended)
}
