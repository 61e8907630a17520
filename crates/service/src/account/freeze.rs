//! 这不是我本人: whoever gets a message about an account that is not theirs freezes it for a while. Nobody signs in to it and no
//! password is set meanwhile; whatever lies with the staff goes on, and what they decide takes effect.

use chrono::{DateTime, Duration, Utc};
use domain::calendar::china_time;
use domain::case::Refusal;
use domain::id::AccountId;
use domain::limit::Limited;
use domain::province::FreezeRules;
use domain::text;
use serde_json::json;
use store::account::AccountRow;
use store::account::freeze::FreezeLinkRow;
use store::{Reader, Tx};

use super::link::{link_hash, new_secret};
use super::{count_address, path};
use crate::notify::{self, News};
use crate::{Failure, Limit, Services, Visit};

const PER_ADDRESS: [Limit; 1] = [Limit::new(Limited::Objections, 20, 3_600)];

/// The address by which whoever gets a message to the number of an account freezes the account. `None` where the province has no
/// such thing, where nobody knows the address of the site, and for a number that is no longer the account's.
///
/// # Errors
/// `Store`.
pub(crate) async fn freeze_link(tx: &mut Tx, services: &Services, account: &AccountRow) -> Result<Option<String>, Failure> {
    let rules = services.province(&account.province).and_then(|province| province.profile.freeze);
    let (Some(rules), Some(origin)) = (rules, &services.origin) else { return Ok(None) };
    let now = tx.find_account(&account.id).await?;
    if now.is_none_or(|now| now.mobile_hash != account.mobile_hash) {
        return Ok(None);
    }
    let secret = new_secret(services);
    let link = FreezeLinkRow {
        link_hash: link_hash(&secret),
        account_id: account.id.clone(),
        mobile_hash: account.mobile_hash.clone(),
        expires_at: services.now() + Duration::days(rules.link_days.into()),
        frozen_until: None,
    };
    tx.insert_freeze_link(&link).await?;
    Ok(Some(format!("{origin}/{}/not-me/{secret}", account.province)))
}

/// For how many hours a link of a message freezes an account here.
///
/// # Errors
/// `NotFound` where the province has no such thing.
pub fn freeze_hours(visit: &Visit) -> Result<u32, Failure> {
    Ok(rules(visit)?.hours)
}

fn rules(visit: &Visit) -> Result<FreezeRules, Failure> {
    visit.province.profile.freeze.ok_or(Failure::NotFound)
}

/// Freezes the account that the message of a link was about: its sessions end, and it is told by 站内信. Answers until when.
///
/// # Errors
/// `NotFound` where the province has no such thing; `LinkVoid` for a link that serves nothing, or was used; `TooOften`, `Store`.
pub async fn freeze(visit: &Visit, secret: &str) -> Result<DateTime<Utc>, Failure> {
    let (rules, job, secret) = (rules(visit)?, visit.clone(), text::tidy(secret));
    // What was counted stays counted when the link is void.
    let outcome = visit.write(move |tx| Box::pin(async move { stop(tx, &job, rules, &secret).await })).await?;
    Ok(outcome?)
}

async fn stop(tx: &mut Tx, visit: &Visit, rules: FreezeRules, secret: &str) -> Result<Result<DateTime<Utc>, Refusal>, Failure> {
    let (now, hash) = (visit.now(), link_hash(secret));
    count_address(tx, visit, "freeze:address", &PER_ADDRESS).await?;
    let Some(found) = tx.find_freeze_link(&hash).await? else { return Ok(Err(Refusal::LinkVoid)) };
    let account = tx.lock_account(&found.account_id).await?.filter(|account| account.province == visit.province_key());
    // Only what stands after the lock counts: the same may have been sent twice, or the staff gave the account another number.
    let (Some(account), Some(link)) = (account, tx.find_freeze_link(&hash).await?) else { return Ok(Err(Refusal::LinkVoid)) };
    if link.frozen_until.is_some() || link.expires_at <= now || link.mobile_hash != account.mobile_hash {
        return Ok(Err(Refusal::LinkVoid));
    }
    let until = now + Duration::hours(rules.hours.into());
    tx.use_freeze_link(&hash, until).await?;
    let mut ended = tx.delete_sessions_of_account(&account.id).await?;
    // Whoever came in by this account is in the one that it leads to.
    if let Some(stays) = tx.find_leads_to(&account.id).await? {
        ended += tx.delete_sessions_of_account(&stays).await?;
    }
    let body = format!(
        "收到您账号短信的人表示这不是本人的账号，账号已冻结，{}之前不能登录，到时自动解除。已经提交的申请照常办理。如果登记的手机号码已经不是您的，请登录后在“账号设置”中更换，或者办理“手机号更换申请”。",
        china_time(until).format("%-m月%-d日 %H:%M")
    );
    let key = format!("frozen:{}:{}", account.id, now.timestamp_micros());
    // Whoever has the number knows.
    let news = News { case: None, title: "账号已冻结", body: &body, sms: None, dedupe_key: &key };
    notify::tell(tx, &visit.services, &account, news).await?;
    let detail = json!({ "until": until, "sessions_ended": ended });
    tx.audit(&visit.entry("freeze_account", "account", account.id.as_str(), detail)).await?;
    Ok(Ok(until))
}

/// The page that says until when an account, or the one that it leads to, is frozen; `None` for one that is not.
///
/// # Errors
/// `Store`.
pub(super) async fn frozen_page(reader: &mut Reader, visit: &Visit, account: &AccountId) -> Result<Option<String>, Failure> {
    let mut until = reader.find_frozen_until(account, visit.now()).await?;
    if let Some(stays) = reader.find_leads_to(account).await? {
        until = until.max(reader.find_frozen_until(&stays, visit.now()).await?);
    }
    Ok(until.map(|until| path(visit, &format!("/frozen?until={}", until.timestamp()))))
}
