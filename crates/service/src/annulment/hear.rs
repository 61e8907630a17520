//! What the person sees of an annulment, and what they say before anything is decided.

use domain::annulment::forms::StatementForm;
use domain::annulment::view::{HeardLine, HeardView};
use domain::answer::Answer;
use domain::case::{Refusal, Status};
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use domain::province::AttachmentRules;
use serde_json::json;
use store::archive::annulment::{AnnulmentRow, StatementRow};
use store::case::attachment::AttachmentRow;
use store::{Reader, Tx};

use super::{AnnulmentBody, KIND, STATEMENT, effect, page, place, rules, said, words};
use crate::case::{Proof, UploadFor, bureau_name, count_upload, keep_proof, once, open_body};
use crate::{Failure, Visit};

/// What a bureau would take back of whoever asks, or has, and the form of an answer.
///
/// # Errors
/// `NotFound` where the province has no such thing, `SignInAgain`, `Store`, `Broken`.
pub async fn heard_view(visit: &Visit) -> Result<HeardView, Failure> {
    let account = visit.account()?.clone();
    rules(visit)?;
    let mut reader = visit.services.db.read().await?;
    let mut lines = Vec::new();
    for row in reader.list_annulments_of(&account).await? {
        lines.push(line(&mut reader, visit, &row).await?);
    }
    drop(reader);
    Ok(HeardView {
        name: visit.line(KIND).name.clone(),
        lines,
        proof: slot(visit)?.clone(),
        intake: visit.province.profile.intake_line().name.clone(),
        request_key: visit.services.ids.id(),
    })
}

/// What is asked of a proof.
fn slot(visit: &Visit) -> Result<&AttachmentRules, Failure> {
    visit.line(KIND).attachment(STATEMENT).ok_or(Failure::NotFound)
}

async fn line(reader: &mut Reader, visit: &Visit, row: &AnnulmentRow) -> Result<HeardLine, Failure> {
    let round = reader.list_submissions(&row.case_id).await?.pop();
    let round = round.ok_or_else(|| Failure::Broken("an annulment without a round".into()))?;
    let body: AnnulmentBody = open_body(&visit.services, &row.case_id, &round)?;
    let said = said(reader, visit, &row.case_id).await?;
    Ok(HeardLine {
        case: row.case_id.clone(),
        number: row.case_number.clone().unwrap_or_default(),
        of: words(visit, row),
        bureau_name: bureau_name(&visit.province, &row.bureau),
        ground: body.annulment.ground,
        facts: body.annulment.facts,
        effect: effect(visit, row.of_kind),
        status: row.status,
        took_effect: reader.find_integrity_entry_of(&row.case_id).await?.is_some(),
        heard_until: row.heard_until,
        may_say: said.is_empty() && is_open(visit, row),
        said,
    })
}

/// Whether the person may still say something.
fn is_open(visit: &Visit, row: &AnnulmentRow) -> bool {
    row.status == Status::Submitted && visit.services.today() <= row.heard_until
}

/// Says what the person has to say to an annulment, once. A repetition with the same key gets the same answer.
///
/// # Errors
/// The faults of the form, and at `proof` what is wrong with the file; `DuplicateRow` at `said` for a second answer, `TooEarly` there where
/// the days for it are over or it is decided; `NotFound` for what is another's, `Stale` for a key that no page gave out, `TooOften`,
/// `Busy`, `SignInAgain`, `Store`.
pub async fn answer_annulment(visit: &Visit, form: &StatementForm, proof: Option<Proof>) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    let rules = slot(visit)?;
    let (words, file) = checked(form, proof)?;
    let case = CaseId::from(form.case.as_str());
    let mut reader = visit.services.db.read().await?;
    reader.find_annulment(&case).await?.filter(|row| row.account_id == account).ok_or(Failure::NotFound)?;
    let row = reader.find_account(&account).await?.ok_or(Refusal::SignInAgain)?;
    drop(reader);
    let files = match file {
        None => Vec::new(),
        Some(file) => {
            count_upload(visit, &account, UploadFor::Proof).await?;
            keep_proof(visit, (&case, &row), rules, file).await?
        }
    };
    let answering = Answering { visit: visit.clone(), case: case.clone(), words, files };
    let key = ("annulment", form.request_key.as_str());
    once(visit, key, &case, move |tx| Box::pin(async move { answering.write(tx).await })).await
}

type Checked = (String, Option<(String, Vec<u8>)>);

/// The words and the file, or everything that is wrong.
fn checked(form: &StatementForm, proof: Option<Proof>) -> Result<Checked, FieldErrors> {
    let (mut errors, words) = match form.check() {
        Ok(words) => (FieldErrors::default(), words),
        Err(errors) => (errors, String::new()),
    };
    let file = match proof {
        None => None,
        Some(Proof { name, bytes: Ok(bytes) }) => Some((name, bytes)),
        Some(Proof { bytes: Err(fault), .. }) => errors.note("proof", fault),
    };
    errors.or((words, file))
}

struct Answering {
    visit: Visit,
    case: CaseId,
    words: String,
    files: Vec<AttachmentRow>,
}

impl Answering {
    async fn write(&self, tx: &mut Tx) -> Result<Answer, Failure> {
        let visit = &self.visit;
        let noted = tx.find_annulment(&self.case).await?.filter(|row| Some(&row.account_id) == visit.account().ok());
        let noted = noted.ok_or(Failure::NotFound)?;
        if !is_open(visit, &noted) {
            return Err(FieldErrors::one("said", Fault::TooEarly).into());
        }
        if tx.list_statements(&self.case).await?.iter().any(|row| row.round == noted.round) {
            return Err(FieldErrors::one("said", Fault::DuplicateRow).into());
        }
        let place = place(&self.case, noted.round);
        let said_sealed = visit.services.vault.seal("annulment.said", &place, self.words.as_bytes());
        tx.add_statement(&self.case, &StatementRow { round: noted.round, said_sealed, said_at: visit.now() }).await?;
        for file in &self.files {
            tx.replace_attachment(file).await?;
        }
        let detail = json!({ "round": noted.round, "files": self.files.len() });
        tx.audit(&visit.entry("answer_annulment", "case", self.case.as_str(), detail)).await?;
        Ok(Answer::go(format!("{}?done={}", page(visit), noted.case_number.unwrap_or_default())))
    }
}
