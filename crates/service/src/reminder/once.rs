//! One reminder: whether it is still so, the row that is there once, and what is told, in one transaction.

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::Status;
use domain::date::Dated;
use domain::id::{AccountId, CaseId};
use serde_json::json;
use store::Tx;
use store::audit::Entry;
use store::reminder::ReminderRow;

use crate::learning::owed;
use crate::notify::{News, tell};
use crate::{Failure, Visit};

/// What it is about.
#[derive(Clone, Debug)]
pub(super) enum Of {
    /// A case, as it was returned, and until when it is expected back.
    Returned { case: CaseId, at: DateTime<Utc>, end: NaiveDate },
    /// A learning year and its last day.
    Learning { year: i32, end: NaiveDate },
    /// A paper and its last day.
    Paper { sha256: String, end: NaiveDate },
}

/// What is told.
struct Words {
    case: Option<CaseId>,
    title: String,
    body: String,
    sms: String,
}

/// Reminds somebody; `false` where they were, or where there is nothing to remind of any more.
///
/// # Errors
/// `Store`, `Broken`.
pub(super) async fn once(visit: &Visit, of: Of, row: ReminderRow) -> Result<bool, Failure> {
    if visit.services.db.read().await?.has_reminder(&row).await? {
        return Ok(false);
    }
    let work = visit.clone();
    visit.services.db.write(move |tx| Box::pin(async move { tell_once(tx, &work, &of, &row).await })).await
}

async fn tell_once(tx: &mut Tx, visit: &Visit, of: &Of, row: &ReminderRow) -> Result<bool, Failure> {
    let Some(words) = words(tx, visit, of, &row.account_id).await? else { return Ok(false) };
    if !tx.note_reminder(row, visit.now()).await? {
        return Ok(false);
    }
    let account = tx.find_account(&row.account_id).await?.ok_or(Failure::NotFound)?;
    let by_sms = tx.wants_reminder_sms(&account.id).await?;
    let (what, about) = (row.what.code(), &row.about);
    let dedupe_key = format!("reminder:{}:{what}:{about}:{}", account.id, row.mark_on);
    let sms = by_sms.then_some(("reminder", words.sms));
    let news = News { case: words.case.as_ref(), title: &words.title, body: &words.body, sms, dedupe_key: &dedupe_key };
    tell(tx, &visit.services, &account, news).await?;
    let entry = Entry {
        at: visit.now(),
        actor_kind: "system",
        actor_id: "reminders".to_owned(),
        action: "remind",
        object_kind: "account",
        object_id: account.id.to_string(),
        detail: json!({ "what": what, "about": about, "mark": row.mark_on, "sms": by_sms }).to_string(),
        request_id: String::new(),
    };
    tx.audit(&entry).await?;
    Ok(true)
}

async fn words(tx: &mut Tx, visit: &Visit, of: &Of, account: &AccountId) -> Result<Option<Words>, Failure> {
    match of {
        Of::Returned { case, at, end } => of_return(tx, visit, case, (*at, *end)).await,
        Of::Learning { year, end } => of_year(tx, visit, account, (*year, *end)).await,
        Of::Paper { sha256, end } => of_paper(tx, visit, account, (sha256, *end)).await,
    }
}

fn day(on: NaiveDate) -> String {
    Dated::Day(on).words()
}

async fn of_return(
    tx: &mut Tx,
    visit: &Visit,
    case: &CaseId,
    (at, end): (DateTime<Utc>, NaiveDate),
) -> Result<Option<Words>, Failure> {
    let row = tx.find_case(case).await?;
    let Some(row) = row.filter(|row| row.status == Status::Returned && row.decided_at == Some(at)) else { return Ok(None) };
    let (line, end) = (&visit.line(row.kind).name, day(end));
    let number = row.number.as_ref().map(|number| format!("（受理编号 {number}）")).unwrap_or_default();
    Ok(Some(Words {
        case: Some(case.clone()),
        title: format!("{line}退回后还没有重新提交"),
        body: format!(
            "您的{line}{number}被退回后还没有重新提交。请在{end}前按退回的原因修改并重新提交。过了这一天仍然可以提交，只是会更晚办结。"
        ),
        sms: format!("您的{line}被退回后还没有重新提交，请在{end}前登录平台修改并重新提交。"),
    }))
}

async fn of_year(
    tx: &mut Tx,
    visit: &Visit,
    account: &AccountId,
    (year, end): (i32, NaiveDate),
) -> Result<Option<Words>, Failure> {
    // What has left is learnt for elsewhere.
    if tx.find_standing_departure(account).await?.is_some() {
        return Ok(None);
    }
    let Some(missing) = owed(visit, tx, account, year).await? else { return Ok(None) };
    let end = day(end);
    Ok(Some(Words {
        case: None,
        title: format!("{year} 年度继续教育还没有完成"),
        body: format!(
            "{year} 年度继续教育{missing}，最后一天是{end}。请在“继续教育”中查看可以怎样完成；刚学完的，登记需要一些时间。"
        ),
        sms: format!("您的 {year} 年度继续教育还没有完成，最后一天是{end}，请登录平台查看。"),
    }))
}

async fn of_paper(
    tx: &mut Tx,
    visit: &Visit,
    account: &AccountId,
    (sha256, end): (&str, NaiveDate),
) -> Result<Option<Words>, Failure> {
    let noted = tx.list_paper_expiries(account).await?;
    if !noted.iter().any(|(paper, on)| paper == sha256 && *on == end) {
        return Ok(None);
    }
    let files = tx.list_all_files(account).await?;
    let Some(slot) = files.iter().find(|file| file.sha256 == sha256).map(|file| &file.slot) else { return Ok(None) };
    let rules = visit.province.profile.lines.values().find_map(|line| line.attachment(slot));
    let (title, end) = (rules.map_or("材料", |rules| rules.title.as_str()), day(end));
    Ok(Some(Words {
        case: None,
        title: format!("{title}快到有效期"),
        body: format!(
            "您在证照库中登记的“{title}”有效期至{end}。换领新的证件以后，请及时更新登记的信息；有效期登记有误的，可以在证照库中修改。"
        ),
        sms: format!("您在证照库中登记的一份材料有效期至{end}，请登录平台查看。"),
    }))
}
