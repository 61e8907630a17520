//! The kind of a holder's document: by the word in the row, otherwise by the shape of the number where only one kind has it.

use chrono::NaiveDate;

use super::outcome::{LegacyReason, LegacyWarning};
use crate::fault::Fault;
use crate::identity::document::normalise;
use crate::identity::resident::upgrade_legacy;
use crate::identity::{DocumentKind, DocumentNumber};
use crate::province::DocumentOption;
use crate::text::{is_han, length, tidy_code};

/// Words that lists of people use beside those of the province.
const WORDS: [(DocumentKind, &[&str]); 7] = [
    (DocumentKind::ResidentId, &["居民身份证", "身份证", "二代身份证", "第二代居民身份证", "内地居民身份证"]),
    (DocumentKind::MilitaryId, &["军人证", "军官证", "士兵证", "文职干部证", "军人身份证件"]),
    (DocumentKind::ResidencePermit, &["港澳台居民居住证", "港、澳、台居民居住证", "居住证"]),
    (DocumentKind::HkMacauPass, &["港澳居民来往内地通行证", "港澳通行证", "港澳来往内地通行证", "回乡证"]),
    (DocumentKind::TaiwanPass, &["台湾居民来往大陆通行证", "台胞证", "台湾通行证"]),
    (DocumentKind::Passport, &["护照", "中国护照", "外国护照", "普通护照"]),
    (DocumentKind::PermanentResidence, &["外国人永久居留身份证", "外国人永久居留证", "永久居留身份证", "永久居留证"]),
];

/// What lists of people call a kind.
pub fn kind_word(kind: DocumentKind) -> &'static str {
    let found = WORDS.iter().find(|(of, _)| *of == kind).and_then(|(_, words)| words.first());
    found.copied().unwrap_or("其他证件")
}

/// The document of a row and what is to be said of it: by the word for its kind or, without one, by the shape of its number.
///
/// # Errors
/// The column and what is wrong there.
pub fn document(
    word: &str,
    typed: &str,
    kinds: &[DocumentOption],
    today: NaiveDate,
) -> Result<(DocumentNumber, Vec<LegacyWarning>), LegacyReason> {
    let fault = |field: &str, fault| LegacyReason::Fault { field: field.into(), fault };
    let number = normalise(typed);
    if number.is_empty() {
        return Err(fault("document_number", Fault::Missing));
    }
    let word = tidy_code(word);
    let kind = if word.is_empty() {
        of_shape(&number)
    } else {
        Some(named(&word, kinds).ok_or(fault("document_kind", Fault::NotInList))?)
    };
    let kind = kind.ok_or(LegacyReason::KindUnknown)?;
    if !kinds.iter().any(|option| option.kind == kind) {
        return Err(LegacyReason::KindNotTaken(kind));
    }
    let upgraded = if kind == DocumentKind::ResidentId { upgrade_legacy(&number) } else { None };
    let mut warnings = Vec::new();
    if upgraded.is_some() {
        warnings.push(LegacyWarning::Upgraded);
    }
    if word.is_empty() && !kind.carries_sex_and_birth() {
        warnings.push(LegacyWarning::KindOfShape(kind));
    }
    let checked = DocumentNumber::check(kind, &upgraded.unwrap_or(number), today);
    checked.map(|document| (document, warnings)).map_err(|found| fault("document_number", found))
}

fn named(word: &str, kinds: &[DocumentOption]) -> Option<DocumentKind> {
    let of_province = kinds.iter().find(|option| tidy_code(&option.label) == word).map(|option| option.kind);
    of_province.or_else(|| WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(kind, _)| *kind))
}

/// The one kind whose shape a number has. What is nearly a resident's number is one with a fault: the fault is then the cause.
fn of_shape(number: &str) -> Option<DocumentKind> {
    let letters = number.bytes().take_while(u8::is_ascii_uppercase).count();
    let (head, rest) = number.split_at(letters);
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (body, tail) = match rest.as_bytes().last() {
        Some(last) if last.is_ascii_uppercase() => (&rest[..rest.len() - 1], true),
        _ => (rest, false),
    };
    match (head, are_digits(body), body.len(), tail) {
        ("", true, 8 | 10, false) | ("", true, 10, true) => Some(DocumentKind::TaiwanPass),
        ("", true, 9, false) if body.starts_with("14") || body.starts_with("15") => Some(DocumentKind::Passport),
        ("", true, 17, true) | ("", true, 18, false) if number.starts_with('9') => Some(DocumentKind::PermanentResidence),
        ("", true, _, _) if is_of_settled(number) => Some(DocumentKind::ResidencePermit),
        ("", true, _, false) | ("", true, 13.., true) => Some(DocumentKind::ResidentId),
        ("H" | "M", true, 8 | 10, false) | ("HA" | "MA", true, 7, false) => Some(DocumentKind::HkMacauPass),
        (_, true, 12, false) if letters == 3 => Some(DocumentKind::PermanentResidence),
        (_, true, 7 | 8, false) if matches!(letters, 1 | 2) => Some(DocumentKind::Passport),
        _ if is_military(number) => Some(DocumentKind::MilitaryId),
        _ => None,
    }
}

