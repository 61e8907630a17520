//! 忘记密码 (湖南手册 一（三）). A number that nobody has goes the same way as any other, up to the code that never comes.

use chrono::Duration;
use domain::account::forms::{CodePurpose, ResetPasswordForm, ResetProveForm, ResetStartForm};
use domain::account::password::document_end;
use domain::answer::Answer;
use serde_json::json;
use store::Tx;
use store::account::AccountRow;

use super::challenge::captcha_proof;
use super::{code, count, edit_memo, not_by_service, path, seal_memo};
use crate::notify::{self, News};
use crate::visit::{ResetMemo, replace_session};
use crate::{Entered, Failure, Limit, Token, Visit};

const PER_ADDRESS: [Limit; 2] = [Limit::new(10, 60), Limit::new(60, 3_600)];
const PURPOSE: CodePurpose = CodePurpose::PasswordReset;

/// First step: whose password. The answer tells nothing about the number.
///
/// # Errors
/// `Invalid` (`Captcha`), `TooOften`, `Store`.
pub async fn reset_start(visit: &Visit, form: &ResetStartForm) -> Result<Answer, Failure> {
    not_by_service(visit)?;
    let asked = form.check()?;
    let proof = captcha_proof(visit, &asked.captcha).await?;
    let job = visit.clone();
    let started = visit.services.db.write(move |tx| {
        Box::pin(async move {
            let services = &job.services;
            count(tx, &job, &job.bucket("reset:address", &job.address), &PER_ADDRESS).await?;
            if let Err(errors) = proof.spend(tx, job.now()).await? {
                return Ok(Err(errors));
            }
            let hash = services.vault.keyed_hash("document", &asked.document_number);
            let account = tx.list_accounts_of_document(job.province_key(), &hash).await?.into_iter().next();
            let decoy = decoy(&job, &asked.document_number);
            let account = account.map(|account| account.id);
            edit_memo(tx, &job, move |memo| {
                memo.reset = Some(ResetMemo { account, is_proven: false });
                memo.code_sent_to.remove(PURPOSE.code());
                memo.code_sent_to.insert(code::DECOY.into(), decoy);
            })
            .await?;
            tx.audit(&job.entry("reset_start", "session", job.actor.session(), json!({}))).await?;
            Ok::<_, Failure>(Ok(()))
        })
    });
    started.await??;
    Ok(Answer::go(path(visit, "/forgot")))
}

/// A telephone number that belongs to nobody we know, always the same for a document number.
fn decoy(visit: &Visit, number: &str) -> String {
    let hash = visit.services.vault.keyed_hash("decoy", number);
    let digits: String = hash.iter().skip(1).take(9).map(|byte| char::from(b'0' + byte % 10)).collect();
    format!("1{}{digits}", ["3", "5", "7", "8", "9"][usize::from(hash[0]) % 5])
}

/// Second step: the code. What follows needs a new token, so that a planted one does not set the password.
///
/// # Errors
/// `Invalid` (the faults of the code), `Store`.
pub async fn reset_prove(visit: &Visit, form: &ResetProveForm) -> Result<Entered, Failure> {
    let mut form = form.clone();
    let sent = code::sent_to(visit, PURPOSE)?;
    let mobile = match sent {
        Some((mobile, passed)) => {
            form.captcha = passed;
            mobile
        }
        None => String::new(),
    };
    let asked = form.check()?;
    let job = visit.clone();
    let proven = visit.services.db.write(move |tx| {
        Box::pin(async move {
            match code::spend_code(tx, &job, PURPOSE, &mobile, &asked.sms_code).await? {
                Ok(()) => prove(tx, &job).await.map(Ok),
                Err(errors) => Ok(Err(errors)),
            }
        })
    });
    proven.await?.map_err(Failure::from)
}

async fn prove(tx: &mut Tx, visit: &Visit) -> Result<Entered, Failure> {
    let memo = edit_memo(tx, visit, |memo| {
        memo.code_sent_to.clear();
        if let Some(reset) = &mut memo.reset {
            reset.is_proven = reset.account.is_some();
        }
        memo.clone()
    })
    .await?;
    let token = Token::new(&visit.services);
    let mut new = visit.new_session(&token, None, None);
    new.memo_sealed = Some(seal_memo(visit, &new.id, &memo)?);
    replace_session(tx, visit.session.as_ref().map(|row| row.id.as_str()), &new).await?;
    tx.audit(&visit.entry("reset_prove", "session", &new.id, json!({}))).await?;
    Ok(Entered { go: path(visit, "/forgot"), token })
}

/// Third step: the new password. Every session of the account ends, and the owner is told.
///
/// # Errors
/// `Invalid`, `Busy`, `Stale` when it was done in another window, `Store`.
pub async fn reset_password(visit: &Visit, form: &ResetPasswordForm) -> Result<Answer, Failure> {
    let services = &visit.services;
    let proven = visit.memo()?.reset.filter(|reset| reset.is_proven).and_then(|reset| reset.account);
    let Some(id) = proven else { return Ok(Answer::go(path(visit, "/forgot"))) };
    let account = services.db.read().await?.find_account(&id).await?.ok_or(Failure::Stale)?;
    let mobile = services.vault.open_text("account.mobile", &id, &account.mobile_sealed)?;
    let number = services.vault.open_text("account.document", &id, &account.document_sealed)?;
    let personal = [account.name.as_str(), mobile.as_str(), document_end(&number)];
    let policy = visit.province.profile.account.password.as_ref().ok_or(Failure::NotFound)?;
    let password = form.check(policy, &personal)?;
    let hash = services.gate.hash(password).await?;
    let job = visit.clone();
    let failures = visit.bucket("login:failed", &format!("{number}|{}", visit.address));
    let changed = services.db.write(move |tx| {
        Box::pin(async move {
            tx.clear_rate(&failures).await?;
            change(tx, &job, &account, &hash).await
        })
    });
    changed.await?;
    services.outbox.notify_one();
    Ok(Answer::go(path(visit, "/login?reset=1")))
}

async fn change(tx: &mut Tx, visit: &Visit, account: &AccountRow, hash: &str) -> Result<(), Failure> {
    let reset = edit_memo(tx, visit, |memo| memo.reset.take()).await?;
    if !reset.is_some_and(|reset| reset.is_proven && reset.account.as_ref() == Some(&account.id)) {
        return Err(Failure::Stale);
    }
    let now = visit.now();
    tx.save_password(&account.id, hash, now).await?;
    let ended = tx.delete_sessions_of_account(&account.id).await?;
    let at = (now + Duration::hours(8)).format("%-m月%-d日 %H:%M");
    let body = format!("您的登录密码已于{at}重新设置。如非本人操作，请立即通过“忘记密码”再次设置，并联系当地财政局。");
    let key = format!("password:{}:{}", account.id, now.timestamp_micros());
    let news = News {
        case: None,
        title: "登录密码已重新设置",
        body: &body,
        sms: Some(("password_changed", body.clone())),
        dedupe_key: &key,
    };
    notify::tell(tx, &visit.services, account, news).await?;
    tx.audit(&visit.entry("reset_password", "account", &account.id, json!({ "sessions_ended": ended }))).await?;
    Ok(())
}
