//! 提交, 重新提交 and 取消 of a request.

use domain::answer::Answer;
use domain::case::{Action, Refusal, Status};
use domain::closing::Closing;
use domain::closing::asked::{DropRequestForm, RequestForm};
use domain::fault::FieldErrors;
use domain::id::{AccountId, CaseId};
use serde_json::json;
use store::Tx;
use store::account::AccountRow;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;

use super::{ClosingBody, Held, KIND, RequestBody, page, proof};
use crate::account::born;
use crate::case::{
    By, HandIn, Proof, SubmittedFile, UploadFor, count_upload, desk_of, hand_in, keep_proof, named, open, promise, seal_body,
    take_back, tell_handed_in, uncount_upload, version, with_proof,
};
use crate::{Failure, Visit};

/// The questions are of one version.
const FORM: i64 = 1;
/// The longest key that the page gives out.
const LONGEST_KEY: usize = 64;

/// A file as it was sent: its name and its bytes.
type Sent = (String, Vec<u8>);

/// Asks that the own record be closed, or asks again after a return; a proof that was sent before stays where none is sent. A repetition
/// with the same key gets the same answer.
///
/// # Errors
/// The faults of the form; at `proof` what is wrong with the file, which is asked of whoever retired. `NotComplete` where there is no open
/// record; `AlreadySubmitted`; `Stale` for a key that no page gave out, `TooOften`, `Busy`, `NotFound`,
/// `SignInAgain`, `Store`.
pub async fn ask_closing(visit: &Visit, form: &RequestForm, file: Option<Proof>) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    proof(visit)?;
    if form.request_key.is_empty() || form.request_key.len() > LONGEST_KEY {
        return Err(Failure::Stale);
    }
    let mut reader = visit.services.db.read().await?;
    if let Some(answer) = reader.find_answer(&scope(&account), &form.request_key).await? {
        return Ok(serde_json::from_str(&answer)?);
    }
    let held = Held::load(visit, &mut reader, &account).await?;
    drop(reader);
    if held.record.is_none() {
        return Err(Refusal::NotComplete.into());
    }
    let born = born(&visit.services, &held.account)?;
    let asked = form.check(visit.services.today()).and_then(|closing| closing.of_somebody_born(born));
    let (closing, file) = checked(asked, form, (file, !held.files.is_empty()))?;
    let returned = held.returned().map(|case| case.id.clone());
    let (is_new, id) = (returned.is_none(), returned.unwrap_or_else(|| visit.services.ids.id().into()));
    let files = match file {
        Some(file) => Some(kept(visit, (&id, &held.account), file).await?),
        None => None,
    };
    let asking = Asking { visit: visit.clone(), account, id, is_new, closing, files, key: form.request_key.clone() };
    let answer = visit.write(move |tx| Box::pin(async move { asking.write(tx).await })).await?;
    visit.services.outbox.notify_one();
    Ok(answer)
}

/// What keeps the answers to one person.
fn scope(account: &AccountId) -> String {
    format!("closing_request:{account}")
}

/// What is asked for, with the file that was sent: none is needed where nothing has a paper, or one was sent before.
fn checked(
    checked: Result<Closing, FieldErrors>,
    form: &RequestForm,
    (file, was_sent): (Option<Proof>, bool),
) -> Result<(Closing, Option<Sent>), FieldErrors> {
    let needs_none = was_sent || form.cause().is_none_or(|cause| !cause.has_paper());
    match file {
        None if needs_none => Ok((checked?, None)),
        file => with_proof(checked, file).map(|(closing, file)| (closing, Some(file))),
    }
}

/// The pictures of the proof, whose bytes are kept; a file that is refused does not count.
async fn kept(visit: &Visit, (case, account): (&CaseId, &AccountRow), file: Sent) -> Result<Vec<AttachmentRow>, Failure> {
    let rules = proof(visit)?;
    let ticket = count_upload(visit, &account.id, UploadFor::Proof).await?;
    match keep_proof(visit, (case, account), rules, file).await {
        Ok(rows) => Ok(rows),
        Err(failure) => {
            uncount_upload(visit, Some(ticket)).await?;
            Err(failure)
        }
    }
}

