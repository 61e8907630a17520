//! 更换手机号码 by whoever is signed in: the code of the number on file first, then that of the new one. Who has lost the old
//! number applies to the bureau (手机号更换申请).

use chrono::{DateTime, Utc};
use domain::account::forms::{CodePurpose, ResetProveForm};
use domain::account::settings::{NewMobile, NewMobileForm};
use domain::answer::Answer;
use domain::calendar::china_time;
use domain::fault::{Fault, FieldErrors};
use domain::identity::mask;
use serde_json::json;
use store::account::AccountRow;
use store::{StoreError, Tx};

use super::{led, repeated};
use crate::account::detach::{detach, is_settled};
use crate::account::{Judged, code, not_by_service, path};
use crate::clock::is_recent;
use crate::notify::{self, News};
use crate::visit::{Done, Glimpse, Kept, PROVEN, Process};
use crate::{Failure, Visit};

/// Whether the old number was proven, so that a new one may be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::account) enum Opened {
    Not,
    Since(DateTime<Utc>),
    /// It was, too long ago.
    Over,
}

impl Opened {
    /// What a process of this account has opened.
    pub fn by(process: Option<&Process>, visit: &Visit) -> Self {
        let own = process.filter(|process| process.account.as_ref() == visit.account().ok());
        let since = own.and_then(|process| match CodePurpose::from_code(&process.purpose) {
            Some(CodePurpose::OldMobile) => process.proven_at,
            Some(CodePurpose::NewMobile) => process.opened_at,
            _ => None,
        });
        match since {
            None => Self::Not,
            Some(at) if is_recent(at, visit.now(), PROVEN) => Self::Since(at),
            Some(_) => Self::Over,
        }
    }
}

/// The same by what the session remembered when the request arrived.
pub(in crate::account) fn opened(glimpse: &Glimpse, visit: &Visit) -> Opened {
    Opened::by(glimpse.any_process(), visit)
}

/// First step: the code that went to the number on file.
///
/// # Errors
/// `Invalid` (the faults of the code), `SignInAgain`, `NotFound` where numbers come from an identity service, `Store`.
pub async fn prove_old_mobile(visit: &Visit, form: &ResetProveForm) -> Result<Answer, Failure> {
    not_by_service(visit)?;
    visit.account()?;
    let mut form = form.clone();
    if let Some(passed) = code::passed_captcha(visit, CodePurpose::OldMobile, None)? {
        form.captcha = passed;
    }
    let here = Answer::go(path(visit, "/settings/mobile"));
    // The same sent twice: the first one has opened the second step.
    if matches!(opened(&visit.glimpse()?, visit), Opened::Since(_)) {
        return Ok(here);
    }
    let asked = form.check(code::digits(visit))?;
    let job = visit.clone();
    let proven = visit.write(move |tx| {
        Box::pin(async move {
            let mut kept = Kept::open(tx, &job).await?;
            if matches!(Opened::by(kept.memo.process.as_ref(), &job), Opened::Since(_)) {
                return Ok(Ok(()));
            }
            let process = match kept.compare(tx, &job, (CodePurpose::OldMobile, None), &asked.sms_code).await? {
                Ok(process) => process,
                Err(errors) => return Ok(Err(errors)),
            };
            tx.void_codes(&process.id).await?;
            kept.memo.process = Some(Process { proven_at: Some(job.now()), ..process });
            kept.save(tx, &job).await?;
            tx.audit(&job.entry("prove_old_mobile", "account", job.account()?.as_str(), json!({}))).await?;
            Ok::<_, Failure>(Ok(()))
        })
    });
    proven.await??;
    Ok(here)
}

