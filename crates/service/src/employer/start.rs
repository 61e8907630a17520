//! A new claim: a draft of its own, which takes the pictures.

use domain::answer::{Answer, Flash};
use domain::case::{Refusal, Status};
use domain::employer::NotClaimed;
use domain::employer::forms::{ClaimForm, Claimed, check_claim};
use domain::id::CaseId;
use serde_json::json;
use store::Tx;
use store::case::file::CaseRow;

use super::{KIND, MOST, case_page, obstacle, page, rules};
use crate::{Failure, Visit};

/// The questions are of one version.
const FORM: i64 = 1;

/// Opens a claim of an employer. The same once more leads to the same draft; what stands in the way is told on the page.
///
/// # Errors
/// Faults at `code` and `name`; `NotFound` where the province has no such thing, `SignInAgain`, `Store`.
pub async fn start_claim(visit: &Visit, form: &ClaimForm) -> Result<Answer, Failure> {
    visit.account()?;
    rules(visit)?;
    let (wanted, work) = (check_claim(&form.code, &form.name)?, visit.clone());
    match visit.write(move |tx| Box::pin(async move { open(tx, &work, &wanted).await })).await? {
        Ok(case) => Ok(Answer::go(case_page(visit, &case))),
        Err(why) => {
            // What was typed stands there again.
            visit.keep_flash(Flash::of("employer", form, Answer::default())).await?;
            Ok(Answer::go(format!("{}&not={}", page(visit), why.code())))
        }
    }
}

async fn open(tx: &mut Tx, visit: &Visit, wanted: &Claimed) -> Result<Result<CaseId, NotClaimed>, Failure> {
    // Two windows that begin at once line up.
    let account = tx.lock_account(visit.account()?).await?.ok_or(Refusal::SignInAgain)?;
    let code = wanted.code.as_str();
    let claims = tx.list_employer_claims(&account.id, MOST).await?;
    if let Some(draft) = claims.iter().find(|claim| claim.status == Status::Draft && claim.code == code) {
        return Ok(Ok(draft.case_id.clone()));
    }
    if let Some(why) = obstacle(visit, tx, &account.id, (code, None)).await? {
        return Ok(Err(why));
    }
    let case = CaseRow::new(visit.services.ids.id().into(), KIND, &account, FORM, visit.now());
    crate::case::open(tx, visit, &case).await?;
    tx.save_employer_claim((&case.id, &account.id), (code, &wanted.name)).await?;
    tx.audit(&visit.entry("begin", "case", case.id.as_str(), json!({ "employer": code }))).await?;
    Ok(Ok(case.id))
}
