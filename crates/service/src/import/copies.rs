//! Records of the national platform: what a row would write is compared with what is on record here, and made before anybody agrees to it,
//! so that a whole file takes effect by a few statements (docs/adr/0061).

use std::collections::{BTreeSet, HashMap};

use domain::case::{Section, changes};
use domain::identity::DocumentNumber;
use domain::import::{ImportCopy, ImportOutcome, ImportReason};
use domain::intake::{Answers, Context, Holder, StepKey, display};
use domain::province::Province;
use serde_json::json;
use store::account::AccountRow;
use store::archive::RecordRow;
use store::import::copy::RecordCopyRow;
use store::import::row::ImportRowRow;
use store::{Reader, Tx};

use super::check::{Checked, Desk};
use super::{entry, open, seal};
use crate::intake::{RecordBody, holder, on_record};
use crate::{Failure, Services, china_date};

/// A row of somebody who has no record here, one that changes theirs, and one that says what is there.
const NEW: &str = "record/new";
const CHANGED: &str = "record/changed";
const SAME: &str = "record/same";

/// What a line wants of a record; `None` for one that is wrong, and for a file of something else.
pub(super) type Wanted = Option<(Holder, ImportCopy)>;

/// What the lines want.
pub(super) fn wanted(checked: &Checked) -> Vec<Wanted> {
    let of = |document: &DocumentNumber, name: &str| Holder {
        document_kind: document.kind(),
        name: name.to_owned(),
        sex: document.sex(),
        born_on: document.born_on(),
    };
    let rows = checked.iter().map(|row| row.as_ref().ok());
    rows.map(|row| row.and_then(|row| Some((of(&row.document, &row.name.0), row.copy.clone()?)))).collect()
}

/// Compares the rows with what is on record; what is said of them and what becomes of them stands in the rows then.
pub(super) async fn compare(
    desk: &Desk<'_>,
    reader: &mut Reader,
    rows: &mut [ImportRowRow],
    wanted: Vec<Wanted>,
) -> Result<Vec<RecordCopyRow>, Failure> {
    let (mut copies, mut lines) = (Vec::new(), HashMap::<Vec<u8>, i64>::new());
    if !desk.kind.copies_records() {
        return Ok(copies);
    }
    for (row, of) in rows.iter_mut().zip(wanted) {
        let waits = [ImportOutcome::Ready.code(), ImportOutcome::Later.code()].contains(&row.outcome.as_str());
        let Some((holder, copy)) = of.filter(|_| waits) else { continue };
        let above = match lines.get(&row.document_hash) {
            Some(line) => Some(*line),
            None => reader.find_import_line_of(desk.batch, &row.document_hash).await?,
        };
        let outcome = match above {
            Some(line) => Outcome::out(ImportOutcome::Repeated, vec![ImportReason::Twice { line }]),
            None => Compared { desk, row, holder, copy: &copy }.outcome(reader).await?,
        };
        lines.entry(row.document_hash.clone()).or_insert(row.line);
        note(desk.services, row, &outcome)?;
        copies.extend(outcome.copy);
    }
    Ok(copies)
}

/// What becomes of a row.
struct Outcome {
    outcome: Option<ImportOutcome>,
    rule: &'static str,
    said: Vec<ImportReason>,
    copy: Option<RecordCopyRow>,
}

impl Outcome {
    fn out(outcome: ImportOutcome, said: Vec<ImportReason>) -> Self {
        Self { outcome: Some(outcome), rule: SAME, said, copy: None }
    }
}

/// Writes into a row what became of it. One that is left out is like none.
fn note(services: &Services, row: &mut ImportRowRow, of: &Outcome) -> Result<(), Failure> {
    let mut detail = open(services, row)?;
    detail.reasons.extend(of.said.iter().cloned());
    row.detail_sealed = seal(services, (row.batch_id.as_str(), row.place), &detail)?;
    row.rule = of.rule.to_owned();
    if let Some(outcome) = of.outcome {
        row.outcome = outcome.code().to_owned();
        row.same_mark = String::new();
    }
    Ok(())
}

/// A row beside the record that it is about.
struct Compared<'a> {
    desk: &'a Desk<'a>,
    row: &'a ImportRowRow,
    /// As the row says it; that of the account counts where there is one.
    holder: Holder,
    copy: &'a ImportCopy,
}

