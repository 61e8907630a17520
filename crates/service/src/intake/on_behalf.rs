//! 窗口代办: what somebody has filled in is handed in by two of the staff, for who cannot do it themselves. It is checked as the
//! person's own submission is, and is marked.

use domain::case::{Action, Check, CheckRule, Level, Role, Status, permitted};
use domain::id::AccountId;
use domain::province::PledgeAt;
use serde_json::json;
use store::case::file::CaseRow;
use store::{Reader, Tx};

use super::load::{Folder, KIND};
use super::submit::{Ready, complete, hand_in, submitted};
use super::turn::standing;
use super::{TakenIn, pledge};
use crate::case::{By, OnBehalf, Prepared, bureau_name, desk_without, line};
use crate::notify::{News, tell};
use crate::{Failure, Visit};

/// What the timeline says, to the person too.
const NOTE: &str = "窗口代办";

/// Whether somebody's application can be begun or filled in now.
///
/// # Errors
/// `AlreadySubmitted`, `AlreadyCollected`, `NotAllowedIn`, `Store`.
pub(super) async fn may_fill_in(visit: &Visit, reader: &mut Reader, account: &AccountId) -> Result<(), Failure> {
    let case = reader.find_latest_case(account, KIND).await?;
    let case = standing(reader, case).await?;
    let status = case.map_or(Status::Draft, |case| case.status);
    Ok(permitted(status, Role::Owner, Action::Save, &visit.kind_rules(KIND))?)
}

/// What somebody could hand in now; `None` where there is nothing, or it is with the bureau.
///
/// # Errors
/// `Store`, `Broken`.
pub(super) async fn prepared(visit: &Visit, reader: &mut Reader, account: &AccountId) -> Result<Option<Prepared>, Failure> {
    let folder = Folder::load_for(visit, reader, account).await?;
    if folder.case.is_none() || folder.permit(folder.next()).is_err() {
        return Ok(None);
    }
    Ok(Some(Prepared {
        print: print(visit, &folder)?,
        bureau: folder.answers.bureau(&folder.cx()).map(|bureau| bureau.code.clone()),
        is_complete: complete(&folder).is_ok(),
    }))
}

/// A keyed hash (hex) of everything that would be handed in.
fn print(visit: &Visit, folder: &Folder) -> Result<String, Failure> {
    let case = folder.case.as_ref().map(|case| (&case.id, case.round));
    let files: Vec<_> = folder.files.values().flatten().map(|row| (&row.slot, &row.sha256)).collect();
    let promise = &folder.province().profile.intake_line().briefing.pledge_version;
    let all = (case, &folder.answers, files, &folder.account.name, &folder.document, promise, folder.explained_as_they_were());
    Ok(hex::encode(visit.services.vault.keyed_hash("prepared", &serde_json::to_string(&all)?)))
}

/// Hands it in as two of the staff have agreed to; neither of them decides it, so it goes to the bureau of the answers, or where
/// nobody else works there, to the nearest above it. `None` when it has changed since, or is with the bureau already.
///
/// # Errors
/// `NotComplete`, `NoBureau`, `NotAllAmended`, `NoSecondPerson`, `Store`, `Broken`.
pub(super) async fn take_in(tx: &mut Tx, of: OnBehalf<'_>) -> Result<Option<CaseRow>, Failure> {
    let (visit, (taker, name)) = (of.visit, of.taken_in_by);
    let case = tx.lock_latest_case(&of.account.id, KIND).await?;
    let mut folder = Folder::of_account(visit, tx, &of.account.id, case).await?;
    folder.read_files(tx).await?;
    let Some(case) = folder.case.clone().filter(|_| folder.permit(folder.next()).is_ok()) else { return Ok(None) };
    if print(visit, &folder)? != of.print {
        return Ok(None);
    }
    if folder.province().profile.intake_line().pledge_at == PledgeAt::End {
        // Made at the counter, before both of them.
        pledge::keep(visit, &case.id, tx).await?;
        folder.is_pledged = true;
    }
    let application = complete(&folder)?;
    let mut submitted = submitted(visit, tx, &folder, String::new()).await?;
    submitted.taken_in =
        Some(TakenIn { by: name.to_owned(), confirmed_by: of.confirmed_by.name.clone(), reason: of.reason.to_owned() });
    let bureau = desk_without(tx, visit, &application.bureau, &case.id, [taker, &of.confirmed_by.id]).await?;
    let by = By::counter(taker.as_str(), name);
    let now = hand_in(visit, tx, &folder, Ready { bureau: &bureau, submitted: &submitted, by, note: NOTE }).await?;
    let second = By::counter(of.confirmed_by.id.as_str(), &of.confirmed_by.name);
    tx.add_event(&line(&visit.services, &now, Action::Endorse, second, NOTE)?).await?;
    told(tx, of, &now).await?;
    let detail = json!({ "round": now.round, "bureau": bureau, "number": now.number, "taken_in_by": taker });
    tx.audit(&visit.entry("take_in", "case", now.id.as_str(), detail)).await?;
    Ok(Some(now))
}

async fn told(tx: &mut Tx, of: OnBehalf<'_>, now: &CaseRow) -> Result<(), Failure> {
    let bureau = bureau_name(&of.visit.province, now.bureau.as_ref());
    let (number, due_on) = (now.number.as_deref().unwrap_or_default(), now.due_on.unwrap_or_default());
    let body = format!(
        "您的申请已由窗口代为提交，由{bureau}审核，受理编号 {number}，预计 {due_on} 前审核完毕。如非本人办理，请立即联系该财政局。"
    );
    let key = format!("taken_in:{}:{}", now.id, now.round);
    let sms = Some(("taken_in", body.clone()));
    let news = News { case: Some(&now.id), title: "申请已由窗口代为提交", body: &body, sms, dedupe_key: &key };
    tell(tx, &of.visit.services, of.account, news).await
}

/// What the reviewer of an application reads that was taken in.
pub(super) fn shown(of: &TakenIn) -> Check {
    let input = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Check {
        rule: CheckRule::TakenIn,
        level: Level::Look,
        item: String::new(),
        inputs: vec![input("by", &of.by), input("confirmed_by", &of.confirmed_by), input("reason", &of.reason)],
    }
}
