//! 提交 of a change: what takes effect at once does, and the rest waits for the bureau that has the record.

use domain::answer::Answer;
use domain::case::{Action, Judged, Refusal, Status, check_remark};
use domain::change::Way;
use domain::change::forms::SubmitForm;
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use serde_json::json;
use store::Tx;
use store::case::file::CaseRow;

use super::body::ChangeBody;
use super::effect::Next;
use super::file::Folder;
use super::moves::{Moving, moving};
use super::{KIND, page, rules};
use crate::case::{By, HandIn, SubmittedFile, desk_of, hand_in, line, once, open_beside, promise, seal_body, tell_handed_in};
use crate::intake::certificates;
use crate::notify::{News, tell};
use crate::{Failure, Visit};

/// Hands a change in, or hands it in again after a return; where it leads to another bureau, to the first that decides on that. A
/// repetition with the same key gets the same answer.
///
/// # Errors
/// `Invalid` with `NotAgreed` and with `FileMissing` at the slots; `NotComplete` where nothing is changed, the record as it would be
/// breaks a rule, it would go to a bureau to which nobody is transferred, or another decision of it is open; `NotAllAmended`,
/// `AlreadySubmitted`, `NotFound`, `Stale`.
pub async fn submit_change(visit: &Visit, form: &SubmitForm) -> Result<Answer, Failure> {
    visit.account()?;
    rules(visit)?;
    let case = {
        let mut reader = visit.services.db.read().await?;
        reader.find_latest_case(visit.account()?, KIND).await?.ok_or(Refusal::NotComplete)?.id
    };
    let (remark, work, id, agreed) = (check_remark(&form.remark)?, visit.clone(), case.clone(), form.agreed == "yes");
    let handed_in = once(visit, ("change", &form.request_key), &case, move |tx| {
        Box::pin(async move {
            hand_over(tx, &work, &id, (agreed, remark)).await?;
            Ok(Answer::go(page(&work, "all")))
        })
    });
    handed_in.await
}

async fn hand_over(tx: &mut Tx, visit: &Visit, id: &CaseId, (agreed, remark): (bool, String)) -> Result<(), Failure> {
    let case = tx.lock_case(id).await?.filter(|case| Some(&case.account_id) == visit.account().ok()).ok_or(Failure::NotFound)?;
    // Whatever else writes the record lines up at the account.
    tx.lock_account(&case.account_id).await?.ok_or(Refusal::SignInAgain)?;
    let folder = Folder::of(visit, tx, Some(case.clone())).await?.ok_or(Failure::NotFound)?;
    let action = if case.status == Status::Returned { Action::Resubmit } else { Action::Submit };
    folder.permit(visit, action)?;
    if open_beside(tx, &case.account_id, KIND).await?.is_some() {
        return Err(Refusal::NotComplete.into());
    }
    let moving = moving(visit, &folder).map_err(|_why| Refusal::NotComplete)?;
    let items = complete(visit, &folder, agreed)?;
    promise(tx, visit, &case).await?;
    let (at_once, reviewed) = split(visit, &folder, items)?;
    let body = body(&folder, visit, (at_once, reviewed), (remark, moving))?;
    let first = body.moving.as_ref().map_or(&folder.record.bureau, Moving::first);
    let bureau = desk_of(tx, visit, first, &case.id).await?;
    let what = HandIn {
        bureau: &bureau,
        form_version: visit.province.profile.intake.form_version.into(),
        body_sealed: seal_body(&visit.services, &case.id, case.round + 1, &body)?,
        by: By::owner(&case, &folder.account.name),
        note: "",
    };
    let now = hand_in(tx, visit, &case, what).await?;
    let numbers = certificates(&visit.services.vault, &folder.cx(), &folder.answers);
    let new: Vec<_> = numbers.into_iter().filter(|(item, _)| body.items.contains(item)).collect();
    tx.save_certificates(&case.id, &new).await?;
    let version = if body.at_once.is_empty() { None } else { Some(apply_at_once(tx, visit, &folder, &now, &body).await?) };
    if body.items.is_empty() {
        settle(tx, visit, &folder, &now).await?;
    } else {
        tell_handed_in(tx, visit, &folder.account, &now).await?;
    }
    let to = body.moving.as_ref().map(|moving| &moving.to);
    let detail = json!({ "round": now.round, "items": body.items, "at_once": body.at_once, "record": version, "to": to });
    Ok(tx.audit(&visit.entry(action.code(), "case", case.id.as_str(), detail)).await?)
}

