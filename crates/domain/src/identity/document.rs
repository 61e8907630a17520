//! Identity documents: the kinds and the number of each, normalised and checked.

#[cfg(test)]
mod tests;

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Sex, mask, resident};
use crate::fault::Fault;
use crate::text::{is_han, length, tidy_code};

/// 证件类型: the master list; a province offers a part of it.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 居民身份证.
    ResidentId,
    /// 军人证.
    MilitaryId,
    /// 港澳台居民居住证.
    ResidencePermit,
    /// 港澳居民来往内地通行证.
    HkMacauPass,
    /// 台湾居民来往大陆通行证.
    TaiwanPass,
    /// 护照.
    Passport,
    /// 外国人永久居留身份证.
    PermanentResidence,
    /// 其他.
    Other,
}

impl DocumentKind {
    /// Every kind, in the order of the master list.
    pub const ALL: [Self; 8] = [
        Self::ResidentId,
        Self::MilitaryId,
        Self::ResidencePermit,
        Self::HkMacauPass,
        Self::TaiwanPass,
        Self::Passport,
        Self::PermanentResidence,
        Self::Other,
    ];

    /// The code in forms, profiles and the database; the same as in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::ResidentId => "resident_id",
            Self::MilitaryId => "military_id",
            Self::ResidencePermit => "residence_permit",
            Self::HkMacauPass => "hk_macau_pass",
            Self::TaiwanPass => "taiwan_pass",
            Self::Passport => "passport",
            Self::PermanentResidence => "permanent_residence",
            Self::Other => "other",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether the number tells sex and birth date; for the other kinds they are typed in.
    pub fn carries_sex_and_birth(self) -> bool {
        matches!(self, Self::ResidentId | Self::ResidencePermit)
    }
}

/// The form in which numbers are stored and looked up, the same for every kind: capitals, half width, without blanks,
/// hyphens and round brackets.
pub fn normalise(typed: &str) -> String {
    tidy_code(typed).replace(['-', '(', ')'], "")
}

/// A document number that has passed its check. `Debug` shows it masked.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DocumentNumber {
    kind: DocumentKind,
    number: String,
}

impl fmt::Debug for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocumentNumber({} {})", self.kind.code(), mask::document(&self.number))
    }
}

impl DocumentNumber {
    /// Normalises and checks a typed number. `today` bounds the birth date.
    ///
    /// # Errors
    /// `Missing`; `OtherKind` for the number of another document; for resident numbers and residence permits the `Id…` faults,
    /// `Character` and `Misplaced`; otherwise `DocumentShape`.
    pub fn check(kind: DocumentKind, typed: &str, today: NaiveDate) -> Result<Self, Fault> {
        let number = normalise(typed);
        if number.is_empty() {
            return Err(Fault::Missing);
        }
        if let Some(told) = told_kind(&number, today).filter(|told| *told != kind) {
            return Err(Fault::OtherKind(told));
        }
        match kind {
            DocumentKind::ResidentId | DocumentKind::ResidencePermit => resident::check(&number, today)?,
            _ if has_shape(kind, &number) => {}
            _ => return Err(Fault::DocumentShape),
        }
        Ok(Self { kind, number })
    }

    /// The kind of the document.
    pub fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The normalised number.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The sex, where the number tells it.
    pub fn sex(&self) -> Option<Sex> {
        self.kind.carries_sex_and_birth().then(|| resident::sex(&self.number)).flatten()
    }

    /// The birth date, where the number tells it.
    pub fn born_on(&self) -> Option<NaiveDate> {
        self.kind.carries_sex_and_birth().then(|| resident::born_on(&self.number)).flatten()
    }

    /// The birth date in a number for which it is typed all the same: 外国人永久居留身份证 of 18 digits is made up as the number of
    /// a citizen is (国家移民管理局, 新版外国人永久居留身份证, 2023). It advises and decides nothing.
    pub fn implied_birth(&self) -> Option<NaiveDate> {
        let is_new = self.kind == DocumentKind::PermanentResidence && self.number.len() == 18;
        is_new.then(|| resident::born_on(&self.number)).flatten()
    }
}

/// The only document that can have this number, whatever was chosen: one person has one account.
fn told_kind(number: &str, today: NaiveDate) -> Option<DocumentKind> {
    // 外国人永久居留身份证 begins with 9 and is made up in the same way.
    resident::check(number, today).ok().filter(|()| !number.starts_with('9'))?;
    Some(if is_permit(number) { DocumentKind::ResidencePermit } else { DocumentKind::ResidentId })
}

/// 港澳台居民居住证 begins with these (国办发〔2018〕81号 第二条 and its annex).
fn is_permit(number: &str) -> bool {
    ["810000", "820000", "830000"].iter().any(|region| number.starts_with(region))
}

/// Exact shapes where they are published; mere lengths where no public standard exists and a person reviews anyway.
fn has_shape(kind: DocumentKind, number: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric();
    match kind {
        DocumentKind::HkMacauPass => {
            let (letters, digits) = split(number);
            matches!((letters, digits), ("H" | "M", 8 | 10) | ("HA" | "MA", 7))
        }
        DocumentKind::TaiwanPass => {
            let body = number.strip_suffix(|c: char| c.is_ascii_uppercase());
            let (letters, digits) = split(body.unwrap_or(number));
            letters.is_empty() && (digits == 10 || (digits == 8 && body.is_none()))
        }
        DocumentKind::Passport => (5..=20).contains(&number.len()) && number.chars().all(plain),
        DocumentKind::PermanentResidence => {
            let (letters, digits) = split(number);
            let new = number.len() == 18 && number.starts_with('9');
            (letters.len() == 3 && digits == 12)
                || (new && resident::check_character(number).is_some_and(|check| number.ends_with(check)))
        }
        DocumentKind::MilitaryId => (4..=20).contains(&length(number)) && number.chars().all(|c| plain(c) || is_han(c)),
        DocumentKind::Other => {
            let fits = |c: char| plain(c) || is_han(c) || matches!(c, '/' | '.' | '#' | '〔' | '〕');
            (4..=30).contains(&length(number)) && number.chars().all(fits)
        }
        DocumentKind::ResidentId | DocumentKind::ResidencePermit => false,
    }
}

/// Leading capitals and the count of the digits after them; no digits (0) when anything else follows.
fn split(number: &str) -> (&str, usize) {
    let digits = number.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = &number[..number.len() - digits.len()];
    (letters, if digits.bytes().all(|b| b.is_ascii_digit()) { digits.len() } else { 0 })
}
