//! 账号设置 of the staff: the own password, the own authenticator, and where one is signed in. Each change tells its owner.

use domain::account::settings::ChangePasswordForm;
use domain::answer::Answer;
use domain::calendar::china_time;
use domain::case::{Member, Refusal};
use domain::fault::Fault;
use domain::identity::mask;
use domain::limit::Limited;
use domain::staff::forms::RenewFactorForm;
use domain::staff::password_policy;
use domain::staff::view::{EnrolView, OwnSettingsView};
use serde_json::json;
use store::Tx;
use store::staff::StaffRow;

use super::factor::{bucket, count_try, from_hex, judge, new_secret_view, present, recovery_hash, wrong_code};
use super::{require_staff, row, told};
use crate::account::{FAILURES, Judged, Owner, Present, path, replace_password, signed_in};
use crate::visit::Kept;
use crate::{Failure, Limit, Visit, second_factor};

const GUESSES: Limit = FAILURES.of(Limited::StaffPasswords);

/// 账号设置 of the staff member who is asking.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `Store`, `Broken`.
pub async fn own_settings(visit: &Visit) -> Result<OwnSettingsView, Failure> {
    let me = require_staff(visit)?;
    let staff = row(visit, &me.id).await?;
    let mut reader = visit.services.db.read().await?;
    let recovery_left = reader.count_recovery_codes(&me.id).await?;
    let rows = reader.list_sessions_of_staff(&me.id).await?;
    drop(reader);
    let mobile = told::mobile_of(&visit.services, &me.id, &staff.mobile_sealed)?;
    let sessions = signed_in(visit, rows);
    let mobile = if mobile.is_empty() { mobile } else { mask::mobile(&mobile) };
    Ok(OwnSettingsView { login: staff.login, mobile, recovery_left, sessions, flash: visit.take_flash("own-password").await? })
}

