//! 待核对的报送: what schools reported and belongs to nobody, under the eyes of the province's administrators. Nothing of it is booked
//! by hand: it is answered to the school, or the ordinary check looks at it once more.

use std::collections::BTreeSet;

use chrono::DateTime;
use domain::answer::Answer;
use domain::date::parse_date;
use domain::fault::{Fault, FieldErrors};
use domain::learning::{Credits, Subject};
use domain::school::aside::{AsideDone, AsideForm, AsideLine, AsideQuery, AsideView, masked_learner};
use domain::school::missing::answer_of;
use domain::school::{Cause, Decision, Outcome, Report, SentRow};
use serde_json::json;
use store::Tx;
use store::school::SchoolRow;
use store::school::aside::{AsidePage, AsidePlace, AsideRow, Redecided};
use store::school::report::Part;

use super::booking::Books;
use super::keep::keeper;
use super::known::Known;
use super::missing::name_mark;
use super::outcome::Counts;
use super::{rules, year_of};
use crate::account::path;
use crate::{Failure, Visit, china_date};

/// What the session remembers a refused form by.
pub const ASIDE_FORM: &str = "aside";
/// Rows of a page.
const PAGE: usize = 30;

/// What belongs to nobody and fits what is looked for, the newest first.
///
/// # Errors
/// As [`kept_schools`](super::kept_schools).
pub async fn aside_view(visit: &Visit, query: &AsideQuery) -> Result<AsideView, Failure> {
    keeper(visit)?;
    let rules = rules(visit)?;
    let flash = visit.take_flash(ASIDE_FORM).await?;
    let after = place_of(&query.after);
    let page = AsidePage {
        province: visit.province_key(),
        school: &query.school,
        cause: &query.cause,
        year: query.year.parse().ok().filter(|year| *year >= 0),
        after: after.as_ref(),
        limit: PAGE as i64 + 1,
    };
    let mut reader = visit.services.db.read().await?;
    let schools = reader.list_schools(visit.province_key()).await?;
    let mut rows = reader.list_aside(page).await?;
    drop(reader);
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| has_more).map(place_text);
    let now = rules.year_of(visit.services.today()).unwrap_or_default();
    let first = rules.first_year().unwrap_or(now);
    Ok(AsideView {
        query: query.clone(),
        unit: rules.unit.clone(),
        years: (first..=now).rev().collect(),
        lines: rows.into_iter().map(|row| line(row, &schools)).collect(),
        schools: schools.into_iter().map(|school| (school.id, school.name)).collect(),
        next,
        flash,
    })
}

fn place_text(row: &AsideRow) -> String {
    format!("{}.{}.{}", row.received_at.timestamp_micros(), row.place, row.batch_id)
}

fn place_of(text: &str) -> Option<AsidePlace> {
    let mut parts = text.splitn(3, '.');
    let received_at = parts.next()?.parse().ok().and_then(DateTime::from_timestamp_micros)?;
    let place = parts.next()?.parse().ok()?;
    Some(AsidePlace { received_at, place, batch_id: parts.next()?.to_owned() })
}

fn line(row: AsideRow, schools: &[SchoolRow]) -> AsideLine {
    let school = schools.iter().find(|school| school.id == row.school_id);
    let what = Subject::from_code(&row.subject)
        .map(|subject| (subject, Credits::of_hundredths(row.amount), parse_date(&row.completed_on)));
    AsideLine {
        may_try: row.outcome == Outcome::Quarantined.code() && row.answer.is_empty(),
        batch: row.batch_id,
        place: row.place,
        row: row.row_id,
        school_name: school.map(|school| school.name.clone()).unwrap_or_default(),
        phone: school.map(|school| school.phone.clone()).unwrap_or_default(),
        received_at: row.received_at,
        year: Some(year_of(row.year)).filter(|year| *year != 0),
        learner: masked_learner(&row.learner),
        what,
        field: row.field,
        cause: Cause::from_code(&row.cause),
        answer: row.answered_at.map(|at| (row.answer, china_date(at))),
    }
}

fn place(form: &AsideForm) -> Result<(String, i64), Failure> {
    let place = form.place.parse().map_err(|_| Failure::NotFound)?;
    Ok((form.batch.clone(), place))
}

fn done(visit: &Visit, form: &AsideForm, done: AsideDone) -> Answer {
    Answer::go(path(visit, &format!("/staff/schools?{}&done={}", form.page().address(), done.code())))
}

