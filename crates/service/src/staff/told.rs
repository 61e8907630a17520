//! Short messages to the staff. What happens to an account is told to its owner and to every administrator of the province; what
//! happens to a token of a school, to the latter.

use chrono::{DateTime, Utc};
use store::Tx;
use store::staff::StaffRow;

use crate::notify::{self, NewSms};
use crate::{Failure, Services};
use domain::id::StaffId;

/// The telephone of a staff member; empty when there is none on file.
pub(super) fn mobile_of(services: &Services, id: &StaffId, sealed: &[u8]) -> Result<String, Failure> {
    if sealed.is_empty() {
        return Ok(String::new());
    }
    Ok(services.vault.open_text("staff.mobile", id.as_str(), sealed)?)
}

/// A telephone as it is stored.
pub(super) fn seal_mobile(services: &Services, id: &StaffId, mobile: &str) -> Vec<u8> {
    services.vault.seal("staff.mobile", id.as_str(), mobile.as_bytes())
}

/// A message about an account to a number; `text` comes without signature.
pub(super) async fn text_to(
    tx: &mut Tx,
    services: &Services,
    (province, mobile): (&str, &str),
    text: &str,
    dedupe_key: String,
) -> Result<(), Failure> {
    let new = NewSms { purpose: "staff_news", ..plain(services, (province, mobile), text, dedupe_key) };
    if mobile.is_empty() { Ok(()) } else { notify::sms(tx, services, new).await }
}

/// The token with which an account is activated, to its owner's telephone; worthless after `until`.
pub(super) async fn token_to(
    tx: &mut Tx,
    services: &Services,
    (province, mobile): (&str, &str),
    (token, key): (&str, String),
    until: DateTime<Utc>,
) -> Result<(), Failure> {
    let text =
        format!("您的工作人员账号可以启用，启用口令 {token}，24 小时内有效，只能使用一次。请勿告知他人，管理员也不会向您索要。");
    let base = plain(services, (province, mobile), &text, key);
    notify::sms(tx, services, NewSms { purpose: "staff_token", code: Some(token.to_owned()), expires_at: Some(until), ..base })
        .await
}

/// A message to everybody who keeps the accounts of the province and has a telephone on file.
pub(crate) async fn administrators(
    tx: &mut Tx,
    services: &Services,
    province: &str,
    text: &str,
    key: &str,
) -> Result<(), Failure> {
    for one in tx.list_administrators(province).await?.into_iter().filter(|one: &StaffRow| one.is_active) {
        let mobile = mobile_of(services, &one.id, &one.mobile_sealed)?;
        text_to(tx, services, (province, &mobile), text, format!("{key}:{}", one.id)).await?;
    }
    Ok(())
}

fn plain<'a>(services: &Services, (province, mobile): (&'a str, &'a str), text: &str, dedupe_key: String) -> NewSms<'a> {
    let signature = services.province(province).map(|p| p.profile.account.sms.signature.clone()).unwrap_or_default();
    NewSms {
        province,
        mobile,
        purpose: "staff_news",
        text: format!("【{signature}】{text}"),
        code: None,
        dedupe_key,
        leaves_at: services.now(),
        expires_at: None,
    }
}
