//! What is signed: short, and with no more of the person than a masked name.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::china_time;
use crate::case::codes;
use crate::id::AccountId;
use crate::identity::mask;
use crate::identity::name::as_printed;
use crate::learning::{Credits, Sums};

codes! {
    /// 姓名显示: how much of the name whoever scans the code sees, as the holder chose.
    pub enum NameShown {
        /// 林*雨.
        Masked = "masked",
        /// 林**.
        Surname = "surname",
        /// Nothing of it.
        Hidden = "hidden",
    }
}

impl NameShown {
    /// A name to this degree, in the characters that stand on the paper. The number of stars tells nothing beyond the shortest names, so that it does not grow without end.
    #[must_use]
    pub fn of(self, name: &str) -> String {
        const MOST: usize = 12;
        let name = as_printed(name);
        let shown = match self {
            Self::Masked => mask::name(&name),
            Self::Surname => mask::surname(&name),
            Self::Hidden => return String::new(),
        };
        let spare = shown.chars().count().saturating_sub(MOST);
        let mut left = spare;
        let is_kept = |c: &char| {
            let is_dropped = *c == '*' && left > 0;
            left -= usize::from(is_dropped);
            !is_dropped
        };
        shown.chars().filter(is_kept).collect()
    }
}

/// What is certified of a learning year of somebody; where it changes there is another certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Whose it is.
    pub account: AccountId,
    /// 继续教育年度.
    pub year: i32,
    /// 姓名 as it was.
    pub holder: String,
    /// Who certifies it.
    pub issuer: String,
    /// 学分, with its parts.
    pub sums: Sums,
    /// 通过时间.
    pub completed_on: NaiveDate,
}

/// The claims of the signed statement. Names are short because they stand in a 二维码; those that JOSE knows are JOSE's
/// (RFC 7519).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// 证明编号.
    #[serde(rename = "jti")]
    pub number: String,
    /// Who certifies it.
    #[serde(rename = "iss")]
    pub issuer: String,
    /// When it was certified, in seconds since 1970.
    #[serde(rename = "iat")]
    pub issued_at: i64,
    /// The name as far as the holder shows it; empty for not at all.
    #[serde(rename = "p", default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// 继续教育年度.
    #[serde(rename = "y")]
    pub year: i32,
    /// 总学分.
    #[serde(rename = "c")]
    pub total: Credits,
    /// 专业科目 thereof.
    #[serde(rename = "z", default, skip_serializing_if = "is_none")]
    pub professional: Credits,
    /// 公需科目 thereof.
    #[serde(rename = "g", default, skip_serializing_if = "is_none")]
    pub public: Credits,
    /// 通过时间.
    #[serde(rename = "d")]
    pub completed_on: NaiveDate,
}

fn is_none(credits: &Credits) -> bool {
    !credits.is_some()
}

impl Statement {
    /// Of facts, under a number, from an instant.
    #[must_use]
    pub fn of(facts: &Facts, number: &str, shown: NameShown, issued_at: DateTime<Utc>) -> Self {
        Self {
            number: number.to_owned(),
            issuer: facts.issuer.clone(),
            issued_at: issued_at.timestamp(),
            name: shown.of(&facts.holder),
            year: facts.year,
            total: facts.sums.total,
            professional: facts.sums.professional,
            public: facts.sums.public,
            completed_on: facts.completed_on,
        }
    }

    /// The day on which it was certified, in China.
    #[must_use]
    pub fn issued_on(&self) -> NaiveDate {
        china_time(DateTime::from_timestamp(self.issued_at, 0).unwrap_or_default()).date()
    }

    /// Whether both say the same, but for how much of the name is shown.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        let bare = |one: &Self| Self { name: String::new(), ..one.clone() };
        bare(self) == bare(other)
    }
}

/// 密钥编号: the key of a province, and which in a row.
#[must_use]
pub fn key_id(province: &str, nth: u8) -> String {
    format!("{province}-{nth}")
}

/// The province that a key id names.
#[must_use]
pub fn province_of_key(key_id: &str) -> Option<&str> {
    let (province, nth) = key_id.rsplit_once('-')?;
    (!province.is_empty() && nth.parse::<u8>().is_ok()).then_some(province)
}
