//! 撤销登记 of a change: what it wrote is put back to what stood there before, as a new version; what was changed once more since stays as
//! it is by now.

use domain::change::lead_to;
use domain::intake::{Answers, Context, Holder};
use domain::text;
use serde_json::{Value, json};
use store::Tx;
use store::case::file::CaseRow;

use super::body::ChangeBody;
use crate::Failure;
use crate::case::{Annulled, SubmittedFile, open_body};
use crate::certificate::amended;
use crate::intake::{RecordBody, correct_name, holder, on_record, seal_record};

/// What the change wrote is put back.
///
/// # Errors
/// `Stale` for somebody without a record, `Store`, `Broken`.
pub(super) async fn put_back(tx: &mut Tx, of: &Annulled<'_>) -> Result<Value, Failure> {
    let body = body(tx, of).await?;
    Exchange { of, body: &body, from: (&body.answers, &body.files), to: (&body.before, &body.filed) }.write(tx).await
}

/// What was put back is put forward again.
///
/// # Errors
/// The same.
pub(super) async fn put_forward(tx: &mut Tx, of: &Annulled<'_>) -> Result<Value, Failure> {
    let body = body(tx, of).await?;
    Exchange { of, body: &body, from: (&body.before, &body.filed), to: (&body.answers, &body.files) }.write(tx).await
}

/// What was handed in last.
async fn body(tx: &mut Tx, of: &Annulled<'_>) -> Result<ChangeBody, Failure> {
    let round = tx.list_submissions(&of.of.id).await?.pop();
    let round = round.ok_or_else(|| Failure::Broken("an approval without a round".into()))?;
    open_body(&of.visit.services, &of.of.id, &round)
}

/// One of two ways to answer the questions of a change in the place of the other.
struct Exchange<'a> {
    of: &'a Annulled<'a>,
    body: &'a ChangeBody,
    from: (&'a Answers, &'a [SubmittedFile]),
    to: (&'a Answers, &'a [SubmittedFile]),
}

impl Exchange<'_> {
    async fn write(&self, tx: &mut Tx) -> Result<Value, Failure> {
        let (visit, account) = (self.of.visit, self.of.account);
        let current = tx.find_record(&account.id).await?.ok_or(Failure::Stale)?;
        let filed = RecordBody::open(&visit.services, &current)?;
        let mut answers = on_record(&visit.province, account, &filed);
        let items = self.put(&mut answers);
        let name = answers.get("person.name").filter(|name| !name.is_empty()).unwrap_or(&account.name).to_owned();
        let (_, holder) = holder(&visit.services, account)?;
        let holder = Holder { name, ..holder };
        let today = visit.services.today();
        // The record stays where it is by now.
        if let Some(bureau) = visit.province.bureaus.get(&current.bureau).filter(|_| self.body.moving.is_some()) {
            answers = lead_to(&Context::of(&visit.province, &holder, &answers, today), &answers, bureau);
        }
        let application = answers.check(&Context::of(&visit.province, &holder, &answers, today)).ok();
        let body = RecordBody {
            case_number: self.of.row.number.clone().unwrap_or_default(),
            form_version: visit.province.profile.intake.form_version,
            holder,
            application,
            files: self.files(&filed.files),
            answers,
        };
        let row = CaseRow { bureau: Some(current.bureau), ..self.of.row.clone() };
        let version = tx.add_record(&seal_record(visit, &row, &body)?).await?;
        if items.iter().any(|item| item == "person.name") {
            correct_name(tx, (visit, account), body.answers.get("person.name").filter(|name| !name.is_empty())).await?;
        }
        amended(tx, visit, &account.id).await?;
        Ok(json!({ "record": version, "items": items }))
    }

    /// Answers what still stands as it was answered; which items that were.
    fn put(&self, answers: &mut Answers) -> Vec<String> {
        let value = |of: &Answers, item: &str| text::tidy(of.get(item).unwrap_or_default());
        let all = self.body.items.iter().chain(&self.body.at_once);
        let now = answers.clone();
        let items: Vec<String> = all.filter(|item| value(&now, item) == value(self.from.0, item)).cloned().collect();
        for item in &items {
            answers.set(item, self.to.0.get(item).unwrap_or_default().to_owned());
        }
        items
    }

    /// The files of the record, with those of the one way in the place of those of the other, slot by slot.
    fn files(&self, now: &[SubmittedFile]) -> Vec<SubmittedFile> {
        let is_taken = |file: &&SubmittedFile| self.from.1.iter().any(|from| from.id == file.id);
        let lost: Vec<&str> = now.iter().filter(is_taken).map(|file| file.slot.as_str()).collect();
        let was_empty = |slot: &str| !now.iter().any(|file| file.slot == slot);
        let kept = now.iter().filter(|file| !is_taken(file));
        let put = self.to.1.iter().filter(|file| lost.contains(&file.slot.as_str()) || was_empty(&file.slot));
        kept.chain(put).cloned().collect()
    }
}
