//! 修改登录密码: by the present one, whose wrong guesses are counted.

use domain::account::password::document_end;
use domain::account::settings::ChangePasswordForm;
use domain::answer::Answer;
use domain::calendar::china_time;
use domain::fault::Fault;
use domain::limit::Limited;
use serde_json::json;
use store::Tx;
use store::account::AccountRow;

use super::{led, repeated};
use crate::account::sign_in::{FAILURES, admit, give_back};
use crate::account::{Judged, path};
use crate::notify::{self, News};
use crate::visit::{Done, Kept};
use crate::{Failure, Limit, Visit, wrong};

const GUESSES: Limit = FAILURES.of(Limited::Passwords);

/// Replaces the password by another. Every other session of the account ends, and the owner is told.
///
/// # Errors
/// `Invalid`, `SignInAgain`, `NotFound` where the account has no password, `Locked` after five wrong ones, `TooOften`, `Busy`,
/// `Stale` when it was changed elsewhere meanwhile, `Store`.
pub async fn change_password(visit: &Visit, form: &ChangePasswordForm) -> Result<Answer, Failure> {
    let (id, services) = (visit.account()?, &visit.services);
    let policy = visit.province.profile.account.password.as_ref().ok_or(Failure::NotFound)?;
    let account = services.db.read().await?.find_account(id).await?.ok_or(Failure::Stale)?;
    if account.password_hash.is_empty() {
        return Err(Failure::NotFound);
    }
    let key = services.vault.keyed_hash("password", &format!("{id}|{}", serde_json::to_string(form)?));
    if let Some(go) = repeated(visit, &key).await? {
        return Ok(Answer::go(go));
    }
    let mobile = services.vault.open_text("account.mobile", id.as_str(), &account.mobile_sealed)?;
    let number = services.vault.open_text("account.document", id.as_str(), &account.document_sealed)?;
    let asked = form.check(policy, &[account.name.as_str(), mobile.as_str(), document_end(&number)])?;
    let failures = visit.bucket("password:failed", id.as_str());
    let tickets = admit(visit, None, "settings:address", vec![(failures.clone(), GUESSES)]).await?;
    let hash = match verify_and_hash(visit, &account, &asked.old_password, asked.password).await {
        Ok(hash) => hash,
        Err(failure) => {
            give_back(visit, tickets).await?;
            return Err(failure);
        }
    };
    let done = Done { key, go: path(visit, "/settings?done=password"), at: visit.now() };
    let (job, go) = (visit.clone(), done.go.clone());
    let changed = visit.write(move |tx| {
        Box::pin(async move {
            match hash {
                Some(hash) => change(tx, &job, (&account, &hash), &failures, done).await.map(Ok),
                None => refuse(tx, &job, &account, &failures).await,
            }
        })
    });
    changed.await??;
    services.outbox.notify_one();
    Ok(Answer::go(go))
}

/// The hash of the new password, when the old one is right.
async fn verify_and_hash(visit: &Visit, account: &AccountRow, old: &str, new: String) -> Result<Option<String>, Failure> {
    let gate = &visit.services.gate;
    match gate.verify(old.to_owned(), account.password_hash.clone()).await? {
        true => Ok(Some(gate.hash(new).await?)),
        false => Ok(None),
    }
}

async fn change(
    tx: &mut Tx,
    visit: &Visit,
    (account, hash): (&AccountRow, &str),
    failures: &str,
    done: Done,
) -> Result<(), Failure> {
    let mut kept = Kept::open(tx, visit).await?;
    if led(&kept, &done.key, visit).is_some() {
        return Ok(());
    }
    // The password that was compared may have been replaced since.
    let is_same = tx.find_account(&account.id).await?.is_some_and(|now| now.password_hash == account.password_hash);
    is_same.then_some(()).ok_or(Failure::Stale)?;
    let at = china_time(done.at).format("%-m月%-d日 %H:%M").to_string();
    kept.memo.done = Some(done);
    kept.save(tx, visit).await?;
    tx.save_password(&account.id, hash, visit.now()).await?;
    tx.clear_rate(failures).await?;
    let ended = tx.delete_other_sessions(&account.id, &kept.session.id).await?;
    let body = format!(
        "您的登录密码已于{at}在“账号设置”中修改，其他设备上的登录已全部退出。如非本人操作，请立即通过“忘记密码”重新设置，并联系当地财政局。"
    );
    let key = format!("password:{}:{}", account.id, visit.now().timestamp_micros());
    let news = News {
        case: None,
        title: "登录密码已修改",
        body: &body,
        sms: Some(("password_changed", body.clone())),
        dedupe_key: &key,
    };
    notify::tell(tx, &visit.services, account, news).await?;
    tx.audit(&visit.entry("change_password", "account", account.id.as_str(), json!({ "sessions_ended": ended }))).await?;
    Ok(())
}

async fn refuse(tx: &mut Tx, visit: &Visit, account: &AccountRow, failures: &str) -> Judged<()> {
    tx.audit(&visit.entry("change_password_failed", "account", account.id.as_str(), json!({}))).await?;
    Ok(Err(wrong(tx, ("old_password", Fault::OldPassword), (failures, GUESSES), visit.now()).await?))
}
