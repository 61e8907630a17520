//! What schools reported that belongs to nobody, as the administrators of the province look through it: nothing of it is booked by
//! hand. It is answered to the school, or looked at again by the ordinary check.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::report::{Cause, Outcome};
use crate::answer::Flash;
use crate::case::codes;
use crate::learning::{Credits, Subject};

crate::form! {
    /// Which rows are looked for; what is empty is any.
    pub struct AsideQuery {
        /// Id of a school.
        school,
        /// What is wrong, as a code.
        cause,
        /// 继续教育年度; `0` for rows without one.
        year,
        /// Where the page goes on.
        after,
    }
}

crate::form! {
    /// A row, with what its school is told.
    pub struct AsideForm {
        /// Id of the batch.
        batch,
        /// Which row of the batch it is.
        place,
        /// What the school is told; empty to look at it again.
        answer,
        /// The page to come back to.
        school,
        /// The same.
        cause,
        /// The same.
        year,
        /// The same.
        after,
    }
}

impl AsideForm {
    /// The page to come back to.
    #[must_use]
    pub fn page(&self) -> AsideQuery {
        let Self { school, cause, year, after, .. } = self.clone();
        AsideQuery { school, cause, year, after }
    }
}

impl AsideQuery {
    /// What follows `/staff/schools?`; only what an address takes as it is gets into it.
    #[must_use]
    pub fn address(&self) -> String {
        let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
        let parts = [("school", &self.school), ("cause", &self.cause), ("year", &self.year), ("after", &self.after)];
        let told = parts.into_iter().filter(|(_, value)| !value.is_empty() && plain(value));
        told.fold("aside=1".to_owned(), |address, (name, value)| format!("{address}&{name}={value}"))
    }
}

codes! {
    /// What was done with a row, as the page says it.
    pub enum AsideDone {
        /// The school reads the answer.
        Answered = "answered",
        /// It fits an enrolment now, and is booked.
        Booked = "booked",
        /// It was booked before.
        Repeated = "repeated",
        /// It fits an enrolment now, and is wrong for it.
        Refused = "refused",
        /// It still fits nobody.
        Same = "same",
    }
}

impl From<Outcome> for AsideDone {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Booked => Self::Booked,
            Outcome::Repeated => Self::Repeated,
            Outcome::Refused => Self::Refused,
            Outcome::Quarantined => Self::Same,
        }
    }
}

/// A row that belongs to nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsideLine {
    /// Id of the batch.
    pub batch: String,
    /// Which row of the batch it is, from 0.
    pub place: i64,
    /// The school's number of it; may be empty.
    pub row: String,
    /// The school's name.
    pub school_name: String,
    /// Its telephone.
    pub phone: String,
    /// When it came, in UTC.
    pub received_at: DateTime<Utc>,
    /// 继续教育年度; `None` where none could be read.
    pub year: Option<i32>,
    /// 学员编号 without its middle; empty where none is kept.
    pub learner: String,
    /// 科目类别, 学分 and the day on which it was learnt, where they could be read.
    pub what: Option<(Subject, Credits, Option<NaiveDate>)>,
    /// The field that is wrong.
    pub field: String,
    /// What is wrong with it.
    pub cause: Option<Cause>,
    /// What the school was told, and its day.
    pub answer: Option<(String, NaiveDate)>,
    /// Whether it can be looked at again: it is kept aside, and so whole.
    pub may_try: bool,
}

/// 待核对的报送.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AsideView {
    /// What was looked for.
    pub query: AsideQuery,
    /// What an amount is called: 学分.
    pub unit: String,
    /// The schools of the province: id and name.
    pub schools: Vec<(String, String)>,
    /// The years that can be looked for.
    pub years: Vec<i32>,
    /// The newest first.
    pub lines: Vec<AsideLine>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// What was refused without scripts.
    pub flash: Option<Flash>,
}

/// 学员编号 as it is shown to whoever need not know whose it is.
#[must_use]
pub fn masked_learner(learner: &str) -> String {
    match (learner.get(..3), learner.len().checked_sub(2).and_then(|end| learner.get(end..))) {
        (Some(first), Some(last)) if learner.len() > 8 => format!("{first}…{last}"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_without_its_middle() {
        assert_eq!(masked_learner("kq3Zr8wX1mP5tB7nC9vD2a"), "kq3…2a");
        assert_eq!(masked_learner(""), "");
    }

    #[test]
    fn an_address_holds_what_was_looked_for_and_nothing_that_leads_elsewhere() {
        let query = AsideQuery { cause: "other_name".into(), year: "2026".into(), ..AsideQuery::default() };
        assert_eq!(query.address(), "aside=1&cause=other_name&year=2026");
        let query = AsideQuery { school: "a&x=1".into(), after: "//b".into(), ..AsideQuery::default() };
        assert_eq!(query.address(), "aside=1");
    }
}
