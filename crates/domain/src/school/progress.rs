use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::report::{Cause, RowFault};
use crate::case::codes;
use crate::learning::{Credits, LearningRules};

codes! {
    /// In what a school tells how far somebody is.
    pub enum Measure {
        /// Of the whole, up to 100.
        Percent = "percent",
        /// 学时 that were learnt.
        Hours = "hours",
    }
}

codes! {
    /// What became of a report of progress.
    pub enum Noting {
        /// It stands.
        Noted = "noted",
        /// A newer one stands; nothing happened.
        Older = "older",
        /// It is wrong; nothing happened.
        Refused = "refused",
    }
}

/// A report of progress as it was sent, each value as its text; what was not sent is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentProgress {
    /// 学员编号.
    pub learner: String,
    /// 继续教育年度.
    pub year: String,
    /// Per cent of the whole; either this or the hours.
    pub percent: String,
    /// 学时 that were learnt.
    pub hours: String,
    /// When somebody was so far: `2026-11-20T09:00:00Z`.
    pub at: String,
}

/// How far somebody is, and when. It is shown to the person and books nothing: credits are reported for themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// In what it is told.
    pub measure: Measure,
    /// How much.
    pub amount: Credits,
    /// When, to the second.
    pub at: DateTime<Utc>,
}

/// A report of progress that is in itself as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgressReport {
    /// 学员编号.
    pub learner: String,
    /// 继续教育年度.
    pub year: i32,
    /// How far.
    pub progress: Progress,
}

/// Minutes by which the clock of a school may be fast.
const FAST: i64 = 5;
/// The most hours of a year.
const MOST_HOURS: u32 = 8784;

impl SentProgress {
    /// The report, or the first field that is wrong.
    ///
    /// # Errors
    /// Field and cause.
    pub fn check(&self, rules: &LearningRules, now: DateTime<Utc>) -> Result<ProgressReport, RowFault> {
        let wrong = |field, cause| RowFault { field, cause };
        let given = |field: &'static str, text: &str| match text.is_empty() {
            true => Err(wrong(field, Cause::Missing)),
            false => Ok(()),
        };
        given("learner", &self.learner)?;
        if !super::report::is_learner(&self.learner) {
            return Err(wrong("learner", Cause::Malformed));
        }
        given("year", &self.year)?;
        let year: i32 = self.year.parse().map_err(|_| wrong("year", Cause::Malformed))?;
        rules.year(year).ok_or(wrong("year", Cause::UnknownYear))?;
        let (measure, text, most) = match (self.percent.is_empty(), self.hours.is_empty()) {
            (true, true) => return Err(wrong("percent", Cause::Missing)),
            (false, false) => return Err(wrong("hours", Cause::Malformed)),
            (false, true) => (Measure::Percent, &self.percent, 100),
            (true, false) => (Measure::Hours, &self.hours, MOST_HOURS),
        };
        let amount = Credits::parse(text).filter(|amount| *amount >= Credits::ZERO && *amount <= Credits::whole(most));
        let amount = amount.ok_or(wrong(measure.code(), Cause::Malformed))?;
        given("at", &self.at)?;
        let at = DateTime::parse_from_rfc3339(&self.at).map_err(|_| wrong("at", Cause::Malformed))?;
        // Seconds are kept.
        let at =
            DateTime::from_timestamp(at.timestamp(), 0).filter(|at| at.timestamp() >= 0).ok_or(wrong("at", Cause::Malformed))?;
        if at > now + Duration::minutes(FAST) {
            return Err(wrong("at", Cause::InTheFuture));
        }
        Ok(ProgressReport { learner: self.learner.clone(), year, progress: Progress { measure, amount, at } })
    }
}

/// What becomes of a report: the newest stands, in whatever order they come. The same once more stands as well. `is_ended` is whether
/// they have gone over to another school, `None` for nobody who is enrolled.
#[must_use]
pub fn note(sent: Progress, standing: Option<Progress>, is_ended: Option<bool>) -> (Noting, Option<RowFault>) {
    let refused = |field, cause| (Noting::Refused, Some(RowFault { field, cause }));
    match (is_ended, standing) {
        (None, _) => refused("learner", Cause::NoEnrolment),
        (Some(true), _) => refused("learner", Cause::EnrolmentEnded),
        (Some(false), Some(standing)) if standing == sent => (Noting::Noted, None),
        (Some(false), Some(standing)) if standing.at > sent.at => (Noting::Older, None),
        (Some(false), Some(standing)) if standing.at == sent.at => refused("at", Cause::OtherContents),
        (Some(false), _) => (Noting::Noted, None),
    }
}
