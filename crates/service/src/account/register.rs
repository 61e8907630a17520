//! 注册 (手册甲 一（一）, 手册乙 4.1, 手册丙 3). Whether a document number has an account already is told to nobody who has not
//! proven a telephone, and then as the profile says.

use chrono::Duration;
use domain::account::forms::{CodePurpose, Registration, RegistrationForm};
use domain::fault::{Fault, FieldErrors};
use domain::limit::Limited;
use domain::province::{RegistrationWay, Taken};
use serde_json::json;
use store::account::AccountRow;
use store::{StoreError, Tx};

use super::detach::{detach, is_settled};
use super::person::{NewAccount, Number};
use super::reset::go_on;
use super::sign_in::enter;
use super::{Judged, code, count_address, path};
use crate::clock::is_recent;
use crate::visit::{Done, Kept, Process, REMEMBERED, Sent, edit_memo};
use crate::{Entered, Failure, Limit, Visit, notify};

/// Whole bureaus and firms come from one address.
const PER_ADDRESS: [Limit; 1] = [Limit::new(Limited::Registrations, 20, 3_600)];
const PURPOSE: CodePurpose = CodePurpose::Registration;
/// How long a registration under way keeps the same one waiting.
const CLAIMED: Duration = Duration::seconds(10);
const MOMENT: std::time::Duration = std::time::Duration::from_millis(100);
/// Moments that a repetition waits for the first one.
const PATIENCE: u32 = 60;

/// Makes an account and signs its owner in: telephone and code were proven a moment ago, and a sign-in would ask for the same. A
/// taken document number opens nothing: its owner is told by short message, and the page that follows says no more than the next
/// sign-in would, or says it, as the profile says. A telephone number is taken from the account that had it before.
///
/// # Errors
/// `Invalid` (`MobileTaken`, `AlreadyRegistered` and `LoginTaken` only once the telephone is proven), `NotFound` where people register in
/// another way, `TooOften`, `Busy`, `Store`.
pub async fn register(visit: &Visit, form: &RegistrationForm) -> Result<Entered, Failure> {
    match visit.province.profile.account.registration {
        RegistrationWay::WithPassword | RegistrationWay::WithUsername | RegistrationWay::WithoutPassword => {
            enrol(visit, form).await
        }
        RegistrationWay::PasswordAfter | RegistrationWay::IdentityService => Err(Failure::NotFound),
    }
}

/// Makes an account whose password is set next. That needs a new token, so that a planted one does not set it.
///
/// # Errors
/// As [`register`].
pub async fn register_before_password(visit: &Visit, form: &RegistrationForm) -> Result<Entered, Failure> {
    if visit.province.profile.account.registration != RegistrationWay::PasswordAfter {
        return Err(Failure::NotFound);
    }
    enrol(visit, form).await
}

async fn enrol(visit: &Visit, form: &RegistrationForm) -> Result<Entered, Failure> {
    let sent = visit.sent("registration", form)?;
    if let Some(entered) = visit.once_more(&sent).await? {
        return Ok(entered);
    }
    let mut form = form.clone();
    if let Some(passed) = code::passed_captcha(visit, PURPOSE, Some(&form.mobile))? {
        form.captcha = passed;
    }
    let wanted = form.check(&visit.province.profile.account, visit.services.today())?;
    let key = visit.services.vault.keyed_hash("registration", &serde_json::to_string(&form)?);
    for _ in 0..PATIENCE {
        match claim(visit, &wanted, &key).await {
            Ok(Turn::Done(entered)) => return Ok(entered),
            Ok(Turn::Mine) => return take_turn(visit, &sent, &wanted, &key).await,
            Ok(Turn::Later) => tokio::time::sleep(MOMENT).await,
            // The session may have gone on under another token meanwhile.
            Err(failure) => return visit.once_more(&sent).await?.ok_or(failure),
        }
    }
    Err(Failure::Busy)
}

/// Who does what was sent, when the same is sent several times at once.
enum Turn {
    Mine,
    /// Another request is at it.
    Later,
    Done(Entered),
}

