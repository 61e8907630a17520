//! 登录 by a mobile number and the code that was sent to it, with or without the document number.

use chrono::Duration;
use domain::account::forms::{CodePurpose, DOCUMENT_END, MobileLoginForm};
use domain::account::ways::DocumentLoginForm;
use domain::fault::{Fault, FieldErrors};
use domain::form::Form;
use domain::limit::Limited;
use domain::province::LoginWay;
use serde::Serialize;
use serde_json::json;
use store::Tx;
use store::account::AccountRow;

use super::{admit, enter, locked};
use crate::account::{Judged, code, count, offers};
use crate::clock::is_recent;
use crate::vault::same;
use crate::visit::Sent;
use crate::{Entered, Failure, Limit, Visit, wrong};

/// An account that nobody signed in to for so long needs more than the code: the number may have been given to another person.
const UNUSED: Duration = Duration::days(180);
/// Tries for the end of one document number: ten thousand would be guessed.
const ENDS: Limit = Limit::new(Limited::DocumentEnds, 5, 86_400);

/// Where a sign-in by a code stands before it is judged.
enum Begun<A> {
    /// Its answer was lost, and is given again.
    Again(Entered),
    /// What was sent, and what is asked.
    Asked(Sent, A),
}

/// The beginning of both ways: offered here, sent for the first time, with everything that is asked for, from an address that is not
/// too busy. The picture was read when the code was asked for.
async fn begin<F: Form + Serialize, A>(
    visit: &Visit,
    (way, purpose): (LoginWay, CodePurpose),
    form: &F,
    check: fn(&F, u32) -> Result<A, FieldErrors>,
) -> Result<Begun<A>, Failure> {
    offers(visit, way)?;
    let sent = visit.sent(way.key(), form)?;
    if let Some(entered) = visit.once_more(&sent).await? {
        return Ok(Begun::Again(entered));
    }
    let mut form = form.clone();
    if let Some(passed) = code::passed_captcha(visit, purpose, form.get("mobile"))? {
        form.set("captcha", passed);
    }
    let asked = check(&form, code::digits(visit))?;
    admit(visit, None, "login:address", Vec::new()).await?;
    Ok(Begun::Asked(sent, asked))
}

/// Signs in with a mobile number and the code that was sent to it; after long without a sign-in also with the last four
/// characters of the document number, because the telephone may be another person's by now.
///
/// # Errors
/// `Invalid` (the faults of the code, `DocumentEnd`, `DocumentEndWrong`), `NotFound` where the province
/// offers another way, `Locked`, `TooOften`, `Store`.
pub async fn sign_in_with_mobile(visit: &Visit, form: &MobileLoginForm) -> Result<Entered, Failure> {
    let way = (LoginWay::MobileAndSlider, CodePurpose::Login);
    let (sent, asked) = match begin(visit, way, form, MobileLoginForm::check).await? {
        Begun::Again(entered) => return Ok(entered),
        Begun::Asked(sent, asked) => (sent, asked),
    };
    let job = visit.clone();
    let entered = visit.write(move |tx| {
        Box::pin(async move {
            let mobile = asked.mobile.as_str();
            let what = (CodePurpose::Login, Some(mobile));
            // Not spent before everything else is right: another code may not be asked for at once.
            if let Err(errors) = code::compare_code(tx, &job, what, &asked.sms_code).await? {
                return Ok(Err(errors));
            }
            let hash = job.services.vault.keyed_hash("mobile", mobile);
            let Some(account) = tx.find_account_of_mobile(job.province_key(), &hash).await? else {
                return Ok(Err(FieldErrors::one("sms_code", Fault::CodeExpired)));
            };
            if let Err(errors) = is_same_person(tx, &job, &account, &asked.document_end).await? {
                return Ok(Err(errors));
            }
            match code::spend_code(tx, &job, what, &asked.sms_code).await? {
                Ok(_) => enter(tx, &job, &sent, &account, "mobile").await.map(Ok),
                Err(errors) => Ok(Err(errors)),
            }
        })
    });
    entered.await?.map_err(Failure::from)
}

/// Where nobody has signed in for long, the telephone alone does not open the account. Each answer counts before it is compared.
async fn is_same_person(tx: &mut Tx, visit: &Visit, account: &AccountRow, end: &str) -> Judged<()> {
    if is_recent(account.signed_in_at, visit.now(), UNUSED) {
        return Ok(Ok(()));
    }
    if end.is_empty() {
        return Ok(Err(FieldErrors::one("document_end", Fault::DocumentEnd)));
    }
    let bucket = visit.bucket_over_all("login:document_end", account.id.as_str());
    count(tx, visit, &bucket, &[ENDS]).await.map_err(locked)?;
    let number = visit.services.vault.open_text("account.document", account.id.as_str(), &account.document_sealed)?;
    let from = number.char_indices().rev().nth(DOCUMENT_END as usize - 1).map_or(0, |(at, _)| at);
    if !same(&number.as_bytes()[from..], end.as_bytes()) {
        tx.audit(&visit.entry("sign_in_failed", "account", account.id.as_str(), json!({ "way": "mobile" }))).await?;
        return Ok(Err(wrong(tx, ("document_end", Fault::DocumentEndWrong), (&bucket, ENDS), visit.now()).await?));
    }
    tx.clear_rate(&bucket).await?;
    Ok(Ok(()))
}

/// Signs in with document number, mobile number and the code that was sent for both. The picture was read when the code was
/// asked for.
///
/// # Errors
/// `Invalid` (the faults of the code), `NotFound` where the province offers another way, `TooOften`, `Store`.
pub async fn sign_in_with_document(visit: &Visit, form: &DocumentLoginForm) -> Result<Entered, Failure> {
    let way = (LoginWay::MobileAndDocument, CodePurpose::DocumentLogin);
    let (sent, asked) = match begin(visit, way, form, DocumentLoginForm::check).await? {
        Begun::Again(entered) => return Ok(entered),
        Begun::Asked(sent, asked) => (sent, asked),
    };
    let job = visit.clone();
    let entered = visit.write(move |tx| {
        Box::pin(async move {
            let (vault, mobile) = (&job.services.vault, asked.mobile.as_str());
            let bound = code::bound(&asked.document_number, mobile);
            if let Err(errors) = code::spend_code(tx, &job, (CodePurpose::DocumentLogin, Some(&bound)), &asked.sms_code).await? {
                return Ok(Err(errors));
            }
            let document = vault.keyed_hash("document", &asked.document_number);
            let account = tx.find_account_of_mobile(job.province_key(), &vault.keyed_hash("mobile", mobile)).await?;
            match account.filter(|account| account.document_hash == document) {
                Some(account) => enter(tx, &job, &sent, &account, "document").await.map(Ok),
                None => Ok(Err(FieldErrors::one("sms_code", Fault::CodeExpired))),
            }
        })
    });
    entered.await?.map_err(Failure::from)
}
