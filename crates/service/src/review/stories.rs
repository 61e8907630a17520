//! What the stories of the review share: people of bureaus, and applications that wait for them.

use domain::answer::Answer;
use domain::case::{CaseKind, Refusal, Status, case_number};
use domain::id::{AccountId, BureauCode, CaseId, StaffId};
use domain::identity::{DocumentKind, Sex};
use domain::intake::{Answers, Holder, attachments_called_for};
use domain::review::forms::{DecideForm, JudgeForm};
use store::account::AccountRow;
use store::audit::AuditRow;
use store::case::attachment::AttachmentRow;
use store::case::file::{CaseRow, Submit};
use store::case::round::SubmissionRow;
use store::session::SessionRow;
use store::staff::StaffRow;

use crate::case::{SubmittedFile, bureau_path, seal_body};
use crate::intake::Submitted;
use crate::testing::House;
use crate::{Failure, Token, Visit};

/// A district, its neighbour, the city and the province above them.
pub(crate) const DISTRICT: &str = "430111";
pub(crate) const SIBLING: &str = "430102";
pub(crate) const CITY: &str = "430100";
pub(crate) const PROVINCE: &str = "430000";

/// A reviewer who has signed in with the second factor.
pub(crate) async fn reviewer(house: &House, bureau: &str, name: &str) -> Visit {
    staff(house, bureau, name, "reviewer", true).await
}

pub(crate) async fn staff(house: &House, bureau: &str, name: &str, role: &str, is_second_factor_done: bool) -> Visit {
    made(house, (bureau, name), role, is_second_factor_done, None).await
}

/// A reviewer who has this document.
pub(crate) async fn reviewer_with(house: &House, bureau: &str, name: &str, document: &str) -> Visit {
    made(house, (bureau, name), "reviewer", true, Some(document)).await
}

async fn made(
    house: &House,
    (bureau, name): (&str, &str),
    role: &str,
    is_second_factor_done: bool,
    document: Option<&str>,
) -> Visit {
    let visit = house.visit(None).await;
    let id = StaffId::from(house.services.ids.id());
    let row = StaffRow {
        id: id.clone(),
        province: "hunan".into(),
        bureau: bureau.into(),
        login: id.to_string(),
        name: name.into(),
        role: role.into(),
        mobile_sealed: Vec::new(),
        document_hash: document.map(|number| house.services.vault.keyed_hash("document", number)),
        password_hash: String::new(),
        totp_sealed: None,
        totp_step: 0,
        is_active: true,
        version: 1,
        created_at: house.services.now(),
    };
    let token = Token::new(&house.services);
    let session = SessionRow { is_second_factor_done, ..visit.new_session(&token, None, Some(&id)) };
    house
        .services
        .db
        .write(move |tx| {
            Box::pin(async move {
                tx.insert_staff(&row).await?;
                tx.insert_session(&session).await?;
                Ok::<_, Failure>(())
            })
        })
        .await
        .unwrap();
    house.visit(Some(token.as_str())).await
}

/// The same reviewer, who has signed in once more.
pub(crate) async fn signed_in_again(house: &House, visit: &Visit) -> Visit {
    let id = crate::case::reviewer(visit).unwrap().id;
    let token = Token::new(&house.services);
    let session = SessionRow { is_second_factor_done: true, ..visit.new_session(&token, None, Some(&id)) };
    let write = house.services.db.write(move |tx| Box::pin(async move { tx.insert_session(&session).await }));
    write.await.unwrap();
    house.visit(Some(token.as_str())).await
}

