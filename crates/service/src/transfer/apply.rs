//! 提交 and 重新提交 of a transfer: what was typed goes with its proof to the origin, or where that is not asked to the destination.

use domain::answer::Answer;
use domain::case::{Action, Refusal, Status};
use domain::fault::{Fault, FieldErrors};
use domain::id::{AccountId, BureauCode, CaseId};
use domain::text;
use domain::transfer::TransferReason;
use domain::transfer::forms::{Applied, TransferForm};
use serde_json::json;
use store::Tx;
use store::account::AccountRow;
use store::archive::RecordRow;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;

use super::body::TransferBody;
use super::file::Held;
use super::{KIND, destination, page, proof, rules};
use crate::case::{
    By, HandIn, Proof, UploadFor, count_upload, hand_in, keep_proof, named, open_beside, promise, seal_body, tell_handed_in,
    uncount_upload, with_proof,
};
use crate::confirmation::{Confirmed, Employer, confirmed};
use crate::{Failure, Visit};

/// The questions are of one version.
const FORM: i64 = 1;
/// The longest key that the page gives out.
const LONGEST_KEY: usize = 64;

/// Hands a transfer in, or hands it in again after a return; a proof that was sent before stays where none is sent. A repetition with
/// the same key gets the same answer.
///
/// # Errors
/// The faults of the form; `NotInList` at `to` for a bureau to which nobody goes from here; at `proof` what is wrong with the file, which
/// is not asked where the employer has confirmed.
/// `NotComplete` where there is no record, it is closed, or something else is open that decides what stands on it; `AlreadySubmitted`;
/// `Stale` for a key that no page gave out, `TooOften`, `Busy`, `NotFound`, `SignInAgain`, `Store`.
pub async fn apply_transfer(visit: &Visit, form: &TransferForm, proof: Option<Proof>) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    let rules = rules(visit)?;
    if form.request_key.is_empty() || form.request_key.len() > LONGEST_KEY {
        return Err(Failure::Stale);
    }
    let mut reader = visit.services.db.read().await?;
    if let Some(answer) = reader.find_answer(&scope(&account), &form.request_key).await? {
        return Ok(serde_json::from_str(&answer)?);
    }
    let held = Held::load(visit, &mut reader, &account).await?;
    let word = confirmed(&mut reader, visit, &account).await?;
    drop(reader);
    let record = held.record.as_ref().ok_or(Refusal::NotComplete)?;
    let to = destination(visit, &BureauCode::from(form.to.as_str())).map(|bureau| bureau.code.clone());
    let is_there = |to: &BureauCode| rules.way(visit.services.today(), &visit.province.bureaus, (&record.bureau, to)).is_some();
    let to = to.filter(is_there).ok_or_else(|| FieldErrors::one("to", Fault::NotInList))?;
    let reasons = rules.reasons_for(record.bureau == to);
    let checked = form.check(&reasons);
    let (applied, file) = match proof {
        None if !held.files.is_empty() || is_confirmed(&word, form, &reasons) => (checked?, None),
        proof => {
            let (applied, file) = with_proof(checked, proof)?;
            (applied, Some(file))
        }
    };
    let returned = held.returned().map(|case| case.id.clone());
    let (is_new, id) = (returned.is_none(), returned.unwrap_or_else(|| visit.services.ids.id().into()));
    let files = match file {
        Some(file) => Some(kept(visit, (&id, &held.account), file).await?),
        None => None,
    };
    let applying = Applying { visit: visit.clone(), account, id, is_new, to, applied, files, key: form.request_key.clone() };
    let answer = visit.write(move |tx| Box::pin(async move { applying.write(tx).await })).await?;
    visit.services.outbox.notify_one();
    Ok(answer)
}

/// Whether the employer has confirmed that somebody goes to, so that no paper is asked.
fn is_confirmed(word: &[Confirmed], form: &TransferForm, reasons: &[&TransferReason]) -> bool {
    let asks = reasons.iter().any(|reason| reason.key == form.reason && reason.asks_employer);
    asks && word.iter().any(|of| of.is(Employer::Name(&text::tidy(&form.employer_name))))
}

