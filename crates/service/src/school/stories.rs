//! Stories of 网校, each on both engines.

mod approving;
mod aside;
mod enrolling;
mod keeping;
mod logos;
mod missing;
mod networks;
mod progress;
mod reporting;
mod retention;

use domain::answer::Answer;
use domain::case::CaseKind;
use domain::learning::{CreditEntry, Credits};
use domain::school::forms::{ApprovalForm, EnrolForm, SchoolForm, TokenForm};
use serde_json::{Value, json};
use store::account::AccountRow;
use store::school::SchoolRow;
use store::school::enrolment::EnrolmentRow;

use super::enrol::learner;
use super::{Caller, ask_token, decide_approval, enrol, kept_school, kept_schools, save_school};
use crate::intake::stories as intake;
use crate::review::stories::{DISTRICT, decide, reviewer, staff};
use crate::testing::House;
use crate::{Failure, Visit};

/// Somebody whose 信息采集 was approved.
pub(crate) async fn collected(house: &House) -> Visit {
    let visit = intake::zhang_san(house).await;
    intake::fill(&visit).await;
    intake::submit(&visit).await;
    let case = intake::case(&visit).await;
    assert_eq!(case.kind, CaseKind::Intake);
    let li = reviewer(house, DISTRICT, "李审核").await;
    decide(&li, &case.id, case.version, "approve").await.unwrap();
    house.again(&visit).await
}

pub(crate) async fn administrator(house: &House) -> Visit {
    staff(house, "430000", "赵管理", "administrator", true).await
}

fn school_form(code: &str) -> SchoolForm {
    let text = str::to_owned;
    SchoolForm {
        id: String::new(),
        version: text("0"),
        code: text(code),
        name: format!("{code}网校"),
        intro: text("专业科目和公需科目。"),
        fees: text("每个年度 40 元。"),
        site: format!("https://{code}.example.com/"),
        entry: format!("https://{code}.example.com/login"),
        phone: text("0731-85000001"),
        years: text("2026、2025"),
        ranges: String::new(),
    }
}

/// The other administrator of the province.
async fn second(house: &House) -> Visit {
    staff(house, "430000", "钱管理", "administrator", true).await
}

/// A school that is open for 2026 and 2025, whose address another administrator agreed to; answers its id.
pub(crate) async fn school(house: &House, zhao: &Visit, code: &str) -> String {
    save_school(zhao, &school_form(code)).await.unwrap();
    let lines = kept_schools(&house.again(zhao).await).await.unwrap().lines;
    let id = lines.into_iter().find(|line| line.code == code).unwrap().id;
    say(house, &second(house).await, &id, "agree").await.unwrap();
    id
}

/// What an administrator says to the first thing that waits at a school.
async fn say(house: &House, who: &Visit, school: &str, act: &str) -> Result<Answer, Failure> {
    let seen = kept_school(&house.again(who).await, school).await?;
    let id = seen.waiting.first().map(|line| line.id.clone()).unwrap_or_default();
    decide_approval(&house.again(who).await, &saying((school, &seen.form.version), &id, act)).await
}

/// What is said to something at a school of a version.
fn saying((school, version): (&str, &str), id: &str, act: &str) -> ApprovalForm {
    ApprovalForm { school: school.into(), id: id.into(), version: version.into(), act: act.into() }
}

fn asking(school: &str, newest: &str) -> TokenForm {
    TokenForm { school: school.into(), newest: newest.into(), ..TokenForm::default() }
}

/// Asks for a token, as the page of the school is now.
async fn ask(house: &House, who: &Visit, school: &str) {
    let seen = kept_school(&house.again(who).await, school).await.unwrap().tokens;
    ask_token(who, &asking(school, seen.first().map_or("", |token| token.id.as_str()))).await.unwrap();
}

/// A token for the programs of a school, which another administrator agreed to and is shown.
async fn token(house: &House, zhao: &Visit, school: &str) -> String {
    ask(house, zhao, school).await;
    let qian = second(house).await;
    say(house, &qian, school, "agree").await.unwrap();
    kept_school(&house.again(&qian).await, school).await.unwrap().new_token.unwrap()
}

async fn caller(house: &House, token: &str) -> Caller {
    Caller::begin(&house.services, token, None, "test".into()).await.unwrap()
}

pub(crate) async fn enrolled(visit: &Visit, school: &str, year: &str) -> String {
    led(&enrol(visit, &EnrolForm { year: year.into(), school: school.into() }).await.unwrap())
}

/// What comes after the question mark.
fn led(answer: &Answer) -> String {
    answer.go.as_deref().unwrap_or_default().split_once('?').map(|(_, rest)| rest.to_owned()).unwrap_or_default()
}

async fn ledger(house: &House, visit: &Visit) -> Vec<CreditEntry> {
    house.services.db.read().await.unwrap().list_credits(visit.account().unwrap()).await.unwrap()
}

/// So many people who are enrolled at a school for 2026; answers their 学员编号.
async fn learners(house: &House, school: &str, count: u64) -> Vec<String> {
    let services = &house.services;
    let (mut rows, mut known) = (Vec::new(), Vec::new());
    let school: SchoolRow = services.db.read().await.unwrap().find_school(school).await.unwrap().unwrap();
    for n in 0..count {
        let id: domain::id::AccountId = services.ids.id().into();
        let (now, hash) = (services.now(), services.vault.keyed_hash("test", id.as_str()));
        let account = AccountRow {
            province: school.province.clone(),
            document_kind: "resident_id".into(),
            document_hash: hash.clone(),
            document_sealed: Vec::new(),
            name: "王小明".into(),
            username: String::new(),
            mobile_hash: hash,
            mobile_sealed: Vec::new(),
            email_sealed: None,
            password_hash: String::new(),
            failed_logins: 0,
            version: 1,
            created_at: now,
            updated_at: now,
            signed_in_at: now,
            id: id.clone(),
        };
        let enrolment = EnrolmentRow {
            id: services.ids.id(),
            learner: learner(services, &school.id, &id),
            account_id: id,
            province: school.province.clone(),
            school_id: school.id.clone(),
            year: 2026,
            place: 1,
            credits: 9000,
            change_no: 1000 + i64::try_from(n).unwrap(),
            enrolled_at: now,
            ended_at: None,
            name: String::new(),
            booked: 0,
        };
        known.push(enrolment.learner.clone());
        rows.push((account, enrolment));
    }
    let written = services.db.write(move |tx| {
        Box::pin(async move {
            for (account, enrolment) in &rows {
                tx.insert_account(account).await?;
                tx.insert_enrolment(enrolment).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    written.await.unwrap();
    known
}

fn row(id: &str, learner: &str, subject: &str, credits: impl Into<Value>) -> Value {
    let (credits, year) = (credits.into(), 2026);
    json!({ "id": id, "learner": learner, "year": year, "subject": subject, "credits": credits, "completed_on": "2026-11-18" })
}

fn body(rows: &[Value]) -> Vec<u8> {
    serde_json::to_vec(&json!({ "rows": rows })).unwrap()
}