pub(crate) async fn account(house: &House, nth: u32) -> AccountRow {
    let id = AccountId::from(house.services.ids.id());
    let vault = &house.services.vault;
    let (document, mobile) = (format!("43010219900307{nth:04}"), format!("139{nth:08}"));
    let row = AccountRow {
        province: "hunan".into(),
        document_kind: "resident_id".into(),
        document_hash: vault.keyed_hash("document", &document),
        document_sealed: vault.seal_text("account.document", id.as_str(), &document),
        name: format!("张{nth}"),
        mobile_hash: vault.keyed_hash("mobile", &mobile),
        username: String::new(),
        mobile_sealed: vault.seal_text("account.mobile", id.as_str(), &mobile),
        email_sealed: None,
        password_hash: String::new(),
        failed_logins: 0,
        version: 1,
        created_at: house.services.now(),
        updated_at: house.services.now(),
        signed_in_at: house.services.now(),
        id,
    };
    let written = row.clone();
    house.services.db.write(move |tx| Box::pin(async move { tx.insert_account(&written).await })).await.unwrap();
    row
}

/// A complete application of somebody who works in a district.
pub(crate) fn answers(division: &str) -> Answers {
    let mut answers = Answers::default();
    for (item, value) in [
        ("person.nationality", "CN"),
        ("person.ethnicity", "01"),
        ("person.political_status", "13"),
        ("person.residence_address", "韶山中路 1 号"),
        ("education.full_time_level", "college"),
        ("education.full_time_school", "湖南财政经济学院"),
        ("education.full_time_major", "会计学"),
        ("education.full_time_graduated_on", "2012.6.30"),
        ("qualification.rows.0.category", "accounting"),
        ("qualification.rows.0.level", "intermediate"),
        ("qualification.rows.0.method", "exam"),
        ("qualification.rows.0.obtained_on", "2019-09-18"),
        ("qualification.rows.0.certificate_number", "19430001"),
        ("employment.status", "employed_accounting"),
        ("employment.division", division),
        ("employment.accounting_started_on", "2012-07-16"),
        ("employment.employer_name", "长沙某某有限公司"),
        ("employment.credit_code", "91350100M000100Y43"),
        ("employment.employer_kind", "unlisted_private"),
        ("employment.employer_address", "韶山中路 2 号"),
        ("employment.joined_on", "2015-03-16"),
        ("employment.post", "cashier"),
        ("employment.duty", "staff"),
        ("employment.title", "accountant"),
        ("employment.title_appointed_on", "2019-12-20"),
    ] {
        assert!(answers.set(item, value.to_owned()), "{item}");
    }
    answers
}

/// An application that waits at a bureau; answers the id of its case.
pub(crate) async fn submitted(house: &House, bureau: &str, nth: u32) -> CaseId {
    let account = account(house, nth).await;
    let case = CaseRow::new(house.services.ids.id().into(), CaseKind::Intake, &account, 1, house.services.now());
    let opened = case.clone();
    house.services.db.write(move |tx| Box::pin(async move { tx.insert_case(&opened).await })).await.unwrap();
    let holder = Holder {
        document_kind: DocumentKind::ResidentId,
        name: account.name.clone(),
        sex: Some(Sex::Female),
        born_on: "1990-03-07".parse().ok(),
    };
    let mut submitted = Submitted {
        answers: answers(bureau),
        files: Vec::new(),
        form_version: 1,
        pledge_version: "2026-01".into(),
        pledge_hash: String::new(),
        holder,
        remark: String::new(),
        explanations: std::collections::BTreeMap::new(),
        taken_in: None,
    };
    let province = house.services.province("hunan").unwrap();
    for rules in attachments_called_for(&province.profile, &submitted.answers) {
        submitted.files.push(upload(house, &case, &rules.slot, "aa").await);
    }
    hand_in(house, &case, bureau, submitted, nth).await;
    case.id
}

pub(crate) async fn upload(house: &House, case: &CaseRow, slot: &str, sha256: &str) -> SubmittedFile {
    let row = AttachmentRow {
        id: house.services.ids.id(),
        case_id: case.id.clone(),
        account_id: case.account_id.clone(),
        slot: slot.into(),
        place: 0,
        missing: 0,
        sha256: sha256.into(),
        view_sha256: sha256.into(),
        bytes: 1000,
        media_type: "image/png".into(),
        width: 800,
        height: 600,
        name: format!("{slot}.png"),
        remark_sealed: None,
        is_current: true,
        uploaded_at: house.services.now(),
    };
    let file = SubmittedFile { slot: row.slot.clone(), id: row.id.clone(), sha256: row.sha256.clone() };
    house.services.db.write(move |tx| Box::pin(async move { tx.replace_attachment(&row).await })).await.unwrap();
    file
}

