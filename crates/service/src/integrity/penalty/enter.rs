//! What a penalty has of its own where it is entered: of one decision it is entered once. The person is told nothing before it is confirmed.

use domain::answer::Answer;
use domain::case::{CaseKind, Power, Status};
use domain::fault::{Fault, FieldErrors};
use domain::id::{AccountId, BureauCode, CaseId};
use domain::integrity::Penalty;
use domain::integrity::forms::PenaltyForm;
use domain::text::tidy_code;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::{Reader, Tx};

use super::{PENALTY, PenaltyBody};
use crate::case::{Entered, Entering, Proof, SubmittedFile, document_kinds, enter};
use crate::{Failure, Visit};

/// Enters a penalty, or enters it once more after it was refused.
///
/// # Errors
/// The faults of the form; `DuplicateRow` at `number` for a decision that was entered of the person before; for the rest as
/// `crate::case::enter`.
pub async fn enter_penalty(visit: &Visit, form: &PenaltyForm, proof: Option<Proof>) -> Result<Answer, Failure> {
    let checked = form.check(&visit.province.laws, &document_kinds(visit), visit.services.today());
    enter(visit, (&form.case, &form.request_key), checked, proof).await
}

impl Entered for Penalty {
    const KIND: CaseKind = PENALTY;
    const PAGE: &'static str = "penalties";
    const ENTERED: &'static str = "enter_penalty";
    const SLOT: &'static str = "decision";
    const POWER: Power = Power::EnterPenalties;
    type Body = PenaltyBody;

    fn find<'a>(reader: &'a mut Reader, case: &'a CaseId) -> BoxFuture<'a, Result<Option<(AccountId, BureauCode)>, Failure>> {
        async move { Ok(reader.find_penalty(case).await?.map(|row| (row.account_id, row.bureau))) }.boxed()
    }

    fn may<'a>(&'a self, tx: &'a mut Tx, of: Entering<'a>) -> BoxFuture<'a, Result<(), Failure>> {
        async move {
            let number = tidy_code(&self.number);
            let others = tx.list_penalties_of(&of.account.id).await?;
            let mut others = others.iter().filter(|row| row.case_id != *of.case && row.status != Status::Closed);
            if others.any(|row| tidy_code(&row.number) == number) {
                return Err(FieldErrors::one("number", Fault::DuplicateRow).into());
            }
            Ok(())
        }
        .boxed()
    }

    fn keep<'a>(&'a self, tx: &'a mut Tx, of: Entering<'a>) -> BoxFuture<'a, Result<(), Failure>> {
        let (place, bureau) = ((of.case, &of.account.id), (of.visit.province_key(), &of.who.bureau));
        async move { Ok(tx.save_penalty(place, bureau, self).await?) }.boxed()
    }

    fn body(&self, files: Vec<SubmittedFile>) -> PenaltyBody {
        PenaltyBody { penalty: self.clone(), files }
    }

    fn noted(&self) -> Value {
        json!({ "kinds": self.kinds })
    }
}