impl Compared<'_> {
    async fn outcome(self, reader: &mut Reader) -> Result<Outcome, Failure> {
        let Some(id) = &self.row.account_id else { return self.made(None) };
        let account = reader.find_account(id).await?.ok_or_else(|| Failure::Broken("an account that is gone".into()))?;
        let is_shut = reader.find_closing(id).await?.is_some() || reader.find_standing_departure(id).await?.is_some();
        if is_shut {
            return Ok(Outcome::out(ImportOutcome::Refused, vec![ImportReason::Shut]));
        }
        let Some(record) = reader.find_record(id).await? else { return self.made(Some((account, None))) };
        let copied = reader.find_record_copy_day(&record.id).await?;
        if let Some(than) = copied.filter(|day| *day > self.copy.updated_on) {
            return Ok(Outcome::out(ImportOutcome::Repeated, vec![ImportReason::Older { than }]));
        }
        let changed_on = china_date(record.created_at);
        let is_newer_here = copied.is_none() && changed_on > self.copy.updated_on;
        let mut outcome = self.made(Some((account, Some(record))))?;
        // What was changed on both sides since is left to people, with what differs.
        if is_newer_here && outcome.outcome.is_none() {
            outcome.outcome = Some(ImportOutcome::Refused);
            outcome.copy = None;
            outcome.said.insert(0, ImportReason::BothChanged { on: changed_on });
        }
        Ok(outcome)
    }

    /// The version that the row would write, over what is on record.
    fn made(&self, on: Option<(AccountRow, Option<RecordRow>)>) -> Result<Outcome, Failure> {
        let (services, province) = (self.desk.services, self.desk.province);
        let (account, record) = on.map_or((None, None), |(account, record)| (Some(account), record));
        let holder = match &account {
            Some(account) => holder(services, account)?.1,
            None => self.holder.clone(),
        };
        let filed = record.as_ref().map(|record| RecordBody::open(services, record)).transpose()?;
        let before = match (&account, &filed) {
            (Some(account), Some(filed)) => on_record(province, account, filed),
            _ => Answers::default(),
        };
        let after = self.over(&holder, &before);
        let shown = |answers: &Answers| -> Vec<Section> { display(&self.context(&holder, answers), answers) };
        let differences: Vec<ImportReason> = changes(&shown(&before), &shown(&after), &BTreeSet::new())
            .into_iter()
            .map(|of| ImportReason::Differs {
                label: of.label,
                before: of.before.unwrap_or_default(),
                now: of.now.unwrap_or_default(),
            })
            .collect();
        let is_elsewhere = record.as_ref().is_some_and(|record| record.bureau != self.copy.bureau);
        if record.is_some() && differences.is_empty() && !is_elsewhere {
            return Ok(Outcome::out(ImportOutcome::Repeated, vec![ImportReason::AsOnRecord]));
        }
        let base_version = record.as_ref().map_or(0, |record| record.version);
        let is_new = record.is_none();
        let said = if is_new { Vec::new() } else { self.said(record.as_ref(), differences) };
        let files = filed.map(|filed| filed.files).unwrap_or_default();
        let application = after.check(&self.context(&holder, &after)).ok();
        let mut codes = ["employment.employer_code", "employment.credit_code"].into_iter().filter_map(|item| after.get(item));
        let employer = codes.find(|code| !code.is_empty()).map(|code| services.vault.keyed_hash("employer", code));
        let form_version = province.profile.intake.form_version;
        let body = RecordBody { case_number: String::new(), form_version, holder, application, files, answers: after };
        let id = &self.row.entry_id;
        let copy = RecordCopyRow {
            batch_id: self.row.batch_id.clone(),
            place: self.row.place,
            record_id: id.clone(),
            base_version,
            bureau: self.copy.bureau.clone(),
            updated_on: self.copy.updated_on,
            body_sealed: services.vault.seal("record.body", id, &serde_json::to_vec(&body)?),
            employer_hash: employer,
        };
        Ok(Outcome { outcome: None, rule: if is_new { NEW } else { CHANGED }, said, copy: Some(copy) })
    }

    /// What differs, the bureau first.
    fn said(&self, record: Option<&RecordRow>, differences: Vec<ImportReason>) -> Vec<ImportReason> {
        let bureaus = &self.desk.province.bureaus;
        let name = |code| bureaus.get(code).map(|bureau| bureau.name.clone()).unwrap_or_default();
        let moved = record.filter(|record| record.bureau != self.copy.bureau).map(|record| ImportReason::Differs {
            label: "所属财政局".to_owned(),
            before: name(&record.bureau),
            now: name(&self.copy.bureau),
        });
        moved.into_iter().chain(differences).collect()
    }

    fn context<'a>(&'a self, holder: &'a Holder, answers: &'a Answers) -> Context<'a> {
        Context::of(self.desk.province, holder, answers, self.desk.services.today())
    }

    /// What the row says over what is on record, at the place of its bureau.
    fn over(&self, holder: &Holder, before: &Answers) -> Answers {
        let province: &Province = self.desk.province;
        let mut after = before.clone();
        for (item, value) in &self.copy.answers {
            after.set(item, value.clone());
        }
        let leads = after.bureau(&self.context(holder, &after)).map(|bureau| bureau.code.clone());
        if let Some(bureau) = province.bureaus.get(&self.copy.bureau).filter(|bureau| leads.as_ref() != Some(&bureau.code)) {
            after.set("employment.division", bureau.division.clone());
            let chooses = province.profile.intake.step(StepKey::Employment).is_some_and(|step| step.field("bureau").is_some());
            if chooses {
                after.set("employment.bureau", bureau.code.to_string());
            }
        }
        after
    }
}

/// Whoever registers later gets the record that was imported under the own document and name; one who has a record by then keeps it.
///
/// # Errors
/// `Store`.
pub(super) async fn write_one(tx: &mut Tx, services: &Services, row: &ImportRowRow) -> Result<(), Failure> {
    let place = (row.place, row.place + 1);
    let left_out = tx.leave_out_changed_records(&row.batch_id, place).await?;
    let written = tx.write_record_copies(&row.batch_id, place, services.now()).await?;
    let detail = json!({ "batch": row.batch_id, "line": row.line, "records": written, "left_out": left_out });
    let account = row.account_id.as_ref().map(|id| id.as_str()).unwrap_or_default();
    Ok(tx.audit(&entry(services, "link_import", ("account", account), &detail)).await?)
}
