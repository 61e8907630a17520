//! 跨省调入.

use domain::intake::forms::{PledgeForm, SubmitForm};
use domain::intake::view::SaveHow;
use domain::intake::{StepKey, Task};

use super::*;
use crate::intake::{check_view, files_view, hub, pledge, save_step, step_view};

/// What Hubei asks and Hunan did not know.
const MISSING: &[(&str, &str)] = &[
    ("credential.level", "intermediate"),
    ("credential.category", "accounting"),
    ("credential.method", "exam"),
    ("credential.obtained_on", "2019-09-18"),
    ("credential.certificate_number", "19420001"),
    ("credential.duty", "staff"),
    ("credential.abacus_level", "common_3"),
    ("employment.status", "yes"),
    ("employment.division", "420102"),
    ("employment.employer_name", "武汉某某有限公司"),
    ("employment.credit_code", "91350100M000100Y43"),
    ("employment.employer_kind", "unlisted_private"),
    ("employment.employer_address", "中山大道 1 号"),
    ("employment.employer_phone", "027-80000000"),
    ("employment.joined_on", "2015-03-16"),
    ("employment.post", "cashier"),
    ("employment.accounting_started_on", "2012-07-16"),
];

async fn said(visit: &Visit, step: StepKey, field: &str) -> String {
    step_view(visit, step, false).await.unwrap().form().get(field).unwrap_or_default().to_owned()
}

/// Answers what is missing, uploads, and hands in.
async fn complete(house: &House, visit: &Visit) {
    let version = visit.province.profile.intake_line().briefing.pledge_version.clone();
    pledge(visit, &PledgeForm { agreed: "yes".into(), version: version.clone() }).await.unwrap();
    for step in visit.province.profile.intake.steps.iter().map(|step| step.key) {
        let view = step_view(visit, step, false).await.unwrap();
        let mut form = view.form();
        for (item, value) in MISSING {
            let field = item.strip_prefix(step.as_str()).and_then(|rest| rest.strip_prefix('.'));
            if let Some(field) = field.filter(|field| step == StepKey::Employment || form.get(field).is_none_or(str::is_empty)) {
                form.set(field, (*value).to_owned());
            }
        }
        let answer = save_step(visit, form, view.version, SaveHow::Continue).await.unwrap();
        assert!(answer.errors.is_empty(), "{step:?}: {:?}", answer.errors);
    }
    let case = newest(visit, CaseKind::Intake).await;
    for slot in files_view(visit).await.unwrap().slots {
        upload(house, &case, &slot.rules.slot, &format!("{}-1", slot.rules.slot)).await;
    }
    let request_key = check_view(visit).await.unwrap().request_key;
    let form = SubmitForm { request_key, agreed: "yes".into(), version, ..SubmitForm::default() };
    crate::intake::submit(visit, &form).await.unwrap();
}

async fn a_record_leaves_hunan_and_arrives_in_hubei_without_being_typed_again(house: House) {
    let hunan = gone(&house, "hubei").await;
    let (file, secret) = file_of(&hunan).await;
    assert_eq!(secret, None, "a key of Hubei is known");
    assert_eq!(download(&hunan).await.unwrap().0, "hunan-hubei.age");
    let hubei = of_hubei(&house).await;
    assert_eq!(receive(&hubei, file.clone(), "").await.unwrap(), Ok(()));
    assert_eq!(said(&hubei, StepKey::Education, "part_time_school").await, "湖南大学");
    assert_eq!(said(&hubei, StepKey::Person, "residence_address").await, "韶山中路 1 号");
    assert_eq!(said(&hubei, StepKey::Employment, "division").await, "", "a division of Hunan");
    assert!(hub(&hubei).await.unwrap().tasks.iter().any(|(task, _)| *task == Task::Step(StepKey::Employment)));
    let received = view(&hubei).await.received.unwrap();
    let kept = received.beside.iter().find(|of| of.title == "湖南省档案中的其他项目").unwrap();
    assert!(kept.rows.iter().any(|row| row[1] == "湖南省长沙市雨花区"), "{:?}", kept.rows);
    assert!(kept.rows.iter().any(|row| row[1] == "19430001"), "the rows of the qualification are kept: {:?}", kept.rows);

    complete(&house, &hubei).await;
    let case = newest(&hubei, CaseKind::Intake).await;
    let desk = intake::reviewer_of(&house, "hubei", "420102").await;
    let opened = crate::review::case(&desk, &case.id).await.unwrap();
    let approvals = opened.beside.iter().find(|of| of.title == "湖南省的审批").unwrap();
    assert!(approvals.said[0].contains("雨花区财政局于 2026年11月18日 同意调出"), "{:?}", approvals.said);
    assert!(approvals.said[1].contains("hunan-1") && approvals.rows.len() == 1, "{approvals:?}");
    let form = DecideForm {
        case: case.id.to_string(),
        version: opened.case.version.to_string(),
        decision: "approve".into(),
        ..DecideForm::default()
    };
    crate::review::decide(&desk, &form).await.unwrap();
    assert!(matches!(view(&hubei).await.stands, Stands::Here(_)), "the record is in Hubei");
    assert_eq!(receive(&hubei, file, "").await.unwrap(), Err(NotReceived::UsedBefore));
    assert_audit_stands(&house).await;
}
both!(a_record_leaves_hunan_and_arrives_in_hubei_without_being_typed_again);

async fn provinces_on_one_server_hand_a_record_over_without_a_file_once(house: House) {
    let hubei = of_hubei(&house).await;
    assert!(view(&hubei).await.offers.is_empty());
    let hunan = gone(&house, "hubei").await;
    let offer = view(&hubei).await.offers.remove(0);
    assert_eq!(offer.origin, "湖南省");
    assert!(matches!(take_over(&hunan, &offer.case).await, Err(Failure::NotFound)), "it goes to Hubei");
    let stranger = intake::person_of(&house, "hubei", "420102199003079998", "13900007777").await;
    assert!(matches!(take_over(&stranger, &offer.case).await, Err(Failure::NotFound)), "it is somebody else's");
    assert_eq!(take_over(&hubei, &offer.case).await.unwrap(), Ok(()));
    assert_eq!(said(&hubei, StepKey::Education, "full_time_school").await, "湖南财政经济学院");
    assert!(matches!(take_over(&hubei, &offer.case).await, Err(Failure::NotFound)));
    let (file, _) = file_of(&hunan).await;
    assert_eq!(receive(&hubei, file, "").await.unwrap(), Err(NotReceived::UsedBefore), "by whatever way it came");
}
both!(provinces_on_one_server_hand_a_record_over_without_a_file_once);

async fn what_was_typed_before_a_package_came_stays(house: House) {
    let hubei = of_hubei(&house).await;
    let version = hubei.province.profile.intake_line().briefing.pledge_version.clone();
    pledge(&hubei, &PledgeForm { agreed: "yes".into(), version }).await.unwrap();
    let view = step_view(&hubei, StepKey::Person, false).await.unwrap();
    let mut form = view.form();
    form.set("residence_address", "中山大道 9 号".into());
    save_step(&hubei, form, view.version, SaveHow::Later).await.unwrap();
    let hunan = gone(&house, "hubei").await;
    let (file, _) = file_of(&hunan).await;
    assert_eq!(receive(&hubei, file, "").await.unwrap(), Ok(()));
    assert_eq!(said(&hubei, StepKey::Person, "residence_address").await, "中山大道 9 号");
    assert_eq!(said(&hubei, StepKey::Person, "nationality").await, "CN");
}
both!(what_was_typed_before_a_package_came_stays);
