//! What is behind a link: whom it is about, and the answer of the administrator, once.

use domain::case::Refusal;
use domain::confirmation::Said;
use domain::confirmation::forms::AnswerForm;
use domain::confirmation::view::AskedView;
use domain::limit::Limited;
use domain::text;
use serde_json::json;
use store::account::AccountRow;
use store::confirmation::ConfirmationRow;
use store::{Reader, Tx};

use super::{REASON, rules};
use crate::account::{count_address, link_hash};
use crate::case::short;
use crate::notify::{News, tell};
use crate::{Failure, Limit, Visit};

const PER_ADDRESS: [Limit; 1] = [Limit::new(Limited::Objections, 20, 3_600)];

/// What the administrator reads before they answer. Looking does nothing: whatever looks through messages opens links too.
///
/// # Errors
/// `LinkVoid` for a link that nobody gave out, that was used, or that has ended; `NotFound` where the province has no such thing, `Store`.
pub async fn asked_view(visit: &Visit, secret: &str) -> Result<AskedView, Failure> {
    rules(visit)?;
    let mut reader = visit.services.db.read().await?;
    let (row, account) = open(&mut reader, visit, secret).await?.ok_or(Refusal::LinkVoid)?;
    Ok(AskedView { name: account.name, employer_name: row.employer_name, until: row.expires_at })
}

/// The question of a link that serves, with whom it is about. It serves whoever manages the employer, as long as they do and have the
/// number to which the message went.
async fn open(reader: &mut Reader, visit: &Visit, secret: &str) -> Result<Option<(ConfirmationRow, AccountRow)>, Failure> {
    let serves =
        |row: &ConfirmationRow| row.answer.is_empty() && row.expires_at > visit.now() && row.province == visit.province_key();
    let found = reader.find_confirmation(&link_hash(&text::tidy(secret))).await?;
    let Some(row) = found.filter(serves) else { return Ok(None) };
    let manager = reader.find_manager(&row.manager_id).await?;
    let Some(manager) = manager.filter(|manager| manager.ended_at.is_none() && manager.account_id != row.account_id) else {
        return Ok(None);
    };
    let boss = reader.find_account(&manager.account_id).await?;
    if boss.is_none_or(|boss| boss.mobile_hash != row.mobile_hash) {
        return Ok(None);
    }
    let account = reader.find_account(&row.account_id).await?;
    Ok(account.map(|account| (row, account)))
}

/// Says that the person works there, or why not; the person is told.
///
/// # Errors
/// `NotInList` at `answer`, `Missing` and `TooLong` at `reason`; `LinkVoid`; `TooOften`; `NotFound` where the province has no such thing,
/// `Store`, `Broken`.
pub async fn answer_confirmation(visit: &Visit, secret: &str, form: &AnswerForm) -> Result<Said, Failure> {
    rules(visit)?;
    let ((said, reason), work, secret) = (form.check()?, visit.clone(), secret.to_owned());
    // What was counted stays counted when the link is void.
    let outcome = visit.write(move |tx| Box::pin(async move { say(tx, &work, &secret, (said, &reason)).await })).await?;
    outcome?;
    visit.services.outbox.notify_one();
    Ok(said)
}

async fn say(tx: &mut Tx, visit: &Visit, secret: &str, (said, reason): (Said, &str)) -> Result<Result<(), Refusal>, Failure> {
    count_address(tx, visit, "confirmation:address", &PER_ADDRESS).await?;
    let Some((row, _)) = open(tx, visit, secret).await? else { return Ok(Err(Refusal::LinkVoid)) };
    tx.lock_account(&row.account_id).await?;
    // Only what stands after the lock counts: the same may have been sent twice, or the question was taken back.
    let Some((row, account)) = open(tx, visit, secret).await? else { return Ok(Err(Refusal::LinkVoid)) };
    let sealed = (!reason.is_empty()).then(|| visit.services.vault.seal_text(REASON, &row.id, reason));
    if !tx.answer_confirmation(&row.id, (said.code(), sealed.as_deref()), visit.now()).await? {
        return Ok(Err(Refusal::LinkVoid));
    }
    told(tx, visit, (&account, &row), (said, reason)).await?;
    let detail = json!({ "answer": said.code(), "manager": row.manager_id });
    tx.audit(&visit.entry("answer_confirmation", "employer_confirmation", &row.id, detail)).await?;
    Ok(Ok(()))
}

async fn told(
    tx: &mut Tx,
    visit: &Visit,
    (account, row): (&AccountRow, &ConfirmationRow),
    (said, reason): (Said, &str),
) -> Result<(), Failure> {
    let (employer, site) = (&row.employer_name, &visit.province.profile.site.title);
    let (title, body, why) = match said {
        Said::Confirmed => (
            "单位已确认",
            format!("{employer}已确认您在该单位工作。办理调转或者信息变更时，单位填写{employer}的，不用再上传单位的证明。"),
            "已确认您在该单位工作，".to_owned(),
        ),
        Said::Refused | Said::Withdrawn => (
            "单位没有确认",
            format!("{employer}没有确认您在该单位工作。\n原因：{reason}\n请与单位联系；也可以上传盖章的证明材料，由财政局审核。"),
            format!("没有确认您在该单位工作：{}", short(reason)),
        ),
    };
    let text = format!("{}，您好。{employer}{why}请登录{site}查看。", account.name);
    let dedupe_key = format!("confirmation_answered:{}", row.id);
    let news = News { case: None, title, body: &body, sms: Some(("confirmation", text)), dedupe_key: &dedupe_key };
    tell(tx, &visit.services, account, news).await
}
