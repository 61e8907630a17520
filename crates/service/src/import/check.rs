//! What becomes of rows: each by itself, beside those further up, and with what the database knows of its person.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::identity::mask;
use domain::import::view::ImportSaid;
use domain::import::{ImportKind, ImportLine, ImportOutcome, ImportReason, ImportRow};
use domain::province::Province;
use store::Reader;
use store::import::copy::RecordCopyRow;
use store::import::row::ImportRowRow;

use super::known::{Decided, Known, Seen};
use super::view::said;
use super::{Detail, copies, rules, seal};
use crate::{Failure, Services};

/// Where rows are looked at.
pub(super) struct Desk<'a> {
    pub services: &'a Services,
    pub province: &'a Province,
    pub kind: ImportKind,
    /// The batch; empty for a trial that notes nothing.
    pub batch: &'a str,
}

/// A trial for whoever runs the server: looks at lines, and writes nothing. `seen` is what stood further up in the file, for its next
/// part.
///
/// # Errors
/// `NotFound` where the province is not served here or has no 继续教育; `Store`.
pub async fn look(
    services: &Services,
    (province, kind): (&str, ImportKind),
    lines: &[ImportLine],
    seen: &mut Seen,
) -> Result<Vec<ImportSaid>, Failure> {
    let province = services.province(province).ok_or(Failure::NotFound)?;
    let desk = Desk { services, province: &province, kind, batch: "" };
    let checked = desk.check(lines)?;
    let mut reader = services.db.read().await?;
    let (rows, _) = desk.compared(&mut reader, 0, (lines, checked), seen).await?;
    rows.iter().map(|row| said(services, row)).collect()
}

/// A line, and what stands in it.
pub(super) type Checked = Vec<Result<ImportRow, Vec<ImportReason>>>;

impl Desk<'_> {
    /// Each line by itself; needs no database.
    pub(super) fn check(&self, lines: &[ImportLine]) -> Result<Checked, Failure> {
        let rules = rules(self.services, self.province)?;
        Ok(lines.iter().map(|line| line.check(self.kind, &rules)).collect())
    }

    pub(super) fn hash(&self, row: &ImportRow) -> Vec<u8> {
        self.services.vault.keyed_hash("document", row.document.number())
    }

    /// What a row has in common with every row that says `same` of the same person.
    pub(super) fn mark(&self, row: &ImportRow, same: &str) -> String {
        let (key, kind, number) = (&self.province.profile.key, row.document.kind().code(), row.document.number());
        let hash = self.services.vault.keyed_hash("import_same", &format!("{key}:{kind}:{number}:{same}"));
        URL_SAFE_NO_PAD.encode(hash.get(..16).unwrap_or_default())
    }

    /// What becomes of the lines, and which records they would write.
    pub(super) async fn compared(
        &self,
        reader: &mut Reader,
        from: i64,
        (lines, checked): (&[ImportLine], Checked),
        seen: &mut Seen,
    ) -> Result<(Vec<ImportRowRow>, Vec<RecordCopyRow>), Failure> {
        let wanted = copies::wanted(&checked);
        let mut rows = self.decide(reader, from, (lines, checked), seen).await?;
        let copies = copies::compare(self, reader, &mut rows, wanted).await?;
        Ok((rows, copies))
    }

    /// What becomes of the lines, as they are noted from a place on.
    pub(super) async fn decide(
        &self,
        reader: &mut Reader,
        from: i64,
        (lines, checked): (&[ImportLine], Checked),
        seen: &mut Seen,
    ) -> Result<Vec<ImportRowRow>, Failure> {
        let mut known = Known::read(self, reader, &checked, std::mem::take(seen)).await?;
        let mut rows = Vec::with_capacity(lines.len());
        for ((place, line), checked) in (from..).zip(lines).zip(checked) {
            let number = i64::try_from(line.number).unwrap_or(i64::MAX);
            rows.push(match checked {
                Err(reasons) => self.wrong((place, number), line, reasons)?,
                Ok(row) => {
                    let decided = known.decide(self, reader, number, &row).await?;
                    self.noted((place, number), row, decided)?
                }
            });
        }
        *seen = known.seen;
        Ok(rows)
    }

    /// Of a line that is wrong nothing is kept but what is needed to find and mend it.
    fn wrong(&self, (place, line): (i64, i64), of: &ImportLine, reasons: Vec<ImportReason>) -> Result<ImportRowRow, Failure> {
        let name: String = match of.broken {
            // In a line that was taken apart wrongly a number may stand anywhere.
            Some(_) => of.cells.first().map(|cell| cell.text.chars().take(20).collect()).unwrap_or_default(),
            None => of.text(self.kind, "name").chars().take(40).collect(),
        };
        let number = mask::document(&of.text(self.kind, "document_number").chars().take(40).collect::<String>());
        let detail = Detail { name: mask::within(&name), number, reasons, ..Detail::default() };
        Ok(ImportRowRow {
            batch_id: self.batch.to_owned(),
            place,
            line,
            outcome: ImportOutcome::Refused.code().to_owned(),
            document_hash: Vec::new(),
            account_id: None,
            entry_id: String::new(),
            enrolment_id: None,
            same_mark: String::new(),
            same_hash: None,
            year: 0,
            subject: String::new(),
            amount: 0,
            rule: String::new(),
            arithmetic: String::new(),
            decided: String::new(),
            detail_sealed: seal(self.services, (self.batch, place), &detail)?,
        })
    }

    fn noted(&self, (place, line): (i64, i64), row: ImportRow, decided: Decided) -> Result<ImportRowRow, Failure> {
        let services = self.services;
        let hash = (!row.converts.is_empty()).then(|| services.vault.keyed_hash("conversion", &row.converts));
        let detail = Detail {
            kind: row.document.kind().code().to_owned(),
            number: mask::document(row.document.number()),
            reasons: row.said.iter().cloned().chain(decided.reason).collect(),
            exam: row.exam.clone(),
            entry: row.entry.clone(),
            name: row.name.0.clone(),
        };
        Ok(ImportRowRow {
            batch_id: self.batch.to_owned(),
            place,
            line,
            outcome: decided.outcome.code().to_owned(),
            document_hash: self.hash(&row),
            account_id: decided.account,
            entry_id: services.ids.id(),
            enrolment_id: decided.enrolment,
            same_mark: decided.mark,
            same_hash: hash,
            year: row.year.into(),
            subject: row.subject.code().to_owned(),
            amount: row.amount.hundredths(),
            rule: row.rule,
            arithmetic: decided.arithmetic.unwrap_or(row.arithmetic),
            decided: row.decided,
            detail_sealed: seal(services, (self.batch, place), &detail)?,
        })
    }
}
