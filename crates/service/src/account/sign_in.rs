//! 登录: by document number and password, or by mobile and code (手册甲 一（二）), either behind slider or captcha; by document
//! number, mobile and code (手册乙 1.2); by name, document number and password (手册丙 4); by user name and password (手册丁 登录). The profile says which.

use chrono::Duration;
use domain::account::forms::{CodePurpose, DOCUMENT_END, MobileLoginForm, PasswordLogin, PasswordLoginForm};
use domain::account::ways::{DocumentLoginForm, NameLoginForm, UsernameLoginForm};
use domain::answer::Answer;
use domain::case::{CaseKind, Refusal};
use domain::fault::{Fault, FieldErrors};
use domain::identity::name::name_key;
use domain::limit::Limited;
use domain::province::{LoginWay, RegistrationWay};
use serde_json::json;
use store::Tx;
use store::account::AccountRow;

use super::challenge::{Proof, proof};
use super::detach::has_no_mobile;
use super::{Judged, code, count, count_address, offers, path};
use crate::clock::is_recent;
use crate::notify::{self, News};
use crate::vault::same;
use crate::visit::{Sent, replace_session, seal_memo, take_left};
use crate::{Entered, Failure, Limit, Token, Visit, wrong};

const PER_ADDRESS: [Limit; 1] = [Limit::new(Limited::SignIns, 30, 60)];
/// Failures for one account from one address (等保 8.1.4.1 b; security C9).
pub(crate) const FAILURES: Limit = Limit::new(Limited::SignIns, 5, 900);
/// An account that nobody signed in to for so long needs more than the code: the number may have been given to another person.
const UNUSED: Duration = Duration::days(180);
/// Tries for the end of one document number: ten thousand would be guessed.
const ENDS: Limit = Limit::new(Limited::DocumentEnds, 5, 86_400);
/// Failures in a row after which no password opens the account any more, from wherever (NIST 800-63B).
const FAILURES_IN_A_ROW: i64 = 100;

/// Signs in with document number and password. Every wrong pair has the same answer and takes as long.
///
/// # Errors
/// `Invalid` (`Slider`, `Captcha`, `Credentials`), `NotFound` where the province offers another way, `Locked`, `TooOften`,
/// `Busy`, `Store`.
pub async fn sign_in_with_password(visit: &Visit, form: &PasswordLoginForm) -> Result<Entered, Failure> {
    offers(visit, LoginWay::PasswordAndSlider)?;
    let sent = visit.sent("password", form)?;
    by_password(visit, sent, form.check()?, Asked::Number).await
}

/// Signs in with user name or document number, and password. Every wrong combination has the same answer and takes as long.
///
/// # Errors
/// As [`sign_in_with_password`], at `username`.
pub async fn sign_in_with_username(visit: &Visit, form: &UsernameLoginForm) -> Result<Entered, Failure> {
    offers(visit, LoginWay::UsernameAndPassword)?;
    let (sent, asked) = (visit.sent("username", form)?, form.check()?);
    by_password(visit, sent, asked.login, Asked::Username(asked.username)).await
}

/// Signs in with name, document number and password. Every wrong combination has the same answer and takes as long.
///
/// # Errors
/// As [`sign_in_with_password`], with `CredentialsWithName`.
pub async fn sign_in_with_name(visit: &Visit, form: &NameLoginForm) -> Result<Entered, Failure> {
    offers(visit, LoginWay::NameAndPassword)?;
    let (sent, asked) = (visit.sent("name", form)?, form.check()?);
    by_password(visit, sent, asked.login, Asked::NumberAndName(asked.name)).await
}

/// What is asked for beside the password.
enum Asked {
    Number,
    NumberAndName(String),
    /// As the accounts have it; what was typed may as well be a number.
    Username(String),
}

impl Asked {
    fn name(&self) -> Option<&str> {
        match self {
            Self::NumberAndName(name) => Some(name),
            Self::Number | Self::Username(_) => None,
        }
    }

    /// What is said of everything that does not belong together, and at which field.
    fn fault(&self) -> (&'static str, Fault) {
        match self {
            Self::Number => ("document_number", Fault::Credentials),
            Self::NumberAndName(_) => ("document_number", Fault::CredentialsWithName),
            Self::Username(_) => ("username", Fault::Credentials),
        }
    }

