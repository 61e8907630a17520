//! 个人中心: the one next thing, what runs, and what is known of the person. It reads what it shows and no more.

use chrono::{DateTime, Utc};
use domain::account::view::{HomeView, MessageLine, Next, RecordCard};
use domain::case::view::CaseSummary;
use domain::case::{CaseKind, Refusal, Status};
use domain::id::{AccountId, BureauCode};
use domain::identity::{DocumentKind, mask};
use domain::intake::view::Words;
use domain::intake::{Context, TaskState, highest_qualification, next_task};
use domain::national::Doing;
use domain::national::view::Elsewhere;
use domain::province::MenuItem;
use store::Reader;
use store::account::AccountRow;
use store::case::file::CaseRow;

use super::RecordBody;
use super::load::{Folder, KIND, path, task_path};
use super::record::portrait;
use super::turn::{is_copied, standing};
use super::{progress, show};
use crate::case::{done_here, summary, warnings};
use crate::{Failure, Visit, china_date, portal};

/// How many messages the page shows.
const MESSAGES: i64 = 3;

/// 个人中心. A draft that cannot be opened shuts nobody out: its own page says so.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn home(visit: &Visit) -> Result<HomeView, Failure> {
    let id = visit.account()?;
    let mut reader = visit.services.db.read().await?;
    let case = reader.find_latest_case(id, KIND).await?;
    let is_recorded = case.as_ref().is_some_and(|case| case.status == Status::Approved);
    let case = standing(&mut reader, case).await?;
    let elsewhere = Elsewhere::of(&visit.province.profile, visit.services.today());
    let is_copied = case.is_none() && is_copied(&mut reader, id).await?;
    let (account, next, bureau) = match &case {
        Some(case) if matches!(case.status, Status::Submitted | Status::Approved | Status::Closed) => {
            (account(&mut reader, id).await?, Next::Nothing, case.bureau.clone())
        }
        _ => match in_hand(visit, &mut reader, case.clone()).await {
            Err(Failure::Broken(what)) => {
                tracing::error!(what, "a draft could not be opened");
                let next = Next::GoOn { left: Vec::new(), link: path(visit, "intake"), saved_at: None };
                (account(&mut reader, id).await?, next, None)
            }
            found => found?,
        },
    };
    let next = match next {
        Next::Begin if is_copied || elsewhere.as_ref().is_some_and(|of| of.is_shut) => Next::Nothing,
        Next::GoOn { .. } if elsewhere.as_ref().is_some_and(|of| of.is_over) => Next::Nothing,
        next => next,
    };
    let messages = reader.list_messages(id, "~", MESSAGES).await?;
    let messages = messages.into_iter().map(|row| MessageLine { title: row.title, at: row.at, is_new: row.read_at.is_none() });
    let bureau = match bureau {
        Some(code) => portal::bureau(&mut reader, &visit.province, &code).await?,
        None => None,
    };
    let open = |place: &str, sealed: &[u8]| visit.services.vault.open_text(place, id.as_str(), sealed);
    Ok(HomeView {
        document: mask::document(&open("account.document", &account.document_sealed)?),
        mobile: mask::mobile(&open("account.mobile", &account.mobile_sealed)?),
        document_label: document_label(visit, &account),
        certificate: certificate(visit, &mut reader, id, case.is_none()).await?,
        phone_change: phone_change(visit, &mut reader, id).await?,
        record: match case.as_ref().map(|case| case.status) {
            Some(Status::Approved) => record(visit, &mut reader, id).await?,
            None if is_copied => record(visit, &mut reader, id).await?,
            _ => None,
        },
        stages: visit.province.profile.intake.words.progress.stages.clone(),
        intake: case.map(|case| summary(&case, &visit.province.bureaus)),
        name: account.name,
        messages: messages.collect(),
        next,
        bureau,
        has_relocation: visit.province.profile.has_line(CaseKind::Relocation) && !elsewhere.as_ref().is_some_and(|of| of.is_shut),
        further: further(visit),
        // Whoever has no record, or makes it anew, has nothing that could be restricted.
        warnings: if is_recorded { warnings(&mut reader, visit, id).await? } else { Vec::new() },
        is_annulled: is_recorded && is_annulled(&mut reader, id).await?,
        elsewhere,
    })
}

/// 单位确认 and 档案关闭申请, where the province has them. No manual has a place for them in its menu.
fn further(visit: &Visit) -> Vec<MenuItem> {
    let profile = &visit.province.profile;
    let item = |key: &str, title: &str, note: &str| MenuItem {
        key: key.to_owned(),
        title: title.to_owned(),
        note: note.to_owned(),
        opens: None,
    };
    let word = profile
        .confirmation
        .as_ref()
        .map(|_| item("confirmation", "单位确认", "请新单位的管理员确认您在该单位工作，代替单位的证明。"));
    let has_closing = profile.has_line(CaseKind::ClosingRequest);
    let name = format!("{}申请", profile.line(CaseKind::ClosingRequest).name);
    let closing = has_closing.then(|| item("closing", &name, "离退休或者不再从事会计工作的，申请关闭会计人员档案。"));
    word.into_iter().chain(closing).collect()
}

