//! 登录 by a password, with the document number, a name beside it, or a user name.

use domain::account::forms::{PasswordLogin, PasswordLoginForm};
use domain::account::ways::{NameLoginForm, UsernameLoginForm};
use domain::account::work::WorkPage;
use domain::fault::Fault;
use domain::identity::name::name_key;
use domain::province::LoginWay;
use serde_json::json;
use store::Tx;
use store::account::AccountRow;

use super::{FAILURES, admit, enter, give_back};
use crate::account::challenge::proof;
use crate::account::{Judged, offers};
use crate::notify::{self, News};
use crate::vault::same;
use crate::visit::Sent;
use crate::{Entered, Failure, Visit, wrong};

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
    let proof = proof(visit, WorkPage::Login, &asked.slider, &asked.captcha).await?;
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
