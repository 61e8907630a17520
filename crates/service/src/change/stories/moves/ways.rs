//! The terms of the day: who is asked, within which time, or nobody.

use std::sync::Arc;

use domain::transfer::TransferRules;

use super::*;
use crate::intake::stories::provinces::collected_in_liaoning;
use crate::intake::stories::reviewer_of;
use crate::review::stories::CITY;

/// The house with other terms of 调转.
fn ruling(mut house: House, change: impl Fn(&mut TransferRules)) -> House {
    let mut province = (*house.services.province("hunan").unwrap()).clone();
    change(province.profile.transfer.as_mut().unwrap());
    house.services = house.services.with(|rooms| rooms.provinces = Arc::new([("hunan".to_owned(), Arc::new(province))].into()));
    house
}

async fn where_the_origin_is_not_asked_the_destination_decides_alone(house: House) {
    let house = ruling(house, |rules| rules.terms.iter_mut().for_each(|terms| terms.within_city.origin_working_days = None));
    let visit = approved(&house).await;
    let id = waiting(&visit).await;
    assert_eq!(place(&row(&house, &id).await), (Status::Submitted, 1, SIBLING));
    let page = view(&visit).await;
    assert!(said(&page, "市内调转：等待长沙市芙蓉区财政局审核是否调入"), "{:?}", page.moves);
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    assert_not_found(agree(&house, &wang, &id).await);
    let zhao = reviewer(&house, SIBLING, "赵审核").await;
    assert_eq!(crate::review::case(&zhao, &id).await.unwrap().seats, None);
    agree(&house, &zhao, &id).await.unwrap();
    assert_eq!(recorded(&visit).await, at(SIBLING, 2));
}
both!(where_the_origin_is_not_asked_the_destination_decides_alone);

async fn before_the_first_terms_nothing_leads_to_another_bureau_and_the_page_says_so(house: House) {
    let house = ruling(house, |rules| rules.terms.iter_mut().for_each(|terms| terms.from = day("2027-01-01").unwrap()));
    let visit = approved(&house).await;
    typed(&visit).await;
    let page = view(&visit).await;
    assert!(page.stays.as_ref().is_some_and(|why| why.contains("由长沙市芙蓉区财政局管理")), "{:?}", page.stays);
    prove(&visit, 20).await;
    assert_eq!(refusal(submit(&visit).await), Refusal::NotComplete);
    assert_eq!(newest(&visit).await.status, Status::Draft);
}
both!(before_the_first_terms_nothing_leads_to_another_bureau_and_the_page_says_so);

async fn a_way_across_cities_has_its_own_name_and_its_own_days(house: House) {
    let house = ruling(house, |rules| {
        for terms in &mut rules.terms {
            (terms.across_cities.origin_working_days, terms.across_cities.working_days) = (Some(5), 15);
        }
    });
    let visit = approved(&house).await;
    begin(&visit).await;
    save(&visit, StepKey::Employment, &[("division", "430202")]).await;
    let page = view(&visit).await;
    assert!(said(&page, "省内跨市州调转"), "{:?}", page.moves);
    assert_eq!(page.days, 20);
    prove(&visit, 20).await;
    submit(&visit).await.unwrap();
    let id = newest(&visit).await.id;
    assert_eq!(row(&house, &id).await.due_on, day("2026-11-25"));
    agree(&house, &reviewer(&house, DISTRICT, "王审核").await, &id).await.unwrap();
    assert_eq!(row(&house, &id).await.due_on, day("2026-12-09"));
    let city = reviewer(&house, CITY, "郑审核").await;
    assert_eq!(crate::review::case(&city, &id).await.unwrap().actions, [domain::case::Action::Look], "above the origin");
}
both!(a_way_across_cities_has_its_own_name_and_its_own_days);

async fn in_liaoning_the_bureau_that_is_chosen_is_asked_and_the_whole_comes_back(house: House) {
    let visit = collected_in_liaoning(&house).await;
    begin(&visit).await;
    let answers = [
        ("employer_code", "91430100MA4L00000F"),
        ("employer_name", "沈阳另一有限公司"),
        ("division", "210103"),
        ("bureau", "210103"),
    ];
    save(&visit, StepKey::Employment, &answers).await;
    let page = view(&visit).await;
    assert!(said(&page, "沈河区财政局管理，这次变更同时办理市内调转"), "{:?}", page.moves);
    assert!(said(&page, "从“沈阳算盘商贸有限公司”调出，调入“沈阳另一有限公司”"), "{:?}", page.moves);
    assert_eq!(slots(&page), ["business_licence"]);
    prove(&visit, 20).await;
    submit(&visit).await.unwrap();
    let id = newest(&visit).await.id;
    let (own, to) = (reviewer_of(&house, "liaoning", "210102").await, reviewer_of(&house, "liaoning", "210103").await);
    let version = row(&house, &id).await.version.to_string();
    let form = DecideForm { case: id.to_string(), version, decision: "return".into(), reason: "执照不清晰".into() };
    crate::review::decide(&own, &form).await.unwrap();
    assert_eq!(place(&row(&house, &id).await), (Status::Returned, 0, "210102"));
    submit(&visit).await.unwrap();
    agree(&house, &own, &id).await.unwrap();
    assert_eq!(place(&row(&house, &id).await), (Status::Submitted, 1, "210103"));
    agree(&house, &to, &id).await.unwrap();
    assert_eq!(recorded(&visit).await, at("210103", 2));
    assert_eq!(answer_on_file(&visit, "employment.bureau").await, "210103");
}
both!(in_liaoning_the_bureau_that_is_chosen_is_asked_and_the_whole_comes_back);
