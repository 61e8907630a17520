//! 忘记密码 (手册甲 一（三）), and 原有用户设置密码 (手册丙 2), whose first step wants the name too. A number that nobody has goes
//! the same way as any other, up to the code that never comes: names and numbers alone open nothing.

use domain::account::forms::{CodePurpose, ResetPasswordForm, ResetProveForm, ResetStartForm};
use domain::account::password::document_end;
use domain::account::ways::ActivateForm;
use domain::account::work::WorkPage;
use domain::answer::Answer;
use domain::calendar::china_time;
use domain::identity::name::is_same_name;
use domain::limit::Limited;
use serde_json::json;
use store::Tx;
use store::account::AccountRow;

use super::challenge::{Proof, proof};
use super::freeze::frozen_page;
use super::sign_in::enter;
use super::{Judged, code, count_address, path};
use crate::clock::is_recent;
use crate::notify::{self, News};
use crate::visit::{Done, Kept, Process, REMEMBERED, Sent, Stage, replace_session, seal_memo};
use crate::{Entered, Failure, Limit, Memo, Token, Visit};

const PER_ADDRESS: [Limit; 2] = [Limit::new(Limited::Resets, 10, 60), Limit::new(Limited::Resets, 60, 3_600)];

/// What the first step of either way names.
struct Named {
    document_number: String,
    /// Only of an account that never had a password.
    first: Option<String>,
}

/// First step: whose password. The answer tells nothing about the number.
///
/// # Errors
/// `Invalid` (`Captcha`), `NotFound` where nobody has a password, `TooOften`, `Store`.
pub async fn reset_start(visit: &Visit, form: &ResetStartForm) -> Result<Answer, Failure> {
    if visit.province.profile.account.password.is_none() {
        return Err(Failure::NotFound);
    }
    let asked = form.check()?;
    let named = Named { document_number: asked.document_number, first: None };
    start(visit, WorkPage::Forgot, &asked.captcha, named).await?;
    Ok(Answer::go(path(visit, "/forgot")))
}

/// 原有用户设置密码, first step: whose account. The answer tells nothing about name and number.
///
/// # Errors
/// `Invalid` (`Captcha`), `NotFound` where no holders were imported, `TooOften`, `Store`.
pub async fn activate_start(visit: &Visit, form: &ActivateForm) -> Result<Answer, Failure> {
    if !visit.province.profile.account.has_legacy_holders {
        return Err(Failure::NotFound);
    }
    let asked = form.check()?;
    let named = Named { document_number: asked.document_number, first: Some(asked.name) };
    start(visit, WorkPage::Activate, &asked.captcha, named).await?;
    Ok(Answer::go(path(visit, "/activate")))
}

async fn start(visit: &Visit, page: WorkPage, captcha: &str, named: Named) -> Result<(), Failure> {
    let proof = proof(visit, page, "", captcha).await?;
    let job = visit.clone();
    let started = visit.write(move |tx| Box::pin(async move { note(tx, &job, &proof, &named).await }));
    Ok(started.await??)
}

async fn note(tx: &mut Tx, visit: &Visit, proof: &Proof, named: &Named) -> Judged<()> {
    count_address(tx, visit, "reset:address", &PER_ADDRESS).await?;
    if let Err(errors) = proof.spend(tx, visit.now()).await? {
        return Ok(Err(errors));
    }
    let hash = visit.services.vault.keyed_hash("document", &named.document_number);
    let accounts = tx.list_accounts_of_document(visit.province_key(), &hash).await?;
    let is_meant = |account: &AccountRow| {
        named.first.as_ref().is_none_or(|name| is_same_name(name, &account.name) && account.password_hash.is_empty())
    };
    let account = accounts.into_iter().find(is_meant).map(|account| account.id);
    let mut kept = Kept::open(tx, visit).await?;
    if let Some(before) = kept.memo.process.take() {
        tx.void_codes(&before.id).await?;
    }
    // What a code is good for is this account, whatever the session begins next.
    let bound = account.as_ref().map_or_else(|| "nobody".to_owned(), |id| format!("account:{id}"));
    let is_first = named.first.is_some();
    let begun = Process::begin(visit, purpose(is_first), bound, decoy(visit, &named.document_number));
    kept.memo.process = Some(Process { account, ..begun });
    kept.save(tx, visit).await?;
    let action = if is_first { "activate_start" } else { "reset_start" };
    tx.audit(&visit.entry(action, "session", visit.actor.session(), json!({}))).await?;
    Ok(Ok(()))
}

