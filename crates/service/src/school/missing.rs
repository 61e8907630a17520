//! 学分显示不全: what schools and employers reported for a learning year of somebody, what may be theirs, and the press that asks a school.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use domain::answer::Answer;
use domain::case::Refusal;
use domain::date::parse_date;
use domain::id::AccountId;
use domain::identity::name::name_key;
use domain::learning::{Credits, LearningRules, Subject};
use domain::limit::Limited;
use domain::province::Province;
use domain::school::missing::{AskForm, AskedLine, MissingView, NamesakeLine, ReportedLine, ReporterLine};
use domain::school::{Cause, Outcome};
use serde_json::json;
use store::Reader;
use store::school::SchoolRow;
use store::school::enrolment::EnrolmentRow;
use store::school::missing::{NamesakeRow, ReportedRow, YearSpan};
use store::school::request::RequestRow;

use super::requests::next_change;
use super::{rules, year_of};
use crate::account::path;
use crate::{Failure, Limit, Services, Visit, allow, china_date};

/// The most rows that are shown of each sort.
const MOST: i64 = 200;
/// What somebody may ask in a day.
const ASKED: Limit = Limit::new(Limited::Schools, 10, 24 * 60 * 60);
/// What the session remembers a refused press by.
const FORM: &str = "ask_school";

/// What is kept of a name that fits nobody: whoever has it finds the row, and nobody reads the name from it. Empty for none.
pub(super) fn name_mark(services: &Services, province: &Province, name: &str) -> String {
    let key = name_key(name);
    if key.is_empty() {
        return String::new();
    }
    let hash = services.vault.keyed_hash("school_name", &format!("{}:{key}", province.profile.key));
    URL_SAFE_NO_PAD.encode(hash.get(..16).unwrap_or_default())
}

/// What was reported for a learning year of the person, by whom and when, and what became of it.
///
/// # Errors
/// `NotFound` for a year that the province does not know, `SignInAgain`, `Store`.
pub async fn missing_view(visit: &Visit, year: i32) -> Result<MissingView, Failure> {
    let account = visit.account()?.clone();
    let rules = rules(visit)?;
    let days = rules.year(year).ok_or(Failure::NotFound)?.span.of(year);
    let span = YearSpan {
        year: year.into(),
        from: days.from,
        to: days.to.or(NaiveDate::from_ymd_opt(9999, 12, 31)).unwrap_or(NaiveDate::MAX),
    };
    let flash = match visit.take_flash(FORM).await? {
        Some(flash) => Some(flash),
        None => visit.take_flash("ask_employer").await?,
    };
    let mut reader = visit.services.db.read().await?;
    let name = reader.find_account(&account).await?.ok_or(Refusal::SignInAgain)?.name;
    let mark = name_mark(&visit.services, &visit.province, &name);
    let schools = reader.list_schools(visit.province_key()).await?;
    let asked = reader.list_requests(&account).await?;
    let enrolments = asked_or_enrolled(&mut reader, &account, (year, &asked)).await?;
    let reported = reader.list_reported(&account, span, MOST).await?;
    let namesakes = match mark.is_empty() {
        true => Vec::new(),
        false => reader.list_namesakes(&account, (&mark, year.into()), MOST).await?,
    };
    let employers = crate::learning::employers_of_year(&mut reader, visit, &account, year).await?;
    drop(reader);
    let employers_page = visit.province.profile.employers.as_ref().map(|rules| rules.page_name.clone());
    let house = Schools(schools);
    let lines = reported.into_iter().filter_map(|row| house.reported(row, &mark));
    let (of_year, others): (Vec<_>, Vec<_>) = lines.partition(|line| line.year == year);
    Ok(MissingView {
        unit: rules.unit.clone(),
        record: rules.record_name.clone(),
        year,
        reporters: enrolments.iter().map(|row| house.reporter(row, &asked)).collect(),
        reported: of_year,
        elsewhere: others.into_iter().filter(|line| was_learnt_in(rules, line, year)).collect(),
        namesakes: namesakes.iter().map(|row| house.namesake(row)).collect(),
        employers,
        employers_page: employers_page.unwrap_or_default(),
        flash,
    })
}

