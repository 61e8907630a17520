//! 信息登记表（电子签名件）: that somebody has a record, which version of it, and since when; what stands in it is on the paper.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{NameShown, Statement};
use crate::calendar::china_time;

/// The claims of a signed extract of a record, named as those of [`Statement`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extract {
    /// 证明编号.
    #[serde(rename = "jti")]
    pub number: String,
    /// Who keeps the records.
    #[serde(rename = "iss")]
    pub issuer: String,
    /// When it was signed, in seconds since 1970.
    #[serde(rename = "iat")]
    pub issued_at: i64,
    /// The name, masked.
    #[serde(rename = "p")]
    pub name: String,
    /// 档案版本, from 1.
    #[serde(rename = "v")]
    pub version: i64,
    /// 会计管理部门: the bureau that approved that version.
    #[serde(rename = "b")]
    pub bureau_name: String,
    /// 审核通过时间 of that version, in China.
    #[serde(rename = "d")]
    pub approved_on: NaiveDate,
}

/// What an extract is made of.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    /// 姓名 of the account.
    pub holder: &'a str,
    /// Who keeps the records.
    pub issuer: &'a str,
    /// 档案版本.
    pub version: i64,
    /// The bureau that approved that version.
    pub bureau_name: &'a str,
    /// When it did.
    pub approved_on: NaiveDate,
}

impl Extract {
    /// Of a record, under a number, from an instant. The name is masked always: the whole one is on the paper.
    #[must_use]
    pub fn of(recorded: Recorded<'_>, number: &str, issued_at: DateTime<Utc>) -> Self {
        Self {
            number: number.to_owned(),
            issuer: recorded.issuer.to_owned(),
            issued_at: issued_at.timestamp(),
            name: NameShown::Masked.of(recorded.holder),
            version: recorded.version,
            bureau_name: recorded.bureau_name.to_owned(),
            approved_on: recorded.approved_on,
        }
    }

    /// The day on which it was signed, in China.
    #[must_use]
    pub fn issued_on(&self) -> NaiveDate {
        china_time(DateTime::from_timestamp(self.issued_at, 0).unwrap_or_default()).date()
    }
}

/// What a province signs for strangers to read. One is told from the other by its claims: a year, or a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Signed {
    /// 完成证明.
    Certificate(Statement),
    /// 信息登记表.
    Extract(Extract),
}

impl Signed {
    /// 证明编号.
    #[must_use]
    pub fn number(&self) -> &str {
        match self {
            Self::Certificate(statement) => &statement.number,
            Self::Extract(extract) => &extract.number,
        }
    }

    /// Who certifies it.
    #[must_use]
    pub fn issuer(&self) -> &str {
        match self {
            Self::Certificate(statement) => &statement.issuer,
            Self::Extract(extract) => &extract.issuer,
        }
    }

    /// Whether both say the same, but for how much of the name is shown.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Certificate(one), Self::Certificate(other)) => one.agrees(other),
            (Self::Extract(one), Self::Extract(other)) => one == other,
            _ => false,
        }
    }
}

impl From<Statement> for Signed {
    fn from(statement: Statement) -> Self {
        Self::Certificate(statement)
    }
}

impl From<Extract> for Signed {
    fn from(extract: Extract) -> Self {
        Self::Extract(extract)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::{Credits, Sums};

    fn extract() -> Extract {
        let recorded = Recorded {
            holder: "欧阳归舟",
            issuer: "湖北省财政厅",
            version: 2,
            bureau_name: "武汉市武昌区财政局",
            approved_on: NaiveDate::from_ymd_opt(2026, 7, 30).unwrap(),
        };
        Extract::of(recorded, "420000-2026-7K3M-9QXZ-4T8C", DateTime::UNIX_EPOCH)
    }

    #[test]
    fn an_extract_is_read_as_one_and_a_certificate_as_a_certificate() {
        let facts = crate::certificate::Facts {
            account: "a".into(),
            year: 2025,
            holder: "林晓雨".into(),
            issuer: "湖南省财政厅".into(),
            sums: Sums { total: Credits::whole(96), professional: Credits::whole(66), public: Credits::whole(30) },
            completed_on: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap(),
        };
        let statement = Statement::of(&facts, "430000-2025-7K3M-9QXZ-4T8C", NameShown::Hidden, DateTime::UNIX_EPOCH);
        for signed in [Signed::from(extract()), Signed::from(statement)] {
            let json = serde_json::to_string(&signed).unwrap();
            assert_eq!(serde_json::from_str::<Signed>(&json).unwrap(), signed, "{json}");
        }
    }

    #[test]
    fn an_extract_has_of_the_person_a_masked_name_alone() {
        let json = serde_json::to_string(&extract()).unwrap();
        assert!(json.contains("欧*") && !json.contains("归"), "{json}");
    }

    #[test]
    fn an_extract_agrees_with_itself_and_with_no_other_version() {
        let later = Extract { version: 3, ..extract() };
        assert!(Signed::from(extract()).agrees(&extract().into()));
        assert!(!Signed::from(extract()).agrees(&later.into()));
    }
}
