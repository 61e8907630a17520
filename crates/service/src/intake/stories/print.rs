//! 打印基本信息表.

use std::sync::Arc;

use domain::case::Refusal;

use super::*;
use crate::intake::{self, Printed};

/// Hunan, but with a slot for the printed form.
fn printing(house: &mut House, title: &str) {
    let mut province = (*house.services.province("hunan").unwrap()).clone();
    province.profile.intake.form_title = title.into();
    let slot = province
        .profile
        .lines
        .get_mut(&CaseKind::Intake)
        .unwrap()
        .attachments
        .iter_mut()
        .find(|rules| rules.slot == "employment_proof")
        .unwrap();
    slot.prints = true;
    house.services = house.services.with(|rooms| rooms.provinces = Arc::new([("hunan".to_owned(), Arc::new(province))].into()));
}

/// The sheet in words, as the press of the tests returns it.
async fn paper(visit: &Visit) -> String {
    let Printed::Pdf { bytes, .. } = intake::printed(visit).await.unwrap() else { panic!() };
    String::from_utf8(bytes).unwrap()
}

async fn the_form_holds_what_is_saved_now_with_the_whole_number(mut house: House) {
    printing(&mut house, "会计人员基本信息表");
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let draft = paper(&visit).await;
    for wanted in
        ["会计人员基本信息表", "张三", "430111199003079988", "13900001234", "1990年3月7日", "湖南大学", "长沙市雨花区财政局"]
    {
        assert!(draft.contains(wanted), "{wanted} is not in {draft}");
    }
    assert!(draft.contains("本人签名") && draft.contains("单位盖章") && draft.contains("2026年11月18日"), "{draft}");
    assert!(draft.contains("photo: Some") && draft.contains("number: None"), "{draft}");
    let mut changed = answers();
    changed.set("education.full_time_school", "东北财经大学".into());
    save(&visit, &changed, StepKey::Education).await;
    assert!(paper(&visit).await.contains("东北财经大学"));
    submit(&visit).await;
    let submitted = paper(&visit).await;
    let number = case(&visit).await.number.unwrap();
    assert!(submitted.contains("东北财经大学") && submitted.contains(&format!("受理编号：{number}")), "{submitted}");
}
both!(the_form_holds_what_is_saved_now_with_the_whole_number);

async fn who_has_no_employer_is_asked_for_no_seal(mut house: House) {
    printing(&mut house, "会计人员基本信息表");
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let mut changed = answers();
    // The name of the last employer stays in the draft, but is not asked any more.
    changed.set("employment.status", "unemployed".into());
    save(&visit, &changed, StepKey::Employment).await;
    let sheet = paper(&visit).await;
    assert!(sheet.contains("本人签名") && !sheet.contains("单位盖章") && !sheet.contains("长沙某某有限公司"), "{sheet}");
}
both!(who_has_no_employer_is_asked_for_no_seal);

async fn a_form_is_printed_for_its_owner_only_and_each_time_is_audited(mut house: House) {
    printing(&mut house, "会计人员基本信息表");
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    submit(&visit).await;
    let case = case(&visit).await;
    for staff in [reviewer(&house, "430111").await, house.visit(None).await] {
        let refused = intake::printed(&staff).await;
        assert!(matches!(refused, Err(Failure::Refused(Refusal::SignInAgain))), "{refused:?}");
    }
    let other = person(&house, "110105194912310021", "13900005678").await;
    assert!(matches!(intake::printed(&other).await, Err(Failure::NotFound)), "nothing begun, nothing to print");
    pledge(&other).await;
    let theirs = paper(&other).await;
    assert!(theirs.contains("110105194912310021") && !theirs.contains("430111199003079988"), "{theirs}");
    let audited = || async {
        let rows = house.services.db.read().await.unwrap().list_audit_of("case", case.id.as_str()).await.unwrap();
        rows.iter().filter(|row| row.action == "print_form" && *visit.account().unwrap() == *row.actor_id).count()
    };
    assert_eq!(audited().await, 0);
    paper(&visit).await;
    paper(&visit).await;
    assert_eq!(audited().await, 2);
}
both!(a_form_is_printed_for_its_owner_only_and_each_time_is_audited);

async fn printing_is_limited_and_refused_where_the_province_prints_nothing(mut house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    assert!(matches!(intake::printed(&visit).await, Err(Failure::NotFound)), "Hunan prints nothing");
    printing(&mut house, "会计人员基本信息表");
    let visit = house.again(&visit).await;
    for _ in 0..30 {
        paper(&visit).await;
    }
    let refused = intake::printed(&visit).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::TooOften { .. }))), "{refused:?}");
    let visit = house.wait_awake(&visit, chrono::Duration::hours(25)).await;
    paper(&visit).await;
}
both!(printing_is_limited_and_refused_where_the_province_prints_nothing);

async fn characters_without_a_font_are_told(mut house: House) {
    printing(&mut house, "坏");
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    assert_eq!(intake::printed(&visit).await.unwrap(), Printed::Unprintable("坏".into()));
}
both!(characters_without_a_font_are_told);
