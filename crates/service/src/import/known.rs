//! What the database knows of the people and the marks of some lines.

use std::collections::{HashMap, HashSet};

use domain::id::AccountId;
use domain::identity::name::is_same_name;
use domain::import::{ImportKind, ImportOutcome, ImportReason, ImportRow};
use domain::learning::Credits;
use store::Reader;
use store::import::row::DocumentRow;
use store::school::SchoolRow;
use store::school::enrolment::EnrolmentRow;

use super::check::{Checked, Desk};
use crate::{Failure, china_date};

/// What becomes of a row without a fault.
pub(super) struct Decided {
    pub outcome: ImportOutcome,
    pub reason: Option<ImportReason>,
    pub account: Option<AccountId>,
    pub enrolment: Option<String>,
    pub arithmetic: Option<String>,
    pub mark: String,
}

/// What is known of the people and the marks of some lines.
pub(super) struct Known {
    accounts: HashMap<Vec<u8>, Vec<DocumentRow>>,
    /// Marks that are in effect.
    imported: HashSet<String>,
    schools: Vec<SchoolRow>,
    reported: HashSet<(String, String)>,
    pub seen: Seen,
}

/// What stood further up in the same file.
#[derive(Default)]
pub struct Seen {
    /// The first line of each mark.
    lines: HashMap<String, i64>,
    /// What enrolments have by then.
    given: HashMap<String, Credits>,
}

impl Known {
    pub(super) async fn read(desk: &Desk<'_>, reader: &mut Reader, checked: &Checked, seen: Seen) -> Result<Self, Failure> {
        let rows = || checked.iter().filter_map(|row| row.as_ref().ok());
        let hashes: Vec<Vec<u8>> = rows().map(|row| desk.hash(row)).collect();
        let mut accounts = HashMap::<Vec<u8>, Vec<DocumentRow>>::new();
        for row in reader.list_accounts_of_documents(&desk.province.profile.key, &hashes).await? {
            accounts.entry(row.document_hash.clone()).or_default().push(row);
        }
        let schools = match desk.kind {
            ImportKind::School => reader.list_schools(&desk.province.profile.key).await?,
            _ => Vec::new(),
        };
        let mut known = Self { accounts, imported: HashSet::new(), schools, reported: HashSet::new(), seen };
        let marks: Vec<String> = rows().map(|row| known.mark(desk, row)).collect();
        let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
        for same in reader.list_same_imports(desk.batch, &marks).await? {
            if same.batch_id == desk.batch {
                known.seen.lines.entry(same.same_mark).or_insert(same.line);
            } else {
                known.imported.insert(same.same_mark);
            }
        }
        if desk.kind == ImportKind::School {
            let numbers: Vec<(&SchoolRow, &str)> =
                rows().filter_map(|row| Some((known.school(&row.school.0)?, row.school.1.as_str()))).collect();
            let mut reported = HashSet::new();
            for school in &known.schools {
                // The interface takes numbers of at most 64 plain characters.
                let own = numbers.iter().filter(|(of, number)| of.id == school.id && number.is_ascii() && number.len() <= 64);
                let own: Vec<&str> = own.map(|(_, number)| *number).collect();
                if !own.is_empty() {
                    let found = reader.list_booked_rows(&school.id, own.into_iter()).await?;
                    reported.extend(found.into_iter().map(|row| (school.id.clone(), row.row_id)));
                }
            }
            known.reported = reported;
        }
        Ok(known)
    }

    fn school(&self, named: &str) -> Option<&SchoolRow> {
        self.schools.iter().find(|school| school.name == named || school.code.eq_ignore_ascii_case(named))
    }

    /// The mark of a row; that of a school is by the school itself, however the row names it.
    fn mark(&self, desk: &Desk<'_>, row: &ImportRow) -> String {
        match self.school(&row.school.0) {
            Some(school) => {
                let number = row.same.rsplit('|').next().unwrap_or_default();
                desk.mark(row, &format!("school|{}|{number}", school.id))
            }
            None => desk.mark(row, &row.same),
        }
    }

    pub(super) async fn decide(
        &mut self,
        desk: &Desk<'_>,
        reader: &mut Reader,
        line: i64,
        row: &ImportRow,
    ) -> Result<Decided, Failure> {
        let mark = self.mark(desk, row);
        let left_out = |outcome, reason| Decided {
            outcome,
            reason: Some(reason),
            account: None,
            enrolment: None,
            arithmetic: None,
            mark: String::new(),
        };
        if let Some(first) = self.seen.lines.get(&mark) {
            return Ok(left_out(ImportOutcome::Repeated, ImportReason::Twice { line: *first }));
        }
        if self.imported.contains(&mark) {
            return Ok(left_out(ImportOutcome::Repeated, ImportReason::Imported));
        }
        let kind = row.document.kind().code();
        let mut of_document = self.accounts.get(&desk.hash(row)).into_iter().flatten();
        let account = of_document.find(|account| account.document_kind == kind).cloned();
        if let (Some(account), Some(entry)) = (&account, &row.entry)
            && is_same_name(&account.name, &row.name.0)
            && crate::integrity::is_recorded(reader, &account.account_id, entry).await?
        {
            return Ok(left_out(ImportOutcome::Repeated, ImportReason::Imported));
        }
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
            self.seen.lines.insert(decided.mark.clone(), line);
        }
        Ok(decided)
    }

    /// The enrolment that a row of a school fits, and how it is shown.
    fn enrolled(&mut self, all: &[EnrolmentRow], row: &ImportRow) -> Result<(String, String), (ImportOutcome, ImportReason)> {
        let wrong = |reason| (ImportOutcome::Refused, reason);
        let school = self.school(&row.school.0).ok_or(wrong(ImportReason::NoSchool))?;
        if self.reported.contains(&(school.id.clone(), row.school.1.clone())) {
            return Err((ImportOutcome::Repeated, ImportReason::Imported));
        }
        let found = all.iter().find(|one| one.school_id == school.id && one.year == i64::from(row.year));
        let found = found.ok_or(wrong(ImportReason::NoEnrolment))?;
        if row.completed_on.is_some_and(|on| on < china_date(found.enrolled_at)) {
            return Err(wrong(ImportReason::BeforeEnrolment));
        }
        let on = row.completed_on.map(|on| on.to_string()).unwrap_or_default();
        let arithmetic = format!("网络培训：{}报送，学完日期 {on}", school.name);
        let given = self.seen.given.entry(found.id.clone()).or_insert(Credits::of_hundredths(found.booked));
        if *given + row.amount > Credits::of_hundredths(found.credits) {
            return Err(wrong(ImportReason::AboveEnrolled));
        }
        *given = *given + row.amount;
        Ok((found.id.clone(), arithmetic))
    }
}