/// Second step: the new number, by the code that went there. Every other session of the account ends, and both numbers are
/// told.
///
/// # Errors
/// `Invalid` (the faults of the code, `MobileTaken`, `MobileUnchanged`), `SignInAgain`, `NotFound` where numbers come from an
/// identity service, `Busy`, `Store`.
pub async fn change_mobile(visit: &Visit, form: &NewMobileForm) -> Result<Answer, Failure> {
    not_by_service(visit)?;
    let id = visit.account()?;
    let key = visit.services.vault.keyed_hash("new_mobile", &format!("{id}|{}|{}", form.mobile, form.sms_code));
    if let Some(go) = repeated(visit, &key).await? {
        return Ok(Answer::go(go));
    }
    let mut form = form.clone();
    if let Some(passed) = code::passed_captcha(visit, CodePurpose::NewMobile, Some(&form.mobile))? {
        form.captcha = passed;
    }
    let asked = form.check(code::digits(visit))?;
    let done = Done { key, go: path(visit, "/settings?done=mobile"), at: visit.now() };
    for _ in 0..3 {
        let (job, asked, done) = (visit.clone(), asked.clone(), done.clone());
        match visit.write(move |tx| Box::pin(async move { change(tx, &job, &asked, done).await })).await {
            // Somebody proved the same number in the same moment: look again, and say so.
            Err(Failure::Store(StoreError::Exists { .. })) => {}
            changed => {
                let go = changed??;
                visit.services.outbox.notify_one();
                return Ok(Answer::go(go));
            }
        }
    }
    Err(Failure::Busy)
}

/// Answers where to go: to the beginning when the first step is too long ago.
async fn change(tx: &mut Tx, visit: &Visit, asked: &NewMobile, done: Done) -> Judged<String> {
    let mut kept = Kept::open(tx, visit).await?;
    if let Some(go) = led(&kept, &done.key, visit) {
        return Ok(Ok(go));
    }
    if !matches!(Opened::by(kept.memo.process.as_ref(), visit), Opened::Since(_)) {
        return Ok(Ok(path(visit, "/settings/mobile")));
    }
    let mobile = asked.mobile.as_str();
    if let Err(errors) = kept.compare(tx, visit, (CodePurpose::NewMobile, Some(mobile)), &asked.sms_code).await? {
        return Ok(Err(errors));
    }
    let vault = &visit.services.vault;
    let hash = vault.keyed_hash("mobile", mobile);
    let account = tx.find_account(visit.account()?).await?.ok_or(Failure::Stale)?;
    let taken = tx.find_account_of_mobile(visit.province_key(), &hash).await?;
    if let Some(holder) = taken {
        let fault = match holder.id == account.id {
            true => Some(Fault::MobileUnchanged),
            false => (!is_settled(&holder, visit.now())).then_some(Fault::MobileTaken),
        };
        match fault {
            Some(fault) => return Ok(Err(FieldErrors::one("mobile", fault))),
            None => detach(tx, visit, &holder, "settings").await?,
        }
    }
    if let Some(process) = kept.memo.process.take() {
        tx.void_codes(&process.id).await?;
    }
    let go = done.go.clone();
    kept.memo.done = Some(done);
    kept.save(tx, visit).await?;
    tx.save_mobile(&account.id, &hash, &vault.seal_text("account.mobile", account.id.as_str(), mobile), visit.now()).await?;
    let ended = tx.delete_other_sessions(&account.id, &kept.session.id).await?;
    tell(tx, visit, &account, mobile).await?;
    tx.audit(&visit.entry("change_own_mobile", "account", account.id.as_str(), json!({ "sessions_ended": ended }))).await?;
    Ok(Ok(go))
}

/// `account` still has the old number.
async fn tell(tx: &mut Tx, visit: &Visit, account: &AccountRow, new: &str) -> Result<(), Failure> {
    let (now, services) = (visit.now(), &visit.services);
    let (at, masked) = (china_time(now).format("%-m月%-d日 %H:%M"), mask::mobile(new));
    let body = format!(
        "您账号的手机号码已于{at}在“账号设置”中更换为 {masked}，其他设备上的登录已全部退出。如非本人操作，请立即联系所在地财政局。"
    );
    let key = format!("mobile:old:{}:{}", account.id, now.timestamp_micros());
    let news =
        News {
            case: None, title: "手机号码已更换", body: &body, sms: Some(("mobile_changed", body.clone())), dedupe_key: &key
        };
    notify::tell(tx, services, account, news).await?;
    let key = format!("mobile:new:{}:{}", account.id, now.timestamp_micros());
    let text = "您账号的手机号码已更换为本号码，今后的短信会发送到本号码。";
    notify::to_number(tx, services, visit.province_key(), new, ("mobile_changed", text), key).await
}
