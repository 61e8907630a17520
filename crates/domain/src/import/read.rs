use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::columns::ImportKind;
use super::exam::{ExamResult, option_of};
use super::reason::ImportReason;
use super::row::{ImportLine, ImportRow, ImportRules};
use crate::account::legacy::{LegacyCell, LegacyName, document};
use crate::date::parse_date;
use crate::fault::{Fault, FieldErrors};
use crate::identity::DocumentNumber;
use crate::identity::name::{known_name, person_name};
use crate::learning::{Claim, Credits, Decided, Reckoning, Subject, Unreckoned, reckon};
use crate::text::{length, tidy, tidy_code};

/// The longest text of a cell.
const LONGEST: u32 = 60;

/// Who a row is about, where that can be read.
pub(super) type Who = Option<(LegacyName, DocumentNumber)>;

/// A line that is being read, and what is wrong with it so far.
pub(super) struct Reading<'a> {
    line: &'a ImportLine,
    kind: ImportKind,
    pub(super) rules: &'a ImportRules<'a>,
    pub reasons: Vec<ImportReason>,
}

impl<'a> Reading<'a> {
    pub(super) fn of(line: &'a ImportLine, kind: ImportKind, rules: &'a ImportRules<'a>) -> Self {
        Self { line, kind, rules, reasons: Vec::new() }
    }

    pub(super) fn fault<T>(&mut self, field: &str, fault: Fault) -> Option<T> {
        self.reasons.push(ImportReason::Fault { field: field.to_owned(), fault });
        None
    }

    /// What somebody meant by a cell; `None` where it holds something else. A day that a sheet knows as a day is one.
    pub(super) fn cell(&mut self, field: &str) -> Option<String> {
        let at = self.kind.columns().iter().position(|column| column.field == field);
        let Some(cell) = at.and_then(|at| self.line.cells.get(at)) else { return Some(String::new()) };
        let text = tidy(&cell.text);
        match cell.known.clone().or_else(|| LegacyCell::of_text(&cell.text)) {
            None | Some(LegacyCell::AsShown) => Some(text),
            Some(LegacyCell::Date { shown }) if field.ends_with("_on") => Some(shown),
            Some(LegacyCell::Uneven) if field == "credits" && !text.is_empty() => Some(text),
            Some(cell) => {
                self.reasons.push(ImportReason::Cell { field: field.to_owned(), cell });
                None
            }
        }
    }

    pub(super) fn text(&mut self, field: &str) -> Option<String> {
        let text = self.optional(field)?;
        if text.is_empty() { self.fault(field, Fault::Missing) } else { Some(text) }
    }

    fn optional(&mut self, field: &str) -> Option<String> {
        let text = self.cell(field)?;
        if length(&text) > LONGEST { self.fault(field, Fault::TooLong(LONGEST)) } else { Some(text) }
    }

    pub(super) fn who(&mut self) -> Who {
        let name = self.cell("name").and_then(|typed| {
            // Lists put a blank between the two characters of a name.
            let has_blank = matches!(person_name(&typed), Err(Fault::Blank { .. }));
            let read = if has_blank { known_name(&typed) } else { person_name(&typed) };
            read.map_err(|fault| self.fault::<()>("name", fault)).ok()
        });
        let (kind, number) = (self.cell("document_kind"), self.cell("document_number"));
        let (kind, number) = (kind?, number?);
        match document(&kind, &number, self.rules.kinds, self.rules.today) {
            Ok((document, _)) => Some((LegacyName(name?), document)),
            Err(reason) => {
                self.reasons.push(reason.into());
                None
            }
        }
    }

    /// A year between the first that is known of and this one.
    fn year(&mut self) -> Option<i32> {
        let typed = self.text("year")?;
        let year = tidy_code(&typed).trim_end_matches("年度").trim_end_matches('年').parse::<i32>();
        let year = year.ok().filter(|year| (1990..=2100).contains(year));
        match year {
            None => self.fault("year", Fault::NotInList),
            Some(year) if year > self.rules.today.year() + 1 => self.fault("year", Fault::InTheFuture),
            Some(year) => Some(year),
        }
    }

    pub(super) fn date(&mut self, field: &str) -> Option<NaiveDate> {
        let typed = self.text(field)?;
        match parse_date(&typed) {
            None => self.fault(field, Fault::NotADate),
            Some(date) if date > self.rules.today => self.fault(field, Fault::InTheFuture),
            Some(date) => Some(date),
        }
    }

    fn subject(&mut self) -> Option<Subject> {
        let typed = self.text("subject")?;
        match tidy_code(&typed).as_str() {
            "专业" | "专业科目" => Some(Subject::Professional),
            "公需" | "公需科目" => Some(Subject::Public),
            // Before 2019 nobody told the two apart.
            "不分科目" | "不分" if self.kind == ImportKind::History => Some(Subject::Both),
            _ => self.fault("subject", Fault::NotInList),
        }
    }

