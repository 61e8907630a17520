//! 提交 of a reward: what it is goes along with it, and is checked once more on what is stored.

use domain::answer::Answer;
use domain::case::{Action, Refusal, Status};
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use domain::integrity::Reward;
use domain::integrity::forms::HandRewardForm;
use serde_json::json;
use store::Tx;

use super::super::{REWARD, case_page, rules};
use super::file::Held;
use super::{RewardBody, obstacle};
use crate::case::{By, HandIn, SubmittedFile, bureau_of_person, hand_in, once, promise, seal_body, tell_handed_in};
use crate::{Failure, Visit};

/// Hands a reward in, or hands it in again after a return. A repetition with the same key gets the same answer; what stands in the way is
/// told on the page, which keeps what was typed.
///
/// # Errors
/// `Invalid` with the faults of the form, `FileMissing` at the slots and `NotAgreed`; `AlreadySubmitted`, `NotFound`, `Stale` for a key
/// that no page gave out.
pub async fn submit_reward(visit: &Visit, form: &HandRewardForm) -> Result<Answer, Failure> {
    visit.account()?;
    rules(visit)?;
    let (work, form, id) = (visit.clone(), form.clone(), CaseId::from(form.case.as_str()));
    let (key, case) = (form.request_key.clone(), id.clone());
    let handed_in = once(visit, ("reward", &key), &case, move |tx| {
        Box::pin(async move {
            let held = Held::lock(&work, tx, &id).await?;
            hand_over(tx, &work, &held, &form).await?;
            Ok(Answer::go(case_page(&work, &id)))
        })
    });
    handed_in.await
}

async fn hand_over(tx: &mut Tx, visit: &Visit, held: &Held, form: &HandRewardForm) -> Result<(), Failure> {
    let case = &held.case;
    let action = if case.status == Status::Returned { Action::Resubmit } else { Action::Submit };
    held.permit(visit, action)?;
    // Rewards of one person line up, so that none of two equal ones slips by the other.
    tx.lock_account(&case.account_id).await?.ok_or(Refusal::SignInAgain)?;
    let reward = complete(visit, held, form)?;
    // What was typed is kept, whatever stands in the way: the page shows both.
    tx.save_reward((&case.id, &case.account_id), &reward).await?;
    if obstacle(visit, tx, &case.account_id, (Some(&reward), Some(&case.id))).await?.is_some() {
        return Ok(tx.audit(&visit.entry("save_draft", "case", case.id.as_str(), json!({ "level": reward.level }))).await?);
    }
    promise(tx, visit, case).await?;
    let bureau = bureau_of_person(tx, visit, &case.account_id).await?;
    let files = held.files.iter();
    let files = files.map(|row| SubmittedFile { slot: row.slot.clone(), id: row.id.clone(), sha256: row.sha256.clone() });
    let level = rules(visit)?.level(&reward.level).map(|level| level.label.clone()).unwrap_or_default();
    let body = RewardBody { reward, level, files: files.collect() };
    let what = HandIn {
        bureau: &bureau,
        form_version: case.form_version,
        body_sealed: seal_body(&visit.services, &case.id, case.round + 1, &body)?,
        by: By::owner(case, &held.account.name),
        note: "",
    };
    let now = hand_in(tx, visit, case, what).await?;
    tell_handed_in(tx, visit, &held.account, &now).await?;
    let detail = json!({ "round": now.round, "level": body.reward.level, "bureau": now.bureau });
    Ok(tx.audit(&visit.entry(action.code(), "case", case.id.as_str(), detail)).await?)
}

/// The reward, where it is in order, the proof is there, and the promise is made.
fn complete(visit: &Visit, held: &Held, form: &HandRewardForm) -> Result<Reward, Failure> {
    let (mut errors, reward) = match form.reward().check(rules(visit)?, visit.services.today()) {
        Ok(reward) => (FieldErrors::default(), Some(reward)),
        Err(errors) => (errors, None),
    };
    let asked = visit.line(REWARD).attachments.iter().filter(|slot| slot.required);
    for slot in asked.filter(|slot| !held.files.iter().any(|file| file.slot == slot.slot)) {
        errors.push(&slot.slot, Fault::FileMissing);
    }
    if form.agreed != "yes" {
        errors.push("agreed", Fault::NotAgreed);
    }
    match reward {
        Some(reward) => Ok(errors.or(reward)?),
        None => Err(errors.into()),
    }
}
