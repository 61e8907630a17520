//! 提出异议: reasons and proof go to the bureau above in one post; and 取消, while nobody has answered.

use domain::answer::Answer;
use domain::case::{Action, Refusal, Status};
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use domain::integrity::objection::{ObjectionForm, WithdrawObjectionForm};
use domain::text::tidy;
use serde_json::json;
use store::Tx;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;

use super::super::{OBJECTION, rules};
use super::decide::{desk_above, entered_at};
use super::list::is_barred;
use super::{Against, ObjectionBody, evidence, page, standing};
use crate::case::{
    By, HandIn, Proof, UploadFor, count_upload, hand_in, keep_proof, named, once, seal_body, take_back, tell_handed_in, version,
};
use crate::{Failure, Visit};

/// The questions are of one version.
const FORM: i64 = 1;

/// Hands an objection in. A repetition with the same key gets the same answer; a penalty that was objected to before leads to the list.
///
/// # Errors
/// The faults of the form, and at `proof` what is wrong with a file; `NotFound` for a penalty that is another's or stands no longer;
/// `Stale` for a key that no page gave out, `TooOften`, `Busy`, `SignInAgain`, `Store`.
pub async fn raise_objection(visit: &Visit, form: &ObjectionForm, proofs: Vec<Proof>) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    rules(visit)?;
    let of = CaseId::from(tidy(&form.of));
    let (reasons, sent) = checked(form, proofs, evidence(visit)?.required)?;
    let mut reader = visit.services.db.read().await?;
    // What was answered is the penalty of this person all the same: its repetition finds its answer below.
    let is_known = reader.list_objections(&account).await?.iter().any(|row| row.of_case == of);
    if !is_known {
        standing(&mut reader, &account, &of).await?.ok_or(Failure::NotFound)?;
    }
    let row = reader.find_account(&account).await?.ok_or(Refusal::SignInAgain)?;
    drop(reader);
    let id = CaseId::from(visit.services.ids.id());
    let mut files: Vec<AttachmentRow> = Vec::new();
    for file in sent {
        count_upload(visit, &account, UploadFor::Proof).await?;
        files.extend(keep_proof(visit, (&id, &row), evidence(visit)?, file).await?);
    }
    let most = evidence(visit)?.most;
    if files.len() > most as usize {
        return Err(FieldErrors::one("proof", Fault::SlotFull(most)).into());
    }
    let files = (0..).zip(files).map(|(place, row)| AttachmentRow { place, ..row }).collect();
    let raising = Raising { visit: visit.clone(), id, of: of.clone(), reasons, files };
    let handed_in =
        once(visit, ("objection", &form.request_key), &of, move |tx| Box::pin(async move { raising.write(tx).await }));
    handed_in.await
}

/// A file by its name.
type Sent = (String, Vec<u8>);

/// The reasons and the files, or everything that is wrong.
fn checked(form: &ObjectionForm, proofs: Vec<Proof>, is_required: bool) -> Result<(String, Vec<Sent>), FieldErrors> {
    let (mut errors, reasons) = match form.check() {
        Ok(reasons) => (FieldErrors::default(), reasons),
        Err(errors) => (errors, String::new()),
    };
    if is_required && proofs.is_empty() {
        errors.push("proof", Fault::FileMissing);
    }
    let mut files = Vec::new();
    for Proof { name, bytes } in proofs {
        match bytes {
            Ok(bytes) => files.push((name, bytes)),
            Err(fault) => errors.push("proof", fault),
        }
    }
    errors.or((reasons, files))
}

/// An objection on its way to the bureau above.
struct Raising {
    visit: Visit,
    id: CaseId,
    of: CaseId,
    reasons: String,
    files: Vec<AttachmentRow>,
}

impl Raising {
    async fn write(&self, tx: &mut Tx) -> Result<Answer, Failure> {
        let visit = &self.visit;
        let account = tx.lock_account(visit.account()?).await?.ok_or(Refusal::SignInAgain)?;
        if is_barred(&tx.list_objections(&account.id).await?, &self.of) {
            return Ok(Answer::go(page(visit)));
        }
        let entry = standing(tx, &account.id, &self.of).await?.ok_or(Failure::NotFound)?;
        let case = CaseRow::new(self.id.clone(), OBJECTION, &account, FORM, visit.now());
        crate::case::open(tx, visit, &case).await?;
        tx.insert_objection((&case.id, &account.id), &self.of).await?;
        for file in &self.files {
            tx.replace_attachment(file).await?;
        }
        let desk = desk_above(tx, visit, &entry).await?;
        let penalty = Against {
            ban: entry.ban(),
            bureau: entered_at(tx, &entry).await?,
            kind: entry.kind,
            title: entry.title,
            body: entry.body,
            number: entry.number,
            decided_on: entry.decided_on,
            basis: entry.basis,
        };
        let body = ObjectionBody { of: self.of.clone(), penalty, reasons: self.reasons.clone(), files: named(&self.files) };
        let body_sealed = seal_body(&visit.services, &case.id, case.round + 1, &body)?;
        let by = By::owner(&case, &account.name);
        let now = hand_in(tx, visit, &case, HandIn { bureau: &desk, form_version: FORM, body_sealed, by, note: "" }).await?;
        tell_handed_in(tx, visit, &account, &now).await?;
        let number = now.number.as_deref().unwrap_or_default();
        let detail = json!({ "round": now.round, "bureau": now.bureau, "of": self.of });
        tx.audit(&visit.entry(Action::Submit.code(), "case", now.id.as_str(), detail)).await?;
        Ok(Answer::go(format!("{}?done={number}", page(visit))))
    }
}

/// Ends an objection of the person that nobody has answered yet. Repeating it changes nothing.
///
/// # Errors
/// `NotAllowedIn` for one that was answered, `Stale` when it changed since it was seen, `NotFound`, `SignInAgain`.
pub async fn withdraw_objection(visit: &Visit, form: &WithdrawObjectionForm) -> Result<Answer, Failure> {
    visit.account()?;
    let (seen, id, work) = (version(&form.version)?, CaseId::from(form.case.as_str()), visit.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let asking = work.account()?.clone();
            let case = tx.lock_case(&id).await?;
            let case = case.filter(|case| case.kind == OBJECTION && case.account_id == asking).ok_or(Failure::NotFound)?;
            let go = Answer::go(page(&work));
            // A repetition; one that was answered has a decision.
            if case.status == Status::Closed && case.decided_at.is_none() {
                return Ok(go);
            }
            domain::case::permitted(case.status, domain::case::Role::Owner, Action::Cancel, &work.kind_rules(OBJECTION))?;
            if case.version != seen {
                return Err(Failure::Stale);
            }
            take_back(tx, &work, &case, Action::Cancel).await?;
            Ok(go)
        })
    });
    write.await
}
