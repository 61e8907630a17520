//! What a timer does when the time to object is over: the new number takes the place of the old one, once.

use std::sync::Arc;

use domain::case::{Action, Role, Status, permitted};
use domain::id::CaseId;
use domain::identity::mask;
use domain::province::Province;
use serde_json::json;
use store::account::AccountRow;
use store::audit::Entry;
use store::case::file::CaseRow;
use store::phone_change::PhoneChangeRow;
use store::{StoreError, Tx};

use crate::account::{DETACHED, is_settled, take_number};
use crate::case::{By, line};
use crate::notify::{self, News};
use crate::{Failure, Services};

/// Changes in one go; whoever is left waits for the next.
const AT_ONCE: i64 = 20;
const SYSTEM: By<'static> = By { kind: "system", id: "phone_change", name: "系统" };

/// Puts the changes into effect whose time has come; answers how many. Any number of servers may do it at once: the case is
/// locked, and everything about one change happens in one transaction.
///
/// # Errors
/// `Store`.
pub async fn settle_phone_changes(services: &Services) -> Result<u64, Failure> {
    let due = services.db.read().await?.list_due_phone_changes(services.now(), AT_ONCE).await?;
    let mut settled = 0;
    for case in due {
        let (job, id) = (services.clone(), case.clone());
        match services.db.write(move |tx| Box::pin(async move { settle(tx, &job, &id).await })).await {
            Ok(is_done) => settled += u64::from(is_done),
            // Somebody registered with the number in this moment; the next run sees it.
            Err(Failure::Store(StoreError::Exists { .. }) | Failure::Stale) => {}
            // One that is broken must not keep the others waiting.
            Err(failure) => tracing::error!(%failure, %case, "a change of a mobile number could not take effect"),
        }
    }
    if settled > 0 {
        services.outbox.notify_one();
    }
    Ok(settled)
}

async fn settle(tx: &mut Tx, services: &Services, case: &CaseId) -> Result<bool, Failure> {
    let now = services.now();
    let Some(case) = tx.lock_case(case).await? else { return Ok(false) };
    // Another server, or an objection, may have been faster than the lock.
    let change = tx.find_phone_change(&case.id).await?;
    let is_due = |change: &PhoneChangeRow| change.settled_at.is_none() && change.effective_at.is_some_and(|at| at <= now);
    let Some(change) = change.filter(is_due) else { return Ok(false) };
    if permitted(case.status, Role::Timer, Action::Apply, &case.kind.rules()).is_err() {
        return Ok(false);
    }
    tx.settle_phone_change(&case.id, now).await?;
    let taken = tx.find_account_of_mobile(&case.province, &change.mobile_hash).await?;
    let new = services.vault.open_text("phone_change.mobile", case.id.as_str(), &change.mobile_sealed)?;
    match taken {
        Some(holder) if holder.id == case.account_id || !is_settled(&holder, now) => lapse(tx, services, &case, &new).await?,
        holder => {
            if let Some(holder) = holder {
                detach(tx, services, &case, &holder).await?;
            }
            apply(tx, services, &case, &change, &new).await?;
        }
    }
    Ok(true)
}

/// The number was given to another person: it leaves the account that had it, as with a registration.
async fn detach(tx: &mut Tx, services: &Services, case: &CaseRow, holder: &AccountRow) -> Result<(), Failure> {
    let ended = take_number(tx, services, &*province(services, case)?, holder).await?;
    let detail = json!({ "way": "phone_change", "sessions_ended": ended });
    let entry = Entry { object_kind: "account", object_id: holder.id.to_string(), ..entry(services, DETACHED, case, &detail) };
    Ok(tx.audit(&entry).await?)
}

fn province(services: &Services, case: &CaseRow) -> Result<Arc<Province>, Failure> {
    services.province(&case.province).ok_or_else(|| Failure::Broken("a case without province".into()))
}

async fn apply(tx: &mut Tx, services: &Services, case: &CaseRow, change: &PhoneChangeRow, new: &str) -> Result<(), Failure> {
    let (now, vault) = (services.now(), &services.vault);
    let account = tx.find_account(&case.account_id).await?;
    let account = account.ok_or_else(|| Failure::Broken("a case without account".into()))?;
    let sealed = vault.seal_text("account.mobile", account.id.as_str(), new);
    tx.save_mobile(&account.id, &change.mobile_hash, &sealed, now).await?;
    let ended = tx.delete_sessions_of_account(&account.id).await?;
    tx.add_event(&line(services, case, Action::Apply, SYSTEM, "")?).await?;
    let body = format!(
        "您账号的手机号已更换为 {}，原登录已全部退出，请使用新手机号登录。如非本人操作，请立即联系所在地财政局。",
        mask::mobile(new)
    );
    // The row still has the old number.
    let key = format!("phone_changed:old:{}:{}", case.id, case.round);
    let news = News {
        case: Some(&case.id),
        title: "手机号已更换",
        body: &body,
        sms: Some(("phone_changed", body.clone())),
        dedupe_key: &key,
    };
    notify::tell(tx, services, &account, news).await?;
    let key = format!("phone_changed:new:{}:{}", case.id, case.round);
    let rules = &province(services, case)?.profile.account;
    let text = match account.password_hash.is_empty() && rules.password.is_some() {
        true if rules.has_legacy_holders => "您账号的手机号已更换为本号码，请用本号码办理“原有用户设置密码”，然后登录。",
        true => "您账号的手机号已更换为本号码，请用本号码办理“忘记密码”，设置密码后登录。",
        false => "您账号的手机号已更换为本号码，请使用本号码登录。",
    };
    notify::to_number(tx, services, &case.province, new, ("phone_changed", text), key).await?;
    let detail = json!({ "account": account.id, "sessions_ended": ended, "round": case.round });
    Ok(tx.audit(&entry(services, "change_mobile", case, &detail)).await?)
}

async fn lapse(tx: &mut Tx, services: &Services, case: &CaseRow, new: &str) -> Result<(), Failure> {
    tx.move_case(case, Status::Closed, None, services.now()).await?;
    let note = "新手机号码已用于另一个账号，没有更换，申请终止。";
    tx.add_event(&line(services, case, Action::Lapse, SYSTEM, note)?).await?;
    let account = tx.find_account(&case.account_id).await?;
    let account = account.ok_or_else(|| Failure::Broken("a case without account".into()))?;
    let body = "申请更换的新手机号码已用于另一个账号，手机号没有更换，申请已终止。可以用其他号码重新申请。";
    let key = format!("phone_change_lapsed:{}:{}", case.id, case.round);
    notify::to_number(tx, services, &case.province, new, ("phone_change_lapsed", body), key.clone()).await?;
    let news = News { case: Some(&case.id), title: "手机号没有更换", body, sms: None, dedupe_key: &key };
    notify::tell(tx, services, &account, news).await?;
    Ok(tx.audit(&entry(services, "lapse_phone_change", case, &json!({ "round": case.round }))).await?)
}

fn entry(services: &Services, action: &'static str, case: &CaseRow, detail: &serde_json::Value) -> Entry {
    Entry {
        at: services.now(),
        actor_kind: SYSTEM.kind,
        actor_id: SYSTEM.id.to_owned(),
        action,
        object_kind: "case",
        object_id: case.id.to_string(),
        detail: detail.to_string(),
        request_id: String::new(),
    }
}
