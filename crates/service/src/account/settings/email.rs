//! 电子邮箱 of the account: it saves typing in the form. Nothing is sent there and it opens nothing, so it needs no proof.

use domain::account::settings::{EmailForm, EmailView};
use domain::answer::Answer;
use domain::calendar::china_time;
use domain::identity::mask;
use serde_json::json;
use store::Tx;
use store::account::AccountRow;

use super::has_password;
use super::present::{Owner, Present};
use crate::account::{Judged, path};
use crate::notify::{self, News};
use crate::{Failure, Services, Visit};

const PLACE: &str = "account.email";

/// The address of an account, in clear; empty while there is none.
///
/// # Errors
/// `Broken`.
pub(crate) fn email_of(services: &Services, account: &AccountRow) -> Result<String, Failure> {
    let sealed = account.email_sealed.as_deref();
    Ok(sealed.map(|sealed| services.vault.open_text(PLACE, account.id.as_str(), sealed)).transpose()?.unwrap_or_default())
}

/// The same for the pages, masked.
pub(super) fn masked(services: &Services, account: &AccountRow) -> Result<String, Failure> {
    let email = email_of(services, account)?;
    Ok(if email.is_empty() { email } else { mask::email(&email) })
}

/// Where the form of the province asks for no address, none is kept.
async fn owner(visit: &Visit) -> Result<AccountRow, Failure> {
    let id = visit.account()?;
    visit.province.profile.asks_email().then_some(()).ok_or(Failure::NotFound)?;
    visit.services.db.read().await?.find_account(id).await?.ok_or(Failure::Stale)
}

/// The page on which it is changed.
///
/// # Errors
/// `SignInAgain`, `NotFound` where the province asks nobody for one, `Store`, `Broken`.
pub async fn email_view(visit: &Visit) -> Result<EmailView, Failure> {
    let account = owner(visit).await?;
    Ok(EmailView {
        email: masked(&visit.services, &account)?,
        asks_password: has_password(visit, &account),
        flash: visit.take_flash("settings-email").await?,
    })
}

/// Replaces or removes it, by the present password where the account has one. The owner is told.
///
/// # Errors
/// `Invalid`, `SignInAgain`, `NotFound` where the province asks nobody for one, `Locked` after five wrong passwords, `TooOften`,
/// `Busy`, `Stale` when the password was changed meanwhile, `Store`, `Broken`.
pub async fn change_email(visit: &Visit, form: &EmailForm) -> Result<Answer, Failure> {
    let account = owner(visit).await?;
    let present = has_password(visit, &account).then(|| account.present(visit));
    let asked = form.check(present.is_some())?;
    let is_right = match &present {
        Some(present) => present.opens(visit, &asked.old_password, async { Ok(()) }).await?.is_some(),
        None => true,
    };
    let done = if asked.email.is_some() { "email" } else { "no-email" };
    let job = visit.clone();
    let changed = visit.write(move |tx| {
        Box::pin(async move {
            match &present {
                Some(present) if !is_right => present.refuse(tx, &job).await,
                _ => save(tx, &job, (&account, present.as_ref()), asked.email.as_deref()).await.map(Ok),
            }
        })
    });
    let judged: Judged<()> = changed.await;
    judged??;
    Ok(Answer::go(path(visit, &format!("/settings?done={done}"))))
}

/// The same saved once more changes nothing, and nobody is told again.
async fn save(
    tx: &mut Tx,
    visit: &Visit,
    (account, present): (&AccountRow, Option<&Present>),
    email: Option<&str>,
) -> Result<(), Failure> {
    let services = &visit.services;
    let now = tx.lock_account(&account.id).await?.ok_or(Failure::Stale)?;
    // The password that was compared may have been replaced since.
    (now.password_hash == account.password_hash).then_some(()).ok_or(Failure::Stale)?;
    if let Some(present) = present {
        tx.clear_rate(&present.bucket).await?;
    }
    if email_of(services, &now)? == email.unwrap_or_default() {
        return Ok(());
    }
    let sealed = email.map(|email| services.vault.seal_text(PLACE, now.id.as_str(), email));
    tx.save_email(&now.id, sealed.as_deref()).await?;
    let (title, what) = match email {
        Some(email) => ("电子邮箱已更改", format!("改为 {}", mask::email(email))),
        None => ("电子邮箱已删除", "删除".to_owned()),
    };
    let at = china_time(visit.now()).format("%-m月%-d日 %H:%M");
    let body = format!("您账号的电子邮箱已于{at}在“账号设置”中{what}。如非本人操作，请立即联系所在地财政局。");
    let key = format!("email:{}:{}", now.id, visit.now().timestamp_micros());
    notify::tell(tx, services, &now, News { case: None, title, body: &body, sms: None, dedupe_key: &key }).await?;
    let detail = json!({ "is_removed": email.is_none() });
    Ok(tx.audit(&visit.entry("change_email", "account", now.id.as_str(), detail)).await?)
}