/// Counts and compares the code before anything dear is done, in a write that a later refusal does not roll back.
async fn claim(visit: &Visit, wanted: &Registration, key: &[u8]) -> Result<Turn, Failure> {
    let (job, wanted, key) = (visit.clone(), wanted.clone(), key.to_vec());
    let claimed = visit.write(move |tx| {
        Box::pin(async move {
            let mut kept = match Kept::open(tx, &job).await {
                Err(Failure::Stale) => return Ok(Err(FieldErrors::one("sms_code", Fault::CodeNotSent))),
                opened => opened?,
            };
            let now = job.now();
            if let Some(done) = kept.memo.done.as_ref().filter(|done| done.key == key && is_recent(done.at, now, REMEMBERED)) {
                return Ok(Ok(Turn::Done(Entered { go: done.go.clone(), token: job.token.clone() })));
            }
            let what = (PURPOSE, Some(wanted.mobile.as_str()));
            let process = match kept.compare(tx, &job, what, &wanted.sms_code).await? {
                Ok(process) => process,
                Err(errors) => return Ok(Err(errors)),
            };
            if let Err(errors) = has_free_name(tx, &job, &wanted).await? {
                return Ok(Err(errors));
            }
            if process.claimed_at.is_some_and(|at| is_recent(at, now, CLAIMED)) {
                return Ok(Ok(Turn::Later));
            }
            count_address(tx, &job, "register:address", &PER_ADDRESS).await?;
            kept.memo.process = Some(Process { claimed_at: Some(now), ..process });
            kept.save(tx, &job).await?;
            Ok(Ok(Turn::Mine))
        })
    });
    Ok(claimed.await??)
}

async fn take_turn(visit: &Visit, sent: &Sent, wanted: &Registration, key: &[u8]) -> Result<Entered, Failure> {
    let entered = make(visit, sent, wanted, key).await;
    if entered.is_err() {
        let freed = visit.remember(|memo| {
            if let Some(process) = &mut memo.process {
                process.claimed_at = None;
            }
        });
        freed.await?;
    }
    entered
}

async fn make(visit: &Visit, sent: &Sent, wanted: &Registration, key: &[u8]) -> Result<Entered, Failure> {
    // An empty hash opens for no password.
    let hash = match &wanted.password {
        Some(password) => visit.services.gate.hash(password.clone()).await?,
        None => String::new(),
    };
    for _ in 0..3 {
        let (job, wanted, hash, by) = (visit.clone(), wanted.clone(), hash.clone(), (sent.clone(), key.to_vec()));
        let written = visit.write(move |tx| Box::pin(async move { admit(tx, &job, &wanted, hash, &by).await })).await;
        match written {
            // Somebody registered the same in the same moment: look again.
            Err(Failure::Store(StoreError::Exists { .. })) => {}
            other => {
                let entered = other??;
                visit.services.outbox.notify_one();
                return Ok(entered);
            }
        }
    }
    Err(Failure::Busy)
}

/// Whether nobody has the user name yet. It is told, while the code can still be given with another name.
async fn has_free_name(tx: &mut Tx, visit: &Visit, wanted: &Registration) -> Judged<()> {
    let Some(name) = &wanted.username else { return Ok(Ok(())) };
    let owner = tx.find_account_of_username(visit.province_key(), name).await?;
    Ok(if owner.is_some() { Err(FieldErrors::one("username", Fault::LoginTaken)) } else { Ok(()) })
}

/// What was sent, as a sign-in and as a registration.
type By = (Sent, Vec<u8>);

