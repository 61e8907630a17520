//! 学习进度 that a school tells: shown to the person, and nothing more. The newest stands, so that reports may come twice and in
//! any order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::DateTime;
use domain::case::Power;
use domain::fault::{Fault, FieldErrors};
use domain::learning::{Credits, LearningRules};
use domain::school::{Cause, MOST_PROGRESS, Measure, Noting, Progress, ProgressReport, RowFault, SentProgress, note};
use serde::Serialize;
use serde_json::json;
use store::Tx;
use store::school::progress::ProgressRow;
use utoipa::ToSchema;

use super::machine::Caller;
use super::sent::{Row, Sent};
use super::year_of;
use crate::Failure;

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ProgressOutcome)]
pub struct ProgressRowView {
    /// Which row it is, from 0.
    pub row: usize,
    /// What became of it.
    #[schema(schema_with = super::wire::noting)]
    pub outcome: Noting,
    /// The field that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// What is wrong with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = super::wire::cause, required = false)]
    pub cause: Option<Cause>,
}

/// What became of all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ProgressOutcomes)]
pub struct ProgressView {
    /// In their order.
    pub rows: Vec<ProgressRowView>,
}

type Checked = Vec<Result<ProgressReport, RowFault>>;

/// Notes how far people are. The same sent again has one effect and one answer.
///
/// # Errors
/// `Invalid` at `rows`; `SignInAgain` for a token that was ended meanwhile; `NotFound` where the province has no 继续教育; `Store`.
pub async fn report_progress(caller: &Caller, body: &[u8]) -> Result<ProgressView, Failure> {
    let rules = caller.province.profile.learning.as_ref().ok_or(Failure::NotFound)?;
    let checked: Arc<Checked> = Arc::new(read(body)?.iter().map(|row| check(row, rules, caller)).collect());
    let (work, rows) = (caller.clone(), checked.clone());
    let written = caller.services.db.write(move |tx| Box::pin(async move { note_all(tx, &work, &rows).await }));
    Ok(ProgressView { rows: written.await? })
}

fn read(body: &[u8]) -> Result<Vec<Row<SentProgress>>, Failure> {
    let wrong = |fault| Err(FieldErrors::one("rows", fault).into());
    match serde_json::from_slice::<Sent<SentProgress>>(body) {
        Ok(sent) if sent.rows.are_too_many => wrong(Fault::TooManyRows(MOST_PROGRESS as u32)),
        Ok(sent) if !sent.rows.kept.is_empty() => Ok(sent.rows.kept),
        _ => wrong(Fault::Missing),
    }
}

fn check(row: &Row<SentProgress>, rules: &LearningRules, caller: &Caller) -> Result<ProgressReport, RowFault> {
    row.wrong.map_or_else(|| row.sent.check(rules, caller.services.now()), Err)
}

async fn note_all(tx: &mut Tx, caller: &Caller, checked: &Checked) -> Result<Vec<ProgressRowView>, Failure> {
    // What a school tells lines up: the newest is compared with what stands. Whoever ends the token holds the school as well.
    tx.lock_school(&caller.school.id).await?;
    caller.may_still(tx, Power::Report).await?;
    let mut known = Standing::read(tx, caller, checked).await?;
    let (mut rows, mut new) = (Vec::with_capacity(checked.len()), BTreeMap::new());
    for (row, checked) in checked.iter().enumerate() {
        let (outcome, fault) = match checked {
            Err(fault) => (Noting::Refused, Some(*fault)),
            Ok(report) => known.note(report, &mut new),
        };
        rows.push(ProgressRowView { row, outcome, field: fault.map(|fault| fault.field), cause: fault.map(|fault| fault.cause) });
    }
    if !new.is_empty() {
        let now = caller.services.now();
        let line = |(enrolment_id, progress): (String, Progress)| ProgressRow {
            enrolment_id,
            measure: progress.measure.code().to_owned(),
            amount: progress.amount.hundredths(),
            as_of: progress.at.timestamp(),
            reported_at: now,
        };
        let new: Vec<ProgressRow> = new.into_iter().map(line).collect();
        tx.note_progress(&new, now).await?;
        let detail = json!({ "rows": checked.len(), "noted": new.len() });
        tx.audit(&caller.entry("report_progress", "school", &caller.school.id, detail)).await?;
    }
    Ok(rows)
}

/// What stands, by 学员编号 and year: the enrolment, whether it has ended, and how far it is.
struct Standing(BTreeMap<(String, i32), (String, bool, Option<Progress>)>);

impl Standing {
    async fn read(tx: &mut Tx, caller: &Caller, checked: &Checked) -> Result<Self, Failure> {
        let learners: BTreeSet<&str> = checked.iter().flatten().map(|report| report.learner.as_str()).collect();
        let mut known = Self(BTreeMap::new());
        if learners.is_empty() {
            return Ok(known);
        }
        let school = &caller.school.id;
        let told = tx.list_progress_of_learners(school, learners.iter().copied()).await?;
        let mut told: BTreeMap<String, Progress> =
            told.into_iter().filter_map(|row| Some((row.enrolment_id.clone(), progress(&row)?))).collect();
        for row in tx.list_enrolments_of_learners(school, learners.into_iter()).await? {
            let (key, is_ended) = ((row.learner, year_of(row.year)), row.ended_at.is_some());
            // The one that stands before those that have ended.
            if !is_ended || !known.0.contains_key(&key) {
                let told = told.remove(&row.id);
                known.0.insert(key, (row.id, is_ended, told));
            }
        }
        Ok(known)
    }

    fn note(&mut self, report: &ProgressReport, new: &mut BTreeMap<String, Progress>) -> (Noting, Option<RowFault>) {
        let found = self.0.get_mut(&(report.learner.clone(), report.year));
        let standing = found.as_ref().and_then(|(_, _, standing)| *standing);
        let said = note(report.progress, standing, found.as_ref().map(|(_, is_ended, _)| *is_ended));
        if let (Some((id, _, standing)), Noting::Noted) = (found, said.0)
            && *standing != Some(report.progress)
        {
            *standing = Some(report.progress);
            new.insert(id.clone(), report.progress);
        }
        said
    }
}

/// What a row says; `None` for a word that no measure has.
fn progress(row: &ProgressRow) -> Option<Progress> {
    let (amount, at) = (Credits::of_hundredths(row.amount), DateTime::from_timestamp(row.as_of, 0)?);
    Some(Progress { measure: Measure::from_code(&row.measure)?, amount, at })
}
