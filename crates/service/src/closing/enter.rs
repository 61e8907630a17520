//! The first of the two: what was typed goes to a second person as a case, with the proof.

use domain::answer::Answer;
use domain::case::{Member, Status};
use domain::closing::Closing;
use domain::closing::forms::ClosingForm;
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use serde_json::json;
use store::Tx;
use store::account::AccountRow;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;

use super::{ClosingBody, KIND, keeper, proof};
use crate::case::{Proof, account_of, keep_proof, may_enter, named, note_lookup, to_second, with_proof};
use crate::{Failure, Visit};

/// The questions are of one version.
const FORM: i64 = 1;
/// The longest key that a page gives out.
const LONGEST_KEY: usize = 64;

/// Enters that a record is to be closed, or enters it once more after it was refused; it is closed when somebody else confirms it: of the
/// own bureau, or, where nobody else works there, of the nearest above it. A repetition with the same key gets the same answer.
///
/// # Errors
/// The faults of the form; at `proof` what is wrong with the file; at `document_number` `NotInList` where nobody here has that number and
/// name, `Unchanged` where they have no record, `DuplicateRow` where it is closed or about to be; `NotYours` for somebody of
/// another bureau, `SelfReview`, `NoSecondPerson`; `Stale` for a key that no page gave out, `TooOften`, `Busy`, `NotFound`, `Store`.
pub async fn enter_closing(visit: &Visit, form: &ClosingForm, file: Option<Proof>) -> Result<Answer, Failure> {
    let who = keeper(visit)?;
    if form.request_key.is_empty() || form.request_key.len() > LONGEST_KEY {
        return Err(Failure::Stale);
    }
    let options = visit.province.profile.account.document_kinds.iter();
    let kinds: Vec<_> = options.map(|option| option.kind).collect();
    let ((of, closing), file) = with_proof(form.check(&kinds, visit.services.today()), file)?;
    let account = match &of {
        Some(of) => {
            note_lookup(visit, &who, "try_number").await?;
            account_of(visit, of).await?
        }
        None => account_of_case(visit, &who, &CaseId::from(form.case.as_str())).await?,
    };
    let id = CaseId::given(&form.case).unwrap_or_else(|| visit.services.ids.id().into());
    let files = keep_proof(visit, (&id, &account), proof(visit)?, file).await?;
    let is_new = form.case.is_empty();
    let entering = Entering { visit: visit.clone(), who, account, id, is_new, closing, files, key: form.request_key.clone() };
    let answer = visit.write(move |tx| Box::pin(async move { entering.write(tx).await })).await?;
    visit.services.outbox.notify_one();
    Ok(answer)
}

/// That of a closing of the own bureau that was entered before.
async fn account_of_case(visit: &Visit, who: &Member, id: &CaseId) -> Result<AccountRow, Failure> {
    let mut reader = visit.services.db.read().await?;
    let row = reader.find_closing_of(id).await?.filter(|row| row.bureau == who.bureau).ok_or(Failure::NotFound)?;
    reader.find_account(&row.account_id).await?.ok_or_else(|| Failure::Broken("a closing without account".into()))
}

/// A closing on its way to a second person.
struct Entering {
    visit: Visit,
    who: Member,
    account: AccountRow,
    id: CaseId,
    is_new: bool,
    closing: Closing,
    files: Vec<AttachmentRow>,
    key: String,
}

impl Entering {
    async fn write(&self, tx: &mut Tx) -> Result<Answer, Failure> {
        let (visit, who) = (&self.visit, &self.who);
        let before = if self.is_new { None } else { tx.lock_case(&self.id).await? };
        let account =
            tx.lock_account(&self.account.id).await?.ok_or_else(|| Failure::Broken("an account that is gone".into()))?;
        let scope = format!("closing:{}", who.id);
        if let Some(answer) = tx.find_answer(&scope, &self.key).await? {
            return Ok(serde_json::from_str(&answer)?);
        }
        self.may(tx, &account).await?;
        let case = match before {
            Some(case) if case.status == Status::Returned => case,
            Some(_) => return Err(Failure::Stale),
            None => {
                let case = CaseRow::new(self.id.clone(), KIND, &account, FORM, visit.now());
                tx.insert_case(&case).await?;
                case
            }
        };
        tx.save_closing((&case.id, &case.account_id), (&case.province, &who.bureau), &self.closing).await?;
        let body = ClosingBody { closing: self.closing.clone(), files: named(&self.files) };
        let case = to_second(tx, (visit, who), &case, &self.files, (FORM, &body)).await?;
        let number = case.number.as_deref().unwrap_or_default();
        let answer = Answer::go(format!("/{}/staff/closings?done={number}", visit.province_key()));
        tx.remember_answer(&scope, &self.key, &serde_json::to_string(&answer)?, visit.now()).await?;
        let detail =
            json!({ "account": account.id, "bureau": case.bureau, "round": case.round, "cause": self.closing.cause.code() });
        tx.audit(&visit.entry("enter_closing", "case", case.id.as_str(), detail)).await?;
        Ok(answer)
    }

    /// Asked inside the write, on what is read there.
    async fn may(&self, tx: &mut Tx, account: &AccountRow) -> Result<(), Failure> {
        may_enter(tx, &self.visit, &self.who, account).await?;
        if tx.find_record(&account.id).await?.is_none() {
            return Err(FieldErrors::one("document_number", Fault::Unchanged).into());
        }
        let others = tx.list_closings_of(&account.id).await?;
        let is_open = |status| matches!(status, Status::Submitted | Status::Returned);
        let stands = others.iter().any(|row| row.closed_at.is_some() && row.ended_at.is_none());
        if stands || others.iter().any(|row| row.case_id != self.id && is_open(row.status)) {
            return Err(FieldErrors::one("document_number", Fault::DuplicateRow).into());
        }
        Ok(())
    }
}
