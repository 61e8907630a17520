//! 撤销登记 of a change: what it wrote is put back to what stood there before, as a new version; what was changed once more since stays as
//! it is by now.

use domain::case::Status;
use domain::change::lead_to;
use domain::id::CaseId;
use domain::intake::{Answers, Context, Holder};
use domain::text;
use serde_json::{Value, json};
use store::Tx;
use store::case::file::CaseRow;

use super::KIND;
use super::body::ChangeBody;
use crate::Failure;
use crate::case::{Annulled, SubmittedFile, open_body};
use crate::certificate::amended;
use crate::intake::{RecordBody, correct_name, holder, on_record, seal_record};

/// What the change wrote is put back; not to what another change had written that was annulled before, but to what stood before that.
///
/// # Errors
/// `Stale` for somebody without a record, `Store`, `Broken`.
pub(super) async fn put_back(tx: &mut Tx, of: &Annulled<'_>) -> Result<Value, Failure> {
    let body = body(tx, of, &of.of.id).await?;
    let annulled = annulled(tx, of).await?;
    let items = body.items.iter().chain(&body.at_once);
    let to = items.map(|item| (item.clone(), before(&body, &annulled, item))).collect();
    Exchange { of, body: &body, from: &body.answers, to, files: (&body.files, &body.filed) }.write(tx).await
}

/// What was put back is put forward again, and nothing that was not: what had been changed once more before the annulment stays as it
/// is. A record that has left the province is no longer written here.
///
/// # Errors
/// The same.
pub(super) async fn put_forward(tx: &mut Tx, of: &Annulled<'_>) -> Result<Value, Failure> {
    if tx.find_standing_departure(&of.account.id).await?.is_some() {
        return Ok(json!({ "left": true }));
    }
    let body = body(tx, of, &of.of.id).await?;
    let versions = tx.list_records(&of.account.id).await?;
    let at = versions.iter().rposition(|version| version.case_id == of.row.id);
    let Some((then, before)) = at.and_then(|at| Some((versions.get(at)?, versions.get(at + 1)?))) else {
        return Ok(json!({ "items": [] }));
    };
    let said =
        |version| Ok::<_, Failure>(on_record(&of.visit.province, of.account, &RecordBody::open(&of.visit.services, version)?));
    let (then, before) = (said(then)?, said(before)?);
    let items = body.items.iter().chain(&body.at_once).filter(|item| value(&then, item) != value(&before, item));
    let to = items.map(|item| (item.clone(), body.answers.get(item).unwrap_or_default().to_owned())).collect();
    Exchange { of, body: &body, from: &then, to, files: (&body.filed, &body.files) }.write(tx).await
}

/// The changes of the person that were annulled before, and still are.
async fn annulled(tx: &mut Tx, of: &Annulled<'_>) -> Result<Vec<ChangeBody>, Failure> {
    let entries = tx.list_integrity_entries(&of.account.id).await?;
    let is_over = |id: &str| entries.iter().any(|end| end.reverses.as_deref() == Some(id));
    let is_lifted = |case: &CaseId| entries.iter().any(|entry| entry.case_id == *case && is_over(&entry.id));
    let mut bodies = Vec::new();
    for row in tx.list_annulments_of(&of.account.id).await? {
        if row.status != Status::Approved || row.of_case == of.of.id || is_lifted(&row.case_id) {
            continue;
        }
        if tx.find_case(&row.of_case).await?.is_some_and(|case| case.kind == KIND) {
            bodies.push(body(tx, of, &row.of_case).await?);
        }
    }
    Ok(bodies)
}

/// What an item said before a change, and before those that wrote this and were annulled.
fn before(body: &ChangeBody, annulled: &[ChangeBody], item: &str) -> String {
    let mut said = body.before.get(item).unwrap_or_default();
    // Each leads one step back.
    for _ in annulled {
        let wrote = |other: &&ChangeBody| {
            let has_it = other.items.iter().chain(&other.at_once).any(|one| one == item);
            has_it && text::tidy(other.answers.get(item).unwrap_or_default()) == text::tidy(said)
        };
        let Some(other) = annulled.iter().find(wrote) else { break };
        said = other.before.get(item).unwrap_or_default();
    }
    said.to_owned()
}

fn value(of: &Answers, item: &str) -> String {
    text::tidy(of.get(item).unwrap_or_default())
}

/// What was handed in last.
async fn body(tx: &mut Tx, of: &Annulled<'_>, change: &CaseId) -> Result<ChangeBody, Failure> {
    let round = tx.list_submissions(change).await?.pop();
    let round = round.ok_or_else(|| Failure::Broken("an approval without a round".into()))?;
    open_body(&of.visit.services, change, &round)
}

/// One of two ways to answer the questions of a change in the place of the other.
struct Exchange<'a> {
    of: &'a Annulled<'a>,
    body: &'a ChangeBody,
    /// What has to stand still for an item to be answered otherwise.
    from: &'a Answers,
    /// Items, and what they say then.
    to: Vec<(String, String)>,
    /// Files that go, and files that come.
    files: (&'a [SubmittedFile], &'a [SubmittedFile]),
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
            files: self.filed(&filed.files),
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
        let now = answers.clone();
        let stands = |(item, _): &&(String, String)| value(&now, item) == value(self.from, item);
        let mut items = Vec::new();
        for (item, said) in self.to.iter().filter(stands) {
            answers.set(item, said.clone());
            items.push(item.clone());
        }
        items
    }

    /// The files of the record, with those of the one way in the place of those of the other, slot by slot.
    fn filed(&self, now: &[SubmittedFile]) -> Vec<SubmittedFile> {
        let is_taken = |file: &&SubmittedFile| self.files.0.iter().any(|from| from.id == file.id);
        let lost: Vec<&str> = now.iter().filter(is_taken).map(|file| file.slot.as_str()).collect();
        let was_empty = |slot: &str| !now.iter().any(|file| file.slot == slot);
        let kept = now.iter().filter(|file| !is_taken(file));
        let put = self.files.1.iter().filter(|file| lost.contains(&file.slot.as_str()) || was_empty(&file.slot));
        kept.chain(put).cloned().collect()
    }
}
