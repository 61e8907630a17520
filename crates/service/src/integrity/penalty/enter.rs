//! The first of the two: what was typed goes to a second person as a case, with the decision.

use std::sync::Arc;

use domain::answer::Answer;
use domain::case::{Action, Member, Refusal, Status};
use domain::fault::{Fault, FieldErrors};
use domain::id::{BureauCode, CaseId};
use domain::identity::name::is_same_name;
use domain::integrity::Penalty;
use domain::integrity::forms::{Penalised, PenaltyForm};
use domain::text::tidy_code;
use serde_json::json;
use store::account::AccountRow;
use store::case::attachment::AttachmentRow;
use store::case::file::{CaseRow, Desk};
use store::{Reader, Tx};

use super::{DECISION, PENALTY, PenaltyBody, decision, keeper};
use crate::case::{
    By, HandIn, SubmittedFile, accepted, bureau_path, hand_in, keep_bytes, kept_row, known_bureau, line, note_lookup,
    reviewers_above, seal_body,
};
use crate::picture::{PictureError, PictureRules};
use crate::{Failure, Visit};

/// The questions are of one version.
const FORM: i64 = 1;
/// The longest key that a page gives out.
const LONGEST_KEY: usize = 64;

/// The decision as it was sent: its name, and its bytes or what was wrong while they were read.
pub struct Proof {
    /// Name of the file; may be empty.
    pub name: String,
    /// The bytes, or what was wrong.
    pub bytes: Result<Vec<u8>, Fault>,
}

/// Enters a penalty, or enters it once more after it was refused; it is recorded when somebody else confirms it: of the own bureau, or,
/// where nobody else works there, of the nearest above it. The person is told nothing before. A repetition with the same key gets the
/// same answer.
///
/// # Errors
/// The faults of the form; at `proof` what is wrong with the file; `NotInList` at `document_number` where nobody here has that number
/// and name, `DuplicateRow` at `number` for a decision that was entered of the person before; `NotYours` for somebody of another bureau,
/// `SelfReview`, `NoSecondPerson`; `Stale` for a key that no page gave out, `TooOften`, `Busy`, `NotFound`, `Store`.
pub async fn enter_penalty(visit: &Visit, form: &PenaltyForm, proof: Option<Proof>) -> Result<Answer, Failure> {
    let who = keeper(visit)?;
    if form.request_key.is_empty() || form.request_key.len() > LONGEST_KEY {
        return Err(Failure::Stale);
    }
    let options = visit.province.profile.account.document_kinds.iter();
    let kinds: Vec<_> = options.map(|option| option.kind).collect();
    let checked = form.check(&visit.province.laws, &kinds, visit.services.today());
    let (of, penalty, name, bytes) = with_proof(checked, proof)?;
    let account = match &of {
        Some(of) => {
            note_lookup(visit, &who, "try_number").await?;
            account_of(visit, of).await?
        }
        None => account_of_case(visit, &who, &CaseId::from(form.case.as_str())).await?,
    };
    let id = CaseId::given(&form.case).unwrap_or_else(|| visit.services.ids.id().into());
    let files = kept(visit, (&id, &account), &name, bytes).await?;
    let is_new = form.case.is_empty();
    let entering = Entering { visit: visit.clone(), who, account, id, is_new, penalty, files, key: form.request_key.clone() };
    let answer = visit.write(move |tx| Box::pin(async move { entering.write(tx).await })).await?;
    visit.services.outbox.notify_one();
    Ok(answer)
}

/// Everything that is wrong at once: with what was typed, and with the file.
fn with_proof(
    checked: Result<(Option<Penalised>, Penalty), FieldErrors>,
    proof: Option<Proof>,
) -> Result<(Option<Penalised>, Penalty, String, Vec<u8>), FieldErrors> {
    let (mut errors, checked) = match checked {
        Ok(checked) => (FieldErrors::default(), Some(checked)),
        Err(errors) => (errors, None),
    };
    let file = match proof {
        None => errors.note("proof", Fault::FileMissing),
        Some(Proof { bytes: Err(fault), .. }) => errors.note("proof", fault),
        Some(Proof { name, bytes: Ok(bytes) }) => Some((name, bytes)),
    };
    match (checked, file) {
        (Some((of, penalty)), Some((name, bytes))) => errors.or((of, penalty, name, bytes)),
        _ => Err(errors),
    }
}

/// The account of whoever was typed.
async fn account_of(visit: &Visit, of: &Penalised) -> Result<AccountRow, Failure> {
    let hash = visit.services.vault.keyed_hash("document", of.document.number());
    let found = visit.services.db.read().await?.list_accounts_of_document(visit.province_key(), &hash).await?;
    let is_same =
        |account: &AccountRow| account.document_kind == of.document.kind().code() && is_same_name(&account.name, &of.name);
    Ok(found.into_iter().find(is_same).ok_or_else(|| FieldErrors::one("document_number", Fault::NotInList))?)
}

/// That of a penalty of the own bureau that was entered before.
async fn account_of_case(visit: &Visit, who: &Member, id: &CaseId) -> Result<AccountRow, Failure> {
    let mut reader = visit.services.db.read().await?;
    let row = reader.find_penalty(id).await?.filter(|row| row.bureau == who.bureau).ok_or(Failure::NotFound)?;
    reader.find_account(&row.account_id).await?.ok_or_else(|| Failure::Broken("a penalty without account".into()))
}

