//! A holder of the old certificate (原持有会计从业资格证人员, 手册丙 2), as a row of the file that is imported.

mod cell;
mod kind;
mod outcome;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::forms::{present, take};
use crate::fault::{Fault, FieldErrors};
use crate::form::Form;
use crate::id::BureauCode;
use crate::identity::contact::telephone;
use crate::identity::name::{known_name, person_name};
use crate::identity::{DocumentNumber, Mobile};
use crate::province::{Bureaus, DocumentOption};
use crate::text::{length, tidy, tidy_code, tidy_digits};

pub use cell::LegacyCell;
pub use kind::{document, kind_word};
pub use outcome::{LegacyBreak, LegacyOutcome, LegacyReason, LegacyResult, LegacyWarning, NoMobile};

/// The headings of the file, in the order of [`LegacyRow::FIELDS`].
pub const HEADINGS: [&str; 6] = ["姓名", "证件类型", "证件号码", "手机号", "原证书号", "财政局"];

/// The longest certificate number.
const CERTIFICATE: u32 = 40;

/// The sample number of GB 11643, which is nobody's.
const SAMPLE: &str = "11010519491231002X";
/// The name in the row of the template that shows how a row is filled in.
const SAMPLE_NAME: &str = "示例姓名";

crate::form! {
    /// A row as it stands in the file.
    pub struct LegacyRow {
        /// 姓名, as the old system had it.
        name,
        /// 证件类型; may be empty, and the file may have no such column.
        document_kind,
        /// 证件号码; that of a resident of 15 or 18 digits.
        document_number,
        /// 手机号; may be empty.
        mobile,
        /// 原证书号; may be empty.
        certificate,
        /// 财政局, by name or by code.
        bureau,
    }
}

/// A line of the file: its cells, and what whoever read the file knows about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LegacyLine {
    /// Counted from 1 as an editor or a spreadsheet counts.
    pub number: u64,
    /// What stands in the columns.
    pub row: LegacyRow,
    /// The cells, by column, that hold something else than what was typed.
    pub cells: Vec<(String, LegacyCell)>,
    /// Why the line cannot be told apart into cells.
    pub broken: Option<LegacyBreak>,
}

/// What the rows are checked against.
#[derive(Clone, Copy, Debug)]
pub struct LegacyRules<'a> {
    /// The bureaus of the province.
    pub bureaus: &'a Bureaus,
    /// The kinds of documents that the province takes.
    pub kinds: &'a [DocumentOption],
    /// No birth date is later.
    pub today: NaiveDate,
}

/// A holder without a fault. `Debug` masks the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegacyHolder {
    /// As the old system had it.
    pub name: LegacyName,
    /// 证件号码, brought into the form of 18 digits.
    pub document: DocumentNumber,
    /// `None` where the old system knew none: such a holder cannot be asked for a code.
    pub mobile: Option<Mobile>,
    /// May be empty.
    pub certificate: String,
    /// The bureau that the row names, by name or by code.
    pub bureau: BureauCode,
}

/// A name in the form in which it is stored; `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct LegacyName(pub String);

crate::shown!(LegacyName);

impl LegacyRow {
    /// Whether nothing stands in the row.
    pub fn is_empty(&self) -> bool {
        self.values().iter().all(|(_, value)| tidy(value).is_empty())
    }

    /// The row of the template that shows how a row is filled in; the words are the names of a document and of a bureau.
    pub fn sample(kind: &str, bureau_name: &str) -> Self {
        Self {
            name: SAMPLE_NAME.into(),
            document_kind: kind.into(),
            document_number: SAMPLE.into(),
            mobile: "13800000000".into(),
            certificate: "00012345".into(),
            bureau: bureau_name.into(),
        }
    }

    /// Whether it is the row of the template: it stayed in the file, and is no person.
    pub fn is_sample(&self) -> bool {
        tidy(&self.name) == SAMPLE_NAME && tidy_code(&self.document_number) == SAMPLE
    }
}

impl LegacyLine {
    /// A line of plain text in its cells.
    pub fn of(number: u64, row: LegacyRow) -> Self {
        Self { number, row, ..Self::default() }
    }

    /// Whether nothing stands in the line.
    pub fn is_empty(&self) -> bool {
        self.broken.is_none() && self.cells.is_empty() && self.row.is_empty()
    }