    /// The accounts that the password may open.
    async fn accounts(&self, visit: &Visit, number: &str) -> Result<Vec<AccountRow>, Failure> {
        let (hash, province) = (visit.services.vault.keyed_hash("document", number), visit.province_key());
        let mut reader = visit.services.db.read().await?;
        let mut found = reader.list_accounts_of_document(province, &hash).await?;
        if let Self::Username(name) = self {
            let named = reader.find_account_of_username(province, name).await?;
            found.extend(named.filter(|named| found.iter().all(|account| account.id != named.id)));
        }
        Ok(found)
    }
}

async fn by_password(visit: &Visit, sent: Sent, asked: PasswordLogin, by: Asked) -> Result<Entered, Failure> {
    if let Some(entered) = visit.once_more(&sent).await? {
        return Ok(entered);
    }
    let proof = proof(visit, &asked.slider, &asked.captcha).await?;
    let failures = visit.bucket_over_all("login:failed", &format!("{}|{}", asked.document_number, visit.address));
    let tickets = admit(visit, Some(proof), "login:address", vec![(failures.clone(), FAILURES)]).await?;
    let services = &visit.services;
    let accounts = by.accounts(visit, &asked.document_number).await?;
    let found = match verify(visit, &accounts, &asked.password, by.name()).await {
        Ok(found) => found,
        Err(failure) => {
            give_back(visit, tickets).await?;
            return Err(failure);
        }
    };
    let job = visit.clone();
    let entered = services.db.write(move |tx| {
        Box::pin(async move {
            match found {
                Some(account) => {
                    tx.clear_rate(&failures).await?;
                    enter(tx, &job, &sent, &account, "password").await.map(Ok)
                }
                None => refuse(tx, &job, &accounts, by.fault(), &failures).await,
            }
        })
    });
    let entered = entered.await?;
    services.outbox.notify_one();
    Ok(entered?)
}

/// Signs in with a mobile number and the code that was sent to it; after long without a sign-in also with the last four
/// characters of the document number, because the telephone may be another person's by now.
///
/// # Errors
/// `Invalid` (the faults of the code, `DocumentEnd`, `DocumentEndWrong`), `NotFound` where the province
/// offers another way, `Locked`, `TooOften`, `Store`.
pub async fn sign_in_with_mobile(visit: &Visit, form: &MobileLoginForm) -> Result<Entered, Failure> {
    offers(visit, LoginWay::MobileAndSlider)?;
    let sent = visit.sent("mobile", form)?;
    if let Some(entered) = visit.once_more(&sent).await? {
        return Ok(entered);
    }
    let mut form = form.clone();
    if let Some(passed) = code::passed_captcha(visit, CodePurpose::Login, Some(&form.mobile))? {
        form.captcha = passed;
    }
    let asked = form.check(code::digits(visit))?;
    admit(visit, None, "login:address", Vec::new()).await?;
    let job = visit.clone();
    let entered = visit.write(move |tx| {
        Box::pin(async move {
            let mobile = asked.mobile.as_str();
            let what = (CodePurpose::Login, Some(mobile));
            // Not spent before everything else is right: another code may not be asked for at once.
            if let Err(errors) = code::compare_code(tx, &job, what, &asked.sms_code).await? {
                return Ok(Err(errors));
            }
            let hash = job.services.vault.keyed_hash("mobile", mobile);
            let Some(account) = tx.find_account_of_mobile(job.province_key(), &hash).await? else {
                return Ok(Err(FieldErrors::one("sms_code", Fault::CodeExpired)));
            };
            if let Err(errors) = is_same_person(tx, &job, &account, &asked.document_end).await? {
                return Ok(Err(errors));
            }
            match code::spend_code(tx, &job, what, &asked.sms_code).await? {
                Ok(_) => enter(tx, &job, &sent, &account, "mobile").await.map(Ok),
                Err(errors) => Ok(Err(errors)),
            }
        })
    });
    entered.await?.map_err(Failure::from)
}