fn purpose(is_first: bool) -> CodePurpose {
    if is_first { CodePurpose::Activation } else { CodePurpose::PasswordReset }
}

/// Whether the password on its way is the first one of an account, which has pages of its own.
#[must_use]
pub fn is_first_password(visit: &Visit) -> bool {
    visit.glimpse().is_ok_and(|glimpse| glimpse.stage(CodePurpose::Activation, visit.now()).is_some())
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
    let (sent, mut form) = (visit.sent("prove", form)?, form.clone());
    if let Some(entered) = visit.once_more(&sent).await? {
        return Ok(entered);
    }
    // The pages of the two kinds differ; which account it is, is decided inside the write.
    let purpose = purpose(is_first_password(visit));
    if let Some(passed) = code::passed_captcha(visit, purpose, None)? {
        form.captcha = passed;
    }
    let asked = form.check(code::digits(visit))?;
    let job = visit.clone();
    let proven = visit.write(move |tx| {
        Box::pin(async move {
            match code::spend_code(tx, &job, (purpose, None), &asked.sms_code).await? {
                Ok(process) => prove(tx, &job, &sent, process).await.map(Ok),
                Err(errors) => Ok(Err(errors)),
            }
        })
    });
    proven.await?.map_err(Failure::from)
}

async fn prove(tx: &mut Tx, visit: &Visit, sent: &Sent, process: Process) -> Result<Entered, Failure> {
    let is_first = process.purpose == CodePurpose::Activation.code();
    let proven = Process { proven_at: process.account.as_ref().map(|_| visit.now()), ..process };
    let entered = go_on(tx, visit, sent, Some(proven), path(visit, if is_first { "/password" } else { "/forgot" })).await?;
    let action = if is_first { "activate_prove" } else { "reset_prove" };
    tx.audit(&visit.entry(action, "session", visit.actor.session(), json!({}))).await?;
    Ok(entered)
}

/// Goes on under a new token with what was proven, and with nothing else that the session remembered.
pub(super) async fn go_on(
    tx: &mut Tx,
    visit: &Visit,
    sent: &Sent,
    process: Option<Process>,
    go: String,
) -> Result<Entered, Failure> {
    let token = Token::new(&visit.services);
    let mut new = visit.new_session(&token, None, None);
    new.memo_sealed = Some(seal_memo(visit, &new.id, &Memo { process, ..Memo::default() })?);
    Ok(replace_session(tx, visit, sent, (token, new), go).await?)
}

/// Third step, also of a registration: the new password. Every session of the account ends, and the owner is told. Whoever set
/// the first one is signed in (手册丙 2, 3).
///
/// # Errors
/// `Invalid`, `Busy`, `Stale` when it was done in another window, `Store`.
pub async fn reset_password(visit: &Visit, form: &ResetPasswordForm) -> Result<Entered, Failure> {
    let sent = visit.sent("set_password", form)?;
    if let Some(entered) = visit.once_more(&sent).await? {
        return Ok(entered);
    }
    match set(visit, form, &sent).await {
        // The same came a moment earlier, and the session went on under another token.
        Err(Failure::Stale) => visit.once_more(&sent).await?.ok_or(Failure::Stale),
        other => other,
    }
}

async fn set(visit: &Visit, form: &ResetPasswordForm, sent: &Sent) -> Result<Entered, Failure> {
    let services = &visit.services;
    let is_first = is_first_password(visit);
    let key = services.vault.keyed_hash("password", &serde_json::to_string(form)?);
    let here = |go: String| Ok(Entered { go, token: visit.token.clone() });
    let (process, account) = match proven(visit, &key).await? {
        Proven::Done(go) => return here(go),
        Proven::Nothing { was_proven: true } => return Err(Failure::Stale),
        Proven::Nothing { .. } => return here(path(visit, if is_first { "/activate" } else { "/forgot" })),
        Proven::Account(process, account) => (process, *account),
    };
    let mobile = services.vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed)?;
    let number = services.vault.open_text("account.document", account.id.as_str(), &account.document_sealed)?;
    let personal = [account.name.as_str(), mobile.as_str(), document_end(&number)];
    let policy = visit.province.profile.account.password.as_ref().ok_or(Failure::NotFound)?;
    let password = form.check(policy, &personal)?;
    let hash = services.gate.hash(password).await?;
    let go = path(visit, "/login?reset=1");
    let done = Done { key, go: go.clone(), at: visit.now() };
    let (job, sent) = (visit.clone(), sent.clone());
    let failures = visit.bucket_over_all("login:failed", &format!("{number}|{}", visit.address));
    let changed = visit.write(move |tx| {
        Box::pin(async move {
            if let Some(go) = frozen_page(tx, &job, &account.id).await? {
                return Ok(Entered { go, token: job.token.clone() });
            }
            change(tx, &job, (&process, &account), &hash, done).await?;
            tx.clear_rate(&failures).await?;
            match is_first {
                true => enter(tx, &job, &sent, &account, "first_password").await,
                false => Ok(Entered { go, token: job.token.clone() }),
            }
        })
    });
    let entered = changed.await?;
    services.outbox.notify_one();
    Ok(entered)
}