/// The enrolments of a year that stand, and those that do not and about which a question was asked: its answer is still theirs.
async fn asked_or_enrolled(
    reader: &mut Reader,
    account: &AccountId,
    (year, asked): (i32, &[RequestRow]),
) -> Result<Vec<EnrolmentRow>, Failure> {
    let mut rows = reader.list_enrolments(account).await?;
    rows.retain(|row| year_of(row.year) == year);
    for request in asked.iter().filter(|request| year_of(request.year) == year) {
        if rows.iter().all(|row| row.id != request.enrolment_id) {
            rows.extend(reader.find_enrolment(&request.enrolment_id).await?);
        }
    }
    Ok(rows)
}

/// Whether it was learnt in a year although it was reported for another one.
fn was_learnt_in(rules: &LearningRules, line: &ReportedLine, year: i32) -> bool {
    let on = line.what.as_ref().and_then(|(_, _, on)| *on);
    on.and_then(|on| rules.year_of(on)) == Some(year)
}

struct Schools(Vec<SchoolRow>);

impl Schools {
    fn of(&self, id: &str) -> (String, String) {
        let school = self.0.iter().find(|school| school.id == id);
        school.map(|school| (school.name.clone(), school.phone.clone())).unwrap_or_default()
    }

    /// `mark` is of the person's own name.
    fn reported(&self, row: ReportedRow, mark: &str) -> Option<ReportedLine> {
        let (school_name, phone) = self.of(&row.school_id);
        let (outcome, cause) = (Outcome::from_code(&row.outcome)?, Cause::from_code(&row.cause));
        // Where the school named somebody else, or no name was compared, the credits may be theirs.
        let is_own = row.name_mark.is_empty() || row.name_mark == mark;
        let is_own = is_own && !matches!(cause, Some(Cause::OtherName | Cause::OtherContents));
        let what = Subject::from_code(&row.subject)
            .map(|subject| (subject, Credits::of_hundredths(row.amount), parse_date(&row.completed_on)))
            .filter(|_| is_own);
        let (year, received_on) = (year_of(row.year), row.received_on);
        Some(ReportedLine { school_name, phone, row: row.row_id, received_on, year, what, outcome, cause })
    }

    fn namesake(&self, row: &NamesakeRow) -> NamesakeLine {
        let (school_name, phone) = self.of(&row.school_id);
        NamesakeLine { school_name, phone, received_on: row.received_on }
    }

    fn reporter(&self, row: &EnrolmentRow, asked: &[RequestRow]) -> ReporterLine {
        let (school_name, phone) = self.of(&row.school_id);
        let line = |request: &RequestRow| AskedLine {
            asked_on: china_date(request.asked_at),
            answer: request.answered_at.map(|at| (request.answer.clone(), china_date(at))),
        };
        ReporterLine {
            enrolment: row.id.clone(),
            school_name,
            phone,
            enrolled_on: china_date(row.enrolled_at),
            left_on: row.ended_at.map(china_date),
            asked: asked.iter().filter(|request| request.enrolment_id == row.id).map(line).collect(),
        }
    }
}

/// Asks the school of an enrolment about what is missing. As long as it owes an answer, pressing again changes nothing.
///
/// # Errors
/// `NotFound` for an enrolment of somebody else or one that has ended, `TooOften`, `SignInAgain`, `Store`.
pub async fn ask_school(visit: &Visit, form: &AskForm) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    rules(visit)?;
    let (work, enrolment) = (visit.clone(), form.enrolment.clone());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            tx.lock_account(&account).await?.ok_or(Refusal::SignInAgain)?;
            let row = tx.find_enrolment(&enrolment).await?.filter(|row| row.account_id == account && row.ended_at.is_none());
            let row = row.filter(|row| row.province == work.province_key()).ok_or(Failure::NotFound)?;
            let asked = tx.list_requests(&account).await?;
            if asked.iter().any(|asked| asked.enrolment_id == row.id && asked.answered_at.is_none()) {
                return Ok(row.year);
            }
            let (count, bucket) = (work.services.ids.id(), work.bucket("school_request", account.as_str()));
            allow(tx, &count, &bucket, &[ASKED], work.now()).await?;
            let (id, number) = (work.services.ids.id(), next_change(tx, &row.school_id).await?);
            tx.ask_school((&id, &row.school_id, &row.id), (number, work.now())).await?;
            let detail = json!({ "school": row.school_id, "request": id });
            tx.audit(&work.entry("ask_school", "enrolment", &row.id, detail)).await?;
            Ok::<_, Failure>(row.year)
        })
    });
    let year = written.await?;
    Ok(Answer::go(path(visit, &format!("/learning?missing={year}"))))
}
