//! Public case numbers.

use chrono::{Datelike, NaiveDate};

/// ISO 7064 MOD 11,10: the product that the check digit has to complete to 1 modulo 10.
fn product(digits: &str) -> u32 {
    digits.bytes().fold(10, |product, byte| {
        let sum = (product + u32::from(byte.wrapping_sub(b'0'))) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    })
}

/// The public number of a case: two digits of the province, the date, a serial of six digits within that province and day,
/// and the check digit of ISO 7064 MOD 11,10. `province_code` may be a whole division code; its first two digits count.
pub fn case_number(province_code: &str, on: NaiveDate, serial: u32) -> String {
    let province: String = province_code.chars().take(2).collect();
    let stem = format!("{province:0>2}{:04}{:02}{:02}{serial:06}", on.year(), on.month(), on.day());
    let check = (11 - product(&stem)) % 10;
    format!("{stem}{check}")
}

/// Whether a text has the shape, a real date and the right check digit of a case number, so that a misread one is noticed.
pub fn is_case_number(text: &str) -> bool {
    // A serial beyond 999,999 makes the number longer instead of colliding with another.
    if !(17..=21).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let part = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or_default();
    let is_date = NaiveDate::from_ymd_opt(part(2, 6).cast_signed(), part(6, 8), part(8, 10)).is_some();
    let (stem, check) = text.split_at(text.len() - 1);
    is_date && (product(stem) + u32::from(check.as_bytes()[0] - b'0')) % 10 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 3, 9).unwrap()
    }

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        assert_eq!((11 - product("0794")) % 10, 5);
    }

    #[test]
    fn a_number_begins_with_the_province_the_date_and_the_serial() {
        let number = case_number("43", day(), 17);
        assert!(number.starts_with("4320250309000017") && number.len() == 17, "{number}");
        assert_eq!(case_number("430000", day(), 17), number);
    }

    #[test]
    fn a_mistyped_or_transposed_digit_is_noticed() {
        for serial in [0, 1, 4_711, 999_999, 1_000_000] {
            let number = case_number("43", day(), serial);
            assert!(is_case_number(&number), "{number}");
            for at in 0..number.len() {
                for digit in b'0'..=b'9' {
                    let mut wrong = number.clone().into_bytes();
                    if wrong[at] != digit {
                        wrong[at] = digit;
                        assert!(!is_case_number(std::str::from_utf8(&wrong).unwrap()));
                    }
                }
            }
        }
    }

    #[test]
    fn other_texts_are_no_case_numbers() {
        for text in ["", "4320250309", "湖南4320250309001", "43202513090000170", "4320250309000017x"] {
            assert!(!is_case_number(text), "{text}");
        }
    }
}