/// Where nobody has signed in for long, the telephone alone does not open the account. Each answer counts before it is compared.
async fn is_same_person(tx: &mut Tx, visit: &Visit, account: &AccountRow, end: &str) -> Judged<()> {
    if is_recent(account.signed_in_at, visit.now(), UNUSED) {
        return Ok(Ok(()));
    }
    if end.is_empty() {
        return Ok(Err(FieldErrors::one("document_end", Fault::DocumentEnd)));
    }
    let bucket = visit.bucket_over_all("login:document_end", account.id.as_str());
    count(tx, visit, &bucket, &[ENDS]).await.map_err(locked)?;
    let number = visit.services.vault.open_text("account.document", account.id.as_str(), &account.document_sealed)?;
    let from = number.char_indices().rev().nth(DOCUMENT_END as usize - 1).map_or(0, |(at, _)| at);
    if !same(&number.as_bytes()[from..], end.as_bytes()) {
        tx.audit(&visit.entry("sign_in_failed", "account", account.id.as_str(), json!({ "way": "mobile" }))).await?;
        return Ok(Err(wrong(tx, ("document_end", Fault::DocumentEndWrong), (&bucket, ENDS), visit.now()).await?));
    }
    tx.clear_rate(&bucket).await?;
    Ok(Ok(()))
}

/// 退出登录. Where an identity service signs people in, its own session may live on, and the page says so.
///
/// # Errors
/// `Store`.
pub async fn sign_out(visit: &Visit) -> Result<Answer, Failure> {
    visit.sign_out().await?;
    let is_by_service = visit.account().is_ok() && visit.province.profile.account.identity_service.is_some();
    Ok(Answer::go(if is_by_service { path(visit, "?left=1") } else { path(visit, "") }))
}

/// Signs in with document number, mobile number and the code that was sent for both. The picture was read when the code was
/// asked for.
///
/// # Errors
/// `Invalid` (the faults of the code), `NotFound` where the province offers another way, `TooOften`, `Store`.
pub async fn sign_in_with_document(visit: &Visit, form: &DocumentLoginForm) -> Result<Entered, Failure> {
    offers(visit, LoginWay::MobileAndDocument)?;
    let sent = visit.sent("document", form)?;
    if let Some(entered) = visit.once_more(&sent).await? {
        return Ok(entered);
    }
    let mut form = form.clone();
    if let Some(passed) = code::passed_captcha(visit, CodePurpose::DocumentLogin, Some(&form.mobile))? {
        form.captcha = passed;
    }
    let asked = form.check(code::digits(visit))?;
    admit(visit, None, "login:address", Vec::new()).await?;
    let job = visit.clone();
    let entered = visit.write(move |tx| {
        Box::pin(async move {
            let (vault, mobile) = (&job.services.vault, asked.mobile.as_str());
            let bound = code::bound(&asked.document_number, mobile);
            if let Err(errors) = code::spend_code(tx, &job, (CodePurpose::DocumentLogin, Some(&bound)), &asked.sms_code).await? {
                return Ok(Err(errors));
            }
            let document = vault.keyed_hash("document", &asked.document_number);
            let account = tx.find_account_of_mobile(job.province_key(), &vault.keyed_hash("mobile", mobile)).await?;
            match account.filter(|account| account.document_hash == document) {
                Some(account) => enter(tx, &job, &sent, &account, "document").await.map(Ok),
                None => Ok(Err(FieldErrors::one("sms_code", Fault::CodeExpired))),
            }
        })
    });
    entered.await?.map_err(Failure::from)
}

/// Lets an attempt in: the address is not too busy, the challenge is solved, and none of the buckets of failures is full.
/// The attempt counts as failed until it is given back or its bucket cleared, so that parallel guesses count too.
///
/// # Errors
/// `TooOften` for the address, `Locked` for the buckets, `Invalid` for the challenge, `Store`.
pub(crate) async fn admit(
    visit: &Visit,
    proof: Option<Proof>,
    address: &str,
    failures: Vec<(String, Limit)>,
) -> Result<Vec<String>, Failure> {
    let (job, address) = (visit.clone(), address.to_owned());
    let admitted = visit.write(move |tx| {
        Box::pin(async move {
            count_address(tx, &job, &address, &PER_ADDRESS).await?;
            if let Some(proof) = proof
                && let Err(errors) = proof.spend(tx, job.now()).await?
            {
                return Ok(Err(errors));
            }
            let mut tickets = Vec::new();
            for (bucket, limit) in failures {
                tickets.push(count(tx, &job, &bucket, &[limit]).await.map_err(locked)?);
            }
            Ok::<_, Failure>(Ok(tickets))
        })
    });
    Ok(admitted.await??)
}

