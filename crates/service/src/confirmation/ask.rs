//! 请单位确认: the administrator of the employer gets a message with a link. The person may take the question back.

use std::sync::Arc;

use chrono::Duration;
use domain::calendar::china_time;
use domain::case::Refusal;
use domain::confirmation::Said;
use domain::confirmation::forms::{AskForm, WithdrawForm};
use domain::fault::{Fault, FieldErrors};
use domain::id::AccountId;
use domain::identity::CreditCode;
use domain::limit::Limited;
use serde_json::json;
use store::Tx;
use store::account::AccountRow;
use store::confirmation::ConfirmationRow;

use super::{MOST, rules};
use crate::account::{count, has_no_mobile, link_hash, new_secret};
use crate::notify::{News, tell};
use crate::{Failure, Limit, Visit};

/// Employers that one person asks, found or not: whoever tries codes learns little.
const ASKED: Limit = Limit::new(Limited::Requests, 10, 86_400);
/// Messages that one administrator gets.
const TO_ONE: Limit = Limit::new(Limited::Requests, 40, 86_400);

/// Asks the administrator of an employer whether the person works there.
///
/// # Errors
/// The faults of the code at `code`, `NotInList` there where nobody manages the employer, `Unchanged` where the person does;
/// `NotComplete` where there is no open record, `AlreadySubmitted` while another question waits, `TooOften`; `NotFound` where the province
/// has no such thing or the house does not know its address; `SignInAgain`, `Store`, `Broken`.
pub async fn ask_employer(visit: &Visit, form: &AskForm) -> Result<(), Failure> {
    let account = visit.account()?.clone();
    rules(visit)?;
    let origin = visit.services.origin.clone().ok_or(Failure::NotFound)?;
    let (code, work) = (form.check()?, visit.clone());
    // What was counted stays counted when nobody manages the employer.
    let asked = visit.write(move |tx| Box::pin(async move { ask(tx, &work, (&account, &origin), &code).await })).await?;
    asked?;
    visit.services.outbox.notify_one();
    Ok(())
}

async fn ask(
    tx: &mut Tx,
    visit: &Visit,
    (account, origin): (&AccountId, &Arc<str>),
    code: &CreditCode,
) -> Result<Result<(), FieldErrors>, Failure> {
    let account = tx.lock_account(account).await?.ok_or(Refusal::SignInAgain)?;
    if tx.find_record(&account.id).await?.is_none() || tx.find_closing(&account.id).await?.is_some() {
        return Err(Refusal::NotComplete.into());
    }
    let now = visit.now();
    let before = tx.list_confirmations(&account.id, MOST).await?;
    if before.iter().any(|row| row.answer.is_empty() && row.expires_at > now) {
        return Err(Refusal::AlreadySubmitted.into());
    }
    count(tx, visit, &visit.bucket("confirmation", account.id.as_str()), &[ASKED]).await?;
    let Some(manager) = tx.find_manager_of(visit.province_key(), code.as_str()).await? else {
        return Ok(Err(FieldErrors::one("code", Fault::NotInList)));
    };
    if manager.account_id == account.id {
        return Ok(Err(FieldErrors::one("code", Fault::Unchanged)));
    }
    let boss = tx.find_account(&manager.account_id).await?;
    let boss = boss.ok_or_else(|| Failure::Broken("a manager without account".into()))?;
    if has_no_mobile(visit, &boss)? {
        return Ok(Err(FieldErrors::one("code", Fault::NotInList)));
    }
    count(tx, visit, &visit.bucket("confirmation:manager", &manager.id), &[TO_ONE]).await?;
    let employer_name = tx.find_employer(visit.province_key(), code.as_str()).await?;
    let secret = new_secret(&visit.services);
    let row = ConfirmationRow {
        id: visit.services.ids.id(),
        account_id: account.id,
        province: visit.province_key().to_owned(),
        code: code.as_str().to_owned(),
        employer_name: employer_name.unwrap_or_else(|| code.as_str().to_owned()),
        manager_id: manager.id,
        link_hash: link_hash(&secret),
        mobile_hash: boss.mobile_hash.clone(),
        asked_at: now,
        expires_at: now + Duration::days(rules(visit)?.link_days.into()),
        answer: String::new(),
        reason_sealed: None,
        answered_at: None,
    };
    tx.insert_confirmation(&row).await?;
    told(tx, visit, (&boss, &row), &format!("{origin}/{}/confirm/{secret}", row.province)).await?;
    tx.audit(&visit.entry("ask_employer", "employer_confirmation", &row.id, json!({ "manager": row.manager_id }))).await?;
    Ok(Ok(()))
}

/// The message says nothing of the person: whoever reads along on a telephone learns no name.
async fn told(tx: &mut Tx, visit: &Visit, (boss, row): (&AccountRow, &ConfirmationRow), link: &str) -> Result<(), Failure> {
    let (employer, until) = (&row.employer_name, china_time(row.expires_at).format("%-m月%-d日 %H:%M").to_string());
    let body = format!(
        "有一名会计人员请您确认其在{employer}工作。链接已发送到您的手机，{until}前打开有效，不用登录。链接只能答复一次，请不要转给他人。"
    );
    let text = format!(
        "您是{employer}的{}，有一名会计人员请您确认其在该单位工作，{until}前请打开 {link} 答复。",
        super::manager_name(visit)
    );
    let dedupe_key = format!("confirmation:{}", row.id);
    let news = News {
        case: None,
        title: "请确认会计人员的工作单位",
        body: &body,
        sms: Some(("confirmation", text)),
        dedupe_key: &dedupe_key,
    };
    tell(tx, &visit.services, boss, news).await
}

/// Takes a question back that nobody has answered; its link serves no more.
///
/// # Errors
/// `NotFound` for a question of somebody else, `Stale` for one that was answered, `SignInAgain`, `Store`.
pub async fn withdraw_question(visit: &Visit, form: &WithdrawForm) -> Result<(), Failure> {
    let account = visit.account()?.clone();
    rules(visit)?;
    let (work, id) = (visit.clone(), form.confirmation.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            // Whoever answers lines up here as well.
            tx.lock_account(&account).await?.ok_or(Refusal::SignInAgain)?;
            let all = tx.list_confirmations(&account, MOST).await?;
            let row = all.into_iter().find(|row| row.id == id).ok_or(Failure::NotFound)?;
            if !tx.answer_confirmation(&row.id, (Said::Withdrawn.code(), None), work.now()).await? {
                return Err(Failure::Stale);
            }
            Ok(tx.audit(&work.entry("withdraw_question", "employer_confirmation", &row.id, json!({}))).await?)
        })
    });
    write.await
}