    pub(super) fn credits(&mut self, who: Who) -> Option<ImportRow> {
        let (kind, learning) = (self.kind, self.rules.learning);
        let school = if kind == ImportKind::School { self.text("school") } else { Some(String::new()) };
        let year = self.year().and_then(|year| match learning.year(year) {
            Some(rules) => Some((year, rules)),
            None => self.fault("year", Fault::NotInList),
        });
        let subject = if kind == ImportKind::Public { Some(Subject::Public) } else { self.subject() };
        let amount = self.text("credits").and_then(|typed| {
            let amount = Credits::parse(&tidy_code(&typed)).filter(|amount| amount.is_some());
            amount.or_else(|| self.fault("credits", Fault::NotAnAmount))
        });
        let on = self.date("completed_on");
        let number = if kind == ImportKind::School { self.text("number") } else { self.optional("project") };
        let ((year, rules), amount, on, number) = (year?, amount?, on?, number?);
        // What is registered of an old year may have been registered much later.
        let of = learning.year_of(on);
        if kind != ImportKind::History && of != Some(year) {
            self.reasons.push(ImportReason::OtherYear { year, of });
        }
        if amount > rules.total {
            self.reasons.push(ImportReason::AboveYear { total: rules.total.to_string() });
        }
        let (school, subject, (name, document)) = (school?, subject?, who?);
        let beside = if number.is_empty() { String::new() } else { format!("，{number}") };
        let unit = &learning.unit;
        let arithmetic = match kind {
            ImportKind::Public => format!("公需科目：{amount} {unit}，完成日期 {on}{beside}"),
            ImportKind::School => format!("网络培训：{school}报送，学完日期 {on}"),
            _ => format!("历史记录：{amount} {unit}，登记日期 {on}{beside}"),
        };
        let plain: String = tidy_code(&number).chars().filter(|c| c.is_alphanumeric()).collect();
        let same = match kind {
            ImportKind::School => format!("school|{}|{plain}", tidy_code(&school)),
            _ => format!("{}|{year}|{}|{on}|{plain}", kind.code(), subject.code()),
        };
        Some(ImportRow {
            name,
            document,
            year,
            subject,
            amount,
            rule: format!("{}/{}", kind.code(), rules.version),
            arithmetic,
            // Of what was registered long ago only the year is known.
            decided: if kind == ImportKind::History { String::new() } else { format!("{}：{on}", kind.heading("completed_on")) },
            same,
            converts: String::new(),
            school: (school, if kind == ImportKind::School { number } else { String::new() }),
            completed_on: Some(on),
            exam: None,
            entry: None,
            copy: None,
            said: Vec::new(),
        })
    }

    pub(super) fn exam(&mut self, who: Who) -> Option<ImportRow> {
        let (exam, level) = (self.text("exam"), self.optional("level"));
        let (subject, year) = (self.text("subject"), self.year());
        let passed = self.text("passed").and_then(|typed| match tidy_code(&typed).as_str() {
            "合格" | "是" | "通过" => Some(true),
            "不合格" | "否" | "未通过" => Some(false),
            _ => self.fault("passed", Fault::NotInList),
        });
        let certificate = self.optional("certificate");
        let (exam, level, subject, year) = (exam?, level?, subject?, year?);
        let result = ExamResult { exam, level, subject, year, passed: passed?, certificate: certificate? };
        let mut said = Vec::new();
        let reckoned = if result.passed { self.reckoned(&result, &mut said)? } else { None };
        let (name, document) = who?;
        let plain = |text: &str| tidy_code(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let parts = [&result.exam, &result.level, &result.subject].map(|part| plain(part));
        let same = format!("exam|{}|{}", parts.join("|"), result.year);
        let Reckoning { year, subject, amount, arithmetic, rule, same_key, decided, .. } = match reckoned {
            Some(reckoning) => reckoning,
            None => nothing(&result),
        };
        let exam = Some(result);
        Some(ImportRow {
            name,
            document,
            year,
            subject,
            amount,
            rule,
            arithmetic,
            decided: if amount.is_some() { decided.words() } else { String::new() },
            same,
            converts: same_key,
            school: Default::default(),
            completed_on: None,
            exam,
            entry: None,
            copy: None,
            said,
        })
    }

    /// What a pass gives; nothing, which is said, where no rule is about the exam. `None` beside a fault.
    fn reckoned(&mut self, result: &ExamResult, said: &mut Vec<ImportReason>) -> Option<Option<Reckoning>> {
        let learning = self.rules.learning;
        let kinds = || learning.kinds.iter().filter(|kind| learning.exams.as_ref().is_some_and(|exams| exams.kind == kind.code));
        let option = kinds().find_map(|kind| option_of(kind, &result.exam, &result.level).map(|option| (kind, option)));
        let (Some(exams), Some((kind, option))) = (&learning.exams, option) else {
            said.push(ImportReason::NoCredits);
            return Some(None);
        };
        let on = self.date("published_on")?;
        let answers = BTreeMap::from([(exams.subject.clone(), result.subject.clone()), (kind.dated_by.clone(), on.to_string())]);
        let Some(year) = learning.year_of(on) else {
            said.push(ImportReason::NoCredits);
            return Some(None);
        };
        let claim = Claim { year, kind: &kind.code, option, answers: &answers };
        match reckon(learning, self.rules.lists, &claim, Credits::ZERO, self.rules.today) {
            Ok(reckoning) => Some(Some(reckoning)),
            // What only its person can say no file says; they ask for it themselves.
            Err(Unreckoned::Faults(FieldErrors(errors)))
                if errors.iter().any(|error| error.field != kind.dated_by && error.field != exams.subject) =>
            {
                said.push(ImportReason::NoCredits);
                Some(None)
            }
            Err(Unreckoned::Faults(FieldErrors(errors))) => {
                let field = |of: &str| if of == kind.dated_by { "published_on" } else { "subject" };
                self.reasons.extend(
                    errors.into_iter().map(|error| ImportReason::Fault { field: field(&error.field).into(), fault: error.fault }),
                );
                None
            }
            // Before the rule held there was nothing to convert.
            Err(_) => {
                said.push(ImportReason::NoCredits);
                Some(None)
            }
        }
    }
}

fn nothing(result: &ExamResult) -> Reckoning {
    Reckoning {
        year: result.year,
        subject: Subject::Professional,
        amount: Credits::ZERO,
        arithmetic: String::new(),
        cap: None,
        room: None,
        decided: Decided { by: String::new(), on: String::new() },
        same_key: String::new(),
        rule: String::new(),
    }
}
