//! A holder of the old certificate (原持有会计从业资格证人员, 手册丙 2), as a row of the file that is imported.

use chrono::NaiveDate;

use super::forms::{present, take};
use crate::fault::{Fault, FieldErrors};
use crate::id::BureauCode;
use crate::identity::document::normalise;
use crate::identity::name::person_name;
use crate::identity::resident::upgrade_legacy;
use crate::identity::{DocumentKind, DocumentNumber, Mobile};
use crate::province::Bureaus;
use crate::text::{length, tidy, tidy_code};

/// The headings of the file, in the order of [`LegacyRow::FIELDS`].
pub const HEADINGS: [&str; 5] = ["姓名", "证件号码", "手机号", "原证书号", "财政局"];

/// The longest certificate number.
const CERTIFICATE: u32 = 40;

crate::form! {
    /// A row as it stands in the file.
    pub struct LegacyRow {
        /// 姓名, as the old system had it.
        name,
        /// 证件号码, of 15 or 18 digits.
        document_number,
        /// 手机号; may be empty.
        mobile,
        /// 原证书号; may be empty.
        certificate,
        /// 财政局, by name or by code.
        bureau,
    }
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

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LegacyOutcome {
    /// It is an account now, or would be after a run that is no trial.
    Imported,
    /// The number has an account; nothing was changed.
    Already,
    /// Every reason why it was left out.
    Refused(Vec<LegacyReason>),
}

/// A reason why a row is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LegacyReason {
    /// A fault of one column, named as in [`LegacyRow::FIELDS`].
    Fault {
        /// The column, as in [`LegacyRow::FIELDS`].
        field: String,
        /// What is wrong there.
        fault: Fault,
    },
    /// The same number stands in an earlier row.
    NumberTwice {
        /// The earlier row.
        row: u64,
    },
    /// The same telephone stands in an earlier row; a shared one proves nothing about a person.
    MobileTwice {
        /// The earlier row.
        row: u64,
    },
    /// The telephone serves another account.
    MobileTaken,
}

impl LegacyRow {
    /// Checks everything at once. Numbers of 15 digits are brought into their form of 18; a bureau is given by name or code.
    ///
    /// # Errors
    /// Every fault, in the order of the columns.
    pub fn check(&self, bureaus: &Bureaus, today: NaiveDate) -> Result<LegacyHolder, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = take(&mut errors, "name", person_name(&self.name));
        let document = take(&mut errors, "document_number", document(&self.document_number, today));
        let mobile = match Mobile::check(&self.mobile) {
            Err(Fault::Missing) => Some(None),
            checked => take(&mut errors, "mobile", checked).map(Some),
        };
        let certificate = tidy_code(&self.certificate);
        if length(&certificate) > CERTIFICATE {
            errors.push("certificate", Fault::TooLong { max: CERTIFICATE });
        }
        let bureau = take(&mut errors, "bureau", present(tidy(&self.bureau)).and_then(|typed| bureau(&typed, bureaus)));
        match (name, document, mobile, bureau) {
            (Some(name), Some(document), Some(mobile), Some(bureau)) => {
                errors.or(LegacyHolder { name: LegacyName(name), document, mobile, certificate, bureau })
            }
            _ => Err(errors),
        }
    }

    /// Whether nothing stands in the row.
    pub fn is_empty(&self) -> bool {
        crate::form::Form::values(self).iter().all(|(_, value)| tidy(value).is_empty())
    }
}

/// The old register knew no kinds of documents: a number is a resident's, or by its beginning one of Hong Kong, Macau or Taiwan.
fn document(typed: &str, today: NaiveDate) -> Result<DocumentNumber, Fault> {
    let number = normalise(typed);
    let number = upgrade_legacy(&number).unwrap_or(number);
    let is_permit = ["810000", "820000", "830000"].iter().any(|region| number.starts_with(region));
    let kind = if is_permit { DocumentKind::ResidencePermit } else { DocumentKind::ResidentId };
    DocumentNumber::check(kind, &number, today)
}

fn bureau(typed: &str, bureaus: &Bureaus) -> Result<BureauCode, Fault> {
    let found = bureaus.get(&BureauCode::from(typed)).or_else(|| bureaus.0.values().find(|bureau| bureau.name == typed));
    found.map(|bureau| bureau.code.clone()).ok_or(Fault::NotInList)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::province::Bureau;

    fn bureaus() -> Bureaus {
        let bureau = Bureau {
            code: "210102".into(),
            name: "沈阳市和平区财政局".into(),
            level: 3,
            parent: Some("210100".into()),
            division: "210102".into(),
            handles_direct: true,
            address: String::new(),
            phone: String::new(),
            hours: String::new(),
        };
        Bureaus([(bureau.code.clone(), bureau)].into())
    }

    fn row(values: [&str; 5]) -> LegacyRow {
        let [name, document_number, mobile, certificate, bureau] = values.map(str::to_owned);
        LegacyRow { name, document_number, mobile, certificate, bureau }
    }

    fn checked(values: [&str; 5]) -> Result<LegacyHolder, FieldErrors> {
        row(values).check(&bureaus(), NaiveDate::from_ymd_opt(2026, 3, 1).unwrap())
    }

    #[test]
    fn a_right_row_comes_out_normalised() {
        let holder =
            checked([" 张三丰 ", "４３０１１１19900307 9988", "139-1234-5678", " 2101－0088 ", "沈阳市和平区财政局"]).unwrap();
        assert_eq!(holder.name.0, "张三丰");
        assert_eq!((holder.document.number(), holder.document.kind()), ("430111199003079988", DocumentKind::ResidentId));
        assert_eq!(holder.mobile.unwrap().as_str(), "13912345678");
        assert_eq!((holder.certificate.as_str(), holder.bureau.as_str()), ("2101-0088", "210102"));
    }

    #[test]
    fn an_old_number_of_fifteen_digits_is_brought_into_its_new_form() {
        let old = checked(["张三", "430111900307998", "", "", "210102"]).unwrap();
        assert_eq!(old.document.number(), "430111199003079988");
        assert_eq!(old.mobile, None);
        let wrong = checked(["张三", "430111901307998", "", "", "210102"]).unwrap_err();
        assert_eq!(wrong.of("document_number"), Some(&Fault::IdFifteen));
    }

    #[test]
    fn a_bad_row_names_every_column_that_is_wrong() {
        let errors = checked(["张", "430111199003079989", "1391234567", &"9".repeat(41), "长沙市财政局"]).unwrap_err();
        let found: Vec<_> = errors.0.iter().map(|error| (error.field.as_str(), error.fault.clone())).collect();
        let expected = [
            ("name", Fault::TooShort { min: 2 }),
            ("document_number", Fault::IdCheckDigit),
            ("mobile", Fault::Mobile),
            ("certificate", Fault::TooLong { max: 40 }),
            ("bureau", Fault::NotInList),
        ];
        assert_eq!(found, expected);
        let empty = checked(["", "", "", "", ""]).unwrap_err();
        assert_eq!(empty.0.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["name", "document_number", "bureau"]);
        assert!(row(["", " ", "\u{3000}", "", "\t"]).is_empty() && !row(["", "", "", "", "x"]).is_empty());
    }

    #[test]
    fn the_headings_belong_to_the_columns_and_debug_shows_no_person() {
        assert_eq!(LegacyRow::FIELDS.len(), HEADINGS.len());
        let holder = checked(["张三丰", "430111199003079988", "13912345678", "", "210102"]).unwrap();
        let shown = format!("{holder:?}");
        for secret in ["张三丰", "199003079988", "13912345678"] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
}
