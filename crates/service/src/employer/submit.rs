//! 提交 of a claim: what it is about goes along with it, and is checked once more on what is stored.

use domain::answer::Answer;
use domain::case::{Action, Refusal, Status};
use domain::employer::bureau_of;
use domain::employer::forms::{Claimed, HandInForm, check_claim};
use domain::fault::{Fault, FieldErrors};
use domain::id::{BureauCode, CaseId};
use serde_json::json;
use store::{Reader, Tx};

use super::file::Held;
use super::{ClaimBody, KIND, case_page, obstacle, rules};
use crate::case::{By, HandIn, SubmittedFile, bureau_of_person, hand_in, once, promise, seal_body, tell_handed_in};
use crate::{Failure, Visit};

/// Hands a claim in, or hands it in again after a return. A repetition with the same key gets the same answer; what stands in the way is
/// told on the page, which keeps what was typed.
///
/// # Errors
/// `Invalid` with `NotAgreed`, faults at `code` and `name`, and `FileMissing` at the slots; `AlreadySubmitted`, `NotFound`, `Stale`
/// for a key that no page gave out.
pub async fn submit_claim(visit: &Visit, form: &HandInForm) -> Result<Answer, Failure> {
    visit.account()?;
    rules(visit)?;
    let (work, form, id) = (visit.clone(), form.clone(), CaseId::from(form.case.as_str()));
    let (key, case) = (form.request_key.clone(), id.clone());
    let handed_in = once(visit, ("claim", &key), &case, move |tx| {
        Box::pin(async move {
            let held = Held::lock(&work, tx, &id).await?;
            hand_over(tx, &work, &held, &form).await?;
            Ok(Answer::go(case_page(&work, &id)))
        })
    });
    handed_in.await
}

async fn hand_over(tx: &mut Tx, visit: &Visit, held: &Held, form: &HandInForm) -> Result<(), Failure> {
    let case = &held.case;
    let action = if case.status == Status::Returned { Action::Resubmit } else { Action::Submit };
    held.permit(visit, action)?;
    // Claims of one person line up, so that none of two of one employer slips by the other.
    tx.lock_account(&case.account_id).await?.ok_or(Refusal::SignInAgain)?;
    let claimed = complete(visit, held, form)?;
    let code = claimed.code.as_str();
    // What was typed is kept, whatever stands in the way: the page shows both.
    tx.save_employer_claim((&case.id, &case.account_id), (code, &claimed.name)).await?;
    if obstacle(visit, tx, &case.account_id, (code, Some(&case.id))).await?.is_some() {
        return Ok(tx.audit(&visit.entry("save_draft", "case", case.id.as_str(), json!({ "employer": code }))).await?);
    }
    promise(tx, visit, case).await?;
    let bureau = bureau(tx, visit, held, &claimed).await?;
    let files = held.files.iter();
    let files = files.map(|row| SubmittedFile { slot: row.slot.clone(), id: row.id.clone(), sha256: row.sha256.clone() });
    let body = ClaimBody { code: code.to_owned(), name: claimed.name.clone(), files: files.collect() };
    let what = HandIn {
        bureau: &bureau,
        form_version: case.form_version,
        body_sealed: seal_body(&visit.services, &case.id, case.round + 1, &body)?,
        by: By::owner(case, &held.account.name),
        note: "",
    };
    let now = hand_in(tx, visit, case, what).await?;
    tell_handed_in(tx, visit, &held.account, &now).await?;
    let detail = json!({ "round": now.round, "employer": code, "bureau": now.bureau });
    Ok(tx.audit(&visit.entry(action.code(), "case", case.id.as_str(), detail)).await?)
}

/// What it is about, where that is in order, the papers are there, and the promise is made.
fn complete(visit: &Visit, held: &Held, form: &HandInForm) -> Result<Claimed, Failure> {
    let (mut errors, claimed) = match check_claim(&form.code, &form.name) {
        Ok(claimed) => (FieldErrors::default(), Some(claimed)),
        Err(errors) => (errors, None),
    };
    let asked = visit.line(KIND).attachments.iter().filter(|slot| slot.required);
    for slot in asked.filter(|slot| !held.files.iter().any(|file| file.slot == slot.slot)) {
        errors.push(&slot.slot, Fault::FileMissing);
    }
    if form.agreed != "yes" {
        errors.push("agreed", Fault::NotAgreed);
    }
    match claimed {
        Some(claimed) => Ok(errors.or(claimed)?),
        None => Err(errors.into()),
    }
}

/// That of the division that registered the employer; where that is none of the province, the one that has the person's record.
async fn bureau(reader: &mut Reader, visit: &Visit, held: &Held, claimed: &Claimed) -> Result<BureauCode, Failure> {
    match bureau_of(&claimed.code, &visit.province.divisions, &visit.province.bureaus) {
        Some(bureau) => Ok(bureau),
        None => bureau_of_person(reader, visit, &held.case.account_id).await,
    }
}
