//! Somebody who learns: with an approved record alone, and with everything that the pages of 继续教育 show.

use domain::case::{CaseKind, Status};
use domain::id::AccountId;
use domain::identity::DocumentKind;
use domain::intake::{Answers, Holder};
use domain::learning::{CreditEntry, Credits, Source, SourceKind, Subject};
use service::Failure;
use service::intake::RecordBody;
use store::archive::RecordRow;
use store::case::file::CaseRow;
use store::school::SchoolRow;
use store::school::enrolment::EnrolmentRow;

use super::{Manual, ready};
use crate::support::{Browser, TestApp, demo_staff};

const ENROLMENT: &str = "enrolment-1";
const SCHOOL: &str = "school-1";
/// The learning year that is open on the day of the tests, and the one before.
const YEARS: [i32; 2] = [2026, 2025];

/// A school of the province that takes people for the year.
pub async fn open_school(app: &TestApp, manual: &Manual) {
    let row = SchoolRow {
        id: SCHOOL.to_owned(),
        province: manual.province.to_owned(),
        code: "example".to_owned(),
        name: "某某网校".to_owned(),
        intro: "专业科目。".to_owned(),
        fees: String::new(),
        site: "https://school.example.com/".to_owned(),
        entry: "https://school.example.com/login".to_owned(),
        phone: "12345".to_owned(),
        years: YEARS[0].to_string(),
        ranges: String::new(),
        version: 1,
        updated_by: "test".into(),
        updated_at: app.services().now(),
    };
    let write = app.services().db.write::<_, Failure, _>(move |tx| Box::pin(async move { Ok(tx.insert_school(&row).await?) }));
    write.await.unwrap();
}

/// Somebody whose record is as an approval writes it, and nothing else.
pub async fn recorded(app: &TestApp, manual: &Manual, n: u64, answers: &Answers) -> (Browser, AccountId) {
    let (browser, account) = ready(app, manual, n, answers).await;
    let services = app.services().clone();
    let case = services.db.read().await.unwrap().find_latest_case(&account, CaseKind::Intake).await.unwrap().unwrap();
    let body = RecordBody {
        case_number: String::new(),
        form_version: 1,
        holder: Holder { document_kind: DocumentKind::Passport, name: case.applicant, sex: None, born_on: None },
        answers: answers.clone(),
        application: None,
        files: Vec::new(),
    };
    let (id, plain) = (services.ids.id(), serde_json::to_vec(&body).unwrap());
    let row = RecordRow {
        body_sealed: services.vault.seal("record.body", &id, &plain),
        id,
        account_id: account.clone(),
        province: manual.province.to_owned(),
        bureau: demo_staff().into_iter().find(|one| one.province == manual.province).unwrap().bureau,
        version: 0,
        is_current: true,
        case_id: case.id,
        employer_hash: None,
        created_at: services.now(),
    };
    let write = services.db.write::<_, Failure, _>(move |tx| Box::pin(async move { Ok(tx.add_record(&row).await?) }));
    write.await.unwrap();
    (browser, account)
}

/// The same with a completed year, a school, and a conversion in every state.
pub async fn learnt(app: &TestApp, manual: &Manual, n: u64, answers: &Answers) -> Browser {
    let (browser, account) = recorded(app, manual, n, answers).await;
    let services = app.services().clone();
    let owner = services.db.read().await.unwrap().find_account(&account).await.unwrap().unwrap();
    let (province, now, [this, before]) = (manual.province, services.now(), YEARS);
    let entry = CreditEntry {
        id: services.ids.id().into(),
        year: before,
        subject: Subject::Professional,
        amount: Credits::whole(90),
        source: Source { kind: SourceKind::School, id: "s-1".to_owned() },
        rule: "school/1".to_owned(),
        arithmetic: "网络培训：90 学分".to_owned(),
        decided: String::new(),
        booked_by: "school".to_owned(),
        booked_at: now,
        reverses: None,
    };
    let enrolment = EnrolmentRow {
        id: ENROLMENT.to_owned(),
        account_id: account.clone(),
        province: province.to_owned(),
        school_id: SCHOOL.to_owned(),
        year: i64::from(this),
        place: 1,
        learner: "aaaaaaaaaaaaaaaaaaaaaa".to_owned(),
        credits: 9000,
        change_no: 1,
        enrolled_at: now,
        ended_at: None,
        name: String::new(),
        booked: 0,
    };
    let conversions = [Status::Submitted, Status::Returned, Status::Approved]
        .map(|status| (CaseRow::new(services.ids.id().into(), CaseKind::Conversion, &owner, 1, now), status));
    let write = services.db.write::<_, Failure, _>(move |tx| {
        Box::pin(async move {
            tx.book_credit(&account, province, &entry).await?;
            tx.insert_enrolment(&enrolment).await?;
            for (case, status) in &conversions {
                tx.insert_case(case).await?;
                tx.insert_conversion((&case.id, &account), (this, "paper", "")).await?;
                tx.move_case(case, *status, None, now).await?;
            }
            Ok(())
        })
    });
    write.await.unwrap();
    browser
}

/// Begins a conversion of an exam; answers its page below the province.
pub async fn begin(browser: &mut Browser, manual: &Manual) -> String {
    let year = YEARS[0].to_string();
    let form = [("province", manual.province), ("form[year]", year.as_str()), ("form[kind]", "exam")];
    let page = browser.post("/api/learning/start", &form).await;
    let rest = page.path.strip_prefix(&format!("/{}/", manual.province));
    let rest = rest.filter(|rest| rest.starts_with("learning/conversions/"));
    rest.unwrap_or_else(|| panic!("{}: {}", page.path, page.text())).to_owned()
}
