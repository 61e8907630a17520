//! The journey of every province, told once: nobody here knows what a province asks. The form is filled in by following what it
//! says is wrong, sent, returned in the way of the province, amended, sent again and approved. 云海省 is invented and made only of
//! its file.

use domain::case::Judged;
use domain::fault::{FieldError, FieldErrors};
use domain::id::CaseId;
use domain::intake::{FieldKind, field_kind};
use domain::review::forms::{DecideForm, JudgeForm};

use super::provinces::{hand_in, pledge_version, put_files};
use super::*;
use crate::{intake, review};

/// The `try_no`-th answer to a field, or nothing when there is none left.
fn proposal(visit: &Visit, answers: &Answers, step: StepKey, field: &str, try_no: usize) -> String {
    let province = &visit.province;
    let key = field.rsplit('.').next().unwrap();
    let rules = province.profile.intake.step(step).unwrap().field(key).unwrap_or_else(|| panic!("{step:?} {field}"));
    let counties = || province.bureaus.0.values().filter(|bureau| bureau.level == 3);
    match field_kind(step, key).unwrap() {
        FieldKind::Choice => {
            let entries = province.lists.entries(rules.list.as_deref().unwrap());
            entries.get(try_no).map(|entry| entry.code.clone()).unwrap_or_default()
        }
        FieldKind::Date | FieldKind::DateOrMonth => rules.example.clone().unwrap_or_else(|| "2019-09-18".into()),
        FieldKind::Division => counties().nth(try_no).unwrap().division.clone(),
        FieldKind::Bureau => {
            let division = answers.get("employment.division").unwrap();
            province.bureaus.matching(division)[try_no].code.to_string()
        }
        FieldKind::Telephone => "0731-85550000".into(),
        FieldKind::Postcode => "410007".into(),
        FieldKind::Email => "zhang@example.com".into(),
        FieldKind::CreditCode | FieldKind::EmployerCode => "91350100M000100Y43".into(),
        FieldKind::Mobile => "13900001234".into(),
        FieldKind::Name => "张三".into(),
        FieldKind::ResponsibleBureau => String::new(),
        FieldKind::Text { .. } => "按材料填写".into(),
    }
}

/// Answers what is missing and changes what is refused, until the step has nothing more to say.
async fn follow(visit: &Visit, answers: &mut Answers, step: StepKey) {
    let mut tries = std::collections::BTreeMap::<String, usize>::new();
    for _ in 0..40 {
        let FieldErrors(errors) = save(visit, answers, step).await.errors;
        if errors.is_empty() {
            return;
        }
        for FieldError { field, .. } in errors {
            let try_no = tries.entry(field.clone()).or_default();
            let value = proposal(visit, answers, step, &field, *try_no);
            assert!(answers.set(&format!("{}.{field}", step.as_str()), value), "{step:?} {field}");
            *try_no += 1;
        }
    }
    panic!("{step:?} never ends: {:?}", save(visit, answers, step).await.errors);
}

async fn approve(desk: &Visit, id: &CaseId) {
    let version = review::case(desk, id).await.unwrap().case.version.to_string();
    let form = DecideForm { case: id.to_string(), version, decision: "approve".into(), ..DecideForm::default() };
    review::decide(desk, &form).await.unwrap();
}

/// Returns the application in the way of the province, one item of it red.
async fn give_back(desk: &Visit, id: &CaseId, item: &str) {
    let opened = review::case(desk, id).await.unwrap();
    let mode = desk.province.profile.intake_line().returns;
    assert_eq!(opened.is_per_item, mode == Judged::PerItem);
    let (case, reason) = (id.to_owned(), "请核对".to_owned());
    if opened.is_per_item {
        let (case, version) = (case.to_string(), opened.case.version.to_string());
        let judge = JudgeForm {
            case,
            version,
            item: item.into(),
            verdict: "reject".into(),
            reason: reason.clone(),
            mark: format!("{} 0 100 200 300 400", opened.files[0].0),
            ..JudgeForm::default()
        };
        review::judge(desk, &judge).await.unwrap();
    }
    let version = opened.case.version.to_string();
    review::decide(desk, &DecideForm { case: case.into(), version, decision: "return".into(), reason }).await.unwrap();
}