/// A request on its way to the bureau.
struct Asking {
    visit: Visit,
    account: AccountId,
    id: CaseId,
    is_new: bool,
    closing: Closing,
    /// What takes the place of the proof that was sent before.
    files: Option<Vec<AttachmentRow>>,
    key: String,
}

impl Asking {
    async fn write(&self, tx: &mut Tx) -> Result<Answer, Failure> {
        let visit = &self.visit;
        let before = if self.is_new { None } else { tx.lock_case(&self.id).await? };
        let account = tx.lock_account(&self.account).await?.ok_or(Refusal::SignInAgain)?;
        let scope = scope(&account.id);
        if let Some(answer) = tx.find_answer(&scope, &self.key).await? {
            return Ok(serde_json::from_str(&answer)?);
        }
        let record = tx.find_record(&account.id).await?.ok_or(Refusal::NotComplete)?;
        if tx.find_closing(&account.id).await?.is_some() {
            return Err(Refusal::NotComplete.into());
        }
        let case = self.case(tx, &account, before).await?;
        let action = if case.status == Status::Returned { Action::Resubmit } else { Action::Submit };
        promise(tx, visit, &case).await?;
        let body = RequestBody(ClosingBody { closing: self.closing.clone(), files: self.keep(tx, &case).await? });
        let bureau = desk_of(tx, visit, &record.bureau, &case.id).await?;
        let body_sealed = seal_body(&visit.services, &case.id, case.round + 1, &body)?;
        let by = By::owner(&case, &account.name);
        let what = HandIn { bureau: &bureau, form_version: FORM, body_sealed, by, note: "" };
        let now = hand_in(tx, visit, &case, what).await?;
        tell_handed_in(tx, visit, &account, &now).await?;
        let answer = Answer::go(page(visit));
        tx.remember_answer(&scope, &self.key, &serde_json::to_string(&answer)?, visit.now()).await?;
        let detail = json!({ "round": now.round, "cause": self.closing.cause.code() });
        tx.audit(&visit.entry(action.code(), "case", case.id.as_str(), detail)).await?;
        Ok(answer)
    }

    /// The case that was returned, or a new one where none is open.
    async fn case(&self, tx: &mut Tx, account: &AccountRow, before: Option<CaseRow>) -> Result<CaseRow, Failure> {
        if let Some(case) = before {
            let is_theirs = case.account_id == account.id && case.status == Status::Returned;
            return is_theirs.then_some(case).ok_or(Failure::Stale);
        }
        let latest = tx.find_latest_case(&account.id, KIND).await?;
        if latest.is_some_and(|case| !matches!(case.status, Status::Approved | Status::Closed)) {
            return Err(Refusal::AlreadySubmitted.into());
        }
        // What was asked for before is approved, and waits for its second person.
        let (visit, asking) = (&self.visit, account.id.clone());
        if Held::load(visit, tx, &asking).await?.is_confirming(tx).await? {
            return Err(Refusal::AlreadySubmitted.into());
        }
        let case = CaseRow::new(self.id.clone(), KIND, account, FORM, visit.now());
        open(tx, visit, &case).await?;
        Ok(case)
    }

    /// The proof of this round.
    async fn keep(&self, tx: &mut Tx, case: &CaseRow) -> Result<Vec<SubmittedFile>, Failure> {
        if let Some(files) = &self.files {
            for old in tx.list_attachments(&case.id).await? {
                tx.remove_attachment(&case.id, &old.id).await?;
            }
            for file in files {
                tx.replace_attachment(file).await?;
            }
        }
        Ok(named(&tx.list_attachments(&case.id).await?))
    }
}

/// Takes a request back that waits or was returned. Repeating it changes nothing.
///
/// # Errors
/// `NotAllowedIn` for what was decided, `Stale` when it changed since it was seen, `NotFound`.
pub async fn drop_request(visit: &Visit, form: &DropRequestForm) -> Result<Answer, Failure> {
    visit.account()?;
    proof(visit)?;
    let (seen, work) = (version(&form.version)?, visit.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let case = tx.lock_latest_case(work.account()?, KIND).await?.ok_or(Failure::NotFound)?;
            let go = Answer::go(page(&work));
            if case.status == Status::Closed {
                return Ok(go);
            }
            if case.version != seen {
                return Err(Failure::Stale);
            }
            take_back(tx, &work, &case, Action::Cancel).await?;
            Ok(go)
        })
    });
    write.await
}