/// What keeps the answers to one person.
fn scope(account: &AccountId) -> String {
    format!("transfer:{account}")
}

/// The pictures of the proof, whose bytes are kept; a file that is refused does not count.
async fn kept(
    visit: &Visit,
    (case, account): (&CaseId, &AccountRow),
    file: (String, Vec<u8>),
) -> Result<Vec<AttachmentRow>, Failure> {
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

/// A transfer on its way to the first bureau.
struct Applying {
    visit: Visit,
    account: AccountId,
    id: CaseId,
    is_new: bool,
    to: BureauCode,
    applied: Applied,
    /// What takes the place of the proof that was sent before.
    files: Option<Vec<AttachmentRow>>,
    key: String,
}

impl Applying {
    async fn write(&self, tx: &mut Tx) -> Result<Answer, Failure> {
        let visit = &self.visit;
        let before = if self.is_new { None } else { tx.lock_case(&self.id).await? };
        // Whatever else decides what stands on record lines up at the account.
        let account = tx.lock_account(&self.account).await?.ok_or(Refusal::SignInAgain)?;
        let scope = scope(&account.id);
        if let Some(answer) = tx.find_answer(&scope, &self.key).await? {
            return Ok(serde_json::from_str(&answer)?);
        }
        let record = tx.find_record(&account.id).await?.ok_or(Refusal::NotComplete)?;
        let is_closed = tx.find_closing(&account.id).await?.is_some();
        if is_closed || open_beside(tx, &account.id, KIND).await?.is_some() {
            return Err(Refusal::NotComplete.into());
        }
        let case = self.case(tx, &account, before).await?;
        let action = if case.status == Status::Returned { Action::Resubmit } else { Action::Submit };
        let now = self.hand_over(tx, &account, (&case, &record)).await?;
        tell_handed_in(tx, visit, &account, &now).await?;
        let answer = Answer::go(page(visit));
        tx.remember_answer(&scope, &self.key, &serde_json::to_string(&answer)?, visit.now()).await?;
        let detail = json!({ "round": now.round, "from": record.bureau, "to": self.to, "reason": self.applied.reason.key });
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
        let case = CaseRow::new(self.id.clone(), KIND, account, FORM, self.visit.now());
        crate::case::open(tx, &self.visit, &case).await?;
        Ok(case)
    }

    /// The next round, by the terms of today and from where the record is now.
    async fn hand_over(
        &self,
        tx: &mut Tx,
        account: &AccountRow,
        (case, record): (&CaseRow, &RecordRow),
    ) -> Result<CaseRow, Failure> {
        let (visit, stays) = (&self.visit, record.bureau == self.to);
        let way = rules(visit)?.way(visit.services.today(), &visit.province.bureaus, (&record.bureau, &self.to));
        // The record may have gone to another bureau meanwhile.
        let way = way.filter(|_| self.applied.reason.inside || !stays).ok_or(Failure::Stale)?.clone();
        promise(tx, visit, case).await?;
        if let Some(files) = &self.files {
            for old in tx.list_attachments(&case.id).await? {
                tx.remove_attachment(&case.id, &old.id).await?;
            }
            for file in files {
                tx.replace_attachment(file).await?;
            }
        }
        let files = named(&tx.list_attachments(&case.id).await?);
        let Applied { reason, employer_name, remark } = self.applied.clone();
        if files.is_empty() {
            let word = confirmed(tx, visit, &account.id).await?;
            if !word.iter().any(|of| of.is(Employer::Name(&employer_name))) {
                return Err(FieldErrors::one("proof", Fault::FileMissing).into());
            }
        }
        let first = if way.origin_working_days.is_some() { &record.bureau } else { &self.to };
        let body = TransferBody { from: record.bureau.clone(), to: self.to.clone(), way, reason, employer_name, remark, files };
        let body_sealed = seal_body(&visit.services, &case.id, case.round + 1, &body)?;
        let by = By::owner(case, &account.name);
        hand_in(tx, visit, case, HandIn { bureau: first, form_version: FORM, body_sealed, by, note: "" }).await
    }
}
