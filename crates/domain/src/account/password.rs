//! The password rule of a province, for the live checklist and for the server alike.

use serde::{Deserialize, Serialize};

use super::common::is_common;
use crate::fault::Fault;
use crate::text::{is_han, length};

/// A province's rule for passwords (手册甲 一（一）: 至少八位，数字、大写字母、小写字母、特殊符号中的三种). Passwords are
/// judged and hashed exactly as typed; characters outside the four kinds are permitted and count for none of them.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct PasswordPolicy {
    /// The least number of characters.
    pub min: u32,
    /// The largest number of characters.
    pub max: u32,
    /// How many of the kinds are needed.
    pub kinds: u32,
    /// Which kinds are told apart.
    #[serde(default)]
    pub counted: Counted,
    /// The characters that count as special; empty means all ASCII punctuation.
    pub specials: String,
}

/// The kinds of characters that a policy tells apart.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug, Default)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// 数字、大写字母、小写字母、特殊符号 (手册甲 一（一）2).
    #[default]
    DigitUpperLowerSpecial,
    /// 数字、字母、符号 (手册丁 注册).
    DigitLetterSymbol,
}

impl Counted {
    /// How many kinds there are.
    #[must_use]
    pub const fn all(self) -> u32 {
        match self {
            Self::DigitUpperLowerSpecial => 4,
            Self::DigitLetterSymbol => 3,
        }
    }
}

/// What a password fulfils, line by line of the checklist.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Marks {
    /// At least as many characters as the policy asks for.
    pub long_enough: bool,
    /// 数字.
    pub digit: bool,
    /// 大写字母.
    pub upper: bool,
    /// 小写字母.
    pub lower: bool,
    /// 特殊符号, of those that the policy counts.
    pub special: bool,
    /// As many of the kinds as the policy asks for.
    pub enough_kinds: bool,
}

impl PasswordPolicy {
    /// The state of the checklist for what has been typed so far.
    pub fn marks(&self, typed: &str) -> Marks {
        let special = |c: char| if self.specials.is_empty() { c.is_ascii_punctuation() } else { self.specials.contains(c) };
        let mut marks = Marks {
            long_enough: length(typed) >= self.min,
            digit: typed.contains(|c: char| c.is_ascii_digit()),
            upper: typed.contains(|c: char| c.is_ascii_uppercase()),
            lower: typed.contains(|c: char| c.is_ascii_lowercase()),
            special: typed.contains(special),
            enough_kinds: false,
        };
        let letters = match self.counted {
            Counted::DigitUpperLowerSpecial => u32::from(marks.upper) + u32::from(marks.lower),
            Counted::DigitLetterSymbol => u32::from(marks.upper || marks.lower),
        };
        marks.enough_kinds = u32::from(marks.digit) + letters + u32::from(marks.special) >= self.kinds;
        marks
    }

    /// Checks a new password. `personal` are words that it must not hold (name, mobile, end of the document number); those
    /// under four characters are passed over, Chinese ones under two.
    ///
    /// # Errors
    /// The first of `Missing`, `PasswordShort`, `PasswordLong`, `PasswordKinds`, `PasswordCommon`, `PasswordPersonal`.
    pub fn check(&self, typed: &str, personal: &[&str]) -> Result<(), Fault> {
        let marks = self.marks(typed);
        if typed.is_empty() {
            Err(Fault::Missing)
        } else if !marks.long_enough {
            Err(Fault::PasswordShort(self.min))
        } else if length(typed) > self.max {
            Err(Fault::PasswordLong(self.max))
        } else if !marks.enough_kinds {
            Err(Fault::PasswordKinds { needed: self.kinds, counted: self.counted })
        } else if is_common(typed) {
            Err(Fault::PasswordCommon)
        } else if holds_personal(typed, personal) {
            Err(Fault::PasswordPersonal)
        } else {
            Ok(())
        }
    }
}

/// The last six characters of a document number, one of the personal words.
pub fn document_end(number: &str) -> &str {
    number.char_indices().rev().nth(5).map_or(number, |(at, _)| &number[at..])
}

