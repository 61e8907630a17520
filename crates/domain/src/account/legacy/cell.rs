//! What a spreadsheet makes of a number that was typed into it. What it kept of the number is not the number, so that it is
//! told by what it is as a whole and never by a piece of it.

use serde::{Deserialize, Serialize};

use crate::date::parse_date;
use crate::text::{half_width, tidy};

/// What stands in a cell in the place of what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LegacyCell {
    /// A number of more than fifteen digits, of which the spreadsheet kept fifteen.
    Rounded {
        /// As a spreadsheet shows it, a power: `2.10102E+17`.
        shown: String,
    },
    /// A number with a point or a sign.
    Uneven,
    /// A date or a time.
    Date {
        /// As a spreadsheet shows it: `2010/1/5`.
        shown: String,
    },
    /// TRUE or FALSE.
    Truth {
        /// Which of them.
        shown: String,
    },
    /// What a formula leaves that found nothing: `#N/A`.
    Error {
        /// As the spreadsheet shows it.
        shown: String,
    },
    /// `####`, which a narrow column leaves of a number.
    Narrow,
    /// A number that its format shows with other digits than are stored; the row holds what is shown.
    AsShown,
    /// Merged with the cells above it.
    Merged {
        /// The line of the first.
        row: u64,
    },
}

const ERRORS: [&str; 10] =
    ["#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"];

impl LegacyCell {
    /// What a text is that a spreadsheet wrote for a cell; `None` for a text that somebody may have typed.
    pub fn of_text(text: &str) -> Option<Self> {
        let shown = half_width(&tidy(text)).to_ascii_uppercase();
        if let Some(shown) = power(&shown) {
            return Some(Self::Rounded { shown });
        }
        if is_decimal(&shown) {
            return Some(Self::Uneven);
        }
        if ERRORS.contains(&shown.as_str()) {
            return Some(Self::Error { shown });
        }
        if matches!(shown.as_str(), "TRUE" | "FALSE") {
            return Some(Self::Truth { shown });
        }
        (shown.len() > 1 && shown.bytes().all(|byte| byte == b'#')).then_some(Self::Narrow)
    }
}

/// A whole text that is a number written as a power, `2.1E+17` or `2.1E17`, with no more of its digits than a spreadsheet
/// shows. Without a sign and a point it may be the number of a passport.
fn power(text: &str) -> Option<String> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, power) = text.split_once('E')?;
    let (exponent, is_signed) = power.strip_prefix(['+', '-']).map_or((power, false), |power| (power, true));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(whole, fraction)| (whole, Some(fraction)));
    let is_power = digits(exponent) && digits(whole) && fraction.is_none_or(digits) && (is_signed || fraction.is_some());
    is_power.then(|| format!("{}E{power}", mantissa.chars().take(7).collect::<String>()))
}

/// A long number with nothing behind its point, as programs write a column in which some cells are empty: `13800000000.0`.
fn is_decimal(text: &str) -> bool {
    let Some((whole, fraction)) = text.split_once('.') else { return false };
    let noughts = !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0');
    noughts && whole.len() >= 6 && whole.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text in the place of a number reads like a date: `2010/1/5`, `1月5日`.
pub(super) fn is_dated(text: &str) -> bool {
    let plain = half_width(&tidy(text));
    let day = |part: &str| matches!(part.parse::<u8>(), Ok(1..=31));
    let in_year = plain.split_once('月').is_some_and(|(month, rest)| day(month) && rest.strip_suffix('日').is_some_and(day));
    in_year || (plain.contains(|c: char| !c.is_ascii_digit()) && parse_date(&plain).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_left_is_told_by_its_whole_shape() {
        let rounded = |shown: &str| Some(LegacyCell::Rounded { shown: shown.into() });
        for (text, found) in [
            ("2.10102E+17", rounded("2.10102E+17")),
            (" 2.10102e17 ", rounded("2.10102E17")),
            ("2E+17", rounded("2E+17")),
            ("2.10102196606150826E17", rounded("2.10102E17")),
            ("２.１Ｅ＋１７", rounded("2.1E+17")),
            ("13800000000.0", Some(LegacyCell::Uneven)),
            ("#N/A", Some(LegacyCell::Error { shown: "#N/A".into() })),
            ("#ref!", Some(LegacyCell::Error { shown: "#REF!".into() })),
            ("TRUE", Some(LegacyCell::Truth { shown: "TRUE".into() })),
            ("false", Some(LegacyCell::Truth { shown: "FALSE".into() })),
            ("########", Some(LegacyCell::Narrow)),
        ] {
            assert_eq!(LegacyCell::of_text(text), found, "{text}");
        }
        for text in [
            "E12345678",
            "E1",
            "1E2345678",
            "12E45678",
            "#",
            "",
            "TRUEMAN",
            "2.1",
            "张E+三",
            "E+17",
            "N/A",
            "第#号",
            "2101.00",
            "2101.88",
        ] {
            assert_eq!(LegacyCell::of_text(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_in_the_place_of_a_number_is_known_and_a_plain_number_is_none() {
        for text in ["2010/1/5", "2010-01-05", "2010年1月5日", "1月5日", "２０１０.１.５"] {
            assert!(is_dated(text), "{text}");
        }
        for text in ["20100105", "2101-0088", "201001", "21-05", "13月5号", "月日", "", "辽财2010"] {
            assert!(!is_dated(text), "{text}");
        }
    }
}