/// 退出其他设备: every session of the staff member but this one ends.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `Store`.
pub async fn end_other_staff_sessions(visit: &Visit) -> Result<Answer, Failure> {
    let (me, job) = (require_staff(visit)?, visit.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let ended = tx.delete_other_sessions_of_staff(&me.id, job.actor.session()).await?;
            if ended > 0 {
                let detail = json!({ "sessions_ended": ended });
                tx.audit(&job.entry("end_other_sessions", "staff", me.id.as_str(), detail)).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    write.await?;
    Ok(Answer::go(path(visit, "/staff/settings?done=sessions")))
}

impl Owner for StaffRow {
    const CHANGED: &'static str = "change_staff_password";
    const SETTINGS: &'static str = "/staff/settings";

    fn present(&self, visit: &Visit) -> Present {
        Present {
            of: ("staff", self.id.to_string()),
            hash: self.password_hash.clone(),
            bucket: visit.bucket("staff:password:failed", self.id.as_str()),
            guesses: GUESSES,
            fault: Fault::OldStaffPassword,
            failed: "change_staff_password_failed",
        }
    }

    async fn replace(&self, tx: &mut Tx, visit: &Visit, hash: &str) -> Result<u64, Failure> {
        tx.change_staff_password(&self.id, &self.password_hash, hash).await?;
        let ended = tx.delete_other_sessions_of_staff(&self.id, visit.actor.session()).await?;
        tell(tx, visit, self, "登录密码").await?;
        Ok(ended)
    }
}

/// Replaces the own password by another, by the present one. Every other session ends.
///
/// # Errors
/// `Invalid`, `SignInAgain`, `SecondFactorNeeded`, `Locked` after five wrong ones, `TooOften`, `Busy`, `Stale` when it was
/// changed elsewhere meanwhile, `Store`.
pub async fn change_own_password(visit: &Visit, form: &ChangePasswordForm) -> Result<Answer, Failure> {
    let staff = row(visit, &require_staff(visit)?.id).await?;
    let (login, name) = (staff.login.clone(), staff.name.clone());
    replace_password(visit, staff, form, (&password_policy(), &[login.as_str(), name.as_str()])).await
}

/// 更换动态口令: the secret of the authenticator to come. The one in use stays until its successor has shown a code.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `Store`, `Broken`.
pub async fn renew_view(visit: &Visit) -> Result<EnrolView, Failure> {
    let me = require_staff(visit)?;
    let staff = row(visit, &me.id).await?;
    new_secret_view(visit, &staff, visit.take_flash("renew").await?).await
}

/// Replaces the own authenticator, by a code of the present one (or a recovery code) and one of the new. There are new recovery
/// codes, shown once on the page of the second factor. Every other session ends.
///
/// # Errors
/// `Invalid` (`OneTimeCode` at `present` or `code`), `Locked`, `SignInAgain`, `SecondFactorNeeded`, `Store`, `Broken`.
pub async fn renew_factor(visit: &Visit, form: &RenewFactorForm) -> Result<Answer, Failure> {
    let me = require_staff(visit)?;
    let (old, new) = (present("present", &form.present)?, present("code", &form.code)?);
    count_try(visit, &me).await?;
    let (job, codes) = (visit.clone(), second_factor::recovery_codes());
    let write = visit.write(move |tx| Box::pin(async move { renew(tx, &job, &me, (&old, &new), codes).await }));
    write.await??;
    visit.services.outbox.notify_one();
    Ok(Answer::go(path(visit, "/staff/second-factor")))
}

async fn renew(tx: &mut Tx, visit: &Visit, me: &Member, (old, new): (&str, &str), codes: Vec<String>) -> Judged<()> {
    let mut kept = Kept::open(tx, visit).await?;
    let staff = tx.find_staff(&me.id).await?.filter(|staff| staff.is_active).ok_or(Refusal::SignInAgain)?;
    let secret = from_hex(&kept.memo.totp_secret)?;
    let step = if secret.is_empty() { None } else { second_factor::verify(&secret, new, visit.now(), None) };
    // Looked at first: whoever mistypes it does not spend a code of the present one.
    let Some(step) = step else { return Ok(Err(wrong_code(tx, visit, &me.id, "code").await?)) };
    let Some(way) = judge(tx, visit, &staff, old).await? else {
        tx.audit(&visit.entry("second_factor_failed", "staff", me.id.as_str(), json!({}))).await?;
        return Ok(Err(wrong_code(tx, visit, &me.id, "present").await?));
    };
    let sealed = visit.services.vault.seal("staff.totp", me.id.as_str(), &secret);
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| recovery_hash(visit, &me.id, code)).collect();
    tx.save_second_factor_of(&me.id, &sealed, step, &hashes).await?;
    tx.clear_rate(&bucket(&visit.services, visit.province_key(), &me.id)).await?;
    kept.memo.totp_secret.clear();
    kept.memo.recovery_codes = codes;
    kept.save(tx, visit).await?;
    let ended = tx.delete_other_sessions_of_staff(&me.id, &kept.session.id).await?;
    tell(tx, visit, &staff, "动态口令").await?;
    let detail = json!({ "way": way, "sessions_ended": ended });
    tx.audit(&visit.entry("renew_second_factor", "staff", me.id.as_str(), detail)).await?;
    Ok(Ok(()))
}

/// The owner is told what was changed, at the telephone that the administrators have.
async fn tell(tx: &mut Tx, visit: &Visit, staff: &StaffRow, what: &str) -> Result<(), Failure> {
    let mobile = told::mobile_of(&visit.services, &staff.id, &staff.mobile_sealed)?;
    let at = china_time(visit.now()).format("%-m月%-d日 %H:%M");
    let text = format!(
        "您的工作人员账号的{what}已于{at}在“账号设置”中更换，其他设备上的登录已全部退出。如非本人操作，请立即告知省级管理员停用账号。"
    );
    let key = format!("staff:own:{}:{}", staff.id, visit.now().timestamp_micros());
    told::text_to(tx, &visit.services, (&staff.province, &mobile), &text, key).await
}