/// What is changed, when nothing is missing or wrong.
fn complete(visit: &Visit, folder: &Folder, agreed: bool) -> Result<Vec<String>, Failure> {
    let items = folder.changed();
    if items.is_empty() || folder.answers.check(&folder.cx()).is_err() {
        return Err(Refusal::NotComplete.into());
    }
    let left = folder.as_they_were(visit)?;
    if !left.is_empty() && visit.line(KIND).returns == Judged::PerItem {
        return Err(Refusal::NotAllAmended { items: left }.into());
    }
    let mut errors = FieldErrors::default();
    for (slot, _) in folder.slots(visit, &items)?.iter().filter(|(slot, _)| slot.required) {
        if !folder.files.iter().any(|file| file.slot == slot.slot) {
            errors.push(&slot.slot, Fault::FileMissing);
        }
    }
    if !agreed {
        errors.push("agreed", Fault::NotAgreed);
    }
    Ok(errors.or(items)?)
}

/// What takes effect at once, and what is reviewed. Where the record would break a rule with the former alone, all of it waits.
fn split(visit: &Visit, folder: &Folder, items: Vec<String>) -> Result<(Vec<String>, Vec<String>), Failure> {
    let rules = rules(visit)?;
    let (at_once, reviewed): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| rules.way(item) == Some(Way::AtOnce));
    let alone = folder.with(&at_once);
    if reviewed.is_empty() || alone.check(&folder.cx().with(&alone)).is_ok() {
        return Ok((at_once, reviewed));
    }
    Ok((Vec::new(), reviewed.into_iter().chain(at_once).collect()))
}

fn body(
    folder: &Folder,
    visit: &Visit,
    (at_once, items): (Vec<String>, Vec<String>),
    (remark, moving): (String, Option<Moving>),
) -> Result<ChangeBody, Failure> {
    let all: Vec<String> = items.iter().chain(&at_once).cloned().collect();
    let slots: Vec<&str> = folder.slots(visit, &items)?.into_iter().map(|(slot, _)| slot.slot.as_str()).collect();
    let of_slot = |slot: &&str| folder.files.iter().filter(|file| file.slot == *slot).collect::<Vec<_>>();
    let files = slots.iter().flat_map(of_slot);
    let files = files.map(|row| SubmittedFile { slot: row.slot.clone(), id: row.id.clone(), sha256: row.sha256.clone() });
    Ok(ChangeBody {
        before: folder.before.clone(),
        answers: folder.with(&all),
        files: files.collect(),
        filed: folder.filed.files.iter().filter(|file| slots.contains(&file.slot.as_str())).cloned().collect(),
        holder: folder.holder.clone(),
        items,
        at_once,
        remark,
        moving,
    })
}

/// The version that has what takes effect at once.
async fn apply_at_once(tx: &mut Tx, visit: &Visit, folder: &Folder, row: &CaseRow, body: &ChangeBody) -> Result<i64, Failure> {
    let next = Next {
        visit,
        account: &folder.account,
        row,
        items: &body.at_once,
        answers: &body.answers,
        before: &body.before,
        files: &[],
        moves: None,
    };
    Ok(next.write(tx).await?.0)
}

/// Nothing is left for the bureau: the house itself ends the case.
async fn settle(tx: &mut Tx, visit: &Visit, folder: &Folder, now: &CaseRow) -> Result<(), Failure> {
    let by = By { kind: "system", id: "system", name: "系统" };
    tx.add_event(&line(&visit.services, now, Action::Approve, by, "")?).await?;
    tx.move_case(now, Status::Approved, None, visit.now()).await?;
    let (name, number) = (&visit.line(KIND).name, now.number.as_deref().unwrap_or_default());
    let text = format!("您的{name}（编号 {number}）不需要审核，已经生效。");
    let dedupe_key = format!("at_once:{}:{}", now.id, now.round);
    let title = format!("{name}已生效");
    let news = News { case: Some(&now.id), title: &title, body: &text, sms: None, dedupe_key: &dedupe_key };
    tell(tx, &visit.services, &folder.account, news).await
}
