//! What becomes of rows: each by itself, beside those further up, and with what the database knows of its person.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::AccountId;
use domain::identity::mask;
use domain::identity::name::is_same_name;
use domain::import::{ImportKind, ImportLine, ImportOutcome, ImportReason, ImportRow};
use domain::learning::Credits;
use domain::province::Province;
use store::Reader;
use store::import::row::{DocumentRow, ImportRowRow};
use store::school::SchoolRow;
use store::school::enrolment::EnrolmentRow;

use super::{Detail, rules, seal};
use crate::{Failure, Services, china_date};

/// What would become of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The line of the file.
    pub line: i64,
    /// 姓名, as it stands there, without numbers.
    pub name: String,
    /// 证件号码, masked.
    pub number: String,
    /// What becomes of it.
    pub outcome: ImportOutcome,
    /// What it gives.
    pub amount: Credits,
    /// What is said of it.
    pub reasons: Vec<ImportReason>,
}

/// Where rows are looked at.
pub(super) struct Desk<'a> {
    pub services: &'a Services,
    pub province: &'a Province,
    pub kind: ImportKind,
    /// The batch; empty for a trial that notes nothing.
    pub batch: &'a str,
}

/// A trial for whoever runs the server: looks at lines, and writes nothing. Of what stands twice in the file only what is near is told.
///
/// # Errors
/// `NotFound` where the province is not served here or has no 继续教育; `Store`.
pub async fn look(services: &Services, province: &str, kind: ImportKind, lines: &[ImportLine]) -> Result<Vec<Looked>, Failure> {
    let province = services.province(province).ok_or(Failure::NotFound)?;
    let desk = Desk { services, province: &province, kind, batch: "" };
    let checked = desk.check(lines)?;
    let mut reader = services.db.read().await?;
    let rows = desk.decide(&mut reader, 0, lines, checked).await?;
    rows.into_iter().map(|row| super::view::looked(services, &row)).collect()
}

/// A line, and what stands in it.
pub(super) type Checked = Vec<Result<ImportRow, Vec<ImportReason>>>;

impl Desk<'_> {
    /// Each line by itself; needs no database.
    pub(super) fn check(&self, lines: &[ImportLine]) -> Result<Checked, Failure> {
        let rules = rules(self.services, self.province)?;
        Ok(lines.iter().map(|line| line.check(self.kind, &rules)).collect())
    }

    fn hash(&self, row: &ImportRow) -> Vec<u8> {
        self.services.vault.keyed_hash("document", row.document.number())
    }

    fn mark(&self, row: &ImportRow) -> String {
        let (key, kind, number) = (&self.province.profile.key, row.document.kind().code(), row.document.number());
        let hash = self.services.vault.keyed_hash("import_same", &format!("{key}:{kind}:{number}:{}", row.same));
        URL_SAFE_NO_PAD.encode(hash.get(..16).unwrap_or_default())
    }

    /// What becomes of the lines, as they are noted from a place on.
    pub(super) async fn decide(
        &self,
        reader: &mut Reader,
        from: i64,
        lines: &[ImportLine],
        checked: Checked,
    ) -> Result<Vec<ImportRowRow>, Failure> {
        let mut known = Known::read(self, reader, &checked).await?;
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
            detail_sealed: seal(services, (self.batch, place), &detail)?,
        })
    }
}

/// What becomes of a row without a fault.
struct Decided {
    outcome: ImportOutcome,
    reason: Option<ImportReason>,
    account: Option<AccountId>,
    enrolment: Option<String>,
    arithmetic: Option<String>,
    mark: String,
}

/// What is known of the people and the marks of some lines.
struct Known {
    accounts: HashMap<Vec<u8>, Vec<DocumentRow>>,
    /// The first line of each mark in this file, and those that are in effect.
    lines: HashMap<String, i64>,
    imported: HashMap<String, ()>,
    schools: Vec<SchoolRow>,
    reported: HashMap<(String, String), ()>,
    /// What was found for an enrolment further up.
    given: HashMap<String, Credits>,
}

