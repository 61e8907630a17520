//! 提交 of a conversion: everything is checked again on what is stored, and kept as it is then.

use domain::answer::Answer;
use domain::case::{Refusal, check_remark};
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use domain::learning::forms::ConvertForm;
use domain::learning::{LearningRules, NotConverted, Reckoning, WindowFor};
use serde_json::json;
use store::Tx;

use super::file::Claimed;
use super::start::refused;
use super::{ConversionBody, case_path, converting, imported, is_collected, year_of};
use crate::case::{SubmittedFile, bureau_of_person, hand_in_sheet, handing_in, once};
use crate::{Failure, Visit};

/// Hands a conversion in, or hands it in again after a return. A repetition with the same key gets the same answer.
///
/// # Errors
/// `Invalid` with `TooLong` at `remark`, or with `NotAgreed`, the faults of the answers and `FileMissing` at the proofs; `Conversion` with the way out,
/// `AlreadySubmitted`, `NotFound`, `Stale` for a key that no page gave out and for answers that were saved since they were seen.
pub async fn submit_conversion(visit: &Visit, form: &ConvertForm) -> Result<Answer, Failure> {
    visit.account()?;
    converting(visit)?;
    let form = ConvertForm { remark: check_remark(&form.remark)?, ..form.clone() };
    let (work, id) = (visit.clone(), CaseId::from(form.case.as_str()));
    let (key, case) = (form.request_key.clone(), id.clone());
    let handed_in = once(visit, ("convert", &key), &case, move |tx| {
        Box::pin(async move {
            let claimed = Claimed::lock(&work, tx, &id).await?;
            hand_over(tx, &work, &claimed, &form).await?;
            Ok(Answer::go(case_path(&work, &id)))
        })
    });
    handed_in.await
}

async fn hand_over(tx: &mut Tx, visit: &Visit, claimed: &Claimed, form: &ConvertForm) -> Result<(), Failure> {
    let (rules, case) = (converting(visit)?, &claimed.case);
    claimed.permit(visit, handing_in(case))?;
    // What is sealed is what stood on the page.
    if form.version.parse::<i64>() != Ok(claimed.version()) {
        return Err(Failure::Stale);
    }
    // Conversions of one person line up, so that none of two equal ones slips by the other.
    tx.lock_account(&case.account_id).await?.ok_or(Refusal::SignInAgain)?;
    is_collected(tx, &case.account_id).await?;
    let year = year_of(claimed.row.year);
    // What the bureau gave back was in time when it was handed in first, for that year.
    if claimed.year_before(visit, tx).await? != Some(year) {
        let opening = rules.opening(year, WindowFor::Conversion, visit.services.today());
        opening.map_err(|shut| refused(NotConverted::Shut(shut)))?;
    }
    let reckoning = complete(tx, visit, claimed, rules, form).await?;
    let hash = visit.services.vault.keyed_hash("conversion", &reckoning.same_key);
    if let Some(same) = tx.find_same_conversion(&case.account_id, &hash).await?.filter(|same| same.case_id != case.id) {
        let number = same.number.unwrap_or_default();
        return Err(refused(NotConverted::Same { case: same.case_id, number, status: same.status }));
    }
    if tx.is_imported(&case.account_id, &hash).await? {
        return Err(refused(imported()));
    }
    tx.ask_conversion(&case.id, reckoning.amount.hundredths(), &hash).await?;
    let files = claimed.files.iter();
    let files = files.map(|row| SubmittedFile { slot: row.slot.clone(), id: row.id.clone(), sha256: row.sha256.clone() });
    let asked = claimed.kind(rules)?.proofs.iter();
    let body = ConversionBody {
        year,
        kind: claimed.row.kind.clone(),
        option: claimed.row.choice.clone(),
        answers: claimed.answers.clone(),
        files: files.filter(|file| asked.clone().any(|slot| *slot == file.slot)).collect(),
        reckoning,
        remark: form.remark.clone(),
    };
    let bureau = bureau_of_person(tx, visit, &case.account_id).await?;
    let noted = json!({ "year": year, "kind": claimed.row.kind });
    hand_in_sheet(tx, visit, (&claimed.account, case), (&bureau, &body), noted).await
}

/// What it gives, where the answers are in order, the proofs are there, and the promise is made.
async fn complete(
    tx: &mut Tx,
    visit: &Visit,
    claimed: &Claimed,
    rules: &LearningRules,
    form: &ConvertForm,
) -> Result<Reckoning, Failure> {
    let mut errors = FieldErrors::default();
    let reckoned = match claimed.reckon(visit, tx, rules).await? {
        Ok(reckoning) => Ok(reckoning),
        Err(unreckoned) => match unreckoned.faults() {
            Ok(faults) => {
                errors = faults;
                Err(Failure::NotFound)
            }
            Err(Some(why)) => Err(refused(why)),
            Err(None) => Err(Failure::NotFound),
        },
    };
    let asked = claimed.kind(rules)?.proofs.iter().filter_map(|slot| rules.proof(slot));
    for proof in asked.filter(|proof| proof.required && !claimed.files.iter().any(|file| file.slot == proof.slot)) {
        errors.push(&proof.slot, Fault::FileMissing);
    }
    if form.agreed != "yes" {
        errors.push("agreed", Fault::NotAgreed);
    }
    errors.or(())?;
    reckoned
}
