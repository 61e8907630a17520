//! 面授和单位内部培训: a class that the manager of an employer files before it begins, and the sheet of its results (docs/adr/0042).

pub mod forms;
mod roster;
pub mod view;

pub use roster::{Judged, RosterLine, RowFault, SheetFault, judge};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::credits::Credits;
use super::rules::LearningRules;
use super::rules::Subject;
use crate::calendar::Calendar;
use crate::case::codes;

/// `[learning.classes]` of a profile: what employers may file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassRules {
    /// What they are called: 单位内部培训.
    pub name: String,
    /// What those are called that institutions hold for everybody: 面授培训; `None` where the province admits no institutions.
    #[serde(default)]
    pub open_name: Option<String>,
    /// Booked with what is reckoned by it.
    pub version: String,
    /// So many working days before it begins it is filed at the latest.
    pub notice_working_days: u32,
    /// No class gives more for each of its days.
    pub credits_per_day: Credits,
    /// The longest, in days.
    pub most_days: u32,
    /// How many rows a sheet has at most.
    pub most_people: u32,
}

codes! {
    /// Why a class or its results were not handed in. Each is told on the page, with what to do.
    pub enum NotFiled {
        /// It begins too soon.
        TooLate = "too_late",
        /// It is not over yet.
        NotOver = "not_over",
        /// Its results wait or were approved.
        Reported = "reported",
        /// It is for everybody, and the employer is no institution that the province admits.
        NotAdmitted = "not_admitted",
    }
}

codes! {
    /// For whom a class is.
    pub enum Audience {
        /// Those who work for the employer and let it be seen.
        Own = "own",
        /// Everybody with a record; institutions alone hold such classes.
        All = "all",
    }
}

impl Audience {
    /// As people read it.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Own => "本单位会计人员",
            Self::All => "面向社会",
        }
    }
}

/// A class without a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// 培训名称.
    pub title: String,
    /// 培训内容, lines.
    pub programme: String,
    /// 授课教师.
    pub teacher: String,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// The learning year that the last day belongs to.
    pub year: i32,
    /// 科目类别.
    pub subject: Subject,
    /// What whoever passes gets.
    pub credits: Credits,
    /// For whom it is.
    pub audience: Audience,
}

impl ClassRules {
    /// What a class is called.
    #[must_use]
    pub fn name_of(&self, audience: Audience) -> &str {
        match (audience, &self.open_name) {
            (Audience::All, Some(name)) => name,
            (Audience::All, None) | (Audience::Own, _) => &self.name,
        }
    }

    /// The first day on which a class may begin that is filed today.
    #[must_use]
    pub fn earliest(&self, calendar: &Calendar, today: NaiveDate) -> NaiveDate {
        calendar.add_working_days(today, self.notice_working_days)
    }

    /// Whether a class is filed in time today.
    #[must_use]
    pub fn is_in_time(&self, calendar: &Calendar, today: NaiveDate, starts_on: NaiveDate) -> bool {
        today < starts_on && calendar.working_days_between(today, starts_on) >= self.notice_working_days.into()
    }

    /// The name of the rule, as the ledger keeps it.
    #[must_use]
    pub fn rule(&self) -> String {
        format!("class/{}", self.version)
    }
}

impl Planned {
    /// How many days it lasts.
    #[must_use]
    pub fn days(&self) -> u32 {
        days(self.starts_on, self.ends_on)
    }

    /// What the ledger says of it.
    #[must_use]
    pub fn arithmetic(&self, rules: &ClassRules, learning: &LearningRules, employer: &str) -> String {
        let Self { title, starts_on, ends_on, credits, audience, .. } = self;
        let name = rules.name_of(*audience);
        format!("{name}“{title}”：{credits} {}（{starts_on} 至 {ends_on}，{employer}报送）", learning.unit)
    }
}

/// Days from one to another, both included; 0 where the last lies before the first.
fn days(first: NaiveDate, last: NaiveDate) -> u32 {
    u32::try_from((last - first).num_days() + 1).unwrap_or(0)
}

#[cfg(test)]
#[cfg(feature = "profiles")]
mod tests;