/// The next round of a case, as the person would submit it.
pub(crate) async fn hand_in(house: &House, case: &CaseRow, bureau: &str, submitted: Submitted, nth: u32) {
    let (services, case, bureau) = (house.services.clone(), case.clone(), BureauCode::from(bureau));
    let province = services.province("hunan").unwrap();
    let (now, round) = (services.now(), case.round + 1);
    let work = services.db.clone();
    work.write(move |tx| {
        Box::pin(async move {
            let submit = Submit {
                number: &case_number("43", services.today(), nth),
                bureau: &bureau,
                bureau_path: &bureau_path(&province.bureaus, &bureau),
                form_version: 1,
                at: now,
                due_on: province.calendar.add_working_days(services.today(), 10),
                papers: 0,
                doubts: 0,
                year: None,
            };
            tx.submit_case(&case, &submit).await?;
            let body_sealed = seal_body(&services, &case.id, round, &submitted)?;
            tx.insert_submission(&case.id, &SubmissionRow { round, body_sealed, submitted_at: now }).await?;
            Ok::<_, Failure>(())
        })
    })
    .await
    .unwrap();
}

pub(crate) async fn row(house: &House, case: &CaseId) -> CaseRow {
    house.services.db.read().await.unwrap().find_case(case).await.unwrap().unwrap()
}

/// Moves a case as its owner, or a bureau, would.
pub(crate) async fn put(house: &House, case: &CaseId, to: Status, by: Option<&StaffId>) {
    let (row, by, now) = (row(house, case).await, by.cloned(), house.services.now());
    house.services.db.write(move |tx| Box::pin(async move { tx.move_case(&row, to, by.as_ref(), now).await })).await.unwrap();
}

pub(crate) async fn judge(visit: &Visit, case: &CaseId, item: &str, verdict: &str, reason: &str) -> Result<Answer, Failure> {
    let text = str::to_owned;
    let seen = visit.services.db.read().await.unwrap().find_case(case).await.unwrap().map_or(0, |row| row.version);
    let form = JudgeForm {
        case: case.to_string(),
        version: seen.to_string(),
        item: text(item),
        verdict: text(verdict),
        reason: text(reason),
        ..Default::default()
    };
    super::judge(visit, &form).await
}

pub(crate) async fn decide(visit: &Visit, case: &CaseId, version: i64, decision: &str) -> Result<Answer, Failure> {
    let form =
        DecideForm { case: case.to_string(), version: version.to_string(), decision: decision.to_owned(), reason: String::new() };
    super::decide(visit, &form).await
}

/// The audit rows of a case with this action.
pub(crate) async fn audited(house: &House, case: &CaseId, action: &str) -> Vec<AuditRow> {
    let rows = house.services.db.read().await.unwrap().list_audit_of("case", case.as_str()).await.unwrap();
    rows.into_iter().filter(|row| row.action == action).collect()
}

pub(crate) async fn assert_audit_stands(house: &House) {
    let rows = house.services.db.verify_audit(&[]).await.unwrap();
    assert!(rows.is_ok_and(|rows| rows > 0), "{rows:?}");
}

pub(crate) fn refusal<T: std::fmt::Debug>(result: Result<T, Failure>) -> Refusal {
    match result {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("{other:?} is no refusal"),
    }
}

pub(crate) fn assert_not_found<T: std::fmt::Debug>(result: Result<T, Failure>) {
    assert!(matches!(result, Err(Failure::NotFound)), "{result:?}");
}

pub(crate) fn staff_id(visit: &Visit) -> StaffId {
    visit.session.as_ref().and_then(|session| session.staff_id.clone()).unwrap()
}
