//! A reward from its beginning to what becomes of it (手册乙 8).

use domain::case::Refusal;
use domain::fault::Fault;
use domain::review::forms::RevokeForm;

use super::*;
use crate::review::stories::{assert_audit_stands, assert_not_found, audited, refusal};
use crate::testing::both;

async fn a_reward_goes_through_a_return_into_the_record(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let errors = faults(start_reward(&visit, &RewardForm { level: "county".into(), ..reward() }).await);
    assert_eq!(errors.of("level"), Some(&Fault::NotInList), "below what the province takes");
    let id = led_to(&start(&visit, &reward()).await);
    assert_eq!(led_to(&start(&visit, &reward()).await), id, "the same once more is the same draft");

    let key = view(&visit, &id).await.request_key;
    let errors = faults(submit_reward(&visit, &HandRewardForm { agreed: String::new(), ..handed(&id, &reward(), &key) }).await);
    assert_eq!(["award", "agreed"].map(|field| errors.of(field)), [Some(&Fault::FileMissing), Some(&Fault::NotAgreed)]);
    prove(&visit, &id, 20).await;
    let form = handed(&id, &reward(), &key);
    let answer = submit_reward(&visit, &form).await.unwrap();
    assert_eq!(submit_reward(&visit, &form).await.unwrap(), answer, "a repetition has no second effect");
    let waits = row(&house, &id).await;
    assert_eq!((waits.status, waits.round, waits.bureau.unwrap().as_str()), (Status::Submitted, 1, DISTRICT));

    give_back(&house, &id, "证明材料上看不到本人姓名，请更换。").await;
    let seen = record(&visit).await;
    assert_eq!(status(&seen), [Status::Returned]);
    assert_eq!(seen.rewards[0].reason, "证明材料上看不到本人姓名，请更换。");
    assert!(seen.entries.is_empty());
    let house_visit = house.again(&visit).await;
    hand_in(&house_visit, &id, &RewardForm { number: String::new(), ..reward() }).await.unwrap();

    approve(&house, &id).await.unwrap();
    let seen = record(&visit).await;
    let entry = &seen.entries[0];
    assert_eq!((entry.title.as_str(), entry.level.as_str(), entry.body.as_str()), ("全省先进会计工作者", "省部级", "省财政厅"));
    assert_eq!((entry.number.as_str(), entry.ban, &entry.ended), ("", None, &None));
    assert_eq!(status(&seen), [Status::Approved]);
    assert!(matches!(refusal(drop_it(&house, &visit, &id).await), Refusal::NotAllowedIn { .. }), "never after the approval");
    assert!(titles(&house, &visit).await.contains(&"诚信奖励审核通过".to_owned()));
    assert_eq!(audited(&house, &id, "approve").await.len(), 1);
    assert_audit_stands(&house).await;
}
both!(a_reward_goes_through_a_return_into_the_record);

async fn the_same_reward_is_told_before_it_is_handed_in_and_may_come_again_after_it_was_deleted(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let first = waiting(&visit, &reward(), 20).await;
    let same = RewardForm { name: " 全省先进会计工作者".into(), number: String::new(), ..reward() };
    assert_eq!(why_not(&start(&visit, &same).await), Some("same"));
    let typed = record(&house.again(&visit).await).await.flash.unwrap();
    assert_eq!(typed.values.get("body").map(String::as_str), Some("省财政厅"), "what was typed stands there again");

    // Another one becomes the same on its own page: it is kept and not handed in.
    let visit = house.again(&visit).await;
    let other = led_to(&start(&visit, &RewardForm { granted_on: "2024-09-30".into(), ..reward() }).await);
    prove(&visit, &other, 30).await;
    hand_in(&visit, &other, &same).await.unwrap();
    assert_eq!(row(&house, &other).await.status, Status::Draft);
    assert!(view(&visit, &other).await.obstacle.is_some());

    // What waits may be deleted, and then nothing stands in the way.
    drop_it(&house, &visit, &first).await.unwrap();
    drop_it(&house, &visit, &first).await.unwrap();
    assert_eq!(row(&house, &first).await.status, Status::Closed);
    hand_in(&visit, &other, &same).await.unwrap();
    give_back(&house, &other, "请更换").await;
    let visit = house.again(&visit).await;
    drop_it(&house, &visit, &other).await.unwrap();
    assert!(record(&visit).await.rewards.is_empty());
    assert_audit_stands(&house).await;
}
both!(the_same_reward_is_told_before_it_is_handed_in_and_may_come_again_after_it_was_deleted);

