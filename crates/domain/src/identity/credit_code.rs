//! 统一社会信用代码 (GB 32100-2015) and the old 组织机构代码 (GB 11714).

use serde::{Deserialize, Serialize};

use crate::fault::{Fault, FieldErrors};
use crate::text::{length, tidy, tidy_digits};

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A unified social credit code whose check character fits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode(String);

impl CreditCode {
    /// Normalises and checks a typed code (GB 32100-2015). Unknown divisions in positions 3–8 are accepted: they may be historic.
    ///
    /// # Errors
    /// `Missing`, `CreditCodeLength`, `CreditCodeCharacters` or `CreditCodeCheck`.
    pub fn check(typed: &str) -> Result<Self, Fault> {
        let code = tidy_digits(typed);
        match length(&code) {
            0 => return Err(Fault::Missing),
            18 => {}
            length => return Err(Fault::CreditCodeLength(length)),
        }
        let values: Option<Vec<u32>> = code.bytes().map(value31).collect();
        let values = values.ok_or(Fault::CreditCodeCharacters)?;
        let sum: u32 = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
        if values.last() == Some(&((31 - sum % 31) % 31)) { Ok(Self(code)) } else { Err(Fault::CreditCodeCheck) }
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first two characters: registering authority and kind of the unit.
    pub fn kind_prefix(&self) -> &str {
        &self.0[..2]
    }

    /// Whether the embedded organisation code does not fit. Only a warning: implementations differ in the values of letters,
    /// and a letter in the place of the check is in use.
    pub fn organisation_check_doubtful(&self) -> bool {
        let Some((body, [check])) = self.0.as_bytes().get(8..17).and_then(|part| part.split_at_checked(8)) else { return false };
        check.is_ascii_digit() && [value36, value31].iter().all(|value| organisation_check(body, *value) != Some(*check))
    }
}

impl TryFrom<String> for CreditCode {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::check(&code).map_err(|_| "no unified social credit code")
    }
}

impl From<CreditCode> for String {
    fn from(code: CreditCode) -> Self {
        code.0
    }
}

/// Characters of the name of a unit; the longest in the register have some sixty.
const LONGEST_NAME: u32 = 100;

/// A unit by its code and its name, or everything that is wrong with them as they were typed.
///
/// # Errors
/// Those of [`CreditCode::check`] at `code`; `Missing`, `TooShort` and `TooLong` at `name`.
pub fn check_unit(code: &str, name: &str) -> Result<(CreditCode, String), FieldErrors> {
    let mut errors = FieldErrors::default();
    let code = CreditCode::check(code).map_err(|fault| errors.push("code", fault)).ok();
    let name = tidy(name);
    match length(&name) {
        0 => errors.push("name", Fault::Missing),
        1 => errors.push("name", Fault::TooShort(2)),
        length if length > LONGEST_NAME => errors.push("name", Fault::TooLong(LONGEST_NAME)),
        _ => {}
    }
    match code {
        Some(code) => errors.or((code, name)),
        None => Err(errors),
    }
}

/// An old organisation code, stored as `12345678-8`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OrganisationCode(String);

impl OrganisationCode {
    /// Normalises and checks an old organisation code (GB 11714), typed with or without its hyphen.
    ///
    /// # Errors
    /// `Missing`, `CreditCodeLength`, `CreditCodeCharacters` or `CreditCodeCheck`.
    pub fn check(typed: &str) -> Result<Self, Fault> {
        let code = tidy_digits(typed);
        match length(&code) {
            0 => return Err(Fault::Missing),
            9 => {}
            length => return Err(Fault::CreditCodeLength(length)),
        }
        let Some((body, [check])) = code.as_bytes().split_at_checked(8) else { return Err(Fault::CreditCodeCharacters) };
        let expected = organisation_check(body, value36).ok_or(Fault::CreditCodeCharacters)?;
        if !(check.is_ascii_digit() || *check == b'X') {
            return Err(Fault::CreditCodeCharacters);
        }
        if *check != expected {
            return Err(Fault::CreditCodeCheck);
        }
        Ok(Self(format!("{}-{}", &code[..8], &code[8..])))
    }

    /// The code with its hyphen.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn value31(byte: u8) -> Option<u32> {
    ALPHABET.iter().position(|letter| *letter == byte).and_then(|value| u32::try_from(value).ok())
}

fn value36(byte: u8) -> Option<u32> {
    if byte.is_ascii_lowercase() { None } else { char::from(byte).to_digit(36) }
}

fn organisation_check(body: &[u8], value: fn(u8) -> Option<u32>) -> Option<u8> {
    let values: Option<Vec<u32>> = body.iter().map(|byte| value(*byte)).collect();
    let sum: u32 = values?.iter().zip(ORGANISATION_WEIGHTS).map(|(value, weight)| value * weight).sum();
    Some(b"0X987654321"[(sum % 11) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_credit_codes_are_accepted_and_an_inner_check_that_does_not_fit_is_only_doubtful() {
        for (code, doubtful) in [
            ("91350100M000100Y43", false),
            ("913501000000001660", false),
            ("91350100000000004X", true),
            ("91350100000000014Y", true),
            ("91350100000000019E", false),
            ("9135010000000006XH", false),
            ("9135010000000006AN", false),
            ("913501000000000152", true),
        ] {
            let checked = CreditCode::check(code).unwrap();
            assert_eq!(checked.as_str(), code);
            assert_eq!(checked.kind_prefix(), "91");
            assert_eq!(checked.organisation_check_doubtful(), doubtful, "{code}");
        }
        assert_eq!(CreditCode::check(" 91350100-m000100y4３\n").unwrap().as_str(), "91350100M000100Y43");
    }

    #[test]
    fn wrong_credit_codes_are_refused_with_their_reason() {
        for (typed, fault) in [
            ("", Fault::Missing),
            ("91350100M000100Y44", Fault::CreditCodeCheck),
            ("9135010O000000019E", Fault::CreditCodeCharacters),
            ("91350100M000100Y4", Fault::CreditCodeLength(17)),
            ("12345678-8", Fault::CreditCodeLength(9)),
            ("统一社会信用代码统一社会信用代码十八", Fault::CreditCodeCharacters),
            ("ééééééééé", Fault::CreditCodeLength(9)),
        ] {
            assert_eq!(CreditCode::check(typed), Err(fault), "{typed}");
        }
    }

    #[test]
    fn old_organisation_codes_are_checked_and_get_their_hyphen() {
        for (typed, code) in [
            ("12345678-8", "12345678-8"),
            ("D2143569-X", "D2143569-X"),
            ("00000006-X", "00000006-X"),
            ("d2143569x", "D2143569-X"),
        ] {
            assert_eq!(OrganisationCode::check(typed).unwrap().as_str(), code, "{typed}");
        }
        for (typed, fault) in [
            ("12345678-7", Fault::CreditCodeCheck),
            ("12345678-Y", Fault::CreditCodeCharacters),
            ("1234567é-8", Fault::CreditCodeCharacters),
            ("单位单位单位单位单", Fault::CreditCodeCharacters),
            ("1234-8", Fault::CreditCodeLength(5)),
        ] {
            assert_eq!(OrganisationCode::check(typed), Err(fault), "{typed}");
        }
    }

    #[test]
    fn a_stored_credit_code_is_checked_again_when_read() {
        let code = CreditCode::check("91350100M000100Y43").unwrap();
        let json = serde_json::to_string(&code).unwrap();
        assert_eq!(serde_json::from_str::<CreditCode>(&json).unwrap(), code);
        assert!(serde_json::from_str::<CreditCode>("\"91350100M000100Y44\"").is_err());
    }
}