/// Whether a process is about a password; another one that was proven opens none.
fn is_of_password(process: &Process) -> bool {
    [CodePurpose::Activation, CodePurpose::PasswordReset].iter().any(|purpose| purpose.code() == process.purpose)
}

/// What the session may set a password of.
enum Proven {
    Account(Process, Box<AccountRow>),
    /// The same was sent before, and led there.
    Done(String),
    /// `was_proven` when it was until another window came first.
    Nothing {
        was_proven: bool,
    },
}

async fn proven(visit: &Visit, key: &[u8]) -> Result<Proven, Failure> {
    let (job, key, glimpse) = (visit.clone(), key.to_vec(), visit.glimpse()?);
    let stages = [CodePurpose::Activation, CodePurpose::PasswordReset].map(|purpose| glimpse.stage(purpose, visit.now()));
    let was_proven = stages.contains(&Some(Stage::Proven));
    let read = visit.write(move |tx| {
        Box::pin(async move {
            let memo = match Kept::open(tx, &job).await {
                Ok(kept) => kept.memo,
                Err(Failure::Stale) => return Ok(Proven::Nothing { was_proven }),
                Err(failure) => return Err(failure),
            };
            if let Some(done) = memo.done.filter(|done| done.key == key && is_recent(done.at, job.now(), REMEMBERED)) {
                return Ok(Proven::Done(done.go));
            }
            let found = memo.process.filter(|process| is_of_password(process) && process.is_proven(job.now()));
            let Some((process, id)) = found.and_then(|process| process.account.clone().map(|id| (process, id))) else {
                return Ok(Proven::Nothing { was_proven });
            };
            let account = tx.find_account(&id).await?.ok_or(Failure::Stale)?;
            Ok(Proven::Account(process, Box::new(account)))
        })
    });
    read.await
}

async fn change(tx: &mut Tx, visit: &Visit, of: (&Process, &AccountRow), hash: &str, done: Done) -> Result<(), Failure> {
    let (proven, account) = of;
    let mut kept = Kept::open(tx, visit).await?;
    // The same process as when the password was reckoned, and not one that was begun meanwhile.
    let is_same =
        |process: &Process| process.is_proven(visit.now()) && process.id == proven.id && process.account == proven.account;
    kept.memo.process.take().filter(is_same).ok_or(Failure::Stale)?;
    kept.memo.done = Some(done);
    kept.save(tx, visit).await?;
    let is_first = proven.purpose == CodePurpose::Activation.code();
    let now = visit.now();
    tx.save_password(&account.id, hash, now).await?;
    let mut ended = tx.delete_sessions_of_account(&account.id).await?;
    if let Some(stays) = tx.find_leads_to(&account.id).await? {
        ended += tx.delete_sessions_of_account(&stays).await?;
    }
    let at = china_time(now).format("%-m月%-d日 %H:%M");
    let (title, done, action) = match is_first {
        true => ("登录密码已设置", "设置", "set_password"),
        false => ("登录密码已重新设置", "重新设置", "reset_password"),
    };
    let body = format!("您的登录密码已于{at}{done}。如非本人操作，请立即通过“忘记密码”再次设置，并联系当地财政局。");
    let key = format!("password:{}:{}", account.id, now.timestamp_micros());
    let news = News { case: None, title, body: &body, sms: Some(("password_changed", body.clone())), dedupe_key: &key };
    notify::tell(tx, &visit.services, account, news).await?;
    tx.audit(&visit.entry(action, "account", account.id.as_str(), json!({ "sessions_ended": ended }))).await?;
    Ok(())
}