async fn several_rewards_are_open_at_once_and_no_more_than_the_province_allows(house: House) {
    let mut house = honest(house);
    let mut province = (*house.services.province("hunan").unwrap()).clone();
    province.profile.integrity.as_mut().unwrap().most = 2;
    house.services = house.services.with(|rooms| rooms.provinces = Arc::new([("hunan".to_owned(), Arc::new(province))].into()));
    let visit = person(&house).await;
    let of = |year: i32| RewardForm { granted_on: format!("{year}-09-30"), ..reward() };
    waiting(&visit, &of(2023), 20).await;
    waiting(&visit, &of(2024), 30).await;
    assert!(!record(&visit).await.may_enter);
    assert_eq!(why_not(&start(&visit, &of(2025)).await), Some("too_many"));
}
both!(several_rewards_are_open_at_once_and_no_more_than_the_province_allows);

async fn a_revoked_reward_stays_in_the_record_as_revoked(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let id = waiting(&visit, &reward(), 20).await;
    approve(&house, &id).await.unwrap();
    house.clock.forward(chrono::Duration::minutes(11));
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let version = row(&house, &id).await.version.to_string();
    let form = RevokeForm { case: id.to_string(), version, reason: "证书不实".into() };
    crate::review::revoke(&li, &form).await.unwrap();
    crate::review::revoke(&li, &form).await.unwrap();
    let seen = record(&visit).await;
    assert_eq!(seen.entries.len(), 1, "what takes it back is told with it");
    assert_eq!(seen.entries[0].ended.as_ref().unwrap().0, "证书不实");
    assert_eq!((status(&seen), seen.rewards[0].reason.as_str()), (vec![Status::Closed], "证书不实"));
    let rows = house.services.db.read().await.unwrap().list_integrity_entries(visit.account().unwrap()).await.unwrap();
    assert_eq!(rows.len(), 2, "nothing is ever taken out");
    assert!(titles(&house, &visit).await.contains(&"诚信奖励已撤销".to_owned()));
    assert_audit_stands(&house).await;
}
both!(a_revoked_reward_stays_in_the_record_as_revoked);

async fn a_reward_is_of_somebody_with_a_record_and_nobody_elses(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let id = led_to(&start(&visit, &reward()).await);
    let other = intake::person_of(&house, "hunan", "430102199003071234", "13900005678").await;
    assert_eq!(why_not(&start(&other, &reward()).await), Some("not_collected"));
    assert!(!record(&other).await.is_collected);
    assert_not_found(reward_view(&other, &id).await);
    assert_not_found(submit_reward(&other, &handed(&id, &reward(), "k")).await);
    assert_not_found(upload_proof(&other, &id, "award", ("a.jpg", ""), intake::picture(3)).await);
    assert_not_found(drop_it(&house, &other, &id).await);
    assert_not_found(crate::learning::conversion_view(&visit, &id).await);
}
both!(a_reward_is_of_somebody_with_a_record_and_nobody_elses);

async fn a_province_without_it_has_no_such_thing(house: House) {
    let visit = person(&house).await;
    assert_not_found(integrity_view(&visit).await);
    assert_not_found(start_reward(&visit, &reward()).await);
    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert_not_found(penalties_view(&li, "").await);
    assert_not_found(enter_penalty(&li, &penalty(), decision(20)).await);
}
both!(a_province_without_it_has_no_such_thing);

async fn a_proof_of_a_reward_comes_from_a_telephone(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let id = led_to(&start(&visit, &reward()).await);
    let seen = crate::handover::stories::brought(&house, &visit, &id, "award").await;
    assert_eq!(seen.line, "诚信奖励");
    hand_in(&house.again(&visit).await, &id, &reward()).await.unwrap();
    assert_eq!(row(&house, &id).await.status, Status::Submitted);
}
both!(a_proof_of_a_reward_comes_from_a_telephone);