    /// Checks everything at once. Numbers of 15 digits are brought into their form of 18; a bureau is given by name or code.
    /// Nothing in the column of the telephone keeps a person out, because it may be empty.
    ///
    /// # Errors
    /// Every reason, in the order of the columns.
    pub fn check(&self, rules: &LegacyRules<'_>) -> Result<(LegacyHolder, Vec<LegacyWarning>), Vec<LegacyReason>> {
        if let Some(broken) = self.broken {
            return Err(vec![LegacyReason::Line(broken)]);
        }
        let mut found = Found::default();
        let row = &self.row;
        // Old registers put a blank between the two characters of a name; nobody is there to be asked, so that it is told.
        let has_blank = matches!(person_name(&row.name), Err(Fault::Blank { .. }));
        let name = self.read(&mut found, "name", || if has_blank { known_name(&row.name) } else { person_name(&row.name) });
        if has_blank && name.is_some() {
            found.warnings.push(LegacyWarning::BlankDropped);
        }
        let document = self.document(&mut found, rules);
        let mobile = self.mobile(&mut found);
        let certificate = self.read(&mut found, "certificate", || certificate(&row.certificate));
        let bureau =
            self.read(&mut found, "bureau", || present(tidy(&row.bureau)).and_then(|typed| bureau(&typed, rules.bureaus)));
        if certificate.is_some() && cell::is_dated(&row.certificate) {
            found.warnings.push(LegacyWarning::LooksLikeDate { field: "certificate".into() });
        }
        match (name, document, certificate, bureau) {
            (Some(name), Some(document), Some(certificate), Some(bureau)) if found.reasons.is_empty() => {
                Ok((LegacyHolder { name: LegacyName(name), document, mobile, certificate, bureau }, found.warnings))
            }
            _ => Err(found.reasons),
        }
    }

    /// What stands in a cell in the place of what was typed, by what the sheet knows or else by the whole of its text.
    fn cell(&self, field: &str) -> Option<LegacyCell> {
        let known = self.cells.iter().find(|(of, _)| of == field).map(|(_, cell)| cell.clone());
        known.or_else(|| LegacyCell::of_text(self.row.values().iter().find(|(of, _)| of == field).map_or("", |(_, text)| text)))
    }

    /// Notes a cell that holds something else; `None` where nothing can be taken from it.
    fn usable(&self, found: &mut Found, field: &str) -> Option<()> {
        let field_of = || field.to_owned();
        match self.cell(field) {
            None => {}
            Some(LegacyCell::AsShown) => found.warnings.push(LegacyWarning::AsShown { field: field_of() }),
            Some(LegacyCell::Merged { row }) if field == "bureau" && !self.row.bureau.is_empty() => {
                found.warnings.push(LegacyWarning::Merged { field: field_of(), row });
            }
            Some(cell) => {
                found.reasons.push(LegacyReason::Cell { field: field_of(), cell });
                return None;
            }
        }
        Some(())
    }

    fn read<T>(&self, found: &mut Found, field: &str, check: impl FnOnce() -> Result<T, Fault>) -> Option<T> {
        self.usable(found, field)?;
        let mut errors = FieldErrors::default();
        let read = take(&mut errors, field, check());
        found.reasons.extend(errors.0.into_iter().map(|error| LegacyReason::Fault { field: error.field, fault: error.fault }));
        read
    }

    fn document(&self, found: &mut Found, rules: &LegacyRules<'_>) -> Option<DocumentNumber> {
        let (kind, number) = (self.usable(found, "document_kind"), self.usable(found, "document_number"));
        let ((), ()) = (kind?, number?);
        match kind::document(&self.row.document_kind, &self.row.document_number, rules.kinds, rules.today) {
            Ok((document, warnings)) => {
                found.warnings.extend(warnings);
                Some(document)
            }
            Err(reason) => {
                found.reasons.push(reason);
                None
            }
        }
    }

    fn mobile(&self, found: &mut Found) -> Option<Mobile> {
        let field = "mobile";
        let why = match (self.cell(field), Mobile::check(&self.row.mobile)) {
            (Some(LegacyCell::AsShown), Ok(mobile)) => {
                found.warnings.push(LegacyWarning::AsShown { field: field.into() });
                return Some(mobile);
            }
            (None, Ok(mobile)) => return Some(mobile),
            (None, Err(Fault::Missing)) => NoMobile::Empty,
            (None | Some(LegacyCell::AsShown), Err(_)) if telephone(&self.row.mobile).is_ok() || is_local(&self.row.mobile) => {
                NoMobile::Landline
            }
            (None | Some(LegacyCell::AsShown), Err(_)) => NoMobile::Shape,
            (Some(cell), _) => NoMobile::Cell(cell),
        };
        found.warnings.push(LegacyWarning::NoMobile(why));
        None
    }
}

/// What is said of a line while it is read.
#[derive(Default)]
struct Found {
    reasons: Vec<LegacyReason>,
    warnings: Vec<LegacyWarning>,
}

fn certificate(typed: &str) -> Result<String, Fault> {
    let certificate = tidy_code(typed);
    if length(&certificate) > CERTIFICATE { Err(Fault::TooLong(CERTIFICATE)) } else { Ok(certificate) }
}

/// A telephone of an office as it is written within its own town: seven or eight digits.
fn is_local(typed: &str) -> bool {
    let digits = tidy_digits(typed);
    matches!(digits.len(), 7 | 8) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with(['0', '1'])
}

fn bureau(typed: &str, bureaus: &Bureaus) -> Result<BureauCode, Fault> {
    let found = bureaus.get(&BureauCode::from(typed)).or_else(|| bureaus.0.values().find(|bureau| bureau.name == typed));
    found.map(|bureau| bureau.code.clone()).ok_or(Fault::NotInList)
}
