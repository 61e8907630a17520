//! What a closing has of its own where it is entered: somebody with an open record, of whom no other closing is on its way.

use domain::answer::Answer;
use domain::case::{CaseKind, Power, Status};
use domain::closing::Closing;
use domain::closing::forms::ClosingForm;
use domain::fault::{Fault, FieldErrors};
use domain::id::{AccountId, BureauCode, CaseId};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::{Reader, Tx};

use super::{ClosingBody, KIND};
use crate::account::born;
use crate::case::{Entered, Entering, Proof, SubmittedFile, document_kinds, enter};
use crate::{Failure, Visit};

/// Enters that a record is to be closed, or enters it once more after it was refused.
///
/// # Errors
/// The faults of the form; at `document_number` `Unchanged` for somebody without a record, `DuplicateRow` where it is closed or about to
/// be; `TooEarly` at `since` for a day before they were born; for the rest as `crate::case::enter`.
pub async fn enter_closing(visit: &Visit, form: &ClosingForm, file: Option<Proof>) -> Result<Answer, Failure> {
    let checked = form.check(&document_kinds(visit), visit.services.today());
    enter(visit, (&form.case, &form.request_key), checked, file).await
}

impl Entered for Closing {
    const KIND: CaseKind = KIND;
    const PAGE: &'static str = "closings";
    const ENTERED: &'static str = "enter_closing";
    const SLOT: &'static str = "proof";
    const POWER: Power = Power::CloseRecords;
    type Body = ClosingBody;

    fn find<'a>(reader: &'a mut Reader, case: &'a CaseId) -> BoxFuture<'a, Result<Option<(AccountId, BureauCode)>, Failure>> {
        async move { Ok(reader.find_closing_of(case).await?.map(|row| (row.account_id, row.bureau))) }.boxed()
    }

    fn may<'a>(&'a self, tx: &'a mut Tx, of: Entering<'a>) -> BoxFuture<'a, Result<(), Failure>> {
        async move {
            if tx.find_record(&of.account.id).await?.is_none() {
                return Err(FieldErrors::one("document_number", Fault::Unchanged).into());
            }
            self.clone().of_somebody_born(born(&of.visit.services, of.account)?)?;
            let others = tx.list_closings_of(&of.account.id).await?;
            let is_open = |status| matches!(status, Status::Submitted | Status::Returned);
            let stands = others.iter().any(|row| row.closed_at.is_some() && row.ended_at.is_none());
            if stands || others.iter().any(|row| row.case_id != *of.case && is_open(row.status)) {
                return Err(FieldErrors::one("document_number", Fault::DuplicateRow).into());
            }
            Ok(())
        }
        .boxed()
    }

    fn keep<'a>(&'a self, tx: &'a mut Tx, of: Entering<'a>) -> BoxFuture<'a, Result<(), Failure>> {
        let (place, bureau) = ((of.case, &of.account.id), (of.visit.province_key(), &of.who.bureau));
        async move { Ok(tx.save_closing(place, bureau, self).await?) }.boxed()
    }

    fn body(&self, files: Vec<SubmittedFile>) -> ClosingBody {
        ClosingBody { closing: self.clone(), files }
    }

    fn noted(&self) -> Value {
        json!({ "cause": self.cause.code() })
    }
}
