//! What the provinces have beside each other: the promise at the end, the choice of the bureau, the corrected name, the return
//! of the whole, the directory of employers, the archive.

use domain::case::Refusal;
use domain::fault::Fault;
use domain::intake::forms::{PledgeForm, SubmitForm};
use domain::intake::view::EmployerAnswer;
use domain::review::forms::{DecideForm, JudgeForm};

use super::*;
use crate::{intake, review};

const LIAONING: &[(&str, &str)] = &[
    ("person.name", "张叁"),
    ("person.mobile", "13700000001"),
    ("person.nationality", "CN"),
    ("person.ethnicity", "01"),
    ("person.political_status", "13"),
    ("person.email", "zhang@example.com"),
    ("employment.status", "yes"),
    ("employment.employer_code", "91350100M000100Y43"),
    ("employment.employer_name", "沈阳算盘商贸有限公司"),
    ("employment.division", "210102"),
    ("employment.address", "十一纬路 1 号"),
    ("employment.bureau", "210102"),
    ("employment.employer_kind", "unlisted_private"),
    ("employment.post", "cashier"),
    ("employment.duty", "staff"),
    ("employment.employer_phone", "024-22800000"),
    ("employment.joined_on", "2015-03-16"),
    ("employment.accounting_started_on", "2012-07-16"),
    ("education.full_time_level", "none"),
    ("credential.level", "none"),
    ("credential.title", "none"),
    ("credential.abacus_level", "none"),
    ("credential.cpa", "no"),
    ("credential.tax_agent", "no"),
    ("credential.appraiser", "no"),
];

fn liaoning() -> Answers {
    let mut answers = Answers::default();
    for (item, value) in LIAONING {
        assert!(answers.set(item, (*value).to_owned()), "{item}");
    }
    answers
}

/// The files without their bytes: what pictures have to be is told elsewhere.
pub(super) async fn put_files(house: &House, visit: &Visit) {
    let (account, case) = (visit.account().unwrap().to_owned(), case(visit).await.id);
    for slot in intake::files_view(visit).await.unwrap().slots {
        let row = store::case::attachment::AttachmentRow {
            id: house.services.ids.id(),
            case_id: case.clone(),
            account_id: account.clone(),
            sha256: format!("{}-1", slot.rules.slot),
            view_sha256: format!("{}-1", slot.rules.slot),
            slot: slot.rules.slot,
            place: 0,
            missing: 0,
            bytes: 1000,
            media_type: "image/jpeg".into(),
            width: 295,
            height: 413,
            name: "图.jpg".into(),
            remark_sealed: None,
            is_current: true,
            uploaded_at: house.services.now(),
        };
        write(house, move |tx| Box::pin(async move { Ok(tx.replace_attachment(&row).await?) })).await;
    }
}

async fn fill_in(house: &House, visit: &Visit, answers: &Answers) {
    intake::pledge(visit, &PledgeForm { agreed: String::new(), version: pledge_version(visit) }).await.unwrap();
    for step in visit.province.profile.intake.steps.iter().map(|step| step.key) {
        let answer = save(visit, answers, step).await;
        assert!(answer.errors.is_empty(), "{step:?} {:?}", answer.errors);
    }
    put_files(house, visit).await;
}

pub(super) fn pledge_version(visit: &Visit) -> String {
    visit.province.profile.intake_line().briefing.pledge_version.clone()
}

pub(super) async fn hand_in(visit: &Visit) -> Result<Answer, Failure> {
    let request_key = intake::check_view(visit).await.unwrap().request_key;
    intake::submit(
        visit,
        &SubmitForm { request_key, agreed: "yes".into(), version: pledge_version(visit), ..SubmitForm::default() },
    )
    .await
}

async fn zhang_of_liaoning(house: &House) -> Visit {
    person_of(house, "liaoning", "210102197806019966", "13900001234").await
}

/// Somebody of 辽宁 whose record 和平区 has.
pub(crate) async fn collected_in_liaoning(house: &House) -> Visit {
    let visit = zhang_of_liaoning(house).await;
    fill_in(house, &visit, &liaoning()).await;
    hand_in(&visit).await.unwrap();
    let (desk, row) = (reviewer_of(house, "liaoning", "210102").await, case(&visit).await);
    let (case, version) = (row.id.to_string(), row.version.to_string());
    let form = DecideForm { case, version, decision: "approve".into(), reason: String::new() };
    review::decide(&desk, &form).await.unwrap();
    house.again(&visit).await
}