/// The pictures of the decision, whose bytes are kept; nothing names them yet.
async fn kept(
    visit: &Visit,
    (case, account): (&CaseId, &AccountRow),
    name: &str,
    bytes: Vec<u8>,
) -> Result<Vec<AttachmentRow>, Failure> {
    let rules = decision(visit)?;
    let original: Arc<[u8]> = bytes.into();
    let pictures = visit.services.pictures.inspect(original.clone(), PictureRules { most: rules.most, ..accepted(rules) });
    let pictures = match pictures.await {
        Ok(pictures) => pictures,
        Err(PictureError::Refused(fault)) => return Err(FieldErrors::one("proof", fault).into()),
        Err(PictureError::Busy) => return Err(Failure::Busy),
    };
    let mut rows = Vec::new();
    for (place, picture) in (0..).zip(&pictures) {
        let row = kept_row(&visit.services, (case, &account.id, DECISION), (name, ""), &original, picture);
        keep_bytes(&visit.services, &row, &original, picture).await?;
        rows.push(AttachmentRow { place, ..row });
    }
    Ok(rows)
}

/// A penalty on its way to a second person.
struct Entering {
    visit: Visit,
    who: Member,
    account: AccountRow,
    id: CaseId,
    is_new: bool,
    penalty: Penalty,
    files: Vec<AttachmentRow>,
    key: String,
}

impl Entering {
    async fn write(&self, tx: &mut Tx) -> Result<Answer, Failure> {
        let visit = &self.visit;
        let before = if self.is_new { None } else { tx.lock_case(&self.id).await? };
        let account =
            tx.lock_account(&self.account.id).await?.ok_or_else(|| Failure::Broken("an account that is gone".into()))?;
        let scope = format!("penalty:{}", self.who.id);
        if let Some(answer) = tx.find_answer(&scope, &self.key).await? {
            return Ok(serde_json::from_str(&answer)?);
        }
        self.may(tx, &account).await?;
        let case = match before {
            Some(case) if case.status == Status::Returned => case,
            Some(_) => return Err(Failure::Stale),
            None => {
                let case = CaseRow::new(self.id.clone(), PENALTY, &account, FORM, visit.now());
                tx.insert_case(&case).await?;
                case
            }
        };
        let case = self.hand_over(tx, &case).await?;
        let number = case.number.as_deref().unwrap_or_default();
        let answer = Answer::go(format!("/{}/staff/penalties?done={number}", visit.province_key()));
        tx.remember_answer(&scope, &self.key, &serde_json::to_string(&answer)?, visit.now()).await?;
        let detail = json!({ "account": account.id, "bureau": case.bureau, "round": case.round, "kinds": self.penalty.kinds });
        tx.audit(&visit.entry("enter_penalty", "case", case.id.as_str(), detail)).await?;
        Ok(answer)
    }

    /// Asked inside the write, on what is read there.
    async fn may(&self, tx: &mut Tx, account: &AccountRow) -> Result<(), Failure> {
        let (visit, who) = (&self.visit, &self.who);
        let bureau = known_bureau(tx, visit, &account.id).await?;
        if !bureau.is_some_and(|bureau| visit.province.bureaus.is_within(&bureau, &who.bureau)) {
            return Err(Refusal::NotYours.into());
        }
        if tx.is_same_person(&account.id, &who.id).await? {
            return Err(Refusal::SelfReview.into());
        }
        let number = tidy_code(&self.penalty.number);
        let others = tx.list_penalties_of(&account.id).await?;
        let mut others = others.iter().filter(|row| row.case_id != self.id && row.status != Status::Closed);
        if others.any(|row| tidy_code(&row.number) == number) {
            return Err(FieldErrors::one("number", Fault::DuplicateRow).into());
        }
        Ok(())
    }

    /// The case with the first seat taken by who enters it.
    async fn hand_over(&self, tx: &mut Tx, case: &CaseRow) -> Result<CaseRow, Failure> {
        let (visit, who) = (&self.visit, &self.who);
        let second = second_desk(tx, visit, who).await?;
        tx.save_penalty((&case.id, &case.account_id), (&case.province, &who.bureau), &self.penalty).await?;
        for old in tx.list_attachments(&case.id).await? {
            tx.remove_attachment(&case.id, &old.id).await?;
        }
        for file in &self.files {
            tx.replace_attachment(file).await?;
        }
        let files = self.files.iter();
        let files = files.map(|row| SubmittedFile { slot: row.slot.clone(), id: row.id.clone(), sha256: row.sha256.clone() });
        let body = PenaltyBody { penalty: self.penalty.clone(), files: files.collect() };
        let body_sealed = seal_body(&visit.services, &case.id, case.round + 1, &body)?;
        let what = HandIn { bureau: &who.bureau, form_version: FORM, body_sealed, by: By::staff(who), note: "" };
        let case = hand_in(tx, visit, case, what).await?;
        let path = bureau_path(&visit.province.bureaus, &second);
        tx.hand_on_case(&case, &Desk { bureau: &second, bureau_path: &path, seat: 1 }, visit.now()).await?;
        tx.add_event(&line(&visit.services, &case, Action::Endorse, By::staff(who), "")?).await?;
        Ok(CaseRow { bureau: Some(second), seat: 1, ..case })
    }
}

/// Where somebody else can confirm: the own bureau, or the nearest above it.
async fn second_desk(reader: &mut Reader, visit: &Visit, who: &Member) -> Result<BureauCode, Failure> {
    let counts = reviewers_above(reader, visit, &who.bureau, [&who.id, &who.id]).await?;
    Ok(counts.into_iter().find(|(_, count)| *count > 0).map(|(bureau, _)| bureau).ok_or(Refusal::NoSecondPerson)?)
}
