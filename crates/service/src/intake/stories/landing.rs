//! Where signing in leads, by what the profile says and where one stands.

use domain::province::{Landing, Landings};
use store::case::draft::{DraftPlace, NewDraft};

use super::*;
use crate::intake::landing::landing;

/// The pages of a province in the order of a journey: nothing yet, promised, one step done, submitted, returned, approved.
async fn pages(house: House, of: &str, expected: [&str; 6]) {
    let mut house = house;
    let landings: Landings = house.services.province(of).unwrap().profile.account.landing.clone();
    let mut province = (*house.services.province("hunan").unwrap()).clone();
    province.profile.account.landing = landings;
    let provinces = std::sync::Arc::new([("hunan".to_owned(), std::sync::Arc::new(province))].into());
    house.services = house.services.with(|rooms| rooms.provinces = provinces);
    let visit = zhang_san(&house).await;
    let mut seen = Vec::new();
    let mut look = async |visit: &Visit| {
        let mut reader = house.services.db.read().await.unwrap();
        seen.push(landing(visit, &mut reader).await.unwrap());
    };
    look(&visit).await;
    pledge(&visit).await;
    look(&visit).await;
    save(&visit, &answers(), StepKey::Person).await;
    look(&visit).await;
    fill(&visit).await;
    submit(&visit).await;
    look(&visit).await;
    decide(&house, &visit, Status::Returned, &[("person.residence_address", "请补充门牌号")]).await;
    look(&visit).await;
    let (row, now) = (case(&visit).await, house.services.now());
    write(&house, move |tx| Box::pin(async move { Ok(tx.move_case(&row, Status::Approved, None, now).await?) })).await;
    look(&visit).await;
    assert_eq!(seen, expected.map(|page| format!("/hunan/{page}")), "{of}");
}

async fn in_hunan_everybody_comes_home(house: House) {
    pages(house, "hunan", ["home"; 6]).await;
}
both!(in_hunan_everybody_comes_home);

async fn in_liaoning_the_open_step_waits_and_then_the_progress_and_the_record(house: House) {
    let progress = "intake/progress";
    pages(house, "liaoning", ["intake/briefing", "intake/person", "intake/education", progress, progress, "record"]).await;
}
both!(in_liaoning_the_open_step_waits_and_then_the_progress_and_the_record);

async fn in_hubei_the_collection_waits_and_the_state_of_its_review(house: House) {
    let progress = "intake/progress";
    pages(house, "hubei", ["intake", "intake", "intake", progress, progress, "intake"]).await;
}
both!(in_hubei_the_collection_waits_and_the_state_of_its_review);

async fn in_zhejiang_the_open_step_waits_and_then_the_progress(house: House) {
    let progress = "intake/progress";
    pages(house, "zhejiang", ["intake/briefing", "intake/person", "intake/education", progress, progress, progress]).await;
}
both!(in_zhejiang_the_open_step_waits_and_then_the_progress);

async fn a_draft_that_cannot_be_opened_shuts_nobody_out(house: House) {
    let mut house = house;
    let mut province = (*house.services.province("hunan").unwrap()).clone();
    province.profile.account.landing.draft = Landing::OpenStep;
    let provinces = std::sync::Arc::new([("hunan".to_owned(), std::sync::Arc::new(province))].into());
    house.services = house.services.with(|rooms| rooms.provinces = provinces);
    let visit = zhang_san(&house).await;
    pledge(&visit).await;
    let (id, now) = (case(&visit).await.id, house.services.now());
    write(&house, move |tx| {
        Box::pin(async move {
            let new = NewDraft { sealed: b"not sealed", tab: "", sequence: 0, noted_at: now, noted_by: "" };
            tx.save_draft(DraftPlace { case: &id, step: "person" }, new, 0, now).await?;
            Ok(())
        })
    })
    .await;
    let mut reader = house.services.db.read().await.unwrap();
    assert_eq!(landing(&visit, &mut reader).await.unwrap(), "/hunan/home");
}
both!(a_draft_that_cannot_be_opened_shuts_nobody_out);

async fn a_return_item_by_item_may_lead_straight_to_its_list(house: House) {
    let mut house = house;
    let mut province = (*house.services.province("hunan").unwrap()).clone();
    province.profile.account.landing.returned = Landing::Amend;
    let provinces = std::sync::Arc::new([("hunan".to_owned(), std::sync::Arc::new(province))].into());
    house.services = house.services.with(|rooms| rooms.provinces = provinces);
    let visit = zhang_san(&house).await;
    pledge(&visit).await;
    fill(&visit).await;
    submit(&visit).await;
    decide(&house, &visit, Status::Returned, &[("person.residence_address", "请补充门牌号")]).await;
    let mut reader = house.services.db.read().await.unwrap();
    assert_eq!(landing(&visit, &mut reader).await.unwrap(), "/hunan/intake/amend");
}
both!(a_return_item_by_item_may_lead_straight_to_its_list);
