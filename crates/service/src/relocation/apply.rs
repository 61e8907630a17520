//! 提交 of a departure: it goes to the bureau that has the record.

use domain::answer::Answer;
use domain::case::{Action, Refusal, Role, Status, permitted};
use domain::id::AccountId;
use domain::relocation::forms::DepartureForm;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::case::file::CaseRow;
use store::relocation::DepartureRow;
use store::{Reader, Tx};

use super::{BESIDE, KIND, name_of, page, places};
use crate::case::{By, HandIn, SubmittedFile, desk_of, hand_in, promise, seal_body, tell_handed_in};
use crate::{Failure, Visit};

/// The questions are of one version.
const FORM: i64 = 1;
/// The longest key that a page gives out.
const LONGEST_KEY: usize = 64;

/// What was asked, as it lies sealed in the submission; it is never edited.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct DepartureBody {
    /// Key of the place.
    pub destination: String,
    /// What it is called.
    pub destination_name: String,
    /// Why.
    pub reason: String,
    /// Version of the record that leaves.
    pub version: i64,
    /// None.
    pub files: Vec<SubmittedFile>,
}

/// Asks for the record to leave, or asks again after a return. A repetition with the same key gets the same answer. While something
/// else is open the page says what.
///
/// # Errors
/// The faults of the form; `NotFound` where the province has no such thing, `NotComplete` for whoever has no record here, a closed one or
/// something open, `AlreadySubmitted`, `Stale` for a key that no page gave out, `SignInAgain`, `Store`.
pub async fn depart(visit: &Visit, form: &DepartureForm) -> Result<Answer, Failure> {
    visit.account()?;
    if form.request_key.is_empty() || form.request_key.len() > LONGEST_KEY {
        return Err(Failure::Stale);
    }
    let reason = form.check(places(visit)?, visit.province_key())?;
    let leaving = Leaving { visit: visit.clone(), form: form.clone(), reason };
    let answer = visit.write(move |tx| Box::pin(async move { leaving.write(tx).await })).await?;
    visit.services.outbox.notify_one();
    Ok(answer)
}

/// What somebody has open that is to be ended first, also what a bureau prepares about them.
///
/// # Errors
/// `Store`.
pub(super) async fn open_beside(reader: &mut Reader, account: &AccountId) -> Result<Vec<CaseRow>, Failure> {
    let mut cases = reader.list_all_cases(account).await?;
    cases.retain(|case| matches!(case.status, Status::Submitted | Status::Returned) && !BESIDE.contains(&case.kind));
    Ok(cases)
}

/// The same as far as the person knows of it.
///
/// # Errors
/// `Store`.
pub(super) async fn told_open(visit: &Visit, reader: &mut Reader, account: &AccountId) -> Result<Option<CaseRow>, Failure> {
    let open = open_beside(reader, account).await?;
    Ok(open.into_iter().find(|case| visit.services.kinds.of(case.kind).is_told()))
}

struct Leaving {
    visit: Visit,
    form: DepartureForm,
    reason: String,
}

impl Leaving {
    async fn write(&self, tx: &mut Tx) -> Result<Answer, Failure> {
        let (visit, form) = (&self.visit, &self.form);
        let latest = tx.lock_latest_case(visit.account()?, KIND).await?;
        // Whatever else writes the record lines up at the account.
        let account = tx.lock_account(visit.account()?).await?.ok_or(Refusal::SignInAgain)?;
        let scope = format!("relocation:{}", account.id);
        if let Some(answer) = tx.find_answer(&scope, &form.request_key).await? {
            return Ok(serde_json::from_str::<Answer>(&answer)?);
        }
        let record = tx.find_record(&account.id).await?.ok_or(Refusal::NotComplete)?;
        let has_left = tx.find_standing_departure(&account.id).await?.is_some();
        let is_closed = tx.find_closing(&account.id).await?.is_some();
        if has_left || is_closed || told_open(visit, tx, &account.id).await?.is_some() {
            return Err(Refusal::NotComplete.into());
        }
        let case = match latest.filter(|case| !matches!(case.status, Status::Approved | Status::Closed)) {
            Some(case) => {
                permitted(case.status, Role::Owner, Action::Resubmit, &visit.kind_rules(KIND))?;
                case
            }
            None => {
                let case = CaseRow::new(visit.services.ids.id().into(), KIND, &account, FORM, visit.now());
                crate::case::open(tx, visit, &case).await?;
                case
            }
        };
        let departure = DepartureRow {
            case_id: case.id.clone(),
            account_id: account.id.clone(),
            province: account.province.clone(),
            destination: form.destination.clone(),
            document_hash: account.document_hash.clone(),
            package_id: visit.services.ids.id(),
            left_at: None,
            packed_at: None,
        };
        tx.save_departure(&departure).await?;
        promise(tx, visit, &case).await?;
        let body = DepartureBody {
            destination: form.destination.clone(),
            destination_name: name_of(places(visit)?, &form.destination),
            reason: self.reason.clone(),
            version: record.version,
            files: Vec::new(),
        };
        let bureau = desk_of(tx, visit, &record.bureau, &case.id).await?;
        let what = HandIn {
            bureau: &bureau,
            form_version: FORM,
            body_sealed: seal_body(&visit.services, &case.id, case.round + 1, &body)?,
            by: By::owner(&case, &account.name),
            note: "",
        };
        let action = if case.status == Status::Returned { Action::Resubmit } else { Action::Submit };
        let now = hand_in(tx, visit, &case, what).await?;
        tell_handed_in(tx, visit, &account, &now).await?;
        let answer = Answer::go(page(visit));
        tx.remember_answer(&scope, &form.request_key, &serde_json::to_string(&answer)?, visit.now()).await?;
        let detail = json!({ "round": now.round, "destination": form.destination });
        tx.audit(&visit.entry(action.code(), "case", case.id.as_str(), detail)).await?;
        Ok(answer)
    }
}