impl Known {
    async fn read(desk: &Desk<'_>, reader: &mut Reader, checked: &Checked) -> Result<Self, Failure> {
        let rows = || checked.iter().filter_map(|row| row.as_ref().ok());
        let hashes: Vec<Vec<u8>> = rows().map(|row| desk.hash(row)).collect();
        let marks: Vec<String> = rows().map(|row| desk.mark(row)).collect();
        let mut accounts = HashMap::<Vec<u8>, Vec<DocumentRow>>::new();
        for row in reader.list_accounts_of_documents(&desk.province.profile.key, &hashes).await? {
            accounts.entry(row.document_hash.clone()).or_default().push(row);
        }
        let mut known = Self {
            accounts,
            lines: HashMap::new(),
            imported: HashMap::new(),
            schools: Vec::new(),
            reported: HashMap::new(),
            given: HashMap::new(),
        };
        let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
        for same in reader.list_same_imports(desk.batch, &marks).await? {
            if same.batch_id == desk.batch {
                known.lines.entry(same.same_mark).or_insert(same.line);
            } else {
                known.imported.insert(same.same_mark, ());
            }
        }
        if desk.kind == ImportKind::School {
            known.schools = reader.list_schools(&desk.province.profile.key).await?;
            let numbers: Vec<(&SchoolRow, &str)> =
                rows().filter_map(|row| Some((known.school(&row.school.0)?, row.school.1.as_str()))).collect();
            let mut reported = HashMap::new();
            for school in &known.schools {
                // The interface takes numbers of at most 64 plain characters.
                let own = numbers.iter().filter(|(of, number)| of.id == school.id && number.is_ascii() && number.len() <= 64);
                let own: Vec<&str> = own.map(|(_, number)| *number).collect();
                if !own.is_empty() {
                    let found = reader.list_booked_rows(&school.id, own.into_iter()).await?;
                    reported.extend(found.into_iter().map(|row| ((school.id.clone(), row.row_id), ())));
                }
            }
            known.reported = reported;
        }
        Ok(known)
    }

    fn school(&self, named: &str) -> Option<&SchoolRow> {
        self.schools.iter().find(|school| school.name == named || school.code.eq_ignore_ascii_case(named))
    }

    async fn decide(&mut self, desk: &Desk<'_>, reader: &mut Reader, line: i64, row: &ImportRow) -> Result<Decided, Failure> {
        let mark = desk.mark(row);
        let left_out = |outcome, reason| Decided {
            outcome,
            reason: Some(reason),
            account: None,
            enrolment: None,
            arithmetic: None,
            mark: String::new(),
        };
        if let Some(first) = self.lines.get(&mark) {
            return Ok(left_out(ImportOutcome::Repeated, ImportReason::Twice { line: *first }));
        }
        if self.imported.contains_key(&mark) {
            return Ok(left_out(ImportOutcome::Repeated, ImportReason::Imported));
        }
        let kind = row.document.kind().code();
        let of_document = self.accounts.get(&desk.hash(row)).into_iter().flatten();
        let account = of_document.clone().find(|account| account.document_kind == kind).cloned();
        let decided = match account {
            Some(account) if !is_same_name(&account.name, &row.name.0) => {
                left_out(ImportOutcome::Refused, ImportReason::OtherName)
            }
            Some(account) if desk.kind == ImportKind::School => {
                let enrolments = reader.list_enrolments(&account.account_id).await?;
                match self.enrolled(&enrolments, row) {
                    Err((outcome, reason)) => left_out(outcome, reason),
                    Ok((enrolment, arithmetic)) => Decided {
                        outcome: ImportOutcome::Ready,
                        reason: None,
                        account: Some(account.account_id),
                        enrolment: Some(enrolment),
                        arithmetic: Some(arithmetic),
                        mark,
                    },
                }
            }
            // Nobody is enrolled who has not registered.
            None if desk.kind == ImportKind::School => left_out(ImportOutcome::Refused, ImportReason::NoEnrolment),
            account => Decided {
                outcome: if account.is_some() { ImportOutcome::Ready } else { ImportOutcome::Later },
                reason: None,
                account: account.map(|account| account.account_id),
                enrolment: None,
                arithmetic: None,
                mark,
            },
        };
        if !decided.mark.is_empty() {
            self.lines.insert(decided.mark.clone(), line);
        }
        Ok(decided)
    }

    /// The enrolment that a row of a school fits, and how it is shown.
    fn enrolled(&mut self, all: &[EnrolmentRow], row: &ImportRow) -> Result<(String, String), (ImportOutcome, ImportReason)> {
        let wrong = |reason| (ImportOutcome::Refused, reason);
        let school = self.school(&row.school.0).ok_or(wrong(ImportReason::NoSchool))?;
        if self.reported.contains_key(&(school.id.clone(), row.school.1.clone())) {
            return Err((ImportOutcome::Repeated, ImportReason::Imported));
        }
        let found = all.iter().find(|one| one.school_id == school.id && one.year == i64::from(row.year));
        let found = found.ok_or(wrong(ImportReason::NoEnrolment))?;
        if row.completed_on.is_some_and(|on| on < china_date(found.enrolled_at)) {
            return Err(wrong(ImportReason::BeforeEnrolment));
        }
        let on = row.completed_on.map(|on| on.to_string()).unwrap_or_default();
        let arithmetic = format!("网络培训：{}报送，学完日期 {on}", school.name);
        let given = self.given.entry(found.id.clone()).or_insert(Credits::of_hundredths(found.booked));
        if *given + row.amount > Credits::of_hundredths(found.credits) {
            return Err(wrong(ImportReason::AboveEnrolled));
        }
        *given = *given + row.amount;
        Ok((found.id.clone(), arithmetic))
    }
}
