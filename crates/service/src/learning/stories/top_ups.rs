//! What a revocation leaves room for under the cap of a year.

use chrono::Duration;
use domain::learning::{Credits, Standing, Sums};

use super::*;
use crate::review::stories::{assert_audit_stands, audited};
use crate::testing::both;

async fn approved_other(house: &House, visit: &Visit, document: &str, credits: &str) -> CaseId {
    let values = [("what", "志愿服务"), ("document", document), ("credits", credits), ("recognised_on", "2026-06-01")];
    let id = ready(visit, "other", &values).await;
    hand_in(visit, &id).await.unwrap();
    approve(house, &id).await.unwrap();
    // With the decision the next case was held.
    house.clock.forward(Duration::minutes(11));
    id
}

async fn what_a_cap_had_cut_is_booked_when_a_revocation_leaves_room(house: House) {
    let visit = collected(&house).await;
    let one = approved_other(&house, &visit, "1号", "60").await;
    let visit = house.again(&visit).await;
    let other = approved_other(&house, &visit, "2号", "90").await;
    let visit = house.again(&visit).await;
    let account = visit.account().unwrap();
    let certified = async || house.services.db.read().await.unwrap().find_standing_certificate(account, 2026).await.unwrap();
    assert!(certified().await.is_some());
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let version = row(&house, &one).await.version.to_string();
    let form = RevokeForm { case: one.to_string(), version, reason: "证明材料不实".into() };
    crate::review::revoke(&li, &form).await.unwrap();
    crate::review::revoke(&li, &form).await.unwrap();

    let entries = ledger(&house, &visit).await;
    assert_eq!((entries.len(), Sums::of(&entries, 2026).total), (4, Credits::whole(90)));
    let more = entries.iter().find(|entry| entry.source.tops_up()).unwrap();
    assert!(more.is_of_case(&other) && more.amount == Credits::whole(60) && more.rule == entries[0].rule, "{more:?}");
    assert!(more.arithmetic.contains("后不再受上限限制，按规则 90 学分，已登记 30 学分，补登记 60 学分"), "{}", more.arithmetic);
    let shown = view(&visit, &other).await.booked;
    assert_eq!(shown.iter().map(|(entry, _)| entry.amount).collect::<Vec<_>>(), [30, 60].map(Credits::whole));
    let lines = crate::learning::conversions_view(&visit).await.unwrap().lines;
    assert_eq!(lines.iter().find(|line| line.case == other).unwrap().amount, Credits::whole(90));
    let number = row(&house, &other).await.number.unwrap();
    let told = body(&house, &visit, "继续教育学分折算已撤销").await;
    assert!(told.contains(&format!("编号 {number}）因此不再受上限限制，补登记 60 学分")), "{told}");
    assert_eq!(audited(&house, &other, "top_up").await.len(), 1);

    // The certificate follows what the ledger says now.
    let learning = house.services.province("hunan").unwrap();
    let standard = learning.profile.learning.as_ref().unwrap().year(2026).unwrap().standard();
    assert!(Standing::of(&entries, 2026, &standard).is_complete());
    let after = certified().await.unwrap();
    assert_eq!(after.total, 9000);

    // What was topped up is taken back whole.
    let version = row(&house, &other).await.version.to_string();
    let form = RevokeForm { case: other.to_string(), version, reason: "证明材料不实".into() };
    crate::review::revoke(&li, &form).await.unwrap();
    assert_eq!(Sums::of(&ledger(&house, &visit).await, 2026).total, Credits::ZERO);
    assert!(certified().await.is_none());
    assert!(body(&house, &visit, "继续教育学分折算已撤销").await.contains("已登记的 90 学分相应扣回"));
    assert_audit_stands(&house).await;
}
both!(what_a_cap_had_cut_is_booked_when_a_revocation_leaves_room);

async fn what_becomes_a_whole_year_by_a_revocation_covers_the_public_part_as_if_it_had_been_booked_whole(house: House) {
    let house = house.asking_public(30);
    let visit = collected(&house).await;
    let one = approved_other(&house, &visit, "1号", "60").await;
    let visit = house.again(&visit).await;
    let other = approved_other(&house, &visit, "2号", "90").await;
    let visit = house.again(&visit).await;
    let sums = async || Sums::of(&ledger(&house, &visit).await, 2026);
    assert_eq!([sums().await.professional, sums().await.public], [90, 0].map(Credits::whole));
    let li = reviewer(&house, DISTRICT, "李审核").await;
    revoking(&house, &li, &one, "证明材料不实").await.unwrap();
    let after = sums().await;
    assert_eq!([after.total, after.professional, after.public], [90; 3].map(Credits::whole));
    let shown = view(&visit, &other).await.booked;
    assert_eq!(shown.iter().map(|(entry, _)| entry.amount).sum::<Credits>(), Credits::whole(90));
    assert!(body(&house, &visit, "继续教育学分折算已撤销").await.contains("补登记 60 学分"));
    revoking(&house, &li, &other, "证明材料不实").await.unwrap();
    let after = sums().await;
    assert_eq!([after.total, after.professional, after.public], [0; 3].map(Credits::whole));
    assert_audit_stands(&house).await;
}
both!(what_becomes_a_whole_year_by_a_revocation_covers_the_public_part_as_if_it_had_been_booked_whole);

async fn a_corrected_conversion_is_worth_what_it_was_corrected_to(house: House) {
    let visit = collected(&house).await;
    let one = approved_other(&house, &visit, "1号", "80").await;
    let values = [("what", "志愿服务"), ("document", "2号"), ("credits", "60"), ("recognised_on", "2026-06-01")];
    let visit = house.again(&visit).await;
    let other = ready(&visit, "other", &values).await;
    hand_in(&visit, &other).await.unwrap();
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let version = row(&house, &other).await.version.to_string();
    let (amount, reason) = ("5".to_owned(), "文件只认定 5 学分".to_owned());
    let form = domain::correction::CorrectForm { case: other.to_string(), version, amount, reason };
    crate::review::correct(&li, &form).await.unwrap();
    revoking(&house, &li, &one, "证明材料不实").await.unwrap();
    let entries = ledger(&house, &visit).await;
    assert_eq!((entries.len(), Sums::of(&entries, 2026).total), (3, Credits::whole(5)));
}
both!(a_corrected_conversion_is_worth_what_it_was_corrected_to);
