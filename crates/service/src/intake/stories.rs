//! Stories of 信息采集, each on both engines.

mod amend;
mod beside;
mod drafts;
mod fifth;
mod files;
mod home;
mod landing;
mod late;
pub(crate) mod print;
pub(crate) mod provinces;
mod receipt;
mod remarks;
mod returns;
mod whole;

use domain::answer::Answer;
use domain::case::{Action, CaseKind, Status};
use domain::id::{AccountId, StaffId};
use domain::identity::Mobile;
use domain::intake::forms::{PledgeForm, SubmitForm, WithdrawForm};
use domain::intake::view::{SaveHow, UploadAnswer};
use domain::intake::{Answers, StepKey};
use store::account::AccountRow;
use store::case::file::CaseRow;
use store::case::round::{EventRow, VerdictRow};
use store::staff::StaffRow;

use crate::testing::{House, both};
use crate::{Failure, Token, Visit};

const ANSWERS: &[(&str, &str)] = &[
    ("person.nationality", "CN"),
    ("person.ethnicity", "01"),
    ("person.political_status", "13"),
    ("person.residence_address", "韶山中路 1 号"),
    ("education.full_time_level", "college"),
    ("education.full_time_school", "湖南财政经济学院"),
    ("education.full_time_major", "会计学"),
    ("education.full_time_graduated_on", "2012.6.30"),
    ("education.part_time_level", "bachelor"),
    ("education.part_time_degree", "none"),
    ("education.part_time_school", "湖南大学"),
    ("education.part_time_major", "财务管理"),
    ("education.part_time_graduated_on", "2018-12-30"),
    ("qualification.rows.0.category", "accounting"),
    ("qualification.rows.0.level", "intermediate"),
    ("qualification.rows.0.method", "exam"),
    ("qualification.rows.0.obtained_on", "2019-09-18"),
    ("qualification.rows.0.certificate_number", "19430001"),
    ("employment.status", "employed_accounting"),
    ("employment.division", "430111"),
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
];

pub(crate) fn answers() -> Answers {
    let mut answers = Answers::default();
    for (item, value) in ANSWERS {
        assert!(answers.set(item, (*value).to_owned()), "{item}");
    }
    answers
}

/// Somebody who has registered and signed in.
pub(super) async fn person(house: &House, number: &str, mobile: &str) -> Visit {
    person_of(house, "hunan", number, mobile).await
}

/// The same at another province.
pub(crate) async fn person_of(house: &House, province: &str, number: &str, mobile: &str) -> Visit {
    let mut visit = house.visit_of(province, None).await;
    visit.token = Token::new(&house.services);
    let (vault, id) = (&house.services.vault, AccountId::from(house.services.ids.id()));
    let mobile = Mobile::check(mobile).unwrap();
    let account = AccountRow {
        province: province.into(),
        document_kind: "resident_id".into(),
        document_hash: vault.keyed_hash("document", number),
        document_sealed: vault.seal_text("account.document", id.as_str(), number),
        name: "张三".into(),
        mobile_hash: vault.keyed_hash("mobile", mobile.as_str()),
        username: String::new(),
        mobile_sealed: vault.seal_text("account.mobile", id.as_str(), mobile.as_str()),
        email_sealed: None,
        password_hash: String::new(),
        failed_logins: 0,
        version: 1,
        created_at: visit.now(),
        updated_at: visit.now(),
        signed_in_at: visit.now(),
        id,
    };
    let session = visit.new_session(&visit.token, Some(&account.id), None);
    write(house, move |tx| {
        Box::pin(async move {
            tx.insert_account(&account).await?;
            Ok(tx.insert_session(&session).await?)
        })
    })
    .await;
    house.again(&visit).await
}

pub(crate) async fn zhang_san(house: &House) -> Visit {
    person(house, "430111199003079988", "13900001234").await
}

/// A reviewer of a bureau, signed in with the second factor.
pub(super) async fn reviewer(house: &House, bureau: &str) -> Visit {
    reviewer_of(house, "hunan", bureau).await
}