fn is_of_settled(number: &str) -> bool {
    ["810000", "820000", "830000"].iter().any(|region| number.starts_with(region))
}

/// `军字第2001988号`, `南字第00012345号`.
fn is_military(number: &str) -> bool {
    let Some((head, rest)) = number.split_once("字第") else { return false };
    let digits = rest.strip_suffix('号').unwrap_or(rest);
    (1..=2).contains(&length(head))
        && head.chars().all(is_han)
        && !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(word: &str, number: &str) -> Result<(DocumentKind, Vec<LegacyWarning>), LegacyReason> {
        let kinds: Vec<_> =
            DocumentKind::ALL.into_iter().map(|kind| DocumentOption { kind, label: format!("省内{}", kind.code()) }).collect();
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        document(word, number, &kinds, today).map(|(document, warnings)| (document.kind(), warnings))
    }

    fn fault(field: &str, fault: Fault) -> LegacyReason {
        LegacyReason::Fault { field: field.into(), fault }
    }

    #[test]
    fn a_number_without_a_word_for_its_kind_is_of_the_one_kind_that_has_its_shape() {
        use DocumentKind::*;
        for (number, kind) in [
            ("H12345678", HkMacauPass),
            ("M1234567890", HkMacauPass),
            ("HA1234567", HkMacauPass),
            ("12345678", TaiwanPass),
            ("1234567890(B)", TaiwanPass),
            ("E12345678", Passport),
            ("EA1234567", Passport),
            ("G12345678", Passport),
            ("150123456", Passport),
            ("ABC123456789012", PermanentResidence),
            ("军字第2001988号", MilitaryId),
            ("南字第 00012345 号", MilitaryId),
        ] {
            assert_eq!(found("", number), Ok((kind, vec![LegacyWarning::KindOfShape(kind)])), "{number}");
        }
        assert_eq!(found("", "430111199003079988"), Ok((ResidentId, vec![])));
        assert_eq!(found("", "430111900307998"), Ok((ResidentId, vec![LegacyWarning::Upgraded])));
        assert_eq!(found("", "810000199001010019"), Ok((ResidencePermit, vec![])));
        for number in ["X-1", "AB12CD34", "HKG", "军官2001988", "ABCD1234", "(((", "字第1号"] {
            let cause = found("", number).unwrap_err();
            assert!(matches!(cause, LegacyReason::KindUnknown | LegacyReason::Fault { fault: Fault::Missing, .. }), "{number}");
        }
    }

    #[test]
    fn what_is_nearly_a_residents_number_hears_what_is_wrong_with_it() {
        for (number, cause) in [
            ("43011119900307998", Fault::IdLength(17)),
            ("1", Fault::IdLength(1)),
            ("4301111990030799881", Fault::IdLength(19)),
            ("430111199003079989", Fault::IdCheckDigit),
            ("43011119900307998A", Fault::Character('A')),
            ("120101198001011", Fault::IdFifteen),
        ] {
            assert_eq!(found("", number), Err(fault("document_number", cause)), "{number}");
        }
    }

    #[test]
    fn the_word_of_the_row_decides_and_its_number_has_to_fit_it() {
        for (word, number, kind) in [
            ("省内passport", "AB12CD34", DocumentKind::Passport),
            ("护 照", "E12345678", DocumentKind::Passport),
            ("身份证", "430111199003079988", DocumentKind::ResidentId),
            ("台胞证", "12345678", DocumentKind::TaiwanPass),
            ("回乡证", "H12345678", DocumentKind::HkMacauPass),
            ("军官证", "军官2001988", DocumentKind::MilitaryId),
            ("港澳台居民居住证", "810000199001010019", DocumentKind::ResidencePermit),
            ("外国人永久居留证", "ABC123456789012", DocumentKind::PermanentResidence),
            ("省内other", "介绍信12", DocumentKind::Other),
        ] {
            assert_eq!(found(word, number), Ok((kind, vec![])), "{word}");
        }
        assert_eq!(found("护照", "护照"), Err(fault("document_number", Fault::DocumentShape)));
        assert_eq!(found("驾驶证", "E12345678"), Err(fault("document_kind", Fault::NotInList)));
    }

    #[test]
    fn a_kind_that_the_province_does_not_take_is_told() {
        let kinds = [DocumentOption { kind: DocumentKind::ResidentId, label: "居民身份证".into() }];
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        for word in ["", "护照"] {
            let cause = document(word, "E12345678", &kinds, today).unwrap_err();
            assert_eq!(cause, LegacyReason::KindNotTaken(DocumentKind::Passport), "{word}");
        }
    }
}