async fn a_promise_at_the_end_is_kept_with_the_submission(house: House) {
    let visit = zhang_of_liaoning(&house).await;
    fill_in(&house, &visit, &liaoning()).await;
    assert!(intake::hub(&visit).await.unwrap().has_begun);
    let mut reader = house.services.db.read().await.unwrap();
    let of = case(&visit).await.id;
    assert!(reader.find_pledge(&of, &pledge_version(&visit)).await.unwrap().is_none());
    drop(reader);
    let request_key = intake::check_view(&visit).await.unwrap().request_key;
    let old = SubmitForm { request_key, agreed: "yes".into(), version: "2019-01".into(), ..SubmitForm::default() };
    assert!(matches!(intake::submit(&visit, &old).await, Err(Failure::Stale)), "another text was shown");
    hand_in(&visit).await.unwrap();
    let mut reader = house.services.db.read().await.unwrap();
    assert!(reader.find_pledge(&of, &pledge_version(&visit)).await.unwrap().is_some());
    assert_eq!(case(&visit).await.status, Status::Submitted);
    assert!(matches!(withdraw(&visit, 2).await, Err(Failure::Refused(Refusal::NotAllowedIn { .. }))), "辽宁 knows no withdrawal");
}
both!(a_promise_at_the_end_is_kept_with_the_submission);

async fn the_bureau_is_chosen_among_those_that_match_the_address(house: House) {
    let visit = zhang_of_liaoning(&house).await;
    intake::pledge(&visit, &PledgeForm { agreed: String::new(), version: pledge_version(&visit) }).await.unwrap();
    for (bureau, fault) in [("", Some(Fault::Missing)), ("210103", Some(Fault::NotInList)), ("210102", None), ("210100", None)] {
        let mut answers = liaoning();
        answers.set("employment.bureau", bureau.into());
        let answer = save(&visit, &answers, StepKey::Employment).await;
        assert_eq!(answer.errors.of("bureau").cloned(), fault, "{bureau}");
    }
    fill_in(&house, &visit, &{
        let mut answers = liaoning();
        answers.set("employment.bureau", "210100".into());
        answers
    })
    .await;
    hand_in(&visit).await.unwrap();
    assert_eq!(case(&visit).await.bureau, Some("210100".into()), "沈阳市财政局本级 stands beside 和平区财政局");
}
both!(the_bureau_is_chosen_among_those_that_match_the_address);

async fn name_and_telephone_stand_there_as_registered_until_they_are_changed(house: House) {
    let visit = zhang_of_liaoning(&house).await;
    intake::pledge(&visit, &PledgeForm { agreed: String::new(), version: pledge_version(&visit) }).await.unwrap();
    let form = intake::step_view(&visit, StepKey::Person, false).await.unwrap().form();
    assert_eq!((form.get("name"), form.get("mobile")), (Some("张三"), Some("13900001234")));
    save(&visit, &liaoning(), StepKey::Person).await;
    let form = intake::step_view(&visit, StepKey::Person, false).await.unwrap().form();
    assert_eq!((form.get("name"), form.get("mobile")), (Some("张叁"), Some("13700000001")));
}
both!(name_and_telephone_stand_there_as_registered_until_they_are_changed);

async fn a_return_of_the_whole_opens_everything_and_an_approval_corrects_the_name(house: House) {
    let house = crate::certificate::stories::edited::learning_as_hunan(house, "liaoning");
    let visit = zhang_of_liaoning(&house).await;
    fill_in(&house, &visit, &liaoning()).await;
    hand_in(&visit).await.unwrap();
    let desk = reviewer_of(&house, "liaoning", "210102").await;
    let opened = review::case(&desk, &case(&visit).await.id).await.unwrap();
    assert!(!opened.is_per_item);
    let (id, version) = (opened.case.id.clone(), opened.case.version.to_string());
    let judge = JudgeForm {
        case: id.to_string(),
        version: version.clone(),
        item: "person.email".into(),
        verdict: "reject".into(),
        reason: "请核对邮箱".into(),
        ..JudgeForm::default()
    };
    review::judge(&desk, &judge).await.unwrap();
    let decide = |decision: &str, reason: &str, version: String| DecideForm {
        case: id.to_string(),
        version,
        decision: decision.into(),
        reason: reason.into(),
    };
    let bare = review::decide(&desk, &decide("return", "", version.clone())).await;
    assert!(matches!(bare, Err(Failure::Invalid(errors)) if errors.of("reason") == Some(&Fault::ReasonMissing)));
    review::decide(&desk, &decide("return", "材料不清晰", version)).await.unwrap();

    let hub = intake::hub(&visit).await.unwrap();
    assert_eq!((hub.reason.as_str(), hub.is_returned, hub.rejected.len()), ("材料不清晰", false, 1));
    let step = intake::step_view(&visit, StepKey::Education, false).await.unwrap();
    assert!(step.open.is_none(), "everything may be changed");
    let mut amended = liaoning();
    amended.set("employment.address", "十一纬路 2 号".into());
    save(&visit, &amended, StepKey::Employment).await;
    hand_in(&visit).await.unwrap();

    let certified = crate::certificate::stories::complete(&visit).await;
    let again = review::case(&desk, &id).await.unwrap();
    assert_eq!(again.changes.iter().map(|change| change.item.as_str()).collect::<Vec<_>>(), ["employment.address"]);
    review::decide(&desk, &decide("approve", "", again.case.version.to_string())).await.unwrap();
    let record = intake::record_view(&visit).await.unwrap();
    let approved = record.approved.unwrap();
    assert_eq!((record.name.as_str(), approved.version), ("张叁", 1));
    crate::certificate::stories::assert_replaced(&visit, &certified, "张叁").await;
    assert!(approved.bureau_name.ends_with("和平区财政局"), "{}", approved.bureau_name);
    assert!(matches!(hand_in(&visit).await, Err(Failure::Refused(Refusal::AlreadyCollected))));
}
both!(a_return_of_the_whole_opens_everything_and_an_approval_corrects_the_name);