/// Tells the school about a row that belongs to nobody, in the outcome of its batch; once. The same answer again changes nothing.
///
/// # Errors
/// `Invalid` at `answer`; `Stale` where somebody answered otherwise, `NotFound` where it belongs to somebody by now or to another
/// province; as [`kept_schools`](super::kept_schools).
pub async fn answer_row(visit: &Visit, form: &AsideForm) -> Result<Answer, Failure> {
    let by = keeper(visit)?.id;
    let text = answer_of(&form.answer).map_err(|fault: Fault| FieldErrors::one("answer", fault))?;
    let (work, (batch, place)) = (visit.clone(), place(form)?);
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let row = tx.find_aside((&batch, place), work.province_key()).await?.ok_or(Failure::NotFound)?;
            if row.answer == text {
                return Ok(());
            }
            if !tx.answer_report((&batch, place), &text, (&by, work.now())).await? {
                return Err(Failure::Stale);
            }
            let detail = json!({ "row": place, "school": row.school_id });
            Ok::<_, Failure>(tx.audit(&work.entry("answer_report", "school_batch", &batch, detail)).await?)
        })
    });
    written.await?;
    Ok(done(visit, form, AsideDone::Answered))
}

/// 再次核对: the ordinary check looks at a row that was kept aside once more. It is booked where it fits an enrolment by now, as if it
/// came now, and by nobody's hand.
///
/// # Errors
/// `NotFound` where it belongs to somebody by now or to another province, or is not whole; `Stale` where it was answered; as
/// [`kept_schools`](super::kept_schools).
pub async fn try_row(visit: &Visit, form: &AsideForm) -> Result<Answer, Failure> {
    keeper(visit)?;
    let (work, at) = (visit.clone(), place(form)?);
    let outcome = visit.write(move |tx| Box::pin(async move { again(tx, &work, (&at.0, at.1)).await })).await?;
    Ok(done(visit, form, outcome.into()))
}

async fn again(tx: &mut Tx, visit: &Visit, (batch, place): (&str, i64)) -> Result<Outcome, Failure> {
    let seen = tx.find_aside((batch, place), visit.province_key()).await?.ok_or(Failure::NotFound)?;
    // In the order in which a report of the school holds them.
    let school = tx.lock_school(&seen.school_id).await?.ok_or(Failure::NotFound)?;
    tx.next_serial(&format!("school_reports:{}", school.province)).await?;
    tx.lock_batch(batch).await?;
    let row = tx.find_aside((batch, place), visit.province_key()).await?.ok_or(Failure::NotFound)?;
    if row.outcome != Outcome::Quarantined.code() {
        return Err(Failure::NotFound);
    }
    if !row.answer.is_empty() {
        return Err(Failure::Stale);
    }
    let checked = [(SentRow::default(), sent(&row).check(rules(visit)?, visit.services.today()))];
    let mut known = Known::read(tx, &school.id, &checked).await?;
    let is_named =
        |holder: &str| row.name_mark.is_empty() || name_mark(&visit.services, &visit.province, holder) == row.name_mark;
    let [(_, checked)] = checked;
    let (decision, enrolment) = match &checked {
        Ok(report) => known.decide_named(report, is_named),
        Err(fault) => (Decision { outcome: Outcome::Refused, fault: Some(*fault) }, None),
    };
    let entry_id = if decision.outcome == Outcome::Booked { visit.services.ids.id() } else { String::new() };
    let now = Redecided {
        outcome: decision.outcome.code(),
        entry_id: &entry_id,
        enrolment_id: enrolment.as_deref(),
        field: decision.fault.map_or("", |fault| fault.field),
        cause: decision.fault.map_or("", |fault| fault.cause.code()),
    };
    if !tx.redecide_report((batch, place), now).await? {
        return Err(Failure::Stale);
    }
    settle(tx, visit, (&school, batch, place), (checked.ok().as_ref(), decision.outcome)).await?;
    let detail = json!({ "row": place, "school": school.id, "outcome": decision.outcome.code() });
    tx.audit(&visit.entry("recheck_report", "school_batch", batch, detail)).await?;
    Ok(decision.outcome)
}

/// What was kept is the row as it was sent, but for the name, of which there is a mark.
fn sent(row: &AsideRow) -> SentRow {
    SentRow {
        id: row.row_id.clone(),
        learner: row.learner.clone(),
        year: row.year.to_string(),
        subject: row.subject.clone(),
        credits: Credits::of_hundredths(row.amount).to_string(),
        completed_on: row.completed_on.clone(),
        name: String::new(),
    }
}

async fn settle(
    tx: &mut Tx,
    visit: &Visit,
    (school, batch, place): (&SchoolRow, &str, i64),
    (report, outcome): (Option<&Report>, Outcome),
) -> Result<(), Failure> {
    let mut counts = Counts { quarantined: -1, ..Counts::default() };
    counts.add(outcome, 1);
    let booked = report.filter(|_| outcome == Outcome::Booked);
    tx.count_in_batch(batch, counts.tally(booked.map_or(Credits::ZERO, |report| report.credits))).await?;
    let Some(report) = booked else { return Ok(()) };
    let entry = |action, number: &str, detail| visit.entry(action, "certificate", number, detail);
    let books = Books { services: &visit.services, province: &visit.province, school, entry: &entry };
    let part = Part { batch, from: place, to: place + 1 };
    books.book(tx, part, (&BTreeSet::from([report.year]), 1)).await
}
