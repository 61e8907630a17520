//! What is known of the people and the numbers of rows that a school reports.

use std::collections::{BTreeMap, BTreeSet};

use domain::date::parse_date;
use domain::learning::{Credits, Subject};
use domain::school::{Decision, Earlier, Enrolled, Outcome, Report, RowFault, SentRow, decide, decide_named};
use store::Tx;
use store::school::enrolment::EnrolmentRow;

use super::year_of;
use crate::{Failure, china_date};

/// What is known of the people and numbers of a part.
pub(super) struct Known {
    /// By 学员编号 and year; the one that stands before those that have ended.
    enrolments: BTreeMap<(String, i32), (String, Enrolled)>,
    earlier: BTreeMap<String, Earlier>,
}

impl Known {
    /// `school` is its id.
    pub(super) async fn read(
        tx: &mut Tx,
        school: &str,
        checked: &[(SentRow, Result<Report, RowFault>)],
    ) -> Result<Self, Failure> {
        let reports = || checked.iter().filter_map(|(_, checked)| checked.as_ref().ok());
        let learners: BTreeSet<&str> = reports().map(|report| report.learner.as_str()).collect();
        let numbers: BTreeSet<&str> = reports().map(|report| report.id.as_str()).collect();
        let mut known = Self { enrolments: BTreeMap::new(), earlier: BTreeMap::new() };
        if learners.is_empty() {
            return Ok(known);
        }
        tx.lock_learners(school, learners.iter().copied()).await?;
        for row in tx.list_enrolments_of_learners(school, learners.into_iter()).await? {
            known.add(row);
        }
        for row in tx.list_booked_rows(school, numbers.into_iter()).await? {
            let read = Subject::from_code(&row.subject).zip(parse_date(&row.completed_on));
            let (subject, completed_on) = read.ok_or_else(|| Failure::Broken("a row that was booked".into()))?;
            let (year, credits) = (year_of(row.year), Credits::of_hundredths(row.amount));
            let earlier = Earlier { learner: row.learner, year, subject, credits, completed_on };
            known.earlier.insert(row.row_id, earlier);
        }
        Ok(known)
    }

    fn add(&mut self, row: EnrolmentRow) {
        let enrolled = Enrolled {
            holder: row.name,
            credits: Credits::of_hundredths(row.credits),
            booked: Credits::of_hundredths(row.booked),
            since: china_date(row.enrolled_at),
            is_ended: row.ended_at.is_some(),
        };
        let key = (row.learner, year_of(row.year));
        if !enrolled.is_ended || !self.enrolments.contains_key(&key) {
            self.enrolments.insert(key, (row.id, enrolled));
        }
    }

    /// What becomes of a row, and the enrolment that it is about.
    pub(super) fn decide(&mut self, report: &Report) -> (Decision, Option<String>) {
        self.decide_by(report, |earlier, enrolled| decide(report, earlier, enrolled))
    }

    /// The same of a row whose name is not there any more: `is_named` says whether it named a holder, or nobody.
    pub(super) fn decide_named(&mut self, report: &Report, is_named: impl FnOnce(&str) -> bool) -> (Decision, Option<String>) {
        self.decide_by(report, |earlier, enrolled| decide_named(report, earlier, enrolled, is_named))
    }

    fn decide_by(
        &mut self,
        report: &Report,
        decide: impl FnOnce(Option<&Earlier>, Option<&Enrolled>) -> Decision,
    ) -> (Decision, Option<String>) {
        let found = self.enrolments.get_mut(&(report.learner.clone(), report.year));
        let decision = decide(self.earlier.get(&report.id), found.as_ref().map(|(_, enrolled)| enrolled));
        let enrolment = found.map(|(id, enrolled)| {
            if decision.outcome == Outcome::Booked {
                enrolled.booked = enrolled.booked + report.credits;
            }
            id.clone()
        });
        if decision.outcome == Outcome::Booked {
            let (learner, year) = (report.learner.clone(), report.year);
            let (subject, credits, completed_on) = (report.subject, report.credits, report.completed_on);
            let earlier = Earlier { learner, year, subject, credits, completed_on };
            self.earlier.insert(report.id.clone(), earlier);
        }
        (decision, enrolment)
    }
}
