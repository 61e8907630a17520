//! A certificate that stands above the record offers 信息变更 with it filled in.

use domain::change::forms::EarnedForm;
use domain::intake::StepKey;

use super::*;
use crate::change::{begin_earned, change_form};
use crate::review::stories::{DISTRICT, decide, reviewer};
use crate::testing::both;

/// 张三 with a record that says 初级, or as the stories have it 中级.
async fn on_record(house: &House, level: &str) -> Visit {
    let visit = intake::zhang_san(house).await;
    intake::fill(&visit).await;
    let mut answers = intake::answers();
    answers.set("qualification.rows.0.level", level.into());
    let saved = intake::save(&visit, &answers, StepKey::Qualification).await;
    assert!(saved.errors.is_empty(), "{:?}", saved.errors);
    intake::submit(&visit).await;
    let case = intake::case(&visit).await;
    let li = reviewer(house, DISTRICT, "李审核").await;
    decide(&li, &case.id, case.version, "approve").await.unwrap();
    house.again(&visit).await
}

async fn a_certificate_above_the_record_begins_a_change_with_it_filled_in(house: House) {
    let visit = on_record(&house, "junior").await;
    assert!(exams(&visit).await.unwrap().offers.1.is_empty());
    in_effect(&house, ImportKind::Exam, &[exam(2, NUMBER, "中级会计实务"), exam(3, NUMBER, "财务管理")]).await;
    let (name, offers) = exams(&visit).await.unwrap().offers;
    assert_eq!((name.as_str(), offers.len()), ("信息变更", 1), "a level is offered once");
    assert_eq!((offers[0].name.as_str(), offers[0].filled.1.as_str()), ("中级", "20261234"));

    let (level, certificate) = offers[0].filled.clone();
    let form = EarnedForm { level, certificate };
    let go = begin_earned(&visit, &form).await.unwrap().go.unwrap();
    assert_eq!(go, "/hunan/intake/qualification?change=yes");
    let sheet = change_form(&visit, "qualification").await.unwrap().sheet.unwrap();
    let text = |name: &str| sheet.kit.answers.text(StepKey::Qualification, name).to_owned();
    assert_eq!((text("rows.0.level").as_str(), text("rows.1.level").as_str()), ("junior", "intermediate"));
    assert_eq!((text("rows.1.category").as_str(), text("rows.1.method").as_str()), ("accounting", "exam"));
    assert_eq!((text("rows.1.certificate_number").as_str(), text("rows.1.obtained_on").as_str()), ("20261234", ""));
    // Once more leads there and adds nothing; what is in the change is offered no more.
    begin_earned(&visit, &form).await.unwrap();
    let again = change_form(&visit, "qualification").await.unwrap().sheet.unwrap();
    assert_eq!(again.kit.answers.rows(StepKey::Qualification).len(), 2);
    assert!(exams(&visit).await.unwrap().offers.1.is_empty());
}
both!(a_certificate_above_the_record_begins_a_change_with_it_filled_in);

async fn a_certificate_that_the_record_has_offers_nothing(house: House) {
    let visit = on_record(&house, "intermediate").await;
    in_effect(&house, ImportKind::Exam, &[exam(2, NUMBER, "中级会计实务")]).await;
    let view = exams(&visit).await.unwrap();
    assert_eq!((view.lines.len(), view.offers), (1, (String::new(), Vec::new())));
    let other = intake::person_of(&house, "hunan", OTHER, "13900009999").await;
    let form = EarnedForm { level: "intermediate".into(), certificate: "1".into() };
    assert_eq!(begin_earned(&other, &form).await.unwrap().go.unwrap(), "/hunan/intake?change=all", "no record, no change");
}
both!(a_certificate_that_the_record_has_offers_nothing);
