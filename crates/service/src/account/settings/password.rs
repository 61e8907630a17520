//! 修改登录密码 of accountants, by the present one.

use domain::account::password::document_end;
use domain::account::settings::ChangePasswordForm;
use domain::answer::Answer;
use domain::calendar::china_time;
use domain::fault::Fault;
use domain::limit::Limited;
use store::Tx;
use store::account::AccountRow;

use super::present::{Owner, Present, replace};
use crate::account::sign_in::FAILURES;
use crate::notify::{self, News};
use crate::{Failure, Limit, Visit};

const GUESSES: Limit = FAILURES.of(Limited::Passwords);

impl Owner for AccountRow {
    const CHANGED: &'static str = "change_password";
    const SETTINGS: &'static str = "/settings";

    fn present(&self, visit: &Visit) -> Present {
        Present {
            of: ("account", self.id.to_string()),
            hash: self.password_hash.clone(),
            bucket: visit.bucket("password:failed", self.id.as_str()),
            guesses: GUESSES,
            fault: Fault::OldPassword,
            failed: "change_password_failed",
        }
    }

    async fn replace(&self, tx: &mut Tx, visit: &Visit, hash: &str) -> Result<u64, Failure> {
        let is_same = tx.find_account(&self.id).await?.is_some_and(|now| now.password_hash == self.password_hash);
        is_same.then_some(()).ok_or(Failure::Stale)?;
        tx.save_password(&self.id, hash, visit.now()).await?;
        let ended = tx.delete_other_sessions(&self.id, visit.actor.session()).await?;
        let at = china_time(visit.now()).format("%-m月%-d日 %H:%M");
        let body = format!(
            "您的登录密码已于{at}在“账号设置”中修改，其他设备上的登录已全部退出。如非本人操作，请立即通过“忘记密码”重新设置，并联系当地财政局。"
        );
        let key = format!("password:{}:{}", self.id, visit.now().timestamp_micros());
        let sms = Some(("password_changed", body.clone()));
        let news = News { case: None, title: "登录密码已修改", body: &body, sms, dedupe_key: &key };
        notify::tell(tx, &visit.services, self, news).await?;
        Ok(ended)
    }
}

/// Replaces the password by another. Every other session of the account ends, and the owner is told.
///
/// # Errors
/// `Invalid`, `SignInAgain`, `NotFound` where the account has no password, `Locked` after five wrong ones, `TooOften`, `Busy`,
/// `Stale` when it was changed elsewhere meanwhile, `Store`.
pub async fn change_password(visit: &Visit, form: &ChangePasswordForm) -> Result<Answer, Failure> {
    let (id, services) = (visit.account()?, &visit.services);
    let policy = visit.province.profile.account.password.as_ref().ok_or(Failure::NotFound)?;
    let account = services.db.read().await?.find_account(id).await?.ok_or(Failure::Stale)?;
    if account.password_hash.is_empty() {
        return Err(Failure::NotFound);
    }
    let mobile = services.vault.open_text("account.mobile", id.as_str(), &account.mobile_sealed)?;
    let number = services.vault.open_text("account.document", id.as_str(), &account.document_sealed)?;
    let name = account.name.clone();
    replace(visit, account, form, (policy, &[name.as_str(), mobile.as_str(), document_end(&number)])).await
}
