//! 账号设置: the number, the password, the 电子邮箱, and where one is signed in. What opens the account ends the sign-ins elsewhere
//! when it changes.

mod email;
mod mobile;
mod password;
mod present;

use domain::account::settings::{SessionView, SettingsView};
use domain::account::view::ResetStage;
use domain::answer::Answer;
use domain::identity::mask;
use domain::province::RegistrationWay;
use serde_json::json;
use store::account::AccountRow;
use store::session::SessionRow;

pub(crate) use email::email_of;
pub use email::{change_email, email_view};
pub(super) use mobile::{Opened, opened};
pub use mobile::{change_mobile, prove_old_mobile};
pub use password::change_password;
pub(crate) use present::{Owner, Present, replace as replace_password};

use super::path;
use crate::clock::is_recent;
use crate::visit::{Done, Kept, REMEMBERED, is_alive};
use crate::{Failure, Visit};

/// 账号设置.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn settings(visit: &Visit) -> Result<SettingsView, Failure> {
    let id = visit.account()?;
    let mut reader = visit.services.db.read().await?;
    let account = reader.find_account(id).await?.ok_or(Failure::Stale)?;
    let rows = reader.list_sessions_of_account(id).await?;
    let reminds_by_sms = reader.wants_reminder_sms(id).await?;
    drop(reader);
    let rules = &visit.province.profile.account;
    let mobile = visit.services.vault.open_text("account.mobile", id.as_str(), &account.mobile_sealed)?;
    Ok(SettingsView {
        mobile: mask::mobile(&mobile),
        has_own_mobile: rules.registration != RegistrationWay::IdentityService,
        has_password: has_password(visit, &account),
        email: visit.province.profile.asks_email().then(|| email::masked(&visit.services, &account)).transpose()?,
        reminds_by_sms,
        sessions: signed_in(visit, rows),
    })
}

/// Whether there is a password that can be asked for and changed.
fn has_password(visit: &Visit, account: &AccountRow) -> bool {
    visit.province.profile.account.password.is_some() && !account.password_hash.is_empty()
}

/// Where one is signed in: this session first, the ended ones left out.
pub(crate) fn signed_in(visit: &Visit, rows: Vec<SessionRow>) -> Vec<SessionView> {
    let view = |row: SessionRow| SessionView {
        is_this: row.id == visit.actor.session(),
        is_acting: row.is_acting(),
        address: row.address,
        begun_at: row.created_at,
        seen_at: row.seen_at,
    };
    let now = visit.now();
    let mut sessions: Vec<SessionView> = rows.into_iter().filter(|row| is_alive(row, now)).map(view).collect();
    sessions.sort_by_key(|session| !session.is_this);
    sessions
}

/// 退出其他设备: every session of the account but this one ends.
///
/// # Errors
/// `SignInAgain`, `Store`.
pub async fn end_other_sessions(visit: &Visit) -> Result<Answer, Failure> {
    let (id, own) = (visit.account()?.clone(), visit.actor.session().to_owned());
    let job = visit.clone();
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let ended = tx.delete_other_sessions(&id, &own).await?;
            if ended > 0 {
                let entry = job.entry("end_other_sessions", "account", id.as_str(), json!({ "sessions_ended": ended }));
                tx.audit(&entry).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    write.await?;
    Ok(Answer::go(path(visit, "/settings?done=sessions")))
}

/// How far a change of the number has come, for its page.
pub(super) fn stage(visit: &Visit, has_mobile: bool) -> Result<ResetStage, Failure> {
    Ok(match opened(&visit.glimpse()?, visit) {
        // There is no old number to prove.
        _ if !has_mobile => ResetStage::Password,
        Opened::Not => ResetStage::Start,
        Opened::Since(_) => ResetStage::Password,
        Opened::Over => ResetStage::Over,
    })
}

/// Where the same led that was sent a moment ago, as far as the session remembers it.
fn led(kept: &Kept, key: &[u8], visit: &Visit) -> Option<String> {
    let is_same = |done: &&Done| done.key == key && is_recent(done.at, visit.now(), REMEMBERED);
    kept.memo.done.as_ref().filter(is_same).map(|done| done.go.clone())
}

/// The same, before anything dear is done. Whoever comes at the same moment is asked again inside the write.
async fn repeated(visit: &Visit, key: &[u8]) -> Result<Option<String>, Failure> {
    let (job, key) = (visit.clone(), key.to_vec());
    let read = visit.write(move |tx| {
        Box::pin(async move {
            let kept = Kept::open(tx, &job).await?;
            Ok::<_, Failure>(led(&kept, &key, &job))
        })
    });
    read.await
}
