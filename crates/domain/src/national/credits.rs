//! The file of credits for the national platform. Its names are those of the file (docs/credits.schema.json); what changes in it gets
//! another version.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::date::parse_date;
use crate::fault::{Fault, FieldErrors};

/// What a file says that it is.
pub const FORMAT: &str = "suanpan-credits";
/// The version that is written.
pub const VERSION: u32 = 1;
/// A file holds so many rows at most: it is made in memory.
pub const MOST: i64 = 20_000;
/// Between its first and its last day lie at most so many.
pub const LONGEST_DAYS: i64 = 366;

/// The file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditsFile {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// Names the file.
    pub id: String,
    /// The province: key, code and name.
    pub province: FileProvince,
    /// The first day of the period in which its rows were booked, in China.
    pub from: NaiveDate,
    /// The last one.
    pub until: NaiveDate,
    /// When it was made, in UTC.
    pub issued_at: DateTime<Utc>,
    /// The rows, as they were booked.
    pub credits: Vec<FileCredit>,
}

/// Whose file it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileProvince {
    /// Key of the province.
    pub key: String,
    /// 行政区划代码.
    pub code: String,
    /// As people call it.
    pub name: String,
}

/// A row of the ledger of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileCredit {
    /// Names the row. It stays the same in every file.
    pub id: String,
    /// 姓名.
    pub name: String,
    /// 证件类型, as a code such as `resident_id`.
    pub document_kind: String,
    /// 证件号码, whole.
    pub document_number: String,
    /// 继续教育年度.
    pub year: i32,
    /// 科目类别, in words.
    pub subject: String,
    /// 学分, a decimal number; below 0 where it takes another row back.
    pub credits: String,
    /// 通过方式, in words.
    pub source: String,
    /// The day on which it was booked, in China.
    pub booked_on: NaiveDate,
    /// The row that it takes back; `null` for none.
    pub reverses: Option<String>,
}

crate::form! {
    /// Which days somebody wants a file of.
    pub struct PeriodForm {
        /// The first day.
        from,
        /// The last one.
        until,
    }
}

impl PeriodForm {
    /// The first and the last day.
    ///
    /// # Errors
    /// `Missing`, `NotADate` at either; at `until` `InTheFuture` for a day that is not over, `TooEarly` for one before the first; `TooEarly` at
    /// `from` for a period that is too long.
    pub fn check(&self, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut read = |field: &str, typed: &str| {
            let found = parse_date(typed);
            if found.is_none() {
                errors.push(field, if typed.trim().is_empty() { Fault::Missing } else { Fault::NotADate });
            }
            found
        };
        let (from, until) = (read("from", &self.from), read("until", &self.until));
        let (Some(from), Some(until)) = (from, until) else { return Err(errors) };
        if until >= today {
            errors.push("until", Fault::InTheFuture);
        } else if until < from {
            errors.push("until", Fault::TooEarly);
        } else if (until - from).num_days() >= LONGEST_DAYS {
            errors.push("from", Fault::TooEarly);
        }
        errors.or((from, until))
    }
}
