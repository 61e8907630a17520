//! 打印基本信息表.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::account::forms::SendCodeForm;
use domain::case::Refusal;
use domain::id::CaseId;
use domain::review::forms::RevealForm;

use super::*;
use crate::account::stories::{Browser, MOBILE};
use crate::case::Printed;
use crate::intake;

/// Hunan, but with a slot for the printed form.
pub(crate) fn printing(house: &mut House, title: &str) {
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

async fn printing_is_limited_announced_and_refused_where_the_province_prints_nothing(mut house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    assert!(matches!(intake::printed(&visit).await, Err(Failure::NotFound)), "Hunan prints nothing");
    printing(&mut house, "会计人员基本信息表");
    let visit = house.again(&visit).await;
    for nth in 1..=30 {
        paper(&visit).await;
        let left = intake::files_view(&visit).await.unwrap().prints_left;
        let last = (nth >= 28).then_some((30 - nth, nth == 30));
        assert_eq!(left.map(|left| (left.times, left.again.is_some())), last, "{nth}");
    }
    let refused = intake::printed(&visit).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::TooOften { .. }))), "{refused:?}");
    let visit = house.wait_awake(&visit, chrono::Duration::hours(25)).await;
    paper(&visit).await;
}
both!(printing_is_limited_announced_and_refused_where_the_province_prints_nothing);

async fn what_no_font_has_is_told_where_it_is_typed_and_keeps_nobody_out(mut house: House) {
    const RARE: &str = "\u{2BC20}家湾 1 号";
    let plain = zhang_san(&house).await;
    pledge(&plain).await;
    let mut changed = answers();
    changed.set("person.residence_address", RARE.into());
    let form = || changed.form(StepKey::Person);
    let silent = intake::save_step(&plain, form(), 0, SaveHow::Auto).await.unwrap();
    assert!(silent.by_hand.is_empty(), "Hunan prints nothing, so that nothing is left blank");
    printing(&mut house, "会计人员基本信息表");
    let visit = house.again(&plain).await;
    let told = |by_hand: &BTreeMap<String, String>| by_hand.clone().into_iter().collect::<Vec<_>>();
    let expected = [("residence_address".to_owned(), "\u{2BC20}".to_owned())];
    let answer = intake::save_step(&visit, form(), 1, SaveHow::Auto).await.unwrap();
    assert_eq!((told(&answer.by_hand), answer.errors.is_empty()), (expected.to_vec(), true));
    let view = intake::step_view(&visit, StepKey::Person, false).await.unwrap();
    assert_eq!(told(&view.by_hand), expected);
    assert!(intake::step_view(&visit, StepKey::Education, false).await.unwrap().by_hand.is_empty());
    assert_eq!(intake::files_view(&visit).await.unwrap().by_hand, "\u{2BC20}");
    assert!(paper(&visit).await.contains(RARE), "the press gets the character and leaves the blank");
}
both!(what_no_font_has_is_told_where_it_is_typed_and_keeps_nobody_out);

async fn a_name_that_cannot_be_printed_is_told_while_one_registers(mut house: House) {
    printing(&mut house, "会计人员基本信息表");
    let browser = Browser::new(&house, "203.0.113.1").await;
    for (name, told) in [("张\u{2BC20}", Some("\u{2BC20}")), ("张三", None)] {
        let form = SendCodeForm {
            purpose: "registration".into(),
            mobile: MOBILE.into(),
            captcha: browser.captcha().await,
            name: name.into(),
            ..SendCodeForm::default()
        };
        let answer = crate::account::send_code(&browser.visit().await, &form).await.unwrap();
        assert_eq!(answer.by_hand.get("name").map(String::as_str), told);
        house.clock.forward(chrono::Duration::minutes(2));
    }
}
both!(a_name_that_cannot_be_printed_is_told_while_one_registers);

async fn a_private_code_point_is_printed_as_the_character_that_took_its_place(mut house: House) {
    printing(&mut house, "会计人员基本信息表");
    let visit = zhang_san(&house).await;
    pledge(&visit).await;
    let mut changed = answers();
    changed.set("person.residence_address", "\u{E863}家湾 1 号".into());
    save(&visit, &changed, StepKey::Person).await;
    let sheet = paper(&visit).await;
    assert!(sheet.contains("䶮家湾 1 号") && !sheet.contains('\u{E863}'), "{sheet}");
}
both!(a_private_code_point_is_printed_as_the_character_that_took_its_place);

/// The sheet of a case in words, as staff get it.
async fn paper_of(staff: &Visit, case: &CaseId) -> Result<String, Failure> {
    match intake::printed_for_bureau(staff, case).await? {
        Printed::Pdf { bytes, .. } => Ok(String::from_utf8(bytes).unwrap()),
        Printed::NoFonts => panic!(),
    }
}

async fn the_bureau_prints_what_was_submitted_and_only_the_reviewer_has_the_numbers_whole(mut house: House) {
    printing(&mut house, "会计人员基本信息表");
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let id = case(&visit).await.id;
    let (reviewer_here, above, beside) =
        (reviewer(&house, "430111").await, reviewer(&house, "430100").await, reviewer(&house, "430102").await);
    assert!(matches!(paper_of(&reviewer_here, &id).await, Err(Failure::NotFound)), "nobody sees a draft");
    submit(&visit).await;
    let whole = paper_of(&reviewer_here, &id).await.unwrap();
    for wanted in ["430111199003079988", "13900001234", "张三", "湖南大学", "photo: Some"] {
        assert!(whole.contains(wanted), "{wanted} is not in {whole}");
    }
    let masked = paper_of(&above, &id).await.unwrap();
    assert!(masked.contains("湖南大学") && !masked.contains("430111199003079988") && !masked.contains("13900001234"), "{masked}");
    assert!(matches!(paper_of(&beside, &id).await, Err(Failure::NotFound)));
    assert!(matches!(paper_of(&visit, &id).await, Err(Failure::Refused(Refusal::NotYours))), "the owner has a way of their own");
    let nobody = house.visit(None).await;
    assert!(matches!(paper_of(&nobody, &id).await, Err(Failure::Refused(Refusal::SignInAgain))));
    let rows = house.services.db.read().await.unwrap().list_audit_of("case", id.as_str()).await.unwrap();
    let printed = |whole: &str| rows.iter().filter(|row| row.action == "print_form" && row.detail.contains(whole)).count();
    assert_eq!((printed(r#""whole":true"#), printed(r#""whole":false"#)), (1, 1));
    for _ in 0..59 {
        paper_of(&reviewer_here, &id).await.unwrap();
    }
    let refused = paper_of(&reviewer_here, &id).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::TooOften { .. }))), "{refused:?}");
    let reveal = RevealForm { case: id.to_string(), purpose: "电话核实".into() };
    let refused = crate::review::reveal(&reviewer_here, &reveal).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::TooOften { .. }))), "on paper or on the page: {refused:?}");
}
both!(the_bureau_prints_what_was_submitted_and_only_the_reviewer_has_the_numbers_whole);

async fn the_bureau_prints_nothing_where_the_province_prints_nothing(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    submit(&visit).await;
    let reviewer = reviewer(&house, "430111").await;
    assert!(matches!(paper_of(&reviewer, &case(&visit).await.id).await, Err(Failure::NotFound)));
}
both!(the_bureau_prints_nothing_where_the_province_prints_nothing);
