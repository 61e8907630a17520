//! What is public of penalties, until when, and who is found.

use chrono::Duration;
use domain::fault::Fault;
use domain::integrity::public::{PublicForm, PublicLine};

use super::*;
use crate::review::stories::{CITY, assert_not_found};
use crate::testing::both;

async fn found(house: &House, name: &str, end: &str) -> Vec<PublicLine> {
    let form = PublicForm { name: name.into(), document_end: end.into() };
    public_penalties(&house.visit(None).await, &form).await.unwrap()
}

/// A penalty that two of the district recorded.
async fn recorded(house: &House, form: PenaltyForm, shade: u8) -> CaseId {
    let li = reviewer(house, DISTRICT, "李审核").await;
    enter_penalty(&li, &form, decision(shade)).await.unwrap();
    let id = entered(&li).await;
    approve(house, &id).await.unwrap();
    id
}

async fn a_penalty_is_found_by_name_and_the_end_of_the_document_until_its_period_ends(house: House) {
    let house = honest(house);
    person(&house).await;
    let ban = PenaltyForm { decided_on: "2021-11-20".into(), articles: "2017-43".into(), kinds: "ban_five".into(), ..penalty() };
    recorded(&house, ban, 20).await;
    let fine = PenaltyForm {
        decided_on: "2025-11-19".into(),
        kinds: "fine".into(),
        number: "长财监〔2025〕8号".into(),
        request_key: "k2".into(),
        ..penalty()
    };
    recorded(&house, fine, 30).await;
    let numbers = |lines: Vec<PublicLine>| lines.into_iter().map(|line| line.number).collect::<Vec<_>>();
    assert_eq!(numbers(found(&house, "", "").await), ["长财监〔2025〕8号", "长财监〔2026〕3号"]);
    let lines = found(&house, " 张三", "9988").await;
    assert_eq!((lines.len(), lines[0].name.as_str(), lines[0].document_end.as_str()), (2, "张三", "9988"));
    assert!(found(&house, "张三", "9987").await.is_empty() && found(&house, "李四", "9988").await.is_empty());
    let half = PublicForm { name: "张三".into(), document_end: String::new() };
    assert_eq!(faults(public_penalties(&house.visit(None).await, &half).await).of("document_end"), Some(&Fault::Missing));

    // 2026-11-18: the fine is public until the nineteenth, the ban until the twentieth, and each on its last day still.
    house.clock.forward(Duration::days(1));
    assert_eq!(found(&house, "", "").await.len(), 2);
    house.clock.forward(Duration::days(1));
    assert_eq!(numbers(found(&house, "张三", "9988").await), ["长财监〔2026〕3号"]);
    house.clock.forward(Duration::days(1));
    assert!(found(&house, "张三", "9988").await.is_empty() && found(&house, "", "").await.is_empty());
}
both!(a_penalty_is_found_by_name_and_the_end_of_the_document_until_its_period_ends);

async fn what_waits_or_was_taken_down_is_not_public(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let zhou = reviewer(&house, CITY, "周审核").await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    enter_penalty(&li, &penalty(), decision(20)).await.unwrap();
    assert!(found(&house, "", "").await.is_empty(), "nobody has confirmed it");
    let of = entered(&li).await;
    approve(&house, &of).await.unwrap();
    assert_eq!(found(&house, "", "").await.len(), 1);
    let form = domain::integrity::objection::ObjectionForm {
        of: of.to_string(),
        reasons: "处罚决定书是另一人的，请撤下。".into(),
        request_key: "o1".into(),
    };
    raise_objection(&visit, &form, Vec::new()).await.unwrap();
    assert_eq!(found(&house, "", "").await.len(), 1, "an objection alone changes nothing");
    let case = objections_view(&visit, "").await.unwrap().lines[0].case.clone();
    decide(&zhou, &case, row(&house, &case).await.version, "approve").await.unwrap();
    assert!(found(&house, "", "").await.is_empty());
}
both!(what_waits_or_was_taken_down_is_not_public);

async fn a_province_that_publishes_nothing_has_no_such_page(house: House) {
    let without = house.visit(None).await;
    assert_not_found(public_penalties(&without, &PublicForm::default()).await);
    let mut house = honest(house);
    let mut province = (*house.services.province("hunan").unwrap()).clone();
    province.profile.integrity.as_mut().unwrap().public_months = None;
    house.services = house.services.with(|rooms| rooms.provinces = Arc::new([("hunan".to_owned(), Arc::new(province))].into()));
    assert_not_found(public_penalties(&house.visit(None).await, &PublicForm::default()).await);
}
both!(a_province_that_publishes_nothing_has_no_such_page);