fn holds_personal(typed: &str, personal: &[&str]) -> bool {
    let typed = typed.to_lowercase();
    personal.iter().any(|word| {
        let word = word.to_lowercase();
        let least = if word.chars().all(is_han) { 2 } else { 4 };
        word.chars().count() >= least && typed.contains(&word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy() -> PasswordPolicy {
        let specials = r"@$!*?&~`()/-+\.^".to_owned();
        PasswordPolicy { min: 8, max: 64, kinds: 3, counted: Counted::DigitUpperLowerSpecial, specials }
    }

    #[test]
    fn letters_count_once_where_they_are_not_told_apart() {
        // 手册丁 注册: 6-20 位字符，必须由数字、字母或符号两种以上组成.
        let policy = PasswordPolicy { min: 6, max: 20, kinds: 2, counted: Counted::DigitLetterSymbol, specials: String::new() };
        let kinds = Fault::PasswordKinds { needed: 2, counted: Counted::DigitLetterSymbol };
        for (typed, result) in [
            ("xkmpQWNT", Err(kinds.clone())),
            ("48205917", Err(kinds)),
            ("xkmpq7", Ok(())),
            ("xkmpq#", Ok(())),
            ("482-59", Ok(())),
            ("xkm7q", Err(Fault::PasswordShort(6))),
            ("xkmpqwntxkmpqwntxkmp7", Err(Fault::PasswordLong(20))),
        ] {
            assert_eq!(policy.check(typed, &[]), result, "{typed}");
        }
    }

    #[test]
    fn the_checklist_marks_every_kind_by_itself() {
        for (typed, long_enough, digit, upper, lower, special, enough_kinds) in [
            ("", false, false, false, false, false, false),
            ("a", false, false, false, true, false, false),
            ("aB3", false, true, true, true, false, true),
            ("湘江Ab3x北去", true, true, true, true, false, true),
            ("ａＢ３！ａＢ３！", true, false, false, false, false, false),
            ("ab3#ab3#", true, true, false, true, false, false),
            (r"ab3\ab3\", true, true, false, true, true, true),
        ] {
            let expected = Marks { long_enough, digit, upper, lower, special, enough_kinds };
            assert_eq!(policy().marks(typed), expected, "{typed}");
        }
        let any = PasswordPolicy { specials: String::new(), ..policy() };
        assert!(any.marks("#").special);
    }

    #[test]
    fn a_password_is_refused_with_the_first_reason() {
        let personal = ["张三丰", "13912345678", "079988", "li"];
        for (typed, result) in [
            ("", Err(Fault::Missing)),
            ("aB3!xyz", Err(Fault::PasswordShort(8))),
            ("xkmpqwnt", Err(Fault::PasswordKinds { needed: 3, counted: Counted::DigitUpperLowerSpecial })),
            ("P@ssw0rd", Err(Fault::PasswordCommon)),
            ("Xk!13912345678", Err(Fault::PasswordPersonal)),
            ("Xk!m079988", Err(Fault::PasswordPersonal)),
            ("Xk7!张三丰mp", Err(Fault::PasswordPersonal)),
            ("Xk7!mpQ2", Ok(())),
            ("Xk7! mpQ 2 ", Ok(())),
            ("Li7!mpQ2k", Ok(())),
            ("湘江Xk7🙂北去", Ok(())),
        ] {
            assert_eq!(policy().check(typed, &personal), result, "{typed}");
        }
        let long = format!("Xk7!{}", "mq".repeat(31));
        assert_eq!(policy().check(&long, &[]), Err(Fault::PasswordLong(64)));
    }

    #[test]
    fn the_end_of_a_document_number_is_cut_between_characters() {
        for (number, end) in [("430111199003079988", "079988"), ("军字第2001988号", "01988号"), ("12", "12"), ("", "")] {
            assert_eq!(document_end(number), end);
        }
        assert_eq!(policy().check("Xk!m9x07998X", &[document_end("43011119900307998x")]), Err(Fault::PasswordPersonal));
    }

    #[test]
    fn an_unknown_key_in_a_policy_is_refused() {
        let json = r#"{"min":8,"max":64,"kinds":3,"specials":"@","other":1}"#;
        assert!(serde_json::from_str::<PasswordPolicy>(json).is_err());
    }
}
