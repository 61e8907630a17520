//! 用户名: the name that somebody chooses to sign in with, where the province's accounts have one (手册丁 注册).

use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::text::{half_width, length, tidy};

/// A province's rule for user names: how many characters. The first is a letter, all are letters and digits of ASCII.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsernameRules {
    /// The least number of characters.
    pub min: u32,
    /// The largest number of characters.
    pub max: u32,
}

impl UsernameRules {
    /// Checks a new name; answers it as it is stored.
    ///
    /// # Errors
    /// `Missing` or `Username`.
    pub fn check(&self, typed: &str) -> Result<String, Fault> {
        let name = username_key(typed);
        let is_right = (self.min..=self.max).contains(&length(&name))
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_alphanumeric());
        match name.is_empty() {
            true => Err(Fault::Missing),
            false if is_right => Ok(name),
            false => Err(Fault::Username { min: self.min, max: self.max }),
        }
    }
}

/// A name as it is stored and compared: half width, in small letters. Two that differ in nothing else are one.
#[must_use]
pub fn username_key(typed: &str) -> String {
    half_width(&tidy(typed)).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The figures of 手册丁 注册.
    const RULES: UsernameRules = UsernameRules { min: 4, max: 20 };

    #[test]
    fn a_name_begins_with_a_letter_and_has_letters_and_digits_alone() {
        for (typed, name) in [
            ("abcd", "abcd"),
            (" ZhangSan88 ", "zhangsan88"),
            ("ａbC1", "abc1"),
            ("a1234567890123456789", "a1234567890123456789"),
        ] {
            assert_eq!(RULES.check(typed).as_deref(), Ok(name), "{typed}");
        }
        let fault = Fault::Username { min: 4, max: 20 };
        for typed in ["abc", "a12345678901234567890", "1abc", "张san", "ab cd", "ab-cd", "ab_cd", "abcé"] {
            assert_eq!(RULES.check(typed), Err(fault.clone()), "{typed}");
        }
        assert_eq!(RULES.check("  "), Err(Fault::Missing));
    }
}
