//! What is told to people: messages in the house, and short messages through the outbox.

#[cfg(test)]
mod stories;
mod waiting;
mod worker;

pub use waiting::{Waiting, release, waiting};
pub(crate) use worker::LONGEST_WAIT;
pub use worker::deliver;

use chrono::{DateTime, Utc};
use store::Tx;
use store::account::AccountRow;
use store::notify::message::MessageRow;
use store::notify::outbox::OutboxRow;

use crate::account::freeze_link;
use crate::ports::OutgoingSms;
use crate::{Failure, Services};
use domain::id::CaseId;

/// A short message to be sent; the text carries its signature.
pub struct NewSms<'a> {
    /// Key of the province that sends it.
    pub province: &'a str,
    /// 手机号 that it goes to.
    pub mobile: &'a str,
    /// What it is for, as a word such as `login`.
    pub purpose: &'a str,
    /// Whole text with its signature.
    pub text: String,
    /// The code or token in it; `None` for none.
    pub code: Option<String>,
    /// Names the message; a second one of the same key is not sent.
    pub dedupe_key: String,
    /// Not before, in UTC; `services.now()` for at once.
    pub leaves_at: DateTime<Utc>,
    /// Not after, in UTC; `None` where it never loses its meaning.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Puts a short message into the outbox, in the transaction of what it tells. Wake the outbox after the commit.
///
/// # Errors
/// `Store`, `Broken`.
pub(crate) async fn sms(tx: &mut Tx, services: &Services, new: NewSms<'_>) -> Result<(), Failure> {
    let id = services.ids.id();
    let message = OutgoingSms {
        id: id.clone(),
        province: new.province.to_owned(),
        mobile: new.mobile.to_owned(),
        purpose: new.purpose.to_owned(),
        text: new.text,
        code: new.code,
    };
    let row = OutboxRow {
        payload_sealed: services.vault.seal("outbox.payload", &id, &serde_json::to_vec(&message)?),
        id,
        kind: "sms".into(),
        dedupe_key: new.dedupe_key,
        attempts: 0,
        created_at: services.now(),
        run_after: new.leaves_at,
        expires_at: new.expires_at,
    };
    Ok(tx.add_to_outbox(&row).await?)
}

/// What is told to an accountant; `sms` is the purpose and the text without signature.
pub(crate) struct News<'a> {
    pub case: Option<&'a CaseId>,
    pub title: &'a str,
    pub body: &'a str,
    pub sms: Option<(&'a str, String)>,
    pub dedupe_key: &'a str,
}

/// Tells an accountant: a message (站内信), and a short message to the number on file where `news.sms` says so.
///
/// # Errors
/// `Store`, `Broken`.
pub(crate) async fn tell(tx: &mut Tx, services: &Services, account: &AccountRow, news: News<'_>) -> Result<(), Failure> {
    let message = MessageRow {
        id: services.ids.id(),
        account_id: account.id.clone(),
        case_id: news.case.cloned(),
        title: news.title.to_owned(),
        body: news.body.to_owned(),
        at: services.now(),
        read_at: None,
    };
    tx.insert_message(&message).await?;
    let Some((purpose, text)) = news.sms else { return Ok(()) };
    owner(tx, services, account, purpose, &text, news.dedupe_key.to_owned()).await
}

/// A short message to the number of an account; `text` comes without signature. An imported account may have no number. Whoever
/// gets it and has no such account can freeze it.
///
/// # Errors
/// `Store`, `Broken`.
pub(crate) async fn owner(
    tx: &mut Tx,
    services: &Services,
    account: &AccountRow,
    purpose: &str,
    text: &str,
    dedupe_key: String,
) -> Result<(), Failure> {
    let mobile = services.vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed)?;
    if mobile.is_empty() {
        return Ok(());
    }
    let link = if has_link(text) { None } else { freeze_link(tx, services, account).await? };
    let text = match link {
        Some(link) => format!("{text}如果这不是您的账号，请打开 {link} 。"),
        None => text.to_owned(),
    };
    to_number(tx, services, &account.province, &mobile, (purpose, &text), dedupe_key).await
}

/// Whether a message has a link of its own, by which whoever gets it says no.
fn has_link(text: &str) -> bool {
    text.contains("打开 ")
}

/// A short message to a number, whether or not it is the one of an account; `text` comes without signature.
///
/// # Errors
/// `Store`, `Broken`.
pub(crate) async fn to_number(
    tx: &mut Tx,
    services: &Services,
    province: &str,
    mobile: &str,
    (purpose, text): (&str, &str),
    dedupe_key: String,
) -> Result<(), Failure> {
    let signature = services.province(province).map(|p| p.profile.account.sms.signature.clone()).unwrap_or_default();
    let (text, leaves_at) = (format!("【{signature}】{text}"), services.now());
    sms(tx, services, NewSms { province, mobile, purpose, text, code: None, dedupe_key, leaves_at, expires_at: None }).await
}
