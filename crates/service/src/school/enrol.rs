//! 网络培训报名: enrolled at once, nothing is reviewed (手册甲 三（二）1).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::answer::Answer;
use domain::case::Refusal;
use domain::fault::{Fault, FieldErrors};
use domain::id::AccountId;
use domain::learning::{Credits, Standard, WindowFor};
use domain::limit::Limited;
use domain::school::forms::{ChangeForm, EnrolForm};
use domain::school::view::{Enrolling, EnrolmentLine, ProgressLine, SchoolCard, SchoolsView};
use domain::school::{Held, Measure, NotEnrolled, OpenSchool, free_place, may_change, may_enrol};
use serde_json::json;
use store::Tx;
use store::account::AccountRow;
use store::school::SchoolRow;
use store::school::enrolment::EnrolmentRow;
use store::school::progress::ProgressRow;

use super::{open_school, rules, year_of};
use crate::account::path;
use crate::case::warnings;
use crate::{Failure, Limit, Services, Visit, allow, china_date};

/// 更换 of somebody in a day: each is told to two schools.
const CHANGES: Limit = Limit::new(Limited::Schools, 10, 24 * 60 * 60);

/// 继续教育网络培训: the schools like for like, and where the person is enrolled.
///
/// # Errors
/// `NotFound` where the province has no 继续教育, `SignInAgain`, `Store`.
pub async fn schools_view(visit: &Visit) -> Result<SchoolsView, Failure> {
    let account = visit.account()?.clone();
    let (rules, today) = (rules(visit)?, visit.services.today());
    let flash = match visit.take_flash("enrol").await? {
        Some(flash) => Some(flash),
        None => visit.take_flash("change").await?,
    };
    let mut reader = visit.services.db.read().await?;
    let is_collected = reader.find_record(&account).await?.is_some();
    let warnings = warnings(&mut reader, visit, &account).await?;
    let schools = reader.list_schools(visit.province_key()).await?;
    let rows = reader.list_enrolments(&account).await?;
    let told = reader.list_progress(&account).await?;
    let logos = reader.list_logo_marks(visit.province_key()).await?;
    drop(reader);
    let studied = rules.open_years(WindowFor::Study, today);
    let is_open = |school: &SchoolRow, year: i32| open_school(school).years.contains(&year);
    let has_room = |year: i32| {
        let held = held(&rows, year);
        let is_new = |school: &&SchoolRow| held.iter().all(|held| held.school != school.id) && is_open(school, year);
        free_place(rules.schools_per_year, &held).is_some() && schools.iter().any(|school| is_new(&school))
    };
    let until = |year: i32| Some((year, rules.opening(year, WindowFor::Study, today).ok()?.until));
    let years = studied.iter().copied().filter(|year| has_room(*year)).filter_map(until).collect();
    let card = |row: &SchoolRow| SchoolCard {
        id: row.id.clone(),
        name: row.name.clone(),
        intro: row.intro.clone(),
        fees: row.fees.clone(),
        site: row.site.clone(),
        phone: row.phone.clone(),
        years: studied.iter().copied().filter(|year| is_open(row, *year)).collect(),
        logo: logos.iter().find(|logo| logo.school_id == row.id).map(|logo| logo.mark.clone()),
    };
    let line = |row: &EnrolmentRow| {
        let school = schools.iter().find(|school| school.id == row.school_id);
        let year = year_of(row.year);
        let may_leave = row.booked == 0 && studied.contains(&year);
        let mine = held(&rows, year);
        let others = schools
            .iter()
            .filter(|school| may_leave && is_open(school, year) && mine.iter().all(|held| held.school != school.id));
        EnrolmentLine {
            id: row.id.clone(),
            year,
            school: row.school_id.clone(),
            school_name: school.map(|school| school.name.clone()).unwrap_or_default(),
            phone: school.map(|school| school.phone.clone()).unwrap_or_default(),
            booked: Credits::of_hundredths(row.booked),
            credits: Credits::of_hundredths(row.credits),
            enrolled_on: china_date(row.enrolled_at),
            progress: told.iter().find(|told| told.enrolment_id == row.id).and_then(progress),
            others: others.map(|school| (school.id.clone(), school.name.clone())).collect(),
        }
    };
    Ok(SchoolsView {
        unit: rules.unit.clone(),
        is_collected,
        most: rules.schools_per_year,
        years,
        schools: schools.iter().map(card).filter(|card| !card.years.is_empty()).collect(),
        enrolments: rows.iter().map(line).collect(),
        warnings,
        flash,
    })
}