/// Whether an approval is taken back, or about to be.
async fn is_annulled(reader: &mut Reader, id: &AccountId) -> Result<bool, Failure> {
    let is_shown = |status| matches!(status, Status::Submitted | Status::Approved);
    Ok(reader.list_annulments_of(id).await?.iter().any(|row| is_shown(row.status)))
}

async fn account(reader: &mut Reader, id: &AccountId) -> Result<AccountRow, Failure> {
    Ok(reader.find_account(id).await?.ok_or(Refusal::SignInAgain)?)
}

fn document_label(visit: &Visit, account: &AccountRow) -> String {
    let options = &visit.province.profile.account.document_kinds;
    let kind = DocumentKind::from_code(&account.document_kind);
    options.iter().find(|option| Some(option.kind) == kind).map(|option| option.label.clone()).unwrap_or_default()
}

/// What is with the person: the next thing, and the bureau that the answers lead to.
async fn in_hand(
    visit: &Visit,
    reader: &mut Reader,
    case: Option<CaseRow>,
) -> Result<(AccountRow, Next, Option<BureauCode>), Failure> {
    let mut folder = Folder::of(visit, reader, case).await?;
    folder.read_files(reader).await?;
    let next = match &folder.case {
        None => Next::Begin,
        Some(case) if case.status == Status::Returned => amend(visit, &folder, reader, case.decided_at).await?,
        Some(_) => go_on(visit, &folder),
    };
    let bureau = match &folder.case {
        Some(case) if case.round > 0 => case.bureau.clone(),
        _ => folder.answers.bureau(&folder.cx()).map(|bureau| bureau.code.clone()),
    };
    Ok((folder.account, next, bureau))
}

fn go_on(visit: &Visit, folder: &Folder) -> Next {
    let (tasks, words) = (folder.tasks(), Words::of(&visit.province.profile));
    let open = tasks.iter().filter(|(_, state)| *state != TaskState::Done);
    Next::GoOn {
        left: open.map(|(task, _)| words.task(*task).to_owned()).collect(),
        link: next_task(&tasks).map_or_else(|| path(visit, "intake"), |task| task_path(visit, task)),
        saved_at: folder.saved.values().map(|saved| saved.at).max(),
    }
}

async fn amend(visit: &Visit, folder: &Folder, reader: &mut Reader, at: Option<DateTime<Utc>>) -> Result<Next, Failure> {
    let rejected = show::rejected(visit, folder, None);
    if !folder.is_returned() {
        let reason = progress::reason_of_return(folder, reader).await?;
        let first = match rejected.into_iter().next().filter(|_| reason.is_empty()) {
            Some(item) => (item.label, item.reason),
            None => (String::new(), reason),
        };
        return Ok(Next::Amend { items: 0, left: 0, first, at });
    }
    let open: Vec<_> = rejected.iter().filter(|item| !item.is_amended && item.explanation.is_none()).collect();
    let first = open.first().map(|item| (item.label.clone(), item.reason.clone())).unwrap_or_default();
    Ok(Next::Amend { items: rejected.len(), left: open.len(), first, at })
}

/// 原证书号 of somebody who was imported and has begun nothing yet.
async fn certificate(visit: &Visit, reader: &mut Reader, id: &AccountId, is_new: bool) -> Result<String, Failure> {
    if !is_new || !visit.province.profile.account.has_legacy_holders {
        return Ok(String::new());
    }
    let Some(holder) = reader.find_legacy_holder(id).await? else { return Ok(String::new()) };
    let number = visit.services.vault.open_text("legacy.certificate", id.as_str(), &holder.certificate_sealed)?;
    Ok(mask::document(&number))
}

/// A 手机号更换 that is not over. It may come from somebody else, so that the owner has to see it.
async fn phone_change(visit: &Visit, reader: &mut Reader, id: &AccountId) -> Result<Option<CaseSummary>, Failure> {
    if visit.province.profile.phone_change.is_none() {
        return Ok(None);
    }
    let kind = CaseKind::PhoneChange;
    let Some(case) = reader.find_latest_case(id, kind).await? else { return Ok(None) };
    let is_running = match case.status {
        Status::Submitted | Status::Returned => true,
        Status::Approved => visit.services.kinds.of(kind).effective_at(reader, &case.id).await?.is_some(),
        Status::Draft | Status::Closed => false,
    };
    Ok(is_running.then(|| summary(&case, &visit.province.bureaus)))
}

async fn record(visit: &Visit, reader: &mut Reader, id: &AccountId) -> Result<Option<RecordCard>, Failure> {
    let Some(row) = reader.find_record(id).await? else { return Ok(None) };
    let plain = visit.services.vault.open("record.body", &row.id, &row.body_sealed)?;
    let body: RecordBody = serde_json::from_slice(&plain)?;
    let cx = Context::of(&visit.province, &body.holder, &body.answers, visit.services.today());
    let level = highest_qualification(&cx, &body.answers).unwrap_or_default();
    let photo = portrait(&visit.province, &body);
    let sure_at = reader.find_record_check(id).await?.map_or(row.created_at, |at| at.max(row.created_at));
    let rules = &visit.province.profile.record;
    // Nobody changes a copy.
    let is_here = done_here(visit, CaseKind::Change, Doing::Open).is_ok();
    let is_check_due = is_here && rules.is_check_due(china_date(sure_at), visit.services.today());
    Ok(Some(RecordCard { level, number: body.case_number, at: row.created_at, photo, is_check_due }))
}
