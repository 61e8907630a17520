//! 提交 of a claim: what it is about goes along with it, and is checked once more on what is stored.

use domain::answer::Answer;
use domain::employer::bureau_of;
use domain::employer::forms::{Claimed, HandInForm, check_claim};
use domain::id::{BureauCode, CaseId};
use serde_json::json;
use store::case::file::CaseRow;
use store::employer::ClaimRow;
use store::{Reader, Tx};

use super::{ClaimBody, case_page, obstacle, rules};
use crate::case::{Held, bureau_of_person, hand_in_sheet, once};
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
            let held = Held::<ClaimRow>::lock(&work, tx, &id).await?;
            hand_over(tx, &work, &held, &form).await?;
            Ok(Answer::go(case_page(&work, &id)))
        })
    });
    handed_in.await
}

async fn hand_over(tx: &mut Tx, visit: &Visit, held: &Held<ClaimRow>, form: &HandInForm) -> Result<(), Failure> {
    let case = &held.case;
    held.to_hand_in(visit, tx).await?;
    let claimed = held.complete(visit, check_claim(&form.code, &form.name), &form.agreed)?;
    let code = claimed.code.as_str();
    // What was typed is kept, whatever stands in the way: the page shows both.
    tx.save_employer_claim((&case.id, &case.account_id), (code, &claimed.name)).await?;
    if obstacle(visit, tx, &case.account_id, (code, Some(&case.id))).await?.is_some() {
        return Ok(tx.audit(&visit.entry("save_draft", "case", case.id.as_str(), json!({ "employer": code }))).await?);
    }
    let bureau = bureau(tx, visit, case, &claimed).await?;
    let body = ClaimBody { code: code.to_owned(), name: claimed.name.clone(), files: held.papers() };
    hand_in_sheet(tx, visit, (&held.account, case), (&bureau, &body), json!({ "employer": code })).await
}

/// That of the division that registered the employer; where that is none of the province, the one that has the person's record.
async fn bureau(reader: &mut Reader, visit: &Visit, case: &CaseRow, claimed: &Claimed) -> Result<BureauCode, Failure> {
    match bureau_of(&claimed.code, &visit.province.divisions, &visit.province.bureaus) {
        Some(bureau) => Ok(bureau),
        None => bureau_of_person(reader, visit, &case.account_id).await,
    }
}
