//! 学分显示不全, as far as employers report: what those of a person reported for a year, the press that asks a manager, and the answer.

use domain::answer::Answer;
use domain::case::{Refusal, Status};
use domain::fault::FieldErrors;
use domain::id::{AccountId, CaseId};
use domain::inquiry::{AskedLine, answer_of};
use domain::learning::class::forms::{AnswerEmployeeForm, AskEmployerForm};
use domain::learning::class::view::{ClassOutcome, EmployeeRequest, EmployerLine, OwnClass};
use domain::learning::{CreditEntry, Source, SourceKind, booked_by, reversal_of};
use serde_json::json;
use store::learning::class::{ClassRow, ResultsRow};
use store::learning::class_request::{ClassRequestRow, EmployerOfRow};
use store::{Reader, Tx};

use super::list::MOST;
use super::{Managed, class_rules, page};
use crate::learning::{path, rules, year_of};
use crate::notify::{News, tell};
use crate::{Failure, Visit, china_date};

/// What a manager was asked, so many at most.
const MOST_REQUESTS: i64 = 200;

/// What the employers of somebody reported for a year, and what they were asked; none where employers file nothing.
///
/// # Errors
/// `Store`.
pub(crate) async fn employers_of_year(
    reader: &mut Reader,
    visit: &Visit,
    account: &AccountId,
    year: i32,
) -> Result<Vec<EmployerLine>, Failure> {
    if class_rules(visit).is_err() {
        return Ok(Vec::new());
    }
    let entries = reader.list_credits_of_year(account, year).await?;
    let mut lines = Vec::new();
    for employer in reader.list_employers_of(account).await? {
        let name = reader.find_employer(visit.province_key(), &employer.code).await?;
        let has_agreed = employer.has_agreed();
        // Nothing of an employer is told to somebody who does not say that they work there.
        let classes = if has_agreed { own_classes(reader, &employer, (account, year), &entries).await? } else { Vec::new() };
        let asked = reader.list_class_requests(&employer.employment_id, year).await?;
        lines.push(EmployerLine {
            name: name.unwrap_or_else(|| employer.code.clone()),
            employment: employer.employment_id,
            manager: employer.manager_name,
            has_agreed,
            classes,
            asked: asked.iter().map(asked_line).collect(),
        });
    }
    Ok(lines)
}

async fn own_classes(
    reader: &mut Reader,
    employer: &EmployerOfRow,
    (account, year): (&AccountId, i32),
    entries: &[CreditEntry],
) -> Result<Vec<OwnClass>, Failure> {
    let results = reader.list_results(&employer.manager_id).await?;
    let of_year = |row: &ClassRow| year_of(row.year) == year && row.status == Status::Approved;
    let classes = reader.list_classes(&employer.manager_id, MOST).await?.into_iter().filter(of_year);
    let line = |row: ClassRow| {
        // The newest of a class comes last and stands.
        let reported = results.iter().rfind(|results| results.class_id == row.case_id);
        let (outcome, on) = outcome(reported, account, entries);
        OwnClass { title: row.title, days: (row.starts_on, row.ends_on), outcome, on }
    };
    Ok(classes.map(line).collect())
}

fn outcome(
    reported: Option<&ResultsRow>,
    account: &AccountId,
    entries: &[CreditEntry],
) -> (ClassOutcome, Option<chrono::NaiveDate>) {
    let Some(results) = reported else { return (ClassOutcome::NotReported, None) };
    match results.status {
        Status::Draft | Status::Closed => (ClassOutcome::NotReported, None),
        Status::Submitted | Status::Returned => (ClassOutcome::Waiting, None),
        Status::Approved => {
            let source = source_of(&results.case_id, account);
            let booked = booked_by(entries, &source).filter(|entry| reversal_of(entries, &entry.id).is_none());
            let outcome = if booked.is_some() { ClassOutcome::Booked } else { ClassOutcome::NotIn };
            (outcome, results.decided_at.map(china_date))
        }
    }
}

/// What the ledger knows the results of somebody by.
pub(super) fn source_of(results: &CaseId, account: &AccountId) -> Source {
    Source { kind: SourceKind::Class, id: format!("{results}:{account}") }
}

fn asked_line(row: &ClassRequestRow) -> AskedLine {
    AskedLine { asked_on: china_date(row.asked_at), answer: row.answered_at.map(|at| (row.answer.clone(), china_date(at))) }
}

