use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::codes;
use crate::learning::{Credits, LearningRules, Standard, WindowFor};

codes! {
    /// Why somebody was not enrolled. Each is told on the page, with what to do.
    pub enum NotEnrolled {
        /// 信息采集 has to be approved first.
        NotCollected = "not_collected",
        /// The record is closed.
        RecordClosed = "record_closed",
        /// The year is not studied today.
        Shut = "shut",
        /// The school is none of the province, or is not open for the year.
        Closed = "closed",
        /// As many schools as the province allows in a year are taken.
        Taken = "taken",
        /// The school has reported credits, so that it cannot be left.
        Reported = "reported",
    }
}

/// A school as far as enrolling depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSchool {
    /// Its id.
    pub id: String,
    /// The years that it is open for.
    pub years: Vec<i32>,
}

/// An enrolment that somebody has for the year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The school.
    pub school: String,
    /// Which of the schools of the year it is, from 1.
    pub place: i64,
    /// What the school has reported.
    pub booked: Credits,
}

/// Whether somebody can enrol at a school for a year today: which place the enrolment takes, and what the year asks, which is
/// the most that can be booked by it. `Ok(None)` where they are enrolled there already.
///
/// # Errors
/// Why not.
pub fn may_enrol(
    rules: &LearningRules,
    school: Option<&OpenSchool>,
    (year, today): (i32, NaiveDate),
    held: &[Held],
) -> Result<Option<(i64, Standard)>, NotEnrolled> {
    let school = school.ok_or(NotEnrolled::Closed)?;
    if held.iter().any(|held| held.school == school.id) {
        return Ok(None);
    }
    let standard = open(rules, school, year, today)?;
    let place = free_place(rules.schools_per_year, held).ok_or(NotEnrolled::Taken)?;
    Ok(Some((place, standard)))
}

/// Whether somebody can go over to another school, while nothing was reported (domain rule: change of school only before any
/// credit). `Ok(None)` where they are there already.
///
/// # Errors
/// Why not.
pub fn may_change(
    rules: &LearningRules,
    (from, to): (&Held, Option<&OpenSchool>),
    (year, today): (i32, NaiveDate),
    held: &[Held],
) -> Result<Option<Standard>, NotEnrolled> {
    let to = to.ok_or(NotEnrolled::Closed)?;
    if from.school == to.id {
        return Ok(None);
    }
    let standard = open(rules, to, year, today)?;
    if from.booked.is_some() {
        return Err(NotEnrolled::Reported);
    }
    if held.iter().any(|held| held.school == to.id) {
        return Err(NotEnrolled::Taken);
    }
    Ok(Some(standard))
}

fn open(rules: &LearningRules, school: &OpenSchool, year: i32, today: NaiveDate) -> Result<Standard, NotEnrolled> {
    if !school.years.contains(&year) {
        return Err(NotEnrolled::Closed);
    }
    rules.opening(year, WindowFor::Study, today).map_err(|_| NotEnrolled::Shut)?;
    rules.year(year).map(crate::learning::YearRules::standard).ok_or(NotEnrolled::Shut)
}

/// The first place of the year that is not taken; `None` where the province allows no more.
#[must_use]
pub fn free_place(most: Option<u32>, held: &[Held]) -> Option<i64> {
    let last = most.map_or(i64::MAX, i64::from);
    (1..=last).find(|place| held.iter().all(|held| held.place != *place))
}
