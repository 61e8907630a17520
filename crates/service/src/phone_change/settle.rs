//! What a timer does when the time to object is over: the new number takes the place of the old one, or the account goes to whoever
//! appealed, once.

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

use super::appeal::AppealBody;
use crate::account::{DETACHED, is_settled, take_number};
use crate::case::{By, line, open_body};
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
    let asked_at = case.submitted_at.unwrap_or(now);
    let is_overtaken = tx.count_hand_overs_since(&case.account_id, asked_at).await? > 0;
    tx.settle_phone_change(&case.id, now).await?;
    let taken = tx.find_account_of_mobile(&case.province, &change.mobile_hash).await?;
    let new = services.vault.open_text("phone_change.mobile", case.id.as_str(), &change.mobile_sealed)?;
    match taken {
        // Whoever asked while the account was another one's does not get it from its rightful owner.
        _ if is_overtaken => lapse(tx, services, &case, &new, Lapsed::Overtaken).await?,
        Some(holder) if holder.id == case.account_id || !is_settled(&holder, now) => {
            lapse(tx, services, &case, &new, Lapsed::NumberTaken).await?;
        }
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
    let account = tx.find_account(&case.account_id).await?;
    let account = account.ok_or_else(|| Failure::Broken("a case without account".into()))?;
    let sealed = services.vault.seal_text("account.mobile", account.id.as_str(), new);
    let (ended, action) = match change.hands_over {
        true => (hand_over(tx, services, case, (&account, change), &sealed).await?, "hand_over_account"),
        false => (give_number(tx, services, case, (&account, change, new), &sealed).await?, "change_mobile"),
    };
    tx.add_event(&line(services, case, Action::Apply, SYSTEM, "")?).await?;
    let rules = &province(services, case)?.profile.account;
    let has_none = change.hands_over || account.password_hash.is_empty();
    let how = match has_none && rules.password.is_some() {
        // 原有用户设置密码 is for whoever was imported and never had one.
        true if rules.has_legacy_holders && !change.hands_over => "请用本号码办理“原有用户设置密码”，然后登录。",
        true => "请用本号码办理“忘记密码”，设置密码后登录。",
        false => "请使用本号码登录。",
    };
    let what = if change.hands_over {
        "账号已移交给您，手机号为本号码"
    } else {
        "您账号的手机号已更换为本号码"
    };
    let (text, key) = (format!("{what}，{how}"), format!("phone_changed:new:{}:{}", case.id, case.round));
    notify::to_number(tx, services, &case.province, new, ("phone_changed", &text), key).await?;
    let detail = json!({ "account": account.id, "sessions_ended": ended, "round": case.round });
    Ok(tx.audit(&entry(services, action, case, &detail)).await?)
}

/// The number of the account is another one, and whoever has the old one is told. Answers how many sessions ended.
async fn give_number(
    tx: &mut Tx,
    services: &Services,
    case: &CaseRow,
    (account, change, new): (&AccountRow, &PhoneChangeRow, &str),
    sealed: &[u8],
) -> Result<u64, Failure> {
    tx.save_mobile(&account.id, &change.mobile_hash, sealed, services.now()).await?;
    let ended = tx.delete_sessions_of_account(&account.id).await?;
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
    notify::tell(tx, services, account, news).await?;
    Ok(ended)
}

/// The account is of whoever appealed: their name and number, no password, no address of the other side, and nothing that a stranger
/// froze. Answers how many sessions ended.
async fn hand_over(
    tx: &mut Tx,
    services: &Services,
    case: &CaseRow,
    (account, change): (&AccountRow, &PhoneChangeRow),
    sealed: &[u8],
) -> Result<u64, Failure> {
    let now = services.now();
    let round = tx.list_submissions(&case.id).await?.into_iter().max_by_key(|round| round.round);
    let round = round.ok_or_else(|| Failure::Broken("a case without a round".into()))?;
    let name = open_body::<AppealBody>(services, &case.id, &round)?.application.name;
    tx.save_person(&account.id, &name, (&change.mobile_hash, sealed), now).await?;
    tx.save_password(&account.id, "", now).await?;
    tx.save_email(&account.id, None).await?;
    tx.thaw_account(&account.id, now).await?;
    let ended = tx.delete_sessions_of_account(&account.id).await?;
    // What the row has still, the other side reads; what lies in the account from now on, its owner.
    let text = "您登录的账号已移交给证件的持有人，原登录已全部退出。如有异议，请携带证件联系所在地财政局。";
    let key = format!("phone_changed:old:{}:{}", case.id, case.round);
    notify::owner(tx, services, account, "handed_over", text, key).await?;
    let body = "财政局核对证件后，账号已移交给您。移交以前的申请和材料由他人提交，与实际不符的，请联系所在地财政局更正。";
    let key = format!("handed_over:{}:{}", case.id, case.round);
    let news = News { case: Some(&case.id), title: "账号已移交给您", body, sms: None, dedupe_key: &key };
    notify::tell(tx, services, account, news).await?;
    Ok(ended)
}

/// Why nothing came of what two persons agreed to.
#[derive(Clone, Copy)]
enum Lapsed {
    NumberTaken,
    Overtaken,
}

impl Lapsed {
    /// For the timeline, and for both numbers.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NumberTaken => (
                "新手机号码已用于另一个账号，没有更换，申请终止。",
                "申请更换的新手机号码已用于另一个账号，手机号没有更换，申请已终止。可以用其他号码重新申请。",
            ),
            Self::Overtaken => (
                "申请以后，账号已经移交给证件的持有人，没有更换，申请终止。",
                "申请以后，账号已经由财政局核对证件后移交，这次没有更换，申请已终止。如有疑问，请携带证件到所在地财政局办理。",
            ),
        }
    }
}

async fn lapse(tx: &mut Tx, services: &Services, case: &CaseRow, new: &str, why: Lapsed) -> Result<(), Failure> {
    tx.move_case(case, Status::Closed, None, services.now()).await?;
    let (note, body) = why.words();
    tx.add_event(&line(services, case, Action::Lapse, SYSTEM, note)?).await?;
    let account = tx.find_account(&case.account_id).await?;
    let account = account.ok_or_else(|| Failure::Broken("a case without account".into()))?;
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