/// What the people of an employer ask its manager, what waits first.
pub(super) async fn requests(reader: &mut Reader, employer: &Managed) -> Result<Vec<EmployeeRequest>, Failure> {
    let rows = reader.list_requests_to_manager(&employer.id, MOST_REQUESTS).await?;
    let line =
        |row: ClassRequestRow| EmployeeRequest { asked: asked_line(&row), year: year_of(row.year), id: row.id, name: row.name };
    Ok(rows.into_iter().map(line).collect())
}

/// Asks the manager of an employer about what is missing for a year. As long as an answer is owed, pressing again changes nothing.
///
/// # Errors
/// `NotFound` for the employment of somebody else, where the record names the employer no more or the person does not let it be seen,
/// and for a year that the province does not know; `SignInAgain`, `Store`.
pub async fn ask_employer(visit: &Visit, form: &AskEmployerForm) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    class_rules(visit)?;
    let year = form.year.parse::<i32>().ok().filter(|year| rules(visit).is_ok_and(|rules| rules.year(*year).is_some()));
    let year = year.ok_or(Failure::NotFound)?;
    let (work, employment) = (visit.clone(), form.employment.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let person = tx.lock_account(&account).await?.ok_or(Refusal::SignInAgain)?;
            let mut employers = tx.list_employers_of(&account).await?.into_iter();
            let employer = employers.find(|employer| employer.employment_id == employment && employer.has_agreed());
            let employer = employer.ok_or(Failure::NotFound)?;
            let id = work.services.ids.id();
            if tx.ask_employer(&id, (&employment, year), work.now()).await? {
                tell_manager(tx, &work, &employer, (&id, &person.name, year)).await?;
                let detail = json!({ "manager": employer.manager_id, "request": id, "year": year });
                tx.audit(&work.entry("ask_employer", "employment", &employment, detail)).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    write.await?;
    visit.services.outbox.notify_one();
    Ok(Answer::go(path(visit, &format!("learning?missing={year}"))))
}

async fn tell_manager(
    tx: &mut Tx,
    visit: &Visit,
    employer: &EmployerOfRow,
    (id, name, year): (&str, &str, i32),
) -> Result<(), Failure> {
    let Some(manager) = tx.find_account(&employer.manager_account).await? else { return Ok(()) };
    let (learning, classes) = class_rules(visit)?;
    let body = format!("{name}询问 {year} 年度{}的{}。请在“{}”页面查看并答复。", classes.name, learning.unit, classes.name);
    let dedupe_key = format!("employer_asked|{id}");
    let news = News { case: None, title: "本单位会计人员询问学分", body: &body, sms: None, dedupe_key: &dedupe_key };
    tell(tx, &visit.services, &manager, news).await
}

/// Answers a question of somebody who works for the employer, once: they read it and are told. The same answer again has no further effect.
///
/// # Errors
/// `Missing` and `TooLong` at `answer`; `NotFound` for a question to somebody else and of somebody who lets nothing be seen any more,
/// `Stale` where it was answered otherwise, `SignInAgain`, `Store`.
pub async fn answer_employee(visit: &Visit, form: &AnswerEmployeeForm) -> Result<Answer, Failure> {
    visit.account()?;
    class_rules(visit)?;
    let text = answer_of(&form.answer).map_err(|fault| FieldErrors::one("answer", fault))?;
    let (work, id) = (visit.clone(), form.request.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let row = tx.find_class_request(&id).await?.ok_or(Failure::NotFound)?;
            let employer = Managed::of(&work, tx, &row.manager_id).await?;
            if tx.answer_class_request(&id, &text, work.now()).await? {
                tell_person(tx, &work, (&row, &employer), &text).await?;
                let detail = json!({ "request": id, "year": row.year });
                tx.audit(&work.entry("answer_employee", "employment", &row.employment_id, detail)).await?;
            } else if row.answer != text {
                return Err(Failure::Stale);
            }
            Ok(Answer::go(page(&work, &employer.id)))
        })
    });
    let answer = write.await?;
    visit.services.outbox.notify_one();
    Ok(answer)
}

async fn tell_person(
    tx: &mut Tx,
    visit: &Visit,
    (row, employer): (&ClassRequestRow, &Managed),
    text: &str,
) -> Result<(), Failure> {
    let Some(account) = tx.find_account(&row.account_id).await? else { return Ok(()) };
    let body = format!("{}对您 {} 年度学分的询问答复如下：\n{text}", employer.name, row.year);
    let dedupe_key = format!("employer_answered|{}", row.id);
    let news = News { case: None, title: "单位答复了您的学分询问", body: &body, sms: None, dedupe_key: &dedupe_key };
    tell(tx, &visit.services, &account, news).await
}