fn progress(told: &ProgressRow) -> Option<ProgressLine> {
    let measure = Measure::from_code(&told.measure)?;
    Some(ProgressLine { measure, amount: Credits::of_hundredths(told.amount), on: china_date(told.reported_at) })
}

fn held(rows: &[EnrolmentRow], year: i32) -> Vec<Held> {
    let of =
        |row: &EnrolmentRow| Held { school: row.school_id.clone(), place: row.place, booked: Credits::of_hundredths(row.booked) };
    rows.iter().filter(|row| year_of(row.year) == year).map(of).collect()
}

/// 提交: enrols for a year. Once more for the same is the same enrolment. Why not is told on the page.
///
/// # Errors
/// `Invalid` at `year` and `school`, `NotFound` where the province has no 继续教育, `SignInAgain`, `Store`.
pub async fn enrol(visit: &Visit, form: &EnrolForm) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    let rules = rules(visit)?;
    let mut errors = FieldErrors::default();
    let year = form.year.trim().parse::<i32>().ok().filter(|year| rules.year(*year).is_some());
    if year.is_none() {
        errors.push("year", if form.year.trim().is_empty() { Fault::Missing } else { Fault::NotInList });
    }
    if form.school.trim().is_empty() {
        errors.push("school", Fault::Missing);
    }
    errors.or(())?;
    let (work, school, year) = (visit.clone(), form.school.trim().to_owned(), year.unwrap_or_default());
    let outcome = visit.write(move |tx| Box::pin(async move { new(tx, &work, &account, &school, year).await })).await?;
    Ok(answer(visit, &outcome))
}

/// 更换网校, while nothing was reported.
///
/// # Errors
/// `NotFound` for an enrolment of somebody else, `TooOften`, `SignInAgain`, `Store`.
pub async fn change(visit: &Visit, form: &ChangeForm) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    rules(visit)?;
    if form.school.trim().is_empty() {
        return Err(FieldErrors::one("school", Fault::Missing).into());
    }
    let (work, form) = (visit.clone(), form.clone());
    let outcome = visit.write(move |tx| Box::pin(async move { go_over(tx, &work, &account, &form).await })).await?;
    Ok(answer(visit, &outcome))
}

fn answer(visit: &Visit, outcome: &Enrolling) -> Answer {
    let rest = match outcome {
        Enrolling::Enrolled(id) => format!("done={id}"),
        Enrolling::Not(why) => format!("not={}", why.code()),
    };
    Answer::go(path(visit, &format!("/learning/schools?{rest}")))
}

async fn new(tx: &mut Tx, visit: &Visit, account: &AccountId, school: &str, year: i32) -> Result<Enrolling, Failure> {
    // Two windows that enrol at once line up.
    let account = tx.lock_account(account).await?.ok_or(Refusal::SignInAgain)?;
    if tx.find_record(&account.id).await?.is_none() {
        return Ok(Enrolling::Not(NotEnrolled::NotCollected));
    }
    if tx.find_closing(&account.id).await?.is_some() {
        return Ok(Enrolling::Not(NotEnrolled::RecordClosed));
    }
    let rows = tx.list_enrolments(&account.id).await?;
    let found = of_province(tx, visit, school).await?;
    let today = visit.services.today();
    let allowed = may_enrol(rules(visit)?, found.as_ref(), (year, today), &held(&rows, year));
    let (place, standard) = match allowed {
        Err(why) => return Ok(Enrolling::Not(why)),
        Ok(Some(new)) => new,
        Ok(None) => {
            let there = rows.into_iter().find(|row| row.school_id == school && year_of(row.year) == year);
            return there.map(|row| Enrolling::Enrolled(row.id)).ok_or(Failure::NotFound);
        }
    };
    let id = add(tx, visit, (&account, year), (school, place, &standard)).await?;
    let detail = json!({ "year": year, "school": school });
    tx.audit(&visit.entry("enrol", "enrolment", &id, detail)).await?;
    Ok(Enrolling::Enrolled(id))
}