async fn whoever_is_not_approved_has_no_archive(house: House) {
    let visit = zhang_of_liaoning(&house).await;
    assert_eq!(intake::record_view(&visit).await.unwrap().approved, None);
    let visitor = house.visit_of("liaoning", None).await;
    assert!(matches!(intake::record_view(&visitor).await, Err(Failure::Refused(Refusal::SignInAgain))));
}
both!(whoever_is_not_approved_has_no_archive);

async fn an_employer_is_found_by_its_code_once_a_bureau_has_approved_it(house: House) {
    let zhejiang = person_of(&house, "zhejiang", "33010220000229995X", "13900004321").await;
    let look = async |code: &str| intake::find_employer(&zhejiang, code).await.unwrap();
    assert_eq!(look("91350100M000100Y43").await, EmployerAnswer::Unknown);
    assert_eq!(look("91350100M000100Y44").await, EmployerAnswer::Wrong(Fault::CreditCodeCheck));
    assert_eq!(look("").await, EmployerAnswer::Wrong(Fault::Missing));
    let other = zhang_of_liaoning(&house).await;
    fill_in(&house, &other, &liaoning()).await;
    hand_in(&other).await.unwrap();
    let desk = reviewer_of(&house, "liaoning", "210102").await;
    let opened = review::case(&desk, &case(&other).await.id).await.unwrap();
    let decide = DecideForm {
        case: opened.case.id.into(),
        version: opened.case.version.to_string(),
        decision: "approve".into(),
        ..DecideForm::default()
    };
    review::decide(&desk, &decide).await.unwrap();
    let (code, name) = ("91350100M000100Y43", "沈阳算盘商贸有限公司");
    let of_liaoning = house.services.db.read().await.unwrap().find_employer("liaoning", code).await.unwrap();
    assert_eq!(of_liaoning.as_deref(), Some(name));
    assert_eq!(look(code).await, EmployerAnswer::Unknown, "another province speaks for itself");
    let approve = async |name: &'static str| {
        let now = house.services.now();
        let write = house
            .services
            .db
            .write(move |tx| Box::pin(async move { Ok::<_, Failure>(tx.save_employer("zhejiang", code, name, now).await?) }));
        write.await.unwrap();
    };
    // One approval of another name renames nobody; a second one in a row does.
    for (approved, stands) in
        [(name, name), ("算盘", name), (name, name), ("算盘", name), ("甲", name), ("算盘", name), ("算盘", "算盘")]
    {
        approve(approved).await;
        assert_eq!(look(" 91350100m000100y43 ").await, EmployerAnswer::Found(stands.into()), "{approved}");
    }
    approve(name).await;
    approve(name).await;
    let mut form = domain::intake::StepForm::of(StepKey::Employment);
    form.set("employer_code", "91350100M000100Y43".into());
    intake::fill_employer(&zhejiang, &mut form).await.unwrap();
    assert_eq!(form.get("employer_name"), Some("沈阳算盘商贸有限公司"));
    let nowhere = intake::find_employer(&other, "91350100M000100Y43").await;
    assert!(matches!(nowhere, Err(Failure::NotFound)), "辽宁 has no such directory");
    for _ in 0..20 {
        let _ = intake::find_employer(&zhejiang, "91350100M000100Y43").await;
    }
    let often = intake::find_employer(&zhejiang, "91350100M000100Y43").await;
    assert!(matches!(often, Err(Failure::Refused(Refusal::TooOften { .. }))));
}
both!(an_employer_is_found_by_its_code_once_a_bureau_has_approved_it);