/// The same at another province.
pub(crate) async fn reviewer_of(house: &House, province: &str, bureau: &str) -> Visit {
    let mut visit = house.visit_of(province, None).await;
    visit.token = Token::new(&house.services);
    let id = StaffId::from(house.services.ids.id());
    let staff = StaffRow {
        id: id.clone(),
        province: province.into(),
        bureau: bureau.into(),
        login: id.to_string(),
        name: "李四".into(),
        role: "reviewer".into(),
        mobile_sealed: Vec::new(),
        document_hash: None,
        password_hash: String::new(),
        totp_sealed: None,
        totp_step: 0,
        is_active: true,
        version: 1,
        created_at: visit.now(),
    };
    let mut session = visit.new_session(&visit.token, None, Some(&id));
    session.is_second_factor_done = true;
    write(house, move |tx| {
        Box::pin(async move {
            tx.insert_staff(&staff).await?;
            Ok(tx.insert_session(&session).await?)
        })
    })
    .await;
    house.again(&visit).await
}

pub(super) async fn write<F>(house: &House, work: F)
where
    F: for<'t> FnOnce(&'t mut store::Tx) -> futures::future::BoxFuture<'t, Result<(), Failure>> + Send + 'static,
{
    house.services.db.write(work).await.unwrap();
}

pub(crate) async fn pledge(visit: &Visit) -> Answer {
    let version = visit.province.profile.intake_line().briefing.pledge_version.clone();
    super::pledge(visit, &PledgeForm { agreed: "yes".into(), version }).await.unwrap()
}

/// Saves a step over what stands there.
pub(crate) async fn save(visit: &Visit, answers: &Answers, step: StepKey) -> Answer {
    let version = super::step_view(visit, step, false).await.unwrap().version;
    super::save_step(visit, answers.form(step), version, SaveHow::Continue).await.unwrap()
}

pub(crate) async fn fill(visit: &Visit) {
    pledge(visit).await;
    for step in visit.province.profile.intake.steps.iter().map(|step| step.key) {
        let answer = save(visit, &answers(), step).await;
        assert!(answer.errors.is_empty(), "{step:?} {:?}", answer.errors);
    }
    for slot in super::files_view(visit).await.unwrap().slots {
        upload(visit, &slot.rules.slot, 1).await;
    }
}

pub(crate) use pictures::testing::paper as picture;

pub(super) async fn upload(visit: &Visit, slot: &str, shade: u8) -> UploadAnswer {
    super::upload(visit, slot, "C:\\照片\\扫描.jpg", picture(shade), "").await.unwrap()
}

pub(crate) fn with_key(key: &str) -> SubmitForm {
    SubmitForm { request_key: key.into(), agreed: "yes".into(), ..SubmitForm::default() }
}

pub(crate) async fn submit(visit: &Visit) -> Answer {
    let key = super::check_view(visit).await.unwrap().request_key;
    super::submit(visit, &with_key(&key)).await.unwrap()
}

pub(super) async fn withdraw(visit: &Visit, version: i64) -> Result<Answer, Failure> {
    super::withdraw(visit, &WithdrawForm { version: version.to_string() }).await
}

pub(crate) async fn case(visit: &Visit) -> CaseRow {
    let mut reader = visit.services.db.read().await.unwrap();
    reader.find_latest_case(visit.account().unwrap(), CaseKind::Intake).await.unwrap().unwrap()
}

/// The bureau decides, past the service of the reviewers.
pub(crate) async fn decide(house: &House, visit: &Visit, to: Status, rejected: &[(&str, &str)]) {
    let case = case(visit).await;
    let reviewer = reviewer(house, case.bureau.as_ref().unwrap().as_str()).await;
    let staff = reviewer.session.unwrap().staff_id.unwrap();
    let (now, id) = (house.services.now(), house.services.ids.id());
    let rejected: Vec<(String, String)> = rejected.iter().map(|(item, why)| ((*item).into(), (*why).into())).collect();
    write(house, move |tx| {
        Box::pin(async move {
            for (item, reason) in rejected {
                let (is_accepted, staff_id) = (false, staff.clone());
                let verdict =
                    VerdictRow { round: case.round, item, is_accepted, reason, mark: String::new(), staff_id, judged_at: now };
                tx.save_verdict(&case.id, &verdict).await?;
            }
            tx.move_case(&case, to, Some(&staff), now).await?;
            let action = if to == Status::Approved { Action::Approve } else { Action::Return };
            let event = EventRow {
                id,
                case_id: case.id.clone(),
                round: case.round,
                action: action.code().into(),
                status_before: case.status.code().into(),
                status_after: to.code().into(),
                actor_kind: "staff".into(),
                actor_id: staff.into(),
                actor_name: "李四".into(),
                note: "请按提示修改".into(),
                at: now,
            };
            Ok(tx.add_event(&event).await?)
        })
    })
    .await;
}