async fn admit(tx: &mut Tx, visit: &Visit, wanted: &Registration, password_hash: String, by: &By) -> Judged<Entered> {
    let what = (PURPOSE, Some(wanted.mobile.as_str()));
    if let Err(errors) = has_free_name(tx, visit, wanted).await? {
        return Ok(Err(errors));
    }
    if let Err(errors) = code::spend_code(tx, visit, what, &wanted.sms_code).await? {
        return Ok(Err(errors));
    }
    let (services, province) = (&visit.services, visit.province_key());
    let number = Number::Proven(&wanted.mobile);
    let account = NewAccount { province, document: &wanted.document, name: &wanted.name, number };
    let row = AccountRow { username: wanted.username.clone().unwrap_or_default(), password_hash, ..account.row(services) };
    let before = tx.find_account_of_mobile(province, &row.mobile_hash).await?;
    if let Some(owner) = &before {
        tx.audit(&visit.entry("register_taken_mobile", "account", owner.id.as_str(), json!({}))).await?;
        if owner.document_hash == row.document_hash {
            return match visit.province.profile.account.taken {
                Taken::Told => conclude(tx, visit, None, by).await.map(Ok),
                Taken::Silent => Ok(Err(FieldErrors::one("document_number", Fault::AlreadyRegistered))),
            };
        }
        if !is_settled(owner, visit.now()) {
            return Ok(Err(FieldErrors::one("mobile", Fault::MobileTaken)));
        }
    }
    let same_number = tx.list_accounts_of_document(province, &row.document_hash).await?;
    if let Some(owner) = same_number.into_iter().find(|account| account.document_kind == row.document_kind) {
        let text = format!("有人使用您的证件号码办理注册。您已有账号，账号未作任何更改。{}", advice(visit, &owner));
        let once = format!("registered:{}:{}", owner.id, services.today());
        notify::owner(tx, services, &owner, "register_again", &text, once).await?;
        let entered = conclude(tx, visit, None, by).await?;
        tx.audit(&visit.entry("register_again", "account", owner.id.as_str(), json!({}))).await?;
        return Ok(Ok(entered));
    }
    if let Some(owner) = &before {
        detach(tx, visit, owner, "register").await?;
    }
    tx.insert_account(&row).await?;
    crate::import::link(tx, services, &row).await?;
    let agreed = visit.province.profile.account.agreement.as_ref().map(|agreement| agreement.version.as_str());
    let detail = json!({ "document_kind": row.document_kind, "agreed": agreed });
    tx.audit(&visit.entry("register", "account", row.id.as_str(), detail)).await?;
    Ok(Ok(conclude(tx, visit, Some(&row), by).await?))
}

/// What an owner does whose number was given again.
fn advice(visit: &Visit, owner: &AccountRow) -> &'static str {
    match (&visit.province.profile.account.password, owner.password_hash.is_empty()) {
        (None, _) => "如是您本人操作，请直接登录。",
        (Some(_), true) => "如是您本人操作，请在登录页面通过“忘记密码”设置密码后登录。",
        (Some(_), false) => "如是您本人操作，请直接登录；忘记密码可在登录页面找回。",
    }
}

/// Where a registration leads; `account` is `None` where the number was taken.
async fn conclude(tx: &mut Tx, visit: &Visit, account: Option<&AccountRow>, (sent, key): &By) -> Result<Entered, Failure> {
    let rules = &visit.province.profile.account;
    let is_password_next = rules.registration == RegistrationWay::PasswordAfter;
    let go = match (account, rules.taken) {
        (Some(account), _) if !is_password_next => return enter(tx, visit, sent, account, "registration").await,
        (None, Taken::Told) => "/taken",
        _ if is_password_next => "/password",
        _ => "/registered",
    };
    let go = path(visit, go);
    if !is_password_next {
        let done = Done { key: key.clone(), go: go.clone(), at: visit.now() };
        edit_memo(tx, visit, move |memo| memo.done = Some(done)).await?;
        return Ok(Entered { go, token: visit.token.clone() });
    }
    // The password that is set next is the first one of this account.
    let proven = account.map(|account| Process {
        account: Some(account.id.clone()),
        proven_at: Some(visit.now()),
        ..Process::begin(visit, CodePurpose::Activation, format!("account:{}", account.id), String::new())
    });
    go_on(tx, visit, sent, proven, go).await
}