/// Where a decision can be undone, its time comes.
async fn time_comes(house: &House, desk: &Visit) {
    if let Some(undo) = desk.province.profile.review.undo() {
        house.clock.forward(undo);
        assert_eq!(review::settle_decisions(&house.services).await.unwrap(), 1);
    }
}

async fn journey(house: &House, province: &str, number: &str) {
    let visit = person_of(house, province, number, "13900001234").await;
    intake::pledge(&visit, &PledgeForm { agreed: "yes".into(), version: pledge_version(&visit) }).await.unwrap();
    let mut answers = Answers::default();
    for step in visit.province.profile.intake.steps.iter().map(|step| step.key) {
        follow(&visit, &mut answers, step).await;
    }
    put_files(house, &visit).await;
    hand_in(&visit).await.unwrap();

    let sent = case(&visit).await;
    let desk = reviewer_of(house, province, sent.bureau.as_ref().unwrap().as_str()).await;
    let files: Vec<String> = review::case(&desk, &sent.id).await.unwrap().files.into_iter().map(|(_, file)| file.id).collect();
    give_back(&desk, &sent.id, "person.ethnicity").await;
    time_comes(house, &desk).await;
    assert_eq!(case(&visit).await.status, Status::Returned, "{province}");
    for item in intake::amend_view(&visit).await.unwrap().items {
        let mark = item.item.mark.unwrap();
        assert_eq!(
            (mark.file.as_str(), mark.mark.width),
            (files[0].as_str(), 300),
            "{province}: on the picture as it was submitted"
        );
    }
    answers.set("person.ethnicity", "02".into());
    let answer = save(&visit, &answers, StepKey::Person).await;
    assert!(answer.errors.is_empty(), "{province} {:?}", answer.errors);
    hand_in(&visit).await.unwrap();
    let again = review::case(&desk, &sent.id).await.unwrap();
    assert_eq!(again.changes.iter().map(|change| change.item.as_str()).collect::<Vec<_>>(), ["person.ethnicity"], "{province}");
    approve(&desk, &sent.id).await;
    time_comes(house, &desk).await;
    assert_eq!((case(&visit).await.status, case(&visit).await.round), (Status::Approved, 2), "{province}");
    let record = intake::record_view(&visit).await.unwrap();
    assert_eq!(record.approved.map(|approved| approved.version), Some(1), "{province}");
    let learning = crate::learning::learning_view(&visit).await;
    match &visit.province.profile.learning {
        Some(rules) => {
            let shown = learning.unwrap();
            assert!(shown.words.is_collected && shown.words.converts, "{province}");
            assert_eq!(Some(shown.now), rules.year_of(shown.today), "{province}");
        }
        None => assert!(matches!(learning, Err(Failure::NotFound)), "{province}"),
    }
}

async fn every_province_is_filled_in_returned_amended_and_approved_in_one_journey(house: House) {
    for (province, number) in [
        ("hunan", "430111199003079988"),
        ("hubei", "420102199003079998"),
        ("liaoning", "210102197806019966"),
        ("zhejiang", "33010220000229995X"),
    ] {
        journey(&house, province, number).await;
    }
}
both!(every_province_is_filled_in_returned_amended_and_approved_in_one_journey);

async fn a_province_made_only_of_its_file_passes_the_same_journey(mut house: House) {
    house.add(include_str!("../../../../domain/src/province/tests/yunhai.toml"), "yunhai");
    journey(&house, "yunhai", "420102199003079998").await;
}
both!(a_province_made_only_of_its_file_passes_the_same_journey);