async fn go_over(tx: &mut Tx, visit: &Visit, account: &AccountId, form: &ChangeForm) -> Result<Enrolling, Failure> {
    let account = tx.lock_account(account).await?.ok_or(Refusal::SignInAgain)?;
    if tx.find_closing(&account.id).await?.is_some() {
        return Ok(Enrolling::Not(NotEnrolled::RecordClosed));
    }
    let rows = tx.list_enrolments(&account.id).await?;
    let from = rows.iter().find(|row| row.id == form.enrolment);
    let Some(from) = from else {
        // Sent again, when it was done already: the enrolment that came of it.
        let before =
            tx.find_enrolment(&form.enrolment).await?.filter(|row| row.account_id == account.id).ok_or(Failure::NotFound)?;
        let now = rows.into_iter().find(|row| row.year == before.year && row.school_id == form.school);
        return Ok(now.map_or(Enrolling::Not(NotEnrolled::Taken), |row| Enrolling::Enrolled(row.id)));
    };
    let (year, today) = (year_of(from.year), visit.services.today());
    let to = of_province(tx, visit, &form.school).await?;
    let mine = held(&rows, year);
    let now = Held { school: from.school_id.clone(), place: from.place, booked: Credits::of_hundredths(from.booked) };
    let standard = match may_change(rules(visit)?, (&now, to.as_ref()), (year, today), &mine) {
        Err(why) => return Ok(Enrolling::Not(why)),
        Ok(None) => return Ok(Enrolling::Enrolled(from.id.clone())),
        Ok(Some(standard)) => standard,
    };
    let (count, bucket) = (visit.services.ids.id(), visit.bucket("school_change", account.id.as_str()));
    allow(tx, &count, &bucket, &[CHANGES], visit.now()).await?;
    // Both schools are told, always in the same order, so that two changes never wait for each other.
    let is_first = from.school_id < form.school;
    let ended = async |tx: &mut Tx| {
        let number = next_change(tx, &from.school_id).await?;
        tx.end_enrolment(&from.id, visit.now(), number).await.map_err(Failure::from)
    };
    let number = match is_first {
        true => {
            ended(tx).await?;
            next_change(tx, &form.school).await?
        }
        false => {
            let number = next_change(tx, &form.school).await?;
            ended(tx).await?;
            number
        }
    };
    let id = insert(tx, visit, (&account, year), (&form.school, from.place, &standard), number).await?;
    let detail = json!({ "year": year, "school": form.school, "instead_of": from.id });
    tx.audit(&visit.entry("change_school", "enrolment", &id, detail)).await?;
    Ok(Enrolling::Enrolled(id))
}

async fn of_province(tx: &mut Tx, visit: &Visit, school: &str) -> Result<Option<OpenSchool>, Failure> {
    let row = tx.find_school(school).await?.filter(|row| row.province == visit.province_key());
    Ok(row.as_ref().map(open_school))
}

async fn add(
    tx: &mut Tx,
    visit: &Visit,
    whose: (&AccountRow, i32),
    (school, place, standard): (&str, i64, &Standard),
) -> Result<String, Failure> {
    let number = next_change(tx, school).await?;
    insert(tx, visit, whose, (school, place, standard), number).await
}

async fn insert(
    tx: &mut Tx,
    visit: &Visit,
    (account, year): (&AccountRow, i32),
    (school, place, standard): (&str, i64, &Standard),
    change_no: i64,
) -> Result<String, Failure> {
    let row = EnrolmentRow {
        id: visit.services.ids.id(),
        account_id: account.id.clone(),
        province: account.province.clone(),
        school_id: school.to_owned(),
        year: year.into(),
        place,
        learner: learner(&visit.services, school, &account.id),
        credits: standard.total.hundredths(),
        change_no,
        enrolled_at: visit.now(),
        ended_at: None,
        name: account.name.clone(),
        booked: 0,
    };
    tx.insert_enrolment(&row).await?;
    Ok(row.id)
}

/// The next number of a change of a school's enrolments. It is held until the transaction ends, so that the numbers are seen in
/// their order.
async fn next_change(tx: &mut Tx, school: &str) -> Result<i64, Failure> {
    Ok(tx.next_serial(&format!("enrolment:{school}")).await?)
}

/// 学员编号: who somebody is to a school. Two schools cannot find out that they know the same person.
pub(super) fn learner(services: &Services, school: &str, account: &AccountId) -> String {
    let hash = services.vault.keyed_hash("school_learner", &format!("{school}:{account}"));
    URL_SAFE_NO_PAD.encode(hash.get(..16).unwrap_or_default())
}
