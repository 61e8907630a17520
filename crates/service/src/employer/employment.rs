//! What a person says to the manager of their employer, and what the manager says of those who confirmed.

use chrono::Duration;
use domain::answer::Answer;
use domain::employer::forms::EmploymentForm;
use domain::employer::{Consent, Vouched};
use serde_json::json;
use store::Tx;
use store::employer::employment::EmploymentRow;

use super::list::name_of;
use super::{page, rules};
use crate::notify::{News, tell};
use crate::{Failure, Visit};

/// After a word of the manager the next one is not told for so long.
const QUIET: Duration = Duration::days(1);

/// 同意 or 不同意: whether the manager sees that the person works there. It may be said anew at any time; saying the same again changes
/// nothing.
///
/// # Errors
/// `NotFound` for what somebody else was asked, and where the record does not name the employer any more; `Stale` for a word that no page
/// sends, `SignInAgain`, `Store`.
pub async fn answer_employment(visit: &Visit, form: &EmploymentForm) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    rules(visit)?;
    let consent = Consent::from_code(&form.act).ok_or(Failure::Stale)?;
    let (work, id) = (visit.clone(), form.employment.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let found = tx.find_employment(&id).await?.filter(|row| row.account_id == account);
            let row = found.ok_or(Failure::NotFound)?;
            if tx.answer_employment(&row.id, consent.code(), work.now()).await? {
                let detail = json!({ "answer": consent.code(), "manager": row.manager_id });
                tx.audit(&work.entry("answer_employment", "employment", &row.id, detail)).await?;
            }
            Ok(Answer::go(page(&work)))
        })
    });
    write.await
}

/// 在职 or 不在职, by the manager, of somebody who confirmed. The person is told where the manager denies it.
///
/// # Errors
/// `NotFound` for somebody who did not confirm to this manager, `Stale` for a word that no page sends, `SignInAgain`, `Store`.
pub async fn vouch_employment(visit: &Visit, form: &EmploymentForm) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    rules(visit)?;
    let word = Vouched::from_code(&form.act).ok_or(Failure::Stale)?;
    let (work, id) = (visit.clone(), form.employment.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let confirmed = |row: &EmploymentRow| Consent::from_code(&row.answer) == Some(Consent::Confirmed);
            let row = tx.find_employment(&id).await?.filter(confirmed).ok_or(Failure::NotFound)?;
            let manager = tx.find_manager(&row.manager_id).await?;
            if manager.is_none_or(|manager| manager.account_id != account || manager.ended_at.is_some()) {
                return Err(Failure::NotFound);
            }
            if tx.vouch_employment(&row.id, word.code(), work.now()).await? {
                // Who changes their mind twice a day does not fill the person's messages.
                let is_news = row.word_at.is_none_or(|at| work.now() - at >= QUIET);
                if word == Vouched::Denied && is_news {
                    denied(tx, &work, &row).await?;
                }
                let detail = json!({ "word": word.code() });
                tx.audit(&work.entry("vouch_employment", "employment", &row.id, detail)).await?;
            }
            Ok(Answer::go(page(&work)))
        })
    });
    write.await
}

async fn denied(tx: &mut Tx, visit: &Visit, row: &EmploymentRow) -> Result<(), Failure> {
    let account =
        tx.find_account(&row.account_id).await?.ok_or_else(|| Failure::Broken("an employment without account".into()))?;
    let name = name_of(tx, visit, &row.code).await?;
    let body = format!("{name}的管理员表示您不在该单位工作。工作单位有变动的，请更新您的信息；没有变动的，请与单位联系。");
    let dedupe_key = format!("employment_denied:{}:{}", row.id, visit.now().timestamp_micros());
    let news = News { case: None, title: "单位否认您的工作单位", body: &body, sms: None, dedupe_key: &dedupe_key };
    tell(tx, &visit.services, &account, news).await
}
