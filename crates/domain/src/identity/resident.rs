//! 公民身份号码, GB 11643-1999: shape, birth date, check character, and the upgrade of the old 15 digits.

use chrono::{Datelike, NaiveDate};

use super::Sex;
use crate::fault::Fault;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

/// The check character for 17 digits (ISO 7064 MOD 11-2), or `None` when the text does not begin with 17 digits.
pub(super) fn check_character(number: &str) -> Option<char> {
    let body = number.as_bytes().get(..17)?;
    if !body.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    Some(char::from(CHECKS[(sum % 11) as usize]))
}

/// Only the first two digits are looked at: the codes of abolished counties stay valid for life.
fn is_region(number: &str) -> bool {
    matches!(
        number.get(..2).and_then(|digits| digits.parse::<u8>().ok()),
        Some(11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91..=96)
    )
}

/// The birth date in the positions 7 to 14 of an 18-character number.
pub(super) fn born_on(number: &str) -> Option<NaiveDate> {
    let digits = number.get(6..14)?;
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    NaiveDate::from_ymd_opt(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?)
}

/// The sex by position 17: odd is male.
pub(super) fn sex(number: &str) -> Option<Sex> {
    let digit = number.as_bytes().get(16).filter(|b| b.is_ascii_digit())?;
    Some(if digit % 2 == 1 { Sex::Male } else { Sex::Female })
}

/// Checks a number that is already normalised (capitals, half width, no blanks or hyphens).
///
/// # Errors
/// The first of `IdFifteen`, `IdLength`, `Character` or `Misplaced`, `IdRegion`, `IdBirthDate`, `IdCheckDigit`.
pub(super) fn check(number: &str, today: NaiveDate) -> Result<(), Fault> {
    let length = crate::text::length(number);
    if length == 15 && number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Fault::IdFifteen);
    }
    if length != 18 {
        return Err(Fault::IdLength(length));
    }
    let Some(expected) = check_character(number).filter(|_| number.ends_with(|c: char| c.is_ascii_digit() || c == 'X')) else {
        return Err(strange(number));
    };
    if !is_region(number) {
        return Err(Fault::IdRegion);
    }
    if born_on(number).is_none_or(|born| born.year() < 1900 || born > today) {
        return Err(Fault::IdBirthDate);
    }
    if number.ends_with(expected) { Ok(()) } else { Err(Fault::IdCheckDigit) }
}

/// The 18-character form of a number of 15 digits (born 19xx), for imported holders only; `None` when it is no such number.
pub fn upgrade_legacy(fifteen: &str) -> Option<String> {
    let digits = crate::text::tidy_digits(fifteen);
    if digits.len() != 15 || !digits.bytes().all(|b| b.is_ascii_digit()) || !is_region(&digits) {
        return None;
    }
    let body = format!("{}19{}", &digits[..6], &digits[6..]);
    born_on(&body)?;
    let check = check_character(&body)?;
    Some(format!("{body}{check}"))
}

/// What keeps a number of 18 characters from being one: the first that is neither digit nor `X`, or an `X` before the end.
fn strange(number: &str) -> Fault {
    let refused = number.chars().find(|c| !c.is_ascii_digit() && *c != 'X');
    refused.map_or(Fault::Misplaced('X'), Fault::Character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(number: &str) -> Result<(), Fault> {
        check(number, NaiveDate::from_ymd_opt(2026, 3, 1).unwrap())
    }

    /// A number with a fitting check character.
    fn complete(body: &str) -> String {
        format!("{body}{}", check_character(body).unwrap())
    }

    #[test]
    fn valid_resident_numbers_are_accepted() {
        for number in [
            "11010519491231002X",
            "440524188001010014",
            "430111199003079988",
            "420102198511069978",
            "210102197806019966",
            "33010220000229995X",
            "810000199001010019",
            "820000199001010029",
            "830000199001010039",
        ] {
            // The standard's own second sample was born in 1880: its check character fits, its birth year is refused.
            let expected = if &number[6..10] == "1880" { Err(Fault::IdBirthDate) } else { Ok(()) };
            assert_eq!(checked(number), expected, "{number}");
            assert_eq!(check_character(number), number.chars().last(), "{number}");
        }
    }

    #[test]
    fn a_resident_number_with_a_wrong_check_digit_is_refused() {
        assert_eq!(checked("110105194912310021"), Err(Fault::IdCheckDigit));
        assert_eq!(checked("430111199003079980"), Err(Fault::IdCheckDigit));
        assert_ne!(check_character("440524188001010015"), Some('5'));
    }

    #[test]
    fn a_birth_date_that_is_no_day_or_lies_outside_the_years_is_refused() {
        for number in ["430111199002300011", "43011119901301001X"] {
            assert_eq!(checked(number), Err(Fault::IdBirthDate), "{number}");
        }
        for (body, allowed) in [
            ("43011118991231001", false),
            ("43011119000101001", true),
            ("43011120260301001", true),
            ("43011120260302001", false),
            ("43011119000229001", false),
        ] {
            assert_eq!(checked(&complete(body)).is_ok(), allowed, "{body}");
        }
    }

    #[test]
    fn abolished_areas_and_special_regions_are_accepted_and_unknown_regions_refused() {
        for region in ["330104", "510202", "430199", "710000", "810000", "820000", "830000", "910000", "943156"] {
            assert_eq!(checked(&complete(&format!("{region}19900307001"))), Ok(()), "{region}");
        }
        for region in ["000000", "160000", "240000", "470000", "660000", "840000", "990000"] {
            assert_eq!(checked(&complete(&format!("{region}19900307001"))), Err(Fault::IdRegion), "{region}");
        }
    }

    #[test]
    fn lengths_and_characters_are_named() {
        for (typed, fault) in [
            ("110105491231002", Fault::IdFifteen),
            ("1101051949123100", Fault::IdLength(16)),
            ("11010519491231002XX", Fault::IdLength(19)),
            ("1101051949123100X2", Fault::Misplaced('X')),
            ("11010519491231002Y", Fault::Character('Y')),
            ("一二三四五六七八九十一二三四五六七八", Fault::Character('一')),
            ("11010519491231٠٠2X", Fault::Character('٠')),
            ("长沙1101", Fault::IdLength(6)),
            ("长沙长沙长沙", Fault::IdLength(6)),
        ] {
            assert_eq!(checked(typed), Err(fault), "{typed}");
        }
    }

    #[test]
    fn an_imported_number_of_fifteen_digits_is_upgraded() {
        assert_eq!(upgrade_legacy("110105491231002").as_deref(), Some("11010519491231002X"));
        for number in ["", "110105491331002", "000105491231002", "11010549123100X", "11010519491231002X", "一二三四五"] {
            assert_eq!(upgrade_legacy(number), None, "{number}");
        }
    }

    #[test]
    fn sex_and_birth_date_are_read_from_the_number() {
        assert_eq!(sex("430111199003079988"), Some(Sex::Female));
        assert_eq!(sex("33010220000229995X"), Some(Sex::Male));
        assert_eq!(born_on("33010220000229995X"), NaiveDate::from_ymd_opt(2000, 2, 29));
    }
}
