use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::codes;

codes! {
    /// What a window of a learning year is for.
    pub enum WindowFor {
        /// 学习.
        Study = "study",
        /// 缴费.
        Payment = "payment",
        /// 面授.
        FaceToFace = "face_to_face",
        /// 学分折算.
        Conversion = "conversion",
        /// 补学: what was not done in time is made up.
        Late = "late",
    }
}

/// A day in relation to a learning year Y, as profiles write it: `Y-05-01`, `Y+1-02-29`. The 29th of February is the last day of
/// that month, leap year or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Edge {
    years: i32,
    month: u32,
    day: u32,
}

impl Edge {
    /// Of another year than Y, or a day that no year has.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (years, month_day) = text.strip_prefix('Y')?.split_at_checked(text.len().checked_sub(7)?)?;
        let years = if years.is_empty() { 0 } else { years.strip_prefix('+')?.parse().ok().filter(|years| *years <= 99)? };
        let (month, day) = month_day.strip_prefix('-')?.split_once('-')?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        // 2000 was a leap year.
        NaiveDate::from_ymd_opt(2000, month, day).map(|_| Self { years, month, day })
    }

    /// The day of a learning year.
    #[must_use]
    pub fn of(self, year: i32) -> NaiveDate {
        let year = year.saturating_add(self.years);
        let day = |day| NaiveDate::from_ymd_opt(year, self.month, day);
        day(self.day).or_else(|| day(self.day - 1)).unwrap_or(NaiveDate::MAX)
    }
}

impl TryFrom<String> for Edge {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is no day of a learning year such as `Y-05-01` or `Y+1-02-29`"))
    }
}

impl From<Edge> for String {
    fn from(edge: Edge) -> Self {
        edge.to_string()
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.years {
            0 => write!(f, "Y-{:02}-{:02}", self.month, self.day),
            years => write!(f, "Y+{years}-{:02}-{:02}", self.month, self.day),
        }
    }
}

/// A window of every year that a rule holds for; without `to` it does not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The first day.
    pub from: Edge,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Edge>,
}

impl Window {
    /// 1 January to 31 December.
    pub const CALENDAR_YEAR: Self =
        Self { from: Edge { years: 0, month: 1, day: 1 }, to: Some(Edge { years: 0, month: 12, day: 31 }) };

    /// Its days in a learning year.
    #[must_use]
    pub fn of(self, year: i32) -> Period {
        Period { from: self.from.of(year), to: self.to.map(|to| to.of(year)) }
    }
}

/// Days from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; `None` where it does not end.
    pub to: Option<NaiveDate>,
}

impl Period {
    /// Whether a day is one of them.
    #[must_use]
    pub fn has(self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether all of them lie before a day.
    #[must_use]
    pub fn is_over(self, day: NaiveDate) -> bool {
        self.to.is_some_and(|to| to < day)
    }

    /// Whether a day belongs to both.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.to.is_none_or(|to| other.from <= to) && other.to.is_none_or(|to| self.from <= to)
    }
}

/// A window that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// Its last day; `None` where it does not end.
    pub until: Option<NaiveDate>,
    /// Whether it is the one of 补学.
    pub is_late: bool,
}

/// 未在办理时间内: why a window is shut, and the way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shut {
    /// The learning year.
    pub year: i32,
    /// What was to be done.
    pub what: WindowFor,
    /// When that can be done; `None` where the province has no such window for the year.
    pub period: Option<Period>,
    /// When it can be made up.
    pub late: Option<Period>,
    /// What to do instead.
    pub way: WayOut,
    /// The years for which the same can be done today.
    pub open_years: Vec<i32>,
}

/// What to do where a window is shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WayOut {
    /// It opens on that day.
    WaitUntil(NaiveDate),
    /// It does not open again; the bureau may still take it, with a reason that is written down (no manual has it).
    AskBureau,
}