/// Takes attempts back that were not judged.
pub(crate) async fn give_back(visit: &Visit, tickets: Vec<String>) -> Result<(), Failure> {
    let write = visit.write(move |tx| {
        Box::pin(async move {
            for ticket in tickets {
                tx.remove_rate(&ticket).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    write.await
}

/// "Too often" of a bucket of failures, in the words of a lock.
pub(crate) fn locked(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(Refusal::TooOften { of, retry_at, at }) => Refusal::Locked { of, until: retry_at, at }.into(),
        other => other,
    }
}

/// The account that the password opens, and whose name it is where a name was asked for. As dear for a number that nobody
/// has, and for an account without a password, which none opens.
async fn verify(
    visit: &Visit,
    accounts: &[AccountRow],
    password: &str,
    name: Option<&str>,
) -> Result<Option<AccountRow>, Failure> {
    let gate = &visit.services.gate;
    if accounts.is_empty() {
        gate.verify(password.to_owned(), gate.dummy_hash()).await?;
        return Ok(None);
    }
    for account in accounts {
        let has_password = !account.password_hash.is_empty();
        let hash = if has_password { account.password_hash.clone() } else { gate.dummy_hash() };
        let is_opened = gate.verify(password.to_owned(), hash).await?;
        let is_named = name.is_none_or(|name| same(name_key(name).as_bytes(), name_key(&account.name).as_bytes()));
        if is_opened && has_password && is_named && account.failed_logins < FAILURES_IN_A_ROW {
            return Ok(Some(account.clone()));
        }
    }
    Ok(None)
}

pub(super) async fn enter(tx: &mut Tx, visit: &Visit, sent: &Sent, account: &AccountRow, way: &str) -> Result<Entered, Failure> {
    tx.note_sign_in(&account.id, visit.now()).await?;
    let token = Token::new(&visit.services);
    let mut new = visit.new_session(&token, Some(&account.id), None);
    let left = take_left(tx, visit, &new).await?;
    if let Some((memo, _)) = &left {
        new.memo_sealed = Some(seal_memo(visit, &new.id, memo)?);
    }
    let is_own_account = visit.province.profile.account.registration != RegistrationWay::IdentityService;
    let go = match (left, &visit.wanted) {
        // A number that another person has now was taken from the account.
        _ if is_own_account && has_no_mobile(visit, account)? => path(visit, "/settings/mobile"),
        (Some((_, page)), _) => page,
        (None, Some(page)) => page.clone(),
        (None, None) => visit.services.kinds.of(CaseKind::Intake).landing(&visit.as_account(account), tx).await?,
    };
    let entered = replace_session(tx, visit, sent, (token, new), go).await?;
    tx.audit(&visit.entry("sign_in", "account", account.id.as_str(), json!({ "way": way }))).await?;
    Ok(entered)
}

async fn refuse(tx: &mut Tx, visit: &Visit, accounts: &[AccountRow], fault: (&str, Fault), failures: &str) -> Judged<Entered> {
    for account in accounts.iter().filter(|account| !account.password_hash.is_empty()) {
        if tx.count_failed_login(&account.id).await? == FAILURES_IN_A_ROW {
            let body = "您的账号连续多次输错密码，已暂停用密码登录。请在登录页面选择“忘记密码”，重新设置密码后登录。";
            let key = format!("locked:{}:{}", account.id, account.updated_at.timestamp_micros());
            let news = News {
                case: None,
                title: "账号已暂停用密码登录",
                body,
                sms: Some(("locked", body.to_owned())),
                dedupe_key: &key,
            };
            notify::tell(tx, &visit.services, account, news).await?;
        }
    }
    let object = accounts.first().map_or(("session", visit.actor.session()), |account| ("account", account.id.as_str()));
    tx.audit(&visit.entry("sign_in_failed", object.0, object.1, json!({}))).await?;
    Ok(Err(wrong(tx, fault, (failures, FAILURES), visit.now()).await?))
}
