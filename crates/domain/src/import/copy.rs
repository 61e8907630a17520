//! Records of the national platform in a file: what a row says of somebody, in the words of the form of the province.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::read::{Reading, Who};
use super::reason::ImportReason;
use super::row::ImportRow;
use crate::date::{Dated, parse_date};
use crate::fault::Fault;
use crate::id::BureauCode;
use crate::identity::CreditCode;
use crate::intake::{FieldKind, Item, field_kind};
use crate::learning::{Credits, Subject};
use crate::province::{FieldRules, Province};
use crate::text::{length, tidy_code};

/// What a row says of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportCopy {
    /// As of when the platform says so.
    pub updated_on: NaiveDate,
    /// 财政局 that has the record there.
    pub bureau: BureauCode,
    /// The answers that the row gives, by item; what it leaves out stays as it is here.
    pub answers: BTreeMap<String, String>,
}

/// The columns that answer a question, each with the questions that it may be: a province asks one of them.
const QUESTIONS: [(&str, &[&str]); 14] = [
    ("level", &["credential.level", "qualification.rows.0.level"]),
    ("category", &["credential.category", "qualification.rows.0.category"]),
    ("method", &["credential.method", "qualification.rows.0.method"]),
    ("obtained_on", &["credential.obtained_on", "qualification.rows.0.obtained_on"]),
    ("certificate", &["credential.certificate_number", "qualification.rows.0.certificate_number"]),
    ("full_time_level", &["education.full_time_level"]),
    ("full_time_degree", &["education.full_time_degree"]),
    ("full_time_school", &["education.full_time_school"]),
    ("full_time_major", &["education.full_time_major"]),
    ("graduated_on", &["education.full_time_graduated_on"]),
    ("post_status", &["employment.status"]),
    ("employer", &["employment.employer_name"]),
    ("employer_code", &["employment.employer_code", "employment.credit_code"]),
    ("started_on", &["employment.accounting_started_on"]),
];

impl Reading<'_> {
    /// A record.
    pub(super) fn copy(&mut self, who: Who) -> Option<ImportRow> {
        let (updated_on, bureau) = (self.date("updated_on"), self.bureau());
        let (mut answers, mut said) = (BTreeMap::new(), Vec::new());
        for (field, questions) in QUESTIONS {
            let Some(typed) = self.cell(field).filter(|typed| !typed.is_empty()) else { continue };
            let Some((item, rules)) = asked(self.rules.province, questions) else {
                said.push(ImportReason::NotAsked { field: field.to_owned() });
                continue;
            };
            if let Some(value) = self.value(field, item, (rules, typed)) {
                answers.insert(item.to_string(), value);
            }
        }
        let ((name, document), updated_on, bureau) = (who?, updated_on?, bureau?);
        Some(ImportRow {
            name,
            document,
            year: updated_on.year(),
            subject: Subject::Both,
            amount: Credits::ZERO,
            rule: String::new(),
            arithmetic: String::new(),
            decided: String::new(),
            // What the platform says of somebody as of a day is said once.
            same: format!("record|{updated_on}"),
            converts: String::new(),
            school: Default::default(),
            completed_on: None,
            exam: None,
            entry: None,
            copy: Some(ImportCopy { updated_on, bureau, answers }),
            said,
        })
    }

    /// A bureau, by name or by code.
    fn bureau(&mut self) -> Option<BureauCode> {
        let typed = self.text("bureau")?;
        let plain = tidy_code(&typed);
        let mut all = self.rules.province.bureaus.0.values();
        let found = all.find(|bureau| {
            bureau.code == *plain.as_str() || tidy_code(&bureau.name) == plain || tidy_code(&bureau.desk()) == plain
        });
        found.map(|bureau| bureau.code.clone()).or_else(|| self.fault("bureau", Fault::NotInList))
    }

    /// An answer as the form keeps it.
    fn value(&mut self, field: &str, item: Item, (rules, typed): (&FieldRules, String)) -> Option<String> {
        let today = self.rules.today;
        match field_kind(item.step, item.field)? {
            FieldKind::Choice => {
                let (plain, list) = (tidy_code(&typed), rules.list.as_deref().unwrap_or_default());
                let mut entries = self.rules.province.lists.entries(list).iter();
                let found = entries.find(|entry| entry.code == typed || tidy_code(&entry.label) == plain);
                found.map(|entry| entry.code.clone()).or_else(|| self.fault(field, Fault::NotInList))
            }
            FieldKind::Date => match parse_date(&typed) {
                None => self.fault(field, Fault::NotADate),
                Some(on) if on > today => self.fault(field, Fault::InTheFuture),
                Some(on) => Some(on.to_string()),
            },
            FieldKind::DateOrMonth => match Dated::parse(&typed) {
                None => self.fault(field, Fault::NotADateOrMonth),
                Some(on) if on.first() > today => self.fault(field, Fault::InTheFuture),
                Some(on) => Some(on.to_string()),
            },
            FieldKind::CreditCode => match CreditCode::check(&typed) {
                Ok(code) => Some(code.as_str().to_owned()),
                Err(fault) => self.fault(field, fault),
            },
            FieldKind::EmployerCode => Some(tidy_code(&typed)),
            FieldKind::Text { max } if length(&typed) > max => self.fault(field, Fault::TooLong(max)),
            _ => Some(typed),
        }
    }
}

/// The one of these questions that the province asks.
fn asked<'a>(province: &'a Province, questions: &[&str]) -> Option<(Item, &'a FieldRules)> {
    questions.iter().find_map(|item| {
        let item = Item::parse(item)?;
        Some((item, province.profile.intake.step(item.step)?.field(item.field)?))
    })
}
