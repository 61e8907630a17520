use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::codes;
use crate::date::parse_date;
use crate::identity::name::is_same_name;
use crate::learning::{Credits, LearningRules, Subject, WindowFor};

codes! {
    /// What became of a reported row.
    pub enum Outcome {
        /// In the ledger.
        Booked = "booked",
        /// It was booked before; nothing happened.
        Repeated = "repeated",
        /// The row is wrong; nothing happened.
        Refused = "refused",
        /// It fits no enrolment: it is kept aside and counts nowhere.
        Quarantined = "quarantined",
    }
}

codes! {
    /// What is wrong with a field of a row.
    pub enum Cause {
        /// Nothing was given.
        Missing = "missing",
        /// It is not what the field takes.
        Malformed = "malformed",
        /// The province has no such learning year.
        UnknownYear = "unknown_year",
        /// That day is still to come.
        InTheFuture = "in_the_future",
        /// On that day the year was not studied.
        OutsideWindow = "outside_window",
        /// On that day they were not enrolled yet.
        BeforeEnrolment = "before_enrolment",
        /// The number was used before, for something else.
        OtherContents = "other_contents",
        /// More than what is left of the enrolled credits.
        AboveEnrolled = "above_enrolled",
        /// Nobody of this number is enrolled at the school for the year.
        NoEnrolment = "no_enrolment",
        /// They have gone over to another school.
        EnrolmentEnded = "enrolment_ended",
        /// The number belongs to somebody of another name.
        OtherName = "other_name",
    }
}

/// What is wrong with a row: which field, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The field.
    pub field: &'static str,
    /// What is wrong with it.
    pub cause: Cause,
}

/// A row as it was sent, each value as its text; what was not sent is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentRow {
    /// The school's own number of the row, by which it is booked once.
    pub id: String,
    /// 学员编号.
    pub learner: String,
    /// 继续教育年度.
    pub year: String,
    /// 科目类别: `professional` or `public`.
    pub subject: String,
    /// 学分, with at most two decimals.
    pub credits: String,
    /// The day on which it was learnt: `2026-09-30`.
    pub completed_on: String,
    /// 姓名, where the school wants it compared; may be empty.
    pub name: String,
}

/// A row that is in itself as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The school's own number of the row.
    pub id: String,
    /// 学员编号.
    pub learner: String,
    /// 继续教育年度.
    pub year: i32,
    /// 科目类别.
    pub subject: Subject,
    /// 学分, above nothing.
    pub credits: Credits,
    /// The day on which it was learnt.
    pub completed_on: NaiveDate,
    /// 姓名; may be empty.
    pub name: String,
}

/// Characters of a 学员编号.
const LEARNER: usize = 22;
/// The most characters of a number of a school.
const LONGEST: usize = 64;

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte))
}

/// Whether a text can be a 学员编号.
pub(super) fn is_learner(text: &str) -> bool {
    text.len() == LEARNER && is_plain(text)
}

impl SentRow {
    /// The row, or the first field that is wrong.
    ///
    /// # Errors
    /// Field and cause.
    pub fn check(&self, rules: &LearningRules, today: NaiveDate) -> Result<Report, RowFault> {
        let given = |field: &'static str, text: &str| match text.is_empty() {
            true => Err(RowFault { field, cause: Cause::Missing }),
            false => Ok(()),
        };
        let wrong = |field, cause| RowFault { field, cause };
        given("id", &self.id)?;
        if self.id.len() > LONGEST || !is_plain(&self.id) {
            return Err(wrong("id", Cause::Malformed));
        }
        given("learner", &self.learner)?;
        if !is_learner(&self.learner) {
            return Err(wrong("learner", Cause::Malformed));
        }
        given("year", &self.year)?;
        let year: i32 = self.year.parse().map_err(|_| wrong("year", Cause::Malformed))?;
        rules.year(year).ok_or(wrong("year", Cause::UnknownYear))?;
        given("subject", &self.subject)?;
        let subject = Subject::from_code(&self.subject).filter(|subject| *subject != Subject::Both);
        let subject = subject.ok_or(wrong("subject", Cause::Malformed))?;
        given("credits", &self.credits)?;
        let credits = Credits::parse(&self.credits).filter(|credits| credits.is_some());
        let credits = credits.ok_or(wrong("credits", Cause::Malformed))?;
        given("completed_on", &self.completed_on)?;
        let on = parse_date(&self.completed_on).ok_or(wrong("completed_on", Cause::Malformed))?;
        if on > today {
            return Err(wrong("completed_on", Cause::InTheFuture));
        }
        rules.opening(year, WindowFor::Study, on).map_err(|_| wrong("completed_on", Cause::OutsideWindow))?;
        if self.name.len() > 200 {
            return Err(wrong("name", Cause::Malformed));
        }
        let (id, learner, name) = (self.id.clone(), self.learner.clone(), self.name.clone());
        Ok(Report { id, learner, year, subject, credits, completed_on: on, name })
    }
}

/// What was booked under a number of the school before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// 学员编号.
    pub learner: String,
    /// 继续教育年度.
    pub year: i32,
    /// 科目类别.
    pub subject: Subject,
    /// 学分.
    pub credits: Credits,
    /// The day on which it was learnt.
    pub completed_on: NaiveDate,
}

/// The enrolment that a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// 姓名 of the account.
    pub holder: String,
    /// The most that can be booked by it.
    pub credits: Credits,
    /// What is booked by it.
    pub booked: Credits,
    /// The day on which it began, in China.
    pub since: NaiveDate,
    /// Whether they have gone over to another school.
    pub is_ended: bool,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What became of it.
    pub outcome: Outcome,
    /// Why, where it is not booked.
    pub fault: Option<RowFault>,
}

/// What becomes of a row that is in itself as it must be.
#[must_use]
pub fn decide(report: &Report, earlier: Option<&Earlier>, enrolled: Option<&Enrolled>) -> Decision {
    let is_named = |holder: &str| report.name.is_empty() || is_same_name(&report.name, holder);
    decide_named(report, earlier, enrolled, is_named)
}

/// The same where the name is not there any more: `is_named` says whether what was sent names a holder, or names nobody.
#[must_use]
pub fn decide_named(
    report: &Report,
    earlier: Option<&Earlier>,
    enrolled: Option<&Enrolled>,
    is_named: impl FnOnce(&str) -> bool,
) -> Decision {
    let not = |outcome, field, cause| Decision { outcome, fault: Some(RowFault { field, cause }) };
    if let Some(earlier) = earlier {
        let is_same = (&earlier.learner, earlier.year, earlier.subject, earlier.credits, earlier.completed_on)
            == (&report.learner, report.year, report.subject, report.credits, report.completed_on);
        return match is_same {
            true => Decision { outcome: Outcome::Repeated, fault: None },
            false => not(Outcome::Refused, "id", Cause::OtherContents),
        };
    }
    let Some(enrolled) = enrolled else { return not(Outcome::Quarantined, "learner", Cause::NoEnrolment) };
    if enrolled.is_ended {
        return not(Outcome::Quarantined, "learner", Cause::EnrolmentEnded);
    }
    if !is_named(&enrolled.holder) {
        return not(Outcome::Quarantined, "name", Cause::OtherName);
    }
    if report.completed_on < enrolled.since {
        return not(Outcome::Refused, "completed_on", Cause::BeforeEnrolment);
    }
    if enrolled.booked + report.credits > enrolled.credits {
        return not(Outcome::Refused, "credits", Cause::AboveEnrolled);
    }
    Decision { outcome: Outcome::Booked, fault: None }
}
